import { Encrypter } from 'age-encryption'
import type { AgeRecipient } from './encryption-recipient.ts'

/** Encrypts to recipients of age, as a stream: nothing of the plaintext is kept. */
export async function* encryptAge(
  recipients: readonly AgeRecipient[],
  plaintext: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  if (recipients.length === 0) throw new RangeError('no recipient')
  const encrypter = new Encrypter()
  for (const { text } of recipients) encrypter.addRecipient(text)
  const pieces = plaintext[Symbol.asyncIterator]()
  const reader = (await encrypter.encrypt(streamOf(pieces))).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    // Whoever stops early stops what is read, too.
    await reader.cancel().catch(() => {})
    await pieces.return?.()
  }
}

function streamOf(pieces: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
  })
}
