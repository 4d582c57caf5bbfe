import type { AnchorRole } from '../model/trust-set.ts'

/** id-kp-timeStamping, RFC 3161 §2.3. */
export const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'
/** RFC 5280 §4.2.1.12 */
export const ANY_PURPOSE = '2.5.29.37.0'

/**
 * Purposes under which documents are signed: emailProtection (RFC 5280 §4.2.1.12: S/MIME is CMS), documentSigning
 * (RFC 9336), and the two that document-signing authorities used before it (Microsoft, Adobe).
 */
export const DOCUMENT_PURPOSES: readonly string[] = [
  '1.3.6.1.5.5.7.3.4',
  '1.3.6.1.5.5.7.3.36',
  '1.3.6.1.4.1.311.10.3.12',
  '1.2.840.113583.1.1.5',
]

const OF_TIME_STAMPS: readonly string[] = [TIME_STAMPING, ANY_PURPOSE]
const OF_DOCUMENTS: readonly string[] = [...DOCUMENT_PURPOSES, ANY_PURPOSE]

/** Any of these in an authority's certificate lets it certify for the role; null where no purpose is defined. */
export function purposesOfRole(role: AnchorRole): readonly string[] | null {
  switch (role) {
    case 'time-stamp-authority':
      return OF_TIME_STAMPS
    case 'signer':
    case 'handover':
    case 'approver':
    case 'notice':
      return OF_DOCUMENTS
    default:
      return null
  }
}
