import type { SignatureOutcome, SignatureVerifier } from '../model/ports.ts'
import { ed25519Spki, type NoteKey, noteSignatureQuestion, partNoteSignature } from './signed-note.ts'

/**
 * Whether a note bears a signature of this key over its text. `absent`: no signature line has its name and key ID. Of
 * several lines one that holds is enough.
 * @param signatures as they stand in the note: key ID and signature in base64
 */
export async function verifyNoteSignature(
  key: NoteKey,
  signatures: readonly { readonly name: string; readonly signature: string }[],
  text: Uint8Array,
  verifier: SignatureVerifier,
): Promise<SignatureOutcome | 'absent'> {
  let found: SignatureOutcome | 'absent' = 'absent'
  for (const { name, signature } of signatures) {
    const parts = partNoteSignature(name, signature)
    if (name !== key.name || parts?.hash !== key.hash) continue
    const question = noteSignatureQuestion(key, parts.signature, text)
    const outcome =
      question === undefined
        ? 'invalid'
        : await verifier.verify({
            algorithm: { scheme: 'ed25519' },
            publicKey: ed25519Spki(key.publicKey),
            message: question.message,
            signature: question.signature,
          })
    if (outcome === 'valid') return 'valid'
    found = outcome
  }
  return found
}
