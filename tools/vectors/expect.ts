import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodePorts } from '@probatum/platform/node'
import type { Expectation, Vector } from '../../test-vectors/vector.ts'
import { VectorRunner } from './run-vector.ts'

/**
 * Shows each vector that is judged otherwise than it says: `node tools/run.mjs tools/vectors/expect.ts`. With `--write`
 * the vectors then say so: each line shown is a change of a verdict, to be looked at and listed in CHANGELOG.md.
 */
const VECTORS = fileURLToPath(new URL('../../test-vectors/', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'probatum-expect-'))
const ports = nodePorts()
const runner = new VectorRunner(VECTORS, scratch, ports)

/** What a vector would say, in its own form: no empty lists, and of `also` what it asks for. */
function inForm(found: Expectation, before: Expectation): Expectation {
  const also = (before.also ?? []).filter((line) => found.also?.includes(line))
  const entries = Object.entries({ ...found, also })
  return Object.fromEntries(
    entries.filter(([name, value]) => name === 'findings' || !Array.isArray(value) || value.length > 0),
  ) as unknown as Expectation
}

const inOrder = (expected: Expectation) => JSON.stringify(Object.entries(expected).sort(([a], [b]) => (a < b ? -1 : 1)))

let count = 0
for (const name of readdirSync(join(VECTORS, 'bundles')).filter((file) => file.endsWith('.json'))) {
  const path = join(VECTORS, 'bundles', name)
  const vector: Vector = JSON.parse(readFileSync(path, 'utf8'))
  const expected = inForm((await runner.run(vector)).found, vector.expect)
  if (inOrder(expected) === inOrder(vector.expect)) continue
  count++
  console.log(`${vector.name}: ${vector.why}\n  - ${JSON.stringify(vector.expect)}\n  + ${JSON.stringify(expected)}`)
  if (process.argv.includes('--write'))
    writeFileSync(path, `${JSON.stringify({ ...vector, expect: expected }, null, 2)}\n`)
}
console.log(`${count} differ`)
rmSync(scratch, { recursive: true })
await ports.close()
