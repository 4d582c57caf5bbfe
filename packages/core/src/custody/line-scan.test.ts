import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeLine, sampleHistory, sha256Hex } from '../../../../test-vectors/support/sample-history.ts'
import { EVENT_TYPES, type EventTypeName } from '../bundle/line-types.ts'
import { EVENT_SHAPES, ITEM_SHAPES, STUB_SHAPE } from '../bundle/record-shapes.ts'
import { canonicalText } from '../json/canonicalise.ts'
import { parseJson } from '../json/parse.ts'
import { memberOf, readShape } from '../json/shape.ts'
import { isJsonObject } from '../json/value.ts'
import { toBase64Url } from '../model/bytes.ts'
import { ParseError } from '../model/parse-error.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { parseDisclosure, saltIn, scanOpening } from './disclosure-scan.ts'
import { fromBase64UrlBytes, type LineKind, LineScanner, readSlot } from './line-scan.ts'
import { slotsIn } from './line-table.ts'

/** What the parser and the schema say of a line; null when it is not in form. */
function parsed(kind: LineKind, bytes: Uint8Array): { readonly seq: number; readonly type: string } | null {
  try {
    const value = parseJson(bytes, 'line', { limit: 1_000_000, canonical: true })
    if (!isJsonObject(value)) return null
    const type = memberOf(value, 'type')
    const isStub = memberOf(value, 'withheld') !== undefined
    const shapes = kind === 'items' ? ITEM_SHAPES : EVENT_SHAPES
    const shape = isStub ? STUB_SHAPE : typeof type === 'string' ? shapes.get(type) : undefined
    if (shape === undefined) return null
    const read = readShape<{ readonly seq: number }>(shape, value)
    if (read.value === undefined || read.unknown.length > 0) return null
    return { seq: read.value.seq, type: isStub ? 'stub' : String(type) }
  } catch (error) {
    if (error instanceof ParseError) return null
    throw error
  }
}

function scanned(kind: LineKind, bytes: Uint8Array): { readonly seq: number; readonly type: string } | null {
  const scanner = new LineScanner(kind)
  if (!scanner.scan(bytes, 0, bytes.length)) return null
  return { seq: scanner.seq, type: scanner.isStub ? 'stub' : scanner.type }
}

const PLAIN = (Object.keys(EVENT_TYPES) as EventTypeName[]).filter((type) => EVENT_TYPES[type].clear.length === 0)
const prev = { prev: sha256Hex('before') }
const LINES: readonly (readonly [LineKind, string])[] = [
  ...PLAIN.map((type) => ['events', makeLine('custody.jsonl', 7, type, prev, {}).text] as const),
  ['events', makeLine('custody.jsonl', 123_456, 'transfer', { ...prev, event: 'ab'.repeat(16) }, {}).text],
  ['events', canonicalText({ seq: 0, withheld: sha256Hex('x') })],
  ['items', makeLine('items.jsonl', 0, 'item', {}, {}).text],
  ['items', canonicalText({ seq: 99_999, withheld: sha256Hex('x') })],
]

describe('the scanner of lines', () => {
  it('recognises every ordinary line and stub as the parser does', () => {
    for (const [kind, line] of LINES) {
      const bytes = encodeUtf8(line)
      expect(scanned(kind, bytes), line).toEqual(parsed(kind, bytes))
      expect(scanned(kind, bytes), line).not.toBeNull()
    }
  })

  it('reads the slots that the parser reads', () => {
    for (const [kind, line] of LINES) {
      const { type, sd } = JSON.parse(line)
      if (type === undefined) continue
      const scanner = new LineScanner(kind)
      expect(scanner.scan(encodeUtf8(line), 0, line.length)).toBe(true)
      const slots = slotsIn(kind, type, sd) ?? expect.fail()
      expect(scanner.slots.subarray(0, slots.length)).toEqual(slots)
    }
  })

  it('refuses more slots than any type has', () => {
    const [kind, line] = LINES[0] ?? expect.fail()
    const slot = `"${'A'.repeat(43)}",`
    expect(scanned(kind, encodeUtf8(line.replace('"sd":[', `"sd":[${slot.repeat(200)}`)))).toBeNull()
  })

  it('never recognises what the parser refuses, nor reads it otherwise', () => {
    const edits = fc.record({
      line: fc.constantFrom(...LINES),
      at: fc.nat(),
      text: fc.constantFrom(
        '',
        ' ',
        '"',
        '0',
        '00',
        '1',
        'A',
        'a',
        'z',
        '}',
        ']',
        ',',
        '\\',
        '-',
        '=',
        'é',
        '{"a":1}',
        '1e3',
      ),
      drop: fc.nat({ max: 3 }),
    })
    fc.assert(
      fc.property(edits, ({ line: [kind, line], at, text, drop }) => {
        const place = at % (line.length + 1)
        const bytes = encodeUtf8(line.slice(0, place) + text + line.slice(place + drop))
        const found = scanned(kind, bytes)
        if (found !== null) expect(found, line).toEqual(parsed(kind, bytes))
      }),
      { numRuns: 4000 },
    )
  })

  it('refuses a slot whose unused bits are not zero, as the parser does', () => {
    const [kind, line] = LINES[0] ?? expect.fail()
    const bent = encodeUtf8(line.replace(/("sd":\["[A-Za-z0-9_-]{42})./, '$1B'))
    expect(scanned(kind, bent)).toBeNull()
    expect(parsed(kind, bent)).toBeNull()
  })
})

describe('the scanner of openings', () => {
  const openings =
    sampleHistory()
      .files['record/disclosures.jsonl']?.split('\n')
      .filter((line) => line.includes('opening')) ?? []

  it('reads what the parser reads, and nothing else', () => {
    expect(openings.length).toBeGreaterThan(40)
    fc.assert(
      fc.property(
        fc.constantFrom(...openings),
        fc.nat(),
        fc.constantFrom('', ' ', '"', '0', 'A', '_', '}', '\\', 'é'),
        fc.nat({ max: 2 }),
        (line, at, text, drop) => {
          const place = at % (line.length + 1)
          const edited = line.slice(0, place) + text + line.slice(place + drop)
          const found = scanOpening(encodeUtf8(edited))
          if (found === undefined) return
          const value = JSON.parse(edited)
          expect(canonicalText(value)).toBe(edited)
          const { opening, disclosed, ...rest } = found
          expect(disclosed).toEqual(parseDisclosure(opening))
          expect({ ...rest, opening: new TextDecoder().decode(opening) }).toEqual(value)
        },
      ),
      { numRuns: 2000 },
    )
    for (const line of openings) expect(scanOpening(encodeUtf8(line)), line).toBeDefined()
  })

  it('takes only the canonical array with a salt of 128 bits for a disclosure', () => {
    const salt = 'AAAAAAAAAAAAAAAAAAAAAA'
    const of = (text: string) => parseDisclosure(encodeUtf8(toBase64Url(encodeUtf8(text))))
    expect(of(`["${salt}","size",5]`)).toEqual({ name: 'size', value: 5 })
    expect(of(`["${salt}","size",null]`)).toEqual({ name: 'size', value: null })
    for (const other of [
      `["${salt}", "size",5]`,
      `["${salt}","size",5.0]`,
      `["${salt}","size"]`,
      `["${salt}","size",5,6]`,
      `["${salt}A","size",5]`,
      `["${salt.slice(1)}","size",5]`,
      `["${salt.slice(1)}B","size",5]`,
      `["${salt}",1,5]`,
      '{}',
      '',
    ])
      expect(of(other), other).toBeUndefined()
    expect(parseDisclosure(encodeUtf8('WyJB='))).toBeUndefined()
  })
})

it('the salt of a disclosure is its first element', () => {
  for (const salt of ['AAAAAAAAAAAAAAAAAAAAAA', '0-_zabcdefghijklmnopqw', '9876543210ZYXWVUTSRQPg']) {
    const opening = encodeUtf8(toBase64Url(encodeUtf8(canonicalText([salt, 'agent', 'Example Officer (sample)']))))
    expect(parseDisclosure(opening)).toBeDefined()
    expect(saltIn(opening)).toEqual(encodeUtf8(salt))
  }
})

describe('what a disclosure says', () => {
  /** As the specification has it: parsed as JSON, canonical, three elements, salt and name texts. */
  function parsedDisclosure(bytes: Uint8Array): unknown {
    try {
      const value = parseJson(bytes, 'opening', { limit: 1 << 20, canonical: true })
      if (!Array.isArray(value) || value.length !== 3) return undefined
      const [salt, name, said] = value
      const isSalt = typeof salt === 'string' && /^[A-Za-z0-9_-]{21}[AQgw]$/.test(salt)
      return isSalt && typeof name === 'string' ? { name, value: said } : undefined
    } catch {
      return undefined
    }
  }
  const read = (bytes: Uint8Array) => parseDisclosure(encodeUtf8(toBase64Url(bytes)))

  it('is the same whether it is recognised byte by byte or parsed, for any name and text', () => {
    const letters = fc.constantFrom('a', 'Z', '0', ' ', '"', '\\', '\n', '/', 'é', '\u007f', '\u0080', ']', ',')
    const text = fc.string({ unit: letters, maxLength: 20 })
    const name = fc.oneof(fc.constantFrom('agent', 'time', 'copyGround', 'x'), text)
    fc.assert(
      fc.property(name, fc.oneof(text, fc.jsonValue()), (field, value) => {
        const bytes = encodeUtf8(canonicalText(['AAAAAAAAAAAAAAAAAAAAAA', field, value] as never))
        const found = read(bytes)
        expect(found).toEqual(parsedDisclosure(bytes))
        expect(found).toBeDefined()
      }),
      { numRuns: 2000 },
    )
  })

  it('is the same after any edit', () => {
    const plain = '["AAAAAAAAAAAAAAAAAAAAAQ","agent","Example Officer (sample)"]'
    fc.assert(
      fc.property(
        fc.nat({ max: plain.length }),
        fc.constantFrom('', ' ', '"', ',', ']', '[', 'A', 'B', '\\', 'é', '\u0001', '","'),
        fc.nat({ max: 4 }),
        (at, put, drop) => {
          const bytes = encodeUtf8(plain.slice(0, at) + put + plain.slice(at + drop))
          expect(read(bytes)).toEqual(parsedDisclosure(bytes))
        },
      ),
      { numRuns: 4000 },
    )
  })
})

it('base64url from bytes is read as strictly as from text, and slots become their octets', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 32, maxLength: 32 }), (any, octets) => {
      expect(fromBase64UrlBytes(encodeUtf8(toBase64Url(any)))).toEqual(any)
      const read = new Uint8Array(32 + 2)
      expect(readSlot(encodeUtf8(`"${toBase64Url(octets)}"`), 1, read, 1)).toBe(true)
      expect(read).toEqual(Uint8Array.of(0, ...octets, 0))
    }),
  )
  for (const text of ['A', 'AB', 'AAB', 'AA=', 'AA+', 'AA/', 'é'])
    expect(fromBase64UrlBytes(encodeUtf8(text)), text).toBeUndefined()
})

it('a slot is read only when all of its 43 digits are those of 32 octets', () => {
  const octets = new Uint8Array(32)
  const slot = 'A'.repeat(43)
  expect(readSlot(encodeUtf8(slot), 0, octets, 0)).toBe(true)
  expect(readSlot(encodeUtf8(slot.slice(1)), 0, octets, 0)).toBe(false)
  for (let at = 0; at < 43; at++)
    for (const other of ['=', '+', '/', '"', ' ', '\u007f', '\u0000'])
      expect(readSlot(encodeUtf8(slot.slice(0, at) + other + slot.slice(at + 1)), 0, octets, 0), other).toBe(false)
  for (const last of 'BCDFGHJK') expect(readSlot(encodeUtf8(slot.slice(1) + last), 0, octets, 0), last).toBe(false)
  for (const last of 'AEIM048') expect(readSlot(encodeUtf8(slot.slice(1) + last), 0, octets, 0), last).toBe(true)
})
