import { expectation } from './pki-expect.ts'
import type { PkiVector } from './pki-vector.ts'

/**
 * What the report of one certificate says, from what is wrong with it. `target …`: the certificate itself; `path …`: one
 * obstacle of the path that is there; `search …`: no path is there; `revocation …`;
 * `refused …`: the code of the error.
 */
export function pathExpectation(
  lines: readonly string[],
  role: 'signer' | 'time-stamp-authority',
  /** Findings about further paths, which do not count. */
  beside: readonly string[] = [],
): PkiVector['expect'] {
  const refused = lines.find((line) => line.startsWith('refused '))
  if (refused !== undefined) return { findings: [], error: refused.slice('refused '.length) }
  const prefix = role === 'signer' ? 'signer' : 'timestamp'
  const obstacles = lines.flatMap((line) => (line.startsWith('path ') ? [line.slice('path '.length)] : []))
  const findings = beside.map((outcome) => `${prefix}.path-candidate ${outcome}`)
  // One finding for each path: its first contradiction, or else the first that is open.
  const worst = obstacles.find((outcome) => outcome.startsWith('FAILED')) ?? obstacles[0]
  if (worst !== undefined) {
    const conclusion = worst === 'FAILED:signature' ? 'same-name-other-key' : 'none-holds'
    findings.push(`${prefix}.path-candidate ${worst}`, `${prefix}.path INDETERMINATE:${conclusion}`)
  }
  for (const line of lines) {
    const [about = '', outcome = ''] = line.split(' ')
    const [value, reason = ''] = outcome.split(':')
    if (about === 'search')
      findings.push(`${prefix}.path INDETERMINATE:${reason === 'no-path' ? 'issuer-missing' : reason}`)
    if (about === 'revocation') findings.push(`${prefix}.revocation ${outcome}`)
    if (about === 'target' && (reason === 'expired' || reason === 'not-yet-valid'))
      findings.push(`${prefix}.validity ${outcome}`)
    if (line.startsWith('target key ')) findings.push(`${prefix}.key ${line.slice('target key '.length)}`)
    // RFC 5280 §4.2.1.3: a certificate without a signing bit contradicts that use.
    if (about === 'target' && reason === 'key-usage') findings.push(`${prefix}.key-usage FAILED:key-usage`)
    if (about === 'target' && reason === 'unreadable') findings.push(`${prefix}.key-usage ${outcome}`)
    if (about === 'target' && reason === 'extended-key-usage') findings.push(`${prefix}.key-usage ${value}:${reason}`)
  }
  return expectation(findings)
}
