// Needs: chromium.
import { createHash } from 'node:crypto'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { ROOT } from '../../../tools/setup.mjs'
import { launchBrowser } from '../../../tools/testing/browser.ts'
import type { MakeSamples, SampleRequest } from '../../../tools/testing/certificate-page-main.ts'
import { testTypesetter, typesetterFiles } from '../../../tools/testing/typesetter.ts'
import { makePdf, type Paper } from './make-pdf.ts'
import { sampleDocument } from './testing/sample-document.ts'
import { sampleOptions } from './testing/sample-options.ts'

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

test('Chromium in another time zone makes the same bytes as Node', async () => {
  const script = await build({
    absWorkingDir: ROOT,
    entryPoints: ['tools/testing/certificate-page-main.ts'],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    conditions: ['probatum-source'],
    write: false,
    logLevel: 'silent',
  })
  const files = typesetterFiles()
  const samples: { language: string; paper: Paper }[] = [
    { language: 'en', paper: 'a4' },
    { language: 'ar', paper: 'letter' },
    { language: 'my', paper: 'a4' },
  ]
  const request: SampleRequest = {
    harfbuzzWasm: base64(files.harfbuzzWasm),
    subsetWasm: base64(files.subsetWasm),
    fonts: Object.fromEntries(Object.entries(files.fonts).map(([name, bytes]) => [name, base64(bytes)])),
    samples,
  }
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({ timezoneId: 'Asia/Kathmandu', locale: 'ar-EG' })
    const page = await context.newPage()
    await page.route('**/*', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<!doctype html>' }),
    )
    await page.goto('https://probatum.example/')
    await page.addScriptTag({ content: script.outputFiles[0]?.text ?? '' })
    const digests = await page.evaluate(
      (wanted) => (globalThis as unknown as { makeSamples: MakeSamples }).makeSamples(wanted),
      request,
    )
    const typesetter = await testTypesetter()
    expect(digests).toEqual(
      samples.map(({ language, paper }) =>
        createHash('sha256')
          .update(makePdf(sampleDocument({ language }), sampleOptions(typesetter, paper)))
          .digest('hex'),
      ),
    )
  } finally {
    await browser.close()
  }
})
