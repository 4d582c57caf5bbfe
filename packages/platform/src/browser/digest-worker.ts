import { BlobDigester } from './blob-digest.ts'
import { type DigestAnswer, type DigestBatch, unpackBatch } from './digest-protocol.ts'
import { HasherPool } from './hashers.ts'

/** What the worker's own scope must have; the DOM's types do not know workers. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<DigestBatch>) => void) | null
  postMessage(answer: DigestAnswer): void
}

/** Milliseconds between two reports on bytes. */
const REPORT = 100

/** Serves batches until the thread that started this one kills it. */
export function runDigestWorker(scope: WorkerScope): void {
  const digester = new BlobDigester(new HasherPool())
  let work: Promise<void> = Promise.resolve()
  scope.onmessage = ({ data }) => {
    work = work.then(() => serve(data, digester, scope))
  }
}

async function serve(batch: DigestBatch, digester: BlobDigester, scope: WorkerScope): Promise<void> {
  const { id } = batch
  let bytes = 0
  let reported = performance.now()
  const pace = {
    advance(count: number) {
      bytes += count
      if (performance.now() - reported < REPORT) return
      scope.postMessage({ id, bytes })
      reported = performance.now()
      bytes = 0
    },
    isDue: () => false,
    rest: async () => {},
  }
  try {
    const outcomes = []
    for await (const outcome of digester.digest(unpackBatch(batch), pace)) outcomes.push(outcome)
    if (bytes > 0) scope.postMessage({ id, bytes })
    scope.postMessage({ id, outcomes })
  } catch (error) {
    scope.postMessage({ id, defect: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}
