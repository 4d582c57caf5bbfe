import { toHex } from '../model/bytes.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { Certificate } from './certificate.ts'
import { type CertificateSource, signatureBytes } from './certificate-pool.ts'
import { parseCms } from './cms.ts'
import type { SignaturePorts } from './establish-cms.ts'
import { establishToken } from './establish-token.ts'
import { digestOfBytes } from './evidence-digest.ts'
import type { TokenFacts } from './facts.ts'
import { OID } from './object-identifiers.ts'

/** A signature-time-stamp of a SignerInfo's unsigned attributes (ETSI EN 319 122-1 §5.3). Nothing protects that it is there. */
export interface SignatureTimeStamp {
  /** `PATH#signerInfos[0].signatureTimeStamp[0]` */
  readonly path: string
  /** The SignerInfo whose signature value it is over: `signerInfos[0]`. */
  readonly at: string
  readonly bytes: Uint8Array
  /** The content octets of `signature`: what the messageImprint is of. */
  readonly signature: Uint8Array
}

/** The signature-time-stamps of a signature file, in the order of the file; none when it does not read. Never throws ParseError. */
export function signatureTimeStampsOf(path: string, bytes: Uint8Array): readonly SignatureTimeStamp[] {
  const found: SignatureTimeStamp[] = []
  try {
    for (const [index, { signature, unsignedAttrs }] of parseCms(signatureBytes(bytes)).signerInfos.entries()) {
      const at = `signerInfos[${index}]`
      const values = unsignedAttrs.filter(({ oid }) => oid === OID.signatureTimeStamp).flatMap(({ values }) => values)
      for (const [number, value] of values.entries()) {
        found.push({ path: `${path}#${at}.signatureTimeStamp[${number}]`, at, bytes: value, signature })
      }
    }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
  }
  return found
}

/** Where certificates may be: the file itself and the tokens in its unsigned attributes. */
export function certificateSourcesOf(path: string, bytes: Uint8Array): readonly CertificateSource[] {
  const inside = signatureTimeStampsOf(path, bytes).slice(0, LIMITS.signatureTimeStamps)
  return [
    { path, bytes, kind: 'signature' },
    ...inside.map((one) => ({ path: one.path, bytes: one.bytes, kind: 'token' as const })),
  ]
}

/** The facts of the signature-time-stamps. Those beyond LIMITS.signatureTimeStamps are named and not examined. */
export async function establishSignatureTimeStamps(
  path: string,
  bytes: Uint8Array,
  pool: readonly Certificate[],
  ports: SignaturePorts,
): Promise<TokenFacts[]> {
  const facts: TokenFacts[] = []
  for (const [number, stamp] of signatureTimeStampsOf(path, bytes).entries()) {
    if (number >= LIMITS.signatureTimeStamps) {
      facts.push(beyondLimit(stamp, ports))
      continue
    }
    const file = { path: stamp.path, label: '', bytes: stamp.bytes }
    facts.push({ ...(await establishToken(file, digestOfBytes(stamp.signature, ports), pool, ports)), at: stamp.at })
  }
  return facts
}

function beyondLimit({ path, at, bytes }: SignatureTimeStamp, { smallDigest }: SignaturePorts): TokenFacts {
  const failure = { code: 'ERR_LIMIT', where: 'unsignedAttrs', offset: null, spec: null } as const
  const nothing = { form: null, status: null, failInfo: null, tstInfo: null, cms: null }
  return { path, sha256: toHex(smallDigest('sha256', bytes)), label: '', at, failure, ...nothing }
}
