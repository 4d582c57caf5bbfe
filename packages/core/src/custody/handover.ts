import { canonicalText } from '../json/canonicalise.ts'
import { toBase64Url } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { collectCertificates, poolOf } from '../pki/certificate-pool.ts'
import { establishCms, type SignaturePorts } from '../pki/establish-cms.ts'
import { digestOfBytes } from '../pki/evidence-digest.ts'
import type { CmsFacts, PooledCertificate } from '../pki/facts.ts'
import { keyIdentity } from '../pki/key-identity.ts'
import { signingCandidate } from '../pki/trust-candidate.ts'
import type { HandoverFacts } from './history-facts.ts'
import type { LineTable } from './line-table.ts'
import type { OpenedHandover } from './opened-events.ts'

/** What giver and receiver of a transfer sign. Slots stand for the values: a signature shows nothing that is withheld. */
export interface HandoverStatement {
  /** Slots of the line's `agent`, `objects` and `receiver`. */
  readonly agent: string
  readonly objects: string
  readonly receiver: string
  /** `event` of the line: 128 random bits, hex. */
  readonly event: string
  /** Of the log. */
  readonly logId: string
}

/** The bytes that are signed: canonical JSON. The receiver's type is another, so that no signature stands for the other. */
export function handoverStatement(by: 'giver' | 'receiver', statement: HandoverStatement): Uint8Array {
  const { agent, event, logId, objects, receiver } = statement
  const type = by === 'giver' ? 'probatum/handover/1' : 'probatum/handover-receipt/1'
  return encodeUtf8(canonicalText({ agent, event, logId, objects, receiver, statement: type }))
}

/**
 * The signatures that hold, with their certificates, for whoever judges whose they are. They name people: as opened
 * values they are in no facts (see FactsFile).
 */
export interface HandoverSignatures {
  readonly signatures: readonly { readonly line: number; readonly by: HandoverFacts['by']; readonly cms: CmsFacts }[]
  /** Of these signatures, by SHA-256, each once. */
  readonly certificates: readonly PooledCertificate[]
}

/** What is known of the opened hand-over signatures of a log: facts, and apart from them the signatures with people's names. */
export interface EstablishedHandovers {
  readonly facts: readonly HandoverFacts[]
  readonly signatures: HandoverSignatures
}

/**
 * Whether each opened hand-over signature is over the statement of its own line, and of no other one.
 * @param logId of `log-start`; null where that line does not tell: which statement is asked for is not known then
 */
export async function establishHandovers(
  opened: readonly OpenedHandover[],
  events: LineTable,
  logId: string | null,
  ports: SignaturePorts,
): Promise<EstablishedHandovers> {
  const facts: HandoverFacts[] = []
  const structures = new Map<
    HandoverFacts,
    { readonly cms: CmsFacts; readonly bytes: Uint8Array; readonly marks: readonly string[] }
  >()
  const sides = new Set<string>()
  const replayed = replayedEvents(
    events,
    opened.map(({ seq }) => seq),
  )
  for (const { seq, by, cms: bytes, isNamed } of opened) {
    if (logId === null) {
      facts.push({ line: seq + 1, by, code: 'line-unread', certificate: null, failure: null })
      continue
    }
    const statement = statementOf(events, seq, logId)
    if (statement === null) continue
    const established = await establishOne(seq, by, bytes, handoverStatement(by, statement), ports)
    const { cms, facts: found } = established
    const holds = replayed.has(seq) ? 'replayed' : isNamed ? 'holds' : 'name-closed'
    const one: HandoverFacts = { ...found, code: found.code === 'holds' ? holds : found.code }
    facts.push(one)
    if (cms === null || one.code !== 'holds') continue
    const marks = marksOfSigner(one, bytes, ports)
    structures.set(one, { cms, bytes, marks })
    for (const mark of marks) sides.add(sideOf(one.line, by, mark))
  }
  const told = facts.map((one): HandoverFacts => {
    const otherSide = one.by === 'giver' ? 'receiver' : 'giver'
    const isBoth = structures.get(one)?.marks.some((mark) => sides.has(sideOf(one.line, otherSide, mark))) === true
    return isBoth ? { ...one, code: 'one-for-both' } : one
  })
  const holding = facts
    .filter((one, at) => told[at] === one)
    .flatMap((one) => {
      const structure = structures.get(one)
      return structure === undefined ? [] : [{ line: one.line, by: one.by, ...structure }]
    })
  const sources = holding.map(({ line, by, bytes }) => ({ path: `${line} ${by}`, bytes, kind: 'signature' as const }))
  return {
    facts: told,
    signatures: {
      signatures: holding.map(({ line, by, cms }) => ({ line, by, cms })),
      certificates: poolOf(collectCertificates(sources, ports.smallDigest).certificates),
    },
  }
}

const sideOf = (line: number, by: HandoverFacts['by'], mark: string): string => `${line} ${by} ${mark}`

/**
 * What a signer is known by: the key that the signature holds under, and the subject of its certificate. One of them on both sides of
 * a line is one person's word, not two: a new key is soon made, and a second name soon found. Of a certificate there can be several
 * over one key, written in more than one way, and whoever has one certificate signed with ECDSA can write a second: (r, n - s) holds too.
 */
function marksOfSigner(
  { certificate }: HandoverFacts,
  bytes: Uint8Array,
  { smallDigest }: Pick<SignaturePorts, 'smallDigest'>,
): readonly string[] {
  const { certificates } = collectCertificates([{ path: '', bytes, kind: 'signature' }], smallDigest)
  const signer = certificates.find(({ sha256 }) => sha256 === certificate)
  if (signer === undefined) return [`certificate ${certificate ?? ''}`]
  return [`key ${keyIdentity(signer.spki)}`, `subject ${signer.subject.key}`]
}

/** Of these lines those whose event id, 128 random bits, is also another line's: a signature was put to use again. */
function replayedEvents(events: LineTable, lines: readonly number[]): ReadonlySet<number> {
  const wanted = new Map<string, number>()
  for (const seq of new Set(lines)) {
    const event = events.eventOf(seq)
    if (event !== null) wanted.set(event, 0)
  }
  if (wanted.size === 0) return new Set()
  for (let seq = 0; seq < events.count; seq++) {
    const event = events.eventOf(seq)
    const times = event === null ? undefined : wanted.get(event)
    if (event !== null && times !== undefined) wanted.set(event, times + 1)
  }
  return new Set(lines.filter((seq) => (wanted.get(events.eventOf(seq) ?? '') ?? 0) > 1))
}

function statementOf(events: LineTable, seq: number, logId: string): HandoverStatement | null {
  const slots = events.slotsOf(seq)
  const event = events.eventOf(seq)
  if (slots === null || event === null) return null
  const slot = (name: string) => toBase64Url(slots.digestAt(slots.names.indexOf(name)))
  return { agent: slot('agent'), objects: slot('objects'), receiver: slot('receiver'), event, logId }
}

/** Whether a CMS of giver or receiver holds over a statement; for whoever is about to put it into a log. */
export async function establishHandover(
  cms: Uint8Array,
  statement: Uint8Array,
  ports: SignaturePorts,
): Promise<HandoverFacts['code']> {
  return (await establishOne(0, 'giver', cms, statement, ports)).facts.code
}

/**
 * What the signer of a CMS of giver or receiver is known by, key and subject: where both sides have one in common, they are one
 * person's word, not two. None for one that does not hold.
 */
export async function handoverMarks(
  cms: Uint8Array,
  statement: Uint8Array,
  ports: SignaturePorts,
): Promise<readonly string[]> {
  const { facts } = await establishOne(0, 'giver', cms, statement, ports)
  return facts.code === 'holds' ? marksOfSigner(facts, cms, ports) : []
}

async function establishOne(
  seq: number,
  by: HandoverFacts['by'],
  bytes: Uint8Array,
  statement: Uint8Array,
  ports: SignaturePorts,
): Promise<{ readonly facts: HandoverFacts; readonly cms: CmsFacts | null }> {
  const { failure, cms } = await establishCms(
    bytes,
    digestOfBytes(statement, ports),
    [],
    ports,
    statement,
    LIMITS.statementSignatureChecks,
  )
  const given = { line: seq + 1, by, certificate: null, failure: null }
  return { facts: cms === null ? { ...given, code: 'malformed', failure } : factsOf(given, cms), cms }
}

function factsOf(given: Omit<HandoverFacts, 'code'>, cms: CmsFacts): HandoverFacts {
  const [signer, more] = cms.signers
  if (signer === undefined || more !== undefined) return { ...given, code: 'not-signed' }
  const candidate = signingCandidate(signer, cms)
  // Without signed attributes, or with a certificate that is not bound, it could be a signature over something else.
  if (candidate === null || signer.signedAttrs !== 'der' || candidate.bound !== 'match') {
    return { ...given, code: 'not-signed' }
  }
  const named = { ...given, certificate: candidate.certificate }
  if (cms.eContent === 'differs') return { ...named, code: 'other-content' }
  if (signer.contentDigest === null || candidate.signature === 'unsupported') return { ...named, code: 'unsupported' }
  if (signer.messageDigest !== signer.contentDigest) return { ...named, code: 'other-content' }
  if (candidate.signature === 'not-tried') return { ...named, code: 'limit' }
  return { ...named, code: candidate.signature === 'valid' ? 'holds' : 'signature' }
}
