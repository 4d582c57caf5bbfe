import {
  canonicalText,
  EVENT_TYPES,
  encodeUtf8,
  formatInstant,
  fromBase64,
  type Instant,
  ITEM_TYPE,
  type JsonValue,
  type OpenableFile,
  VERIFY_TEXT,
} from '@probatum/core'
import type { ExportGate } from '../gate/export-gate.ts'
import type { GatePrivate } from '../gate/gate-private.ts'
import { needlesOfJson, needlesOfText } from './redact-needles.ts'
import type { DisclosurePolicy } from './redact-policy.ts'

/** A field by its place; in authorisation.json, of the consent of an item. */
export interface FieldPlace {
  readonly file: OpenableFile | 'authorisation.json'
  readonly seq: number
  readonly field: string
}

export interface Withheld {
  readonly value: JsonValue
  readonly text: string | null
  readonly places: FieldPlace[]
  readonly openings: string[]
}

/** What an export says of itself, whatever is withheld. */
export interface ExportStatement {
  readonly issuer: string
  readonly softwareAgent: string
  readonly now: Instant
  readonly log: { readonly origin: string }
  readonly signer: { readonly certificates: readonly Uint8Array[] }
  readonly postQuantum?: { readonly certificates: readonly Uint8Array[] }
  readonly timeStampAuthorities: readonly { readonly label: string; readonly subject: string }[]
}

export type LeakGate = Pick<ExportGate, 'request' | 'kept' | 'approvals'>

/** What a request says in the clear, as whoever approves it reads it. */
export function textsOfRequest({
  purpose,
  grounds,
  conditions,
  exceptions,
  recipient,
}: ExportGate['request']): string[] {
  const texts = [...grounds, ...conditions.map(({ text }) => text), ...exceptions.map(({ ground }) => ground)]
  return [purpose, recipient?.kind ?? null, ...texts].filter((text) => text !== null)
}

export function signedIn({ request, approvals }: LeakGate): Uint8Array[] {
  return [
    ...approvals.flatMap(({ approver, signature }) => [encodeUtf8(`\n${approver}\n`), signature]),
    ...request.exceptions.map(({ signature }) => fromBase64(signature) ?? new Uint8Array(0)),
  ]
}

/** Dates and purposes stand in every request; only who consented can be told by a word. */
export function giversOf(kept: GatePrivate | undefined) {
  if (kept === undefined || kept.opened.includes('giver')) return []
  return kept.consents.flatMap(({ openings }) => openings.filter(({ field }) => field === 'giver'))
}

/** A file's name is looked for without its folders too. */
export function textsOf(field: string, texts: readonly string[]): string[] {
  const names = field === 'originalName' ? texts.flatMap((text) => text.split(/[/\\]/).slice(-1)) : []
  return [...new Set([...texts, ...names.filter((name) => name !== '')])]
}

export function needlesOf({ value, text, openings }: Withheld) {
  const own = openings.map((opening) => ({ form: 'opening' as const, bytes: encodeUtf8(opening).subarray(0, 96) }))
  return [...own, ...needlesOfJson(value), ...(text === null ? [] : needlesOfText(text))]
}

/** What every bundle of this export says anyway, the signer's certificates apart. */
export function vocabularyOf(statement: ExportStatement, policy: DisclosurePolicy): Uint8Array {
  const time = formatInstant({ epochSeconds: statement.now.epochSeconds, fraction: '' })
  return encodeUtf8(
    [
      VERIFY_TEXT,
      canonicalText(EVENT_TYPES),
      canonicalText(ITEM_TYPE),
      'items.jsonl custody.jsonl probatum/bundle/1-draft https://probatum.example/bundle/1-draft',
      statement.issuer,
      policy.recipient ?? '',
      policy.identifier,
      statement.softwareAgent,
      statement.log.origin,
      time,
      ...statement.timeStampAuthorities.flatMap(({ label, subject }) => [label, subject]),
    ].join('\n'),
  )
}
