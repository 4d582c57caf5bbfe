// Needs: openssl.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCertificate } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { AUTHORITY, type Issued, opensslPki, SIGNER } from '../../../../tools/testing/openssl-pki.ts'
import { ocspRequest } from './ocsp-request.ts'

let pki: ReturnType<typeof opensslPki>
let authority: Issued

beforeAll(() => {
  pki = opensslPki()
  authority = pki.issue({ subject: '/CN=Example Authority (sample)', extensions: AUTHORITY })
}, 60_000)
afterAll(() => pki.remove())

it.each([
  ['P-256', ['ec', 'ec_paramgen_curve:P-256']],
  ['RSA', ['rsa', 'rsa_keygen_bits:2048']],
] as const)('a request is the one that OpenSSL makes for the same certificate: %s', (_, newKey) => {
  const issuer = pki.issue({
    subject: `/CN=Example Behörde (sample)`,
    issuer: authority,
    extensions: AUTHORITY,
    newKey,
  })
  const { der, certificate } = pki.issue({ subject: '/CN=Example (sample)', issuer, extensions: SIGNER })
  const asked = ['-issuer', issuer.certificate, '-cert', certificate, '-no_nonce', '-reqout', 'openssl.req']
  pki.openssl('ocsp', ...asked)
  const expected = new Uint8Array(readFileSync(join(pki.folder, 'openssl.req')))
  expect(ocspRequest(parseCertificate(der), parseCertificate(issuer.der).spki, nodeSmallDigest)).toEqual(expected)
})
