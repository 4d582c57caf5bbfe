import type { Finding, FindingValue } from '../model/finding.ts'
import { CATALOGUE, catalogueEntry, type FindingId } from './catalogue.ts'

type Given = Omit<Finding, 'id' | 'axis' | 'value' | 'spec' | 'evidence'> & Partial<Pick<Finding, 'spec' | 'evidence'>>

/** A finding of the catalogue: axis and clause come from there, `evidence` is empty unless given. */
export function makeFinding(id: FindingId, value: FindingValue, given: Given): Finding {
  const { axis, spec } = catalogueEntry(id)
  return { id, axis, value, spec, evidence: [], ...given }
}

const PLACE: ReadonlyMap<FindingId, number> = new Map(CATALOGUE.map(({ id }, index) => [id, index]))

/** Stable: findings of one question stay in the order of their objects. */
export function inCatalogueOrder(findings: readonly Finding[]): Finding[] {
  // Each place is looked up once, and not at every comparison.
  return findings
    .map((finding) => ({ finding, place: PLACE.get(finding.id) ?? 0 }))
    .sort((a, b) => a.place - b.place)
    .map(({ finding }) => finding)
}
