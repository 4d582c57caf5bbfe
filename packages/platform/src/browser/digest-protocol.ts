import type { DigestOutcome } from '@probatum/core'
import type { BlobJob } from './blob-digest.ts'

/**
 * Jobs for a worker. A Blob costs a message to the browser's own process each time it is sent, so that each stands here
 * once, and the jobs of an archive in columns.
 */
export interface DigestBatch {
  readonly id: number
  readonly blobs: readonly Blob[]
  readonly jobs: readonly (Omit<BlobJob, 'blob' | 'algorithms'> & {
    readonly blobAt: number
    readonly algorithmsAt: number
  })[]
  readonly algorithms: readonly BlobJob['algorithms'][]
}

export type DigestAnswer =
  | { readonly id: number; readonly bytes: number }
  | { readonly id: number; readonly outcomes: readonly DigestOutcome[] }
  /** A defect: the worker is of no use any more. */
  | { readonly id: number; readonly defect: string }

export function packBatch(id: number, jobs: readonly BlobJob[]): DigestBatch {
  const blobs = new Map<Blob, number>()
  const algorithms: BlobJob['algorithms'][] = []
  const packed = jobs.map(({ blob, algorithms: own, ...job }) => {
    let blobAt = blobs.get(blob)
    if (blobAt === undefined) {
      blobAt = blobs.size
      blobs.set(blob, blobAt)
    }
    let algorithmsAt = algorithms.indexOf(own)
    if (algorithmsAt < 0) algorithmsAt = algorithms.push(own) - 1
    return { ...job, blobAt, algorithmsAt }
  })
  return { id, blobs: [...blobs.keys()], jobs: packed, algorithms }
}

export function unpackBatch({ blobs, jobs, algorithms }: DigestBatch): BlobJob[] {
  return jobs.map(({ blobAt, algorithmsAt, ...job }) => ({
    ...job,
    blob: blobs[blobAt] as Blob,
    algorithms: algorithms[algorithmsAt] ?? [],
  }))
}
