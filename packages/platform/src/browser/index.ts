export { nobleSmallDigest } from '../digests/noble-digest.ts'
export { webSignatureVerifier } from './signature-verifier.ts'
