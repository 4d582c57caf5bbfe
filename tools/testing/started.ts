import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUNDLE } from '../build.mjs'

/** Starts the built `probatum` in a process of its own: servers in this one can answer it, and it can be killed. */
export function startProbatum(args: readonly string[]) {
  const child = spawn(process.execPath, [BUNDLE, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  const done = new Promise<{ code: number | null; text: string }>((resolve) => {
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (piece) => {
        text += piece
      })
    child.on('close', (code) => resolve({ code, text }))
  })
  return { child, done }
}

/** Every file below a folder by its path in it, each octet as a character. */
export function filesBelow(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path.slice(folder.length + 1), readFileSync(path, 'latin1')]
    }),
  )
}
