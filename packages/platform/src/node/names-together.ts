import { lstatSync } from 'node:fs'
import { sep } from 'node:path'

/** Names of one folder that several threads look at together. */
export interface NamesTogether {
  /** The folder, as the system names it. */
  readonly folder: string
  readonly names: readonly string[]
  /** What has been seen so far. */
  readonly memory: SharedArrayBuffer
}

/** What `lstat` says of a name. */
export interface Seen {
  readonly mode: number
  readonly size: number
  readonly mtimeMs: number
  readonly ino: number
}

/** What a thread takes at once. */
const AT_ONCE = 64
/** Two integers lead: the first name that nobody has taken, and how many were looked at. */
const LEAD_BYTES = 8
const NUMBERS = 4
/** Milliseconds that a thread gets for what it has taken; it needs less than one. */
const PATIENCE = 1000

export function namesTogether(folder: string, names: readonly string[]): NamesTogether {
  return { folder, names, memory: new SharedArrayBuffer(LEAD_BYTES + 8 * NUMBERS * names.length) }
}

/** Looks at names as long as there are any that nobody has taken. Called by every thread. */
export function lookAtNames({ folder, names, memory }: NamesTogether): void {
  const lead = new Int32Array(memory, 0, 2)
  const seen = new Float64Array(memory, LEAD_BYTES)
  const prefix = folder + sep
  for (;;) {
    const from = Atomics.add(lead, 0, AT_ONCE)
    if (from >= names.length) return
    const to = Math.min(from + AT_ONCE, names.length)
    for (let i = from; i < to; i++) {
      try {
        const { mode, size, mtimeMs, ino } = lstatSync(prefix + names[i])
        seen[NUMBERS * i + 1] = size
        seen[NUMBERS * i + 2] = mtimeMs
        seen[NUMBERS * i + 3] = ino
        seen[NUMBERS * i] = mode
      } catch {
        // Whoever lists the folder asks again, and hears why.
      }
    }
    Atomics.add(lead, 1, to - from)
    Atomics.notify(lead, 1)
  }
}

/**
 * What all threads have seen, by the places of the names, with `undefined` where one was refused. Waits for what others have
 * taken; not for a thread that has died.
 * @returns undefined when not all was looked at
 */
export function seenTogether({ names, memory }: NamesTogether): readonly (Seen | undefined)[] | undefined {
  const lead = new Int32Array(memory, 0, 2)
  for (let done = Atomics.load(lead, 1); done < names.length; done = Atomics.load(lead, 1)) {
    if (Atomics.wait(lead, 1, done, PATIENCE) === 'timed-out') return undefined
  }
  const numbers = new Float64Array(memory, LEAD_BYTES)
  const seen: (Seen | undefined)[] = []
  for (let at = 0; at < numbers.length; at += NUMBERS) {
    const mode = numbers[at] ?? 0
    const [size, mtimeMs, ino] = [numbers[at + 1] ?? 0, numbers[at + 2] ?? 0, numbers[at + 3] ?? 0]
    // The kind of a file is part of its mode: no file has the mode 0.
    seen.push(mode === 0 ? undefined : { mode, size, mtimeMs, ino })
  }
  return seen
}
