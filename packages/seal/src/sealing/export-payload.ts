import type { JsonValue } from '@probatum/core'
import { type CustodyLog, openedValue } from '../custody-log/custody-log.ts'
import type { SealableFile } from './bundle-sink.ts'
import type { CoveredFiles } from './covered-files.ts'
import { type PayloadDifference, PayloadDiffers, type PayloadStore } from './payload-store.ts'
import { manifestAlgorithms } from './seal-writing.ts'

/** What was written of the files of a log's items. */
export interface ExportedPayload {
  readonly files: number
  readonly bytes: number
  /** Items whose files were read again after they were written, as ranges; null where there were no means to. */
  readonly readAgain: readonly (readonly [number, number])[] | null
}

interface ShownItem {
  readonly seq: number
  readonly path: string
  readonly sha256: string
  readonly size: JsonValue | undefined
  readonly file: SealableFile
}

/** Items whose file is shown, in their order. @throws what `missing` makes of one whose file is not at hand */
export async function* shownItems(
  custody: Pick<CustodyLog, 'lines'>,
  showsPayload: (seq: number) => boolean,
  payload: (item: { readonly seq: number; readonly path: string; readonly sha256: string }) => SealableFile | undefined,
  missing: (seq: number) => Error,
): AsyncIterable<ShownItem> {
  for await (const { seq, openings } of custody.lines('items.jsonl')) {
    if (!showsPayload(seq)) continue
    const value = (name: string) => {
      const opening = openings.find(({ field }) => field === name)
      return opening === undefined ? undefined : openedValue(opening)
    }
    const path = String(value('path'))
    const sha256 = String(value('sha256'))
    const file = payload({ seq, path, sha256 })
    if (file === undefined) throw missing(seq)
    yield { seq, path, sha256, size: value('size'), file }
  }
}

/**
 * Writes the files through a store and reads them again before anything is signed.
 * @throws {PayloadDiffers} that names every file which is not its item's, or reads otherwise than it was written
 */
export async function exportThroughStore(
  store: PayloadStore,
  shown: AsyncIterable<ShownItem>,
  files: CoveredFiles,
  input: {
    readonly longTerm: boolean
    readonly onProgress?: (done: { readonly bytes: number; readonly files: number }) => void
    readonly onReadAgain?: (done: { readonly bytes: number; readonly files: number }) => void
  },
): Promise<ExportedPayload> {
  const algorithms = manifestAlgorithms(input.longTerm)
  const items = new Map<string, ShownItem>()
  for await (const item of shown) items.set(item.path, item)
  const done = { files: 0, bytes: 0 }
  const differences: PayloadDifference[] = []
  const differs = (path: string, what: PayloadDifference['what'], expected: string, found: string) =>
    differences.push({ name: path, path, what, expected, found })
  const copies = [...items.values()].map(({ path, file }) => ({ path, file, algorithms }))
  for await (const { path, size, digests } of store.write(copies, (count) => {
    done.bytes += count
    input.onProgress?.(done)
  })) {
    const item = items.get(path)
    if (item === undefined) throw new RangeError(`written, and not asked for: ${path}`)
    const { sha256 = 'none', sha512 } = digests
    if (size !== item.size) differs(path, 'size', String(item.size), String(size))
    if (sha256 !== item.sha256) differs(path, 'sha256', item.sha256, sha256)
    files.add(path, { size, digests: sha512 === undefined ? { sha256 } : { sha256, sha512 } })
    done.files += 1
    input.onProgress?.(done)
  }
  if (done.files !== items.size) throw new RangeError(`${items.size - done.files} files were not written`)
  if (differences.length > 0) throw new PayloadDiffers('copied', differences)
  if (store.readBack === undefined) return { ...done, readAgain: null }
  const again = { files: 0, bytes: 0 }
  const asked = [...items.keys()].map((path) => ({ path, algorithms }))
  for await (const { path, size, digests } of store.readBack(asked, (count) => {
    again.bytes += count
    input.onReadAgain?.(again)
  })) {
    const written = files.get(path)
    if (written === undefined) throw new RangeError(`read again, and not written: ${path}`)
    if (size !== written.size) differs(path, 'size', String(written.size), String(size))
    for (const algorithm of algorithms)
      if (digests[algorithm] !== written.digests[algorithm])
        differs(path, algorithm, written.digests[algorithm] ?? 'none', digests[algorithm] ?? 'none at all')
    again.files += 1
    input.onReadAgain?.(again)
  }
  if (again.files !== items.size) throw new RangeError(`${items.size - again.files} files were not read again`)
  if (differences.length > 0) throw new PayloadDiffers('read-again', differences)
  return { ...done, readAgain: rangesOf([...items.values()].map(({ seq }) => seq)) }
}

function rangesOf(seqs: readonly number[]): (readonly [number, number])[] {
  const ranges: [number, number][] = []
  for (const seq of [...seqs].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last?.[1] === seq - 1) last[1] = seq
    else ranges.push([seq, seq])
  }
  return ranges
}
