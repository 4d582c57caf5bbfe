import { assess, type BagContext, checkBag, establishBag, type FileTree, type Finding } from '@probatum/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  hex,
  type MemoryFile,
  type MemoryTreeOptions,
  memoryPorts,
  memoryTree,
  resealed,
  sampleBag,
} from '../../../../test-vectors/support/memory-tree.ts'
import { instant, shippedPolicy } from '../../../../tools/testing/judgement.ts'

type Files = Record<string, MemoryFile>

const NOW = instant('2026-03-01T00:00:00Z')

interface Given extends Partial<BagContext> {
  readonly digests?: Parameters<typeof establishBag>[2]['digests']
  readonly tree?: MemoryTreeOptions
}

async function judge(files: Files, given: Given = {}): Promise<Finding[]> {
  const { digests = 'all', tree: options, ...context } = given
  const tree = memoryTree(files, options)
  const { facts } = await establishBag(tree as FileTree, memoryPorts(tree), { digests })
  const saved = JSON.parse(JSON.stringify(facts))
  expect(saved).toEqual(facts)
  return checkBag(saved, {
    policy: shippedPolicy('fixity'),
    validationTime: NOW,
    part: false,
    native: false,
    leftovers: [],
    declaredSeal: new Set(),
    ...context,
  })
}

function label({ id, value, reason }: Finding): string {
  return `${id} ${value}${reason === undefined ? '' : `:${reason}`}`
}

/** What is not a plain pass, without what an ordinary bag says of itself. */
function remarks(findings: readonly Finding[]): string[] {
  const ordinary = ['bag.fetch PASSED:no-fetch', 'bag.part NOT-CHECKED:no-group']
  return findings
    .filter(({ value, reason }) => value !== 'PASSED' || reason !== undefined)
    .map(label)
    .filter((text) => !ordinary.includes(text))
}

const FIRST = 'data/00/000001.txt'
const SECOND = 'data/00/000002.txt'
const good = sampleBag()
const twice = sampleBag({ algorithms: ['sha256', 'sha512'] })

function without(files: Files, ...paths: string[]): Files {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !paths.includes(path)))
}

function edited(files: Files, path: string, edit: (text: string) => string): Files {
  return { ...files, [path]: edit(String(files[path])) }
}

/** An edit by the maker of the bag, who writes the tag manifests afterwards. */
function made(files: Files, path: string, edit: (text: string) => string): Files {
  return resealed(edited(files, path, edit) as Record<string, string>)
}

interface Row {
  readonly what: string
  readonly files: Files
  readonly given?: Given
  readonly expected: readonly string[]
}

const rows: readonly Row[] = [
  { what: 'a good bag', files: good, expected: [] },
  { what: 'a good bag judged as native', files: good, given: { native: true }, expected: [] },
  { what: 'a good bag with two digests', files: twice, given: { native: true }, expected: [] },
  {
    what: 'one payload byte changed',
    files: { ...good, [FIRST]: 'First sample\n' },
    expected: ['payload.digest FAILED:mismatch'],
  },
  {
    what: 'one payload byte changed under two digests',
    files: { ...twice, [FIRST]: 'First sample\n' },
    expected: ['payload.digest FAILED:mismatch', 'payload.digest FAILED:mismatch'],
  },
  {
    what: 'a payload byte changed and only the SHA-256 manifest adjusted',
    files: resealed({
      ...twice,
      [FIRST]: 'First sample\n',
      'manifest-sha256.txt': String(twice['manifest-sha256.txt']).replace(
        hex('sha256', 'first sample\n'),
        hex('sha256', 'First sample\n'),
      ),
    }),
    expected: ['payload.digest FAILED:mismatch'],
  },
  {
    what: 'a listed payload file that is absent',
    files: without(good, SECOND),
    expected: ['payload.oxum FAILED:mismatch', 'payload.present FAILED:missing'],
  },
  {
    what: 'a listed payload file that is absent from a declared part',
    files: without(good, SECOND),
    given: { part: true },
    expected: [
      'bag.part NOT-CHECKED:declared-part',
      'payload.oxum INDETERMINATE:part',
      'payload.present INDETERMINATE:missing',
    ],
  },
  {
    what: 'a part with more bytes than the whole',
    files: { ...without(good, SECOND), [FIRST]: 'x'.repeat(100) },
    given: { part: true },
    expected: [
      'payload.digest FAILED:mismatch',
      'bag.part NOT-CHECKED:declared-part',
      'payload.oxum FAILED:mismatch',
      'payload.present INDETERMINATE:missing',
    ],
  },
  {
    what: 'no payload file left',
    files: without(good, FIRST, SECOND),
    expected: [
      'payload.digest INDETERMINATE:nothing-compared',
      'payload.coverage INDETERMINATE:no-payload',
      'payload.oxum FAILED:mismatch',
      'payload.present FAILED:missing',
      'payload.not-empty INDETERMINATE:empty',
    ],
  },
  {
    what: 'a bag without payload',
    files: sampleBag({ payload: {} }),
    expected: [
      'payload.digest INDETERMINATE:nothing-compared',
      'payload.coverage INDETERMINATE:no-payload',
      'payload.not-empty INDETERMINATE:empty',
    ],
  },
  {
    what: 'an added payload file',
    files: { ...good, 'data/00/000003.txt': 'added\n' },
    expected: [
      'payload.coverage INDETERMINATE:not-compared',
      'payload.oxum FAILED:mismatch',
      'payload.listed FAILED:unlisted',
    ],
  },
  {
    what: 'a payload file in a line that cannot be read: it is not called an added one',
    files: made(good, 'manifest-sha256.txt', (text) => text.replace('  data/00/000002', '|data/00/000002')),
    expected: [
      'payload.coverage INDETERMINATE:not-compared',
      'payload.listed INDETERMINATE:manifest-not-read',
      'manifest.syntax INDETERMINATE:malformed',
    ],
  },
  {
    what: 'a payload file that one of two manifests does not list (1.0)',
    files: made(twice, 'manifest-sha512.txt', (text) => text.slice(0, text.indexOf('\n') + 1)),
    expected: ['payload.listed FAILED:unlisted'],
  },
  {
    what: 'a payload file that one of two manifests does not list (0.97)',
    files: made(sampleBag({ version: '0.97', algorithms: ['sha256', 'sha512'] }), 'manifest-sha512.txt', (text) =>
      text.slice(0, text.indexOf('\n') + 1),
    ),
    expected: [],
  },
  {
    what: 'a payload file that cannot be read',
    files: { ...good, [FIRST]: { fault: 'permission', size: 13 } },
    expected: [
      'payload.digest INDETERMINATE:unreadable',
      'payload.coverage INDETERMINATE:not-compared',
      'payload.readable INDETERMINATE:unreadable',
    ],
  },
  {
    what: 'no payload file that can be read: they are here all the same',
    files: { ...good, [FIRST]: { fault: 'permission', size: 13 }, [SECOND]: { fault: 'bad-sector', size: 14 } },
    expected: [
      'payload.digest INDETERMINATE:unreadable',
      'payload.coverage INDETERMINATE:not-compared',
      'payload.readable INDETERMINATE:unreadable',
    ],
  },
  {
    what: 'a tag file that cannot be read',
    files: { ...good, 'bag-info.txt': { fault: 'bad-sector', size: 21 } },
    expected: [
      'payload.readable INDETERMINATE:unreadable',
      'tag.digest INDETERMINATE:unreadable',
      'bag.info INDETERMINATE:unreadable',
      'bag.part NOT-CHECKED:info-not-read',
      'payload.oxum INDETERMINATE:info-not-read',
    ],
  },
  {
    what: 'a manifest that cannot be read',
    files: { ...good, 'manifest-sha256.txt': { fault: 'permission', size: 200 } },
    expected: [
      'payload.digest INDETERMINATE:manifest-not-read',
      'payload.coverage INDETERMINATE:not-compared',
      'payload.readable INDETERMINATE:unreadable',
      'tag.digest INDETERMINATE:unreadable',
      'payload.present INDETERMINATE:manifest-not-read',
      'payload.listed INDETERMINATE:manifest-not-read',
      'manifest.syntax INDETERMINATE:manifest-not-read',
    ],
  },
  {
    what: 'files below a folder that could not be listed',
    files: without(good, SECOND, FIRST),
    given: { tree: { irregular: [{ path: 'data/00', what: 'unreadable-folder' }] } },
    expected: [
      'payload.digest INDETERMINATE:nothing-compared',
      'payload.coverage INDETERMINATE:no-payload',
      'payload.oxum INDETERMINATE:not-all-here',
      'payload.present INDETERMINATE:unreadable-folder',
      'payload.not-empty INDETERMINATE:empty',
      'file.regular INDETERMINATE:unreadable-folder',
    ],
  },
  {
    what: 'a listed payload file replaced by a link',
    files: without(good, SECOND),
    given: { tree: { irregular: [{ path: SECOND, what: 'symbolic-link' }] } },
    expected: [
      'payload.oxum INDETERMINATE:not-all-here',
      'payload.present INDETERMINATE:irregular',
      'file.regular INDETERMINATE:irregular',
    ],
  },
  {
    what: 'a link in a native bundle',
    files: good,
    given: { native: true, tree: { irregular: [{ path: 'record/validation', what: 'symbolic-link' }] } },
    expected: ['file.regular FAILED:irregular'],
  },
  {
    what: 'a hard link of a tar in a native bundle, which is a file once it is unpacked',
    files: without(good, SECOND),
    given: { native: true, tree: { irregular: [{ path: SECOND, what: 'hard-link' }] } },
    expected: [
      'payload.oxum INDETERMINATE:not-all-here',
      'payload.present INDETERMINATE:irregular',
      'file.regular INDETERMINATE:hard-link',
    ],
  },
  {
    what: 'a link below seal/ of a native bundle',
    files: good,
    given: { native: true, tree: { irregular: [{ path: 'seal/2', what: 'symbolic-link' }] } },
    expected: ['file.regular INDETERMINATE:irregular'],
  },
  {
    what: 'a tag file changed',
    files: edited(good, 'bag-info.txt', (text) => `${text}Contact-Name: Somebody Else (sample)\n`),
    expected: ['tag.digest FAILED:mismatch'],
  },
  {
    what: 'a listed tag file that is absent',
    files: without(good, 'bag-info.txt'),
    expected: ['bag.info PASSED:absent', 'payload.oxum NOT-CHECKED:absent', 'tag.present FAILED:missing'],
  },
  {
    what: 'an unlisted tag file, allowed',
    files: { ...good, 'notes.txt': 'unprotected\n' },
    expected: ['tag.listed PASSED:unlisted-allowed'],
  },
  {
    what: 'an unlisted tag file, refused',
    files: { ...good, 'notes.txt': 'unprotected\n' },
    given: { policy: shippedPolicy('sealed') },
    expected: ['tag.listed INDETERMINATE:unlisted'],
  },
  {
    what: 'an unlisted file in a native bundle',
    files: { ...good, 'notes.txt': 'unprotected\n' },
    given: { native: true },
    expected: ['tag.listed FAILED:unlisted'],
  },
  {
    what: 'a file under seal/ of a native bundle',
    files: { ...good, 'seal/1/tagmanifest-sha256.txt.p7s': 'not a seal' },
    given: { native: true },
    expected: [],
  },
  {
    what: 'no tag manifest',
    files: without(good, 'tagmanifest-sha256.txt'),
    expected: [
      'tag.digest NOT-CHECKED:no-tag-manifest',
      'tag.present NOT-CHECKED:no-tag-manifest',
      'tag.listed PASSED:unlisted-allowed',
    ],
  },
  {
    what: 'no tag manifest in a native bundle',
    files: without(good, 'tagmanifest-sha256.txt'),
    given: { native: true },
    expected: [
      'tag.digest INDETERMINATE:no-tag-manifest',
      'manifest.present INDETERMINATE:missing',
      'tag.present INDETERMINATE:no-tag-manifest',
      'tag.listed INDETERMINATE:unlisted',
    ],
  },
  {
    what: 'no payload manifest',
    files: resealed(without(good, 'manifest-sha256.txt') as Record<string, string>),
    expected: [
      'payload.digest INDETERMINATE:no-manifest',
      'payload.coverage INDETERMINATE:not-compared',
      'payload.present INDETERMINATE:no-manifest',
      'payload.listed INDETERMINATE:no-manifest',
      'manifest.present INDETERMINATE:missing',
    ],
  },
  {
    what: 'half a pair of SHA-512 manifests in a native bundle',
    files: without(twice, 'tagmanifest-sha512.txt'),
    given: { native: true },
    expected: ['manifest.present INDETERMINATE:missing'],
  },
  {
    what: 'only MD5',
    files: sampleBag({ algorithms: ['md5'] }),
    expected: ['payload.coverage INDETERMINATE:weak-digest', 'manifest.algorithm INDETERMINATE:weak-digest'],
  },
  {
    what: 'only MD5, judged while it was still good',
    files: sampleBag({ algorithms: ['md5'] }),
    given: { validationTime: instant('2005-01-01') },
    expected: [],
  },
  {
    what: 'MD5 beside SHA-256',
    files: sampleBag({ algorithms: ['md5', 'sha256'] }),
    expected: ['manifest.algorithm PASSED:weak-beside-strong'],
  },
  {
    what: 'an unknown algorithm beside SHA-256',
    files: resealed({
      ...good,
      'manifest-blake2b512.txt': `${'ab'.repeat(64)}  ${FIRST}\n${'cd'.repeat(64)}  ${SECOND}\n`,
    }),
    expected: [
      'payload.digest INDETERMINATE:unsupported-algorithm',
      'manifest.algorithm INDETERMINATE:unsupported-algorithm',
    ],
  },
  {
    what: 'one digest asked for',
    files: twice,
    given: { digests: ['sha256'] },
    expected: ['payload.digest NOT-CHECKED:not-asked'],
  },
  {
    what: 'one digest asked for where the policy wants both',
    files: twice,
    given: { digests: ['sha512'], policy: shippedPolicy('sealed') },
    expected: ['payload.digest NOT-CHECKED:not-asked', 'payload.coverage INDETERMINATE:required-digest'],
  },
  {
    what: 'a tag file changed while one digest is asked for: still checked under both',
    files: edited(twice, 'bag-info.txt', (text) => `${text}Contact-Name: Somebody Else (sample)\n`),
    given: { digests: ['sha256'] },
    expected: ['payload.digest NOT-CHECKED:not-asked', 'tag.digest FAILED:mismatch', 'tag.digest FAILED:mismatch'],
  },
  {
    what: 'a path listed twice with one digest',
    files: made(good, 'manifest-sha256.txt', (text) => text + text.slice(0, text.indexOf('\n') + 1)),
    expected: ['manifest.unique PASSED:repeated'],
  },
  {
    what: 'a path listed twice with one digest in a native bundle',
    files: made(good, 'manifest-sha256.txt', (text) => text + text.slice(0, text.indexOf('\n') + 1)),
    given: { native: true },
    expected: ['manifest.syntax FAILED:not-native-form', 'manifest.unique PASSED:repeated'],
  },
  {
    what: 'a path listed twice with different digests',
    files: made(good, 'manifest-sha256.txt', (text) => `${text}${'0'.repeat(64)}  ${FIRST}\n`),
    expected: ['manifest.unique FAILED:contradictory'],
  },
  {
    what: 'two manifests of one algorithm',
    files: resealed({ ...good, 'manifest-SHA256.txt': good['manifest-sha256.txt'] ?? '' }),
    expected: ['manifest.unique INDETERMINATE:same-algorithm', 'path.collision PASSED:case'],
  },
  {
    what: 'a line that is none',
    files: made(good, 'manifest-sha256.txt', (text) => `${text}no-statement\n`),
    expected: ['manifest.syntax INDETERMINATE:malformed'],
  },
  {
    what: 'a line of prose, whose first word is no digest: nothing is called missing',
    files: made(good, 'manifest-sha256.txt', (text) => `${text}and so on\n`),
    expected: ['payload.present INDETERMINATE:malformed-line', 'manifest.syntax INDETERMINATE:malformed'],
  },
  {
    what: 'an absent file that one list names with a broken digest, and another with a good one',
    files: without(
      made(twice, 'manifest-sha256.txt', (text) => text.replace(/^[0-9a-f]/, 'x')),
      FIRST,
    ),
    expected: [
      'payload.oxum FAILED:mismatch',
      'payload.present FAILED:missing',
      'manifest.syntax INDETERMINATE:malformed',
    ],
  },
  {
    what: 'a line with a broken digest beside a good one for the same file: no contradiction',
    files: made(good, 'manifest-sha256.txt', (text) => `${text}and ${FIRST}\n`),
    expected: ['manifest.syntax INDETERMINATE:malformed', 'manifest.unique PASSED:repeated'],
  },
  {
    what: 'a digest that is none',
    files: made(good, 'manifest-sha256.txt', (text) => text.replace(/^[0-9a-f]/, 'x')),
    expected: [
      'payload.digest INDETERMINATE:malformed-digest',
      'payload.coverage INDETERMINATE:not-compared',
      'manifest.syntax INDETERMINATE:malformed',
    ],
  },
  {
    what: 'a manifest made with sha256sum in binary mode',
    files: made(good, 'manifest-sha256.txt', (text) => text.replaceAll('  ', ' *')),
    expected: ['manifest.syntax PASSED:loose'],
  },
  {
    what: 'a path outside data/ in a payload manifest',
    files: made(good, 'manifest-sha256.txt', (text) => `${text}${'0'.repeat(64)}  elsewhere.txt\n`),
    expected: ['payload.present FAILED:missing', 'manifest.syntax INDETERMINATE:malformed'],
  },
  {
    what: 'an escaping path',
    files: made(good, 'manifest-sha256.txt', (text) => `${text}${'0'.repeat(64)}  data/../../passwd\n`),
    expected: ['payload.present FAILED:missing', 'path.safe FAILED:unsafe'],
  },
  {
    what: 'names that differ in case',
    files: sampleBag({ payload: { 'data/Note.txt': '1', 'data/note.txt': '2' } }),
    expected: ['path.collision PASSED:case'],
  },
  {
    what: 'names that differ in normalisation',
    files: sampleBag({ payload: { 'data/caf\u00e9.txt': '1', 'data/cafe\u0301.txt': '2' } }),
    expected: ['path.collision INDETERMINATE:normalisation'],
  },
  {
    what: 'a name that Windows cannot store',
    files: sampleBag({ payload: { 'data/aux.txt': '1' } }),
    expected: ['path.safe PASSED:not-portable'],
  },
  {
    what: 'a file whose name was normalised on the way',
    files: {
      ...without(sampleBag({ payload: { 'data/caf\u00e9.txt': '1' } }), 'data/caf\u00e9.txt'),
      'data/cafe\u0301.txt': '1',
    },
    expected: ['payload.present PASSED:other-spelling'],
  },
  {
    what: 'a file whose name was normalised on the way and whose bytes changed',
    files: {
      ...without(sampleBag({ payload: { 'data/caf\u00e9.txt': '1' } }), 'data/caf\u00e9.txt'),
      'data/cafe\u0301.txt': '2',
    },
    expected: ['payload.digest FAILED:mismatch', 'payload.present INDETERMINATE:other-spelling'],
  },
  {
    what: 'a normalised name in a native bundle',
    files: {
      ...without(sampleBag({ payload: { 'data/caf\u00e9.txt': '1' } }), 'data/caf\u00e9.txt'),
      'data/cafe\u0301.txt': '1',
    },
    given: { native: true },
    expected: ['payload.present FAILED:missing'],
  },
  {
    what: 'a name with a percent sign that the maker did not encode',
    files: made(sampleBag({ payload: { 'data/100%25.txt': '1' } }), 'manifest-sha256.txt', (text) =>
      text.replace('%2525', '%25'),
    ),
    expected: ['payload.present PASSED:other-spelling'],
  },
  {
    what: 'names with percent sign, CR and LF, encoded as 1.0 wants',
    files: sampleBag({ payload: { 'data/a%b\n.txt': '1', 'data/c%0A\r.txt': '2' } }),
    expected: ['path.safe PASSED:not-portable'],
  },
  { what: 'bag 0.97', files: sampleBag({ version: '0.97' }), expected: [] },
  { what: 'bag 0.96', files: sampleBag({ version: '0.96' }), expected: ['bag.version PASSED:old-version'] },
  {
    what: 'bag 0.96 under a policy that refuses it',
    files: sampleBag({ version: '0.96' }),
    given: { policy: shippedPolicy('sealed') },
    expected: ['bag.version INDETERMINATE:old-version'],
  },
  { what: 'bag 1.1', files: sampleBag({ version: '1.1' }), expected: ['bag.version INDETERMINATE:unknown-version'] },
  {
    what: 'a native bundle that is bag 0.97',
    files: sampleBag({ version: '0.97' }),
    given: { native: true },
    expected: ['bag.version INDETERMINATE:native-version'],
  },
  {
    what: 'no bagit.txt',
    files: resealed(without(good, 'bagit.txt') as Record<string, string>),
    expected: ['bag.declaration INDETERMINATE:missing', 'bag.version INDETERMINATE:not-stated'],
  },
  {
    what: 'a bagit.txt with a byte order mark',
    files: made(good, 'bagit.txt', (text) => `\ufeff${text}`),
    expected: ['bag.declaration INDETERMINATE:malformed'],
  },
  {
    what: 'an encoding that is not known',
    files: sampleBag({ encoding: 'EBCDIC-CP-US' }),
    expected: [
      'payload.digest INDETERMINATE:manifest-not-read',
      'payload.coverage INDETERMINATE:not-compared',
      'tag.digest INDETERMINATE:manifest-not-read',
      'bag.declaration INDETERMINATE:unsupported-encoding',
      'bag.info INDETERMINATE:unreadable',
      'bag.part NOT-CHECKED:info-not-read',
      'payload.oxum INDETERMINATE:info-not-read',
      'payload.present INDETERMINATE:manifest-not-read',
      'payload.listed INDETERMINATE:manifest-not-read',
      'manifest.syntax INDETERMINATE:manifest-not-read',
      'tag.present INDETERMINATE:manifest-not-read',
      'tag.listed INDETERMINATE:manifest-not-read',
    ],
  },
  {
    what: 'a wrong Payload-Oxum',
    files: sampleBag({ info: 'Payload-Oxum: 28.2\n' }),
    expected: ['payload.oxum FAILED:mismatch'],
  },
  {
    what: 'a Payload-Oxum that is none',
    files: sampleBag({ info: 'Payload-Oxum: 27 bytes\n' }),
    expected: ['payload.oxum INDETERMINATE:malformed'],
  },
  {
    what: 'two Payload-Oxums',
    files: sampleBag({ info: 'Payload-Oxum: 27.2\nPayload-Oxum: 28.2\n' }),
    expected: ['payload.oxum INDETERMINATE:repeated'],
  },
  {
    what: 'no bag-info.txt',
    files: sampleBag({ info: null }),
    expected: ['bag.info PASSED:absent', 'payload.oxum NOT-CHECKED:absent'],
  },
  {
    what: 'no bag-info.txt in a native bundle',
    files: sampleBag({ info: null }),
    given: { native: true },
    expected: ['bag.info INDETERMINATE:missing', 'payload.oxum INDETERMINATE:missing'],
  },
  {
    what: 'one of several bags',
    files: sampleBag({ info: 'Payload-Oxum: 27.2\nBag-Group-Identifier: sample\nBag-Count: 2 of 3\n' }),
    expected: ['bag.part NOT-CHECKED:part-of-group'],
  },
  {
    what: 'the fourth of three bags',
    files: sampleBag({ info: 'Payload-Oxum: 27.2\nBag-Count: 4 of 3\n' }),
    expected: ['bag.part INDETERMINATE:malformed'],
  },
  {
    what: 'fetch.txt with everything here',
    files: sampleBag({ tags: { 'fetch.txt': `https://example.org/a - ${FIRST}\n` } }),
    expected: ['bag.fetch PASSED:already-here'],
  },
  {
    what: 'fetch.txt in a native bundle',
    files: sampleBag({ tags: { 'fetch.txt': `https://example.org/a - ${FIRST}\n` } }),
    given: { native: true },
    expected: ['bag.fetch FAILED:not-allowed'],
  },
  {
    what: 'a file that is still to be fetched',
    files: without(sampleBag({ tags: { 'fetch.txt': `https://example.org/a 13 ${FIRST}\n` } }), FIRST),
    expected: [
      'bag.fetch INDETERMINATE:not-fetched',
      'payload.oxum INDETERMINATE:not-all-here',
      'payload.present INDETERMINATE:in-fetch',
    ],
  },
  {
    what: 'leftovers under a policy that refuses them',
    files: twice,
    given: { policy: shippedPolicy('long-term'), leftovers: ['.DS_Store'] },
    expected: ['file.leftover INDETERMINATE:refused'],
  },
  { what: 'leftovers that are set aside', files: good, given: { leftovers: ['.DS_Store'] }, expected: [] },
]

describe('checkBag', () => {
  for (const { what, files, given, expected } of rows) {
    it(`says what it should of ${what}`, async () => {
      expect(remarks(await judge(files, given))).toEqual(expected)
    })
  }

  it('gives the same findings with leftovers set aside as without them', async () => {
    expect(await judge(good, { leftovers: ['data/.DS_Store', 'desktop.ini'] })).toEqual(await judge(good))
  })

  it('passes a good bag on both axes under fixity, and nothing else', async () => {
    const { indication, axes } = assess(await judge(good), shippedPolicy('fixity'))
    expect(indication).toBe('TOTAL-PASSED')
    expect(axes.signer.value).toBe('NOT-CHECKED')
    expect(assess(await judge(good), shippedPolicy('sealed')).indication).toBe('INDETERMINATE')
  })

  it('passes a bag without tag manifest and without bag-info.txt under fixity: the RFC asks for neither', async () => {
    const bare = without(sampleBag({ info: null }), 'tagmanifest-sha256.txt')
    expect(assess(await judge(bare), shippedPolicy('fixity')).indication).toBe('TOTAL-PASSED')
  })

  it('names every exception in byte order of paths, and what was expected and found', async () => {
    const findings = await judge({ ...good, [SECOND]: 'x', [FIRST]: { fault: 'busy', size: 13 } })
    const digest = findings.find(({ id }) => id === 'payload.digest')
    expect(digest?.counts).toEqual({ passed: 0, failed: 1, indeterminate: 1 })
    expect(digest?.exceptions).toEqual([
      { path: FIRST, value: 'INDETERMINATE', reason: 'unreadable' },
      {
        path: SECOND,
        value: 'FAILED',
        reason: 'mismatch',
        expected: hex('sha256', 'second sample\n'),
        found: hex('sha256', 'x'),
        // Payload-Oxum leaves 14 bytes for the only file that does not match.
        diagnosis: { id: 'truncated', at: 1 },
      },
    ])
  })

  it('reports nothing that the catalogue does not announce', async () => {
    const { CATALOGUE } = await import('@probatum/core')
    const announced = new Set<string>(
      CATALOGUE.flatMap((entry) => ('outcomes' in entry ? entry.outcomes.map((text) => `${entry.id} ${text}`) : [])),
    )
    for (const { files, given } of rows) {
      for (const finding of await judge(files, given)) expect(announced).toContain(label(finding))
    }
  })
})

/** Each spoils something of its own: what one removes is not the evidence of another. */
const defects: readonly { readonly of: string; readonly make: (files: Files) => Files }[] = [
  { of: FIRST, make: (files) => ({ ...files, [FIRST]: 'changed' }) },
  { of: SECOND, make: (files) => without(files, SECOND) },
  { of: SECOND, make: (files) => ({ ...files, [SECOND]: { fault: 'permission', size: 14 } }) },
  { of: 'payload', make: (files) => ({ ...files, 'data/added.bin': 'added' }) },
  { of: 'tags', make: (files) => ({ ...files, 'added.txt': 'added' }) },
  {
    of: 'line',
    make: (files) => edited(files, 'manifest-sha256.txt', (text) => `${text}${'1'.repeat(64)}  ${FIRST}\n`),
  },
  { of: 'rubbish', make: (files) => edited(files, 'manifest-sha256.txt', (text) => `${text}rubbish\n`) },
  { of: 'digest', make: (files) => edited(files, 'manifest-sha256.txt', (text) => `${text}zz  data/none\n`) },
  { of: 'bag-info.txt', make: (files) => edited(files, 'bag-info.txt', (text) => `${text}rubbish\n`) },
  { of: 'bag-info.txt', make: (files) => ({ ...files, 'bag-info.txt': { fault: 'permission', size: 1 } }) },
  { of: 'bagit.txt', make: (files) => edited(files, 'bagit.txt', (text) => text.replace('1.0', '1.x')) },
  { of: 'bagit.txt', make: (files) => edited(files, 'bagit.txt', (text) => `\ufeff${text}`) },
  { of: 'bagit.txt', make: (files) => without(files, 'bagit.txt') },
  { of: 'md5', make: (files) => ({ ...files, 'manifest-md5.txt': `${'0'.repeat(32)}  data/nowhere\n` }) },
]

const ORDER = { 'TOTAL-PASSED': 0, INDETERMINATE: 1, 'TOTAL-FAILED': 2 }

describe('a bag with more defects', () => {
  it('is never judged better than with fewer', async () => {
    const any = fc.uniqueArray(fc.constantFrom(...defects), { minLength: 1, maxLength: 5, selector: ({ of }) => of })
    await fc.assert(
      fc.asyncProperty(any, fc.boolean(), fc.boolean(), async (chosen, native, part) => {
        let files: Files = good
        let before = 0
        for (const { make } of chosen) {
          files = make(files)
          const findings = await judge(files, { native, part })
          const after = ORDER[assess(findings, shippedPolicy('fixity')).indication]
          expect(after).toBeGreaterThanOrEqual(before)
          before = after
        }
        // An unlisted tag file alone is allowed in a foreign bag.
        if (native || chosen.some(({ of }) => of !== 'tags')) expect(before).toBeGreaterThan(0)
      }),
      { numRuns: 300 },
    )
  })

  it('never passes when every file that can be read is another', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(good)),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (path, at, flip) => {
          const bytes = Uint8Array.from(Buffer.from(good[path] ?? ''))
          const place = at % bytes.length
          bytes[place] = (bytes[place] ?? 0) ^ flip
          const findings = await judge({ ...good, [path]: bytes }, { native: true })
          expect(assess(findings, shippedPolicy('fixity')).indication).not.toBe('TOTAL-PASSED')
        },
      ),
      { numRuns: 300 },
    )
  })
})

describe('payload.container-agrees', () => {
  const declared = 'seal/1/tagmanifest-sha256.txt.p7s'
  const added = 'seal/1/zz-added.p7s'

  /** One contradiction in the container, and what that makes of the finding. */
  async function contradicted(path: string, code: 'crc' | 'limit' = 'crc'): Promise<string> {
    const tree = memoryTree({ ...good, [declared]: 'a signature', [added]: 'another' })
    const { facts: whole } = await establishBag(tree, memoryPorts(tree), { digests: 'all' })
    const by = { [path.startsWith('seal/') ? `seal:${code}` : code]: 1 }
    const first = [{ path, code, expected: '00000000', found: 'ffffffff' }]
    const facts = { ...whole, contradictions: { count: 1, by, first } }
    const findings = checkBag(facts, {
      policy: shippedPolicy('fixity'),
      validationTime: NOW,
      part: false,
      native: true,
      leftovers: [],
      declaredSeal: new Set([declared]),
    })
    const found = findings.find(({ id }) => id === 'payload.container-agrees')
    if (found === undefined) throw new Error('no finding')
    return `${label(found)}${(found.exceptions ?? []).map(({ path, value }) => ` ${path} ${value}`).join()}`
  }

  it('is a contradiction wherever the bundle names the file', async () => {
    expect(await contradicted(FIRST)).toBe(`payload.container-agrees FAILED:contradiction ${FIRST} FAILED`)
    expect(await contradicted(declared)).toBe(`payload.container-agrees FAILED:contradiction ${declared} FAILED`)
  })

  it('costs certainty only for a file that anybody can have added under seal/', async () => {
    expect(await contradicted(added)).toBe(`payload.container-agrees INDETERMINATE:undeclared ${added} INDETERMINATE`)
  })

  it('is a limit in all places', async () => {
    for (const path of [FIRST, declared, added]) {
      expect(await contradicted(path, 'limit')).toMatch(/^payload.container-agrees INDETERMINATE:limit /)
    }
  })
})
