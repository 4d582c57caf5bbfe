import {
  AUTHORISATION,
  CHECKPOINT,
  CUSTODY,
  canonicalise,
  canonicalText,
  DISCLOSURES,
  encodeUtf8,
  type Instant,
  ITEMS,
  merkleRoot,
  type Opening,
  PROOFS,
  toHex,
} from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import {
  type DemonstrationAuthority,
  DRAFT_AUTHORISATION,
  type LogKey,
  type MadeLine,
  makeCheckpoint,
  makeEventLine,
  makeItemLine,
  memorySink,
  seededRandom,
  writeBundleRecord,
  writeSeal,
  writeTagFiles,
} from '@probatum/seal'
import { CoveredFiles } from '../../packages/seal/src/sealing/covered-files.ts'

const FILES: readonly string[] = ['one', 'two', 'three', 'four'].map((name) => `${name}, an invented file (sample)\n`)

/** What a bundle of an invented log is made from. */
export interface LogPlan {
  readonly authority: DemonstrationAuthority
  readonly now: Instant
  readonly seed: string
  readonly log: LogKey
  /** Events between log-start and the export; the exports of other bundles among them. */
  readonly events: number
  readonly items: number
  /** From this event on, another history. */
  readonly rewrittenFrom?: number
  readonly caseId?: string
  readonly withholdCase?: boolean
  /** Items that are stubs. */
  readonly withheld?: readonly number[]
}

/**
 * A bundle over a log that goes on after it: the export event is the last line, and the line at that place in a longer
 * log too, because every line comes from one seed.
 */
export async function sealedLogSample(plan: LogPlan): Promise<ReadonlyMap<string, Uint8Array>> {
  const { authority, seed, log, events, items, rewrittenFrom, caseId = 'Example case 7 (sample)', withheld = [] } = plan
  const sink = memorySink()
  const files = new CoveredFiles(sink, () => startDigest(), ['sha256'])
  const random = (part: string) => seededRandom(`${seed} ${part}`)
  const itemLines: MadeLine[] = []
  const payload = { files: 0, bytes: 0 }
  const openings: Opening[] = []
  for (let seq = 0; seq < items; seq++) {
    const bytes = encodeUtf8(FILES[seq % FILES.length] ?? '')
    const path = `data/00/${String(seq + 1).padStart(6, '0')}.txt`
    const sha256 = toHex(nodeSmallDigest('sha256', bytes))
    const line = makeItemLine(
      seq,
      { path, sha256, size: bytes.length, originalName: `file ${seq} (sample).txt` },
      { random: random(`item ${seq}`) },
    )
    itemLines.push(line)
    if (withheld.includes(seq)) continue
    await files.write(path, bytes)
    payload.files += 1
    payload.bytes += bytes.length
    openings.push(...line.openings)
  }
  const eventLines: MadeLine[] = []
  const history = (seq: number) => (rewrittenFrom !== undefined && seq >= rewrittenFrom ? 'rewritten ' : '')
  const logId = toHex(random('log id')(16))
  const authorisation = canonicalise(DRAFT_AUTHORISATION)
  const rootOf = (lines: readonly MadeLine[]) =>
    merkleRoot(
      lines.map(({ digest }) => digest),
      nodeSmallDigest,
    )
  for (let seq = 0; seq < events; seq++) {
    const at = { seq, previous: eventLines.at(-1)?.digest ?? null }
    const making = { random: random(`${history(seq)}event ${seq}`) }
    // Every third event is the export of some bundle, over one item more each time.
    const count = Math.min(itemsAt(seq + 1), items)
    eventLines.push(
      seq === 0
        ? makeEventLine(at, 'log-start', { logId, logKey: log.fingerprint, origin: log.origin }, { caseId }, making)
        : seq % 3 === 2
          ? makeEventLine(
              at,
              'export',
              {
                authorisation: toHex(nodeSmallDigest('sha256', authorisation)),
                exportNumber: toHex(making.random(16)),
                itemCount: count,
                itemRoot: toHex(rootOf(itemLines.slice(0, count))),
              },
              {},
              making,
            )
          : makeEventLine(at, 'analysis', {}, { note: `${history(seq)}note ${seq}` }, making),
    )
  }
  const own = eventLines.length - 1
  const shown = eventLines
    .slice(0, own)
    .flatMap(({ openings: of, seq }) => (seq === 0 && plan.withholdCase === true ? [] : of))
  const text = (lines: readonly string[]) => encodeUtf8(lines.map((line) => `${line}\n`).join(''))
  await files.write(
    ITEMS,
    text(
      itemLines.map(({ seq, text: line, digest }) =>
        withheld.includes(seq) ? canonicalText({ seq, withheld: toHex(digest) }) : line,
      ),
    ),
  )
  await files.write(DISCLOSURES, text([...shown, ...openings].map((opening) => canonicalText(opening))))
  await files.write(AUTHORISATION, authorisation)
  await files.write(CUSTODY, text(eventLines.map((line) => line.text)))
  await files.write(CHECKPOINT, await makeCheckpoint(log, eventLines.length, rootOf(eventLines)))
  await files.write(PROOFS, new Uint8Array(0))
  const statement = {
    sink,
    now: plan.now,
    random: random('seal'),
    issuer: 'Example Mechanism (sample)',
    recipient: null,
    externalIdentifier: 'Example log (sample)',
    longTerm: false,
    sample: true,
    signer: authority.signer,
    timeStampAuthorities: [authority.timeStampAuthority],
    log,
    softwareAgent: 'probatum',
  }
  await writeBundleRecord(statement, files, { id: logId, itemCount: items })
  await writeTagFiles(statement, files, payload)
  await writeSeal(statement, files)
  return sink.files
}

/** Items that an export over so many events states. */
const itemsAt = (events: number) => Math.floor(events / 3)

function startDigest() {
  const pieces: Uint8Array[] = []
  return {
    update: (bytes: Uint8Array) => {
      pieces.push(bytes.slice())
    },
    digest: () => nodeSmallDigest('sha256', new Uint8Array(Buffer.concat(pieces))),
  }
}
