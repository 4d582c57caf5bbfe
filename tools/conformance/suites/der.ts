import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ParseError } from '@probatum/core'
import { DerCursor } from '../../../packages/core/src/asn1/cursor.ts'
import { requireDerElements } from '../../../packages/core/src/asn1/strict.ts'
import { CONSTRUCTED, TAG } from '../../../packages/core/src/asn1/tag.ts'
import { stringText } from '../../../packages/core/src/asn1/text.ts'
import { parseGeneralizedTime, parseUtcTime } from '../../../packages/core/src/asn1/time.ts'
import type { CaseResult, Suite } from '../suite.ts'

type Case = Readonly<Record<string, string>>

export const suites: readonly Suite[] = [{ name: 'der', run: async (data) => runAll(join(data, 'der')) }]

function runAll(folder: string): CaseResult[] {
  const cases = (name: string) => readCases(readFileSync(join(folder, `${name}.vec`), 'utf8'))
  return [
    ...cases('asn1_decoding').flatMap(decodingCases),
    ...cases('asn1_oid').map((one) => oidCase(one, 'valid')),
    ...cases('asn1_oid_invalid').map((one) => oidCase(one, 'invalid')),
    ...cases('asn1_string_validation').flatMap(stringCases),
    ...cases('asn1_time').map(timeCase),
  ]
}

/**
 * Blocks of `name = value` lines. A block without an empty line before it begins where a name comes again; a section's
 * title stands in each block as `section`, its number in the file as `number`.
 */
function readCases(text: string): Case[] {
  const cases: Case[] = []
  let block: Record<string, string> = {}
  let section = ''
  const close = () => {
    if (Object.keys(block).length > 0) cases.push({ ...block, section, number: `${cases.length + 1}` })
    block = {}
  }
  for (const line of text.split('\n')) {
    const title = /^\[(.*)\]$/.exec(line)
    const pair = /^(\w+) =\s?(.*)$/.exec(line)
    if (title !== null || line === '') close()
    if (title !== null) section = title[1] ?? ''
    if (pair === null) continue
    const [, name = '', value = ''] = pair
    if (name in block) close()
    block[name] = value
  }
  close()
  return cases
}

function judge(id: string, expected: 'valid' | 'invalid', read: () => unknown): CaseResult {
  try {
    return { id, expected, got: 'PASSED', detail: String(read() ?? '') }
  } catch (error) {
    if (error instanceof ParseError) return { id, expected, got: 'FAILED', detail: error.message }
    throw error
  }
}

const fromHex = (text = ''): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'))

/** DER in every case; BER where it is broken, since of BER only the framing of the CMS envelope is read here. */
function decodingCases({ number, Input, ResultBER = '', ResultDER = ResultBER }: Case): CaseResult[] {
  const bytes = fromHex(Input)
  const id = `asn1_decoding/${number}-${Input}`
  const der = judge(`${id}-DER`, ResultDER === 'OK' ? 'valid' : 'invalid', () => requireDerElements(bytes, 'input'))
  if (ResultBER === 'OK') return [der]
  return [der, judge(`${id}-BER`, 'invalid', () => readBer(DerCursor.over(bytes, 'input', 'BER')))]
}

function readBer(cursor: DerCursor): void {
  while (!cursor.done) {
    if (cursor.tag === TAG.OBJECT_IDENTIFIER) cursor.oid('')
    else if (cursor.tag === TAG.INTEGER) cursor.integer('', 64)
    else {
      const element = cursor.any('')
      if ((element.tag & CONSTRUCTED) !== 0) readBer(cursor.into(element, ''))
    }
  }
}

function oidCase({ number, OID, DER }: Case, expected: 'valid' | 'invalid'): CaseResult {
  const file = expected === 'valid' ? 'asn1_oid' : 'asn1_oid_invalid'
  const result = judge(`${file}/${number}-${DER}`, expected, () => {
    const cursor = DerCursor.over(fromHex(DER), 'input')
    const text = cursor.oid('')
    cursor.finish()
    return text
  })
  const same = expected === 'invalid' || result.got === 'FAILED' || result.detail === OID
  return same ? result : { ...result, got: 'FAILED', detail: `reads as ${result.detail}` }
}

/**
 * UTF8String and IA5String. The smaller sets of NumericString, PrintableString and VisibleString are not enforced: any
 * ASCII in them has one meaning, and `@`, `*` and `&` are common there.
 */
function stringCases({ number, Input, ValidUtf8, ValidIa5 }: Case): CaseResult[] {
  const types = [
    ['utf8', TAG.UTF8_STRING, ValidUtf8],
    ['ia5', TAG.IA5_STRING, ValidIa5],
  ] as const
  return types.flatMap(([name, tag, valid]) => {
    if (valid === undefined) return []
    const got = stringText(tag, new Uint8Array(Buffer.from(Input ?? '', 'utf8'))) === undefined ? 'FAILED' : 'PASSED'
    const expected = valid === 'true' ? 'valid' : 'invalid'
    return [{ id: `asn1_string_validation/${number}-${name}`, expected, got, detail: `${Input}` }]
  })
}

function timeCase({ section = '', number, Tspec = '' }: Case): CaseResult {
  const content = new Uint8Array(Buffer.from(Tspec, 'latin1'))
  return judge(`asn1_time/${number}-${Tspec}`, section.endsWith('.invalid') ? 'invalid' : 'valid', () =>
    section.startsWith('UTC')
      ? parseUtcTime(content, 'input', 0).epochSeconds
      : parseGeneralizedTime(content, 'input', 0, 'forbidden').epochSeconds,
  )
}
