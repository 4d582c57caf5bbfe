import { canonicalise } from './json/canonicalise.ts'
import { parseJson } from './json/parse.ts'
import { readClosed } from './json/shape.ts'
import { toHex } from './model/bytes.ts'
import { LIMITS } from './model/limits.ts'
import { ParseError } from './model/parse-error.ts'
import type { SmallDigest } from './model/ports.ts'
import type { Report } from './model/report.ts'
import { REPORT } from './report-shape.ts'

/**
 * Reads a saved report and checks that it has the members of one, and that its body has the digest that its envelope
 * states: a report that was edited by hand is refused. Whoever edits both is found out by `doesVerdictFollow`, or by
 * running the verification again.
 * @throws ParseError ERR_JSON_*, ERR_REPORT
 */
export function parseReport(bytes: Uint8Array, smallDigest: SmallDigest, where = 'report'): Report {
  const value = parseJson(bytes, where, { limit: LIMITS.reportBytes, canonical: true })
  const report = readClosed(REPORT, value, where, 'ERR_REPORT')
  const whole = toHex(smallDigest('sha256', canonicalise(report.body)))
  if (report.envelope.digests.whole !== whole) {
    throw new ParseError('ERR_REPORT', {
      where: `${where}: envelope.digests.whole`,
      expected: whole,
      found: report.envelope.digests.whole,
    })
  }
  return report
}
