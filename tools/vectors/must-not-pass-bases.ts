import { canonicalText, type SmallDigest, toBase64 } from '@probatum/core'
import { type LogKey, LogTree, logKey, makeCheckpoint, makeEventLine, seededRandom, smallDigest } from '@probatum/seal'
import type { Bases } from './bases.ts'
import { editLines, LOG_KEYS, resealed, sealLog } from './log-bases.ts'
import { ed25519KeyOf, issue, PKI, TIME_STAMP_UNIT } from './pki.ts'
import { type Files, fileAt, hex, list, logKeyOf, replaceText, seal, text } from './seal.ts'

/** Bundles for what section 8 of the specification says must not pass: sealed as they stand, by who may seal. */
const BUNDLE = 'record/bundle.json'
const ITEMS = 'record/items.jsonl'
const CUSTODY = 'record/custody.jsonl'
const DISCLOSURES = 'record/disclosures.jsonl'
const CHECKPOINT = 'record/checkpoint'
const ISSUER = 'Example Mechanism (sample)'

const filed = (files: (files: Files) => void) => () => seal({ files })

/** What is deep under a member that is not known. */
function nested(depth: number): unknown {
  return depth === 0 ? 0 : [nested(depth - 1)]
}

/** Events with another one among them, each bound to the one before: what somebody without the log's key can write. */
function withEventAdded(lines: readonly string[]): string[] {
  const made = lines.slice(0, 1)
  const previous = () => hex('sha256', text(made.at(-1) ?? ''))
  const place = { seq: 1, previous: new Uint8Array(Buffer.from(previous(), 'hex')) }
  const fields = { time: '2026-03-14T09:00:00Z', agent: 'Example Archivist (sample)' }
  made.push(makeEventLine(place, 'access', {}, fields, { random: seededRandom('vector added event') }).text)
  for (const line of lines.slice(1)) {
    const { seq, ...rest } = JSON.parse(line) as { readonly seq: number }
    made.push(canonicalText({ ...rest, prev: previous(), seq: seq + 1 } as never))
  }
  return made
}

/** The head of the log as it is, or with another root, signed by the key that `custody` has then, or by another. */
async function headOf(
  files: Files,
  { key = LOG_KEYS.second, root }: { readonly key?: LogKey; readonly root?: Uint8Array } = {},
): Promise<string> {
  const tree = new LogTree(smallDigest as SmallDigest)
  for (const line of new TextDecoder().decode(fileAt(files, CUSTODY)).split('\n').slice(0, -1)) {
    const { withheld } = JSON.parse(line) as { readonly withheld?: string }
    tree.append(new Uint8Array(Buffer.from(withheld ?? hex('sha256', text(line)), 'hex')))
  }
  return new TextDecoder().decode(await makeCheckpoint(key, tree.size, root ?? tree.root()))
}

/** `small` with an event of a type that this version does not have: chain, root and signed head are those of a log that has it. */
async function withUnknownType(): Promise<Files> {
  const files = await seal({})
  editLines(files, CUSTODY, ([start = '', event = '', own = '']) => {
    const levitation = event.replace('"type":"ingestion"', '"type":"levitation"')
    const prev = hex('sha256', text(levitation))
    return [start, levitation, canonicalText({ ...JSON.parse(own), prev } as never)]
  })
  files.set(CHECKPOINT, text(await headOf(files, { key: await logKeyOf('small') })))
  return resealed(files)
}

/** Openings of events from line 1 on belong to the line behind. */
const moved = (line: string): string => {
  const { seq, ...rest } = JSON.parse(line) as { readonly seq: number; readonly file: string }
  return rest.file === 'custody.jsonl' && seq > 0 ? canonicalText({ ...rest, seq: seq + 1 } as never) : line
}

export const mustNotPassBases: Bases = {
  'bundle-json-lone-surrogate': filed((files) => replaceText(files, BUNDLE, ISSUER, `${ISSUER}\\ud800`)),
  'bundle-json-duplicate-key-escaped': filed((files) =>
    replaceText(files, BUNDLE, '"itemCount":1', '"itemCount":1,"\\u0069temCount":1'),
  ),
  'bundle-json-number-form': filed((files) => replaceText(files, BUNDLE, '"itemCount":1', '"itemCount":1.0')),
  'bundle-json-number-too-large': filed((files) =>
    replaceText(files, BUNDLE, '"itemCount":1', '"itemCount":9007199254740993'),
  ),
  'bundle-json-nested-too-deep': () => seal({ record: (record) => ({ ...record, zones: nested(32) }) }),
  'bundle-json-second-60': () => seal({ record: (record) => ({ ...record, created: '2026-03-14T09:12:60Z' }) }),
  'custody-unknown-type': withUnknownType,
  'custody-line-added': filed((files) => {
    editLines(files, CUSTODY, withEventAdded)
    editLines(files, DISCLOSURES, (lines) => lines.map(moved))
  }),
}

/** The same over the base `two-authorities`. */
export const mustNotPassTwoAuthorities: Bases = {
  'one-authority-under-two-labels': () =>
    seal({ name: 'two-authorities', units: { 'example-tsa': PKI.unit, 'second-tsa': PKI.unit } }),
  'two-units-under-one-anchor': async () => {
    const name = 'Example Other Time-Stamp Unit'
    const unit = await issue({ name, issuer: PKI.timeRoot, extensions: TIME_STAMP_UNIT, serial: 0x1007 })
    return seal({ name: 'two-authorities', units: { 'example-tsa': PKI.unit, 'second-tsa': unit } })
  },
}

function lined(path: string, edit: (lines: string[]) => string[]): () => Promise<Files> {
  return async () => {
    const files = await sealLog()
    editLines(files, path, edit)
    return resealed(files)
  }
}

const exchanged = (at: number) => (lines: string[]) => lines.with(at, lines[at + 1] ?? '').with(at + 1, lines[at] ?? '')

/** The signature line of the log with one bit of the signature changed: under the same name and key. */
function flipped(line: string): string {
  const [dash, name, base64 = ''] = line.split(' ')
  const octets = Buffer.from(base64, 'base64')
  const last = octets.length - 1
  return `${dash} ${name} ${toBase64(new Uint8Array(octets.fill((octets[last] ?? 0) ^ 1, last)))}`
}

function stub(lines: readonly string[], seq: number): string {
  return canonicalText({ seq, withheld: hex('sha256', text(lines[seq] ?? '')) })
}

/** Of the item that names another one's file: it is here, and no item's. */
const PAYLOAD_OF_NOBODY = text('INVENTED SAMPLE c\n')

export const MUST_NOT_PASS_LOG_OVERS: Bases = {
  'custody-line-left-out': lined(CUSTODY, (lines) => lines.toSpliced(4, 1)),
  'custody-line-repeated': lined(CUSTODY, (lines) => lines.toSpliced(4, 0, lines[4] ?? '')),
  'custody-lines-exchanged': lined(CUSTODY, exchanged(1)),
  'items-line-left-out': lined(ITEMS, (lines) => lines.toSpliced(1, 1)),
  'items-line-repeated': lined(ITEMS, (lines) => lines.toSpliced(1, 0, lines[1] ?? '')),
  'items-lines-exchanged': lined(ITEMS, exchanged(1)),
  'custody-start-withheld': async () => {
    const files = await sealLog()
    editLines(files, CUSTODY, (lines) => lines.with(0, stub(lines, 0)))
    editLines(files, DISCLOSURES, (lines) =>
      lines.filter((line) => !(line.includes('"custody.jsonl"') && line.includes('"seq":0}'))),
    )
    return resealed(files)
  },
  'checkpoint-of-other-root': async () => {
    const files = await sealLog()
    files.set(CHECKPOINT, text(await headOf(files, { root: new Uint8Array(32) })))
    return resealed(files)
  },
  'checkpoint-of-other-log': async () => {
    const files = await sealLog()
    const key = await logKey('vectors.example/log/elsewhere', await ed25519KeyOf('log second'))
    files.set(CHECKPOINT, text(await headOf(files, { key })))
    return resealed(files)
  },
  'checkpoint-second-signature-wrong': async () => {
    const files = await sealLog()
    const note = await headOf(files)
    files.set(CHECKPOINT, text(`${note}${flipped(note.trimEnd().split('\n').at(-1) ?? '')}\n`))
    return resealed(files)
  },
  'proof-of-other-size': () => sealLog({ proof: (line) => ({ ...line, second: (line.second as number) + 1 }) }),
  'payload-of-two-items': async () => {
    const files = await sealLog({ pathOf: (seq) => (seq === 2 ? 'data/00/000002.txt' : undefined) })
    files.set('data/00/000003.txt', PAYLOAD_OF_NOBODY)
    list(files, 'manifest-sha256.txt', (path) => path.startsWith('data/'))
    replaceText(files, 'bag-info.txt', 'Payload-Oxum: 43.2', 'Payload-Oxum: 61.3')
    return resealed(files)
  },
}
