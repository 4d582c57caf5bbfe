import type { Listed } from '../bundle/bag-facts.ts'
import { AUTHORISATION, CUSTODY, ITEMS } from '../bundle/layout.ts'
import type { DisclosedFile } from '../bundle/line-types.ts'
import type { HistoryFileState } from '../custody/history-facts.ts'
import type { Exception, Finding, FindingValue, Subject } from '../model/finding.ts'
import type { FindingId } from './catalogue.ts'
import { makeFinding } from './finding.ts'

/** What is given with an outcome of a check over lines. */
export type Given = Partial<Pick<Finding, 'counts' | 'evidence' | 'exceptions' | 'exceptionsOmitted'>>

/** One outcome as the catalogue writes it (`FAILED:differs`) to a finding. */
export function outcomeFinding(id: FindingId, outcome: string, subject: Subject, given: Given = {}): Finding {
  const [value = '', reason] = outcome.split(':')
  return makeFinding(id, value as FindingValue, { subject, ...(reason === undefined ? {} : { reason }), ...given })
}

const NOT_READ: Readonly<Record<Exclude<HistoryFileState, 'read'>, string>> = {
  absent: 'missing',
  unreadable: 'unreadable',
  limit: 'limit',
  invalid: 'malformed',
}

/** The finding of a check whose record was not read; null when it was. */
export function notReadFinding(id: FindingId, state: HistoryFileState, subject: Subject): Finding | null {
  if (state === 'read') return null
  const evidence = [{ name: subject.name, missing: 'record' }]
  return outcomeFinding(id, `INDETERMINATE:${NOT_READ[state]}`, subject, { evidence })
}

/** Exceptions from places of one file, in the order of its lines. */
export function lineExceptions<T extends { readonly code: string }>(
  path: string,
  listed: Listed<T>,
  describe: (
    place: T,
  ) => Pick<Exception, 'value'> & Partial<Omit<Exception, 'path' | 'value'>> & { readonly line: number },
): Given {
  const exceptions = listed.first.map((place): Exception => {
    const { line, value, reason = place.code, at, ...rest } = describe(place)
    return { path, at: at === undefined ? `line ${line}` : `line ${line} ${at}`, value, reason, ...rest }
  })
  const omitted = listed.count - exceptions.length
  return {
    ...(exceptions.length > 0 ? { exceptions } : {}),
    ...(omitted > 0 ? { exceptionsOmitted: omitted } : {}),
  }
}

const PATHS: Readonly<Record<DisclosedFile, string>> = {
  'authorisation.json': AUTHORISATION,
  'custody.jsonl': CUSTODY,
  'items.jsonl': ITEMS,
}

/** Where an opening or a ground is about something: `line 3 agent`, and in authorisation.json `item 2 scope`, as both count. */
export function disclosedPlace(
  file: DisclosedFile,
  line: number,
  field: string | null,
): Pick<Exception, 'path' | 'at'> {
  const at = file === 'authorisation.json' ? `item ${line - 1}` : `line ${line}`
  return { path: PATHS[file], at: field === null ? at : `${at} ${field}` }
}

/** Members of an exception that are there. */
export function sides(expected: string | null, found: string | null): Pick<Exception, 'expected' | 'found'> {
  return { ...(expected === null ? {} : { expected }), ...(found === null ? {} : { found }) }
}

/** The first of these codes that was met, in the given order. */
export function firstOf<T extends string>(codes: readonly T[], by: Readonly<Record<string, number>>): T | undefined {
  return codes.find((code) => (by[code] ?? 0) > 0)
}
