import { contentOf, DerCursor } from '../asn1/cursor.ts'
import { contextConstructed, contextPrimitive, TAG } from '../asn1/tag.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { Certificate, Extension, GeneralName, KeyUsage } from './certificate.ts'
import { readNameConstraints } from './certificate-name-constraints.ts'
import {
  readCertificatePolicies,
  readInhibitAnyPolicy,
  readPolicyConstraints,
  readPolicyMappings,
} from './certificate-policies.ts'
import { readGeneralNames } from './general-name.ts'

/** Extensions of RFC 5280 §4.2.1 that the engine knows by name. */
export const EXTENSION = {
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  certificatePolicies: '2.5.29.32',
  policyMappings: '2.5.29.33',
  authorityKeyIdentifier: '2.5.29.35',
  policyConstraints: '2.5.29.36',
  extendedKeyUsage: '2.5.29.37',
  inhibitAnyPolicy: '2.5.29.54',
} as const

/** RFC 5280 §4.2.1.3, by bit. */
const KEY_USAGES: readonly KeyUsage[] = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]

type ExtensionValues = Pick<
  Certificate,
  | 'basicConstraints'
  | 'keyUsage'
  | 'extendedKeyUsage'
  | 'subjectKeyIdentifier'
  | 'authorityKeyIdentifier'
  | 'subjectAltName'
  | 'nameConstraints'
  | 'certificatePolicies'
  | 'policyMappings'
  | 'policyConstraints'
  | 'inhibitAnyPolicy'
  | 'malformedExtensions'
>

/** Reads the values of the known extensions. Of a repeated one the first counts; a malformed one has no value. */
export function parseExtensionValues(extensions: readonly Extension[]): ExtensionValues {
  const malformed: string[] = []
  function value<T>(oid: string, read: (cursor: DerCursor, extension: Extension) => T): T | null {
    const extension = extensions.find((one) => one.oid === oid)
    if (extension === undefined) return null
    try {
      const cursor = DerCursor.over(extension.value, `extension ${oid}`)
      const result = read(cursor, extension)
      cursor.finish()
      return result
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      malformed.push(oid)
      return null
    }
  }
  return {
    basicConstraints: value(EXTENSION.basicConstraints, readBasicConstraints),
    keyUsage: value(EXTENSION.keyUsage, readKeyUsage),
    extendedKeyUsage: value(EXTENSION.extendedKeyUsage, readExtendedKeyUsage),
    subjectKeyIdentifier: value(EXTENSION.subjectKeyIdentifier, (cursor) => cursor.octetString('')),
    authorityKeyIdentifier: value(EXTENSION.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    subjectAltName: value(EXTENSION.subjectAltName, (cursor) => readGeneralNames(cursor.enter(TAG.SEQUENCE, ''))),
    nameConstraints: value(EXTENSION.nameConstraints, readNameConstraints),
    certificatePolicies: value(EXTENSION.certificatePolicies, readCertificatePolicies),
    policyMappings: value(EXTENSION.policyMappings, readPolicyMappings),
    policyConstraints: value(EXTENSION.policyConstraints, readPolicyConstraints),
    inhibitAnyPolicy: value(EXTENSION.inhibitAnyPolicy, readInhibitAnyPolicy),
    malformedExtensions: malformed,
  }
}

/** RFC 5280 §4.2.1.9 */
function readBasicConstraints(cursor: DerCursor): { ca: boolean; pathLen: number | null } {
  const sequence = cursor.enter(TAG.SEQUENCE, '')
  const ca = sequence.booleanDefaultFalse('cA')
  const pathLen = sequence.done ? null : sequence.smallInteger('pathLenConstraint')
  sequence.finish()
  return { ca, pathLen }
}

function readKeyUsage(cursor: DerCursor): ReadonlySet<KeyUsage> {
  const { octets } = cursor.bitString('')
  const usages = new Set<KeyUsage>()
  for (const [bit, usage] of KEY_USAGES.entries()) {
    if (((octets[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) usages.add(usage)
  }
  return usages
}

/** RFC 5280 §4.2.1.12 */
function readExtendedKeyUsage(cursor: DerCursor, extension: Extension): { purposes: string[]; critical: boolean } {
  const sequence = cursor.enter(TAG.SEQUENCE, '')
  const purposes: string[] = []
  do purposes.push(sequence.oid('KeyPurposeId'))
  while (!sequence.done)
  return { purposes, critical: extension.critical }
}

/** RFC 5280 §4.2.1.1 */
export function readAuthorityKeyIdentifier(cursor: DerCursor): {
  keyIdentifier: Uint8Array | null
  issuer: readonly GeneralName[] | null
  serialNumber: Uint8Array | null
} {
  const sequence = cursor.enter(TAG.SEQUENCE, '')
  const keyIdentifier =
    sequence.tag === contextPrimitive(0) ? contentOf(sequence.read(contextPrimitive(0), 'keyIdentifier')) : null
  const issuer =
    sequence.tag === contextConstructed(1)
      ? readGeneralNames(sequence.enter(contextConstructed(1), 'authorityCertIssuer'))
      : null
  const serialNumber =
    sequence.tag === contextPrimitive(2)
      ? sequence.integer('authorityCertSerialNumber', LIMITS.serialOctets, contextPrimitive(2))
      : null
  sequence.finish()
  return { keyIdentifier, issuer, serialNumber }
}
