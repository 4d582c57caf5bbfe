import type { DigestOutcome } from '@probatum/core'
import type { FileJob } from './extent-digest.ts'

/** `workerData.role` of a digest worker. */
export const DIGEST_WORKER_ROLE = 'probatum/digest-worker'

/** Memory that all threads of one run see. */
export interface SharedState {
  /** [0] is 1 once the run was cancelled. */
  readonly flags: Int32Array
  /** [0] counts the bytes that workers have read. */
  readonly bytes: BigInt64Array
}

export function sharedState(memory: SharedArrayBuffer): SharedState {
  return { bytes: new BigInt64Array(memory, 0, 1), flags: new Int32Array(memory, 8, 1) }
}

export const SHARED_STATE_BYTES = 12

/** To a worker: jobs of one run. */
export interface JobBatch {
  /** A number for each run: what arrives for one that was given up belongs to no other. */
  readonly run: number
  readonly memory: SharedArrayBuffer
  readonly jobs: readonly FileJob[]
}

/** From a worker: what became of a batch; `cancelled` when the run was given up meanwhile. */
export interface OutcomeBatch {
  readonly run: number
  readonly outcomes: readonly DigestOutcome[]
  readonly cancelled: boolean
}
