import type { FindingId } from '../checks/catalogue.ts'
import type { CheckpointFacts } from '../custody/history-facts.ts'
import type { FactsFile } from '../model/facts.ts'
import type { Finding } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import type { LogLines } from './log-lines.ts'

/** What one bundle's log says of itself, and how far it is believed: what two of are compared. */
export interface LogView {
  readonly name: string
  readonly origin: string | null
  readonly logId: string | null
  readonly head: CheckpointFacts | null
  readonly standing: LogStanding
  /** Items as the signed export event states them and as they are here; null unless both agree. */
  readonly items: { readonly count: number; readonly root: string } | null
  /** Null where only facts are at hand. */
  readonly lines: LogLines | null
}

/** Whether head and lines are what a believed key signed. */
export type LogStanding =
  | {
      readonly state: 'trusted'
      /** Fingerprint of the key that signed the checkpoint, hex. */
      readonly signer: string
      /** Keys that are proved to be this log's: the signer, and those before it where every change is signed. */
      readonly keys: readonly string[]
    }
  /** `signer`: the checkpoint itself is signed by this believed key all the same. */
  | {
      readonly state: 'not-trusted' | 'contradicts'
      readonly finding: FindingId | null
      readonly reason: string | null
      readonly signer: string | null
    }
  /** No bundle of ours, or none whose log could be read. */
  | { readonly state: 'no-log' }

const NEEDED: readonly FindingId[] = ['log.checkpoint', 'log.key', 'log.size', 'log.root']
/** What must not be contradicted beside them: a chain that is broken is signed as it is, and shows it. */
const UNCONTRADICTED: readonly FindingId[] = [...NEEDED, 'log.key-change', 'custody.log-start']

/** @param lines null where only facts are at hand */
export function makeLogView(
  name: string,
  { facts }: FactsFile,
  { body }: Pick<Report, 'body'>,
  lines: LogLines | null,
): LogView {
  const history = facts.records?.history ?? null
  if (history === null || history.custody.state !== 'read') {
    const none = { origin: null, logId: null, head: null, items: null }
    return { name, ...none, standing: { state: 'no-log' }, lines }
  }
  const { custody, log } = history
  const { itemCount, itemRoot } = custody.ownExport
  const areItemsBound =
    itemCount !== null && itemRoot !== null && log.itemLines === itemCount && log.itemRoot === itemRoot
  return {
    name,
    origin: log.checkpoint?.origin ?? custody.logStart.origin ?? facts.records?.record?.log.origin ?? null,
    logId: custody.logStart.logId ?? facts.records?.record?.log.id ?? null,
    head: log.checkpoint,
    standing: standingOf(body.findings, [custody.logStart.logKey, ...custody.keyChanges.map(({ logKey }) => logKey)]),
    items: areItemsBound ? { count: itemCount, root: itemRoot } : null,
    lines,
  }
}

function standingOf(findings: readonly Finding[], lineage: readonly (string | null)[]): LogStanding {
  const of = (id: FindingId) => findings.find((finding) => finding.id === id)
  const checkpoint = of('log.checkpoint')
  const evidence = checkpoint?.value === 'PASSED' ? checkpoint.evidence : []
  const signer = evidence.find(({ name }) => name === 'log-key')?.found ?? null
  const stopped = (state: 'not-trusted' | 'contradicts', id: FindingId): LogStanding => {
    return { state, finding: id, reason: of(id)?.reason ?? null, signer }
  }
  const failed = UNCONTRADICTED.find((id) => of(id)?.value === 'FAILED')
  if (failed !== undefined) return stopped('contradicts', failed)
  const open = NEEDED.find((id) => of(id)?.value !== 'PASSED')
  if (open !== undefined || signer === null) return stopped('not-trusted', open ?? 'log.checkpoint')
  const change = of('log.key-change')
  const areChangesSigned = change?.value === 'PASSED' || change?.reason === 'none'
  const keys = new Set([signer, ...(areChangesSigned ? lineage.filter((key) => key !== null) : [])])
  return { state: 'trusted', signer, keys: [...keys].sort() }
}
