import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { BUNDLE, ensureBuilt } from '../build.mjs'
import { ROOT } from '../setup.mjs'

const MAKING_MS = 120_000
const BLOCK_MS = 120_000

export interface Guide {
  readonly text: string
  /** The shell blocks in their order. */
  readonly blocks: readonly string[]
  /** The empty folder in which they run; removed after the tests. */
  readonly place: string
  /** Runs shell text as a reader would, with `probatum` among the commands. */
  run(text: string): { readonly status: number | null; readonly stdout: string; readonly stderr: string }
  /** One test a block, each going on where the one before it ended. */
  runBlocks(): void
  /** What the first block that holds these words said. */
  sayingOf(words: string): string
  /** A file that the blocks made. */
  read(name: string): string
}

/**
 * A page of the handbook whose commands are run. To be called at the top level of a test file.
 * @param page the name below docs/guide
 * @param environment what else the commands find in their environment, of the folder in which they run
 */
export function guide(page: string, environment: (place: string) => Record<string, string> = () => ({})): Guide {
  const text = readFileSync(join(ROOT, 'docs/guide', page), 'utf8')
  const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'probatum-guide-')))
  const said: string[] = []

  beforeAll(async () => {
    await ensureBuilt()
    mkdirSync(join(place, 'bin'))
    // A program of its own, so that commands that the program starts find it too.
    writeFileSync(join(place, 'bin', 'probatum'), `#!/bin/sh\nexec "${process.execPath}" "${BUNDLE}" "$@"\n`)
    chmodSync(join(place, 'bin', 'probatum'), 0o755)
  }, MAKING_MS)
  afterAll(() => rmSync(place, { recursive: true }))

  const run = (commands: string) => {
    const env = { ...process.env, PATH: `${join(place, 'bin')}:${process.env.PATH}`, ...environment(place) }
    return spawnSync('sh', ['-eu', '-c', commands], { cwd: place, encoding: 'utf8', env })
  }
  return {
    text,
    blocks,
    place,
    run,
    runBlocks() {
      it.each(blocks.map((block, at) => [block.trim().split('\n')[0] ?? '', at] as const))(
        '%s',
        (_first, at) => {
          const { status, stdout, stderr } = run(blocks[at] ?? '')
          expect(stderr, stdout).not.toContain('probatum: ')
          expect(status, stderr).toBe(0)
          said[at] = stdout
        },
        BLOCK_MS,
      )
    },
    sayingOf: (words) => said[blocks.findIndex((block) => block.includes(words))] ?? expect.fail(words),
    read: (name) => readFileSync(join(place, name), 'utf8'),
  }
}
