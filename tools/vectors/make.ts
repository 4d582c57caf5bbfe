import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { vectorFiles } from './vector-files.ts'

/** Writes the bases, files of openings, notices and trust sets of test-vectors/ anew: `node tools/run.mjs tools/vectors/make.ts`. */
const VECTORS = fileURLToPath(new URL('../../test-vectors/', import.meta.url))

const files = await vectorFiles()
for (const folder of ['bundles/base', 'bundles/over', 'disclosures', 'notices', 'policies', 'trust-sets'])
  rmSync(join(VECTORS, folder), { recursive: true, force: true })
let size = 0
for (const [path, bytes] of files) {
  mkdirSync(dirname(join(VECTORS, path)), { recursive: true })
  writeFileSync(join(VECTORS, path), bytes)
  size += bytes.length
}
console.log(`${files.size} files, ${size} bytes`)
