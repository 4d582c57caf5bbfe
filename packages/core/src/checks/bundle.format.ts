import { BUNDLE_RECORD, FORMAT_PREFIX, FORMAT_VERSION, PROFILE_PREFIX } from '../bundle/layout.ts'
import type { RecordFacts } from '../bundle/record-facts.ts'
import type { Evidence, Exception, Finding } from '../model/finding.ts'
import { makeFinding } from './finding.ts'

/**
 * Whether the bundle names a format version that this program knows, in bundle.json and in the bag alike, and uses
 * nothing that the version does not have. The unknown costs certainty; it is never called a contradiction.
 * @param profiles every BagIt-Profile-Identifier of bag-info.txt
 */
export function checkBundleFormat(facts: RecordFacts, profiles: readonly string[]): Finding {
  const subject = { kind: 'record', name: BUNDLE_RECORD } as const
  const id = 'bundle.format'
  const expected = `${FORMAT_PREFIX}${FORMAT_VERSION}`
  if (facts.format === null) {
    const evidence: Evidence = { name: 'format', expected, missing: 'format' }
    return makeFinding(id, 'INDETERMINATE', { reason: 'not-named', subject, evidence: [evidence] })
  }
  const evidence: Evidence = { name: 'format', expected, found: `${FORMAT_PREFIX}${facts.format}` }
  if (!facts.formatKnown) {
    return makeFinding(id, 'INDETERMINATE', { reason: 'unknown-version', subject, evidence: [evidence] })
  }
  const ours = profiles.filter((profile) => profile.startsWith(PROFILE_PREFIX))
  const profile = `${PROFILE_PREFIX}${facts.format}`
  const other = ours.find((named) => named !== profile)
  if (other !== undefined) {
    const differing: Evidence = { name: 'BagIt-Profile-Identifier', expected: profile, found: other }
    return makeFinding(id, 'FAILED', { reason: 'profile-differs', subject, evidence: [differing] })
  }
  if (facts.unknown.length > 0) {
    const exceptions = facts.unknown.map(
      ({ path, at, member, value }): Exception => ({
        path,
        at: at === '' ? member : `${at} ${member}`,
        value: 'INDETERMINATE',
        reason: 'unknown-member',
        ...(value === null ? {} : { found: value }),
      }),
    )
    const omitted = facts.unknownOmitted > 0 ? { exceptionsOmitted: facts.unknownOmitted } : {}
    const given = { reason: 'unknown-member', subject, evidence: [evidence], exceptions, ...omitted }
    return makeFinding(id, 'INDETERMINATE', given)
  }
  if (ours.length === 0) {
    const missing: Evidence = { name: 'BagIt-Profile-Identifier', expected: profile, missing: 'profile' }
    return makeFinding(id, 'INDETERMINATE', { reason: 'profile-missing', subject, evidence: [evidence, missing] })
  }
  return makeFinding(id, 'PASSED', { subject, evidence: [evidence] })
}
