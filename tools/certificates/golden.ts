import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { certificateCases, digestOfCase, GOLDEN } from './cases.ts'

/**
 * Shows each certificate of the sample that has other bytes than it should: `node tools/run.mjs tools/certificates/golden.ts`.
 * With `--write` the file then says so. Look at the pages first: `tools/certificates/sample.ts` draws them. With the names of
 * cases it prints their digests, and nothing else.
 */
const named = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const before: Readonly<Record<string, string>> = existsSync(GOLDEN) ? JSON.parse(readFileSync(GOLDEN, 'utf8')) : {}
const after: Record<string, string> = {}
for (const one of certificateCases()) {
  if (named.length > 0 && !named.includes(one.name)) continue
  const digest = await digestOfCase(one)
  after[one.name] = digest
  if (named.length > 0) console.log(`${one.name}: ${digest}`)
  else if (digest !== before[one.name]) console.log(`${one.name}: ${before[one.name] ?? 'none'} -> ${digest}`)
}
if (named.length === 0) {
  for (const name of Object.keys(before)) if (!(name in after)) console.log(`${name}: no such case`)
  if (process.argv.includes('--write')) writeFileSync(GOLDEN, `${JSON.stringify(after, null, 2)}\n`)
}
