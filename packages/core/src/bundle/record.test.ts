import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkRecords } from '../checks/bundle.ts'
import { canonicalText } from '../json/canonicalise.ts'
import { comparePaths } from '../model/bytes.ts'
import type { Finding } from '../model/finding.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import { SourceFault } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import type { FileTree } from './file-tree.ts'
import { PROFILE_IDENTIFIER } from './layout.ts'
import { EVENT_TYPES, ITEM_TYPE, NO_PREVIOUS_LINE } from './line-types.ts'
import { establishRecords, namesBundleFormat } from './record.ts'
import { VERIFY_TEXT } from './verify-text.ts'

type Files = Record<string, string>

const ports = {
  smallDigest: (algorithm: string, bytes: Uint8Array) => new Uint8Array(createHash(algorithm).update(bytes).digest()),
  // None of these bundles opens a signature.
  signatures: { verify: () => Promise.reject(new TypeError('not asked for')) },
}

function sha256(text: string, encoding: 'hex' | 'base64' | 'base64url' = 'hex'): string {
  return createHash('sha256').update(text).digest(encoding)
}

function treeOf(files: Files, read?: FileTree['read']): FileTree {
  const entries = Object.keys(files)
    .sort(comparePaths)
    .map((path) => ({ path, size: 0, extent: undefined as never }))
  return {
    entries,
    byPath: new Map(entries.map((entry) => [entry.path, entry])),
    irregular: [],
    read: read ?? (async (path) => encodeUtf8(files[path] ?? '')),
    open: () => {
      throw new Error('not used')
    },
  }
}

const SALT = '00'.repeat(16)
const LOG = { id: 'ab'.repeat(16), origin: 'log.example/sample' }
const DISCLOSURE = Buffer.from(canonicalText(['AAAAAAAAAAAAAAAAAAAAAA', 'size', 5])).toString('base64url')

function slots(count: number): string[] {
  return Array.from({ length: count }, (_, index) => sha256(`slot ${index}`, 'base64url'))
}

function lines(...values: readonly object[]): string {
  return values.map((value) => `${canonicalText(value)}\n`).join('')
}

/** The records of an invented bundle with two items, and three events of which one is withheld. */
function sample(): Files {
  const authorisation = canonicalText({
    approvals: [],
    authorisation: 'probatum/authorisation/1-draft',
    request: null,
  })
  const event = (type: keyof typeof EVENT_TYPES, seq: number, prev: string) => ({
    prev,
    salt: SALT,
    sd: slots(EVENT_TYPES[type].slots.length),
    seq,
    type,
  })
  const item = (seq: number) => ({ salt: SALT, sd: slots(ITEM_TYPE.slots.length), seq, type: 'item' })
  const start = {
    ...event('log-start', 0, NO_PREVIOUS_LINE),
    logId: LOG.id,
    logKey: sha256('key'),
    origin: LOG.origin,
  }
  const stub = { seq: 1, withheld: sha256('withheld') }
  const own = {
    ...event('export', 2, stub.withheld),
    authorisation: sha256(authorisation),
    exportNumber: 'cd'.repeat(16),
    itemCount: 2,
    itemRoot: sha256('root'),
  }
  const bundle = {
    authorities: [{ label: 'one', subject: 'CN=Example Authority (sample)' }],
    created: '2026-03-14T09:12:00Z',
    format: 'probatum/bundle/1-draft',
    issuer: { name: 'Example Mechanism (sample)' },
    itemCount: 2,
    log: LOG,
    recipient: null,
    sample: true,
    seal: [{ file: 'tagmanifest-sha256.txt.p7s', signer: sha256('signer'), timestamps: 1 }],
  }
  return {
    'bagit.txt': '',
    'bag-info.txt': '',
    'manifest-sha256.txt': '',
    'tagmanifest-sha256.txt': '',
    'data/00/000001.txt': 'x',
    'record/bundle.json': canonicalText(bundle),
    'record/items.jsonl': lines(item(0), item(1)),
    'record/custody.jsonl': lines(start, stub, own),
    'record/disclosures.jsonl': lines(
      { file: 'custody.jsonl', ground: 'witness-protection', seq: 1 },
      { field: 'sha256', file: 'items.jsonl', ground: 'source-confidentiality', seq: 0 },
      { field: 'size', file: 'items.jsonl', opening: DISCLOSURE, seq: 0 },
    ),
    'record/checkpoint': `${LOG.origin}\n3\n${sha256('head', 'base64')}\n\n— ${LOG.origin} ${'A'.repeat(92)}\n`,
    'record/proofs.jsonl': lines({ consistencyPath: [sha256('n')], first: 2, firstRoot: sha256('r'), second: 3 }),
    'record/authorisation.json': authorisation,
    'VERIFY.txt': VERIFY_TEXT,
    'seal/1/tagmanifest-sha256.txt.p7s': '',
    'seal/1/tagmanifest-sha256.txt.p7s.one.tsr': '',
  }
}

async function judge(files: Files, profiles: readonly string[] = [PROFILE_IDENTIFIER]) {
  const facts = await establishRecords(treeOf(files), ports)
  expect(JSON.parse(JSON.stringify(facts))).toEqual(facts)
  return checkRecords(facts, { profiles })
}

function outcome(findings: readonly Finding[], id: string): string {
  const finding = findings.find((one) => one.id === id)
  return finding === undefined ? 'none' : [finding.value, finding.reason].filter(Boolean).join(':')
}

function altered(path: string, alter: (text: string) => string): Files {
  const files = sample()
  const before = files[path]
  if (before === undefined) throw new Error(`no ${path} in the sample`)
  const after = alter(before)
  if (after === before) throw new Error(`nothing altered in ${path}`)
  return { ...files, [path]: after }
}

/** Outcomes that are not those of the untouched sample. */
async function differences(files: Files, profiles?: readonly string[]): Promise<Record<string, string>> {
  const before = await judge(sample())
  const after = await judge(files, profiles)
  return Object.fromEntries(
    after.map(({ id }) => [id, outcome(after, id)] as const).filter(([id, value]) => value !== outcome(before, id)),
  )
}

test('the sample is in form, and what is not judged yet is not checked', async () => {
  const findings = await judge(sample())
  expect(findings.map(({ id, value, reason }) => [id, value, reason].filter(Boolean).join(' '))).toEqual([
    'bundle.format PASSED',
    'bundle.layout PASSED',
    'bundle.record PASSED',
    'bundle.items PASSED',
    'bundle.verify-text PASSED',
    'seal.declared PASSED',
    'seal.undeclared PASSED',
  ])
})

test('of another bag there is nothing to say', () => {
  expect(checkRecords(null, { profiles: [] })).toEqual([])
})

test('a bag is ours when bag-info.txt or bundle.json says so', async () => {
  const ours = await establishRecords(treeOf(sample()), ports)
  const foreign = await establishRecords(treeOf({ 'record/bundle.json': '{"a":1}' }), ports)
  expect(namesBundleFormat(ours, [])).toBe(true)
  expect(namesBundleFormat(foreign, [PROFILE_IDENTIFIER])).toBe(true)
  expect(namesBundleFormat(foreign, ['https://profile.example/other'])).toBe(false)
})

describe('bundle.format', () => {
  test('names an unknown version, and nothing else is guessed at', async () => {
    const files = altered('record/bundle.json', (text) => text.replace('bundle/1-draft', 'bundle/2'))
    const findings = await judge(files, ['https://probatum.example/bundle/2'])
    expect(outcome(findings, 'bundle.format')).toBe('INDETERMINATE:unknown-version')
    expect(findings[0]?.evidence[0]?.found).toBe('probatum/bundle/2')
    for (const id of ['bundle.record', 'bundle.items', 'bundle.layout', 'seal.declared', 'seal.undeclared']) {
      expect(outcome(findings, id)).toBe('NOT-CHECKED:unknown-format')
    }
  })

  test('does not say how an unknown version names its profile', async () => {
    const files = altered('record/bundle.json', (text) => text.replace('bundle/1-draft', 'bundle/2'))
    for (const profile of ['https://probatum.example/bundle/two', PROFILE_IDENTIFIER]) {
      expect(outcome(await judge(files, [profile]), 'bundle.format')).toBe('INDETERMINATE:unknown-version')
    }
  })

  test('names an unknown member and still reads the others', async () => {
    const files = altered('record/bundle.json', (text) => text.replace('"origin"', '"newThing":1,"origin"'))
    const findings = await judge(files)
    expect(outcome(findings, 'bundle.format')).toBe('INDETERMINATE:unknown-member')
    expect(findings[0]?.exceptions).toMatchObject([{ path: 'record/bundle.json', at: 'log.newThing' }])
    expect(outcome(findings, 'seal.declared')).toBe('PASSED')
  })

  test('names an unknown type of line', async () => {
    const files = altered('record/items.jsonl', (text) => text.replace('"type":"item"', '"type":"hologram"'))
    expect(await differences(files)).toEqual({ 'bundle.format': 'INDETERMINATE:unknown-member' })
    expect((await judge(files))[0]?.exceptions).toMatchObject([{ at: 'line 1 type', found: 'hologram' }])
  })

  test('compares the profile of the bag with bundle.json', async () => {
    expect(await differences(sample(), ['https://probatum.example/bundle/2'])).toEqual({
      'bundle.format': 'FAILED:profile-differs',
    })
    expect(await differences(sample(), [])).toEqual({ 'bundle.format': 'INDETERMINATE:profile-missing' })
  })

  test('says when no version is named', async () => {
    const files = altered('record/bundle.json', (text) => text.replace('probatum/bundle/1-draft', 'something else'))
    expect(await differences(files)).toEqual({
      'bundle.format': 'INDETERMINATE:not-named',
      'bundle.record': 'INDETERMINATE:malformed',
      'bundle.items': 'INDETERMINATE:count-unknown',
      'seal.declared': 'INDETERMINATE:declaration-unreadable',
      'seal.undeclared': 'NOT-CHECKED:declaration-unreadable',
    })
  })
})

describe('bundle.record', () => {
  const OPEN = { 'bundle.record': 'INDETERMINATE:malformed' }
  const CONTRADICTED = { 'bundle.record': 'FAILED:contradiction' }

  test.each<[string, string, (text: string) => string, Record<string, string>]>([
    ['authorisation with white space', 'authorisation.json', (text) => `${text}\n`, CONTRADICTED],
    [
      'authorisation with a member twice',
      'authorisation.json',
      (text) => text.replace('{', '{"approvals":[],'),
      CONTRADICTED,
    ],
    [
      'a custody line out of canonical order',
      'custody.jsonl',
      (text) => text.replace('{"seq":1,', '{"withheld":"00","seq":1,'),
      OPEN,
    ],
    [
      'a custody line whose number is not its place',
      'custody.jsonl',
      (text) => text.replace('"seq":1,', '"seq":7,'),
      CONTRADICTED,
    ],
    [
      'a log id that bundle.json does not have',
      'custody.jsonl',
      (text) => text.replace('ababab', 'ffffff'),
      CONTRADICTED,
    ],
    [
      'a digest of other authorisation',
      'custody.jsonl',
      (text) => text.replace(/"authorisation":"..../, '"authorisation":"0000'),
      CONTRADICTED,
    ],
    [
      'an export of another number of items',
      'custody.jsonl',
      (text) => text.replace('"itemCount":2', '"itemCount":3'),
      CONTRADICTED,
    ],
    [
      'a log that does not begin with zeros',
      'custody.jsonl',
      (text) => text.replace(NO_PREVIOUS_LINE, sha256('')),
      OPEN,
    ],
    [
      'a log that begins with a stub',
      'custody.jsonl',
      (text) => text.replace(/^.*\n/, lines({ seq: 0, withheld: sha256('') })),
      OPEN,
    ],
    [
      'a log without this export',
      'custody.jsonl',
      (text) => `${text}${lines({ seq: 3, withheld: sha256('') })}`,
      CONTRADICTED,
    ],
    ['an empty log', 'custody.jsonl', () => '', CONTRADICTED],
    ['a line with a slot too few', 'custody.jsonl', (text) => text.replace(/"sd":\["[^"]*",/, '"sd":['), OPEN],
    ['a slot with unused bits', 'custody.jsonl', (text) => text.replace(/"sd":\["(.{42})./, '"sd":["$1B'), OPEN],
    [
      'a stub with a digest in capitals',
      'custody.jsonl',
      (text) => text.replace(/"withheld":"(.*?)"/, (all) => all.toUpperCase().replace('WITHHELD', 'withheld')),
      OPEN,
    ],
    ['a last line that is cut off', 'custody.jsonl', (text) => text.slice(0, -1), OPEN],
    ['a checkpoint of another log', 'checkpoint', (text) => text.replace('log.example', 'log.other'), CONTRADICTED],
    ['a checkpoint of another size', 'checkpoint', (text) => text.replace('\n3\n', '\n4\n'), CONTRADICTED],
    ['a checkpoint without a signature', 'checkpoint', (text) => text.slice(0, text.indexOf('—')), OPEN],
    ['a proof to another size', 'proofs.jsonl', (text) => text.replace('"second":3', '"second":4'), CONTRADICTED],
    ['a proof from a later size', 'proofs.jsonl', (text) => text.replace('"first":2', '"first":3'), OPEN],
    [
      'an opening under another name',
      'disclosures.jsonl',
      (text) => text.replace('"field":"size"', '"field":"sha512"'),
      OPEN,
    ],
    ['an opening of the export itself', 'disclosures.jsonl', (text) => text.replace('"seq":1', '"seq":2'), OPEN],
    ['an opening of a line that is not there', 'disclosures.jsonl', (text) => text.replace('"seq":1', '"seq":3'), OPEN],
    [
      'an opening of a field that no line has',
      'disclosures.jsonl',
      (text) => text.replace('"field":"sha256"', '"field":"shoeSize"'),
      OPEN,
    ],
    ['an opening twice', 'disclosures.jsonl', (text) => `${text}${text.split('\n')[2]}\n`, OPEN],
    [
      'openings out of order',
      'disclosures.jsonl',
      (text) => `${text.split('\n').slice(0, 3).reverse().join('\n')}\n`,
      OPEN,
    ],
  ])('is open or contradicted for %s', async (_name, file, alter, expected) => {
    const found = await differences(altered(`record/${file}`, alter))
    expect(found).toEqual(expected)
  })

  test('reports every broken line with its place', async () => {
    const files = altered('record/items.jsonl', (text) => text.replaceAll('"salt":"00', '"salt":"zz'))
    const finding = (await judge(files)).find(({ id }) => id === 'bundle.items')
    expect(finding?.exceptions?.map(({ at, reason }) => `${at} ${reason}`)).toEqual([
      'line 1 salt ERR_JSON_SHAPE',
      'line 2 salt ERR_JSON_SHAPE',
    ])
  })

  test('keeps the first thousand problems of a hostile file and counts the rest', async () => {
    const files = altered('record/items.jsonl', () => '{}\n'.repeat(3000))
    const finding = (await judge(files)).find(({ id }) => id === 'bundle.items')
    expect(finding?.exceptions).toHaveLength(1000)
    expect(finding?.exceptionsOmitted).toBe(2000)
  })

  test('what a disclosure opens does not reach the facts', async () => {
    const secret = Buffer.from('["x","agent","Invented Person"]').toString('base64url')
    const files = altered('record/disclosures.jsonl', (text) => text.replace(DISCLOSURE, secret))
    const facts = JSON.stringify(await establishRecords(treeOf(files), ports))
    expect(facts).not.toContain(secret)
    expect(facts).not.toContain('Invented Person')
  })

  test('a file that cannot be read is open, and a source that is gone ends the run', async () => {
    const files = sample()
    const failing = (error: Error) =>
      treeOf(files, async (path) => {
        if (path === 'record/custody.jsonl') throw error
        return encodeUtf8(files[path] ?? '')
      })
    const outcomeOf = async (error: Error) =>
      outcome(checkRecords(await establishRecords(failing(error), ports), { profiles: [] }), 'bundle.record')
    expect(await outcomeOf(new SourceFault('permission', 'x', 'EACCES'))).toBe('INDETERMINATE:unreadable')
    expect(await outcomeOf(new ParseError('ERR_LIMIT', { where: 'x' }))).toBe('INDETERMINATE:limit')
    await expect(outcomeOf(new SourceFault('vanished', 'x', 'ENOENT'))).rejects.toThrow(SourceFault)
  })
})

describe('bundle.items', () => {
  test('counts lines against bundle.json', async () => {
    const files = altered('record/items.jsonl', (text) => `${text}${lines({ seq: 2, withheld: sha256('') })}`)
    expect(await differences(files)).toEqual({
      'bundle.items': 'FAILED:count-differs',
      'bundle.record': 'FAILED:contradiction',
    })
  })

  test('lines that changed places contradict their numbers', async () => {
    const files = altered('record/items.jsonl', (text) => `${text.split('\n').slice(0, 2).reverse().join('\n')}\n`)
    expect(await differences(files)).toEqual({ 'bundle.items': 'FAILED:contradiction' })
  })
})

describe('bundle.layout', () => {
  test('names every mandatory file that is absent', async () => {
    const { 'record/proofs.jsonl': _proofs, 'VERIFY.txt': _text, ...files } = sample()
    const findings = await judge(files)
    expect(findings[1]?.exceptions?.map(({ path }) => path)).toEqual(['VERIFY.txt', 'record/proofs.jsonl'])
    expect(await differences(files)).toEqual({
      'bundle.layout': 'INDETERMINATE:missing',
      'bundle.record': 'INDETERMINATE:missing',
      'bundle.verify-text': 'INDETERMINATE:missing',
    })
  })

  test.each(['record/extra.json', 'fetch.txt', 'data/photo.jpg', 'data/00/1.txt', 'record/validation/UPPER.cer'])(
    'has no place for %s',
    async (path) => {
      expect(await differences({ ...sample(), [path]: '' })).toEqual({ 'bundle.layout': 'INDETERMINATE:no-place' })
    },
  )
})

test('a text of VERIFY.txt that was never published is open', async () => {
  expect(await differences(altered('VERIFY.txt', (text) => `${text} `))).toEqual({
    'bundle.verify-text': 'INDETERMINATE:not-published',
  })
})

describe('seal.declared', () => {
  test('names a signature file and a time-stamp that are missing', async () => {
    const { 'seal/1/tagmanifest-sha256.txt.p7s': _signature, ...unsigned } = sample()
    expect(await differences(unsigned)).toEqual({ 'seal.declared': 'INDETERMINATE:missing' })
    const { 'seal/1/tagmanifest-sha256.txt.p7s.one.tsr': _token, ...unstamped } = sample()
    expect(await differences(unstamped)).toEqual({ 'seal.declared': 'INDETERMINATE:missing' })
  })

  test('does not count the token of an authority that was not declared', async () => {
    const { 'seal/1/tagmanifest-sha256.txt.p7s.one.tsr': _token, ...files } = sample()
    files['seal/1/tagmanifest-sha256.txt.p7s.two.tsr'] = ''
    expect(await differences(files)).toEqual({
      'seal.declared': 'INDETERMINATE:missing',
      'seal.undeclared': 'INDETERMINATE:undeclared',
    })
  })

  test('asks for a signature over every tag manifest', async () => {
    const files = { ...sample(), 'manifest-sha512.txt': '', 'tagmanifest-sha512.txt': '' }
    expect(await differences(files)).toEqual({ 'seal.declared': 'INDETERMINATE:not-declared' })
  })
})

describe('seal.undeclared', () => {
  test.each([
    'seal/1/tagmanifest-sha512.txt.p7s',
    'seal/1/tagmanifest-sha256.txt.p7s.two.tsr',
    'seal/1/anything',
    'seal/note.txt',
    'seal/01/x.tsr',
    'seal/1/validation/ODD NAME',
    'seal/1/validation/notes.pdf',
    'seal/1/validation/more/a.crl',
    'seal/1/validation/.cer',
    `seal/1/validation/${'a'.repeat(65)}.crl`,
    'seal/7/validation/a.der',
  ])('names %s as the file to set aside', async (path) => {
    const files = { ...sample(), [path]: '' }
    expect(await differences(files)).toEqual({ 'seal.undeclared': 'INDETERMINATE:undeclared' })
    const finding = (await judge(files)).find(({ id }) => id === 'seal.undeclared')
    expect(finding?.exceptions?.map((exception) => exception.path)).toEqual([path])
  })

  test('names what has no place in a later level, and leaves its list and time-stamps to the findings of renewal', async () => {
    const files = { ...sample(), 'seal/2/sums-sha512.txt': '', 'seal/2/tsa.tsr': '', 'seal/2/validation/a.cer': '' }
    expect(await differences(files)).toEqual({})
    const more = { ...files, 'seal/2/notes.txt': '' }
    expect(await differences(more)).toEqual({ 'seal.undeclared': 'INDETERMINATE:undeclared' })
  })

  test('leaves hints alone', async () => {
    const hints = ['a.cer', 'b.crl', 'c.ocsp', `${'a'.repeat(64)}.crl`].map((name) => [`seal/1/validation/${name}`, ''])
    const files = { ...sample(), ...Object.fromEntries(hints), 'seal/9999/validation/a.cer': '' }
    expect(await differences(files)).toEqual({})
  })

  test('notes CRLs and OCSP responses among the hints, because they may tell of a revocation', async () => {
    const hints = ['record/validation/a.crl', 'record/validation/b.cer', 'seal/1/validation/a.ocsp', 'seal/1/a.crl']
    const files = { ...sample(), ...Object.fromEntries(hints.map((path) => [path, ''])) }
    const { revocationFiles } = await establishRecords(treeOf(files), ports)
    expect(revocationFiles.first.map(({ path }) => path)).toEqual([
      'record/validation/a.crl',
      'seal/1/validation/a.ocsp',
    ])
    expect(revocationFiles.count).toBe(2)
  })

  test('looks at a bounded number of files', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => [`seal/1/validation/${index}.cer`, ''] as const)
    expect(await differences({ ...sample(), ...Object.fromEntries(many) })).toEqual({
      'seal.undeclared': 'INDETERMINATE:limit',
    })
  })
})

test('no alteration of a byte of a record throws, and none turns a problem into FAILED without a contradiction', async () => {
  const paths = Object.keys(sample()).filter((path) => path.startsWith('record/'))
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...paths),
      fc.nat(),
      fc.integer({ min: 1, max: 127 }),
      async (path, place, bits) => {
        const files = sample()
        const bytes = encodeUtf8(files[path] ?? '')
        const at = place % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ bits
        const tree = treeOf(files, async (asked) => (asked === path ? bytes : encodeUtf8(files[asked] ?? '')))
        const findings = checkRecords(await establishRecords(tree, ports), { profiles: [PROFILE_IDENTIFIER] })
        for (const finding of findings.filter(({ value }) => value === 'FAILED')) {
          const contradicted = finding.exceptions?.some(({ value }) => value === 'FAILED') ?? false
          expect(contradicted || finding.reason === 'count-differs' || finding.reason === 'profile-differs').toBe(true)
        }
      },
    ),
    { numRuns: 500 },
  )
})

describe('lines that are not in form', () => {
  const state = async (path: string, count: number) => {
    const files = { ...sample(), [path]: '{}\n'.repeat(count) }
    const facts = await establishRecords(treeOf(files), ports)
    return facts.files.find((file) => file.path === path)
  }

  test.each(['record/items.jsonl', 'record/custody.jsonl', 'record/disclosures.jsonl'])(
    '%s is not judged by half of it: beyond so many it was not read',
    async (path) => {
      const most = LIMITS.jsonLinesMisshapen
      expect(await state(path, most)).toMatchObject({ lines: most })
      expect(await state(path, most + 1)).toMatchObject({ state: 'limit', lines: null, failure: { code: 'ERR_LIMIT' } })
    },
  )

  test('a line whose values cost too much says nothing of the next', async () => {
    const files = sample()
    const dear = `[${'{},'.repeat(100_000)}{}]\n`
    const facts = await establishRecords(
      treeOf({ ...files, 'record/items.jsonl': `${files['record/items.jsonl']}${dear}` }),
      ports,
    )
    const items = facts.files.find(({ path }) => path === 'record/items.jsonl')
    expect(items).toMatchObject({ lines: 3, state: 'limit' })
    expect(items?.problems).toContainEqual(expect.objectContaining({ code: 'ERR_LIMIT', at: 'line 3' }))
  })
})
