import type { Facts } from '../model/facts.ts'

/**
 * What a report's inputs say of the recipient when a key opened the bundle: whoever opens it asks whether it was made for that
 * key. Null when no key was needed, and when the bundle names nobody: then there is nothing to ask.
 * @param fingerprint of the key, hex; null for a bundle that is not encrypted
 */
export function recipientAsked({ records }: Pick<Facts, 'records'>, fingerprint: string | null): string | null {
  const named = records?.record?.recipient ?? null
  return fingerprint === null || named === null ? null : `key:${fingerprint}`
}
