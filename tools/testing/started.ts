import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUNDLE } from '../build.mjs'

/** How a run ended: its exit code, null where a signal ended it, and what it wrote to its two outputs. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  /** The folder in which it runs; that of this process where there is none. */
  readonly cwd?: string
  /** In the place of this process's. */
  readonly env?: NodeJS.ProcessEnv
}

/** Runs the built `probatum` in a process of its own and waits for its end. */
export function runProbatum(
  args: readonly string[],
  { input, ...options }: RunOptions & { readonly input?: string | Uint8Array | undefined } = {},
): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, ...args], {
    ...options,
    ...(input === undefined ? {} : { input }),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return { code: status, out: stdout, err: stderr }
}

/** Starts a program in a process of its own: servers in this one can answer it, and it can be killed. */
export function startProgram(program: string, args: readonly string[], options: RunOptions = {}) {
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const done = new Promise<Ended>((resolve) => {
    const written = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (piece: string) => {
        written[name] += piece
      })
    child.on('close', (code) => resolve({ code, out: written.stdout, err: written.stderr }))
  })
  return { child, done }
}

/** The same for the built `probatum`. */
export function startProbatum(args: readonly string[], options: RunOptions = {}) {
  return startProgram(process.execPath, [BUNDLE, ...args], options)
}

/** Writes steps into a folder, as `probatum steps` prints them, and runs them there. */
export function runSteps(folder: string, steps: string, shell = 'sh'): Ended {
  writeFileSync(join(folder, 'steps.sh'), steps)
  const { status, stdout, stderr } = spawnSync(shell, ['steps.sh'], { cwd: folder, encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}

/** Every file below a folder by its path in it, in the order of paths, each octet as a character. */
export function filesBelow(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort()
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'latin1')]))
}
