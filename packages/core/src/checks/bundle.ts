import type { RecordFacts } from '../bundle/record-facts.ts'
import type { Finding } from '../model/finding.ts'
import { checkBundleFormat } from './bundle.format.ts'
import { checkBundleLayout } from './bundle.layout.ts'
import { checkBundleItems, checkBundleRecord } from './bundle.record.ts'
import { checkVerifyText } from './bundle.verify-text.ts'
import type { FindingId } from './catalogue.ts'
import { makeFinding } from './finding.ts'
import { checkSealDeclared } from './seal.declared.ts'
import { checkSealUndeclared } from './seal.undeclared.ts'

/** What checks of records need besides the records. */
export interface RecordContext {
  /** Every BagIt-Profile-Identifier of bag-info.txt, as written. */
  readonly profiles: readonly string[]
}

const OF_A_KNOWN_FORMAT = [
  'bundle.layout',
  'bundle.record',
  'bundle.items',
  'bundle.verify-text',
  'seal.declared',
  'seal.undeclared',
] as const satisfies readonly FindingId[]

/**
 * The findings about what makes a bag one of our bundles.
 * @param facts null for any other bag: it has no such records
 */
export function checkRecords(facts: RecordFacts | null, context: RecordContext): readonly Finding[] {
  const subject = { kind: 'bundle', name: '' } as const
  if (facts === null) return []
  const format = checkBundleFormat(facts, context.profiles)
  const known = facts.formatKnown || facts.format === null
  const records = known
    ? [
        checkBundleLayout(facts),
        checkBundleRecord(facts),
        checkBundleItems(facts),
        checkVerifyText(facts),
        checkSealDeclared(facts),
        checkSealUndeclared(facts),
      ]
    : OF_A_KNOWN_FORMAT.map((id) => makeFinding(id, 'NOT-CHECKED', { reason: 'unknown-format', subject }))
  return [format, ...records]
}
