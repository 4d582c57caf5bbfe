import type { Certificate, GeneralName } from './certificate.ts'
import { EXTENSION } from './certificate-extensions.ts'
import { ANY_POLICY } from './certificate-policies.ts'

/** Where a certificate departs from what RFC 5280 §4 demands of a conforming authority. */
export interface Departure {
  /** Of RFC 5280. */
  readonly section: string
  readonly found: string
}

/**
 * The demands of RFC 5280 §4 on issuing, as far as they can be seen in one certificate. Nothing in §6 makes a verifier
 * refuse for them (§4.1.2.2 even asks to be graceful), so only a policy that says so does.
 */
export function departuresFromProfile(certificate: Certificate): readonly Departure[] {
  const before = known.get(certificate)
  if (before !== undefined) return before
  const departures = examine(certificate)
  known.set(certificate, departures)
  return departures
}

/** A certificate may stand in every candidate path, and may be large. */
const known = new WeakMap<Certificate, readonly Departure[]>()

function examine(certificate: Certificate): Departure[] {
  const departures: Departure[] = []
  const note = (section: string, found: string) => departures.push({ section, found })
  const { serialNumber, subject, issuer, subjectAltName, basicConstraints, keyUsage } = certificate
  const isAuthority = basicConstraints?.ca === true
  const criticality = new Map(certificate.extensions.map(({ oid, critical }) => [oid, critical]))

  if (!certificate.signatureAlgorithmsAgree) note('4.1.1.2', 'signatureAlgorithm differs from signature')
  if (serialNumber.every((octet) => octet === 0)) note('4.1.2.2', 'serialNumber 0')
  if ((serialNumber[0] ?? 0) >= 0x80) note('4.1.2.2', 'serialNumber negative')
  if (serialNumber.length > 20) note('4.1.2.2', `serialNumber of ${serialNumber.length} octets`)
  if (issuer.isEmpty) note('4.1.2.4', 'issuer empty')
  if (certificate.isGeneralizedTimeEarly) note('4.1.2.5', 'a time before 2050 as GeneralizedTime')
  if (certificate.hasUniqueIdentifier) note('4.1.2.8', 'a unique identifier')
  if (subject.isEmpty) {
    if (isAuthority) note('4.1.2.6', 'subject of an authority empty')
    if (criticality.get(EXTENSION.subjectAltName) !== true)
      note('4.1.2.6', 'subject empty, subjectAltName not critical')
  }
  // The one exception of §4.2.1.1 is a self-signed certificate.
  const keyIdentifier = certificate.authorityKeyIdentifier?.keyIdentifier ?? null
  if (keyIdentifier === null && issuer.key !== subject.key)
    note('4.2.1.1', 'authorityKeyIdentifier without keyIdentifier')
  if (isAuthority && certificate.subjectKeyIdentifier === null) note('4.2.1.2', 'subjectKeyIdentifier absent')
  for (const [section, name] of NEVER_CRITICAL) {
    if (criticality.get(EXTENSION[name]) === true) note(section, `${name} critical`)
  }
  for (const [section, name] of ALWAYS_CRITICAL) {
    if (criticality.get(EXTENSION[name]) === false) note(section, `${name} not critical`)
  }
  if (isAuthority && criticality.get(EXTENSION.basicConstraints) === false) {
    note('4.2.1.9', 'basicConstraints of an authority not critical')
  }
  const certifies = keyUsage?.has('keyCertSign') === true
  if (isAuthority && keyUsage === null) note('4.2.1.3', 'keyUsage of an authority absent')
  if (keyUsage?.size === 0) note('4.2.1.3', 'keyUsage without a bit')
  if (certifies && !isAuthority) note('4.2.1.3', 'keyCertSign without cA')
  if (basicConstraints?.pathLen != null && !(isAuthority && certifies)) {
    note('4.2.1.9', 'pathLenConstraint without cA or keyCertSign')
  }
  const subtrees = [...(certificate.nameConstraints?.permitted ?? []), ...(certificate.nameConstraints?.excluded ?? [])]
  if (subtrees.some(({ base }) => base.kind === 'dNSName' && base.value.startsWith('.'))) {
    note('4.2.1.10', 'dNSName constraint with a leading dot')
  }
  if (certificate.nameConstraints?.hasEmptyList) note('4.2.1.10', 'an empty list of subtrees')
  if (!isAuthority && certificate.nameConstraints !== null) note('4.2.1.10', 'nameConstraints without cA')
  const policies = certificate.certificatePolicies ?? []
  if (new Set(policies).size < policies.length) note('4.2.1.4', 'a policy twice')
  const mapped = (certificate.policyMappings ?? []).flatMap((pair) => [
    pair.issuerDomainPolicy,
    pair.subjectDomainPolicy,
  ])
  if (mapped.includes(ANY_POLICY)) note('4.2.1.5', 'anyPolicy mapped')
  if (subjectAltName?.some((name) => !isWellFormed(name))) note('4.2.1.6', 'subjectAltName malformed')
  return departures
}

const NEVER_CRITICAL = [
  ['4.2.1.1', 'authorityKeyIdentifier'],
  ['4.2.1.2', 'subjectKeyIdentifier'],
] as const

const ALWAYS_CRITICAL = [
  ['4.2.1.10', 'nameConstraints'],
  ['4.2.1.11', 'policyConstraints'],
  ['4.2.1.14', 'inhibitAnyPolicy'],
] as const

/** RFC 5280 §4.2.1.6; a wildcard as the left label is what everybody reads it as. */
function isWellFormed(name: GeneralName): boolean {
  switch (name.kind) {
    case 'dNSName':
      return name.value.length <= 253 && /^(?:\*\.)?[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/i.test(name.value)
    case 'rfc822Name':
      return name.value.lastIndexOf('@') > 0 && !name.value.endsWith('@')
    case 'uniformResourceIdentifier':
      return /^[a-z][a-z0-9+.-]*:./i.test(name.value)
    case 'iPAddress':
      return name.octets.length === 4 || name.octets.length === 16
    default:
      return true
  }
}
