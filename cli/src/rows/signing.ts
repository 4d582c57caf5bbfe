import type { Option } from 'yargs'

const text = (describe: string): Option => ({ type: 'string', requiresArg: true, describe })

/** The certificates of who signs, and how their keys do. */
export const CERTIFICATES: Readonly<Record<string, Option>> = {
  chain: { ...text('certificates, PEM: the signer’s first, no root'), alias: 'cert' },
  'rsa-pss': {
    type: 'boolean',
    describe: 'an RSA key signs with PSS; one whose certificate says RSASSA-PSS always does',
  },
  'pq-chain': text('certificates, PEM, of a second signer with an ML-DSA-65 key: it signs beside the first'),
}

/** Their keys, where they are files. */
export const KEYS: Readonly<Record<string, Option>> = {
  key: text('private key of the seal, PEM (PKCS #8), encrypted or not'),
  p12: text('key and certificates in one file, PKCS #12, in place of --key and --chain'),
  'password-file': text('the file with the password of --p12 or of an encrypted --key, in its first line'),
}

/** A key of ML-DSA-65 is a file wherever the other one is. */
export const POST_QUANTUM: Readonly<Record<string, Option>> = {
  'pq-key': text('private key of --pq-chain, ML-DSA-65, PEM (PKCS #8), encrypted or not'),
  'pq-password-file': text('the file with the password of an encrypted --pq-key, in its first line'),
}

/** Who signs a statement: a key that is here, or one that never leaves its device. */
export const STATEMENT_SIGNER: Readonly<Record<string, Option>> = {
  key: text('your private key, PEM (PKCS #8), encrypted or not'),
  p12: KEYS.p12 as Option,
  'password-file': KEYS['password-file'] as Option,
  chain: { ...text('your certificates, PEM: your own first, no root'), alias: 'cert' },
  'rsa-pss': CERTIFICATES['rsa-pss'] as Option,
  attributes: text('for a key in a device: write the exact bytes that it signs to this new file, and stop there'),
  signature: text('for a key in a device: the file with its signature over those bytes'),
}
