import { contentOf, DerCursor, encodingOf } from '../asn1/cursor.ts'
import { RememberedReadings } from '../asn1/remembered-readings.ts'
import { TAG } from '../asn1/tag.ts'
import { stringText } from '../asn1/text.ts'
import { beginningOf } from '../json/value.ts'
import { toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import type { DistinguishedName } from './certificate.ts'
import { cutText, escapeValue } from './name-text.ts'

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

/** Whether two names are equal by RFC 5280 §7.1. */
export function isSameName(a: DistinguishedName, b: DistinguishedName): boolean {
  return a.key === b.key
}
