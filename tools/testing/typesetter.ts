import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FONT_FILES, type FontName, openTypesetter, SHAPER_FILES, type Typesetter } from '@probatum/certificate'
import { ROOT } from '../setup.mjs'

const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(ROOT, path)))

/** The files that `openTypesetter` wants, from this repository. */
export function typesetterFiles(): Parameters<typeof openTypesetter>[0] {
  const names = Object.keys(FONT_FILES) as FontName[]
  return {
    harfbuzzWasm: read(`node_modules/harfbuzzjs/dist/${SHAPER_FILES.harfbuzzWasm.file}`),
    subsetWasm: read(`node_modules/harfbuzzjs/dist/${SHAPER_FILES.subsetWasm.file}`),
    fonts: Object.fromEntries(
      names.map((name) => [name, read(`packages/certificate/fonts/${FONT_FILES[name].file}`)]),
    ) as Record<FontName, Uint8Array>,
  }
}

let opened: Promise<Typesetter> | undefined

/** One typesetter for all tests of a process. */
export function testTypesetter(): Promise<Typesetter> {
  opened ??= openTypesetter(typesetterFiles())
  return opened
}
