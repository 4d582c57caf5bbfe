import { certificatePem, mlDsa65Pkcs8, mlDsa65SigningKey } from '@probatum/seal'
import { makeCertificate } from '../../packages/seal/src/signatures/certificate.ts'

/** A signer with an ML-DSA-65 key, as OpenSSL makes one since 3.5, under an invented root. */
export interface MlDsaSigner {
  /** PEM, PKCS#8 with the seed alone. */
  readonly key: string
  /** PEM: the signer's certificate. */
  readonly chain: string
  /** PEM: of the root, whose key is ML-DSA-65 too. */
  readonly root: string
}

/** Valid from 2025 to 2049; the same for the same seed of 32 octets. */
export async function mlDsaSigner(seed: Uint8Array): Promise<MlDsaSigner> {
  const key = await mlDsa65SigningKey(seed, true)
  const rootKey = await mlDsa65SigningKey(
    seed.map((octet) => octet ^ 1),
    true,
  )
  const organization = 'Example Mechanism (sample)'
  const rootName = { organization, commonName: 'Example ML-DSA root (sample)' }
  const common = {
    issuer: rootName,
    notBefore: { epochSeconds: 1_735_689_600, fraction: '' },
    notAfter: { epochSeconds: 2_493_072_000, fraction: '' },
    issuerKey: rootKey,
  }
  const certificate = await makeCertificate({
    ...common,
    subject: { organization, commonName: 'Example ML-DSA signer (sample)' },
    serialNumber: Uint8Array.of(65),
    spki: key.spki,
    role: 'signer',
  })
  const root = await makeCertificate({
    ...common,
    subject: rootName,
    serialNumber: Uint8Array.of(1),
    spki: rootKey.spki,
    role: 'root',
  })
  const lines = (
    Buffer.from(mlDsa65Pkcs8(seed))
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  ).join('\n')
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${lines}\n-----END PRIVATE KEY-----\n`,
    chain: certificatePem(certificate),
    root: certificatePem(root),
  }
}
