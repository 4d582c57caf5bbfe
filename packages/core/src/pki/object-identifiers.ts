/** Object identifiers of CMS, ESS and time-stamps, by the name that the standard gives them. */
export const OID = {
  /** RFC 5652 §4 */
  data: '1.2.840.113549.1.7.1',
  /** RFC 5652 §5.1 */
  signedData: '1.2.840.113549.1.7.2',
  /** RFC 3161 §2.4.2 */
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  /** RFC 5652 §11.1 */
  contentType: '1.2.840.113549.1.9.3',
  /** RFC 5652 §11.2 */
  messageDigest: '1.2.840.113549.1.9.4',
  /** RFC 5652 §11.3 */
  signingTime: '1.2.840.113549.1.9.5',
  /** RFC 5652 §11.4 */
  countersignature: '1.2.840.113549.1.9.6',
  /** RFC 5035 §5 (RFC 2634 §5.4) */
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  /** RFC 5035 §3 */
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  /** RFC 6211 §2 */
  algorithmProtection: '1.2.840.113549.1.9.52',
  /** ETSI EN 319 122-1 §5.3 (RFC 5126 §6.1.1) */
  signatureTimeStamp: '1.2.840.113549.1.9.16.2.14',
} as const
