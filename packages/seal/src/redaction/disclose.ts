import {
  canonicalText,
  encodeUtf8,
  isJsonObject,
  type JsonValue,
  lineDigest,
  type OpenableFile,
  type SmallDigest,
  toHex,
} from '@probatum/core'
import { type CustodyLog, openedValue, textAsJson, typeOfLine } from '../custody-log/custody-log.ts'
import { smallDigest } from '../digest.ts'

/** What is to be opened later: a field, or (field null) a whole line that is withheld. */
export interface DisclosureChoice {
  readonly file: OpenableFile
  readonly seq: number
  readonly field: string | null
}

/** A place that does not exist or is not to be opened, or a bundle of another log. */
export class DisclosureRefused extends Error {
  override readonly name = 'DisclosureRefused'
}

/** A line of a file of later openings, and what it shows. */
export interface LaterOpening extends DisclosureChoice {
  /** Canonical JSON, as it stands in the file. */
  readonly text: string
  readonly type: string
  /** Of a field. */
  readonly value: JsonValue | null
}

/** Reads `custody.jsonl:4:agent`, `items.jsonl:2`; undefined for what is not of that form. */
export function readDisclosureChoice(text: string): DisclosureChoice | undefined {
  const [, file, seq, field] =
    /^(custody\.jsonl|items\.jsonl):([0-9]{1,15})(?::([a-z][A-Za-z0-9]{0,63}))?$/.exec(text) ?? []
  if (file !== 'custody.jsonl' && file !== 'items.jsonl') return undefined
  return { file, seq: Number(seq), field: field ?? null }
}

/** The lines that a recipient has, by file: texts of lines or stubs. */
export type RecipientLines = Readonly<Record<OpenableFile, readonly string[]>>

/**
 * Makes later openings for a bundle that a recipient has, in the order of the format. Each is chosen by its exact place; a field of a withheld line
 * takes its whole line along. Throws DisclosureRefused.
 */
export async function laterOpenings(
  custody: CustodyLog,
  bundle: RecipientLines,
  choices: readonly DisclosureChoice[],
  digest: SmallDigest = smallDigest,
): Promise<LaterOpening[]> {
  const openings: LaterOpening[] = []
  for (const file of ['custody.jsonl', 'items.jsonl'] as const) {
    const wanted = choices.filter((choice) => choice.file === file)
    const bySeq = groupBySeq(wanted)
    const theirs = bundle[file]
    let read = 0
    for await (const line of custody.lines(file)) {
      read += 1
      const own = bySeq.get(line.seq)
      if (own === undefined) continue
      bySeq.delete(line.seq)
      const { seq } = line
      const there = theirs[seq]
      if (there === undefined) throw new DisclosureRefused(`${file} ${seq}: the bundle has no such line; it is older`)
      const isStub = isStubOf(there, toHex(lineDigest(encodeUtf8(line.text), digest)))
      if (!isStub && there !== line.text) throw new DisclosureRefused(`${file} ${seq}: the bundle is not of this log`)
      // The request, once there is one, is in that event and names the digest of the disclosures.
      if (file === 'custody.jsonl' && seq === theirs.length - 1)
        throw new DisclosureRefused(`${file} ${seq}: the bundle’s own export event is never opened`)
      const type = file === 'items.jsonl' ? 'item' : typeOfLine(line)
      const add = (field: string | null, text: string, value: JsonValue | null) =>
        openings.push({ file, seq, field, text, type, value })
      if (isStub) add(null, canonicalText({ file, line: line.text, seq }), null)
      else if (own.some(({ field }) => field === null))
        throw new DisclosureRefused(`${file} ${seq}: the line is not withheld; name a field of it`)
      const fields = [...new Set(own.flatMap(({ field }) => (field === null ? [] : [field])))].sort()
      for (const field of fields) {
        const opening = line.openings.find((each) => each.field === field)
        if (opening === undefined) throw new DisclosureRefused(`${file} ${seq}: the line has no field ${field}`)
        add(field, canonicalText(opening), openedValue(opening))
      }
    }
    for (const seq of bySeq.keys())
      throw new DisclosureRefused(`${file} ${seq}: the log has ${read} lines there, from 0`)
  }
  return openings
}

function groupBySeq(choices: readonly DisclosureChoice[]): Map<number, DisclosureChoice[]> {
  const groups = new Map<number, DisclosureChoice[]>()
  for (const choice of choices) {
    const same = groups.get(choice.seq)
    if (same === undefined) groups.set(choice.seq, [choice])
    else same.push(choice)
  }
  return groups
}

function isStubOf(text: string, lineDigestHex: string): boolean {
  const value = textAsJson(text)
  if (!isJsonObject(value) || value.withheld === undefined) return false
  if (value.withheld !== lineDigestHex)
    throw new DisclosureRefused('the bundle is not of this log: a stub has another digest')
  return true
}
