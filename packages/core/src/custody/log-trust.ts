import { fromBase64, fromHex, toHex } from '../model/bytes.ts'
import type { Ports, SignatureOutcome, SmallDigest } from '../model/ports.ts'
import type { TrustSet } from '../model/trust-set.ts'
import {
  ed25519Spki,
  type NoteKey,
  noteSignatureQuestion,
  parseNoteVerifierKey,
  partNoteSignature,
} from '../proofs/signed-note.ts'
import type { CheckpointFacts, HistoryFacts, KeyChangeFacts } from './history-facts.ts'

/** An anchor of role `log`: a log's own key, or a witness's (of signature type cosignature/v1). */
export interface LogAnchor {
  readonly label: string
  readonly key: NoteKey
  /** RFC 3339; null without a limit. */
  readonly from: string | null
  readonly until: string | null
}

/** A signature line of the checkpoint whose key is an anchor. */
export interface CheckedNoteSignature {
  readonly anchor: LogAnchor
  readonly outcome: SignatureOutcome
  /** Of a cosignature: seconds since 1970; null of the log's own. */
  readonly time: number | null
}

/** What the trust set makes of the checkpoint's signatures and the changes of key. Made anew for each judgement. */
export interface LogTrust {
  readonly anchors: readonly LogAnchor[]
  readonly signatures: readonly CheckedNoteSignature[]
  /** Signature lines of other names than the log's own whose key is no anchor. */
  readonly unknown: number
  readonly keyChanges: readonly CheckedKeyChange[]
}

/** A change of the log’s key, and what its signature is under the keys that are believed. */
export interface CheckedKeyChange {
  readonly line: number
  /** `key-missing`: the key that signed is not at hand. `key-differs`: the verifier key is not the one that `logKey` names. */
  readonly outcome: SignatureOutcome | 'key-missing' | 'key-differs' | 'malformed-value'
  /** Under which it is valid; null for a key that the change before gave the log and that is no anchor. */
  readonly anchors: readonly LogAnchor[] | null
}

/** Verifies what is signed with keys of logs and witnesses: the only asynchronous step of judging the log. */
export async function establishLogTrust(
  { custody, log }: HistoryFacts,
  trustSet: TrustSet | null,
  ports: Pick<Ports, 'signatures' | 'smallDigest'>,
): Promise<LogTrust> {
  const anchors = logAnchors(trustSet, ports.smallDigest)
  const { signatures, unknown } = await checkNoteSignatures(log.checkpoint, anchors, ports)
  const keyChanges: CheckedKeyChange[] = []
  const origin = custody.logStart.origin ?? log.checkpoint?.origin ?? null
  let current = custody.logStart.logKey
  let known: KnownKey | null = keyOf(current, anchors)
  for (const change of custody.keyChanges) {
    const key = parseNoteVerifierKey(change.verifierKey, ports.smallDigest)
    // What is signed names the log: without its first line neither that nor the key before is known, so that nothing contradicts.
    const checked =
      custody.logStart.logId === null
        ? ({ outcome: 'key-missing', anchors: null } as const)
        : await checkKeyChange(change, key, { old: known, anchors, origin }, ports)
    keyChanges.push({ line: change.line, ...checked })
    current = change.logKey
    const stated = key?.fingerprint === current ? { publicKey: key.publicKey, anchors: null } : null
    known = keyOf(current, anchors) ?? stated
  }
  return { anchors, signatures, unknown, keyChanges }
}

/** Lines of one key in one note that are computed: a note has one (C2SP signed-note); what is beyond is not decided. */
const LINES_OF_KEY = 4

/** Verifies the signature lines of a checkpoint whose keys are anchors. */
export async function checkNoteSignatures(
  checkpoint: CheckpointFacts | null,
  anchors: readonly LogAnchor[],
  ports: Pick<Ports, 'signatures'>,
): Promise<Pick<LogTrust, 'signatures' | 'unknown'>> {
  const signatures: CheckedNoteSignature[] = []
  const asked = new Map<LogAnchor, number>()
  let unknown = 0
  const text = fromBase64(checkpoint?.text ?? '') ?? new Uint8Array(0)
  for (const { name, signature } of checkpoint?.signatures ?? []) {
    const parts = partNoteSignature(name, signature)
    const anchor = parts === undefined ? undefined : byNameAndHash(anchors).get(`${parts.hash} ${name}`)
    if (parts === undefined || anchor === undefined) {
      if (name !== checkpoint?.origin) unknown++
      continue
    }
    const question = noteSignatureQuestion(anchor.key, parts.signature, text)
    const before = asked.get(anchor) ?? 0
    asked.set(anchor, before + 1)
    const outcome =
      question === undefined
        ? 'invalid'
        : before >= LINES_OF_KEY
          ? 'unsupported'
          : await verify(anchor.key.publicKey, question.message, question.signature, ports)
    signatures.push({ anchor, outcome, time: question?.time ?? null })
  }
  return { signatures, unknown }
}

const indexes = new WeakMap<readonly LogAnchor[], ReadonlyMap<string, LogAnchor>>()

/** Of two with one name and hash the first; every line of every note is looked up. */
function byNameAndHash(anchors: readonly LogAnchor[]): ReadonlyMap<string, LogAnchor> {
  const before = indexes.get(anchors)
  if (before !== undefined) return before
  const made = new Map(anchors.toReversed().map((anchor) => [`${anchor.key.hash} ${anchor.key.name}`, anchor]))
  indexes.set(anchors, made)
  return made
}

/** Keys of role `log`, in the order of the set. One that does not read as a signed-note key is no anchor. */
export function logAnchors(trustSet: TrustSet | null, smallDigest: SmallDigest): LogAnchor[] {
  return (trustSet?.file.anchors ?? []).flatMap(({ role, label, verifierKey, from, until }) => {
    const key = role === 'log' && verifierKey !== undefined ? parseNoteVerifierKey(verifierKey, smallDigest) : undefined
    return key === undefined ? [] : [{ label, key, from: from ?? null, until: until ?? null }]
  })
}

/** The fingerprint of the log's key after every change, hex; null when the log's beginning, or a change, was not read. */
export function currentLogKey({ logStart, keyChanges, keyChangesOmitted }: HistoryFacts['custody']): string | null {
  return keyChangesOmitted > 0 ? null : (keyChanges.at(-1)?.logKey ?? logStart.logKey)
}

/** A key that may sign a change, and the anchors that it is. */
interface KnownKey {
  readonly publicKey: Uint8Array
  readonly anchors: readonly LogAnchor[] | null
}

function keyOf(fingerprint: string | null, anchors: readonly LogAnchor[]): KnownKey | null {
  const own = logKeysOf(anchors).filter(({ key }) => key.fingerprint === fingerprint)
  const [first] = own
  return first === undefined ? null : { publicKey: first.key.publicKey, anchors: own }
}

/** For one change: each costs a signature check, and there are up to a thousand changes. A set has a few keys of one log. */
const VOUCHING_KEYS_TRIED = 16

async function checkKeyChange(
  change: KeyChangeFacts,
  key: NoteKey | undefined,
  keys: { readonly old: KnownKey | null; readonly anchors: readonly LogAnchor[]; readonly origin: string | null },
  ports: Pick<Ports, 'signatures'>,
): Promise<Omit<CheckedKeyChange, 'line'>> {
  const without = (outcome: CheckedKeyChange['outcome']) => ({ outcome, anchors: null })
  if (key === undefined || fromHex(change.logKey)?.length !== 32) return without('malformed-value')
  if (toHex(fromHex(change.logKey) ?? new Uint8Array(0)) !== key.fingerprint) return without('key-differs')
  const statement = fromBase64(change.statement)
  const signature = fromBase64(change.signature)
  if (statement === undefined || signature === undefined) return without('malformed-value')
  const signers =
    change.signedBy === 'old-key'
      ? [keys.old].filter((one) => one !== null)
      : vouchingKeys(keys.anchors, keys.origin, key.fingerprint)
  // Of more keys under one log's name some are left out, and what they may have signed is not decided.
  const tried = signers.slice(0, VOUCHING_KEYS_TRIED)
  let outcome: CheckedKeyChange['outcome'] = tried.length < signers.length ? 'unsupported' : 'key-missing'
  for (const signer of tried) {
    const found = await verify(signer.publicKey, statement, signature, ports)
    if (found === 'valid') return { outcome: 'valid', anchors: signer.anchors }
    // Of several anchors none need be the one that signed.
    if (change.signedBy === 'old-key' || found === 'unsupported') outcome = found
  }
  return without(outcome)
}

/**
 * The keys that may give a log another key when the one before is lost: those that the set has under the log's own name. The holder of
 * another log has no say here, and the new key none either: what it vouches for is all that was before it. Each once, with all its
 * anchors, which may differ in their intervals.
 */
function vouchingKeys(anchors: readonly LogAnchor[], origin: string | null, next: string): readonly KnownKey[] {
  const own = logKeysOf(anchors).filter(({ key }) => key.name === origin && key.fingerprint !== next)
  const byKey = new Map<string, { readonly publicKey: Uint8Array; readonly anchors: LogAnchor[] }>()
  for (const anchor of own) {
    const { fingerprint, publicKey } = anchor.key
    const one = byKey.get(fingerprint)
    if (one === undefined) byKey.set(fingerprint, { publicKey, anchors: [anchor] })
    else one.anchors.push(anchor)
  }
  return [...byKey.values()]
}

function logKeysOf(anchors: readonly LogAnchor[]): readonly LogAnchor[] {
  return anchors.filter(({ key }) => key.type === 'ed25519')
}

function verify(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
  { signatures }: Pick<Ports, 'signatures'>,
): Promise<SignatureOutcome> {
  // RFC 8032 §5.1.7: 64 octets, or it is no signature.
  if (signature.length !== 64) return Promise.resolve('invalid')
  return signatures.verify({ algorithm: { scheme: 'ed25519' }, publicKey: ed25519Spki(publicKey), message, signature })
}
