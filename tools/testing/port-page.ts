import { join } from 'node:path'
import {
  type Digester,
  type DigestJob,
  type DigestOutcome,
  type Inflater,
  ParseError,
  type SignatureVerifier,
} from '@probatum/core'
import { build } from 'esbuild'
import type { Page } from 'playwright-core'
import { ROOT } from '../setup.mjs'
import { launchBrowser } from './browser.ts'
import type { DigesterKind, RemoteAnswer, RemoteJob, remote } from './port-page-main.ts'

export interface PortPage {
  readonly inflater: Inflater
  readonly signatures: SignatureVerifier
  digester(kind: DigesterKind): Digester
  /** Lets the browser look at the jobs' files now, as when a person picks them. */
  hold(jobs: readonly DigestJob[]): Promise<void>
  close(): Promise<void>
}

const OUTCOMES_AT_ONCE = 50
const base64 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')

/** Opens a page of a secure origin in which the browser's adapters can be asked as if they were here. */
export async function openPortPage(): Promise<PortPage> {
  const script = await build({
    entryPoints: [join(ROOT, 'tools/testing/port-page-main.ts')],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    conditions: ['probatum-source'],
    write: false,
    logLevel: 'silent',
  })
  const text = script.outputFiles[0]?.text.replaceAll('</script', '<\\/script') ?? ''
  const browser = await launchBrowser()
  const page = await browser.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  await page.route('**/*', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><input type="file" multiple><script>${text}</script>`,
    }),
  )
  await page.goto('https://probatum.example/')
  return {
    inflater: inflaterOf(page),
    signatures: {
      verify: ({ algorithm, publicKey, message, signature }) =>
        page.evaluate(([algorithm, ...bytes]) => (globalThis as unknown as Scope).remote.verify(algorithm, ...bytes), [
          algorithm,
          base64(publicKey),
          base64(message),
          base64(signature),
        ] as const),
    },
    ...digestersOf(page),
    async close() {
      await browser.close()
      if (problems.length > 0) throw new Error(problems.join('\n'))
    },
  }
}

interface Scope {
  readonly remote: typeof remote
}

function inflaterOf(page: Page): Inflater {
  return {
    async *inflate(compressed, maxOutput, where) {
      const pieces: string[] = []
      for await (const piece of compressed) pieces.push(base64(piece))
      const answer = await page.evaluate(
        ([pieces, maxOutput, where]) => (globalThis as unknown as Scope).remote.inflate(pieces, maxOutput, where),
        [pieces, maxOutput, where] as const,
      )
      for (const piece of answer.pieces) yield new Uint8Array(Buffer.from(piece, 'base64'))
      if (answer.error !== null) throw new ParseError(answer.error.code, answer.error.detail)
    },
  }
}

function digestersOf(page: Page): Pick<PortPage, 'digester' | 'hold'> {
  const places = new Map<unknown, number>()
  const pathOf = ({ extent }: DigestJob): string | undefined => {
    const handle = extent.container.handle as { readonly path?: unknown } | null
    return typeof handle?.path === 'string' ? handle.path : undefined
  }
  const hold = async (jobs: readonly DigestJob[]) => {
    const paths = new Map<unknown, string>()
    for (const job of jobs) {
      const path = pathOf(job)
      const { handle } = job.extent.container
      if (path !== undefined && !places.has(handle)) paths.set(handle, path)
    }
    if (paths.size === 0) return
    await page.setInputFiles('input', [...paths.values()])
    let place = await page.evaluate(() => (globalThis as unknown as Scope).remote.hold())
    for (const handle of paths.keys()) places.set(handle, place++)
  }
  const remoteJob = ({ path, extent, algorithms }: DigestJob, bytes: string | undefined): RemoteJob => {
    const { container, offset, length, size, method, crc32 } = extent
    const held = places.get(container.handle)
    const isWhole =
      (container.handle as { readonly root?: unknown; readonly path?: unknown } | null)?.root ===
      pathOf({ path, extent, algorithms })
    return {
      path,
      container: held === undefined ? { bytes: bytes ?? '' } : { held, isWhole },
      offset,
      length,
      size,
      method,
      crc32: crc32 ?? null,
      algorithms,
    }
  }
  return {
    hold,
    digester: (kind) => ({
      async *digest(jobs, { signal, onProgress }): AsyncGenerator<readonly DigestOutcome[], void, undefined> {
        for (const { path, extent } of jobs)
          if (extent.offset + extent.length > extent.container.size) throw new RangeError(path)
        await hold(jobs)
        const sent: RemoteJob[] = []
        for (const job of jobs) {
          const { container, offset, length } = job.extent
          if (places.has(container.handle)) sent.push(remoteJob(job, undefined))
          else {
            // Of what lies in memory only the job's own bytes travel.
            const bytes = base64(await container.read(offset, length))
            sent.push({ ...remoteJob(job, bytes), offset: 0 })
          }
        }
        const id = await page.evaluate(
          ([kind, sent, aborted]) => (globalThis as unknown as Scope).remote.start(kind, sent, aborted),
          [kind, sent, signal?.aborted === true] as const,
        )
        let isOver = false
        try {
          while (!isOver) {
            const answer: RemoteAnswer = await page.evaluate(
              ([id, aborted, most]) => (globalThis as unknown as Scope).remote.next(id, aborted, most),
              [id, signal?.aborted === true, OUTCOMES_AT_ONCE] as const,
            )
            for (const done of answer.progress) onProgress?.(done)
            yield answer.outcomes
            isOver = answer.done || answer.error !== null
            if (answer.error !== null) throw Object.assign(new Error(answer.error.message), { name: answer.error.name })
          }
        } finally {
          if (!isOver) await page.evaluate((id) => (globalThis as unknown as Scope).remote.leave(id), id)
        }
      },
    }),
  }
}
