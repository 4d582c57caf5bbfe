import { type Asn1Element, contentOf, type DerCursor, encodingOf } from '../asn1/cursor.ts'
import { contextConstructed, contextPrimitive } from '../asn1/tag.ts'
import { isAscii } from '../asn1/text.ts'
import { beginningOf } from '../json/value.ts'
import { toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { decodeLatin1, encodeUtf8 } from '../model/utf8.ts'
import type { GeneralName } from './certificate.ts'
import { readName } from './name.ts'
import { cutText, escapeValue, identifierText } from './name-text.ts'

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
    case contextConstructed(0): {
      const other = cursor.into(element, field)
      other.oid('type-id')
      const value = other.enter(contextConstructed(0), 'value')
      value.any('')
      value.finish()
      other.finish()
      return { kind: 'otherName', der: encodingOf(element) }
    }
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

/** Whether two GeneralNames are the same: by form, host names and the domain of mail addresses without case. */
export function isSameGeneralName(a: GeneralName, b: GeneralName): boolean {
  return generalNameKey(a) === generalNameKey(b)
}

/** The same text for names that `isSameGeneralName` takes for the same, and for no others. */
export function generalNameKey(name: GeneralName): string {
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
