import {
  concatBytes,
  cosignedMessage,
  decodeUtf8,
  encodeUtf8,
  formatInstant,
  fromBase64,
  fromHex,
  type Instant,
  LIMITS,
  type NoteKey,
  noteSignatureQuestion,
  noteVerifierKey,
  orNull,
  parseCheckpoint,
  parseNoteVerifierKey,
  partNoteSignature,
  type SignatureVerifier,
  type SmallDigest,
  signedTextOf,
  toBase64,
  verifyConsistency,
  verifyNoteSignature,
} from '@probatum/core'
import { smallDigest } from '../digest.ts'
import { ED25519_SPKI_PREFIX, type SigningKey } from '../keys/signing-key.ts'

/** The key of a witness: Ed25519 under a name of its own (C2SP tlog-cosignature). */
export interface WitnessKey {
  readonly name: string
  readonly key: SigningKey
  /** `name+hash+key` of C2SP signed-note, type cosignature/v1: an anchor of role log. */
  readonly verifierKey: string
}

/** Names an Ed25519 key as a witness's. Throws TypeError for other keys and for names that a note cannot carry. */
export function witnessKey(name: string, key: SigningKey): WitnessKey {
  if (key.scheme !== 'ed25519') throw new TypeError('the key of a witness is an Ed25519 key')
  if (name === '' || /[\s+\p{Cc}]/u.test(name)) throw new TypeError('a witness’s name has no white space and no plus')
  const publicKey = key.spki.subarray(ED25519_SPKI_PREFIX.length)
  return { name, key, verifierKey: noteVerifierKey(name, publicKey, smallDigest, 'cosignature/v1') }
}

/** The signature line of a witness over a checkpoint's text, with its line feed. `time` in whole seconds since 1970. */
export async function cosignatureLine(witness: WitnessKey, text: Uint8Array, time: number): Promise<string> {
  const { name, key, verifierKey } = witness
  const hash = fromHex(parseNoteVerifierKey(verifierKey, smallDigest)?.hash ?? '') ?? new Uint8Array(0)
  const stamp = new Uint8Array(8)
  new DataView(stamp.buffer).setBigUint64(0, BigInt(time))
  const signature = await key.sign(cosignedMessage(text, time), 'sha512')
  return `— ${name} ${toBase64(concatBytes(hash, stamp, signature))}\n`
}

/** What a log asks of a witness: the body of `add-checkpoint` (C2SP tlog-witness). */
export interface WitnessRequest {
  /** Size of the tree that the witness cosigned last; 0 for none. */
  readonly oldSize: number
  /** Consistency proof (RFC 9162 §2.1.4) from there. */
  readonly proof: readonly Uint8Array[]
  /** The checkpoint, signed by the log. */
  readonly note: Uint8Array
}

/** The request in bytes, as `readWitnessRequest` reads it: size, proof in base64 a line, an empty line, and the checkpoint. */
export function writeWitnessRequest({ oldSize, proof, note }: WitnessRequest): Uint8Array {
  const head = [`old ${oldSize}`, ...proof.map(toBase64), '', ''].join('\n')
  return concatBytes(encodeUtf8(head), note)
}

/** `undefined` for what is not of the form. */
export function readWitnessRequest(bytes: Uint8Array): WitnessRequest | undefined {
  if (bytes.length > LIMITS.checkpointBytes) return undefined
  const text = decodeUtf8(bytes)
  const [, size, nodes = '', note] =
    /^old (0|[1-9][0-9]{0,15})\n((?:[A-Za-z0-9+/=]+\n){0,63})\n(.*)$/s.exec(text ?? '') ?? []
  if (size === undefined || note === undefined || !Number.isSafeInteger(Number(size))) return undefined
  const proof = nodes
    .split('\n')
    .slice(0, -1)
    .map((node) => fromBase64(node))
  if (proof.some((node) => node?.length !== 32)) return undefined
  return { oldSize: Number(size), proof: proof.flatMap((node) => node ?? []), note: encodeUtf8(note) }
}

/** What a witness remembers of a log: the last head that it cosigned. */
export interface WitnessedLog {
  readonly origin: string
  readonly verifierKey: string
  readonly size: number
  /** Merkle root, hex; of size 0 anything. */
  readonly root: string
}

/** What a witness makes of a request, by what it cosigned before. */
export type WitnessAnswer =
  /** It continues what was cosigned before. `log`: what is to be remembered, durably, before the cosignature is given away. */
  | { readonly answer: 'consistent'; readonly log: WitnessedLog; readonly text: Uint8Array }
  /** The proof begins elsewhere: it is wanted from `size`. */
  | { readonly answer: 'other-size'; readonly size: number }
  | {
      readonly answer: 'refused'
      readonly reason: 'malformed' | 'other-log' | 'signature' | 'smaller' | 'inconsistent'
    }

/**
 * Whether a witness may cosign: the log's own signature holds under the key that the witness knows, and the tree
 * continues the one that was cosigned before.
 */
export async function judgeWitnessRequest(
  request: WitnessRequest,
  known: WitnessedLog,
  ports: { readonly signatures: SignatureVerifier; readonly smallDigest: SmallDigest },
): Promise<WitnessAnswer> {
  const refused = (reason: Extract<WitnessAnswer, { answer: 'refused' }>['reason']) =>
    ({ answer: 'refused', reason }) as const
  const checkpoint = orNull(() => parseCheckpoint(request.note, 'checkpoint'))
  if (checkpoint === null) return refused('malformed')
  const { origin, size, root } = checkpoint
  const key = parseNoteVerifierKey(known.verifierKey, ports.smallDigest)
  if (key === undefined || origin !== known.origin || key.name !== origin || key.type !== 'ed25519')
    return refused('other-log')
  const text = signedTextOf(request.note)
  if ((await verifyNoteSignature(key, checkpoint.signatures, text, ports.signatures)) !== 'valid')
    return refused('signature')
  if (request.oldSize !== known.size) return { answer: 'other-size', size: known.size }
  if (size < known.size) return refused('smaller')
  const octets = (hex: string) => fromHex(hex) ?? new Uint8Array(0)
  const continues =
    known.size === 0
      ? request.proof.length === 0
      : verifyConsistency(known.size, size, request.proof, octets(known.root), octets(root), ports.smallDigest)
  if (!continues) return refused('inconsistent')
  return { answer: 'consistent', log: { ...known, size, root }, text }
}

/** A witness as the maker of a bundle meets it. */
export interface Witness {
  /** For messages. */
  readonly label: string
  /** The key that recipients have of it, of type cosignature/v1: nothing that does not hold under it gets into a bundle. */
  readonly key: NoteKey
  /**
   * Hands over the body of `add-checkpoint`. Gives the signature lines, or the size from which the witness wants the proof.
   * Throws WitnessError.
   */
  cosign(request: Uint8Array): Promise<{ readonly lines: string } | { readonly size: number }>
}

/** Who is asked, and what is needed to judge the answers. */
export interface Witnesses {
  readonly asked: readonly Witness[]
  readonly signatures: SignatureVerifier
  /** What time it is when an answer is there; without it no time is too late. */
  readonly clock?: () => Instant
}

/** A witness that did not cosign. */
export class WitnessError extends Error {
  override readonly name = 'WitnessError'
  readonly label: string

  constructor(label: string, detail: string, options?: ErrorOptions) {
    super(detail, options)
    this.label = label
  }
}

/** By how much the clock of a witness may differ from this one. */
const CLOCK_TOLERANCE = 300

/**
 * A checkpoint with the signature lines of these witnesses added; each is asked again once, where it wants the proof from another size.
 * A line that does not hold would make the bundle one whose log is contradicted (`log.witnesses`), and nobody could mend that once it is
 * sealed.
 * @param made when the checkpoint was signed: no cosignature is from before
 */
export async function cosigned(
  note: Uint8Array,
  witnesses: Witnesses | undefined,
  tree: { readonly size: number; consistencyPath(first: number): readonly Uint8Array[] },
  firstTry: number,
  made: Instant,
): Promise<Uint8Array> {
  let signed = note
  if (witnesses === undefined) return signed
  const text = signedTextOf(note)
  const names = new Set(orNull(() => parseCheckpoint(note, 'checkpoint'))?.signatures.map(({ name }) => name))
  for (const witness of witnesses.asked) {
    const ask = (oldSize: number) => {
      const proof = oldSize === 0 ? [] : tree.consistencyPath(oldSize)
      return witness.cosign(writeWitnessRequest({ oldSize, proof, note }))
    }
    let answer = await ask(firstTry)
    if ('size' in answer) {
      const { size } = answer
      if (!Number.isSafeInteger(size) || size < 0 || size > tree.size)
        throw new WitnessError(witness.label, `it has cosigned ${size} lines of this log; there are ${tree.size}`)
      answer = await ask(size)
    }
    if ('size' in answer) throw new WitnessError(witness.label, 'it wants the proof from another size each time')
    const lines = answer.lines.split('\n').filter((one) => one !== '')
    if (lines.length === 0) throw new WitnessError(witness.label, 'it gave no cosignature')
    for (const line of lines) {
      const [, name = '', signature = ''] = /^— ([^\s+]{1,255}) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? []
      // Key ID, time, signature: C2SP tlog-cosignature.
      if (fromBase64(signature)?.length !== 76) throw new WitnessError(witness.label, 'what it gave is no cosignature')
      if (names.has(name)) throw new WitnessError(witness.label, `it signed as ${name}, which has signed already`)
      names.add(name)
      await requireHolds(witness, { name, signature, text }, witnesses, made)
      signed = concatBytes(signed, encodeUtf8(`${line}\n`))
    }
    if (signed.length > LIMITS.checkpointBytes)
      throw new WitnessError(witness.label, 'it gave more than a checkpoint can hold')
  }
  return signed
}

async function requireHolds(
  { label, key }: Witness,
  line: { readonly name: string; readonly signature: string; readonly text: Uint8Array },
  { signatures, clock }: Witnesses,
  made: Instant,
): Promise<void> {
  const refuse = (detail: string) => new WitnessError(label, detail)
  const { name, signature, text } = line
  const parts = partNoteSignature(name, signature)
  const question = parts && noteSignatureQuestion(key, parts.signature, text)
  if (question === undefined || question.time === null) throw refuse('what it gave is no cosignature')
  const outcome = await verifyNoteSignature(key, [line], text, signatures)
  if (outcome === 'absent')
    throw refuse(`it signed as ${name} with key ${parts?.hash}, not as ${key.name} with key ${key.hash}`)
  if (outcome !== 'valid') throw refuse('its cosignature does not hold over this checkpoint under its key')
  const stated = formatInstant({ epochSeconds: Math.min(question.time, LAST_SECOND), fraction: '' })
  if (question.time < made.epochSeconds - CLOCK_TOLERANCE)
    throw refuse(`it states ${stated}, which is before the checkpoint was made (${formatInstant(made)})`)
  const now = clock?.()
  // Recipients would have to wait until then: `log.witnesses` is INDETERMINATE:later.
  if (now !== undefined && question.time > now.epochSeconds + CLOCK_TOLERANCE)
    throw refuse(`it states ${stated}, which is later than now (${formatInstant(now)})`)
}

/** 9999-12-31T23:59:59Z: what is beyond is no time that can be written. */
const LAST_SECOND = 253_402_300_799
