import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  compareBytes,
  decodeUtf8,
  encodeUtf8,
  establishRecords,
  type FileTree,
  parseInstant,
  type RandomAccess,
  type SourceEntry,
  VERIFY_TEXT,
} from '@probatum/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileOf } from './bundle-sink.ts'
import { smallDigest } from './digest.ts'
import { certificatePem } from './pem.ts'
import { seededRandom } from './random.ts'
import { type SealedSample, sealSample } from './seal-sample.ts'

const now = parseInstant('2026-03-14T09:12:00Z')
if (now === undefined) throw new Error('no such instant')

const folder = mkdtempSync(join(tmpdir(), 'probatum-format-'))
afterAll(() => rmSync(folder, { recursive: true }))

function treeOf(files: ReadonlyMap<string, Uint8Array>): FileTree {
  const bytesOf = (path: string) => files.get(path) ?? expect.fail(`no ${path}`)
  const entries = [...files].map(([path, bytes]): SourceEntry => {
    const container: RandomAccess = {
      size: bytes.length,
      read: async (offset, length) => bytes.slice(offset, offset + length),
      handle: null,
    }
    const extent = { container, offset: 0, length: bytes.length, method: 'stored', size: bytes.length } as const
    return { path, size: bytes.length, extent }
  })
  entries.sort((a, b) => compareBytes(encodeUtf8(a.path), encodeUtf8(b.path)))
  return {
    entries,
    byPath: new Map(entries.map((entry) => [entry.path, entry])),
    irregular: [],
    read: async (path) => bytesOf(path),
    open: (path) => fileOf(bytesOf(path)).open(),
  }
}

/** The script that VERIFY.txt holds, as its text says to take it out. */
const SCRIPT = VERIFY_TEXT.split('\n')
  .filter((line) => line.startsWith('    '))
  .map((line) => `${line.slice(4)}\n`)
  .join('')

describe.each([false, true])('a sealed bundle (long term: %s)', (longTerm) => {
  let sample: SealedSample
  const root = join(folder, String(longTerm), 'bundle')
  const put = (path: string, bytes: Uint8Array) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), bytes)
  }
  beforeAll(async () => {
    sample = await sealSample({ now, random: seededRandom('format'), longTerm })
    for (const [path, bytes] of sample.files) put(path, bytes)
    put('../signer-roots.pem', encodeUtf8(certificatePem(sample.authority.roots.signer)))
    put('../tsa-roots.pem', encodeUtf8(certificatePem(sample.authority.roots.timeStampAuthority)))
    put('../check.sh', encodeUtf8(SCRIPT))
  })
  const check = () => spawnSync('sh', ['../check.sh'], { cwd: root, encoding: 'utf8' })

  it('has records that the core reads as valid, with nothing absent, undeclared or unknown', async () => {
    const facts = await establishRecords(treeOf(sample.files), { smallDigest })
    expect(facts.record).not.toBeNull()
    expect(facts.formatKnown).toBe(true)
    expect(facts.unknown).toEqual([])
    expect(facts.files.filter(({ state }) => state !== 'valid')).toEqual([])
    expect([facts.absent, facts.undeclaredSealFiles]).toEqual([[], []])
    expect(facts.verifyText).toMatchObject({ published: true })
  })

  it('holds what its own VERIFY.txt checks, and the script finds nothing wrong', () => {
    expect(decodeUtf8(sample.files.get('VERIFY.txt') ?? new Uint8Array(0))).toBe(VERIFY_TEXT)
    const answer = check()
    expect(`${answer.stdout}${answer.stderr}`).toContain('Nothing wrong was found.')
    expect(answer.status).toBe(0)
  })

  it.each(['data/00/000002.png', 'manifest-sha256.txt', 'record/checkpoint', 'seal/1/tagmanifest-sha256.txt.p7s'])(
    'is refused by that script with a flipped byte in %s',
    (path) => {
      const bytes = sample.files.get(path) ?? expect.fail(path)
      const changed = bytes.slice()
      changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1
      put(path, changed)
      expect(check().status).toBe(1)
      put(path, bytes)
      expect(check().status).toBe(0)
    },
  )

  it('is refused by that script with an added file', () => {
    put('data/00/000009.txt', encodeUtf8('added'))
    expect(check().status).toBe(1)
    rmSync(join(root, 'data/00/000009.txt'))
    expect(check().status).toBe(0)
  })
})
