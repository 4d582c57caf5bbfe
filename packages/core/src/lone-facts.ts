import { contentDigest } from './bundle/content-digest.ts'
import type { LoneHints } from './establish-alone.ts'
import { compareBytes, concatBytes, toBase64, toHex } from './model/bytes.ts'
import type { Facts } from './model/facts.ts'
import { LIMITS } from './model/limits.ts'
import type { CertificateSource } from './pki/certificate-pool.ts'
import { revocationInFile } from './pki/embedded-revocation.ts'
import type { SignaturePorts } from './pki/establish-cms.ts'
import { collectRevocation, givenSources } from './pki/revocation-pool.ts'

// What the facts of every file have that is judged without a bundle.

export function loneHints({ certificates = [] }: Pick<LoneHints, 'certificates'>): CertificateSource[] {
  return certificates.map((bytes, index) => ({ path: `certificate[${index}]`, bytes, kind: 'certificate' }))
}

export function loneRevocation(
  sources: readonly CertificateSource[],
  { revocation }: Pick<LoneHints, 'revocation'>,
  { smallDigest }: SignaturePorts,
): Facts['revocation'] {
  const inside = sources.flatMap(({ path, bytes, kind }) => revocationInFile(path, bytes, kind))
  return collectRevocation([...inside, ...givenSources(revocation)], smallDigest)
}

/** What every lone file's facts have. `beside`: what is judged with it, and is no content of its own. */
export function loneFactsOf(
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  beside: readonly Uint8Array[],
  { smallDigest }: SignaturePorts,
): Omit<Facts, 'kind' | 'certificates' | 'revocation'> {
  const sha256 = (bytes: Uint8Array) => toHex(smallDigest('sha256', bytes))
  const small = [...files.map(({ bytes }) => bytes), ...beside]
    .filter((bytes) => bytes.length <= LIMITS.trustSetBytes)
    .map((bytes) => smallDigest('sha256', bytes))
    .sort(compareBytes)
  const listed = files.map(({ path, bytes }) => ({ path, sha256: sha256(bytes) }))
  return {
    facts: 'probatum/facts/1-draft',
    content: {
      sha256: contentDigest(listed, smallDigest),
      files: files.length,
      bytes: files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    },
    inventory: { sha256: sha256(new Uint8Array()), lines: 0 },
    digests: 'all',
    smallFiles: toBase64(concatBytes(...small)),
    bundleId: null,
    bag: null,
    records: null,
    signatures: [],
    token: null,
  }
}
