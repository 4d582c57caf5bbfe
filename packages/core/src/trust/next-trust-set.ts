import { canonicalise } from '../json/canonicalise.ts'
import type { TrustAnchorEntry, TrustSetFile } from '../model/trust-set.ts'

/** What stands at the head of a set and changes with each of them. */
export interface TrustSetHead {
  readonly issuer: string
  /** RFC 3339 dates. */
  readonly date: string
  readonly reviewBy: string
  readonly sample: boolean
}

/** The bytes of a set: what its digest and its code are of. `parseTrustSet` says whether they hold a set. */
export function serializeTrustSet(file: TrustSetFile): Uint8Array {
  return canonicalise(file)
}

/**
 * The set after `last`, or the first one, with these anchors. A set that was handed out is never altered: what changes
 * gets the next number.
 */
export function nextTrustSet(
  last: TrustSetFile | null,
  head: TrustSetHead,
  anchors: readonly TrustAnchorEntry[],
): TrustSetFile {
  const { issuer, date, reviewBy, sample } = head
  return {
    trustSet: 'probatum/trust-set/1-draft',
    issuer,
    number: (last?.number ?? 0) + 1,
    date,
    reviewBy,
    ...(sample ? { sample } : {}),
    anchors,
  }
}

/** What makes two entries of different sets the same one: role, and certificate or key. */
function identityOf({ role, certificate, verifierKey }: TrustAnchorEntry): string {
  return `${role} ${certificate ?? verifierKey}`
}

/** What the next set has otherwise than the last. */
export interface TrustSetChange {
  readonly kind: 'added' | 'removed' | 'changed'
  readonly entry: TrustAnchorEntry
  /** Of `changed`: the entry as it was. */
  readonly before?: TrustAnchorEntry
}

/** What a set has that another had not, and the other way round. */
export function diffTrustSets(last: TrustSetFile, next: TrustSetFile): TrustSetChange[] {
  const before = new Map(last.anchors.map((entry) => [identityOf(entry), entry]))
  const after = new Set(next.anchors.map(identityOf))
  const changes: TrustSetChange[] = []
  for (const entry of last.anchors) if (!after.has(identityOf(entry))) changes.push({ kind: 'removed', entry })
  for (const entry of next.anchors) {
    const old = before.get(identityOf(entry))
    if (old === undefined) changes.push({ kind: 'added', entry })
    else if ((['label', 'source', 'from', 'until'] as const).some((member) => old[member] !== entry[member]))
      changes.push({ kind: 'changed', entry, before: old })
  }
  return changes
}
