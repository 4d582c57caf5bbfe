import { isMainThread } from 'node:worker_threads'

// This one file is also what digest workers load: they must reach their code without the command line's.
if (isMainThread) {
  const { runCommandLine } = await import('./command-line.ts')
  await runCommandLine(process.argv.slice(2))
}
