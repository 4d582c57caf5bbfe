import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import {
  canonicalText,
  EVENT_TYPES,
  type EventTypeName,
  ITEM_TYPE,
  type PayloadManifest,
  type SignatureVerifier,
  type Writable,
} from '@probatum/core'

/**
 * The records of an invented bundle: six items, of which one is withheld, one closed and one a redacted copy, and twelve
 * events, of which one is withheld. Written down by the specification with nothing but node:crypto, so that what reads
 * it is not judged by itself.
 */

type Files = Record<string, string>
type Line = Readonly<Record<string, Writable>>

const hash = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest()
export const sha256Hex = (data: Uint8Array | string): string => hash(data).toString('hex')
/** What a random number is here: the same each time, and different for each name. */
const random = (name: string, octets: number): Buffer => hash(`random ${name}`).subarray(0, octets)

/** RFC 9162 §2.1.1, word for word; leaves are line digests in hex. */
export function slowRoot(digests: readonly string[]): Buffer {
  const [first] = digests
  if (first === undefined) return hash('')
  if (digests.length === 1) return hash(Buffer.concat([Buffer.of(0), Buffer.from(first, 'hex')]))
  let k = 1
  while (2 * k < digests.length) k *= 2
  return hash(Buffer.concat([Buffer.of(1), slowRoot(digests.slice(0, k)), slowRoot(digests.slice(k))]))
}

/** SUBPROOF of RFC 9162 §2.1.4.1. */
function slowProof(m: number, digests: readonly string[], known: boolean): string[] {
  if (m === digests.length) return known ? [] : [slowRoot(digests).toString('hex')]
  let k = 1
  while (2 * k < digests.length) k *= 2
  return m <= k
    ? [...slowProof(m, digests.slice(0, k), known), slowRoot(digests.slice(k)).toString('hex')]
    : [...slowProof(m - k, digests.slice(k), false), slowRoot(digests.slice(0, k)).toString('hex')]
}

export interface NotePair {
  readonly privateKey: KeyObject
  readonly publicKey: Buffer
  readonly fingerprint: string
}

export function ed25519(seed: string): NotePair {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), random(seed, 32)])
  const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(12)
  return { privateKey, publicKey, fingerprint: sha256Hex(publicKey) }
}

function keyParts(name: string, { publicKey }: NotePair, type: 1 | 4) {
  const typed = Buffer.concat([Buffer.of(type), publicKey])
  return { typed, id: hash(Buffer.concat([Buffer.from(`${name}\n`), typed])).subarray(0, 4) }
}

export function verifierKey(name: string, pair: NotePair, type: 1 | 4 = 1): string {
  const { typed, id } = keyParts(name, pair, type)
  return `${name}+${id.toString('hex')}+${typed.toString('base64')}`
}

export function noteLine(name: string, pair: NotePair, text: string): string {
  const signature = sign(null, Buffer.from(text), pair.privateKey)
  return `— ${name} ${Buffer.concat([keyParts(name, pair, 1).id, signature]).toString('base64')}\n`
}

export function cosignatureLine(name: string, pair: NotePair, text: string, time: number): string {
  const stamp = Buffer.alloc(8)
  stamp.writeBigUInt64BE(BigInt(time))
  const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), pair.privateKey)
  return `— ${name} ${Buffer.concat([keyParts(name, pair, 4).id, stamp, signature]).toString('base64')}\n`
}

export const ORIGIN = 'log.example/history-sample'
export const WITNESS = 'witness.example/sample'
export const KEYS = { first: ed25519('first'), second: ed25519('second'), witness: ed25519('witness') }
export const LOG_ID = 'ab'.repeat(16)
export const WITNESS_TIME = Date.UTC(2026, 2, 14) / 1000

const CONTENTS = ['one', 'two', 'three', 'four', 'five', 'one, redacted'].map((text) => `sample item ${text}\n`)
const pathOf = (item: number) => `data/00/00000${item + 1}.txt`
export const WITHHELD_ITEM = 4
export const CLOSED_ITEM = 3
export const WITHHELD_EVENT = 5
/** Items whose payload is in the bundle. */
const SHOWN_ITEMS = [0, 1, 2, 5] as const

export const itemDigest = (item: number): string => sha256Hex(CONTENTS[item] ?? '')

export interface Opened {
  readonly file: 'custody.jsonl' | 'items.jsonl'
  readonly seq: number
  readonly field: string
  readonly opening: string
}

/** One line with the openings of all its fields. */
export interface MadeLine {
  readonly text: string
  readonly openings: readonly Opened[]
}

export function makeLine(
  file: Opened['file'],
  seq: number,
  type: string,
  clear: Line,
  fields: Line,
  name = `${file} ${seq}`,
): MadeLine {
  const slots: readonly string[] = file === 'items.jsonl' ? ITEM_TYPE.slots : EVENT_TYPES[type as EventTypeName].slots
  const openings: Opened[] = []
  const sd = slots.map((field) => {
    const value = fields[field]
    if (value === undefined) return random(`${name} ${field} absent`, 32).toString('base64url')
    const salt = random(`${name} ${field}`, 16).toString('base64url')
    const opening = Buffer.from(canonicalText([salt, field, value])).toString('base64url')
    openings.push({ file, seq, field, opening })
    return hash(opening).toString('base64url')
  })
  openings.sort((a, b) => (a.field < b.field ? -1 : 1))
  const salt = random(`${name} salt`, 16).toString('hex')
  return { text: canonicalText({ ...clear, salt, sd, seq, type }), openings }
}

export interface HistoryRecipe {
  /** Fields of an event that are set or replaced, by position. */
  readonly events?: Readonly<Record<number, Line>>
  /** Fields of an item that are set or replaced, by position. */
  readonly items?: Readonly<Record<number, Line>>
  /** Event 8 is the transfer of event 4 once more: its event id, its fields and their salts. */
  readonly repeats?: boolean
  /** Whose signature the change of key says that it has; it is that of the key before. */
  readonly signedBy?: 'anchor' | 'old-key'
  /** Whose it is, in the place of that one. */
  readonly changedBy?: NotePair
}

export interface SampleHistory {
  readonly files: Files
  /** All lines, the withheld ones as they are. */
  readonly items: readonly MadeLine[]
  readonly events: readonly MadeLine[]
}

const time = (minute: number) => `2026-03-14T09:${String(minute).padStart(2, '0')}:00Z`

function sampleItems({ items = {} }: HistoryRecipe): MadeLine[] {
  const lines: MadeLine[] = []
  for (const [item, content] of CONTENTS.entries()) {
    const original = lines[0]
    const copy: Line =
      item === 5 && original !== undefined
        ? {
            copyOf: { line: sha256Hex(original.text), seq: 0 },
            copyGround: 'witness-protection',
            copyMethod: 'black bars',
          }
        : {}
    const fields = {
      path: pathOf(item),
      size: Buffer.byteLength(content),
      sha256: sha256Hex(content),
      ...copy,
      ...items[item],
    }
    lines.push(makeLine('items.jsonl', item, 'item', {}, fields))
  }
  return lines
}

function sampleEvents(
  items: readonly MadeLine[],
  authorisation: string,
  { events = {}, repeats = false, signedBy = 'old-key', changedBy = KEYS.first }: HistoryRecipe,
): MadeLine[] {
  const lines: MadeLine[] = []
  const itemRoot = slowRoot(items.map(({ text }) => sha256Hex(text))).toString('hex')
  const add = (type: EventTypeName, clear: Line, fields: Line, like = lines.length) => {
    const seq = lines.length
    const last = lines.at(-1)
    const prev = last === undefined ? '0'.repeat(64) : sha256Hex(last.text)
    const all = { time: time(like), agent: 'Example Officer (sample)', ...fields, ...events[like] }
    lines.push(makeLine('custody.jsonl', seq, type, { ...clear, prev }, all, `custody.jsonl ${like}`))
  }
  const exported = { authorisation: sha256Hex(authorisation), itemCount: items.length, itemRoot }
  const digest = (item: number) => ({ sha256: itemDigest(item) })
  add(
    'log-start',
    { logId: LOG_ID, logKey: KEYS.first.fingerprint, origin: ORIGIN },
    { caseId: 'Example case (sample)' },
  )
  add('acquisition', {}, { objects: [[0, 4]] })
  add('ingestion', {}, { objects: [[0, 4]] })
  add('fixity-check', {}, { objects: [[1, 1]], digestBefore: digest(1), digestAfter: digest(1) })
  const transfer = [
    'transfer',
    { event: random('event', 16).toString('hex') },
    { objects: [[0, 4]], receiver: 'Example Lab (sample)' },
    4,
  ] as const
  add(...transfer)
  add('access', {}, { note: 'withheld (sample)' })
  add(
    'analysis',
    {},
    {
      objects: [
        [0, 2],
        [4, 4],
      ],
    },
  )
  const prev = sha256Hex(lines.at(-1)?.text ?? '')
  const statement = {
    logId: LOG_ID,
    logKey: KEYS.second.fingerprint,
    prev,
    seq: 7,
    statement: 'probatum/log-key-change/1',
  }
  const signature = sign(null, Buffer.from(canonicalText(statement)), changedBy.privateKey).toString('base64')
  add(
    'log-key-change',
    { logKey: KEYS.second.fingerprint, signature, signedBy, verifierKey: verifierKey(ORIGIN, KEYS.second) },
    {},
  )
  if (repeats) add(...transfer)
  else add('duplication', {}, { objects: [[2, 2]], digestAfter: digest(2) })
  add('redaction', {}, { objects: [[0, 0]], digestBefore: digest(0), digestAfter: digest(5) })
  add(
    'export',
    { ...exported, exportNumber: random('export 1', 16).toString('hex') },
    { recipient: 'another (sample)' },
  )
  add('export', { ...exported, exportNumber: random('export 2', 16).toString('hex') }, { purpose: 'sample' })
  return lines
}

export const stubOf = (line: MadeLine, seq: number): string => canonicalText({ seq, withheld: sha256Hex(line.text) })
export const jsonLines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join('')

/** The checkpoint over lines with these digests: signed by the log, and by a witness. */
export function checkpointOver(digests: readonly string[], signer: NotePair = KEYS.second): string {
  const text = `${ORIGIN}\n${digests.length}\n${slowRoot(digests).toString('base64')}\n`
  return `${text}\n${noteLine(ORIGIN, signer, text)}${cosignatureLine(WITNESS, KEYS.witness, text, WITNESS_TIME)}`
}

export function sampleHistory(recipe: HistoryRecipe = {}): SampleHistory {
  const items = sampleItems(recipe)
  const authorisation = canonicalText({ approvals: [], authorisation: 'probatum/authorisation/1-draft', request: null })
  const events = sampleEvents(items, authorisation, recipe)
  const digests = events.map(({ text }) => sha256Hex(text))
  const openings = [...events.slice(0, -1), ...items].flatMap((line) => line.openings)
  const isShown = ({ file, seq, field }: Opened) =>
    file === 'items.jsonl'
      ? seq !== WITHHELD_ITEM && seq !== CLOSED_ITEM
      : seq !== WITHHELD_EVENT && !(seq === 6 && field === 'agent')
  const grounds = [
    { file: 'custody.jsonl', ground: 'source-confidentiality', seq: WITHHELD_EVENT },
    { field: 'agent', file: 'custody.jsonl', ground: 'witness-protection', seq: 6 },
    { file: 'items.jsonl', ground: 'victim-protection', seq: WITHHELD_ITEM },
  ]
  const place = (one: { file: string; seq: number; field?: string }) =>
    `${one.file} ${String(one.seq).padStart(9, '0')} ${one.field ?? ''}`
  const disclosures = [...openings.filter(isShown), ...grounds].sort((a, b) => (place(a) < place(b) ? -1 : 1))
  const proof = {
    consistencyPath: slowProof(11, digests, true),
    first: 11,
    firstRoot: slowRoot(digests.slice(0, 11)).toString('hex'),
    second: 12,
  }
  return {
    items,
    events,
    files: {
      'record/bundle.json': canonicalText({
        authorities: [],
        created: '2026-03-14T10:00:00Z',
        format: 'probatum/bundle/1-draft',
        issuer: { name: 'Example Mechanism (sample)' },
        itemCount: items.length,
        log: { id: LOG_ID, origin: ORIGIN },
        recipient: null,
        sample: true,
        seal: [{ file: 'tagmanifest-sha256.txt.p7s', signer: sha256Hex('signer'), timestamps: 0 }],
      }),
      'record/items.jsonl': jsonLines(
        items.map((line, seq) => (seq === WITHHELD_ITEM ? stubOf(line, seq) : line.text)),
      ),
      'record/custody.jsonl': jsonLines(
        events.map((line, seq) => (seq === WITHHELD_EVENT ? stubOf(line, seq) : line.text)),
      ),
      'record/disclosures.jsonl': jsonLines(disclosures.map((one) => canonicalText(one))),
      'record/checkpoint': checkpointOver(digests),
      'record/proofs.jsonl': jsonLines([canonicalText(proof)]),
      'record/authorisation.json': authorisation,
    },
  }
}

/** The payload of the sample as its manifest lists it. */
export function samplePayload(alter: Readonly<Record<string, string | null>> = {}): PayloadManifest {
  const listed = new Map<string, string>(SHOWN_ITEMS.map((item) => [pathOf(item), CONTENTS[item] ?? '']))
  for (const [path, content] of Object.entries(alter)) {
    if (content === null) listed.delete(path)
    else listed.set(path, content)
  }
  const paths = [...listed.keys()].sort()
  return {
    files: paths.length,
    isListed: () => true,
    pathOf: (file) => paths[file] ?? '',
    find: (path) => {
      const content = listed.get(path)
      if (content === undefined) return null
      const sha256 = new Uint8Array(hash(content))
      return { file: paths.indexOf(path), sha256, sha512: null, size: Buffer.byteLength(content) }
    },
  }
}

/** Ed25519 by node:crypto. */
export const ed25519Verifier: SignatureVerifier = {
  verify: async ({ algorithm, publicKey, message, signature }) => {
    if (algorithm.scheme !== 'ed25519') return 'unsupported'
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' })
    return verify(null, message, key, signature) ? 'valid' : 'invalid'
  },
}
