import { DerCursor } from '../asn1/cursor.ts'
import { TAG } from '../asn1/tag.ts'
import { ParseError } from '../model/parse-error.ts'
import type { Certificate, GeneralName } from './certificate.ts'
import { distributionPointsOf } from './crl-distribution-points.ts'
import { readGeneralName } from './general-name.ts'

/** RFC 5280 §4.2.2.1 */
const AUTHORITY_INFO_ACCESS = '1.3.6.1.5.5.7.1.1'
const ID_AD_OCSP = '1.3.6.1.5.5.7.48.1'
const ID_AD_CA_ISSUERS = '1.3.6.1.5.5.7.48.2'

/** More than any certificate in use names; one could name thousands. */
const MOST = 8

/** Where a certificate says that more about it is to be had. Nothing of it is believed by standing there. */
export interface AccessLocations {
  /** OCSP responders (RFC 5280 §4.2.2.1). */
  readonly ocsp: readonly string[]
  /** Certificates of its issuer (RFC 5280 §4.2.2.1). */
  readonly caIssuers: readonly string[]
  /** CRLs (RFC 5280 §4.2.1.13). */
  readonly crls: readonly string[]
}

/**
 * The http and https addresses that a certificate names, in its own order, each once. An extension that does not read
 * names none.
 */
export function accessLocationsOf(certificate: Certificate): AccessLocations {
  const access = readOrNone(() => readAuthorityInfoAccess(certificate))
  const of = (method: string) => addresses(access.filter(({ oid }) => oid === method).map(({ location }) => location))
  const points = readOrNone(() => distributionPointsOf(certificate) ?? [])
  return {
    ocsp: of(ID_AD_OCSP),
    caIssuers: of(ID_AD_CA_ISSUERS),
    crls: addresses(points.flatMap(({ names }) => names ?? [])),
  }
}

function readAuthorityInfoAccess({
  extensions,
}: Certificate): { readonly oid: string; readonly location: GeneralName }[] {
  const extension = extensions.find(({ oid }) => oid === AUTHORITY_INFO_ACCESS)
  if (extension === undefined) return []
  const cursor = DerCursor.over(extension.value, 'AuthorityInfoAccessSyntax')
  const list = cursor.enter(TAG.SEQUENCE, '')
  cursor.finish()
  const found: { oid: string; location: GeneralName }[] = []
  while (!list.done) {
    const description = list.enter(TAG.SEQUENCE, `${found.length}`)
    const oid = description.oid('accessMethod')
    const location = readGeneralName(description, 'accessLocation')
    description.finish()
    found.push({ oid, location })
  }
  return found
}

function addresses(names: readonly GeneralName[]): string[] {
  const all = names.flatMap((name) =>
    name.kind === 'uniformResourceIdentifier' && /^https?:\/\/[!-~]{1,2040}$/i.test(name.value) ? [name.value] : [],
  )
  return [...new Set(all)].slice(0, MOST)
}

function readOrNone<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read()
  } catch (error) {
    if (error instanceof ParseError) return []
    throw error
  }
}
