import { FONT_FILES, type FontName } from '@probatum/certificate'
import { ENGINE_VERSION, encodeUtf8, toHex } from '@probatum/core'
import { isWasmAllowed } from '@probatum/platform/browser'
import { createEngine } from './engine/page-engine.ts'
import { type Block, DamagedPage, fromBase64, PageData, readEdition, sha256Of } from './page/page-data.ts'
import { startScriptWorker } from './page/script-worker.ts'
import { leaveNetwork } from './page/without-network.ts'
import { startView } from './view/start.ts'

/** Set by the build: the engine's worker as one script, digests of the data blocks, and what the policy says around the script's hash. */
declare const PROBATUM_WORKER: string
declare const PROBATUM_BLOCKS: readonly Block[]
declare const PROBATUM_POLICY: readonly [before: string, after: string]
declare const PROBATUM_SAMPLES: readonly { readonly id: string; readonly shows: string; readonly name: string }[]

// Read at once: later there is no current script.
const own = document.currentScript

/** CSS families that the view uses, with the fonts that serve them. */
const FAMILIES: readonly (readonly [family: string, font: FontName, weight: string])[] = [
  ['Probatum Sans', 'sans', '400'],
  ['Probatum Sans', 'sans-bold', '700'],
  ['Probatum Sans', 'arabic', '400'],
  ['Probatum Sans', 'arabic-bold', '700'],
  ['Probatum Sans', 'myanmar', '400'],
  ['Probatum Sans', 'myanmar-bold', '700'],
  ['Probatum Mono', 'mono', '400'],
]

async function start(): Promise<void> {
  if (own === null) throw new DamagedPage('the script is not the one of the page')
  const script = await sha256Of(encodeUtf8(own.textContent ?? '') as Uint8Array<ArrayBuffer>)
  const scriptHash = `sha256-${btoa(String.fromCharCode(...script))}`
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content')
  const [before, after] = PROBATUM_POLICY
  if (policy !== `${before}${scriptHash}${after}`) throw new DamagedPage('another policy than the one of the page')
  requireNothingElse()
  const data = await PageData.check(document, PROBATUM_BLOCKS)
  const edition = await readEdition(document)
  const fonts = await registerFonts(data)
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
    typesetterFiles: () => ({
      harfbuzzWasm: data.bytes('harfbuzz'),
      subsetWasm: data.bytes('harfbuzz-subset'),
      fonts: Object.fromEntries(FONT_NAMES.map((name) => [name, data.bytes(`font-${name}`)])) as Record<
        FontName,
        Uint8Array
      >,
    }),
    startWorker: () => startScriptWorker(PROBATUM_WORKER),
  })
  const page = document.getElementById('page')
  if (page === null) throw new DamagedPage('no place for the page')
  startView(engine, page)
  document.getElementById('damaged')?.remove()
  page.hidden = false
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

/** From bytes that were checked, so that the policy need not allow fonts from anywhere. */
async function registerFonts(data: PageData): Promise<readonly string[]> {
  for (const [family, font, weight] of FAMILIES) {
    // Only the scripts that a system may lack wait to be inflated and parsed.
    const face = new FontFace(family, data.bytes(`font-${font}`), {
      weight,
      unicodeRange: RANGES[font] ?? 'U+0-10FFFF',
    })
    document.fonts.add(face)
  }
  return [...new Set(FAMILIES.map(([family]) => family))]
}

const RANGES: Readonly<Partial<Record<FontName, string>>> = {
  sans: 'U+0-52F, U+1D00-1DBF, U+1E00-1FFF, U+2000-2BFF, U+A720-A7FF, U+AB30-AB6F, U+FB00-FB06, U+FFFD',
  'sans-bold': 'U+0-52F, U+1D00-1DBF, U+1E00-1FFF, U+2000-2BFF, U+A720-A7FF, U+AB30-AB6F, U+FB00-FB06, U+FFFD',
  arabic: 'U+600-6FF, U+750-77F, U+870-8FF, U+FB50-FDFF, U+FE70-FEFF, U+200C-200F',
  'arabic-bold': 'U+600-6FF, U+750-77F, U+870-8FF, U+FB50-FDFF, U+FE70-FEFF, U+200C-200F',
  myanmar: 'U+1000-109F, U+A9E0-A9FF, U+AA60-AA7F, U+25CC, U+200B-200D',
  'myanmar-bold': 'U+1000-109F, U+A9E0-A9FF, U+AA60-AA7F, U+25CC, U+200B-200D',
}

leaveNetwork(window)
start().catch((error: unknown) => {
  // The text that stands in the page is all that is shown.
  console.error(error)
})
