import type { Report, SmallDigest } from '@probatum/core'
import {
  canonicalise,
  decodeUtf8,
  doesVerdictFollow,
  encodeUtf8,
  LIMITS,
  ParseError,
  parseJson,
  parseReport,
} from '@probatum/core'

/** Where a report for people, as `verify --html` writes it, carries its data. A `<` in them is written as an escape. */
const DATA = /<script type="application\/json" id="probatum-report">([^<]*)<\/script>/

/** Whether a page is a report for people with its data in it. */
export function carriesReport(page: Uint8Array): boolean {
  return DATA.test(decodeUtf8(page) ?? '')
}

/**
 * A report that somebody saved, as JSON or as a page: of a page its data, never its words. Whoever made it may have made it up;
 * what is asked here is that it is whole, and that its verdict is the one that its findings give.
 * @throws {ParseError} ERR_JSON_*, ERR_REPORT
 */
export function readSavedReport(file: Uint8Array, digest: SmallDigest): Report {
  const data = file[0] === 0x7b ? undefined : DATA.exec(decodeUtf8(file) ?? '')?.[1]
  const report = parseReport(data === undefined ? withoutLineEnd(file) : canonicalBytes(data), digest)
  if (!doesVerdictFollow(report.body))
    throw new ParseError('ERR_REPORT', {
      where: 'report body.assessment',
      expected: 'the verdict that its findings give: it was altered',
    })
  return report
}

/** `verify --json` ends its line. */
function withoutLineEnd(file: Uint8Array): Uint8Array {
  return file.at(-1) === 0x0a ? file.subarray(0, -1) : file
}

function canonicalBytes(data: string): Uint8Array {
  return canonicalise(parseJson(encodeUtf8(data), 'report', { limit: LIMITS.reportBytes, canonical: false }))
}
