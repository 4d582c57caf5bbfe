import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createNodeDigester, isDigestWorker, openDirectory, runDigestWorker } from '@probatum/platform/node'

/**
 * The digester without the command line: lists a plain bag, digests its payload and compares it with the manifest.
 * usage: digest-alone FOLDER JOBS
 */
async function main(folder = '', jobs = '2'): Promise<void> {
  const source = await openDirectory(folder)
  const digester = createNodeDigester({ workerUrl: new URL(import.meta.url), jobs: Number(jobs) })
  digester.prepare({ files: source.entries.length, bytes: source.entries.reduce((sum, { size }) => sum + size, 0) })
  const expected = new Map<string, string>()
  for (const line of readFileSync(join(folder, 'manifest-sha256.txt'), 'utf8').split('\n'))
    if (line !== '') expected.set(line.slice(66), line.slice(0, 64))
  const payload = source.entries.filter(({ path }) => path.startsWith('data/'))
  const run = digester.digest(
    payload.map(({ path, extent }) => ({ path, extent, algorithms: ['sha256'] })),
    {},
  )
  for await (const outcomes of run) {
    for (const { path, digests } of outcomes) {
      if (digests.sha256 === undefined || expected.get(path) !== digests.sha256) throw new Error(path)
      expected.delete(path)
    }
  }
  if (expected.size > 0) throw new Error('files are missing')
  console.log('same')
}

if (isDigestWorker()) runDigestWorker()
else await main(...process.argv.slice(2))
