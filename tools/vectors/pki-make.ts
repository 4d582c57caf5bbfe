import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeFamilies } from './pki-families.ts'
import { familyText } from './pki-vector.ts'

/** Writes test-vectors/FAMILY/vectors.json anew: `node tools/run.mjs tools/vectors/pki-make.ts`. */
const VECTORS = fileURLToPath(new URL('../../test-vectors/', import.meta.url))

for (const family of makeFamilies()) {
  const path = join(VECTORS, family.family, 'vectors.json')
  const text = familyText(family)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  console.log(`${family.family}: ${family.cases.length} vectors, ${text.length} bytes`)
}
