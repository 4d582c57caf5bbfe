// Needs: openssl.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { beforeAll, describe, expect, it } from 'vitest'
import { testPlace } from '../../../../tools/testing/place.ts'
import { formatInstant } from '../model/instant.ts'
import { parseCertificate } from './certificate-parse.ts'
import { collectCertificates, parsePool, poolOf } from './certificate-pool.ts'
import { establishCms } from './establish-cms.ts'
import { establishSignature } from './establish-signature.ts'
import { digestOfBytes, establishSignatureFile } from './establish-signature-file.ts'
import { establishToken } from './establish-token.ts'

/** What OpenSSL makes must be read as what it was asked to make. Keys and names are made here and thrown away. */

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const data = new Uint8Array(Buffer.from('sample evidence, invented\n'))
const { place: folder } = testPlace('openssl-test')

function openssl(...line: readonly string[]): string {
  return execFileSync('openssl', line, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

const file = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)))

const KEYS: Readonly<Record<string, readonly string[]>> = {
  rsa: ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'],
  p256: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:named_curve'],
  p384: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384', '-pkeyopt', 'ec_param_enc:named_curve'],
  p521: ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521', '-pkeyopt', 'ec_param_enc:named_curve'],
  brainpool: [
    '-algorithm',
    'EC',
    '-pkeyopt',
    'ec_paramgen_curve:brainpoolP384r1',
    '-pkeyopt',
    'ec_param_enc:named_curve',
  ],
  ed25519: ['-algorithm', 'ED25519'],
  ed448: ['-algorithm', 'ED448'],
}

const CONFIG = `
[req]
distinguished_name = dn
prompt = no
utf8 = yes
string_mask = utf8only
x509_extensions = signer
[dn]
C = ZZ
O = Example Mechanism, Section "A" (sample)
CN = Köln Ministère (sample)
[signer]
basicConstraints = critical, CA:false
keyUsage = critical, digitalSignature, nonRepudiation
subjectKeyIdentifier = hash
subjectAltName = email:Clerk@Mechanism.example, DNS:mechanism.example, IP:192.0.2.7, URI:https://mechanism.example/, dirName:dn
[authority]
basicConstraints = critical, CA:true, pathlen:3
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always, issuer:always
extendedKeyUsage = critical, timeStamping
[stamping]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = tsa_config
[tsa_config]
serial = serial
signer_digest = sha256
default_policy = 1.3.6.1.4.1.32473.1
digests = sha1, sha256, sha384, sha512
accuracy = secs:1, millisecs:500, microsecs:100
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
`

beforeAll(() => {
  writeFileSync(join(folder, 'openssl.cnf'), CONFIG)
  writeFileSync(join(folder, 'data'), data)
  writeFileSync(join(folder, 'serial'), '0badc0de\n')
  for (const [name, parameters] of Object.entries(KEYS)) {
    openssl('genpkey', ...parameters, '-out', `${name}.key`)
    request(name, 'signer')
  }
  request('rsa', 'authority', 'authority.pem')
  request('p256', 'stamping', 'stamping.pem')
})

function request(key: string, extensions: string, out = `${key}.pem`): void {
  openssl(
    ...['req', '-x509', '-new', '-config', 'openssl.cnf', '-key', `${key}.key`, '-extensions', extensions],
    ...['-days', '30', '-out', out],
  )
  openssl('x509', '-in', out, '-outform', 'DER', '-out', out.replace('.pem', '.cer'))
}

describe('certificates of OpenSSL', () => {
  it('have the fields that openssl x509 prints', () => {
    for (const name of [...Object.keys(KEYS), 'authority', 'stamping']) {
      const certificate = parseCertificate(file(`${name}.cer`))
      const print = (...options: readonly string[]) =>
        openssl('x509', '-in', `${name}.pem`, '-noout', ...options)
          .trim()
          .replace(/^[^=]*=/, '')
      expect(certificate.sha256).toBe(print('-fingerprint', '-sha256').replaceAll(':', '').toLowerCase())
      const serial = Buffer.from(certificate.serialNumber).toString('hex').toUpperCase()
      expect(serial.replace(/^00/, '')).toBe(print('-serial'))
      expect(Date.parse(formatInstant(certificate.notAfter))).toBe(Date.parse(print('-enddate')))
      expect(print('-subject', '-nameopt', 'RFC2253,-esc_msb,utf8')).toBe(certificate.subject.text)
      expect(certificate.malformedExtensions).toEqual([])
    }
  })

  it('have the extensions that were asked for', () => {
    const signer = parseCertificate(file('p256.cer'))
    expect([...(signer.keyUsage ?? [])]).toEqual(['digitalSignature', 'nonRepudiation'])
    expect(signer.basicConstraints).toEqual({ ca: false, pathLen: null })
    expect(signer.subjectAltName?.map(({ kind }) => kind)).toEqual([
      'rfc822Name',
      'dNSName',
      'iPAddress',
      'uniformResourceIdentifier',
      'directoryName',
    ])
    const authority = parseCertificate(file('authority.cer'))
    expect(authority.basicConstraints).toEqual({ ca: true, pathLen: 3 })
    expect(authority.extendedKeyUsage).toEqual({ purposes: ['1.3.6.1.5.5.7.3.8'], critical: true })
    expect(authority.authorityKeyIdentifier?.keyIdentifier).toEqual(authority.subjectKeyIdentifier)
    expect(authority.authorityKeyIdentifier?.serialNumber).toEqual(authority.serialNumber)
    const [issuer] = authority.authorityKeyIdentifier?.issuer ?? []
    expect(issuer?.kind === 'directoryName' && issuer.name.key).toBe(authority.issuer.key)
  })

  it.each(Object.keys(KEYS))('%s: its own signature holds, and fails over other bytes', async (name) => {
    const { signatureAlgorithm, spki, tbs, signature } = parseCertificate(file(`${name}.cer`))
    const question = { signatureAlgorithm, contentDigest: null, spki, message: tbs, signature }
    const answer = await establishSignature(question, ports.signatures)
    expect(answer.outcome).toBe('valid')
    expect(answer.rsaBits).toBe(name === 'rsa' ? 2048 : null)
    const other = await establishSignature({ ...question, message: tbs.subarray(1) }, ports.signatures)
    expect(other.outcome).toBe('invalid')
  })

  it('make a pool that comes back from facts', () => {
    const sources = ['rsa.cer', 'p256.pem'].map((path) => ({ path, bytes: file(path), kind: 'certificate' as const }))
    const broken = { path: 'broken.cer', bytes: file('rsa.cer').subarray(0, 99), kind: 'certificate' as const }
    const pool = collectCertificates([...sources, broken, ...sources], nodeSmallDigest)
    expect(pool.certificates.length).toBe(2)
    expect(pool.failures.map(({ path, failure }) => [path, failure.code])).toEqual([
      ['broken.cer', 'ERR_DER_TRUNCATED'],
    ])
    const facts = poolOf(pool.certificates)
    expect(parsePool(facts, nodeSmallDigest)).toEqual(pool.certificates)
    const swapped = facts.map(({ sha256 }, index) => ({ sha256, der: facts[1 - index]?.der ?? '' }))
    expect(() => parsePool(swapped)).toThrow(/^ERR_FACTS/)
  })
})

describe('signatures of OpenSSL', () => {
  const sign = (key: string, ...more: readonly string[]) => {
    openssl(
      ...['cms', '-sign', '-binary', '-cades', '-in', 'data', '-signer', `${key}.pem`, '-inkey', `${key}.key`],
      ...['-outform', 'DER', '-out', 'out.p7s', ...more],
    )
    return file('out.p7s')
  }
  const judge = async (bytes: Uint8Array) => {
    const { failure, cms } = await establishCms(bytes, digestOfBytes(data, ports), [], ports, data)
    expect(failure).toBeNull()
    const [signer] = cms?.signers ?? []
    expect(signer?.messageDigest).toBe(signer?.contentDigest)
    expect(signer?.signedAttrs).toBe('der')
    expect(signer?.signingTime).toMatch(/^\d{4}-/)
    return { cms, signer, candidate: signer?.candidates[0] }
  }

  it.each<[string, readonly string[], string]>([
    ['rsa', ['-md', 'sha256'], '{"scheme":"rsa-pkcs1","digest":"sha256"}'],
    ['rsa', ['-md', 'sha3-384'], '{"scheme":"rsa-pkcs1","digest":"sha3-384"}'],
    [
      'rsa',
      ['-md', 'sha512', '-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:40'],
      '{"scheme":"rsa-pss","digest":"sha512","mgfDigest":"sha512","saltLength":40}',
    ],
    ['p256', ['-md', 'sha1'], '{"scheme":"ecdsa","digest":"sha1","curve":"P-256"}'],
    ['p256', ['-keyid'], '{"scheme":"ecdsa","digest":"sha256","curve":"P-256"}'],
    ['p384', ['-md', 'sha384'], '{"scheme":"ecdsa","digest":"sha384","curve":"P-384"}'],
    ['p521', ['-md', 'sha512'], '{"scheme":"ecdsa","digest":"sha512","curve":"P-521"}'],
    ['brainpool', ['-md', 'sha256'], '{"scheme":"ecdsa","digest":"sha256","curve":"brainpoolP384r1"}'],
  ])('%s %j hold', async (key, options, algorithm) => {
    const { cms, candidate } = await judge(sign(key, ...options))
    expect(JSON.stringify(candidate?.signatureAlgorithm)).toBe(algorithm)
    expect([cms?.encoding, cms?.eContent, candidate?.bound, candidate?.signature]).toEqual([
      'DER',
      'absent',
      'match',
      'valid',
    ])
    expect(cms?.version).toBe(cms?.expectedVersion)
  })

  it('hold when they are streamed, with indefinite lengths and segments', async () => {
    const { cms, candidate } = await judge(sign('rsa', '-nodetach', '-stream', '-indef'))
    expect([cms?.encoding, cms?.eContent, candidate?.signature]).toEqual(['BER', 'equal', 'valid'])
  })

  it('of two signers are two', async () => {
    sign('rsa')
    openssl(
      ...['cms', '-resign', '-binary', '-cades', '-inform', 'DER', '-in', 'out.p7s', '-signer', 'p384.pem'],
      ...['-inkey', 'p384.key', '-outform', 'DER', '-out', 'two.p7s'],
    )
    const { cms } = await judge(file('two.p7s'))
    expect(cms?.signers.map(({ candidates }) => candidates.map(({ signature }) => signature))).toEqual([
      ['valid'],
      ['valid'],
    ])
  })

  it('and certificates alone, encrypted or plain data are no signatures', async () => {
    openssl('cms', '-data_create', '-in', 'data', '-outform', 'DER', '-out', 'plain.cms')
    const { failure } = await establishCms(file('plain.cms'), digestOfBytes(data, ports), [], ports)
    expect(failure?.code).toBe('ERR_CMS_NOT_SIGNED_DATA')
    openssl('crl2pkcs7', '-nocrl', '-certfile', 'rsa.pem', '-outform', 'DER', '-out', 'bag.p7b')
    const bag = await establishCms(file('bag.p7b'), digestOfBytes(data, ports), [], ports)
    expect([bag.cms?.signers, bag.cms?.certificates.length]).toEqual([[], 1])
  })

  it('stand in a signature file with the tokens over it', async () => {
    const bytes = sign('p256')
    writeFileSync(join(folder, 'seal.p7s'), bytes)
    const token = { path: 'seal.p7s.sample.tsr', label: 'sample', bytes: stamp('seal.p7s', '-sha512') }
    const facts = await establishSignatureFile(
      { path: 'seal.p7s', bytes, covers: 'data', coversBytes: data, coversState: 'tag-manifest', tokens: [token] },
      [],
      ports,
    )
    expect(facts.cms?.signers[0]?.candidates[0]?.signature).toBe('valid')
    expect(facts.tokens[0]?.tstInfo?.hashedMessage).toBe(facts.tokens[0]?.tstInfo?.dataDigest)
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts)
  })
})

function stamp(name: string, ...options: readonly string[]): Uint8Array {
  openssl('ts', '-query', '-data', name, '-cert', ...options, '-out', 'query.tsq')
  openssl(
    ...['ts', '-reply', '-config', 'openssl.cnf', '-section', 'tsa_config', '-queryfile', 'query.tsq'],
    ...['-signer', 'stamping.pem', '-inkey', 'p256.key', '-out', 'reply.tsr'],
  )
  return file('reply.tsr')
}

describe('time-stamps of OpenSSL', () => {
  it.each(['sha1', 'sha256', 'sha384', 'sha512'])('over %s have every field', async (algorithm) => {
    const bytes = stamp('data', `-${algorithm}`)
    const facts = await establishToken({ path: 'reply.tsr', label: '', bytes }, digestOfBytes(data, ports), [], ports)
    const { tstInfo, cms } = facts
    const [signer] = cms?.signers ?? []
    expect([facts.failure, facts.status, tstInfo?.imprintAlgorithm]).toEqual([null, 0, algorithm])
    expect(tstInfo).toMatchObject({
      version: 1,
      policy: '1.3.6.1.4.1.32473.1',
      accuracyMicroseconds: 1_500_100,
      ordering: true,
    })
    expect(tstInfo?.hashedMessage).toBe(tstInfo?.dataDigest)
    expect(tstInfo?.tsaNames).toEqual(cms?.certificates)
    expect([signer?.candidates[0]?.bound, signer?.candidates[0]?.signature]).toEqual(['match', 'valid'])
    const text = openssl('ts', '-reply', '-in', 'reply.tsr', '-text')
    expect(text).toContain(`Serial number: 0x${tstInfo?.serialNumber.toUpperCase()}`)
    expect(text).toContain(`Nonce: 0x${tstInfo?.nonce?.toUpperCase().replace(/^00/, '')}`)
    const printed = /Time stamp: (.*)/.exec(text)?.[1] ?? ''
    expect(Date.parse(tstInfo?.genTime ?? '')).toBe(Date.parse(printed))
  })
})
