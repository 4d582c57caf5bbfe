import { type Asn1Element, contentOf, DerCursor, encodingOf } from '../asn1/cursor.ts'
import { contextConstructed, contextPrimitive, TAG } from '../asn1/tag.ts'
import { isAscii, stringText } from '../asn1/text.ts'
import { toHex } from '../model/bytes.ts'
import { decodeLatin1, encodeUtf8 } from '../model/utf8.ts'
import type { DistinguishedName, GeneralName } from './certificate.ts'

/** PKCS #9 emailAddress (RFC 5280 §4.1.2.6). */
const EMAIL_ADDRESS = '1.2.840.113549.1.9.1'

/** Short names of RFC 4514 §3, and those in wide use beside them; everything else is printed by its OID. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['2.5.4.3', 'CN'],
  ['2.5.4.4', 'SN'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.6', 'C'],
  ['2.5.4.7', 'L'],
  ['2.5.4.8', 'ST'],
  ['2.5.4.9', 'STREET'],
  ['2.5.4.10', 'O'],
  ['2.5.4.11', 'OU'],
  ['2.5.4.12', 'title'],
  ['2.5.4.42', 'GN'],
  ['2.5.4.97', 'organizationIdentifier'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['0.9.2342.19200300.100.1.25', 'DC'],
  [EMAIL_ADDRESS, 'emailAddress'],
])

interface Attribute {
  readonly oid: string
  /** Null when the value is no text; then `der` stands for it. */
  readonly value: string | null
  readonly der: Uint8Array
}

/** Reads a Name (RFC 5280 §4.1.2.4). Throws ParseError; a value that is no valid text is kept as `#hex` of its DER. */
export function parseName(der: Uint8Array, where: string): DistinguishedName {
  const cursor = DerCursor.over(der, where)
  const name = readName(cursor, '')
  cursor.finish()
  return name
}

/** Reads the Name that is next. */
export function readName(cursor: DerCursor, field: string): DistinguishedName {
  const element = cursor.read(TAG.SEQUENCE, field)
  return nameOf(cursor.into(element, field), encodingOf(element))
}

/** `sequence`: over the content of the RDNSequence. */
function nameOf(sequence: DerCursor, der: Uint8Array): DistinguishedName {
  const texts: string[] = []
  const keys: string[] = []
  const emailAddresses: (string | null)[] = []
  while (!sequence.done) {
    const set = sequence.enter(TAG.SET, 'rdn')
    const attributes: Attribute[] = []
    do attributes.push(readAttribute(set))
    while (!set.done)
    texts.push(attributes.map(attributeText).join('+'))
    keys.push(attributes.map(attributeKey).sort().join('+'))
    for (const { oid, value } of attributes) if (oid === EMAIL_ADDRESS) emailAddresses.push(value)
  }
  // RFC 4514 §2.1: from the last RDN to the first.
  const text = texts.reverse().join(',')
  return { der, text, key: keys.join(','), isEmpty: keys.length === 0, rdns: keys, emailAddresses }
}

function readAttribute(set: DerCursor): Attribute {
  const pair = set.enter(TAG.SEQUENCE, 'attribute')
  const oid = pair.oid('type')
  const value = pair.any('value')
  pair.finish()
  return { oid, value: stringText(value.tag, contentOf(value)) ?? null, der: encodingOf(value) }
}

function attributeText({ oid, value, der }: Attribute): string {
  return `${SHORT_NAMES.get(oid) ?? oid}=${value === null ? `#${toHex(der)}` : escapeValue(value)}`
}

function attributeKey({ oid, value, der }: Attribute): string {
  // The length keeps one value with `,` or `+` in it apart from two.
  const key = value === null ? `#${toHex(der)}` : foldValue(value)
  return `${oid}=${key.length}:${key}`
}

/**
 * What two values must share to be equal by RFC 5280 §7.1 (RFC 4518): mapped, NFKC, case folded, white space squeezed.
 * Stricter equality would be safe, looser would not: equal names only ever make a candidate, which arithmetic judges.
 */
function foldValue(value: string): string {
  let plain = true
  for (let i = 0; i < value.length && plain; i++) plain = value.charCodeAt(i) < 0x7f && value.charCodeAt(i) >= 0x20
  // RFC 4518 §2.2: soft hyphens, zero width space and the like are mapped to nothing.
  const mapped = plain
    ? value
    : value.replace(/\u00ad|\u034f|\u1806|[\u180b-\u180d]|\u200b|[\ufe00-\ufe0f]|\ufffc/g, '')
  const folded = (plain ? mapped : mapped.normalize('NFKC')).toLowerCase()
  return (plain ? folded : folded.normalize('NFKC')).replace(/[\s\u0085]+/g, ' ').replace(/^ | $/g, '')
}

/**
 * What must not reach a terminal or a page as it is: controls, format, bidi and invisible characters, separators, white
 * space but the plain one, private use. Fixed ranges: Unicode properties would change with the engine's version.
 */
const HOSTILE: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0xa0],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x600, 0x605],
  [0x61c, 0x61c],
  [0x6dd, 0x6dd],
  [0x70f, 0x70f],
  [0x115f, 0x1160],
  [0x1680, 0x1680],
  [0x180b, 0x180f],
  [0x2000, 0x200f],
  [0x2028, 0x202f],
  [0x205f, 0x206f],
  [0x3000, 0x3000],
  [0x3164, 0x3164],
  [0xd800, 0xf8ff],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff0, 0xfffc],
  [0xfffe, 0xffff],
  [0x1d173, 0x1d17a],
  [0xe0000, 0x10ffff],
]

function isHostile(character: string): boolean {
  const point = character.codePointAt(0) ?? 0
  return HOSTILE.some(([from, to]) => point >= from && point <= to)
}

const SPECIAL = /["+,;<>\\=]/

/** RFC 4514 §2.4, with every hostile character written as its UTF-8 octets in hex. */
function escapeValue(value: string): string {
  let text = ''
  const characters = [...value]
  for (const [index, character] of characters.entries()) {
    const edge =
      (index === 0 && character === '#') || ((index === 0 || index === characters.length - 1) && character === ' ')
    if (isHostile(character)) for (const octet of encodeUtf8(character)) text += `\\${toHex(Uint8Array.of(octet))}`
    else text += edge || SPECIAL.test(character) ? `\\${character}` : character
  }
  return text
}

/** Reads the GeneralName that is next (RFC 5280 §4.2.1.6). */
export function readGeneralName(cursor: DerCursor, field: string): GeneralName {
  const element = cursor.any(field)
  switch (element.tag) {
    case contextConstructed(4): {
      const explicit = cursor.into(element, field)
      const name = readName(explicit, 'directoryName')
      explicit.finish()
      return { kind: 'directoryName', name }
    }
    case contextPrimitive(1):
      return { kind: 'rfc822Name', value: ia5(cursor, element, field) }
    case contextPrimitive(2):
      return { kind: 'dNSName', value: ia5(cursor, element, field) }
    case contextPrimitive(6):
      return { kind: 'uniformResourceIdentifier', value: ia5(cursor, element, field) }
    case contextPrimitive(7):
      return { kind: 'iPAddress', octets: contentOf(element) }
    case contextPrimitive(8):
      cursor.oidOf(element, field)
      return { kind: 'registeredID', der: encodingOf(element) }
    case contextConstructed(0):
      return { kind: 'otherName', der: encodingOf(element) }
    case contextConstructed(3):
      return { kind: 'x400Address', der: encodingOf(element) }
    case contextConstructed(5):
      return { kind: 'ediPartyName', der: encodingOf(element) }
    default:
      cursor.fail(
        'ERR_DER_UNEXPECTED_TAG',
        field,
        element.offset,
        'RFC 5280 §4.2.1.6',
        'a GeneralName',
        `tag ${element.tag.toString(16)}`,
      )
  }
}

/** `names`: over the content of a SEQUENCE OF GeneralName, which has at least one (RFC 5280 §4.2.1.6). */
export function readGeneralNames(names: DerCursor): GeneralName[] {
  const list: GeneralName[] = []
  do list.push(readGeneralName(names, 'name'))
  while (!names.done)
  return list
}

function ia5(cursor: DerCursor, element: Asn1Element, field: string): string {
  const content = contentOf(element)
  if (!isAscii(content)) {
    cursor.fail('ERR_DER_VALUE', field, element.offset, 'RFC 5280 §4.2.1.6', 'IA5String', undefined)
  }
  return decodeLatin1(content)
}

/** Whether two names are equal by RFC 5280 §7.1. */
export function isSameName(a: DistinguishedName, b: DistinguishedName): boolean {
  return a.key === b.key
}

/** Whether two GeneralNames are the same: by form, host names and the domain of mail addresses without case. */
export function isSameGeneralName(a: GeneralName, b: GeneralName): boolean {
  return generalNameKey(a) === generalNameKey(b)
}

function generalNameKey(name: GeneralName): string {
  switch (name.kind) {
    case 'directoryName':
      return `directoryName ${name.name.key}`
    case 'dNSName':
      return `dNSName ${name.value.toLowerCase()}`
    case 'rfc822Name': {
      const domain = name.value.lastIndexOf('@') + 1
      return `rfc822Name ${name.value.slice(0, domain)}${name.value.slice(domain).toLowerCase()}`
    }
    case 'uniformResourceIdentifier':
      return `uniformResourceIdentifier ${name.value}`
    case 'iPAddress':
      return `iPAddress ${toHex(name.octets)}`
    default:
      return `${name.kind} ${toHex(name.der)}`
  }
}

/** For people and evidence: `kind:value`, hostile characters escaped. */
export function generalNameText(name: GeneralName): string {
  switch (name.kind) {
    case 'directoryName':
      return `directoryName:${name.name.text}`
    case 'rfc822Name':
    case 'dNSName':
    case 'uniformResourceIdentifier':
      return `${name.kind}:${escapeValue(name.value)}`
    case 'iPAddress':
      return `iPAddress:${toHex(name.octets)}`
    default:
      return `${name.kind}:#${toHex(name.der)}`
  }
}
