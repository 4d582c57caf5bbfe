import type { FactsFile } from '../model/facts.ts'
import type { SmallDigest } from '../model/ports.ts'
import type { Report } from '../model/report.ts'
import type { CommonCore } from './common-core.ts'
import { coreAt, coreOf } from './core-of.ts'
import { countItems, type ItemCounts, itemTable } from './item-table.ts'
import type { LogLines } from './log-lines.ts'
import { type LogStanding, type LogView, makeLogView } from './log-view.ts'
import { type LogRelation, relateLogs } from './relation.ts'

/** A bundle, or saved facts of one, as it was judged. */
export interface ComparedInput {
  /** As the operator gave it. */
  readonly name: string
  readonly factsFile: FactsFile
  readonly report: Report
  /** Null where only facts are at hand. */
  readonly lines: LogLines | null
}

/** What stands in a comparison of each of its bundles. */
export interface ComparedBundle {
  readonly name: string
  readonly from: 'bundle' | 'facts'
  readonly bundleId: string | null
  /** SHA-256 of the content. */
  readonly content: string
  readonly indication: Report['body']['assessment']['indication']
  readonly origin: string | null
  readonly logId: string | null
  readonly size: number | null
  readonly root: string | null
  readonly itemCount: number | null
  readonly itemRoot: string | null
  readonly standing: LogStanding
  /** Of one bundle alone: its own code, or that at the place that was asked for. */
  readonly commonCore: CommonCore | null
  /** Evidence files that are here, and listed ones that are not: of these only what the lists say was compared. */
  readonly payload: { readonly here: number; readonly absent: number }
  readonly sample: boolean
}

/** The relation of two of the bundles. */
export interface ComparedPair extends LogRelation {
  /** Numbers of the two bundles. */
  readonly bundles: readonly [number, number]
}

/** Plain data: what `compare --json` writes. Opened values are not in it, file digests apart. */
export interface Comparison {
  readonly comparison: 'probatum/comparison/1-draft'
  readonly bundles: readonly ComparedBundle[]
  readonly pairs: readonly ComparedPair[]
  /** Null where no bundle's items are at hand. */
  readonly items: ItemCounts | null
}

/**
 * Compares every bundle with every other.
 * @param at for one bundle alone: over how many of its first events and items its common-core code is computed
 */
export function compareBundles(
  inputs: readonly ComparedInput[],
  digest: SmallDigest,
  at?: { readonly size: number; readonly itemCount: number },
): { readonly comparison: Comparison; readonly views: readonly LogView[] } {
  const views = inputs.map(({ name, factsFile, report, lines }) => makeLogView(name, factsFile, report, lines))
  const core = (view: LogView) =>
    views.length > 1 ? null : at === undefined ? coreOf(view, digest) : coreAt(view, at.size, at.itemCount, digest)
  const bundles = inputs.flatMap((input, index): ComparedBundle[] => {
    const view = views[index]
    return view === undefined ? [] : [{ ...describe(input, view), commonCore: core(view) }]
  })
  const pairs = views.flatMap((a, i) =>
    views.slice(i + 1).map((b, j): ComparedPair => ({ bundles: [i, i + 1 + j], ...relateLogs(a, b, digest) })),
  )
  const hasItems = views.some(({ lines }) => lines !== null && lines.items !== null)
  const items = hasItems ? countItems(itemTable(views)) : null
  return { comparison: { comparison: 'probatum/comparison/1-draft', bundles, pairs, items }, views }
}

function describe(
  { name, factsFile, report, lines }: ComparedInput,
  view: LogView,
): Omit<ComparedBundle, 'commonCore'> {
  const { facts } = factsFile
  return {
    name,
    from: lines === null ? 'facts' : 'bundle',
    bundleId: facts.bundleId,
    content: facts.content.sha256,
    indication: report.body.assessment.indication,
    origin: view.origin,
    logId: view.logId,
    size: view.head?.size ?? null,
    root: view.head?.root ?? null,
    itemCount: view.items?.count ?? null,
    itemRoot: view.items?.root ?? null,
    standing: view.standing,
    payload: { here: facts.bag?.payload.files ?? 0, absent: facts.bag?.missing.payload.count ?? 0 },
    sample: report.body.subject.sample || report.body.trustSet?.sample === true,
  }
}
