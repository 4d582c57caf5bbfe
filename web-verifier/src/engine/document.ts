import {
  type AttachedJudgement,
  establishCertificate,
  openTypesetter,
  type TypesetterFiles,
} from '@probatum/certificate'
import { type BundleSource, establishBundleFacts, type FactsFile, type GivenRevocation } from '@probatum/core'
import type { WebPorts } from '@probatum/platform/browser'

/** A certificate as PDF, and what was handed over with it. */
export interface GivenDocument {
  readonly name: string
  readonly bytes: Uint8Array
  readonly certificates: readonly Uint8Array[]
  readonly revocation: readonly GivenRevocation[]
  readonly sidecar: Uint8Array | null
  readonly bundle: { readonly source: BundleSource; readonly name: string; readonly bytes: number | null } | null
}

/**
 * Facts about a certificate as the command line's `certificate check` establishes them; the bundle is read under its digests.
 * `listed`: the inventory that it carries, its own word; null where it carries none that agrees with its report.
 */
export async function establishDocument(
  { bundle, ...given }: GivenDocument,
  typesetterFiles: TypesetterFiles,
  ports: WebPorts,
  build: string,
): Promise<{ readonly factsFile: FactsFile; readonly listed: Uint8Array | null }> {
  const typesetter = await openTypesetter(typesetterFiles)
  const checkPorts = { signatures: ports.signatures, smallDigest: ports.smallDigest, typesetter, build }
  const reading =
    bundle === null
      ? null
      : (attached: AttachedJudgement | null) =>
          establishBundleFacts(bundle.source, ports, {
            digests: attached?.facts.facts.digests ?? 'all',
            revocation: given.revocation,
            name: bundle.name,
            bytes: bundle.bytes,
          })
  const { factsFile, attached } = await establishCertificate({ ...given, printed: [], bundle: reading }, checkPorts)
  return { factsFile, listed: attached?.inventory ?? null }
}
