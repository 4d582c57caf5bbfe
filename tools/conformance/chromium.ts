import { join } from 'node:path'
import type { SignatureCheck, SignatureOutcome } from '@probatum/core'
import { build } from 'esbuild'
import { ROOT, SetupError } from '../setup.mjs'
import { findChromium, launchBrowser, NO_BROWSER } from '../testing/browser.ts'
import type { ChromiumPage, WireCheck } from './chromium-page.ts'

/** One message to the browser holds so many checks at most: a suite's whole would be a string of many megabytes. */
const BATCH = 200

/** The browser's answers, for as long as `use` runs. */
export interface Chromium {
  readonly version: string
  readonly verifyAll: (checks: readonly SignatureCheck[]) => Promise<SignatureOutcome[]>
  /** With a new key of WebCrypto's own. */
  readonly sign: (
    name: string,
    messages: readonly Uint8Array[],
  ) => Promise<{ readonly publicKey: Uint8Array; readonly signatures: readonly Uint8Array[] }>
  /** WebCrypto's own answers, without the adapter. */
  readonly verifyNatively: (name: string, checks: readonly SignatureCheck[]) => Promise<boolean[]>
}

/** For `Suite.whyNotHere`. @throws {SetupError} in continuous integration, where a browser must be here */
export function whyNoChromium(): string | null {
  return findChromium() === undefined ? NO_BROWSER : null
}

/** Starts Chromium with the browser adapter in a page of a secure origin that reaches no network. */
export async function inChromium<T>(use: (chromium: Chromium) => Promise<T>): Promise<T> {
  const script = await pageScript()
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage()
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    // WebCrypto is there for secure origins only; every request of the page is answered here.
    await page.route('**/*', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>conformance</title>' }),
    )
    await page.goto('https://probatum.example/')
    await page.addScriptTag({ content: script })
    if (complaints.length > 0) throw new SetupError(`The page of the conformance run fails: ${complaints.join('; ')}`)
    const ask = <Name extends keyof ChromiumPage>(name: Name, ...given: Parameters<ChromiumPage[Name]>) =>
      page.evaluate(
        ([asked, values]) => {
          const answer = globalThis.probatumPage?.[asked] as ((...all: unknown[]) => unknown) | undefined
          if (answer === undefined) throw new Error('the script of the page has not run')
          return answer(...values)
        },
        [name, given] as const,
      ) as ReturnType<ChromiumPage[Name]>
    return await use({
      version: browser.version(),
      async verifyAll(checks) {
        const outcomes: SignatureOutcome[] = []
        for (let at = 0; at < checks.length; at += BATCH)
          outcomes.push(...(await ask('verify', checks.slice(at, at + BATCH).map(wired))))
        return outcomes
      },
      async sign(name, messages) {
        const { publicKey, signatures } = await ask('sign', name, messages.map(base64Of))
        return { publicKey: bytesOf(publicKey), signatures: signatures.map(bytesOf) }
      },
      verifyNatively: (name, checks) => ask('verifyNatively', name, checks.map(wired)),
    })
  } finally {
    await browser.close()
  }
}

/** The adapter of packages/platform with all that it loads when asked, as one script. */
async function pageScript(): Promise<string> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [join('tools', 'conformance', 'chromium-page.ts')],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    conditions: ['probatum-source'],
    charset: 'utf8',
    write: false,
    logLevel: 'silent',
  })
  const text = outputFiles[0]?.text
  if (text === undefined) throw new SetupError('esbuild gave no script for the browser.')
  return text
}

function wired({ algorithm, publicKey, message, signature }: SignatureCheck): WireCheck {
  const bytes = { publicKey: base64Of(publicKey), message: base64Of(message), signature: base64Of(signature) }
  return { algorithm, ...bytes }
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}
