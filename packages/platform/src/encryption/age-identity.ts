import { type AgeHeader, encodeUtf8, ParseError } from '@probatum/core'

/** Loaded when a key is read: a run without one has no use for it. */
const age = () => import('age-encryption')

/** Identities in one file; somebody who rotates keys every month for eighty years stays below. */
const IDENTITIES = 1024

/** A key of age that opens files. Its secret cannot be read from it, printed or written. */
export class AgeIdentity {
  readonly kind = 'age'
  /** `age1…`: public. */
  readonly recipient: string
  readonly #secret: string

  private constructor(secret: string, recipient: string) {
    this.#secret = secret
    this.recipient = recipient
  }

  /** @throws {ParseError} ERR_IDENTITY, with nothing of the text in it */
  static async of(secret: string, line: number): Promise<AgeIdentity> {
    const refused = (expected: string) =>
      new ParseError('ERR_IDENTITY', { where: 'identity file', field: `line ${line}`, expected })
    if (/^AGE-PLUGIN-/.test(secret)) throw refused('an identity without a plugin')
    if (!/^AGE-SECRET-KEY-(?:PQ-)?1[A-Z0-9]+$/.test(secret)) throw refused('AGE-SECRET-KEY-1…, or a comment')
    let recipient: string
    try {
      recipient = await (await age()).identityToRecipient(secret)
    } catch {
      // The library's error is not passed on: it may hold what was typed.
      throw refused('an identity without a slip of the pen')
    }
    return new AgeIdentity(secret, recipient)
  }

  /**
   * The file key, when a stanza of the header is for this identity, else null.
   * @throws {ParseError} ERR_ENCRYPTION_TAG when it is, and the header is not as it was made
   */
  async unwrap({ bytes }: AgeHeader): Promise<Uint8Array | null> {
    let isForOthers = false
    const { Decrypter } = await age()
    const decrypter = new Decrypter()
    decrypter.addIdentity(this.#secret)
    // Asked only after the first has said that nothing is for it.
    decrypter.addIdentity({
      unwrapFileKey() {
        isForOthers = true
        return null
      },
    })
    try {
      return await decrypter.decryptHeader(bytes)
    } catch {
      if (isForOthers) return null
      throw new ParseError('ERR_ENCRYPTION_TAG', { where: 'age', field: 'header', spec: 'age-encryption.org/v1' })
    }
  }

  /** What a trust decision about it rests on: the bytes of the recipient, as they are typed. */
  fingerprintOf(): Uint8Array {
    return encodeUtf8(this.recipient)
  }
}

/**
 * Reads an identity file of age: a key in each line, empty lines and comments (#).
 * @throws {ParseError} ERR_IDENTITY, with nothing of a key in it
 */
export async function parseAgeIdentities(text: string): Promise<readonly AgeIdentity[]> {
  const identities: AgeIdentity[] = []
  for (const [at, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '' || line.startsWith('#')) continue
    if (identities.length >= IDENTITIES)
      throw new ParseError('ERR_LIMIT', { where: 'identity file', expected: `at most ${IDENTITIES} identities` })
    identities.push(await AgeIdentity.of(line, at + 1))
  }
  if (identities.length === 0)
    throw new ParseError('ERR_IDENTITY', { where: 'identity file', expected: 'an identity', found: 'none' })
  return identities
}
