/** Private keys in files, for programs that open what was encrypted to them and seal nothing. */
export { privateKeyFromEncryptedPem, privateKeyFromPem } from './pem.ts'
export { withPkcs12Key } from './pkcs12.ts'
