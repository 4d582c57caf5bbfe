import type { DigestAlgorithm, EcCurve, SlhDsaSet } from '@probatum/core'

/** Content octets in hex, so that they can be compared and looked up. */
export const RSA_ENCRYPTION = '2a864886f70d010101' // 1.2.840.113549.1.1.1
export const RSASSA_PSS = '2a864886f70d01010a' // 1.2.840.113549.1.1.10
export const MGF1 = '2a864886f70d010108' // 1.2.840.113549.1.1.8
export const EC_PUBLIC_KEY = '2a8648ce3d0201' // 1.2.840.10045.2.1
export const ED25519 = '2b6570' // 1.3.101.112
export const ED448 = '2b6571' // 1.3.101.113

/** RFC 9881 §2: 2.16.840.1.101.3.4.3.17 to 19. */
export const ML_DSA: ReadonlyMap<string, 44 | 65 | 87> = new Map<string, 44 | 65 | 87>([
  ['608648016503040311', 44],
  ['608648016503040312', 65],
  ['608648016503040313', 87],
])

/** RFC 9909 §3: 2.16.840.1.101.3.4.3.20 to 31. */
export const SLH_DSA: ReadonlyMap<string, SlhDsaSet> = new Map<string, SlhDsaSet>([
  ['608648016503040314', 'sha2-128s'],
  ['608648016503040315', 'sha2-128f'],
  ['608648016503040316', 'sha2-192s'],
  ['608648016503040317', 'sha2-192f'],
  ['608648016503040318', 'sha2-256s'],
  ['608648016503040319', 'sha2-256f'],
  ['60864801650304031a', 'shake-128s'],
  ['60864801650304031b', 'shake-128f'],
  ['60864801650304031c', 'shake-192s'],
  ['60864801650304031d', 'shake-192f'],
  ['60864801650304031e', 'shake-256s'],
  ['60864801650304031f', 'shake-256f'],
])

export const CURVES: ReadonlyMap<string, EcCurve> = new Map<string, EcCurve>([
  ['2a8648ce3d030107', 'P-256'], // 1.2.840.10045.3.1.7
  ['2b81040022', 'P-384'], // 1.3.132.0.34
  ['2b81040023', 'P-521'], // 1.3.132.0.35
  ['2b2403030208010107', 'brainpoolP256r1'], // 1.3.36.3.3.2.8.1.1.7
  ['2b240303020801010b', 'brainpoolP384r1'], // 1.3.36.3.3.2.8.1.1.11
  ['2b240303020801010d', 'brainpoolP512r1'], // 1.3.36.3.3.2.8.1.1.13
])

export const DIGESTS: ReadonlyMap<string, DigestAlgorithm> = new Map<string, DigestAlgorithm>([
  ['2a864886f70d0205', 'md5'], // 1.2.840.113549.2.5
  ['2b0e03021a', 'sha1'], // 1.3.14.3.2.26
  ['608648016503040204', 'sha224'], // 2.16.840.1.101.3.4.2.4
  ['608648016503040201', 'sha256'],
  ['608648016503040202', 'sha384'],
  ['608648016503040203', 'sha512'],
  ['608648016503040207', 'sha3-224'],
  ['608648016503040208', 'sha3-256'],
  ['608648016503040209', 'sha3-384'],
  ['60864801650304020a', 'sha3-512'],
])

/** Octets of one coordinate, and of the order, of a curve. */
export const CURVE_OCTETS: Readonly<Record<EcCurve, number>> = {
  'P-256': 32,
  'P-384': 48,
  'P-521': 66,
  brainpoolP256r1: 32,
  brainpoolP384r1: 48,
  brainpoolP512r1: 64,
}
