import {
  type DigestAlgorithm,
  digestWhole,
  type EvidenceDigest,
  LIMITS,
  type RandomAccess,
  type SignedDigestAlgorithm,
  SourceFault,
  toHex,
} from '@probatum/core'
import { type nodePorts, openFileAccess } from '@probatum/platform/node'
import { folderGiven, isDirectory, readWhole, SMALL_FILE } from '../files.ts'

type NodePorts = ReturnType<typeof nodePorts>

/** A file that a signature or time-stamp is said to be over. */
export interface EvidenceFile {
  /** Each digest is computed once. */
  readonly digest: EvidenceDigest
  /** Null when there are more bytes than a structure's own limit. */
  bytes(): Promise<Uint8Array | null>
  close(): Promise<void>
}

/** Opens a file, or standard input for `-`. @throws {SourceFault | InputError} */
export async function openEvidence(path: string, ports: NodePorts): Promise<EvidenceFile> {
  const known = new Map<SignedDigestAlgorithm, Promise<string | null>>()
  const once = (compute: EvidenceDigest): EvidenceDigest => {
    return (algorithm) => {
      const digest = known.get(algorithm) ?? compute(algorithm)
      known.set(algorithm, digest)
      return digest
    }
  }
  if (path === '-') {
    const whole = await readWhole('-')
    return {
      digest: once(async (algorithm) => toHex(ports.smallDigest(algorithm, whole))),
      bytes: async () => (whole.length > LIMITS.cmsBytes ? null : whole),
      close: async () => {},
    }
  }
  if (await isDirectory(path)) throw folderGiven(path)
  const file = await openFileAccess(path)
  return {
    digest: once(async (algorithm) => {
      if (algorithm !== 'shake128' && algorithm !== 'shake256') return digestOf(file, path, algorithm, ports)
      // Digesters need not have these; nobody signs or stamps large files with them.
      return file.size > SMALL_FILE ? null : toHex(ports.smallDigest(algorithm, await file.read(0, file.size)))
    }),
    bytes: async () => (file.size > LIMITS.cmsBytes ? null : file.read(0, file.size)),
    close: () => file.close(),
  }
}

/** @throws {SourceFault} when the file cannot be read to its end */
async function digestOf(
  file: RandomAccess,
  name: string,
  algorithm: DigestAlgorithm,
  { digester }: Pick<NodePorts, 'digester'>,
): Promise<string | null> {
  const { digests, fault } = await digestWhole(file, [algorithm], digester)
  if (fault !== undefined) throw new SourceFault(fault.reason, name, fault.systemCode)
  return digests[algorithm] ?? null
}
