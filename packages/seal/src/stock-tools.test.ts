// Needs: openssl.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { encodeUtf8, toHex } from '@probatum/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../tools/testing/judgement.ts'
import { testPlace } from '../../../tools/testing/place.ts'
import { type DemonstrationAuthority, demonstrationAuthority } from './demonstration/demonstration.ts'
import { derInside } from './der/der-read.ts'
import { digestOf } from './digest.ts'
import { certificatePem, certificatesFromPem, privateKeyFromPem } from './keys/pem.ts'
import { pkcs8SigningKey } from './keys/pkcs8.ts'
import { seededRandom } from './random.ts'
import { signDetached } from './signatures/sign-detached.ts'

const now = instant('2026-03-14T09:12:00Z')

const { at } = testPlace('seal')

const put = (name: string, bytes: Uint8Array | string) => {
  writeFileSync(at(name), bytes)
  return at(name)
}
const inOut = (from: string, to: string) => ['-in', at(from), '-out', at(to)]
const openssl = (...args: string[]) => spawnSync('openssl', args, { encoding: 'utf8' })

// The commands of the format: OpenSSL must not fall back to the system's own store.
function cmsVerify(signature: string, content: string, roots: string) {
  return openssl(
    ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', signature, '-content', content],
    ...['-CAfile', roots, '-no-CApath', '-no-CAstore', '-purpose', 'any', '-attime', '1773480000', '-out', '/dev/null'],
  )
}
function tsVerify(response: string, data: string, roots: string) {
  return openssl(...['ts', '-verify', '-in', response, '-data', data, '-CAfile', roots], ...['-attime', '1773480000'])
}

describe.each(['ecdsa-p256', 'rsa-2048', 'rsa-2048-pss'] as const)(
  'a demonstration authority with %s keys',
  (algorithm) => {
    let authority: DemonstrationAuthority
    const content = encodeUtf8('a manifest\n')
    const files = { content: '', signerRoots: '', timeStampRoots: '' }
    beforeAll(async () => {
      authority = await demonstrationAuthority({ now, random: seededRandom(algorithm), algorithm })
      files.content = put(`${algorithm}.txt`, content)
      files.signerRoots = put(`${algorithm}-signer-roots.pem`, certificatePem(authority.roots.signer))
      files.timeStampRoots = put(`${algorithm}-tsa-roots.pem`, certificatePem(authority.roots.timeStampAuthority))
    })

    it.each(['sha256', 'sha512'] as const)(
      'signs with %s what OpenSSL accepts, and not another content',
      async (digest) => {
        const { key, certificates } = authority.signer
        const signature = await signDetached({ content, certificates, privateKey: key, signingTime: now, digest })
        const file = put(`${algorithm}-${digest}.p7s`, signature)
        expect(cmsVerify(file, files.content, files.signerRoots)).toMatchObject({ status: 0 })
        expect(cmsVerify(file, put('other.txt', 'another manifest\n'), files.signerRoots).status).not.toBe(0)
        expect(cmsVerify(file, files.content, files.timeStampRoots).status).not.toBe(0)
        signature[signature.length - 1] = (signature[signature.length - 1] ?? 0) ^ 1
        expect(cmsVerify(put('flipped.p7s', signature), files.content, files.signerRoots).status).not.toBe(0)
      },
    )

    it.each(['sha256', 'sha512'] as const)(
      'stamps a %s imprint that OpenSSL accepts, and not other data',
      async (imprint) => {
        const response = await authority.timeStampAuthority.stamp({
          algorithm: imprint,
          digest: digestOf(imprint, content),
        })
        const file = put(`${algorithm}-${imprint}.tsr`, response)
        expect(tsVerify(file, files.content, files.timeStampRoots)).toMatchObject({ status: 0 })
        expect(tsVerify(file, put('other.txt', 'another manifest\n'), files.timeStampRoots).status).not.toBe(0)
        expect(tsVerify(file, files.content, files.signerRoots).status).not.toBe(0)
        const text = openssl('ts', '-reply', '-in', file, '-text').stdout
        expect(text).toContain('Time stamp: Mar 14 09:12:00 2026 GMT')
        expect(text).toContain('Policy OID: 2.999.3161.1')
        expect(text).toContain('DEMONSTRATION ONLY')
      },
    )

    it('makes the same bytes from the same seed, unless the scheme itself is random', async () => {
      const again = await demonstrationAuthority({ now, random: seededRandom(algorithm), algorithm })
      const other = await demonstrationAuthority({ now, random: seededRandom('another'), algorithm })
      if (algorithm !== 'rsa-2048-pss') expect(again.roots).toEqual(authority.roots)
      expect(other.roots).not.toEqual(authority.roots)
    })
  },
)

describe('signDetached with keys that OpenSSL made', () => {
  it.each([
    ['RSA', '', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], 'sha256'],
    ['RSA', 'pss', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], 'sha384'],
    ['RSA', 'older', ['-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048'], 'sha512'],
    ['P-256', '', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], 'sha256'],
    ['P-256', 'older', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256'], 'sha512'],
    ['P-384', '', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384'], 'sha384'],
    ['P-521', '', ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-521'], 'sha512'],
  ] as const)('is accepted by OpenSSL: %s %s', async (kind, form, generate, digest) => {
    openssl('genpkey', ...generate, '-out', at('key.pem'))
    openssl(
      ...['req', '-x509', '-key', at('key.pem'), '-subj', `/CN=Invented signer ${kind}`],
      ...['-days', '9000', '-out', at('crt.pem')],
    )
    openssl('pkey', ...(form === 'older' ? ['-traditional'] : []), '-in', at('key.pem'), '-out', at('form.pem'))
    const keyFile = readFileSync(at('form.pem'))
    expect(keyFile.includes('BEGIN PRIVATE KEY')).toBe(form !== 'older')
    const content = encodeUtf8('a manifest\n')
    const signature = await signDetached({
      content,
      certificates: certificatesFromPem(readFileSync(at('crt.pem'))),
      privateKey: await pkcs8SigningKey(privateKeyFromPem(keyFile), form === 'pss' ? 'rsa-pss' : 'rsa-pkcs1'),
      signingTime: now,
      digest,
    })
    const answer = openssl(
      ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', put('s.p7s', signature)],
      ...['-content', put('c.txt', content), '-CAfile', at('crt.pem'), '-no-CApath', '-no-CAstore', '-purpose', 'any'],
      ...['-out', '/dev/null'],
    )
    expect(answer).toMatchObject({ status: 0 })
  })

  it('refuses an encrypted key, several keys and none, and says nothing of them', () => {
    openssl('genpkey', '-algorithm', 'ED25519', '-out', at('one.pem'))
    openssl('genpkey', '-algorithm', 'RSA', '-aes256', '-pass', 'pass:x', '-out', at('locked.pem'))
    openssl(
      'pkey',
      '-traditional',
      '-aes256',
      '-passin',
      'pass:x',
      '-passout',
      'pass:x',
      ...inOut('locked.pem', 'older.pem'),
    )
    const one = readFileSync(at('one.pem'))
    expect(privateKeyFromPem(one).length).toBe(48)
    for (const [file, problem] of [
      ['locked.pem', 'the private key is encrypted'],
      ['older.pem', 'encrypted in an old way'],
    ] as const) {
      expect(readFileSync(at(file), 'utf8')).toContain('ENCRYPTED')
      expect(() => privateKeyFromPem(readFileSync(at(file)))).toThrow(problem)
    }
    expect(() => privateKeyFromPem(Buffer.concat([one, one]))).toThrow('more than one private key')
    expect(() => privateKeyFromPem(encodeUtf8(certificatePem(Uint8Array.of(0x30, 0))))).toThrow('no private key')
    expect(() => certificatesFromPem(one)).toThrow('no certificate')
  })

  // OpenSSL 3.0 has no Ed25519 in CMS, so the signature alone is put to it.
  it('signs the attributes with Ed25519 so that OpenSSL accepts the signature value', async () => {
    const authority = await demonstrationAuthority({ now, random: seededRandom('ed'), algorithm: 'ed25519' })
    const { key, certificates } = authority.signer
    const content = encodeUtf8('a manifest\n')
    const cms = await signDetached({ content, certificates, privateKey: key, signingTime: now, digest: 'sha256' })
    const signedData = derInside(derInside(cms, 0x30, 'cms')[1]?.content ?? cms, 0x30, 'cms')
    const signerInfo = derInside(signedData[4]?.content ?? cms, 0x30, 'cms')
    const attributes = new Uint8Array(signerInfo[3]?.whole ?? cms)
    attributes[0] = 0x31
    const signature = put('ed25519.sig', signerInfo[5]?.content ?? cms)
    const publicKey = put('ed25519.der', key.spki)
    const verify = (message: Uint8Array) =>
      openssl(
        ...['pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', publicKey, '-rawin'],
        ...['-in', put('ed25519.message', message), '-sigfile', signature],
      ).status
    expect(verify(attributes)).toBe(0)
    expect(verify(content)).not.toBe(0)
    expect(toHex(attributes)).toContain(toHex(digestOf('sha512', content)))
  })

  it('refuses a key that is not the certificate’s', async () => {
    const authority = await demonstrationAuthority({ now, random: seededRandom('keys') })
    const privateKey = authority.timeStampAuthority.key
    const { certificates } = authority.signer
    await expect(
      signDetached({ content: new Uint8Array(0), certificates, privateKey, signingTime: now, digest: 'sha256' }),
    ).rejects.toThrow(TypeError)
  })
})
