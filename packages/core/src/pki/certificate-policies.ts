import type { DerCursor } from '../asn1/cursor.ts'
import { contextPrimitive, TAG } from '../asn1/tag.ts'
import type { PolicyConstraints, PolicyMapping } from './certificate.ts'

/** RFC 5280 §4.2.1.4 */
export const ANY_POLICY = '2.5.29.32.0'

/** RFC 5280 §4.2.1.4; a policy that stands twice is kept twice. */
export function readCertificatePolicies(cursor: DerCursor): string[] {
  return readPolicyInformation(cursor.enter(TAG.SEQUENCE, ''))
}

/** `list`: over the content of a SEQUENCE OF PolicyInformation, which has at least one. */
export function readPolicyInformation(list: DerCursor): string[] {
  const policies: string[] = []
  do {
    const information = list.enter(TAG.SEQUENCE, `${policies.length}`)
    policies.push(information.oid('policyIdentifier'))
    // Texts for people and addresses: nothing in them can make a path hold or not.
    if (!information.done) information.read(TAG.SEQUENCE, 'policyQualifiers')
    information.finish()
  } while (!list.done)
  return policies
}

/** RFC 5280 §4.2.1.5 */
export function readPolicyMappings(cursor: DerCursor): PolicyMapping[] {
  const list = cursor.enter(TAG.SEQUENCE, '')
  const mappings: PolicyMapping[] = []
  do {
    const mapping = list.enter(TAG.SEQUENCE, `${mappings.length}`)
    const issuerDomainPolicy = mapping.oid('issuerDomainPolicy')
    const subjectDomainPolicy = mapping.oid('subjectDomainPolicy')
    mapping.finish()
    mappings.push({ issuerDomainPolicy, subjectDomainPolicy })
  } while (!list.done)
  return mappings
}

/** RFC 5280 §4.2.1.11: never an empty SEQUENCE. */
export function readPolicyConstraints(cursor: DerCursor): PolicyConstraints {
  const sequence = cursor.enter(TAG.SEQUENCE, '')
  const skip = (number: number, field: string) =>
    sequence.tag === contextPrimitive(number) ? sequence.smallInteger(field, contextPrimitive(number)) : null
  const offset = sequence.offset
  const requireExplicitPolicy = skip(0, 'requireExplicitPolicy')
  const inhibitPolicyMapping = skip(1, 'inhibitPolicyMapping')
  if (requireExplicitPolicy === null && inhibitPolicyMapping === null) {
    sequence.fail('ERR_DER_VALUE', '', offset, 'RFC 5280 §4.2.1.11', 'at least one field', undefined)
  }
  sequence.finish()
  return { requireExplicitPolicy, inhibitPolicyMapping }
}

/** RFC 5280 §4.2.1.14 */
export function readInhibitAnyPolicy(cursor: DerCursor): number {
  return cursor.smallInteger('')
}
