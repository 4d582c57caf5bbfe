import { type DigestAlgorithm, decodeUtf8 } from '@probatum/core'
import type { CoveredFiles } from './covered-files.ts'
import { type PayloadCopy, type PayloadDifference, PayloadDiffers } from './payload-store.ts'
import type { PayloadFile, SealInput } from './seal-bundle.ts'
import { manifestAlgorithms } from './seal-writing.ts'
import { payloadPath } from './tag-files.ts'

/** A file of the bundle and what is said of it. */
export interface PayloadItem extends Omit<PayloadFile, 'open'> {
  /** Payload path. */
  readonly path: string
}

export interface WrittenPayload {
  readonly items: readonly PayloadItem[]
  readonly bytes: number
}

/**
 * Writes every file under its opaque name, and digests what is written.
 * @throws {RangeError} when a size is not the announced one
 * @throws {PayloadDiffers} that names every file whose digests are not those that were stated
 */
export async function writePayload(input: SealInput, files: CoveredFiles): Promise<WrittenPayload> {
  const items = await (input.payloadStore === undefined ? throughSink(input, files) : throughStore(input, files))
  if (items.length === 0) throw new TypeError('nothing to seal: no file was given')
  return { items, bytes: items.reduce((sum, { size }) => sum + size, 0) }
}

async function throughSink(input: SealInput, files: CoveredFiles): Promise<PayloadItem[]> {
  const items: PayloadItem[] = []
  const done = { files: 0, bytes: 0 }
  for await (const { open, ...file } of input.files) {
    const path = pathOf(items.length, file)
    const { size } = await files.write(path, open(), (count) => {
      done.bytes += count
      input.onProgress?.(done)
    })
    if (size !== file.size) throw new RangeError(`the file changed while it was read: ${path}`)
    items.push({ ...file, path })
    done.files += 1
    input.onProgress?.(done)
  }
  if (items.some(({ expected }) => expected !== undefined))
    throw new TypeError('digests that somebody stated are compared by a payload store only')
  return items
}

async function throughStore(input: SealInput, files: CoveredFiles): Promise<PayloadItem[]> {
  const store = input.payloadStore
  if (store === undefined) throw new TypeError('there is no payload store')
  const algorithms = manifestAlgorithms(input.longTerm)
  const sources: PayloadFile[] = []
  for await (const file of input.files) sources.push(file)
  const items = sources.map(({ open: _, ...file }, seq): PayloadItem => ({ ...file, path: pathOf(seq, file) }))
  const bySeq = new Map(items.map(({ path }, seq) => [path, seq]))
  // One array for all files of equal needs: a store may send it to another thread once.
  const sets = new Map<string, readonly DigestAlgorithm[]>()
  function* copies(): Iterable<PayloadCopy> {
    for (const [seq, file] of sources.entries()) {
      const names = [...new Set([...algorithms, ...Object.keys(file.expected ?? {})])] as DigestAlgorithm[]
      const set = sets.get(names.join()) ?? names
      sets.set(names.join(), set)
      yield { path: items[seq]?.path ?? '', file, algorithms: set }
    }
  }
  const done = { files: 0, bytes: 0 }
  const differences: PayloadDifference[] = []
  const stored = store.write(copies(), (count) => {
    done.bytes += count
    input.onProgress?.(done)
  })
  for await (const { path, size, digests } of stored) {
    const item = items[bySeq.get(path) ?? -1]
    if (item === undefined) throw new RangeError(`written, and not asked for: ${path}`)
    if (size !== item.size) throw new RangeError(`the file changed while it was read: ${visibleNameOf(item)}`)
    for (const [algorithm, expected] of Object.entries(item.expected ?? {})) {
      const found = digests[algorithm as DigestAlgorithm] ?? 'none'
      if (found !== expected)
        differences.push({ name: visibleNameOf(item), path, what: algorithm as DigestAlgorithm, expected, found })
    }
    const { sha256, sha512 } = digests
    files.add(path, {
      size,
      digests: sha512 === undefined || !input.longTerm ? { sha256: sha256 ?? '' } : { sha256: sha256 ?? '', sha512 },
    })
    done.files += 1
    input.onProgress?.(done)
  }
  if (done.files !== items.length) throw new RangeError(`${items.length - done.files} files were not written`)
  if (differences.length > 0) throw new PayloadDiffers('copied', differences)
  return items
}

/**
 * Reads what was written again, where there are means to: the bytes that will be sealed are those that came, or nothing is
 * sealed. Returns whether it was done.
 * @throws {PayloadDiffers} that names every file that reads otherwise
 */
export async function readPayloadAgain(
  input: SealInput,
  files: CoveredFiles,
  { items }: WrittenPayload,
): Promise<boolean> {
  const store = input.payloadStore
  if (store?.readBack === undefined) return false
  const algorithms = manifestAlgorithms(input.longTerm)
  const names = new Map(items.map((item) => [item.path, item]))
  const done = { files: 0, bytes: 0 }
  const again = store.readBack(
    items.map(({ path }) => ({ path, algorithms })),
    (count) => {
      done.bytes += count
      input.onReadAgain?.(done)
    },
  )
  const differences: PayloadDifference[] = []
  for await (const { path, size, digests } of again) {
    const written = files.get(path)
    const item = names.get(path)
    if (written === undefined || item === undefined || !names.delete(path))
      throw new RangeError(`read again, and not written: ${path}`)
    const differs = (what: PayloadDifference['what'], expected: string, found: string) =>
      differences.push({ name: visibleNameOf(item), path, what, expected, found })
    if (size !== written.size) differs('size', String(written.size), String(size))
    for (const algorithm of algorithms) {
      const expected = written.digests[algorithm] ?? 'none'
      const found = digests[algorithm] ?? 'none at all'
      if (found !== expected) differs(algorithm, expected, found)
    }
    done.files += 1
    input.onReadAgain?.(done)
  }
  if (names.size > 0) throw new RangeError(`${names.size} files were not read again`)
  if (differences.length > 0) throw new PayloadDiffers('read-again', differences)
  return true
}

function pathOf(seq: number, { name }: Pick<PayloadFile, 'name'>): string {
  return payloadPath(seq, typeof name === 'string' ? name : decodeUtf8(name))
}

function visibleNameOf({ name, path }: PayloadItem): string {
  return (typeof name === 'string' ? name : decodeUtf8(name)) ?? path
}
