import { readFileSync } from 'node:fs'
import { fromBase64, type SlhDsaSet } from '@probatum/core'
import { expect, test } from 'vitest'
import { webSignatureVerifier } from '../browser/index.ts'
import { nodeSignatureVerifier } from '../node/index.ts'
import { content, derElements } from '../signatures/der-element.ts'

/** What another implementation signed, so that the library is not only compared with itself; see test-vectors/README.md. */
const { requests } = JSON.parse(
  readFileSync(new URL('../../../../test-vectors/post-quantum/slh-dsa.json', import.meta.url), 'utf8'),
) as { readonly requests: Readonly<Record<string, string>> }

/** CertificationRequest (RFC 2986 §4.2): what is signed, its key, and the signature. */
function partsOf(der: Uint8Array) {
  const [whole] = derElements(der, 0, der.length, 1) ?? []
  const [info, , signature] = whole === undefined ? [] : (derElements(der, whole.start, whole.end, 3) ?? [])
  const [version, , spki] = info === undefined ? [] : (derElements(der, info.start, info.end, 4) ?? [])
  if (whole === undefined || info === undefined || signature === undefined) throw new TypeError('no request')
  if (version === undefined || spki === undefined) throw new TypeError('no key')
  const subject = derElements(der, version.end, info.end, 3)?.[0]
  return {
    message: der.subarray(whole.start, info.end),
    publicKey: der.subarray(subject?.end ?? 0, spki.end),
    signature: content(der, signature).subarray(1),
  }
}

test.each(Object.keys(requests))(
  'OpenSSL’s signature under SLH-DSA %s is valid, and with one bit changed is not',
  async (name) => {
    const parts = partsOf(fromBase64(requests[name] ?? '') ?? new Uint8Array())
    const check = { algorithm: { scheme: 'slh-dsa' as const, set: name as SlhDsaSet }, ...parts }
    for (const verifier of [nodeSignatureVerifier(), webSignatureVerifier()]) {
      expect(await verifier.verify(check)).toBe('valid')
      for (const at of [0, 100, check.signature.length - 1]) {
        const signature = check.signature.map((octet, index) => (index === at ? octet ^ 1 : octet))
        expect(await verifier.verify({ ...check, signature }), `octet ${at}`).toBe('invalid')
      }
      const message = check.message.map((octet, index) => (index === check.message.length - 1 ? octet ^ 1 : octet))
      expect(await verifier.verify({ ...check, message })).toBe('invalid')
    }
  },
)

test('there is one for each of the small sets', () => {
  const small = ['sha2', 'shake'].flatMap((family) => [128, 192, 256].map((bits) => `${family}-${bits}s`))
  expect(Object.keys(requests).toSorted()).toEqual(small.toSorted())
})
