import { compareBytes } from '../model/bytes.ts'
import type { Certificate, GeneralName } from './certificate.ts'
import { ALL_REASONS, type Crl, type DistributionPoint, type ReasonMask } from './crl.ts'
import { generalNameKey } from './general-name.ts'

/**
 * RFC 5280 §6.3.3, the last paragraph: what a certificate's CRL is without, or beside, its distribution points. Stricter
 * for a certificate that names points: then no CRL counts beside them that names a point itself, were it that of the
 * issuer. Such a CRL lists what was revoked of its own point (§5.2.5), and a certificate of another one is never in it.
 */
export function impliedPointOf(certificate: Certificate, namesPoints: boolean): DistributionPoint {
  const names = namesPoints ? [] : [{ kind: 'directoryName', name: certificate.issuer } as const]
  return { names, reasons: null, cRLIssuer: null }
}

/**
 * The reasons that a CRL speaks of for a certificate under one of its distribution points (RFC 5280 §6.3.3 (b), (d)); 0
 * when the certificate is not in its scope. `point`: of the certificate, or the implied one.
 */
export function reasonsInScope(crl: Crl, point: DistributionPoint, certificate: Certificate): ReasonMask {
  const scope = crl.issuingDistributionPoint
  if (point.cRLIssuer === null) {
    if (crl.issuer.key !== certificate.issuer.key) return 0
  } else if (scope?.indirectCRL !== true || !hasDirectoryName(point.cRLIssuer, crl.issuer.key)) return 0
  if (scope === null) return point.reasons ?? ALL_REASONS
  if (scope.names !== null) {
    const wanted = point.names ?? point.cRLIssuer ?? []
    const own = keysOf(scope.names)
    if (!wanted.some((name) => own.has(generalNameKey(name)))) return 0
  }
  const isAuthority = certificate.basicConstraints?.ca === true
  if (scope.onlyContainsAttributeCerts) return 0
  if (scope.onlyContainsUserCerts && isAuthority) return 0
  if (scope.onlyContainsCACerts && !isAuthority) return 0
  return (scope.onlySomeReasons ?? ALL_REASONS) & (point.reasons ?? ALL_REASONS)
}

const keys = new WeakMap<readonly GeneralName[], ReadonlySet<string>>()

/** Those of a CRL are looked at for each point of each certificate. */
function keysOf(names: readonly GeneralName[]): ReadonlySet<string> {
  const known = keys.get(names)
  if (known !== undefined) return known
  const made = new Set(names.map(generalNameKey))
  keys.set(names, made)
  return made
}

function hasDirectoryName(names: readonly GeneralName[], key: string): boolean {
  return names.some((name) => name.kind === 'directoryName' && name.name.key === key)
}

/** Whether a delta CRL changes this complete one: same issuer and scope, numbers in order (RFC 5280 §5.2.4, §6.3.3 (c)). */
export function isDeltaOf(delta: Crl, base: Crl): boolean {
  if (delta.baseCrlNumber === null || delta.crlNumber === null || base.crlNumber === null) return false
  if (delta.issuer.key !== base.issuer.key) return false
  const [a, b] = [delta.issuingDistributionPoint, base.issuingDistributionPoint]
  if (a === null || b === null ? a !== b : compareBytes(a.der, b.der) !== 0) return false
  return compareNumbers(base.crlNumber, delta.baseCrlNumber) >= 0 && compareNumbers(base.crlNumber, delta.crlNumber) < 0
}

/** Content octets of INTEGERs that are not negative and minimal. */
export function compareNumbers(a: Uint8Array, b: Uint8Array): number {
  return a.length - b.length || compareBytes(a, b)
}
