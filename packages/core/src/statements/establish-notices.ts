import type { EventTypeName } from '../bundle/line-types.ts'
import { parseCheckpoint, signedTextOf } from '../bundle/record-checkpoint.ts'
import type { RecordFacts } from '../bundle/record-facts.ts'
import { EVENT_SHAPES, type LineForm } from '../bundle/record-shapes.ts'
import type { CheckpointFacts } from '../custody/history-facts.ts'
import { parseJson } from '../json/parse.ts'
import { memberOf, readClosed } from '../json/shape.ts'
import { isJsonObject } from '../json/value.ts'
import { compareBytes, fromHex, toBase64, toHex } from '../model/bytes.ts'
import type { Facts } from '../model/facts.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { SmallDigest } from '../model/ports.ts'
import type { ReportInputs } from '../model/report.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import {
  type CertificateSource,
  collectCertificates,
  parseFailureOf,
  parsePool,
  poolOf,
} from '../pki/certificate-pool.ts'
import { establishCms, type SignaturePorts } from '../pki/establish-cms.ts'
import { digestOfBytes } from '../pki/evidence-digest.ts'
import type { PooledCertificate } from '../pki/facts.ts'
import { lineDigest } from '../proofs/line-digest.ts'
import { merkleLeaf } from '../proofs/merkle.ts'
import { verifyConsistency, verifyInclusion } from '../proofs/merkle-proof.ts'
import {
  NOTICE_EVENT_TYPES,
  type NoticedBundle,
  type NoticeEventType,
  type NoticeStatement,
  parseNotice,
} from './notice.ts'
import type { NoticeContextFacts, NoticeFacts, NoticesFacts } from './notice-facts.ts'
import { type SignedStatement, statementTypeOf } from './signed-statement.ts'

/** What notices are compared with: a bundle, or a bag. */
export interface NoticedContent {
  readonly bundleId: string | null
  readonly records: RecordFacts | null
  readonly signatures: Facts['signatures']
  /** Of the content: a notice may leave out what stands there. */
  readonly certificates: readonly PooledCertificate[]
}

/** The file that a seal id is of. */
export const SEAL_ID_FILE = 'seal/1/tagmanifest-sha256.txt.p7s'

/**
 * Reads notices and compares each with the bundle that it was given with: arithmetic alone. The order in which they were
 * given does not matter, and one that was given twice is one. Never throws on hostile bytes.
 */
export async function establishNotices(
  given: readonly Uint8Array[],
  content: NoticedContent,
  ports: SignaturePorts,
): Promise<NoticesFacts> {
  const digests = given.map((bytes) => ({ bytes, digest: ports.smallDigest('sha256', bytes) }))
  digests.sort((a, b) => compareBytes(a.digest, b.digest))
  const files = digests.filter(
    ({ digest }, at) => at === 0 || compareBytes(digest, digests[at - 1]?.digest ?? digest) !== 0,
  )
  const facts: NoticeFacts[] = []
  let total = 0
  const sources: CertificateSource[] = []
  const pool = parsePool(content.certificates, ports.smallDigest)
  for (const { bytes, digest } of files) {
    const sha256 = toHex(digest)
    total += bytes.length
    const isBeyond = facts.length >= LIMITS.noticesGiven || total > LIMITS.noticesBytes
    const read = isBeyond ? tooMany() : readNotice(bytes, content, ports.smallDigest)
    const { parsed, ...said } = read
    let cms: Pick<NoticeFacts, 'cms' | 'cmsFailure'> = { cms: null, cmsFailure: null }
    // A notice about another bundle is told, and nothing rests on its signature.
    if (parsed !== null && said.about !== 'other-bundle') {
      const found = await establishCms(
        parsed.cms,
        digestOfBytes(parsed.signed, ports),
        pool,
        ports,
        parsed.signed,
        LIMITS.statementSignatureChecks,
      )
      cms = { cms: found.cms, cmsFailure: found.failure }
      sources.push({ path: sha256, bytes: parsed.cms, kind: 'signature' })
    }
    facts.push({ sha256, bytes: bytes.length, ...said, ...cms })
  }
  return { files: facts, certificates: poolOf(collectCertificates(sources, ports.smallDigest).certificates) }
}

/** The given files as they stand in a report's inputs. */
export function describeGivenNotices({ notices }: Pick<Facts, 'notices'>): ReportInputs['files'] {
  return (notices?.files ?? []).map(({ sha256 }) => ({ kind: 'notice', sha256 }))
}

interface ReadNotice extends Pick<NoticeFacts, 'state' | 'failure' | 'statement' | 'about' | 'context'> {
  readonly parsed: SignedStatement<NoticeStatement> | null
}

const UNREAD = { statement: null, about: null, context: null, parsed: null } as const

function tooMany(): ReadNotice {
  const failure = { code: 'ERR_LIMIT', where: 'notices', offset: null, spec: null } as const
  return { state: 'limit', failure, ...UNREAD }
}

function readNotice(bytes: Uint8Array, content: NoticedContent, digest: SmallDigest): ReadNotice {
  try {
    const parsed = parseNotice(bytes)
    const { statement } = parsed
    const checkpoint = readCheckpoint(statement.checkpoint)
    const event = statement.event === null ? null : readEvent(statement.event.line)
    const { bundleId } = content
    const named = statement.bundles.find(({ bundle }) => bundle === bundleId)
    const about = bundleId === null ? 'not-comparable' : named === undefined ? 'other-bundle' : 'this-bundle'
    const context = named === undefined ? null : compareNotice(statement, named, { checkpoint, event }, content, digest)
    return { state: 'read', failure: null, statement, about, context, parsed }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const failure = parseFailureOf(error)
    if (error.code === 'ERR_LIMIT') return { state: 'limit', failure, ...UNREAD }
    const type = statementTypeOf(bytes, 'notice')
    const isLater = type !== null && /^probatum\/notice\/[2-9][0-9]*$/.test(type)
    return { state: isLater ? 'unknown-version' : 'malformed', failure, ...UNREAD }
  }
}

function readCheckpoint(note: string): CheckpointFacts {
  const bytes = encodeUtf8(note)
  if (bytes.length > LIMITS.checkpointBytes) {
    const found = `${bytes.length}`
    throw new ParseError('ERR_LIMIT', {
      where: 'notice.checkpoint',
      expected: `at most ${LIMITS.checkpointBytes}`,
      found,
    })
  }
  const { origin, size, root, signatures } = parseCheckpoint(bytes, 'notice.checkpoint')
  return { origin, size, root, text: toBase64(signedTextOf(bytes)), signatures }
}

interface EventRead {
  readonly bytes: Uint8Array
  readonly seq: number
  readonly type: NoticeEventType
}

/** A line of custody.jsonl as it stands in the log. @throws ParseError */
function readEvent(line: string): EventRead {
  const where = 'notice.event.line'
  const bytes = encodeUtf8(line)
  const value = parseJson(bytes, where, { limit: LIMITS.jsonLineBytes, canonical: true })
  const written = isJsonObject(value) ? memberOf(value, 'type') : undefined
  const type = NOTICE_EVENT_TYPES.find((one) => one === written)
  const shape = type === undefined ? undefined : EVENT_SHAPES.get(type satisfies EventTypeName)
  if (type === undefined || shape === undefined) {
    throw new ParseError('ERR_JSON_SHAPE', { where: `${where} type`, expected: NOTICE_EVENT_TYPES.join(' | ') })
  }
  const { seq }: LineForm = readClosed(shape, value, where)
  return { bytes, seq, type }
}

function compareNotice(
  { log, items, event: shown }: NoticeStatement,
  named: NoticedBundle,
  { checkpoint, event }: { readonly checkpoint: CheckpointFacts; readonly event: EventRead | null },
  { records, signatures }: NoticedContent,
  digest: SmallDigest,
): NoticeContextFacts {
  const history = records?.history ?? null
  const sealed = signatures.find(({ path }) => path === SEAL_ID_FILE)
  const id = history?.custody.logStart.logId ?? records?.record?.log.id ?? null
  const own = history?.log.checkpoint ?? null
  const origin = own?.origin ?? records?.record?.log.origin ?? null
  const itemCount = history?.log.itemLines ?? records?.record?.itemCount ?? null
  const last = items?.at(-1) ?? null
  const isSameLog = log.id === id && log.origin === origin && checkpoint.origin === log.origin
  return {
    seal: sealed === undefined ? 'unknown' : sealed.sha256 === named.seal ? 'same' : 'differs',
    log: id === null || origin === null ? 'unknown' : isSameLog ? 'same' : 'differs',
    consistency: own === null ? 'unknown' : continues(own, checkpoint, named, digest) ? 'holds' : 'differs',
    items: last === null ? 'within' : itemCount === null ? 'unknown' : last < itemCount ? 'within' : 'beyond',
    event:
      event === null
        ? null
        : { state: isIncluded(event, shown?.path ?? [], checkpoint, digest), seq: event.seq, type: event.type },
    checkpoint,
  }
}

const NO_BYTES = new Uint8Array(0)
const octetsOf = (path: readonly string[]) => path.map((node) => fromHex(node) ?? NO_BYTES)

function continues(own: CheckpointFacts, later: CheckpointFacts, named: NoticedBundle, digest: SmallDigest): boolean {
  if (named.size !== own.size) return false
  const [first, second] = [fromHex(own.root) ?? NO_BYTES, fromHex(later.root) ?? NO_BYTES]
  return verifyConsistency(own.size, later.size, octetsOf(named.consistencyPath), first, second, digest)
}

function isIncluded(
  { bytes, seq }: EventRead,
  path: readonly string[],
  { size, root }: CheckpointFacts,
  digest: SmallDigest,
): 'included' | 'not-included' {
  const leaf = merkleLeaf(lineDigest(bytes, digest), digest)
  const holds = verifyInclusion(leaf, seq, size, octetsOf(path), fromHex(root) ?? NO_BYTES, digest)
  return holds ? 'included' : 'not-included'
}
