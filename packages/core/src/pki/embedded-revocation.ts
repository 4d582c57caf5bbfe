import { DerCursor, encodingOf } from '../asn1/cursor.ts'
import { contextConstructed, TAG } from '../asn1/tag.ts'
import { LIMITS } from '../model/limits.ts'
import { orNull } from '../model/parse-error.ts'
import { signatureBytes } from './certificate-pool.ts'
import { type Cms, parseCms } from './cms.ts'
import type { RevocationSourceFile } from './revocation-pool.ts'
import { parseTimeStampFile } from './tsp.ts'

/** RFC 5940 §2.1: an OCSPResponse among the crls of a CMS. */
const ID_RI_OCSP_RESPONSE = '1.3.6.1.5.5.7.16.2'

/** ETSI EN 319 122-1 §A.1.2.2 (RFC 5126 §6.3.4). */
const REVOCATION_VALUES = '1.2.840.113549.1.9.16.2.24'

/** What a signature or token carries; nothing for other files, and for what does not read: that is a fact of its own. */
export function revocationInFile(
  path: string,
  bytes: Uint8Array,
  kind: 'signature' | 'token' | 'certificate',
): RevocationSourceFile[] {
  if (kind === 'certificate') return []
  const cms = orNull(() => (kind === 'signature' ? parseCms(signatureBytes(bytes)) : parseTimeStampFile(bytes).token))
  return cms === null ? [] : revocationInCms(cms, path)
}

/**
 * What a CMS carries: its crls, and the revocation-values among unsigned attributes. Of each list the first
 * LIMITS.revocationUnprotected are taken, as of all of them together; one without bytes says that there are more.
 */
export function revocationInCms(cms: Cms, path: string): RevocationSourceFile[] {
  const most = LIMITS.revocationUnprotected
  const files: RevocationSourceFile[] = cms.crls
    .slice(0, most)
    .flatMap(({ kind, der }, index): RevocationSourceFile[] => {
      const source = `${path} crls[${index}]`
      if (kind === 'crl') return [{ source, bytes: der, kind: 'crl' }]
      const ocsp = otherRevocationInfo(der)
      return ocsp === null ? [] : [{ source, bytes: ocsp, kind: 'ocsp' }]
    })
  if (cms.crls.length > most) files.push({ source: `${path} crls[${most}]`, bytes: null, kind: 'crl' })
  for (const [signer, { unsignedAttrs }] of cms.signerInfos.entries()) {
    const source = `${path} signerInfos[${signer}].revocation-values`
    const values = unsignedAttrs.filter(({ oid }) => oid === REVOCATION_VALUES).flatMap(({ values: all }) => all)
    const found: RevocationSourceFile[] = []
    for (const value of values.slice(0, most)) readRevocationValues(value, source, most + 1 - found.length, found)
    files.push(...found.slice(0, most))
    if (values.length > most || found.length > most) files.push({ source, bytes: null, kind: 'crl' })
  }
  return files
}

/** OtherRevocationInfoFormat (RFC 5652 §10.2.1) under [1]; null when it is another format, or does not read. */
function otherRevocationInfo(der: Uint8Array): Uint8Array | null {
  return orNull(() => {
    const info = DerCursor.over(der, 'OtherRevocationInfoFormat', 'BER').enter(contextConstructed(1), '')
    return info.oid('otherRevInfoFormat') === ID_RI_OCSP_RESPONSE ? encodingOf(info.any('otherRevInfo')) : null
  })
}

/** RevocationValues: crlVals [0], ocspVals [1], otherRevVals [2]. Adds no more than `most`. */
function readRevocationValues(der: Uint8Array, source: string, most: number, found: RevocationSourceFile[]): void {
  const full = found.length + most
  orNull(() => {
    const values = DerCursor.over(der, 'RevocationValues').enter(TAG.SEQUENCE, '')
    for (const [number, kind] of [
      [0, 'crl'],
      [1, 'ocsp'],
    ] as const) {
      const list = values.optionalExplicit(number, kind)?.enter(TAG.SEQUENCE, '')
      while (list !== undefined && !list.done && found.length < full)
        found.push({ source, bytes: encodingOf(list.any('')), kind })
    }
    return null
  })
}
