import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { FONT_FILES, type FontName } from '@probatum/certificate'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { launchBrowser } from '../../tools/testing/browser.ts'
import type { MadeResults } from './results.ts'

/** The view in a real browser from a file: address, under the policy of the real page, on an engine that tests can hold. */
export interface ViewPage {
  readonly browser: Browser
  /** A fresh page; what goes wrong in it is collected in `problems`. */
  open(options?: {
    readonly width?: number
    readonly height?: number
    readonly locale?: string
    readonly results?: MadeResults
    readonly forcedColours?: boolean
    readonly reducedMotion?: boolean
    readonly zone?: string
    /** Whether the page speaks a language that nobody speaks: pseudo-language.ts. */
    readonly pseudo?: boolean
  }): Promise<OpenView>
  close(): Promise<void>
}

export interface OpenView {
  readonly page: Page
  readonly context: BrowserContext
  /** Script errors, console errors, refusals of the security policy, and requests of any kind. */
  readonly problems: readonly string[]
}

/** Found from below: a tool that is run by tools/run.mjs lies in a folder of its own. */
function folderOfPage(from: string): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder))
    if (existsSync(join(folder, 'web-verifier', 'index.html'))) return join(folder, 'web-verifier')
  throw new TypeError(`no page above ${from}`)
}

const PAGE = folderOfPage(import.meta.dirname)
const HERE = join(PAGE, 'testing')
const digestOf = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`

/** Built once for all tests that one process runs: the sources do not change meanwhile. */
let script: Promise<string> | undefined

async function scriptOf(): Promise<string> {
  const made = await build({
    configFile: false,
    root: HERE,
    logLevel: 'error',
    resolve: { conditions: ['probatum-source'] },
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      rollupOptions: { input: join(HERE, 'fixture-page.ts'), output: { format: 'iife' } },
    },
  })
  const output = [made].flat().flatMap((one) => ('output' in one ? one.output : []))
  const chunk = output.find((one) => one.type === 'chunk')
  if (chunk === undefined) throw new TypeError('nothing was built')
  return chunk.code.replaceAll('</script', '<\\/script')
}

const FACES: readonly (readonly [family: string, font: FontName, weight: number])[] = [
  ['Noto Sans', 'sans', 400],
  ['Noto Sans', 'sans-bold', 700],
  ['Noto Sans Arabic', 'arabic', 400],
  ['Noto Sans Arabic', 'arabic-bold', 700],
  ['Noto Sans Myanmar', 'myanmar', 400],
  ['Noto Sans Myanmar', 'myanmar-bold', 700],
  ['Noto Sans Mono', 'mono', 400],
]

/** The letters that the page brings along: with those of the machine, widths and pictures would be of that machine. */
async function fontStyle(): Promise<string> {
  const fonts = join(PAGE, '..', 'packages', 'certificate', 'fonts')
  const rules = FACES.map(async ([family, font, weight]) => {
    const content = (await readFile(join(fonts, FONT_FILES[font].file))).toString('base64')
    return `@font-face{font-family:'${family}';font-weight:${weight};src:url(data:font/ttf;base64,${content})}`
  })
  return (await Promise.all(rules)).join('\n')
}

/** Builds the page once and starts a browser for it. The caller closes both. */
export async function openViewPage(results: MadeResults): Promise<ViewPage> {
  script ??= scriptOf()
  const [code, html, ...styles] = await Promise.all([
    script,
    readFile(join(PAGE, 'index.html'), 'utf8'),
    readFile(join(PAGE, 'src/view/page.css'), 'utf8'),
    fontStyle(),
  ])
  const style = styles.join('\n')
  const policy = [
    "default-src 'none'",
    `script-src ${digestOf(code)} 'wasm-unsafe-eval'`,
    `style-src ${digestOf(style)}`,
    'worker-src blob:',
    "connect-src 'none'",
    'img-src data: blob:',
    'font-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types probatum',
  ].join('; ')
  const whole = html
    .replace(
      '<meta charset="utf-8">',
      () => `<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">`,
    )
    .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${style}</style>`)
    .replace(/<script type="module"[^>]*><\/script>/, () => `<script>${code}</script>`)
  const folder = await mkdtemp(join(tmpdir(), 'probatum-view-'))
  const file = join(folder, 'view.html')
  await writeFile(file, whole)
  const address = pathToFileURL(file).href
  const browser = await launchBrowser()
  return {
    browser,
    async open({ width = 1280, height = 900, locale = 'en', zone = 'Asia/Yangon', ...options } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        locale,
        timezoneId: zone,
        forcedColors: options.forcedColours === true ? 'active' : 'none',
        reducedMotion: options.reducedMotion === true ? 'reduce' : 'no-preference',
        acceptDownloads: true,
      })
      const page = await context.newPage()
      const problems: string[] = []
      // Choosers are intercepted only while somebody listens; switching that on for one press would come too late.
      page.on('filechooser', () => {})
      page.on('pageerror', (error) => problems.push(`error: ${error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') problems.push(`console: ${message.text()}`)
      })
      page.on('dialog', (dialog) => {
        problems.push(`dialog: ${dialog.message()}`)
        void dialog.dismiss()
      })
      page.on('request', (request) => {
        if (request.url() !== address && !/^(blob|data):/.test(request.url()))
          problems.push(`request: ${request.url()}`)
      })
      const given = options.results ?? results
      await page.addInitScript(
        ([fixtures, pseudo]) => {
          Object.assign(globalThis, { FIXTURES: fixtures, HELD: {}, PSEUDO: pseudo })
        },
        [given as unknown, options.pseudo === true] as const,
      )
      await page.goto(address)
      await page.waitForSelector('#page:not([hidden])')
      return { page, context, problems }
    },
    async close() {
      await browser.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
