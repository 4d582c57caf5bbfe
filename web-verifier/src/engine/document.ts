import {
  type AttachedJudgement,
  establishCertificate,
  openTypesetter,
  type TypesetterFiles,
} from '@probatum/certificate'
import {
  type BundleSource,
  establishBundleFacts,
  type FactsFile,
  type GivenRevocation,
  makeFileTree,
} from '@probatum/core'
import type { WebPorts } from '@probatum/platform/browser'
import { readRecorded, readRecords } from '@probatum/words/certificate'

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
      : async (attached: AttachedJudgement | null) => {
          const { factsFile, inventory } = await establishBundleFacts(bundle.source, ports, {
            digests: attached?.facts.facts.digests ?? 'all',
            revocation: given.revocation,
            name: bundle.name,
            bytes: bundle.bytes,
          })
          const { tree } = await makeFileTree(bundle.source)
          const records = await readRecords(tree, factsFile, inventory, ports.smallDigest)
          return { factsFile, inventory, recorded: readRecorded(records, ports.smallDigest) }
        }
  const { factsFile, attached } = await establishCertificate({ ...given, printed: [], bundle: reading }, checkPorts)
  return { factsFile, listed: attached?.inventory ?? null }
}
