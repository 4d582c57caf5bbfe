// Needs: python3, sh, tar, zip.
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canonicalise, type JsonValue, openArchive } from '@probatum/core'
import { nodePorts, openDirectory, openFileAccess } from '@probatum/platform/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testPlace } from '../tools/testing/place.ts'
import { readTree, VectorRunner } from '../tools/vectors/run-vector.ts'
import type { Vector } from './vector.ts'

const FOLDER = fileURLToPath(new URL('.', import.meta.url))
const { place: scratch } = testPlace('containers')
const ports = nodePorts()
const runner = new VectorRunner(FOLDER, scratch, ports)
afterAll(async () => {
  await ports.close()
})

const vector: Vector = {
  vector: 'probatum/vector/1-draft',
  name: 'stock tools',
  base: 'sealed',
  why: 'the same bundle, packed by programs that are not ours',
  effect: 'another body would be another verdict for one bundle',
  mutations: [],
  container: { kind: 'directory' },
  policy: 'sealed',
  trustSet: 'sample',
  validationTime: '2026-06-01T00:00:00Z',
  inputs: {},
  expect: { exit: 0 },
}

const bundle = join(scratch, 'bundle')
let directoryBody: Buffer
beforeAll(async () => {
  for (const [path, bytes] of readTree(join(FOLDER, 'bundles/base/sealed'))) {
    mkdirSync(dirname(join(bundle, path)), { recursive: true })
    writeFileSync(join(bundle, path), bytes)
  }
  const report = await runner.judge(vector, await openDirectory(bundle), null)
  expect(report.body.assessment.indication).toBe('TOTAL-PASSED')
  directoryBody = Buffer.from(canonicalise(report.body as unknown as JsonValue))
})

const python = (script: string) => ['python3', '-c', script] as const
const WALK = `[os.path.join(d, f) for d, _, names in os.walk('bundle') for f in names]`

describe('the body of a report is that of the directory', () => {
  it.each([
    ['zip', ['zip', '-q', '-r', 'out', 'bundle'], 'out.zip'],
    ['zip, stored and without folders', ['zip', '-q', '-0', '-D', '-r', 'out-stored', 'bundle'], 'out-stored.zip'],
    ['zip to a pipe, with data descriptors', ['sh', '-c', 'zip -q -r - bundle | cat > out-pipe.zip'], 'out-pipe.zip'],
    [
      'Python’s zipfile, deflated, backwards',
      python(
        `import os, zipfile\nwith zipfile.ZipFile('py.zip', 'w', zipfile.ZIP_DEFLATED) as z:\n  for p in sorted(${WALK}, reverse=True): z.write(p)`,
      ),
      'py.zip',
    ],
    ['Python’s tarfile', python(`import tarfile\nwith tarfile.open('py.tar', 'w') as t: t.add('bundle')`), 'py.tar'],
    ['tar', ['tar', '-cf', 'out.tar', 'bundle'], 'out.tar'],
    ['tar made inside the folder', ['tar', '-cf', 'inside.tar', '-C', 'bundle', '.'], 'inside.tar'],
    ['tar, pax', ['tar', '--format=pax', '-cf', 'pax.tar', 'bundle'], 'pax.tar'],
  ] as const)('packed by %s', async (_, [program, ...args], archive) => {
    execFileSync(program, args, { cwd: scratch })
    const file = await openFileAccess(join(scratch, archive))
    try {
      const report = await runner.judge(vector, await openArchive(file, ports.inflater), file.size)
      expect(Buffer.from(canonicalise(report.body as unknown as JsonValue)).equals(directoryBody)).toBe(true)
    } finally {
      await file.close()
    }
  })
})
