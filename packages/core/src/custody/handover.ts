import { canonicalText } from '../json/canonicalise.ts'
import { toBase64Url } from '../model/bytes.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { establishCms, type SignaturePorts } from '../pki/establish-cms.ts'
import { digestOfBytes } from '../pki/evidence-digest.ts'
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

/** Whether each opened hand-over signature is over the statement of its own line. */
export async function establishHandovers(
  opened: readonly OpenedHandover[],
  events: LineTable,
  logId: string,
  ports: SignaturePorts,
): Promise<readonly HandoverFacts[]> {
  const facts: HandoverFacts[] = []
  for (const { seq, by, cms } of opened) {
    const statement = statementOf(events, seq, logId)
    if (statement !== null) facts.push(await establishOne(seq, by, cms, handoverStatement(by, statement), ports))
  }
  return facts
}

function statementOf(events: LineTable, seq: number, logId: string): HandoverStatement | null {
  const slots = events.slotsOf(seq)
  const event = events.eventOf(seq)
  if (slots === null || event === null) return null
  const slot = (name: string) => toBase64Url(slots.digestAt(slots.names.indexOf(name)))
  return { agent: slot('agent'), objects: slot('objects'), receiver: slot('receiver'), event, logId }
}

async function establishOne(
  seq: number,
  by: HandoverFacts['by'],
  bytes: Uint8Array,
  statement: Uint8Array,
  ports: SignaturePorts,
): Promise<HandoverFacts> {
  const { failure, cms } = await establishCms(bytes, digestOfBytes(statement, ports), [], ports, statement)
  const given = { line: seq + 1, by, certificate: null, failure: null }
  if (cms === null) return { ...given, code: 'malformed', failure }
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
