import { isCopyWorker, runCopyWorker } from './copy-worker.ts'
import { runDigestWorker } from './digest-worker.ts'

// The whole program of a worker, for whichever work; a builder makes the text of NodeDigesterOptions.workerScript from it.
if (isCopyWorker()) runCopyWorker()
else runDigestWorker()
