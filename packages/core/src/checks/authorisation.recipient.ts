import type { AuthorisationFacts } from '../authorisation/authorisation-facts.ts'
import type { BundleRecord } from '../bundle/record-facts.ts'
import type { Finding } from '../model/finding.ts'
import { AUTHORISATION_SUBJECT } from './authorisation-finding.ts'
import { outcomeFinding } from './history-finding.ts'

/** How a report's inputs name a recipient: by the fingerprint of its key, or by its name. */
export type RecipientInput = `key:${string}` | `name:${string}`

/** `undefined` for a text that is neither. */
export function parseRecipientInput(text: string): { readonly by: 'key' | 'name'; readonly value: string } | undefined {
  if (/^key:[0-9a-f]{64}$/.test(text)) return { by: 'key', value: text.slice(4) }
  return /^name:[^\p{Cc}]{1,1024}$/u.test(text) ? { by: 'name', value: text.slice(5) } : undefined
}

/** Whether the bundle was made for whoever asks. Another recipient is no contradiction: the bundle is what it is. */
export function checkRecipient(
  { request }: Pick<AuthorisationFacts, 'request'>,
  record: BundleRecord | null,
  asked: string | null,
): Finding {
  const id = 'authorisation.recipient'
  if (asked === null) return outcomeFinding(id, 'NOT-CHECKED:not-asked', AUTHORISATION_SUBJECT)
  const recipient = request?.statement.recipient ?? null
  const name = recipient?.name ?? record?.recipient?.name ?? null
  if (name === null) return outcomeFinding(id, 'INDETERMINATE:none-named', AUTHORISATION_SUBJECT)
  const input = parseRecipientInput(asked)
  const known = input?.by === 'name' ? name : (recipient?.key ?? null)
  const evidence = [{ name: 'recipient', expected: asked, found: input?.by === 'key' ? (known ?? name) : name }]
  if (known === null || input === undefined) {
    return outcomeFinding(id, 'INDETERMINATE:key-not-stated', AUTHORISATION_SUBJECT, { evidence })
  }
  const isSpelling = input.by === 'name' && isSpelledOtherwise(known, input.value)
  const outcome = known === input.value ? 'PASSED' : `INDETERMINATE:${isSpelling ? 'other-spelling' : 'another'}`
  return outcomeFinding(id, outcome, AUTHORISATION_SUBJECT, { evidence })
}

/** Names that somebody typed and that differ in capitals, spaces or the composition of letters alone: hardly two recipients. */
function isSpelledOtherwise(a: string, b: string): boolean {
  const fold = (name: string) =>
    name
      .normalize('NFC')
      .toLowerCase()
      .replace(/\p{White_Space}+/gu, ' ')
      .trim()
  return fold(a) === fold(b)
}
