/** What runs in the worker of page.ts: one file hashed by WebAssembly and nothing else, in the ways that there are. */
import { createSHA256 } from 'hash-wasm'

export type Way = 'stream' | 'stream, own memory' | 'slices of 4 MiB' | 'read only'

async function hashed(file: Blob, way: Way): Promise<string> {
  const hasher = await createSHA256()
  hasher.init()
  if (way === 'slices of 4 MiB') {
    const size = 4 << 20
    for (let at = 0; at < file.size; at += size)
      hasher.update(new Uint8Array(await file.slice(at, at + size).arrayBuffer()))
    return hasher.digest()
  }
  if (way === 'stream, own memory') {
    const reader = file.stream().getReader({ mode: 'byob' })
    let buffer = new ArrayBuffer(1 << 20)
    for (;;) {
      const { value, done } = await reader.read(new Uint8Array(buffer))
      if (done || value === undefined) return hasher.digest()
      hasher.update(value)
      buffer = value.buffer
    }
  }
  const reader = file.stream().getReader()
  for (;;) {
    const { value, done } = await reader.read()
    if (done) return way === 'read only' ? '' : hasher.digest()
    if (way === 'stream') hasher.update(value)
  }
}

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<{ file: Blob; way: Way }>) => void
  postMessage(answer: { milliseconds: number; sha256: string }): void
}
scope.onmessage = async ({ data: { file, way } }) => {
  const begun = performance.now()
  const sha256 = await hashed(file, way)
  scope.postMessage({ milliseconds: performance.now() - begun, sha256 })
}
