import type { DigestOutcome, Extent, SourceEntry } from '@probatum/core'
import { expect, test } from 'vitest'
import { type AheadThread, DigestAhead } from './digest-ahead.ts'
import type { ThreadEvents } from './digest-thread.ts'
import type { FileJob } from './extent-digest.ts'
import { type FileHandle, ListedFile } from './file-access.ts'
import { sharedState } from './worker-protocol.ts'

/** A thread that answers when it is told to. */
class SlowThread implements AheadThread {
  readonly batches: (readonly FileJob[])[] = []
  releases = 0
  #taken: { readonly memory: SharedArrayBuffer; readonly events: ThreadEvents } | undefined
  take(memory: SharedArrayBuffer, events: ThreadEvents): void {
    this.#taken = { memory, events }
  }
  digest(jobs: readonly FileJob[]): void {
    this.batches.push(jobs)
  }
  release(): void {
    this.releases++
  }
  get isCancelled(): boolean {
    return this.#taken !== undefined && sharedState(this.#taken.memory).flags[0] === 1
  }
  /** Says that it read a batch, as a thread does before its answer is heard. */
  read(batch: number): void {
    if (this.#taken === undefined) throw new TypeError('serves nobody')
    const { bytes, jobs } = sharedState(this.#taken.memory)
    for (const { length } of this.batches[batch] ?? []) {
      Atomics.add(bytes, 0, BigInt(length))
      Atomics.add(jobs, 0, 1)
    }
  }
  answer(batch: number, change: (path: string) => string = (path) => path): void {
    const jobs = this.batches[batch] ?? []
    this.#taken?.events.outcomes(
      jobs.map(({ path, size }) => ({ path: change(path), size, digests: { sha256: path } })),
    )
  }
  fail(error: unknown): void {
    this.#taken?.events.failed(error)
  }
}

function entry(path: string, size = 10): SourceEntry {
  const handle: FileHandle = {
    kind: 'probatum/file',
    path: `/bag/${path}`,
    size,
    mtimeMs: 1,
    ino: 1,
    root: '/bag',
    name: path,
  }
  const extent: Extent = { container: new ListedFile(handle), offset: 0, length: size, method: 'stored', size }
  return { path, size, extent }
}

function handleOf({ extent }: SourceEntry): FileHandle {
  if (!(extent.container instanceof ListedFile)) throw new TypeError('no file of a folder')
  return extent.container.handle
}

const payload = (count: number, size?: number) => Array.from({ length: count }, (_, i) => entry(`data/${i}`, size))

function begun(entries: readonly SourceEntry[]) {
  const thread = new SlowThread()
  const ahead = new DigestAhead(thread, entries)
  ahead.advance()
  return { thread, ahead, paths: () => thread.batches.flat().map(({ path }) => path) }
}

function taken(ahead: DigestAhead) {
  const outcomes = new Map<FileHandle, DigestOutcome>()
  const failures: unknown[] = []
  ahead.take({ outcome: (handle, outcome) => outcomes.set(handle, outcome), failed: (error) => failures.push(error) })
  return { outcomes, failures }
}

test('small files below data/ are digested ahead where the manifests say sha256 alone', () => {
  const others = [entry('bagit.txt'), entry('manifest-sha256.txt'), entry('tagmanifest-sha512.txt')]
  const files = payload(256)
  const { paths, thread } = begun([...others, ...files, entry('data/large', (1 << 20) + 1), entry('seal/x')])
  expect(paths()).toEqual(files.map(({ path }) => path))
  expect(thread.batches.flat().every(({ algorithms }) => algorithms.join() === 'sha256')).toBe(true)
})

test.each([
  [['manifest-sha512.txt']],
  [['manifest-sha256.txt', 'manifest-sha512.txt']],
  [['manifest-sha512.txt', 'manifest-sha256.txt']],
  [[]],
])('nothing is digested ahead beside the manifests %j', (manifests) => {
  expect(begun([...manifests.map((name) => entry(name)), ...payload(300)]).paths()).toEqual([])
})

test('whoever takes it over gets what is there and what comes, each file once, and the thread is free afterwards', () => {
  const files = payload(600)
  const { ahead, thread } = begun([entry('manifest-sha256.txt'), ...files])
  expect(thread.batches.map(({ length }) => length)).toEqual([256, 256])
  thread.answer(0)
  const covered = files.filter((file) => ahead.covers(handleOf(file), ['sha256']))
  expect(covered).toEqual(files.slice(0, 512))
  const { outcomes } = taken(ahead)
  expect([outcomes.size, thread.releases]).toEqual([256, 0])
  thread.answer(1)
  expect([outcomes.size, thread.releases]).toEqual([512, 1])
  for (const file of covered) expect(outcomes.get(handleOf(file))?.digests.sha256).toBe(file.path)
  ahead.end()
  expect([thread.releases, thread.isCancelled]).toEqual([1, false])
})

test('other algorithms, and another listing of the same file, are not covered', () => {
  const files = payload(256)
  const { ahead } = begun([entry('manifest-sha256.txt'), ...files])
  const [first = entry('data/0')] = files
  expect(ahead.covers(handleOf(first), ['sha256'])).toBe(true)
  expect(ahead.covers(handleOf(first), ['sha256', 'sha512'])).toBe(false)
  expect(ahead.covers(handleOf(first), ['sha512'])).toBe(false)
  expect(ahead.covers({ ...handleOf(first) }, ['sha256'])).toBe(false)
})

test('no more is begun than the thread can soon do, and more when it has done that', () => {
  const entries = [entry('manifest-sha256.txt'), ...payload(200, 1 << 20)]
  for (let i = 0; i < 5000; i++) entries.push(entry(`data/small/${i}`))
  const { thread, ahead } = begun(entries)
  const before = thread.batches.length
  expect(thread.batches.map(({ length }) => length)).toEqual([4, 4, 4, 4, 4, 4])
  for (let batch = 0; batch < before; batch++) thread.read(batch)
  entries.push(...payload(600))
  ahead.advance()
  expect(thread.batches.length).toBeGreaterThan(before)
})

test('an outcome of another file than the next one is a mistake and never taken', () => {
  const { thread } = begun([entry('manifest-sha256.txt'), ...payload(256)])
  expect(() => thread.answer(0, (path) => `${path}x`)).toThrow(TypeError)
})

test('a thread that fails, before or afterwards, tells whoever takes over', () => {
  const early = begun([entry('manifest-sha256.txt'), ...payload(256)])
  early.thread.fail('gone')
  expect(taken(early.ahead).failures).toEqual(['gone'])
  const late = begun([entry('manifest-sha256.txt'), ...payload(256)])
  const { failures } = taken(late.ahead)
  late.thread.fail('gone')
  expect(failures).toEqual(['gone'])
})

test('what nobody takes over is cancelled', () => {
  const { thread, ahead } = begun([entry('manifest-sha256.txt'), ...payload(256)])
  ahead.end()
  expect([thread.isCancelled, thread.releases]).toEqual([true, 1])
})
