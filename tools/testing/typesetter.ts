import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  FONT_FILES,
  type FontName,
  openTypesetter,
  SHAPER_FILES,
  type Typesetter,
  type TypesetterFiles,
} from '@probatum/certificate'
import { ROOT } from '../setup.mjs'

/** The files that `openTypesetter` wants, from a repository. */
export function typesetterFiles(root: string = ROOT): TypesetterFiles {
  const read = (...path: string[]): Uint8Array => new Uint8Array(readFileSync(join(root, ...path)))
  const fonts = Object.fromEntries(
    Object.entries(FONT_FILES).map(([name, { file }]) => [name, read('packages/certificate/fonts', file)]),
  ) as Record<FontName, Uint8Array>
  return {
    harfbuzzWasm: read('node_modules/harfbuzzjs/dist', SHAPER_FILES.harfbuzzWasm.file),
    subsetWasm: read('node_modules/harfbuzzjs/dist', SHAPER_FILES.subsetWasm.file),
    fonts,
  }
}

/** The typesetter with the fonts and the shaper of a repository. */
export function openTestTypesetter(root: string = ROOT): Promise<Typesetter> {
  return openTypesetter(typesetterFiles(root))
}

/** Build that certificates of tests name: a constant, so that a change of another source leaves their bytes alone. */
export const TEST_BUILD = 'b0'.repeat(32)

let opened: Promise<Typesetter> | undefined

/** One typesetter for all tests of a process. */
export function testTypesetter(): Promise<Typesetter> {
  opened ??= openTestTypesetter()
  return opened
}
