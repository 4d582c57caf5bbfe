import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { ensureBuilt } from '../build.mjs'
import { runProbatum } from './started.ts'

/** An empty folder for the tests of one file, by its real path; it is removed when they have ended. */
export function testPlace(name: string, { within = tmpdir() }: { readonly within?: string } = {}) {
  mkdirSync(within, { recursive: true })
  const place = realpathSync(mkdtempSync(join(within, `probatum-${name}-`)))
  afterAll(() => rmSync(place, { recursive: true, force: true }))
  const at = (...names: string[]) => join(place, ...names)
  return {
    place,
    at,
    /** An empty folder in it, of a name that begins so. */
    newFolder: (name: string) => mkdtempSync(at(`${name}-`)),
    /** A file's text. */
    read: (...names: string[]) => readFileSync(at(...names), 'utf8'),
    /** Writes a file, and makes the folders that it lies in. */
    put(name: string, content: string | Uint8Array): void {
      mkdirSync(dirname(at(name)), { recursive: true })
      writeFileSync(at(name), content)
    },
  }
}

/** The same, and the built `probatum` that is run in it. */
export function probatumPlace(name: string) {
  beforeAll(() => ensureBuilt(), 120_000)
  const made = testPlace(name)
  return { ...made, probatum: (...args: readonly string[]) => runProbatum(args, { cwd: made.place }) }
}
