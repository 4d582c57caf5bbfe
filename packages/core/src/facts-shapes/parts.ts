import type { Listed } from '../bundle/bag-facts.ts'
import {
  integer,
  listOf,
  noteProblem,
  object,
  oneOf,
  orNull,
  problemCount,
  type Shape,
  text,
  textWhere,
} from '../json/shape.ts'
import { isJsonObject } from '../json/value.ts'
import { fromBase64 } from '../model/bytes.ts'
import { parseInstant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import type { ParseErrorCode } from '../model/parse-error.ts'
import type { DigestAlgorithm } from '../model/ports.ts'
import type { ParseFailure } from '../pki/facts.ts'

/**
 * Shapes of the facts, one for each type: a member or code that a type has and its shape lacks does not compile. They
 * bound what a facts file may ask of the checks; what its values mean stays with the checks.
 */

/** Every one of the codes of a type: leaving one out does not compile. */
export function codes<T extends string>(all: Readonly<Record<T, true>>): Shape<T> {
  return oneOf(Object.keys(all) as T[])
}

export const anyText: Shape<string> = text()
export const textOrNull: Shape<string | null> = orNull(anyText)
export const count: Shape<number> = integer(0)
export const countOrNull: Shape<number | null> = orNull(count)
export const sha256: Shape<string> = text({ pattern: /^[0-9a-f]{64}$/, expected: '64 hex digits' })
export const hexText: Shape<string> = text({ pattern: /^(?:[0-9a-f]{2})*$/, expected: 'hex' })
export const base64: Shape<string> = textWhere('base64', (value) => fromBase64(value) !== undefined)
/** A time with its clock, as the parsers write it. */
export const time: Shape<string> = textWhere(
  'RFC 3339 time in UTC',
  (value) => value.length > 10 && parseInstant(value) !== undefined,
)

export const DIGEST_ALGORITHM = codes<DigestAlgorithm>({
  md5: true,
  sha1: true,
  sha224: true,
  sha256: true,
  sha384: true,
  sha512: true,
  'sha3-224': true,
  'sha3-256': true,
  'sha3-384': true,
  'sha3-512': true,
})

export const DIGEST_CHOICE: Shape<'all' | readonly DigestAlgorithm[]> = (value, member, report) =>
  value === 'all' ? value : listOf(DIGEST_ALGORITHM, { unique: true })(value, member, report)

/** Counts under codes that the checks look up by name. */
export const COUNTS_BY_CODE: Shape<Readonly<Record<string, number>>> = (value, member, report) => {
  const read: Record<string, number> = {}
  if (!isJsonObject(value)) {
    noteProblem(report, { member, expected: 'counts by code', found: typeof value })
    return undefined
  }
  for (const [name, found] of Object.entries(value)) {
    const number = count(found, `${member}.${name}`, report)
    if (!/^[A-Za-z0-9_.:-]{1,100}$/.test(name) || name === '__proto__') {
      noteProblem(report, { member, expected: 'codes', found: name.slice(0, 80) })
    } else if (number !== undefined) read[name] = number
  }
  return read
}

/** No more is named than counted, and the codes account for all. */
export function listedOf<T>(item: Shape<T>): Shape<Listed<T>> {
  const shape = object<Listed<T>>({
    count,
    by: COUNTS_BY_CODE,
    first: listOf(item, { maximum: LIMITS.exceptionsInFinding }) as Shape<Listed<T>['first']>,
  } as { readonly [K in keyof Listed<T>]-?: Shape<Exclude<Listed<T>[K], undefined>> })
  return (value, member, report) => {
    const before = problemCount(report)
    const read = shape(value, member, report)
    if (read === undefined || problemCount(report) > before) return undefined
    const sum = Object.values(read.by).reduce((total, number) => total + number, 0)
    if (sum === read.count && read.first.length <= read.count) return read
    noteProblem(report, { member, expected: `counts of ${read.count}`, found: `${sum}, ${read.first.length} named` })
    return undefined
  }
}

const PARSE_ERRORS: Readonly<Record<ParseErrorCode, true>> = {
  ERR_DER_TRUNCATED: true,
  ERR_DER_TRAILING_DATA: true,
  ERR_DER_NON_CANONICAL: true,
  ERR_DER_UNEXPECTED_TAG: true,
  ERR_DER_VALUE: true,
  ERR_LIMIT: true,
  ERR_TIME: true,
  ERR_CMS_STRUCTURE: true,
  ERR_CMS_NOT_SIGNED_DATA: true,
  ERR_X509_STRUCTURE: true,
  ERR_TSP_STRUCTURE: true,
  ERR_ERS_STRUCTURE: true,
  ERR_PEM: true,
  ERR_ZIP_STRUCTURE: true,
  ERR_ZIP_AMBIGUOUS: true,
  ERR_ZIP_TRUNCATED: true,
  ERR_ZIP_UNSUPPORTED: true,
  ERR_ZIP_ENCRYPTED: true,
  ERR_ZIP_CONTENT: true,
  ERR_ZIP_BACKSLASH: true,
  ERR_ZIP_WRAPPED: true,
  ERR_TAR_STRUCTURE: true,
  ERR_TAR_AMBIGUOUS: true,
  ERR_TAR_TRUNCATED: true,
  ERR_TAR_UNSUPPORTED: true,
  ERR_PATH_UNSAFE: true,
  ERR_PATH_DUPLICATE: true,
  ERR_ENTRY_TYPE: true,
  ERR_NOT_A_BUNDLE: true,
  ERR_ENCRYPTED: true,
  ERR_ENCRYPTED_TWICE: true,
  ERR_ENCRYPTION_STRUCTURE: true,
  ERR_ENCRYPTION_UNSUPPORTED: true,
  ERR_ENCRYPTION_PASSPHRASE: true,
  ERR_ENCRYPTION_IDENTITY: true,
  ERR_ENCRYPTION_TAG: true,
  ERR_IDENTITY: true,
  ERR_SEVERAL_BUNDLES: true,
  ERR_JSON_SYNTAX: true,
  ERR_JSON_DUPLICATE_KEY: true,
  ERR_JSON_NUMBER: true,
  ERR_JSON_STRING: true,
  ERR_JSON_NOT_CANONICAL: true,
  ERR_JSON_SHAPE: true,
  ERR_CHECKPOINT: true,
  ERR_TEXT_ENCODING: true,
  ERR_BAGIT_SYNTAX: true,
  ERR_PDF_STRUCTURE: true,
  ERR_TRUST_SET: true,
  ERR_POLICY: true,
  ERR_FACTS: true,
  ERR_REPORT: true,
  ERR_SIDECAR: true,
}
const PARSE_ERROR_CODE = codes(PARSE_ERRORS)
export const PARSE_ERROR_CODE_OR_CONTRADICTION = codes<ParseErrorCode | 'contradiction'>({
  ...PARSE_ERRORS,
  contradiction: true,
})

export const PARSE_FAILURE = object<ParseFailure>({
  code: PARSE_ERROR_CODE,
  where: anyText,
  offset: countOrNull,
  spec: textOrNull,
})

/** What a shape alone cannot say of a value that it has read. */
export function suchThat<T>(shape: Shape<T>, expected: string, holds: (value: T) => boolean): Shape<T> {
  return (value, member, report) => {
    const before = problemCount(report)
    const read = shape(value, member, report)
    if (read === undefined || problemCount(report) > before) return undefined
    if (holds(read)) return read
    noteProblem(report, { member, expected, found: 'otherwise' })
    return undefined
  }
}
