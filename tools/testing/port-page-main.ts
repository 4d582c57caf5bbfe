/**
 * What runs in the page of port-page.ts: the browser's adapters, asked from outside. Bytes travel as base64.
 */
import {
  type DigestAlgorithm,
  type DigestJob,
  type DigestOutcome,
  ParseError,
  type RandomAccess,
  type SignatureAlgorithm,
} from '@probatum/core'
import {
  BlobAccess,
  createWebDigester,
  runDigestWorker,
  webInflater,
  webSignatureVerifier,
} from '@probatum/platform/browser'

export interface RemoteJob {
  readonly path: string
  /** Place among the held files, or bytes in base64. */
  readonly container: { readonly held: number; readonly isWhole: boolean } | { readonly bytes: string }
  readonly offset: number
  readonly length: number
  readonly size: number
  readonly method: 'stored' | 'deflate'
  readonly crc32: number | null
  readonly algorithms: readonly DigestAlgorithm[]
}

export interface RemoteAnswer {
  readonly outcomes: readonly DigestOutcome[]
  readonly progress: readonly { readonly bytes: number; readonly files: number }[]
  readonly done: boolean
  readonly error: { readonly name: string; readonly message: string } | null
}

export type DigesterKind = 'one thread' | 'workers' | 'no WebAssembly'

const toBytes = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
  return btoa(text)
}

async function* each<Item>(items: readonly Item[]) {
  yield* items
}

const isWorker = typeof document === 'undefined'
// biome-ignore lint/suspicious/noExplicitAny: the worker's own scope has another type than the page's
if (isWorker) runDigestWorker(globalThis as any)

const script = isWorker ? '' : (document.currentScript?.textContent ?? '')
const startWorker = () => new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })))
const digesters = {
  'one thread': createWebDigester({ jobs: 1 }),
  workers: createWebDigester({ startWorker, jobs: 3, worthAWorker: 0 }),
  'no WebAssembly': createWebDigester({ wasm: false }),
}
const verifier = isWorker ? undefined : webSignatureVerifier()

const held: { readonly file: BlobAccess; readonly archive: BlobAccess }[] = []
interface RunningDigest {
  readonly outcomes: AsyncIterator<readonly DigestOutcome[]>
  readonly signal: { aborted: boolean }
  readonly progress: { bytes: number; files: number }[]
}
const runs = new Map<number, RunningDigest>()

export const remote = {
  /** Keeps the files that the input element was just given. */
  hold(): number {
    const input = document.querySelector('input') as HTMLInputElement
    const first = held.length
    for (const file of input.files ?? [])
      held.push({
        file: new BlobAccess(file, file.name),
        archive: new BlobAccess(file, file.name, { isWhole: true }),
      })
    return first
  },

  async inflate(compressed: readonly string[], maxOutput: number, where: string) {
    const pieces: string[] = []
    try {
      for await (const piece of webInflater.inflate(each(compressed.map(toBytes)), maxOutput, where))
        pieces.push(toBase64(piece))
      return { pieces, error: null }
    } catch (error) {
      if (error instanceof ParseError) return { pieces, error: { code: error.code, detail: error.detail } }
      throw error
    }
  },

  async verify(algorithm: SignatureAlgorithm, publicKey: string, message: string, signature: string) {
    if (verifier === undefined) throw new TypeError('a worker has none')
    return verifier.verify({
      algorithm,
      publicKey: toBytes(publicKey),
      message: toBytes(message),
      signature: toBytes(signature),
    })
  },

  start(kind: DigesterKind, jobs: readonly RemoteJob[], aborted: boolean): number {
    const all = jobs.map(({ path, container, algorithms, crc32, ...extent }): DigestJob => {
      let access: RandomAccess
      if ('bytes' in container) {
        const bytes = toBytes(container.bytes)
        access = { size: bytes.length, handle: null, read: async (from, length) => bytes.slice(from, from + length) }
      } else {
        const { held: place, isWhole } = container
        access = (held[place] as (typeof held)[number])[isWhole ? 'archive' : 'file']
      }
      return { path, algorithms, extent: { ...extent, container: access, ...(crc32 === null ? {} : { crc32 }) } }
    })
    const id = runs.size
    const signal = { aborted }
    const progress: RunningDigest['progress'] = []
    const outcomes = digesters[kind].digest(all, { signal, onProgress: (done) => progress.push(done) })
    runs.set(id, { outcomes: outcomes[Symbol.asyncIterator](), signal, progress })
    return id
  },

  async next(id: number, aborted: boolean, most: number): Promise<RemoteAnswer> {
    const run = runs.get(id) as RunningDigest
    run.signal.aborted = aborted
    const outcomes: DigestOutcome[] = []
    let done = false
    let error: RemoteAnswer['error'] = null
    try {
      while (!done && outcomes.length < most) {
        const next = await run.outcomes.next()
        done = next.done === true
        if (!next.done) outcomes.push(...next.value)
      }
    } catch (thrown) {
      const { name, message } = thrown as Error
      error = { name, message }
    }
    return { outcomes, progress: run.progress.splice(0), done, error }
  },

  async leave(id: number): Promise<void> {
    await runs.get(id)?.outcomes.return?.()
  },
}
Object.assign(globalThis, { remote })
