import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FONT_FILES, type FontName, openTypesetter, SHAPER_FILES, type Typesetter } from '@probatum/certificate'
import { SourceFault } from '@probatum/core'
import { readWhole } from './files.ts'

/** The folder beside the program that tools/build.mjs puts fonts and shaper in; undefined where the sources are run as they are. */
declare const PROBATUM_CERTIFICATE_FOLDER: string | undefined

/** Where fonts and shaper lie: beside the program, or where the packages have them. */
function placesOf(): { readonly fonts: string; readonly shaper: string } {
  const at = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))
  if (typeof PROBATUM_CERTIFICATE_FOLDER === 'string') {
    const folder = at(PROBATUM_CERTIFICATE_FOLDER)
    return { fonts: folder, shaper: folder }
  }
  return { fonts: at('../../packages/certificate/fonts/'), shaper: at('../../node_modules/harfbuzzjs/dist/') }
}

/**
 * Opens the typesetter with the files that the program came with; each is compared with its digest.
 * @throws {Error} when one is not there, or is another
 */
export async function openTypesetterHere(): Promise<Typesetter> {
  const { fonts, shaper } = placesOf()
  const read = async (folder: string, file: string) => {
    try {
      return await readWhole(join(folder, file))
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error
      // No input is at fault: the exit code is that of a defect.
      throw new Error(`${file} is not where the program was installed (${folder}). Install the program again.`, {
        cause: error,
      })
    }
  }
  const loaded = {} as Record<FontName, Uint8Array>
  for (const [name, { file }] of Object.entries(FONT_FILES)) loaded[name as FontName] = await read(fonts, file)
  return openTypesetter({
    harfbuzzWasm: await read(shaper, SHAPER_FILES.harfbuzzWasm.file),
    subsetWasm: await read(shaper, SHAPER_FILES.subsetWasm.file),
    fonts: loaded,
  })
}
