// Needs: sha256sum.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeUtf8, type Instant } from '@probatum/core'
import {
  demonstrationAuthority,
  demonstrationTrustSet,
  fileOf,
  memorySink,
  type PayloadFile,
  sealBundle,
  seededRandom,
  writeTar,
  writeZip,
} from '@probatum/seal'
import type { Extraction } from '@probatum/words'
import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../tools/testing/judgement.ts'
import { probatumPlace } from '../../../tools/testing/place.ts'
import { FolderSink } from '../sealing/folder-sink.ts'

const { at, probatum } = probatumPlace('extract')
const NOW: Instant = instant('2026-03-14T09:12:00Z')
const sample = (text: string) => encodeUtf8(`${text}, an invented file (sample)\n`)
const NAMES: readonly (string | Uint8Array)[] = [
  'letter (sample).txt',
  '../../outside.txt',
  'C:\\Windows\\nul',
  'photos/Picture.JPG',
  'photos/picture.jpg',
  Uint8Array.of(0x66, 0xff, 0x2e, 0x74, 0x78, 0x74),
]

const extract = (bundle: string, out: string, ...args: string[]) =>
  probatum('extract', bundle, '-o', out, '--trust-set', 'trust.json', '--at', '2026-03-15', ...args)

function extraction(out: string): Extraction {
  return JSON.parse(readFileSync(at(out, 'extracted.json'), 'utf8'))
}

async function save(name: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  writeFileSync(at(name), Buffer.concat(parts))
}

/** A copy of the bundle in which one file has another text. */
function altered(name: string, path: string, change: (text: string) => string): string {
  cpSync(at('bundle'), at(name), { recursive: true })
  writeFileSync(at(name, path), change(readFileSync(at(name, path), 'latin1')), 'latin1')
  return name
}

beforeAll(async () => {
  const random = seededRandom('extract test')
  const authority = await demonstrationAuthority({ now: NOW, random })
  writeFileSync(at('trust.json'), demonstrationTrustSet(authority, NOW))
  const sink = memorySink()
  await sealBundle({
    files: NAMES.map((name, index): PayloadFile => ({ ...fileOf(sample(`file ${index}`)), name })),
    sink,
    now: NOW,
    random,
    issuer: 'Example Mechanism (sample)',
    recipient: null,
    externalIdentifier: 'extract (sample)',
    longTerm: true,
    sample: true,
    signer: authority.signer,
    timeStampAuthorities: [authority.timeStampAuthority],
    log: authority.log,
    softwareAgent: 'probatum',
  })
  const folder = new FolderSink(at('bundle'))
  for (const [path, bytes] of sink.files) await folder.write(path, bytes)
  await save('bundle.zip', writeZip({ topFolder: 'bundle', files: folder.files() }))
  await save('bundle.tar', writeTar({ topFolder: 'bundle', files: folder.files() }))
}, 120_000)

describe('extract', () => {
  it.each(['bundle', 'bundle.zip', 'bundle.tar'])(
    'copies what verified out of %s, hostile names made harmless',
    (name) => {
      const out = `out-of-${name}`
      const run = extract(name, out)
      expect(run).toMatchObject({ code: 0, err: '' })
      expect(readdirSync(at(out), { recursive: true }).map(String).sort()).toEqual(
        [
          '%2E%2E',
          join('%2E%2E', '%2E%2E'),
          join('%2E%2E', '%2E%2E', 'outside.txt'),
          'C%3A%5CWindows%5Cnul',
          'EXTRACTED.txt',
          'extracted-sha256.txt',
          'extracted.json',
          'f%FF.txt',
          'letter (sample).txt',
          'photos',
          join('photos', 'Picture.JPG'),
          join('photos', 'picture (item 4).jpg'),
        ].sort(),
      )
      expect(readFileSync(at(out, 'letter (sample).txt'))).toEqual(Buffer.from(sample('file 0')))
      expect(readFileSync(at(out, 'photos', 'picture (item 4).jpg'))).toEqual(Buffer.from(sample('file 4')))
      execFileSync('sha256sum', ['--strict', '-c', 'extracted-sha256.txt'], { cwd: at(out), stdio: 'pipe' })
      expect(extraction(out)).toMatchObject({
        warning: null,
        indication: 'TOTAL-PASSED',
        notExtracted: [],
        withheld: 0,
      })
      expect(extraction(out).items.map(({ naming }) => naming)).toEqual([
        'original',
        'escaped',
        'escaped',
        'original',
        'escaped',
        'escaped',
      ])
    },
  )

  it('leaves out what does not match, says loudly that the whole does not hold, and ends with 1', () => {
    const bundle = altered('one-changed', 'data/00/000001.txt', (text) => text.replace('file', 'life'))
    const run = extract(bundle, 'out-changed')
    expect(run.code).toBe(1)
    expect(run.err).toContain('does NOT hold')
    expect(existsSync(at('out-changed', 'letter (sample).txt'))).toBe(false)
    const { warning, indication, items, notExtracted } = extraction('out-changed')
    expect(warning).toContain('does NOT hold')
    expect(indication).toBe('TOTAL-FAILED')
    expect(items.map(({ item }) => item)).toEqual([1, 2, 3, 4, 5])
    expect(notExtracted).toEqual([{ item: 0, path: 'data/00/000001.txt', doubts: ['mismatch', 'item-differs'] }])
    expect(readFileSync(at('out-changed', 'EXTRACTED.txt'), 'utf8')).toMatch(/^WARNING: /)
  })

  it('says of a file that is not here that it is missing, and not that it differs from its item', () => {
    const isLeft = (source: string) => source !== at('bundle', 'data/00/000001.txt')
    cpSync(at('bundle'), at('renamed'), { recursive: true, filter: isLeft })
    cpSync(at('bundle', 'data/00/000001.txt'), at('renamed', 'data/00/000001.TXT'))
    expect(extract('renamed', 'out-renamed').code).toBe(3)
    expect(extraction('out-renamed').notExtracted).toEqual([
      { item: null, path: 'data/00/000001.TXT', doubts: ['unlisted', 'no-item'] },
      { item: 0, path: 'data/00/000001.txt', doubts: ['missing'] },
    ])
  })

  it('copies what did not verify only when it is named, and marks it', () => {
    const bundle = altered('changed-again', 'data/00/000001.txt', (text) => text.replace('file', 'life'))
    expect(extract(bundle, 'out-asked', '--also-unverified', '0,1').code).toBe(1)
    expect(existsSync(at('out-asked', 'NOT-VERIFIED letter (sample).txt'))).toBe(true)
    expect(existsSync(at('out-asked', 'letter (sample).txt'))).toBe(false)
    const [first, second] = extraction('out-asked').items
    expect(first).toMatchObject({ item: 0, state: 'NOT-VERIFIED', name: 'NOT-VERIFIED letter (sample).txt' })
    expect(second).toMatchObject({ item: 1, state: 'verified' })
    expect(extract(bundle, 'out-other', '--also-unverified', '6').code).toBe(2)
    expect(extract(bundle, 'out-other', '--also-unverified', 'all').code).toBe(2)
    expect(existsSync(at('out-other'))).toBe(false)
  })

  /** Puts another file and its digests in the place of item 0. */
  function forge(name: string): string {
    const path = 'data/00/000001.txt'
    const before = readFileSync(at('bundle', path))
    const after = sample('life 0')
    altered(name, path, () => Buffer.from(after).toString('latin1'))
    replaceDigests(name, before, after, ['manifest-sha256.txt', 'manifest-sha512.txt'])
    return name
  }

  function replaceDigests(name: string, before: Uint8Array, after: Uint8Array, files: readonly string[]): void {
    for (const file of files) {
      const algorithm = file.includes('256') ? 'sha256' : 'sha512'
      const hex = (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('hex')
      writeFileSync(
        at(name, file),
        readFileSync(at(name, file), 'latin1').replaceAll(hex(before), hex(after)),
        'latin1',
      )
    }
  }

  it('calls nothing verified whose list is not the sealed one', () => {
    expect(extract(forge('forged'), 'out-forged').code).toBe(1)
    const { items, notExtracted } = extraction('out-forged')
    expect(items).toEqual([])
    for (const { doubts } of notExtracted) expect(doubts).toContain('list-altered')
  })

  it('calls nothing verified under a seal that is contradicted', () => {
    const name = forge('forged-whole')
    const tags = ['tagmanifest-sha256.txt', 'tagmanifest-sha512.txt']
    for (const manifest of ['manifest-sha256.txt', 'manifest-sha512.txt'])
      replaceDigests(name, readFileSync(at('bundle', manifest)), readFileSync(at(name, manifest)), tags)
    expect(extract(name, 'out-forged-whole').code).toBe(1)
    const { items, notExtracted } = extraction('out-forged-whole')
    expect(items).toEqual([])
    for (const { doubts } of notExtracted) expect(doubts).toContain('seal-contradicted')
    // The forged file is not the one that its item names, whoever signs the lists.
    expect(notExtracted[0]?.doubts).toContain('item-differs')
  })

  it('says that the whole cannot be told without a trust set', () => {
    const run = probatum('extract', 'bundle', '-o', 'out-untrusted', '--at', '2026-03-15')
    expect(run.code).toBe(3)
    expect(extraction('out-untrusted').warning).toMatch(/^NOTE: /)
    expect(extraction('out-untrusted').items).toHaveLength(NAMES.length)
  })

  it('calls nothing verified of a format version that it does not know', () => {
    altered('later', 'record/bundle.json', (text) => text.replace('bundle/1-draft', 'bundle/9'))
    expect(extract('later', 'out-later').code).not.toBe(0)
    expect(extraction('out-later').items).toEqual([])
    expect(extraction('out-later').notExtracted[0]?.doubts).toContain('no-item')
  })

  it('takes the paths of another bag for names', () => {
    const text = sample('file of a bag')
    mkdirSync(at('bag', 'data', 'sub'), { recursive: true })
    writeFileSync(at('bag', 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
    writeFileSync(at('bag', 'data', 'sub', '-n.txt'), text)
    writeFileSync(at('bag', 'data', 'extra.txt'), `${text}, added`)
    const hex = createHash('sha256').update(text).digest('hex')
    writeFileSync(at('bag', 'manifest-sha256.txt'), `${hex}  data/sub/-n.txt\n`)
    expect(extract('bag', 'out-bag', '--policy', 'fixity').code).toBe(1)
    expect(existsSync(at('out-bag', 'sub', '%2Dn.txt'))).toBe(true)
    expect(extraction('out-bag').notExtracted.map(({ path, doubts }) => [path, doubts])).toEqual([
      ['data/extra.txt', ['unlisted']],
    ])
  })

  it('calls nothing verified that was compared under MD5 alone', () => {
    mkdirSync(at('weak/data'), { recursive: true })
    writeFileSync(at('weak/data/a.txt'), 'INVENTED SAMPLE\n')
    writeFileSync(at('weak/bagit.txt'), 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n')
    const md5 = createHash('md5').update('INVENTED SAMPLE\n').digest('hex')
    writeFileSync(at('weak/manifest-md5.txt'), `${md5}  data/a.txt\n`)
    const { code, out } = probatum('extract', 'weak', '-o', 'weak-out', '--policy', 'fixity')
    expect(code).toBe(3)
    expect(out).toContain('0 verified files copied')
    expect(readFileSync(at('weak-out/EXTRACTED.txt'), 'utf8')).toContain('it was compared under a weak digest alone')
  })

  it('replaces nothing', () => {
    extract('bundle', 'once')
    expect(extract('bundle', 'once').code).toBe(2)
    expect(extract('bundle', join('bundle', 'inside')).code).toBe(2)
  })
})
