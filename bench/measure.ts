import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Standard output must hold this, so that nobody measures a program that did nothing. */
  readonly says?: string
}

export interface Run {
  readonly seconds: number
  /** Largest resident memory in bytes; undefined where the system does not tell (no /usr/bin/time). */
  readonly peak: number | undefined
  /** Seconds of all processors, user and system; undefined likewise. */
  readonly processor: number | undefined
}

const TIME = '/usr/bin/time'

/** Runs a program to its end. @throws when it does not end with 0, or does not say what it should */
export function measure({ program, args, cwd, env, says }: Command, scratch: string): Run {
  const hasTime = existsSync(TIME)
  const figures = join(scratch, 'time.txt')
  const [command, ...rest] = hasTime ? [TIME, '-f', '%M %U %S', '-o', figures, program, ...args] : [program, ...args]
  const start = process.hrtime.bigint()
  const { status, stdout, stderr, error } = spawnSync(command ?? program, rest, {
    cwd,
    env,
    maxBuffer: 1 << 28,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  if (error !== undefined) throw error
  if (status !== 0)
    throw new Error(`${program} ${args.slice(0, 4).join(' ')} ended with ${status}: ${stderr.slice(-500)}`)
  if (says !== undefined && !stdout.includes(says))
    throw new Error(`${program} did not say ${says}: ${stdout.slice(0, 500)}`)
  if (!hasTime) return { seconds, peak: undefined, processor: undefined }
  const line = readFileSync(figures, 'utf8').trim().split('\n').at(-1) ?? ''
  const [kilobytes = 0, user = 0, system = 0] = line.split(' ').map(Number)
  return { seconds, peak: kilobytes * 1024, processor: user + system }
}

export interface Comparison {
  readonly name: string
  readonly ours: Command
  readonly stock: Command
  /** What `stock` is, for the table. */
  readonly stockName: string
  /** Largest ratio that is promised. */
  readonly target: number
}

export interface Result {
  readonly comparison: Comparison
  readonly ours: number
  readonly stock: number
  /** Median of the ratios of the rounds: both ran one after the other in each. */
  readonly ratio: number
  readonly lowest: number
  readonly highest: number
  readonly peak: number | undefined
  /** The same ratio of processor time: how much work is done, on however many cores. It varies less on a busy machine. */
  readonly processor: number | undefined
}

/** Warms the cache with one run of each, then takes turns: what disturbs the machine disturbs both. */
export function compare(comparison: Comparison, rounds: number, scratch: string): Result {
  const { ours, stock } = comparison
  measure(stock, scratch)
  measure(ours, scratch)
  const pairs = Array.from({ length: rounds }, (_, round) => {
    // Neither always goes first.
    const first = measure(round % 2 === 0 ? ours : stock, scratch)
    const second = measure(round % 2 === 0 ? stock : ours, scratch)
    return round % 2 === 0 ? { ours: first, stock: second } : { ours: second, stock: first }
  })
  const ratios = pairs.map((pair) => pair.ours.seconds / pair.stock.seconds)
  const peaks = pairs.flatMap((pair) => pair.ours.peak ?? [])
  const processor = pairs.flatMap((pair) =>
    pair.ours.processor === undefined || !pair.stock.processor ? [] : [pair.ours.processor / pair.stock.processor],
  )
  return {
    comparison,
    ours: median(pairs.map((pair) => pair.ours.seconds)),
    stock: median(pairs.map((pair) => pair.stock.seconds)),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    peak: peaks.length === 0 ? undefined : Math.max(...peaks),
    processor: processor.length === 0 ? undefined : median(processor),
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  if (low === undefined || high === undefined) throw new RangeError('the median of nothing')
  return (low + high) / 2
}
