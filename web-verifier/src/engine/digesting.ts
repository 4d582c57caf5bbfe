import { type DigestAlgorithm, type Digester, type DigestProgress, digestWhole, SourceFault } from '@probatum/core'
import type { FileDigests, OnProgress } from './engine.ts'
import type { KeptFile } from './intake.ts'

/** Digests of one file. @throws {SourceFault} when it cannot be read to its end */
export async function digestsOf(
  { id, name, access }: KeptFile,
  algorithms: readonly DigestAlgorithm[],
  digester: Digester,
  onProgress: OnProgress,
): Promise<FileDigests> {
  const { size } = access
  const { digests, fault } = await digestWhole(access, algorithms, digester, {
    onProgress: progressOf(size, 1, onProgress),
  })
  if (fault !== undefined) throw new SourceFault(fault.reason, name, fault.systemCode)
  return { file: id, name, bytes: size, digests }
}

/** Milliseconds before anybody is told how long it will take. */
const ESTIMATE_AFTER = 5000
/** Opening and closing a small file takes about as long as hashing this many bytes: between an archive's and a folder's. */
const FILE_AS_BYTES = 128 << 10

/** Tells of hashing, with the seconds that are left once they can be told. */
export function progressOf(
  totalBytes: number,
  totalFiles: number,
  onProgress: OnProgress,
): (done: DigestProgress) => void {
  const begun = performance.now()
  return ({ bytes, files }) => {
    const passed = performance.now() - begun
    const work = totalBytes + totalFiles * FILE_AS_BYTES
    const share = work === 0 ? 0 : (bytes + files * FILE_AS_BYTES) / work
    const left = share > 0 && passed > ESTIMATE_AFTER ? (passed * Math.max(0, 1 - share)) / share / 1000 : null
    onProgress({
      phase: 'comparing',
      bytes,
      totalBytes,
      files,
      totalFiles,
      secondsLeft: left === null ? null : Math.ceil(left),
    })
  }
}
