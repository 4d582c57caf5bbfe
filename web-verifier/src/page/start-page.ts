import { FONT_FILES, type FontName, type TypesetterFiles } from '@probatum/certificate'
import { decodeUtf8, ENGINE_VERSION, encodeUtf8, toBase64, toHex } from '@probatum/core'
import { isWasmAllowed } from '@probatum/platform/browser'
import { LANGUAGE_CODES } from '@probatum/words'
import type { Engine } from '../engine/engine.ts'
import { createEngine } from '../engine/page-engine.ts'
import { pageTurns } from '../engine/slices.ts'
import { addLanguage } from './languages.ts'
import { type Block, DamagedPage, fromBase64, PageData, readEdition, sha256Of } from './page-data.ts'
import { startScriptWorker } from './script-worker.ts'

/** Set by the build: digests of the data blocks, of which one is the engine's worker as one script, and what the policy says around the script's hash. */
declare const PROBATUM_BLOCKS: readonly Block[]
declare const PROBATUM_POLICY: readonly [before: string, after: string]
declare const PROBATUM_SAMPLES: readonly { readonly id: string; readonly shows: string; readonly name: string }[]

// Read at once: later there is no current script.
const own = document.currentScript

/** CSS families that the style names, with the fonts that serve them: systems may lack each of them. */
const FAMILIES: readonly (readonly [family: string, font: FontName, weight: string])[] = [
  ['Noto Sans', 'sans', '400'],
  ['Noto Sans', 'sans-bold', '700'],
  ['Noto Sans Arabic', 'arabic', '400'],
  ['Noto Sans Arabic', 'arabic-bold', '700'],
  ['Noto Sans Myanmar', 'myanmar', '400'],
  ['Noto Sans Myanmar', 'myanmar-bold', '700'],
  ['Noto Sans Mono', 'mono', '400'],
]

/**
 * Checks the page and starts it; what stands in it is left as it is when anything is not as the build made it.
 * @param view draws the page for a checked engine
 */
export async function startPage(view: (engine: Engine, page: HTMLElement) => void): Promise<void> {
  if (own === null) throw new DamagedPage('the script is not the one of the page')
  const script = await sha256Of(encodeUtf8(own.textContent ?? '') as Uint8Array<ArrayBuffer>)
  const scriptHash = `sha256-${toBase64(script)}`
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content')
  const [before, after] = PROBATUM_POLICY
  if (policy !== `${before}${scriptHash}${after}`) throw new DamagedPage('another policy than the one of the page')
  requireNothingElse()
  const style = await sha256Of(
    encodeUtf8(document.querySelector('style')?.textContent ?? '') as Uint8Array<ArrayBuffer>,
  )
  // The browser did not apply another one: then the page would be there without its form.
  if (!after.includes(`'sha256-${toBase64(style)}'`)) throw new DamagedPage('another style')
  const data = await PageData.check(document, PROBATUM_BLOCKS)
  const edition = await readEdition(document)
  const fonts = registerFonts(data)
  registerLanguages(data)
  let workerText: string | undefined
  const engine = createEngine({
    about: {
      version: ENGINE_VERSION,
      scriptHash,
      scriptSha256: toHex(script),
      edition: edition === null ? null : { name: edition.file.name, sha256: edition.sha256 },
      hasWasm: isWasmAllowed(),
      fonts,
    },
    editionPolicies: (edition?.file.policies ?? []).map(fromBase64),
    editionTrustSets: (edition?.file.trustSets ?? []).map(fromBase64),
    sampleTrustSets: data.names('sample-trust-set').map((name) => data.bytes(name)),
    samples: PROBATUM_SAMPLES.map((sample) => {
      const block = `sample-${sample.id}`
      return { ...sample, bytes: data.sizeOf(block), bytesOf: () => data.bytes(block) }
    }),
    typesetterFiles: () => typesetterFiles(data),
    startWorker: () => {
      workerText ??= decodeUtf8(data.bytes('worker'))
      if (workerText === undefined) throw new DamagedPage('the script of the workers is no text')
      return startScriptWorker(workerText)
    },
  })
  const page = document.getElementById('page')
  if (page === null) throw new DamagedPage('no place for the page')
  view(engine, page)
  document.getElementById('damaged')?.remove()
  page.hidden = false
}

/** Five megabytes are inflated: one file in each task, so that the page takes clicks between them. */
async function typesetterFiles(data: PageData): Promise<TypesetterFiles> {
  const next = async (name: string) => {
    await pageTurns.rest()
    return data.bytes(name)
  }
  const fonts: Partial<Record<FontName, Uint8Array>> = {}
  for (const name of FONT_NAMES) fonts[name] = await next(`font-${name}`)
  return {
    harfbuzzWasm: await next('harfbuzz'),
    subsetWasm: await next('harfbuzz-subset'),
    fonts: fonts as Record<FontName, Uint8Array>,
  }
}

const FONT_NAMES = Object.keys(FONT_FILES) as FontName[]

/** Elements that the build did not put here could show what they like, or run. */
function requireNothingElse(): void {
  const strange = document.querySelector('iframe, object, embed, link, base, form, frame, meta[http-equiv="refresh" i]')
  if (strange !== null) throw new DamagedPage(`a strange element: ${strange.localName}`)
  for (const script of document.scripts) {
    if (script !== own && script.type !== 'application/octet-stream') throw new DamagedPage('another script')
  }
  if (document.querySelectorAll('style').length !== 1) throw new DamagedPage('another style')
}

/** Catalogues in other languages, read when somebody chooses one. */
function registerLanguages(data: PageData): void {
  for (const language of LANGUAGE_CODES) {
    const name = `messages-${language}`
    if (data.names(name).includes(name)) addLanguage(language, () => JSON.parse(decodeUtf8(data.bytes(name)) ?? ''))
  }
}

/** From bytes that were checked, so that the policy need not allow fonts from anywhere. */
function registerFonts(data: PageData): readonly string[] {
  for (const [family, font, weight] of FAMILIES) {
    document.fonts.add(new FontFace(family, data.bytes(`font-${font}`), { weight }))
  }
  return [...new Set(FAMILIES.map(([family]) => family))]
}
