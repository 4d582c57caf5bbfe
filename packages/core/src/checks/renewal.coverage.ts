import type { LevelFacts } from '../bundle/level-facts.ts'
import type { Finding } from '../model/finding.ts'
import { formatInstant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import { digestWeakness } from '../pki/path-strength.ts'
import { summarise, troubleOf } from './bag-summary.ts'
import { answer } from './signature-object.ts'

/**
 * Whether a level lists what it has to: the tag manifests and every file of the levels below; and every file of the bundle,
 * once a digest below it has ended. Before that day a shorter list proves what it lists, because the digests below lead from
 * there to the rest. `below`: names of the digests that manifests, signatures and time-stamps below the level use.
 */
export function checkRenewalCoverage(
  { sums, level }: LevelFacts,
  below: readonly string[],
  { policy, validationTime }: Judgement,
): Finding {
  const id = 'renewal.coverage'
  const subject = { kind: 'bundle', name: `seal/${level}/` } as const
  if (sums.state !== 'read') return answer(id, subject, 'INDETERMINATE:not-read', [], 'NO_POE')
  const at = { name: 'validationTime', found: formatInstant(validationTime) }
  const own = digestWeakness('sha512', policy, validationTime)
  if (own !== null) {
    const evidence = [{ name: 'digest', expected: own.expected, found: own.found }, at]
    return answer(id, subject, 'INDETERMINATE:digest-ended', evidence, 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE')
  }
  const { unlisted } = sums
  const counts = {
    listed: sums.lines,
    unlisted: unlisted.count - (unlisted.by.hint ?? 0),
    // A hint that came later gets no proof from this level, and needs none.
    hints: unlisted.by.hint ?? 0,
    notCompared: sums.notCompared,
  }
  const asUnlisted = () => ({ reason: 'not-in-level' })
  const least = troubleOf(unlisted, ['seal', 'tag-manifest'], 'INDETERMINATE', 'unlisted', asUnlisted)
  if (least.count > 0) {
    const finding = summarise(id, { subject, troubles: [least], otherwise: { value: 'PASSED' }, counts })
    return { ...finding, subIndication: 'NO_POE' }
  }
  const ended = below.flatMap((digest) => digestWeakness(digest, policy, validationTime) ?? [])
  const rest = troubleOf(unlisted, ['file'], 'INDETERMINATE', 'incomplete', asUnlisted)
  if (rest.count > 0 && ended.length > 0) {
    const evidence = [...ended.map(({ part, expected, found }) => ({ name: part, expected, found })), at]
    const finding = summarise(id, { subject, troubles: [rest], otherwise: { value: 'PASSED' }, counts, evidence })
    return { ...finding, subIndication: 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE' }
  }
  if (rest.count > 0) return { ...answer(id, subject, 'PASSED:seal-only'), counts }
  return { ...answer(id, subject, sums.notCompared > 0 ? 'NOT-CHECKED:not-asked' : 'PASSED'), counts }
}
