import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { evidenceRecordFiles } from './evidence-record-files.ts'

/** Writes test-vectors/evidence-records/ anew: `node tools/run.mjs tools/vectors/evidence-record-make.ts`. */
const FOLDER = fileURLToPath(new URL('../../test-vectors/evidence-records/', import.meta.url))

rmSync(FOLDER, { recursive: true, force: true })
mkdirSync(FOLDER, { recursive: true })
const files = evidenceRecordFiles()
for (const [name, bytes] of files) writeFileSync(join(FOLDER, name), bytes)
console.log(`${files.size} files`)
