import { runDigestWorker } from './digest-worker.ts'

// The whole program of a digest worker; a builder makes the text of NodeDigesterOptions.workerScript from it.
runDigestWorker()
