import { CATALOGUE } from '@probatum/core'
import type { PkiVector } from './pki-vector.ts'

const ORDER: ReadonlyMap<string, number> = new Map(CATALOGUE.map(({ id }, index) => [id, index]))

const placeOf = (line: string): number => {
  const place = ORDER.get(line.slice(0, line.indexOf(' ')))
  if (place === undefined) throw new TypeError(`no finding: ${line}`)
  return place
}

/**
 * What must be found: the lines in the order of reports. FAILED makes the whole TOTAL-FAILED, but for what is said of
 * one candidate path; anything else that is open makes it INDETERMINATE.
 */
export function expectation(lines: readonly string[], also: readonly string[] = []): PkiVector['expect'] {
  const findings = lines.toSorted((a, b) => placeOf(a) - placeOf(b))
  const counting = findings.filter((line) => !line.includes('.path-candidate '))
  const indication =
    counting.length === 0
      ? 'TOTAL-PASSED'
      : counting.some((line) => line.includes(' FAILED'))
        ? 'TOTAL-FAILED'
        : 'INDETERMINATE'
  return { indication, findings, ...(also.length === 0 ? {} : { also }) }
}
