import { isMainThread } from 'node:worker_threads'

// Digest workers load this same file: they must reach their code without what only the command line needs.
if (isMainThread) {
  const { run } = await import('./run.ts')
  await run(process.argv.slice(2))
} else {
  const { isDigestWorker, runDigestWorker } = await import('@probatum/platform/node')
  if (isDigestWorker()) runDigestWorker()
}
