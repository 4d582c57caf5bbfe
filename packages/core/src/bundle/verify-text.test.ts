// Needs: openssl, sh.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { testPlace } from '../../../../tools/testing/place.ts'
import { isPublishedVerifyText, PUBLISHED_VERIFY_TEXTS, VERIFY_TEXT } from './verify-text.ts'

const SCRIPT = VERIFY_TEXT.split('\n')
  .filter((line) => line.startsWith('    '))
  .map((line) => line.slice(4))
  .join('\n')

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex')
}

test('the text is published under its digest, in the program and in the specification', () => {
  expect(PUBLISHED_VERIFY_TEXTS.get('1-draft')?.at(-1)).toBe(sha256(VERIFY_TEXT))
  expect(isPublishedVerifyText('1-draft', sha256(VERIFY_TEXT))).toBe(true)
  expect(isPublishedVerifyText('1', sha256(VERIFY_TEXT))).toBe(false)
  const published = new URL('../../../../docs/spec/verify-1-draft.txt', import.meta.url)
  expect(readFileSync(published, 'utf8')).toBe(VERIFY_TEXT)
})

test('the text is ASCII, begins with the warning and has no line that a terminal would break', () => {
  expect(VERIFY_TEXT).toMatch(/^[\n -~]+$/)
  expect(VERIFY_TEXT).toMatch(/^Do not run commands from a bundle that is not verified yet/)
  expect(Math.max(...VERIFY_TEXT.split('\n').map((line) => line.length))).toBeLessThan(150)
})

// An invented bundle, made with openssl alone, so that the commands are tested against no code of this project.
describe('the commands of the text', () => {
  const { place: folder, newFolder } = testPlace('verify-text')
  let bundle: string

  function openssl(...parameters: readonly string[]): void {
    execFileSync('openssl', parameters, { cwd: folder, stdio: 'pipe' })
  }

  function makeAuthority(name: string, usage: string): void {
    const subject = (role: string) => `/CN=${name} ${role} (sample)`
    writeFileSync(join(folder, `${name}.ext`), usage)
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`]
    openssl('req', ...key, '-subj', subject('end entity'), '-out', `${name}.csr`)
    const ca = ['-CA', `${name}-roots.pem`, '-CAkey', `${name}-roots.key`, '-CAcreateserial', '-days', '20']
    openssl('x509', '-req', '-in', `${name}.csr`, ...ca, '-extfile', `${name}.ext`, '-out', `${name}.pem`)
  }

  function makeRoot(name: string): void {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}-roots.key`]
    openssl('req', '-x509', ...key, '-days', '30', '-subj', `/CN=${name} root (sample)`, '-out', `${name}-roots.pem`)
  }

  function stamp(data: string, response: string): void {
    openssl('ts', '-query', '-data', data, '-sha256', '-cert', '-out', 'request.tsq')
    openssl('ts', '-reply', '-config', 'tsa.cnf', '-section', 'tsa', '-queryfile', 'request.tsq', '-out', response)
  }

  function sign(manifest: string, digest: string): void {
    const out = `bundle/seal/1/${manifest}.p7s`
    const key = ['-signer', 'signer.pem', '-inkey', 'signer.key', '-md', digest, '-cades', '-binary', '-outform', 'DER']
    openssl('cms', '-sign', '-in', `bundle/${manifest}`, ...key, '-out', out)
    stamp(out, `${out}.sample-one.tsr`)
    stamp(out, `${out}.sample-two.tsr`)
  }

  function list(algorithm: 'sha256' | 'sha512', manifest: string, ...places: readonly string[]): void {
    const command = `find ${places.join(' ')} -type f | LC_ALL=C sort | xargs ${algorithm}sum > ${manifest}`
    execFileSync('sh', ['-c', command], { cwd: bundle })
  }

  beforeAll(() => {
    bundle = join(folder, 'bundle')
    mkdirSync(join(bundle, 'data/00'), { recursive: true })
    mkdirSync(join(bundle, 'record'))
    mkdirSync(join(bundle, 'seal/1'), { recursive: true })
    makeRoot('signer')
    makeRoot('tsa')
    makeRoot('other')
    makeAuthority('signer', 'keyUsage=critical,digitalSignature\n')
    makeAuthority('tsa', 'extendedKeyUsage=critical,timeStamping\n')
    writeFileSync(
      join(folder, 'tsa.cnf'),
      '[tsa]\nserial=tsa-serial\nsigner_cert=tsa.pem\nsigner_key=tsa.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4\n' +
        'digests=sha256\nclock_precision_digits=3\naccuracy=secs:1\ness_cert_id_alg=sha256\n',
    )
    const certificate = execFileSync('openssl', ['x509', '-in', join(folder, 'signer.pem'), '-outform', 'DER'])
    const seal = ['sha256', 'sha512'].map((name) => ({
      file: `tagmanifest-${name}.txt.p7s`,
      signer: sha256(certificate),
      timestamps: 2,
    }))
    writeFileSync(join(bundle, 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
    writeFileSync(join(bundle, 'VERIFY.txt'), VERIFY_TEXT)
    writeFileSync(join(bundle, 'record/bundle.json'), JSON.stringify({ sample: true, seal }))
    writeFileSync(join(bundle, 'data/00/000001.txt'), 'invented evidence (sample)\n')
    writeFileSync(join(bundle, 'data/00/000002'), 'more of it (sample)\n')
    for (const name of ['sha256', 'sha512'] as const) list(name, `manifest-${name}.txt`, 'data')
    for (const name of ['sha256', 'sha512'] as const) {
      list(
        name,
        `../tagmanifest-${name}.txt`,
        'bagit.txt',
        'VERIFY.txt',
        'record',
        'manifest-sha256.txt',
        'manifest-sha512.txt',
      )
    }
    for (const name of ['sha256', 'sha512']) {
      cpSync(join(folder, `tagmanifest-${name}.txt`), join(bundle, `tagmanifest-${name}.txt`))
      sign(`tagmanifest-${name}.txt`, name)
    }
  })

  function run(alter: (copy: string) => void = () => undefined, roots: Record<string, string> = {}) {
    const copy = newFolder('copy')
    cpSync(bundle, copy, { recursive: true })
    alter(copy)
    const environment = {
      ...process.env,
      SIGNER_ROOTS: join(folder, 'signer-roots.pem'),
      TSA_ROOTS: join(folder, 'tsa-roots.pem'),
      ...roots,
    }
    const { status, stdout } = spawnSync('sh', ['-c', SCRIPT], { cwd: copy, env: environment, encoding: 'utf8' })
    return { status, stdout }
  }

  function flip(path: string): (copy: string) => void {
    return (copy) => {
      const bytes = readFileSync(join(copy, path))
      const at = Math.floor(bytes.length / 2)
      bytes[at] = (bytes[at] ?? 0) ^ 1
      writeFileSync(join(copy, path), bytes)
    }
  }

  test('accept the sealed sample', () => {
    const { status, stdout } = run()
    expect(stdout).toContain('Nothing wrong was found.')
    expect(stdout).not.toContain('WRONG')
    expect(stdout).toContain(sha256(readFileSync(join(bundle, 'tagmanifest-sha256.txt'))))
    expect(status).toBe(0)
  })

  test.each([
    ['a payload byte', 'data/00/000001.txt', 'WRONG: files that manifest-sha256.txt names'],
    ['a manifest byte', 'manifest-sha256.txt', 'WRONG: files that tagmanifest-sha256.txt names'],
    ['a byte of the second manifest', 'manifest-sha512.txt', 'WRONG: files that tagmanifest-sha512.txt names'],
    ['a byte of the tag manifest', 'tagmanifest-sha256.txt', 'WRONG: signature seal/1/tagmanifest-sha256.txt.p7s'],
    ['a signature byte', 'seal/1/tagmanifest-sha256.txt.p7s', 'WRONG: time-stamp seal/1/tagmanifest-sha256.txt.p7s'],
    ['a token byte', 'seal/1/tagmanifest-sha512.txt.p7s.sample-two.tsr', 'WRONG: time-stamp seal/1/tagmanifest-sha512'],
    ['a record byte', 'record/bundle.json', 'WRONG: files that tagmanifest-sha256.txt names'],
  ])('refuse a twin with %s flipped', (_name, path, message) => {
    const { status, stdout } = run(flip(path))
    expect(stdout).toContain(message)
    expect(status).toBe(1)
  })

  test.each([
    ['an added payload file', (copy: string) => writeFileSync(join(copy, 'data/00/000003'), 'x'), './data/00/000003'],
    ['an added file beside the tag files', (copy: string) => writeFileSync(join(copy, 'note.txt'), ''), 'note.txt'],
    [
      'a file that became a symbolic link',
      (copy: string) => {
        rmSync(join(copy, 'data/00/000002'))
        symlinkSync(join(bundle, 'data/00/000002'), join(copy, 'data/00/000002'))
      },
      'WRONG: symbolic links',
    ],
    ['a missing file', (copy: string) => rmSync(join(copy, 'data/00/000002')), 'WRONG: files that manifest-sha256.txt'],
    ['a missing signature', (copy: string) => rmSync(join(copy, 'seal/1/tagmanifest-sha512.txt.p7s')), 'WRONG:'],
    [
      'a missing time-stamp',
      (copy: string) => rmSync(join(copy, 'seal/1/tagmanifest-sha256.txt.p7s.sample-one.tsr')),
      'WRONG: seal/1/tagmanifest-sha256.txt.p7s: 1 good time-stamps, 2 declared',
    ],
    [
      'an undeclared signature',
      (copy: string) => writeFileSync(join(copy, 'seal/1/tagmanifest-sha256.txt.mldsa.p7s'), ''),
      'seal/1/tagmanifest-sha256.txt.mldsa.p7s\nWRONG: files under seal/ that are not declared',
    ],
    [
      'a line that names a file outside',
      (copy: string) => appendFileSync(join(copy, 'manifest-sha256.txt'), `${'0'.repeat(64)}  data/00/../../../x\n`),
      'WRONG: odd lines in manifest-sha256.txt',
    ],
    [
      'a later level that lists nothing',
      (copy: string) => {
        mkdirSync(join(copy, 'seal/2'))
        writeFileSync(join(copy, 'seal/2/sums-sha512.txt'), '')
      },
      'WRONG: files that seal/2/sums-sha512.txt names',
    ],
  ])('refuse %s', (_name, alter, message) => {
    const { status, stdout } = run(alter)
    expect(stdout.replaceAll('\n./', '\n')).toContain(message.replace('./', ''))
    expect(status).toBe(1)
  })

  test('leave hints alone', () => {
    const { status } = run((copy) => {
      mkdirSync(join(copy, 'seal/1/validation'))
      writeFileSync(join(copy, 'seal/1/validation/anything.cer'), 'useless')
    })
    expect(status).toBe(0)
  })

  test('trust the given roots only, whatever else the system trusts', () => {
    const other = join(folder, 'other-roots.pem')
    const system = { SSL_CERT_FILE: join(folder, 'signer-roots.pem') }
    expect(run(undefined, { ...system, SIGNER_ROOTS: other }).stdout).toContain('WRONG: signature')
    expect(run(undefined, { SSL_CERT_FILE: join(folder, 'tsa-roots.pem'), TSA_ROOTS: other }).stdout).toContain(
      'WRONG: time-stamp',
    )
  })

  test('check a renewal', () => {
    const renew = (copy: string) => {
      mkdirSync(join(copy, 'seal/2'))
      const command = 'find tagmanifest-* seal/1 -type f | LC_ALL=C sort | xargs sha512sum > seal/2/sums-sha512.txt'
      execFileSync('sh', ['-c', command], { cwd: copy })
      cpSync(join(copy, 'seal/2/sums-sha512.txt'), join(folder, 'sums'))
      stamp('sums', 'sums.tsr')
      cpSync(join(folder, 'sums.tsr'), join(copy, 'seal/2/sample-one.tsr'))
    }
    expect(run(renew).stdout).toContain('Nothing wrong was found.')
    const { status } = run((copy) => {
      renew(copy)
      appendFileSync(join(copy, 'seal/2/sums-sha512.txt'), '\n')
    })
    expect(status).toBe(1)
  })
})
