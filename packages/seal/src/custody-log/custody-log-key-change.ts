import { keyChangeStatement, toBase64, toHex } from '@probatum/core'
import type { SigningKey } from '../keys/signing-key.ts'
import type { LogKey } from './checkpoint.ts'
import type { CustodyLog, NewLine } from './custody-log.ts'
import { type LineMaking, makeEventLine } from './custody-log-lines.ts'

/** A change of the log's key, before it is written (format, section 5.4). */
export interface KeyChange {
  /** The key from here on, under the log's own origin. */
  readonly next: LogKey
  /** `old-key`: the log's key until now. `anchor`: where that was lost or stolen, any key that recipients have in role log. */
  readonly signedBy: 'old-key' | 'anchor'
  readonly signer: SigningKey
  readonly fields: Readonly<Partial<Record<'time' | 'agent' | 'note', string>>>
}

/**
 * Makes the `log-key-change` that follows a log's head (format, section 5.4): a signature over the new key, the log and
 * its place. Throws TypeError for a key that cannot be the next one.
 */
export async function makeKeyChange(
  log: Pick<CustodyLog, 'id' | 'origin' | 'events' | 'head' | 'verifierKey'>,
  { next, signedBy, signer, fields }: KeyChange,
  making: LineMaking,
): Promise<NewLine> {
  if (next.origin !== log.origin) throw new TypeError('the new key is that of another log')
  if (signer.scheme !== 'ed25519') throw new TypeError('a change of key is signed with an Ed25519 key')
  if (next.verifierKey === log.verifierKey) throw new TypeError('the new key is the one that the log has')
  const seq = log.events
  const logKey = next.fingerprint
  const statement = keyChangeStatement({ logId: log.id, logKey, prev: toHex(log.head), seq })
  const signature = toBase64(await signer.sign(statement, 'sha512'))
  const clear = { logKey, signature, signedBy, verifierKey: next.verifierKey }
  const line = makeEventLine({ seq, previous: log.head }, 'log-key-change', clear, fields, making)
  return { ...line, file: 'custody.jsonl', verifierKey: next.verifierKey }
}
