import { ParseError } from '../model/parse-error.ts'
import type { Certificate } from './certificate.ts'
import { distributionPointsOf } from './crl-distribution-points.ts'

/** Names under which a CRL may speak of a certificate: its issuer's, and those of its distribution points. */
export function crlIssuerNames(certificate: Certificate): ReadonlySet<string> {
  const known = issuerNames.get(certificate) ?? readIssuerNames(certificate)
  issuerNames.set(certificate, known)
  return known
}
const issuerNames = new WeakMap<Certificate, ReadonlySet<string>>()

function readIssuerNames(certificate: Certificate): ReadonlySet<string> {
  const names = new Set([certificate.issuer.key])
  try {
    for (const { cRLIssuer } of distributionPointsOf(certificate) ?? []) {
      for (const name of cRLIssuer ?? []) if (name.kind === 'directoryName') names.add(name.name.key)
    }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
  }
  return names
}
