import { sha256 } from '@noble/hashes/sha2.js'
import { type Asn1Element, contentOf, DerCursor, encodingOf } from '../asn1/cursor.ts'
import { RememberedReadings } from '../asn1/remembered-readings.ts'
import { contextConstructed, contextPrimitive, TAG } from '../asn1/tag.ts'
import { isAscii, stringText } from '../asn1/text.ts'
import { beginningOf } from '../json/value.ts'
import { toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
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
  const octets = encodingOf(element).length
  if (octets > LIMITS.nameOctets) {
    const expected = `at most ${LIMITS.nameOctets} octets`
    return cursor.fail('ERR_LIMIT', field, element.offset, 'RFC 5280 §4.1.2.4', expected, `${octets}`)
  }
  return nameOf(cursor.into(element, field), encodingOf(element))
}

/** `sequence`: over the content of the RDNSequence. */
function nameOf(sequence: DerCursor, der: Uint8Array): DistinguishedName {
  const isEmpty = sequence.done
  readRdns(sequence)
  return new ReadName(der, isEmpty)
}

function readRdns(sequence: DerCursor): (readonly Attribute[])[] {
  const rdns: (readonly Attribute[])[] = []
  let count = 0
  while (!sequence.done) {
    const set = sequence.enter(TAG.SET, 'rdn')
    const attributes: Attribute[] = []
    do {
      if (++count > LIMITS.nameAttributes) {
        const expected = `at most ${LIMITS.nameAttributes} attributes`
        sequence.fail('ERR_LIMIT', '', sequence.offset, 'RFC 5280 §4.1.2.4', expected, undefined)
      }
      attributes.push(readAttribute(set))
    } while (!set.done)
    rdns.push(attributes)
  }
  return rdns
}

/**
 * A name that reads. Its forms are made when they are asked for, and its parts are not kept: a hostile CMS has hundreds of
 * long names that nobody looks at.
 */
class ReadName implements DistinguishedName {
  readonly der: Uint8Array
  readonly isEmpty: boolean
  #known: NameForms | undefined

  constructor(der: Uint8Array, isEmpty: boolean) {
    this.der = der
    this.isEmpty = isEmpty
  }

  /** The same for the same octets: an authority's name stands in its certificate, in those that it issued, and in its lists. */
  get #forms(): NameForms {
    this.#known ??= forms.of(this.der, (der) => new NameForms(der))
    return this.#known
  }

  get emailAddresses(): readonly (string | null)[] {
    return this.#forms.emailAddresses
  }

  get rdns(): readonly string[] {
    return this.#forms.rdns
  }

  get key(): string {
    return this.#forms.key
  }

  get text(): string {
    return this.#forms.text
  }
}

const forms = new RememberedReadings<NameForms>()

/** What follows from the octets of a name that reads. */
class NameForms {
  readonly der: Uint8Array
  #text: string | undefined
  #key: string | undefined
  #rdns: readonly string[] | undefined

  constructor(der: Uint8Array) {
    this.der = der
  }

  get emailAddresses(): readonly (string | null)[] {
    return this.#read().flatMap((rdn) => rdn.flatMap(({ oid, value }) => (oid === EMAIL_ADDRESS ? [value] : [])))
  }

  get rdns(): readonly string[] {
    this.#rdns ??= this.#keys()
    return this.#rdns
  }

  get key(): string {
    this.#key ??= this.#keys().join(',')
    return this.#key
  }

  get text(): string {
    this.#text ??= nameText(this.#read(), this.der)
    return this.#text
  }

  #keys(): readonly string[] {
    return this.#read().map((rdn) => rdn.map(attributeKey).sort().join('+'))
  }

  #read(): readonly (readonly Attribute[])[] {
    return readRdns(DerCursor.over(this.der, 'name').enter(TAG.SEQUENCE, ''))
  }
}

/** RFC 4514 §2.1: from the last RDN to the first. A long one is cut where it is read, and known by its digest. */
function nameText(rdns: readonly (readonly Attribute[])[], der: Uint8Array): string {
  let text = ''
  for (let index = rdns.length - 1; index >= 0 && text.length <= LIMITS.nameTextCharacters; index--) {
    const rdn = (rdns[index] ?? []).map(attributeText).join('+')
    text += index === rdns.length - 1 ? rdn : `,${rdn}`
  }
  return cutText(text, der)
}

/** `whole`: the octets that the text was made from, at least as far as it is shown. */
function cutText(text: string, whole: Uint8Array): string {
  if (text.length <= LIMITS.nameTextCharacters) return text
  return `${beginningOf(text, LIMITS.nameTextCharacters)}… (cut; SHA-256 of the whole ${toHex(sha256(whole))})`
}

/** Hex of what is no text; cut like a name. */
export function identifierText(octets: Uint8Array): string {
  return cutText(toHex(octets.subarray(0, LIMITS.nameTextCharacters)), octets)
}

function readAttribute(set: DerCursor): Attribute {
  const pair = set.enter(TAG.SEQUENCE, 'attribute')
  const oid = pair.oid('type')
  const value = pair.any('value')
  pair.finish()
  return { oid, value: stringText(value.tag, contentOf(value)) ?? null, der: encodingOf(value) }
}

function attributeText({ oid, value, der }: Attribute): string {
  // What lies beyond is cut from the name: every octet and every character is written as one character at least.
  const end = LIMITS.nameTextCharacters + 2
  const written = value === null ? `#${toHex(der.subarray(0, end))}` : escapeValue(beginningOf(value, end))
  return `${SHORT_NAMES.get(oid) ?? oid}=${written}`
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
/** Nothing of it is escaped: letters, digits and the like, and single characters of these at both ends. */
const PLAIN_VALUE = /^[A-Za-z0-9().:/_-](?:[A-Za-z0-9().:/_ -]*[A-Za-z0-9().:/_-])?$/

/** RFC 4514 §2.4, with every hostile character written as its UTF-8 octets in hex. */
function escapeValue(value: string): string {
  if (PLAIN_VALUE.test(value)) return value
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
      return `${name.kind}:${cutText(escapeValue(beginningOf(name.value, LIMITS.nameTextCharacters + 2)), encodeUtf8(name.value))}`
    case 'iPAddress':
      return `iPAddress:${toHex(name.octets)}`
    default:
      return `${name.kind}:#${identifierText(name.der)}`
  }
}
