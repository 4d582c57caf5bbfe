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

/** What a run in the page gave. */
export type PageOutcome =
  | {
      readonly report: string
      readonly facts: string
      readonly inventory: string
    }
  | { readonly failure: Failure }

export interface EnginePage {
  readonly browser: Browser
  readonly page: Page
  /** Script errors, console errors, policy violations and requests of any kind: there must be none. */
  readonly problems: readonly string[]
  /** Puts files or one folder before the engine, as a picker does; everything given before is forgotten. */
  give(paths: readonly string[], options?: { readonly folder?: boolean; readonly keep?: boolean }): Promise<Intake>
  /** Verifies a subject, the first one unless another is named. */
  verify(choice: Choice, subject?: string): Promise<PageOutcome>
  /** Throws when anything reached the network. */
  close(): Promise<void>
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
  writeFileSync(file, edition(await makePage(ROOT, 'web-verifier/testing/engine-main.ts')))
  const trap = await trapServer()
  const browser = await launchBrowser()
  const page = await trappedPage(browser, trap)
  const problems = watch(page, pathToFileURL(file).href)
  await page.goto(pathToFileURL(file).href)
  await page.waitForFunction(() => 'engine' in globalThis)
  // The view has inputs of its own; here they only bring files to the engine.
  await page.evaluate(() => {
    for (const id of ['files', 'folder']) {
      const input = document.createElement('input')
      input.type = 'file'
      input.id = id
      input.multiple = true
      input.webkitdirectory = id === 'folder'
      document.body.append(input)
    }
  })
  return {
    browser,
    page,
    problems,
    async give(paths, { folder: isFolder = false, keep = false } = {}) {
      const input = isFolder ? '#folder' : '#files'
      await page.setInputFiles(input, isFolder ? (paths[0] ?? '') : [...paths])
      return page.evaluate(
        async ([input, keep]) => {
          const { engine } = globalThis as unknown as Scope
          if (!keep) engine.forget()
          const list = [...((document.querySelector(input) as HTMLInputElement).files ?? [])]
          const files = list.map((file) => ({ path: file.webkitRelativePath || file.name, file }))
          return engine.open({ from: 'files', files }).done
        },
        [input, keep] as const,
      )
    },
    verify(choice, subject) {
      return page.evaluate(
        async ([choice, subject]) => {
          const { engine } = globalThis as unknown as Scope
          const id = subject ?? engine.intake.subjects[0]?.id ?? ''
          try {
            const { reportBytes, factsBytes, inventory } = await engine.verify(id, choice).done
            const text = (bytes: BufferSource) => new TextDecoder('utf-8', { fatal: true }).decode(bytes)
            return { report: text(reportBytes), facts: text(factsBytes), inventory: await inventory.text() }
          } catch (error) {
            return { failure: (error as { failure: Failure }).failure }
          }
        },
        [choice, subject] as const,
      )
    },
    async close() {
      await browser.close()
      trap.close()
      rmSync(folder, { recursive: true })
      if (trap.seen.length > 0) throw new Error(`the network was reached: ${trap.seen.join(', ')}`)
    },
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
