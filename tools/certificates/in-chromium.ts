import { canonicalise, serializeFacts, serializePolicy, serializeReport } from '@probatum/core'
import { build } from 'esbuild'
import { ROOT } from '../setup.mjs'
import { launchBrowser } from '../testing/browser.ts'
import type { Remake, RemakeRequest } from '../testing/certify-page-main.ts'
import { typesetterFiles } from '../testing/typesetter.ts'
import { type CertificateCase, sampleCertificate, sampleJudged } from './cases.ts'

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** Makes certificates of the sample again in Chromium, in another time zone and language, from what they carry; gives their SHA-256. */
export async function remadeInChromium(cases: readonly CertificateCase[]): Promise<readonly string[]> {
  const script = await build({
    absWorkingDir: ROOT,
    entryPoints: ['tools/testing/certify-page-main.ts'],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    conditions: ['probatum-source'],
    write: false,
    logLevel: 'silent',
  })
  const { report, facts, inventory, policy, trustSet } = await sampleJudged()
  const shared = {
    report: base64(serializeReport(report)),
    facts: base64(serializeFacts(facts)),
    inventory: base64(inventory),
    policy: base64(serializePolicy(policy)),
    trustSet: base64(canonicalise(trustSet?.file ?? {})),
  }
  const certificates: RemakeRequest['certificates'][number][] = []
  for (const one of cases) {
    const { request } = await sampleCertificate(one)
    certificates.push({ ...shared, request: base64(canonicalise(request)) })
  }
  const files = typesetterFiles()
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext({ timezoneId: 'Asia/Kathmandu', locale: 'ar-EG' })
    const page = await context.newPage()
    await page.route('**/*', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', body: '<!doctype html>' }),
    )
    await page.goto('https://probatum.example/')
    await page.addScriptTag({ content: script.outputFiles[0]?.text ?? '' })
    const request: RemakeRequest = {
      harfbuzzWasm: base64(files.harfbuzzWasm),
      subsetWasm: base64(files.subsetWasm),
      fonts: Object.fromEntries(Object.entries(files.fonts).map(([name, bytes]) => [name, base64(bytes)])),
      certificates,
    }
    return await page.evaluate((given) => (globalThis as unknown as { remake: Remake }).remake(given), request)
  } finally {
    await browser.close()
  }
}
