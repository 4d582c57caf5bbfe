import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, Page } from 'playwright-core'
import type { Choice, Engine, Failure, Intake } from '../../web-verifier/src/engine/engine.ts'
import { makePage } from '../build-page.mjs'
import { ROOT } from '../setup.mjs'
import { launchBrowser } from './browser.ts'
import { openFirefoxPage } from './firefox.ts'

/** What a run in the page gave. */
export type PageOutcome =
  | {
      readonly report: string
      readonly facts: string
      readonly inventory: string
    }
  | { readonly failure: Failure }

/** The engine in any browser. */
export interface AskedPage {
  /** Script errors, console errors, policy violations and requests of any kind: there must be none. */
  readonly problems: readonly string[]
  /** Puts files or one folder before the engine, as a picker does; everything given before is forgotten. */
  give(paths: readonly string[], options?: { readonly folder?: boolean; readonly keep?: boolean }): Promise<Intake>
  /** Verifies a subject, the first one unless another is named. */
  verify(choice: Choice, subject?: string): Promise<PageOutcome>
  /** Throws when anything reached the network. */
  close(): Promise<void>
}

export interface EnginePage extends AskedPage {
  readonly browser: Browser
  readonly page: Page
}

export const CHOICE: Choice = {
  policy: 'sealed',
  trustSet: null,
  typedCode: null,
  at: null,
  part: false,
  names: false,
  showOpened: false,
  beside: [],
}

/** Built once for all tests that one process runs: the sources do not change meanwhile. */
let built: Promise<string> | undefined
const builtPage = (): Promise<string> => (built ??= makePage(ROOT, 'web-verifier/testing/engine-main.ts'))

interface Scope {
  readonly engine: Engine
}

/**
 * Opens the page without its view, from a `file:` address under its own policy: the very engine, workers and self-check.
 * @param edition changes the page's text before it is opened
 */
export async function openEnginePage(edition: (html: string) => string = (html) => html): Promise<EnginePage> {
  const folder = mkdtempSync(join(tmpdir(), 'probatum-page-'))
  const file = join(folder, 'page.html')
  writeFileSync(file, edition(await builtPage()))
  const trap = await trapServer()
  const browser = await launchBrowser()
  const page = await trappedPage(browser, trap)
  const problems = watch(page, pathToFileURL(file).href)
  await page.goto(pathToFileURL(file).href)
  await page.waitForFunction(() => 'engine' in globalThis)
  await page.evaluate(calling(addInputs))
  return {
    browser,
    page,
    problems,
    async give(paths, { folder: isFolder = false, keep = false } = {}) {
      const input = isFolder ? '#folder' : '#files'
      await page.setInputFiles(input, isFolder ? (paths[0] ?? '') : [...paths])
      return page.evaluate(calling(giveInPage, input, keep)) as Promise<Intake>
    },
    verify: (choice, subject) => page.evaluate(calling(verifyInPage, choice, subject ?? null)) as Promise<PageOutcome>,
    async close() {
      await browser.close()
      trap.close()
      rmSync(folder, { recursive: true })
      if (trap.seen.length > 0) throw new Error(`the network was reached: ${trap.seen.join(', ')}`)
    },
  }
}

/** A call of one of the functions below, as a text that any driver can hand to its page. */
export function calling<Args extends readonly unknown[]>(call: (...args: Args) => unknown, ...args: Args): string {
  return `(${call})(${args.map((arg) => JSON.stringify(arg)).join(', ')})`
}

/** The view has inputs of its own; here they only bring files to the engine. Runs in the page. */
function addInputs(): void {
  for (const id of ['files', 'folder']) {
    const input = document.createElement('input')
    input.type = 'file'
    input.id = id
    input.multiple = true
    input.webkitdirectory = id === 'folder'
    document.body.append(input)
  }
}

/** Runs in the page. */
async function giveInPage(selector: string, keep: boolean): Promise<Intake> {
  const { engine } = globalThis as unknown as Scope
  if (!keep) engine.forget()
  const input = document.querySelector(selector) as HTMLInputElement
  const files = input.files ?? []
  // As the view does it: Firefox puts what is chosen next into the same list.
  input.files = new DataTransfer().files
  return engine.open({ from: 'picked', files }).done
}

/** Runs in the page. */
async function verifyInPage(choice: Choice, subject: string | null): Promise<PageOutcome> {
  const { engine } = globalThis as unknown as Scope
  try {
    const run = engine.verify(subject ?? engine.intake.subjects[0]?.id ?? '', choice)
    const { reportBytes, factsBytes, inventory } = await run.done
    const text = (bytes: BufferSource) => new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { report: text(reportBytes), facts: text(factsBytes), inventory: await inventory.text() }
  } catch (error) {
    return { failure: (error as { failure: Failure }).failure }
  }
}

/** Collects everything that must not happen. */
export function watch(page: Page, own: string): string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`script error: ${error}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    const url = request.url()
    if (url !== own && !url.startsWith('blob:')) problems.push(`request: ${url.slice(0, 200)}`)
  })
  page.on('worker', (worker) => {
    worker.on('console', (message) => {
      if (message.type() === 'error') problems.push(`console of a worker: ${message.text()}`)
    })
  })
  return problems
}

/**
 * The same in Firefox, as it is shipped. It cannot be handed a folder from outside.
 * @param program as `findFirefox` finds it
 */
export async function openFirefoxEnginePage(program: string): Promise<AskedPage & { readonly version: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'probatum-page-'))
  const file = join(folder, 'page.html')
  writeFileSync(file, await builtPage())
  const page = await openFirefoxPage(program)
  await page.goto(pathToFileURL(file).href)
  while ((await page.call("() => 'engine' in globalThis")) !== true) await new Promise((turn) => setTimeout(turn, 50))
  await page.call(`() => ${calling(addInputs)}`)
  return {
    version: page.version,
    problems: page.problems,
    async give(paths, { folder: isFolder = false, keep = false } = {}) {
      if (isFolder) throw new TypeError('a folder')
      await page.setFiles('#files', paths)
      return (await page.call(`() => ${calling(giveInPage, '#files', keep)}`)) as Intake
    },
    verify: async (choice, subject) =>
      (await page.call(`() => ${calling(verifyInPage, choice, subject ?? null)}`)) as PageOutcome,
    async close() {
      await page.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** A page whose browser sends every request, for whatever host, to the trap. */
export async function trappedPage(browser: Browser, { port }: { readonly port: number }): Promise<Page> {
  const context = await browser.newContext({ proxy: { server: `http://127.0.0.1:${port}`, bypass: '<-loopback>' } })
  return context.newPage()
}

/** A server on loopback that notes whatever comes: nothing must. */
export async function trapServer(): Promise<{
  readonly port: number
  readonly seen: readonly string[]
  close(): void
}> {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    response.end()
  })
  server.on('connection', () => seen.push('a connection'))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { port: (server.address() as AddressInfo).port, seen, close: () => server.close() }
}
