import { comparePaths, encodeUtf8 } from '@probatum/core'
import type { SealableFile } from '../sealing/bundle-sink.ts'

const BLOCK = 512
/** Largest size that eleven octal digits say. */
const OCTAL_SIZE = 0o77_777_777_777

/**
 * Writes a POSIX tar (IEEE Std 1003.1, pax interchange): tag files first, then the payload, each in byte order, under
 * one top folder; times, users and modes fixed. A path or size that ustar has no room for gets a pax header.
 * Rejects with RangeError when a file's size is not what it says.
 */
export async function* writeTar(input: {
  readonly topFolder: string
  readonly files: ReadonlyMap<string, SealableFile>
}): AsyncIterable<Uint8Array> {
  const paths = [...input.files.keys()].sort(
    (a, b) => Number(a.startsWith('data/')) - Number(b.startsWith('data/')) || comparePaths(a, b),
  )
  for (const path of paths) {
    const file = input.files.get(path)
    if (file === undefined) continue
    const name = `${input.topFolder}/${path}`
    const records = paxRecords(name, file.size)
    if (records.length > 0) {
      yield header('pax', records.length, 'x')
      yield padded(records)
    }
    yield header(name, file.size, '0')
    let size = 0
    for await (const piece of file.open()) {
      size += piece.length
      yield piece
    }
    if (size !== file.size) throw new RangeError(`the file changed while it was read: ${path}`)
    yield new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK)
  }
  yield new Uint8Array(2 * BLOCK)
}

function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / BLOCK) * BLOCK)
  whole.set(bytes)
  return whole
}

function paxRecords(name: string, size: number): Uint8Array {
  const records: string[] = []
  if (splitName(encodeUtf8(name)) === undefined) records.push(paxRecord('path', name))
  if (size > OCTAL_SIZE) records.push(paxRecord('size', String(size)))
  return encodeUtf8(records.join(''))
}

/** `LENGTH KEY=VALUE\n`, where the length counts its own digits. */
function paxRecord(key: string, value: string): string {
  const rest = encodeUtf8(` ${key}=${value}\n`).length
  let length = rest + 1
  while (rest + String(length).length !== length) length = rest + String(length).length
  return `${length} ${key}=${value}\n`
}

/** Name and prefix of ustar; `undefined` when there is no slash to part them at, or when the name is not ASCII. */
function splitName(name: Uint8Array): { name: Uint8Array; prefix: Uint8Array } | undefined {
  if (!name.every((byte) => byte < 0x80)) return undefined
  if (name.length <= 100) return { name, prefix: new Uint8Array(0) }
  for (let at = Math.min(155, name.length - 2); at >= name.length - 101 && at > 0; at--)
    if (name[at] === 0x2f) return { name: name.subarray(at + 1), prefix: name.subarray(0, at) }
  return undefined
}

function header(path: string, size: number, type: '0' | 'x'): Uint8Array {
  const block = new Uint8Array(BLOCK)
  const put = (at: number, bytes: Uint8Array) => block.set(bytes, at)
  const octal = (at: number, digits: number, value: number) =>
    put(at, encodeUtf8(`${value.toString(8).padStart(digits, '0')}\0`))
  const parts = splitName(encodeUtf8(path)) ?? { name: encodeUtf8('see-pax-header'), prefix: new Uint8Array(0) }
  put(0, parts.name)
  octal(100, 7, 0o644)
  octal(108, 7, 0)
  octal(116, 7, 0)
  octal(124, 11, size > OCTAL_SIZE ? 0 : size)
  octal(136, 11, 0)
  put(148, encodeUtf8('        '))
  put(156, encodeUtf8(type))
  put(257, encodeUtf8('ustar\x0000'))
  put(345, parts.prefix)
  const sum = block.reduce((total, byte) => total + byte, 0)
  put(148, encodeUtf8(`${sum.toString(8).padStart(6, '0')}\0 `))
  return block
}
