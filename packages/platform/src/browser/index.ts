export { nobleSmallDigest } from '../digests/noble-digest.ts'
export { webInflater } from './inflater.ts'
export { webSignatureVerifier } from './signature-verifier.ts'
