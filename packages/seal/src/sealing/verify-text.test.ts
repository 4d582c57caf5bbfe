// Needs: openssl, sh.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  checkRecords,
  decodeUtf8,
  establishRecords,
  type FileTree,
  namesBundleFormat,
  PROFILE_IDENTIFIER,
  VERIFY_TEXT,
} from '@probatum/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../../tools/testing/judgement.ts'
import { testPlace } from '../../../../tools/testing/place.ts'
import { type SealedSample, sealSample } from '../demonstration/seal-sample.ts'
import { smallDigest } from '../digest.ts'
import { certificatePem } from '../keys/pem.ts'
import { seededRandom } from '../random.ts'

const now = instant('2016-03-14T09:12:00Z')

const SCRIPT = VERIFY_TEXT.split('\n')
  .filter((line) => line.startsWith('    '))
  .map((line) => line.slice(4))
  .join('\n')

const { place: folder, newFolder } = testPlace('verify-text')

// Sealed ten years ago, so that by the clock of whoever runs this every certificate of a time-stamp may have expired.
describe.each([
  ['rsa-2048', false],
  ['ecdsa-p256', true],
] as const)('the sample sealed with %s keys, long-term: %s', (algorithm, longTerm) => {
  let sample: SealedSample
  const bundle = join(folder, `${algorithm}`)
  const roots = {
    SIGNER_ROOTS: join(folder, `${algorithm}-signer.pem`),
    TSA_ROOTS: join(folder, `${algorithm}-tsa.pem`),
  }
  beforeAll(async () => {
    sample = await sealSample({ now, random: seededRandom(algorithm), algorithm, longTerm })
    for (const [path, bytes] of sample.files) {
      mkdirSync(dirname(join(bundle, path)), { recursive: true })
      writeFileSync(join(bundle, path), bytes)
    }
    writeFileSync(roots.SIGNER_ROOTS, certificatePem(sample.authority.roots.signer))
    writeFileSync(roots.TSA_ROOTS, certificatePem(sample.authority.roots.timeStampAuthority))
  })

  function run(alter: (copy: string) => void = () => undefined) {
    const copy = newFolder('copy')
    cpSync(bundle, copy, { recursive: true })
    alter(copy)
    const environment = { ...process.env, ...roots }
    const { status, stdout } = spawnSync('sh', ['-c', SCRIPT], { cwd: copy, env: environment, encoding: 'utf8' })
    return { status, stdout }
  }

  it('is accepted by the very lines of its VERIFY.txt', () => {
    expect(readFileSync(join(bundle, 'VERIFY.txt'), 'utf8')).toBe(VERIFY_TEXT)
    const { status, stdout } = run()
    expect(stdout).toContain('states Mar 14 09:12:00 2016 GMT (-attime 1457946720)')
    expect(stdout).toContain(sample.outcome.bundleId)
    expect(stdout).toContain(sample.outcome.sealIds[0]?.sha256)
    expect(stdout).toContain('Nothing wrong was found.')
    expect(status).toBe(0)
  })

  it.each([
    'data/00/000001.txt',
    'manifest-sha256.txt',
    'seal/1/tagmanifest-sha256.txt.p7s',
    'seal/1/tagmanifest-sha256.txt.p7s.demonstration.tsr',
  ])('is refused with the last byte of %s flipped', (path) => {
    const { status } = run((copy) => {
      const bytes = readFileSync(join(copy, path))
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
      writeFileSync(join(copy, path), bytes)
    })
    expect(status).toBe(1)
  })

  it('needs the time that the token states, because the authority has expired since', () => {
    const signature = join(bundle, 'seal/1/tagmanifest-sha256.txt.p7s')
    const files = ['-in', `${signature}.demonstration.tsr`, '-data', signature, '-CAfile', roots.TSA_ROOTS]
    const { status, stderr } = spawnSync('openssl', ['ts', '-verify', ...files], { encoding: 'utf8' })
    expect(stderr).toContain('certificate has expired')
    expect(status).not.toBe(0)
  })

  it('is refused with an added file', () => {
    expect(run((copy) => writeFileSync(join(copy, 'record/added.json'), '{}')).stdout).toContain('record/added.json')
  })

  it('has records in the form of the format', async () => {
    const entries = [...sample.files.keys()].map((path) => ({ path, size: 0, extent: undefined as never }))
    const tree: FileTree = {
      entries,
      byPath: new Map(entries.map((entry) => [entry.path, entry])),
      irregular: [],
      read: async (path) => sample.files.get(path) ?? expect.fail(`no ${path}`),
      open: () => expect.fail('not used'),
    }
    const facts = await establishRecords(tree, { smallDigest, signatures: { verify: () => expect.fail('not used') } })
    const profiles = [
      /^BagIt-Profile-Identifier: (.*)$/m.exec(decodeUtf8(await tree.read('bag-info.txt', 9999)) ?? '')?.[1] ?? '',
    ]
    expect(profiles).toEqual([PROFILE_IDENTIFIER])
    expect(namesBundleFormat(facts, [])).toBe(true)
    const findings = checkRecords(facts, { profiles })
    expect(findings.filter(({ axis }) => axis === 'completeness').map(({ value }) => value)).toEqual(
      Array.from({ length: 7 }, () => 'PASSED'),
    )
  })
})
