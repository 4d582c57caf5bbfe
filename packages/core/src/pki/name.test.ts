import { describe, expect, it } from 'vitest'
import { ascii, hex, join, oid, sequence, set, tlv, utf8 } from '../../../../test-vectors/make/der.ts'
import { DerCursor } from '../asn1/cursor.ts'
import { generalNameText, isSameGeneralName, readGeneralName } from './general-name.ts'
import { parseName } from './name.ts'

const pair = (type: string, value: Uint8Array) => sequence(oid(type), value)
const CN = '2.5.4.3'
const named = (...rdns: readonly Uint8Array[][]) => parseName(sequence(...rdns.map((rdn) => set(...rdn))), 'name')
const cn = (value: Uint8Array) => named([pair(CN, value)])
const bmp = (text: string) => tlv(0x1e, new Uint8Array(Buffer.from(text, 'utf16le').swap16()))

describe('the comparison key of a name', () => {
  it.each([
    ['letter case', utf8('Example Mechanism'), utf8('EXAMPLE mechanism')],
    ['string types', utf8('Example'), tlv(0x13, ascii('Example'))],
    ['BMPString', utf8('Müller Ω'), bmp('müller ω')],
    ['TeletexString', utf8('Müller'), tlv(0x14, hex('4dfc6c6c6572'))],
    ['white space', utf8('  Example \t  Mechanism '), utf8('Example Mechanism')],
    ['compositions', utf8('Mu\u0308ller'), utf8('M\u00fcller')],
    ['soft hyphens', utf8('Mecha\u00adnism'), utf8('Mechanism')],
    ['wide letters', utf8('\uff25xample'), utf8('Example')],
  ])('puts %s aside', (_, a, b) => {
    expect(cn(a).key).toBe(cn(b).key)
    expect(cn(a).der).not.toEqual(cn(b).der)
  })

  it('does not depend on the order inside one RDN', () => {
    const a = pair(CN, utf8('A'))
    const b = pair('2.5.4.10', utf8('B'))
    expect(named([a, b]).key).toBe(named([b, a]).key)
    expect(named([a], [b]).key).not.toBe(named([b], [a]).key)
    expect(named([a, b]).key).not.toBe(named([a], [b]).key)
  })

  it.each([
    ['another value', cn(utf8('A')), cn(utf8('B'))],
    ['another type', cn(utf8('A')), named([pair('2.5.4.10', utf8('A'))])],
    ['one more', cn(utf8('A')), named([pair(CN, utf8('A'))], [pair(CN, utf8('A'))])],
    ['separators inside a value', cn(utf8('A,2.5.4.3=1:B')), named([pair(CN, utf8('A'))], [pair(CN, utf8('B'))])],
    ['white space inside', cn(utf8('A B')), cn(utf8('AB'))],
    ['a value that is no text', cn(tlv(0x0c, hex('ff'))), cn(tlv(0x0c, hex('fe')))],
  ])('tells %s apart', (_, a, b) => {
    expect(a.key).not.toBe(b.key)
  })
})

describe('a long name', () => {
  const long = (letters: number) => cn(utf8('A'.repeat(letters)))

  it('is printed cut, visibly, with the digest that tells it from others', () => {
    const [a, b] = [long(5000), long(5001)]
    expect(a.text).toMatch(/^CN=A{4093}… \(cut; SHA-256 of the whole [0-9a-f]{64}\)$/)
    expect(a.text).not.toBe(b.text)
    expect(a.key).not.toBe(b.key)
    expect(long(4093).text).toBe(`CN=${'A'.repeat(4093)}`)
  })

  it('is cut from the end that RFC 4514 writes last', () => {
    const name = named([pair(CN, utf8('B'.repeat(5000)))], [pair('2.5.4.10', utf8('Example (sample)'))])
    expect(name.text).toMatch(/^O=Example \(sample\),CN=B+… \(cut/)
  })

  it('of more octets or attributes than any in use is not examined', () => {
    expect(() => long(16_384)).toThrow(/ERR_LIMIT/)
    const one = [pair(CN, utf8('A'))]
    expect(() => named(...Array.from({ length: 1025 }, () => one))).toThrow(/ERR_LIMIT/)
    expect(named(...Array.from({ length: 1024 }, () => one)).rdns).toHaveLength(1024)
  })
})

describe('the text of a name', () => {
  it.each([
    ['a comma', 'Section, "A"', 'CN=Section\\, \\"A\\"'],
    ['spaces and # at the ends', '# x ', 'CN=\\# x\\ '],
    ['a bidi override', 'gpj.exe\u202e', 'CN=gpj.exe\\e2\\80\\ae'],
    ['escape sequences', '\u001b[31m\r\n\u0007', 'CN=\\1b[31m\\0d\\0a\\07'],
    ['zero width characters', 'a\u200bb\ufeff', 'CN=a\\e2\\80\\8bb\\ef\\bb\\bf'],
    ['NUL', 'bank\0.evil', 'CN=bank\\00.evil'],
    ['other scripts', 'Прозорро 東京 😀', 'CN=Прозорро 東京 😀'],
    ['no-break space', 'a\u00a0b', 'CN=a\\c2\\a0b'],
  ])('escapes %s', (_, value, text) => {
    expect(cn(utf8(value)).text).toBe(text)
  })

  it('goes from the last RDN to the first, and prints what it cannot read as hex', () => {
    const name = named(
      [pair('2.5.4.6', tlv(0x13, ascii('ZZ')))],
      [pair('1.2.3', hex('0201 05')), pair(CN, tlv(0x0c, hex('ff')))],
    )
    expect(name.text).toBe('1.2.3=#020105+CN=#0c01ff,C=ZZ')
    expect(named().text).toBe('')
    expect(named().isEmpty).toBe(true)
  })
})

it.each([
  ['an empty RDN', sequence(set())],
  ['an attribute of one part', sequence(set(sequence(oid(CN))))],
  ['an attribute of three parts', sequence(set(sequence(oid(CN), utf8('a'), utf8('b'))))],
  ['bytes behind it', join(sequence(), hex('00'))],
  ['a sequence in place of a set', sequence(sequence(pair(CN, utf8('a'))))],
])('refuses a name with %s', (_, der) => {
  expect(() => parseName(der, 'name')).toThrow(/^ERR_DER/)
})

describe('general names', () => {
  const read = (der: Uint8Array) => readGeneralName(DerCursor.over(der, 'name'), '')
  it('compare by their form', () => {
    const mail = (text: string) => read(tlv(0x81, ascii(text)))
    const host = (text: string) => read(tlv(0x82, ascii(text)))
    expect(isSameGeneralName(mail('Clerk@A.example'), mail('Clerk@a.EXAMPLE'))).toBe(true)
    expect(isSameGeneralName(mail('Clerk@a.example'), mail('clerk@a.example'))).toBe(false)
    expect(isSameGeneralName(host('A.example'), host('a.example'))).toBe(true)
    expect(isSameGeneralName(host('a.example'), mail('a.example'))).toBe(false)
    expect(isSameGeneralName(read(hex('87047f000001')), read(hex('87047f000001')))).toBe(true)
  })

  it('print with hostile characters escaped', () => {
    expect(generalNameText(read(tlv(0x86, ascii('https://a.example/\u001b'))))).toBe(
      'uniformResourceIdentifier:https://a.example/\\1b',
    )
    expect(generalNameText(read(hex('8804 2a030405')))).toBe('registeredID:#88042a030405')
  })

  it.each(['8101ff', '890100', '3000', '8800'])('refuse %s', (text) => {
    expect(() => read(hex(text))).toThrow(/^ERR_DER/)
  })
})
