// Needs: certutil, openssl, pdfsig, qpdf.
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { PdfFile, revisionsOf, signaturesOf } from '@probatum/certificate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { placeHere } from '../../../tools/testing/place-here.ts'

const ROOT = join(import.meta.dirname, '../../..')
const { place, at, probatum } = placeHere('certificate')
let server: Server
let tsa: string

const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: place, stdio: 'pipe' })

/** An authority’s certificate for a key of one kind, by the test’s own root. */
function makeKey(name: string, algorithm: readonly string[], extensions: string): void {
  openssl('genpkey', ...algorithm, '-out', `${name}.key`)
  openssl(
    'req',
    '-new',
    '-key',
    `${name}.key`,
    '-out',
    `${name}.csr`,
    '-subj',
    `/O=Example (sample)/CN=Example ${name} (sample)`,
  )
  writeFileSync(at(`${name}.ext`), extensions)
  openssl(
    'x509',
    '-req',
    '-in',
    `${name}.csr`,
    '-CA',
    'root.pem',
    '-CAkey',
    'root.key',
    '-CAcreateserial',
    '-days',
    '3650',
    '-extfile',
    `${name}.ext`,
    '-out',
    `${name}.pem`,
  )
}

const SIGNER = 'keyUsage=critical,digitalSignature,nonRepudiation\n'
const KEYS: Readonly<Record<string, readonly string[]>> = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  ecdsa: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  p384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  ed25519: ['-algorithm', 'ED25519'],
  // A key for RSASSA-PSS alone (RFC 4055 §1.2), and below one of rsaEncryption that signs so.
  pss: ['-algorithm', 'RSA-PSS', '-pkeyopt', 'rsa_keygen_bits:2048'],
}

beforeAll(async () => {
  const vectors = join(ROOT, 'test-vectors')
  cpSync(join(vectors, 'bundles/base/demonstration'), at('bundle'), { recursive: true })
  cpSync(join(vectors, 'trust-sets/demonstration.json'), at('demonstration.json'))
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-days',
    '3650',
    '-subj',
    '/O=Example (sample)/CN=Example root (sample)',
    '-addext',
    'keyUsage=critical,keyCertSign,cRLSign',
  )
  for (const [name, algorithm] of Object.entries(KEYS)) makeKey(name, algorithm, SIGNER)
  makeKey('tsa', KEYS.rsa ?? [], 'keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n')
  writeFileSync(
    at('tsa.cnf'),
    '[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_digest=sha256\ndefault_policy=2.999.1\ndigests=sha256\naccuracy=secs:1\ness_cert_id_alg=sha256\n',
  )
  writeFileSync(at('serial'), '01\n')
  writeFileSync(at('index.txt'), '')
  writeFileSync(at('crlnumber'), '01\n')
  writeFileSync(
    at('ca.cnf'),
    '[ca]\ndefault_ca=c\n[c]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\ndefault_crl_days=3650\n',
  )
  openssl('ca', '-gencrl', '-config', 'ca.cnf', '-cert', 'root.pem', '-keyfile', 'root.key', '-out', 'root.crl')
  execFileSync('mkdir', [at('nss')])
  execFileSync('certutil', ['-N', '-d', `sql:${at('nss')}`, '--empty-password'])
  execFileSync('certutil', ['-A', '-d', `sql:${at('nss')}`, '-n', 'root', '-t', 'CT,C,C', '-i', at('root.pem')])
  server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      writeFileSync(at('asked.tsq'), Buffer.concat(pieces))
      answer('asked.tsq', 'asked.tsr')
      response.writeHead(200, { 'Content-Type': 'application/timestamp-reply' }).end(readFileSync(at('asked.tsr')))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  tsa = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const add = (role: string, after: readonly string[], to: string) =>
    probatum('trust', 'add', 'root.pem', '--role', role, '--source', 'a test', ...after, '--to', to)
  // One set names those who signed the certificate alone, the other one also those who sealed the bundle.
  await add('signer', ['--issuer', 'Example (sample)'], 'half.json')
  await add('time-stamp-authority', ['--after', 'half.json'], 'signers.json')
  await add('signer', ['--after', 'demonstration.json'], 'both.json')
  await add('time-stamp-authority', ['--after', 'both.json'], 'trust.json')
  const made = await probatum(
    'certify',
    'bundle',
    '-o',
    'c.pdf',
    '--trust-set',
    'demonstration.json',
    '--at',
    '2026-06-01',
    '--quiet',
  )
  if (made.code !== 0) throw new Error(made.err)
}, 120_000)
afterAll(() => {
  server.close()
})

function answer(query: string, response: string): void {
  openssl(
    'ts',
    '-reply',
    '-config',
    'tsa.cnf',
    '-queryfile',
    query,
    '-signer',
    'tsa.pem',
    '-inkey',
    'tsa.key',
    '-out',
    response,
  )
}

function pdfsig(name: string): string {
  return spawnSync('pdfsig', ['-nssdir', `sql:${at('nss')}`, at(name)], { encoding: 'utf8' }).stdout
}

/** The structure and what it is over, for OpenSSL. */
function takeOut(name: string, kind: 'signature' | 'document-timestamp' = 'signature'): void {
  const file = new PdfFile(new Uint8Array(readFileSync(at(name))))
  const found = signaturesOf(file, revisionsOf(file)).signatures.find(({ facts }) => facts.kind === kind)
  if (found?.cms == null || found.signed === null) throw new Error(`no ${kind}`)
  writeFileSync(at('out.cms'), found.cms)
  writeFileSync(at('out.bin'), found.signed)
}

function requireCades(name: string): void {
  takeOut(name)
  // It says so on its standard error; a failure ends otherwise.
  openssl(
    'cms',
    '-verify',
    '-cades',
    '-binary',
    '-inform',
    'DER',
    '-in',
    'out.cms',
    '-content',
    'out.bin',
    '-CAfile',
    'root.pem',
    '-purpose',
    'any',
    '-out',
    'out.same',
  )
}

const isPrefix = (short: string, long: string) =>
  readFileSync(at(long))
    .subarray(0, readFileSync(at(short)).length)
    .equals(readFileSync(at(short)))
const check = (name: string, ...more: string[]) =>
  probatum('certificate', 'check', name, '--trust-set', 'trust.json', ...more)

interface Told {
  readonly body: {
    readonly findings: readonly { readonly id: string; readonly value: string; readonly reason?: string }[]
    readonly assessment: { readonly indication: string }
  }
}
const linesOf = (out: string) =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told)
const findingOf = (report: Told, id: string) => {
  const found = report.body.findings.find((one) => one.id === id)
  return `${found?.value}${found?.reason === undefined ? '' : `:${found.reason}`}`
}

describe('probatum certificate sign', () => {
  for (const name of Object.keys(KEYS))
    it(`signs with a key of ${name}: the unsigned file stays its beginning, and OpenSSL accepts it`, async () => {
      const signed = `${name}.pdf`
      const { code, err } = await probatum(
        'certificate',
        'sign',
        'c.pdf',
        '-o',
        signed,
        '--key',
        `${name}.key`,
        '--chain',
        `${name}.pem`,
      )
      expect(err).toBe('')
      expect(code).toBe(0)
      expect(isPrefix('c.pdf', signed)).toBe(true)
      // OpenSSL 3.0 and NSS do not know Ed25519 in CMS.
      if (name !== 'ed25519') requireCades(signed)
      // NSS takes no signature under a certificate whose key is for RSASSA-PSS alone, OpenSSL's own neither.
      if (name !== 'ed25519' && name !== 'pss')
        expect(pdfsig(signed)).toMatch(/Total document signed[\s\S]*Signature is Valid[\s\S]*Certificate is Trusted/)
      expect(execFileSync('qpdf', ['--check', at(signed)], { encoding: 'utf8' })).toContain(
        'No syntax or stream encoding errors',
      )
      const { out } = await check(signed, '--json')
      const report = linesOf(out)[0] as Told
      for (const id of [
        'document.base',
        'document.coverage',
        'document.form',
        'document.revisions',
        'signature.value',
        'signature.message-digest',
      ])
        expect(findingOf(report, id), id).toBe('PASSED')
    })

  it('stamps the signature, stores what proves it later, and stamps the document', async () => {
    const signed = await probatum(
      'certificate',
      'sign',
      'c.pdf',
      '-o',
      'bt.pdf',
      '--key',
      'ecdsa.key',
      '--chain',
      'ecdsa.pem',
      '--tsa',
      tsa,
    )
    expect(signed.code).toBe(0)
    // Nothing but that the authority is asked over http.
    expect(signed.err.replace(/^tsa is asked over http[^\n]*\n/, '')).toBe('')
    requireCades('bt.pdf')
    expect(pdfsig('bt.pdf')).toMatch(/Signature is Valid/)
    expect((await check('bt.pdf')).code).toBe(0)

    const extended = await probatum(
      'certificate',
      'extend',
      'bt.pdf',
      '-o',
      'lt.pdf',
      '--certificates',
      'tsa.pem',
      'root.pem',
      '--crl',
      'root.crl',
    )
    expect(extended.err).toBe('')
    expect(isPrefix('bt.pdf', 'lt.pdf')).toBe(true)
    requireCades('lt.pdf')
    expect(pdfsig('lt.pdf')).toMatch(/Not total document signed[\s\S]*Signature is Valid/)
    const later = linesOf((await check('lt.pdf', '--json')).out)[0] as Told
    expect(later.body.assessment.indication).toBe('TOTAL-PASSED')
    expect(findingOf(later, 'signer.revocation')).toBe('PASSED')

    const archived = await probatum('certificate', 'extend', 'lt.pdf', '-o', 'lta.pdf', '--tsa', tsa)
    expect(archived.code).toBe(0)
    const last = linesOf((await check('lta.pdf', '--json')).out)[0] as Told
    expect(last.body.assessment.indication).toBe('TOTAL-PASSED')
    takeOut('lta.pdf', 'document-timestamp')
    expect(
      openssl('ts', '-verify', '-in', 'out.cms', '-token_in', '-data', 'out.bin', '-CAfile', 'root.pem').toString(),
    ).toContain('OK')
    expect(execFileSync('qpdf', ['--check', at('lta.pdf')], { encoding: 'utf8' })).toContain(
      'No syntax or stream encoding errors',
    )
  })

  it('signs with PSS where that is asked of an RSA key, and OpenSSL and NSS accept it', async () => {
    const { err } = await probatum(
      ...['certificate', 'sign', 'c.pdf', '-o', 'rsa-pss.pdf', '--key', 'rsa.key', '--chain', 'rsa.pem', '--rsa-pss'],
    )
    expect(err).toBe('')
    requireCades('rsa-pss.pdf')
    expect(openssl('cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'out.cms').toString()).toMatch(
      /signatureAlgorithm:\s+algorithm: rsassaPss/,
    )
    expect(pdfsig('rsa-pss.pdf')).toMatch(/Total document signed[\s\S]*Signature is Valid[\s\S]*Certificate is Trusted/)
    expect(findingOf(linesOf((await check('rsa-pss.pdf', '--json')).out)[0] as Told, 'signature.value')).toBe('PASSED')
  })

  it('says how a PKCS #12 file of an old program is written anew, and takes what comes of it', async () => {
    const legacy = ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-RC2-40', '-macalg', 'sha1', '-legacy']
    openssl(
      ...['pkcs12', '-export', '-inkey', 'rsa.key', '-in', 'rsa.pem', '-passout', 'pass:sample', '-out', 'old.p12'],
      ...legacy,
    )
    writeFileSync(at('right.txt'), 'sample\n')
    const sign = (p12: string) =>
      probatum(...['certificate', 'sign', 'c.pdf', '-o', `of-${p12}.pdf`, '--p12', p12, '--password-file', 'right.txt'])
    const { code, err } = await sign('old.p12')
    expect([code, err]).toEqual([4, expect.stringContaining('encrypted in an old way')])
    const commands = err.match(/^ +openssl .*$/gm) ?? []
    expect(commands).toHaveLength(2)
    // As it is typed, but for the passwords that OpenSSL would ask for.
    for (const command of commands)
      openssl(...command.trim().split(' ').slice(1), '-passin', 'pass:sample', '-passout', 'pass:sample')
    expect((await sign('new.p12')).err).toBe('')
    requireCades('of-new.p12.pdf')
  })

  it('signs with a PKCS #12 file, and refuses it under another password', async () => {
    openssl('pkcs12', '-export', '-inkey', 'rsa.key', '-in', 'rsa.pem', '-passout', 'pass:sample', '-out', 'rsa.p12')
    writeFileSync(at('right.txt'), 'sample\n')
    writeFileSync(at('wrong.txt'), 'another\n')
    const sign = (password: string) =>
      probatum(
        'certificate',
        'sign',
        'c.pdf',
        '-o',
        `p12-${password}.pdf`,
        '--p12',
        'rsa.p12',
        '--password-file',
        password,
      )
    expect((await sign('right.txt')).err).toBe('')
    requireCades('p12-right.txt.pdf')
    expect((await sign('wrong.txt')).code).toBe(4)
    expect((await probatum('certificate', 'sign', 'c.pdf', '-o', 'x.pdf', '--key', 'rsa.key')).code).toBe(2)
  })

  it('refuses a key that is not the certificate’s, and writes nothing', async () => {
    const { code, err } = await probatum(
      'certificate',
      'sign',
      'c.pdf',
      '-o',
      'no.pdf',
      '--key',
      'rsa.key',
      '--chain',
      'ecdsa.pem',
    )
    expect(code).toBe(4)
    expect(err).toContain('is not the key of the first certificate, which is that of CN=')
    expect(() => readFileSync(at('no.pdf'))).toThrow()
  })
})

describe('a key that never leaves its device', () => {
  for (const [name, sign] of Object.entries({
    rsa: ['dgst', '-sha256', '-sign', 'rsa.key', '-out', 'raw.sig'],
    pss: ['dgst', '-sha256', '-sign', 'pss.key', '-sigopt', 'rsa_pss_saltlen:32', '-out', 'raw.sig'],
    ecdsa: ['dgst', '-sha256', '-sign', 'ecdsa.key', '-out', 'raw.sig'],
    ed25519: ['pkeyutl', '-sign', '-rawin', '-inkey', 'ed25519.key', '-out', 'raw.sig'],
  }))
    it(`signs what was written for it, and the answer is put in: ${name}`, async () => {
      const prepared = await probatum(
        'certificate',
        'prepare',
        'c.pdf',
        '-o',
        `p-${name}.pdf`,
        '--chain',
        `${name}.pem`,
      )
      expect(prepared.err).toBe('')
      const written = `p-${name}.pdf.attributes.der`
      const digest = name === 'ed25519' ? 'sha512' : 'sha256'
      expect(prepared.out).toContain(openssl('dgst', `-${digest}`, '-r', written).toString().slice(0, 64))
      openssl(...sign, ...(name === 'ed25519' ? ['-in', written] : [written]))
      const out = `e-${name}.pdf`
      const embedded = await probatum(
        'certificate',
        'embed',
        `p-${name}.pdf`,
        '--signature',
        'raw.sig',
        '--chain',
        `${name}.pem`,
        '-o',
        out,
      )
      expect(embedded.err).toBe('')
      if (name !== 'ed25519') requireCades(out)
      // The same two steps for the time-stamp.
      await probatum('certificate', 'prepare-timestamp', out, '-o', `${name}.tsq`)
      answer(`${name}.tsq`, `${name}.tsr`)
      const stamped = await probatum(
        'certificate',
        'embed-timestamp',
        out,
        '--response',
        `${name}.tsr`,
        '--request',
        `${name}.tsq`,
        '-o',
        `t-${name}.pdf`,
      )
      expect(stamped.err).toBe('')
      expect((await check(`t-${name}.pdf`)).code).toBe(0)
    })

  it('takes no answer of an authority that is not one to what was asked', async () => {
    const out = 'e-rsa.pdf'
    const embed = (response: string, ...more: string[]) =>
      probatum('certificate', 'embed-timestamp', out, '--response', response, '-o', 'no-answer.pdf', ...more)
    const other = await embed('ecdsa.tsr')
    expect([other.code, other.err]).toEqual([4, expect.stringContaining('other-imprint')])
    // The same bytes asked for once more: another nonce.
    await probatum('certificate', 'prepare-timestamp', out, '-o', 'again.tsq')
    const nonce = await embed('rsa.tsr', '--request', 'again.tsq')
    expect([nonce.code, nonce.err]).toEqual([4, expect.stringContaining('other-nonce')])
    writeFileSync(at('cut.tsr'), readFileSync(at('rsa.tsr')).subarray(0, -40))
    const cut = await embed('cut.tsr')
    expect([cut.code, cut.err]).toEqual([4, expect.stringContaining('unreadable')])
    expect(() => readFileSync(at('no-answer.pdf'))).toThrow()
    const alone = await probatum('certificate', 'extend', out, '-o', 'x.pdf', '--crl', 'root.crl', '--tsa-timeout', '5')
    expect([alone.code, alone.err]).toEqual([2, expect.stringContaining('--tsa-timeout goes with --tsa')])
    const signing = ['--key', 'rsa.key', '--chain', 'rsa.pem', '--tsa', tsa]
    const policy = ['certificate', 'sign', 'c.pdf', '-o', 'policy.pdf', ...signing, '--tsa-policy']
    expect((await probatum(...policy, '2.999.1')).code).toBe(0)
    const refused = await probatum(...policy, '2.999.2', '--force')
    expect([refused.code, refused.err]).toEqual([4, expect.stringMatching(/refused|other-policy/)])
  })

  it('is asked again when the signature is over something else', async () => {
    await probatum('certificate', 'prepare', 'c.pdf', '-o', 'p-other.pdf', '--chain', 'rsa.pem')
    openssl('dgst', '-sha256', '-sign', 'rsa.key', '-out', 'other.sig', 'c.pdf')
    const { code, err } = await probatum(
      'certificate',
      'embed',
      'p-other.pdf',
      '--signature',
      'other.sig',
      '--chain',
      'rsa.pem',
      '-o',
      'no2.pdf',
    )
    expect(code).toBe(4)
    expect(err).toContain('not over this certificate')
  })
})

describe('probatum certificate check', () => {
  it('judges the facts that the certificate carries under the checker’s own trust set', async () => {
    const { code, out } = await probatum('certificate', 'check', 'bt.pdf', '--trust-set', 'signers.json')
    expect(code).toBe(3)
    expect(out).toContain('WHAT THE ATTACHED FACTS SAY OF THE BUNDLE, WHICH WAS NOT READ')
    expect(out).toContain('we cannot tell who sealed them')
    cpSync(at('bundle'), at('altered'), { recursive: true })
    writeFileSync(at('altered/data/00/000001.txt'), 'altered (sample)')
    const made = await probatum('certify', 'altered', '-o', 'altered.pdf', '--trust-set', 'trust.json', '--quiet')
    expect(made.code).toBe(1)
    const failed = await check('altered.pdf', '--json')
    // The certificate is as it was made; what it certifies is a failure.
    expect(linesOf(failed.out).map(({ body }) => body.assessment.indication)).toEqual(['INDETERMINATE', 'TOTAL-FAILED'])
    expect(failed.code).toBe(1)
  })

  it('says plainly that nobody signed it', async () => {
    const { code, out } = await check('c.pdf')
    expect(code).toBe(3)
    expect(out).toContain('The pages agree with their data, but nobody signed them.')
  })

  it('verifies the bundle again, under what is attached and under what was chosen', async () => {
    const own = ['--trust-set', 'signers.json', '--bundle', 'bundle']
    const theirs = await probatum('certificate', 'check', 'bt.pdf', ...own)
    expect(theirs.out).toContain('UNDER ITS OWN POLICY AND TRUST SET')
    expect(theirs.out).toMatch(/probatum certificate check bt\.pdf --bundle bundle --policy sealed/)
    // The checker’s own trust set does not name who sealed the bundle.
    expect(theirs.code).toBe(3)
    const { out } = await probatum('certificate', 'check', 'bt.pdf', ...own, '--json')
    const reports = linesOf(out)
    expect(reports.map(({ body }) => body.assessment.indication)).toEqual([
      'TOTAL-PASSED',
      'TOTAL-PASSED',
      'INDETERMINATE',
    ])
    expect((await check('bt.pdf', '--bundle', 'bundle', '--quiet')).code).toBe(0)
    expect(findingOf(reports[0] as Told, 'document.bundle')).toBe('PASSED')
  })

  it('finds that the bundle was changed after the certificate was made', async () => {
    cpSync(at('bundle'), at('changed'), { recursive: true })
    const file = at('changed/data/00/000001.txt')
    writeFileSync(file, `${readFileSync(file, 'utf8')}.`)
    const { code, out } = await check('bt.pdf', '--bundle', 'changed', '--json')
    expect(code).toBe(1)
    expect(findingOf(linesOf(out)[0] as Told, 'document.bundle')).toBe('FAILED:differs')
  })

  it('takes what lies beside it, and ends with 4 for what is no PDF', async () => {
    expect(
      findingOf(
        linesOf((await check('c.pdf', '--sidecar', 'c.pdf.json', '--json')).out)[0] as Told,
        'document.sidecar',
      ),
    ).toBe('PASSED')
    expect((await check('trust.json')).code).toBe(4)
    expect((await check('c.pdf', '--sidecar', 'c.pdf.json', '--printed', 'abc')).code).toBe(2)
  })
})
