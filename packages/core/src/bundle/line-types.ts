/**
 * The lines of items.jsonl and custody.jsonl, format 1-draft: section 5 of the specification as data. Each type has a
 * few clear members; everything else is a slot of `sd`, one per name and in this order, so that the number of slots
 * says nothing.
 */

export interface LineType {
  /** Members in the clear besides `salt`, `sd`, `seq`, `type`, and `prev` in events. */
  readonly clear: readonly string[]
  /** Names of the redactable fields: the slots of `sd`, in order. */
  readonly slots: readonly string[]
  /** Lines that every bundle shows; the others may be stubs. */
  readonly alwaysShown: boolean
}

/** PREMIS 3.0 eventDateTime, linkingAgent, linkingObject, eventOutcome; CASE/UCO performer, instrument, location. */
const EVENT_SLOTS = [
  'time',
  'agent',
  'instrument',
  'place',
  'authority',
  'objects',
  'digestBefore',
  'digestAfter',
  'outcome',
  'note',
] as const
const ORDINARY_EVENT: LineType = { clear: [], slots: EVENT_SLOTS, alwaysShown: false }

/** The one type of items.jsonl. A redacted copy is an item whose `copy…` fields are there. */
export const ITEM_TYPE: LineType = {
  clear: [],
  slots: [
    'path',
    'size',
    'sha256',
    'sha512',
    'mediaType',
    'originalName',
    'modified',
    'description',
    'copyOf',
    'copyMethod',
    'copyGround',
    'copyAgent',
  ],
  alwaysShown: false,
}

/** Types of custody.jsonl. The first line is `log-start`, the last one this export's own `export`. */
export const EVENT_TYPES = {
  'log-start': { clear: ['logId', 'logKey', 'origin'], slots: ['time', 'agent', 'caseId', 'note'], alwaysShown: true },
  'log-key-change': {
    clear: ['logKey', 'signature', 'signedBy', 'verifierKey'],
    slots: ['time', 'agent', 'note'],
    alwaysShown: true,
  },
  acquisition: ORDINARY_EVENT,
  ingestion: ORDINARY_EVENT,
  'fixity-check': ORDINARY_EVENT,
  transfer: { clear: ['event'], slots: [...EVENT_SLOTS, 'receiver', 'handover', 'receipt'], alwaysShown: false },
  access: ORDINARY_EVENT,
  analysis: ORDINARY_EVENT,
  duplication: ORDINARY_EVENT,
  migration: ORDINARY_EVENT,
  redaction: ORDINARY_EVENT,
  'consent-withdrawal': ORDINARY_EVENT,
  deaccession: ORDINARY_EVENT,
  export: {
    clear: ['authorisation', 'exportNumber', 'itemCount', 'itemRoot'],
    slots: ['time', 'agent', 'recipient', 'purpose', 'note'],
    alwaysShown: false,
  },
} as const satisfies Readonly<Record<string, LineType>>

/** A type of event in a custody log. */
export type EventTypeName = keyof typeof EVENT_TYPES

/** `prev` of line 0. */
export const NO_PREVIOUS_LINE = '0'.repeat(64)

/** A line that is withheld: its place and its digest. */
export interface Stub {
  readonly seq: number
  /** Line digest, hex. */
  readonly withheld: string
}

/** A line of items.jsonl. */
export interface ItemLine {
  /** 128 random bits, hex: a withheld line cannot be guessed. */
  readonly salt: string
  /** base64url(SHA-256(disclosure)) for each of ITEM_TYPE.slots; of an absent field, of 32 random bytes. */
  readonly sd: readonly string[]
  readonly seq: number
  readonly type: 'item'
}

interface Event<Type extends EventTypeName> {
  /** Line digest of line seq - 1, hex. */
  readonly prev: string
  readonly salt: string
  readonly sd: readonly string[]
  readonly seq: number
  readonly type: Type
}

/** The first line of every log: its key and its origin. */
export interface LogStartLine extends Event<'log-start'> {
  /** 128 random bits, hex; repeated in bundle.json. */
  readonly logId: string
  /** SHA-256 of the 32 octets of the log's Ed25519 public key, hex. */
  readonly logKey: string
  /** The log's name, as in the checkpoint. */
  readonly origin: string
}

/** From here on another key signs the checkpoints. */
export interface LogKeyChangeLine extends Event<'log-key-change'> {
  /** SHA-256 of the new key's 32 octets, hex. */
  readonly logKey: string
  /** Ed25519 signature over the statement of the specification's section 5.4, base64. */
  readonly signature: string
  readonly signedBy: 'anchor' | 'old-key'
  /** The new key as a signed-note verifier key. */
  readonly verifierKey: string
}

/** A hand-over, which both sides may have signed. */
export interface TransferLine extends Event<'transfer'> {
  /** 128 random bits, hex: what hand-over signatures name. */
  readonly event: string
}

/** A bundle was made over the log up to here. */
export interface ExportLine extends Event<'export'> {
  /** SHA-256 of authorisation.json, hex. */
  readonly authorisation: string
  /** 128 random bits, hex. */
  readonly exportNumber: string
  readonly itemCount: number
  /** Merkle root over the line digests of all items, hex. */
  readonly itemRoot: string
}

/** A line of custody.jsonl that is not withheld whole. */
export type EventLine =
  | LogStartLine
  | LogKeyChangeLine
  | TransferLine
  | ExportLine
  | Event<Exclude<EventTypeName, 'log-start' | 'log-key-change' | 'transfer' | 'export'>>

/** The two files whose lines can be opened, as disclosures name them. */
export const OPENABLE_FILES = ['custody.jsonl', 'items.jsonl'] as const

/** One of OPENABLE_FILES. */
export type OpenableFile = (typeof OPENABLE_FILES)[number]

/** Files of which fields can be opened: in authorisation.json those of consents, by the positions of their items. */
export const DISCLOSED_FILES = ['authorisation.json', ...OPENABLE_FILES] as const

/** One of DISCLOSED_FILES. */
export type DisclosedFile = (typeof DISCLOSED_FILES)[number]

/**
 * A line of disclosures.jsonl: the opening of one field, or the ground on which a field or a line is withheld. Lines
 * stand in ascending order of file, seq and field (a ground of the whole line first), one for each.
 */
export type DisclosureLine = Opening | Ground

/** A value with its salt: it opens one commitment. */
export interface Opening {
  readonly field: string
  readonly file: DisclosedFile
  /** base64url of the JSON array [salt, name, value]: the ASCII text whose SHA-256 stands in the slot. */
  readonly opening: string
  /** Position of the line; in authorisation.json of the item. */
  readonly seq: number
}

/** Why something is withheld, as whoever withheld it says. */
export interface Ground {
  /** Absent for the whole line. */
  readonly field?: string
  readonly file: DisclosedFile
  /** Code, lower case. */
  readonly ground: string
  readonly seq: number
}

/** A line of proofs.jsonl: RFC 9162 §2.1.4. Ascending by `first`. */
export interface ConsistencyProof {
  /** Node digests, hex. */
  readonly consistencyPath: readonly string[]
  /** Size of the earlier tree. */
  readonly first: number
  /** Root of the earlier tree, hex. */
  readonly firstRoot: string
  /** Size of the later tree: that of the checkpoint. */
  readonly second: number
}
