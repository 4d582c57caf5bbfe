export { AgeIdentity } from './age-identity.ts'
export type { Ciphers } from './ciphers.ts'
export { IDENTITY_FILE_BYTES, type Identity, isIdentityFile, parseIdentities } from './identities.ts'
export { KeyIdentity } from './key-identity.ts'
export { isLockedIdentityFile, parseLockedIdentities } from './locked-identities.ts'
export {
  describeEncrypted,
  isEncrypted,
  type OpenEncrypted,
  type OpenEncryptedOptions,
  openEncrypted,
  openInside,
} from './open-encrypted.ts'
