import type { Finding, FindingValue } from '../model/finding.ts'
import { catalogueEntry, type FindingId } from './catalogue.ts'

type Given = Omit<Finding, 'id' | 'axis' | 'value' | 'spec' | 'evidence'> & Partial<Pick<Finding, 'spec' | 'evidence'>>

/** A finding of the catalogue: axis and clause come from there, `evidence` is empty unless given. */
export function makeFinding(id: FindingId, value: FindingValue, given: Given): Finding {
  const { axis, spec } = catalogueEntry(id)
  return { id, axis, value, spec, evidence: [], ...given }
}
