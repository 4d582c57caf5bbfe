import type { SignatureVerifier } from '@probatum/core'
export function nodeSignatureVerifier(): SignatureVerifier {
  return { verify: async () => 'unsupported' }
}
