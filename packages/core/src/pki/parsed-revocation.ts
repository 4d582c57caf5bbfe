import { fromBase64 } from '../model/bytes.ts'
import { ParseError } from '../model/parse-error.ts'
import type { SmallDigest } from '../model/ports.ts'
import type { Crl } from './crl.ts'
import { parseCrl } from './crl-parse.ts'
import type { OcspResponse } from './ocsp.ts'
import { parseOcspResponse } from './ocsp-parse.ts'
import { isUnvouchedSource, type PooledRevocation, type RevocationFacts } from './revocation.ts'

/** Revocation material, parsed. */
export interface ParsedRevocation {
  /** There is more, which was not looked at. */
  readonly limited: boolean
  /** As RevocationEvidence has them. */
  readonly unread: boolean
  readonly sources: ReadonlyMap<string, string>
  readonly also: ReadonlyMap<string, readonly string[]>
  readonly crls: readonly Crl[]
  readonly ocsp: readonly OcspResponse[]
}

/** The material from facts. Throws ParseError (`ERR_FACTS`, or why it does not read): facts come from a file. */
export function parseRevocation(facts: RevocationFacts, digest?: SmallDigest): ParsedRevocation {
  const sha256 = digest === undefined ? undefined : (bytes: Uint8Array) => digest('sha256', bytes)
  const read = <T extends { readonly sha256: string }>(
    name: string,
    pool: readonly PooledRevocation[],
    parse: (der: Uint8Array) => T,
  ): T[] =>
    pool.map((pooled, index) => {
      const where = `revocation.${name}[${index}]`
      const der = fromBase64(pooled.der)
      if (der === undefined) throw new ParseError('ERR_FACTS', { where, expected: 'base64' })
      const parsed = parse(der)
      if (parsed.sha256 !== pooled.sha256) {
        throw new ParseError('ERR_FACTS', { where, expected: pooled.sha256, found: parsed.sha256 })
      }
      return parsed
    })
  return {
    ...materialOf(facts),
    crls: read('crls', facts.crls, (der) => parseCrl(der, sha256)),
    ocsp: read('ocsp', facts.ocsp, (der) => parseOcspResponse(der, sha256)),
  }
}

type Placed = Pick<PooledRevocation, 'sha256' | 'source' | 'also'>

/** What is known of the material besides what it says. */
export function materialOf({
  crls,
  ocsp,
  failures,
  omitted,
}: Pick<RevocationFacts, 'failures' | 'omitted'> & {
  readonly crls: readonly Placed[]
  readonly ocsp: readonly Placed[]
}): Omit<ParsedRevocation, 'crls' | 'ocsp'> {
  const all = [...crls, ...ocsp]
  return {
    limited: omitted > 0,
    unread: failures.some(({ source }) => !isUnvouchedSource(source)),
    sources: new Map(all.map(({ sha256, source }) => [sha256, source])),
    also: new Map(all.map(({ sha256, also = [] }) => [sha256, also])),
  }
}
