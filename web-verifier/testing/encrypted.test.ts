// Needs: age, chromium, openssl, zip.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { BUNDLE, ensureBuilt } from '../../tools/build.mjs'
import { ROOT } from '../../tools/setup.mjs'
import { CHOICE, type EnginePage, openEnginePage, type PageOutcome } from '../../tools/testing/engine-page.ts'
import { testPlace } from '../../tools/testing/place.ts'

const SEALED = join(ROOT, 'test-vectors/bundles/base/sealed')
const SET = join(ROOT, 'test-vectors/trust-sets/sample.json')
const AT = '2026-06-01T00:00:00Z'

const { place: folder, at } = testPlace('encrypted-page')
let secret: string
let engine: EnginePage
const run = (program: string, ...args: string[]) => execFileSync(program, args, { cwd: folder, stdio: 'pipe' })

beforeAll(async () => {
  cpSync(SEALED, at('bundle'), { recursive: true })
  execFileSync('zip', ['-q', '-r', '-X', '-0', at('bundle.zip'), '.'], { cwd: at('bundle') })
  // Whatever archive is in it (docs/adr/0019): with data descriptors and deflated, and tar, as others make them.
  execFileSync('zip', ['-q', '-r', '-X', '-fd', at('foreign.zip'), '.'], { cwd: at('bundle') })
  run('tar', '-cf', 'bundle.tar', 'bundle')
  secret = await generateX25519Identity()
  writeFileSync(at('key.txt'), `# sample\n${secret}\n`)
  writeFileSync(at('other.txt'), `${await generateX25519Identity()}\n`)
  run('age', '-r', await identityToRecipient(secret), '-o', '5d0c.age', 'bundle.zip')
  const request = ['req', '-x509', '-nodes', '-subj', '/CN=Example Court (sample)', '-days', '30']
  run(
    'openssl',
    ...request,
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-384',
    '-keyout',
    'ec.key',
    '-out',
    'ec.pem',
  )
  run('openssl', ...request, '-newkey', 'rsa:2048', '-keyout', 'rsa.key', '-out', 'rsa.pem')
  const cms = ['cms', '-encrypt', '-binary', '-aes-256-gcm', '-outform', 'DER', '-in']
  run('openssl', ...cms, 'foreign.zip', '-out', 'ec.p7m', '-recip', 'ec.pem', '-stream')
  run(
    'openssl',
    ...cms,
    'bundle.tar',
    '-out',
    'rsa.p7m',
    '-recip',
    'rsa.pem',
    '-keyopt',
    'rsa_padding_mode:oaep',
    '-keyopt',
    'rsa_oaep_md:sha256',
  )
  await ensureBuilt()
  engine = await openEnginePage()
}, 120_000)
afterAll(async () => {
  await engine.close()
})
afterEach(() => {
  expect(engine.problems).toEqual([])
})

const reportOf = (outcome: PageOutcome) => ('report' in outcome ? outcome.report : JSON.stringify(outcome.failure))
function reportOfCommand(file: string, key: string): string {
  const save = at(`${file}.report.json`)
  rmSync(save, { force: true })
  const args = ['verify', at(file), '--identity', at(key), '--trust-set', SET, '--save', save, '--quiet', '--at', AT]
  const { stderr } = spawnSync(process.execPath, [BUNDLE, ...args], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return readFileSync(save, 'utf8')
}

describe('an encrypted bundle in the page', () => {
  test.each([
    ['5d0c.age', 'key.txt', 'age', 'zip'],
    ['ec.p7m', 'ec.key', 'cms', 'zip'],
    ['rsa.p7m', 'rsa.key', 'cms', 'tar'],
  ])(
    '%s is opened with its key, and the report is that of the command line',
    async (file, key, encryption, container) => {
      const intake = await engine.give([at(file), at(key), SET])
      expect(intake.others).toEqual([])
      expect(intake.subjects).toMatchObject([{ kind: 'bundle', name: file, container, encryption }])
      expect(intake.beside[0]).toEqual({ kind: 'identity', file: intake.beside[0]?.file, name: key, keys: 1 })
      expect(JSON.stringify(intake)).not.toContain(secret.slice(20))
      const trustSet = intake.beside.find(({ kind }) => kind === 'trust-set')?.file ?? ''
      const outcome = await engine.verify({ ...CHOICE, trustSet, at: AT })
      expect(reportOf(outcome)).toBe(reportOfCommand(file, key))
      expect(reportOf(outcome)).toContain(`"encryption.${encryption}"`)
      expect(JSON.stringify(outcome)).not.toContain(secret.slice(20))
    },
  )

  test('waits for its key, however the two come', async () => {
    const alone = await engine.give([at('5d0c.age'), at('bundle.zip')])
    expect(alone.subjects).toHaveLength(1)
    expect(alone.others).toMatchObject([{ looksLike: 'encrypted', failure: { kind: 'parse', code: 'ERR_ENCRYPTED' } }])
    const wrong = await engine.give([at('other.txt')], { keep: true })
    expect(wrong.others).toMatchObject([{ failure: { code: 'ERR_ENCRYPTION_IDENTITY' } }])
    const right = await engine.give([at('key.txt')], { keep: true })
    expect(right.others).toEqual([])
    expect(right.subjects.map(({ name }) => name)).toEqual(['bundle.zip', '5d0c.age'])
    const id = right.subjects[1]?.id
    // A worker that was killed finds the same again.
    await engine.page.evaluate(
      `{ const run = engine.verify('${id}', ${JSON.stringify({ ...CHOICE, at: AT })}); run.done.catch(() => {}); run.cancel() }`,
    )
    expect(reportOf(await engine.verify({ ...CHOICE, at: AT }, id))).toContain('"encryption.age"')
  })

  test('that is not as it was encrypted is not judged', async () => {
    for (const [file, key] of [
      ['5d0c.age', 'key.txt'],
      ['ec.p7m', 'ec.key'],
    ] as const) {
      const bytes = readFileSync(at(file))
      bytes[bytes.length - 40] = (bytes[bytes.length - 40] ?? 0) ^ 1
      writeFileSync(at('spoilt'), bytes)
      writeFileSync(at('cut'), readFileSync(at(file)).subarray(0, -1))
      const intake = await engine.give([at(key), at('spoilt'), at('cut')])
      expect(intake.subjects).toEqual([])
      const codes = intake.others.map(({ failure }) => failure?.kind === 'parse' && failure.code)
      expect(codes[0]).toBe('ERR_ENCRYPTION_TAG')
      expect(['ERR_ENCRYPTION_TAG', 'ERR_ENCRYPTION_STRUCTURE']).toContain(codes[1])
    }
  })

  test('keys are neither hashed nor shown', async () => {
    const intake = await engine.give([at('key.txt')])
    const file = intake.beside[0]?.file ?? ''
    const digest = `engine.digest('${file}', ['sha256']).done.then(() => 'digested', (error) => error.failure.kind)`
    expect(await engine.page.evaluate(digest)).toBe('choice')
    writeFileSync(at('broken.txt'), `${secret}X\n`)
    const broken = await engine.give([at('broken.txt')])
    expect(broken.others).toMatchObject([{ looksLike: 'key', failure: { code: 'ERR_IDENTITY' } }])
    expect(JSON.stringify(broken)).not.toContain(secret.slice(20, 40))
  })
})
