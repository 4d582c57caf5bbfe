import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { BUNDLE } from '../build.mjs'
import type { PieceOptions, PieceResult } from '../sweep.ts'

/**
 * `probatum seal`, killed with SIGKILL at random moments and gone on with: what is left says what it is and verifies as whole only
 * when it is, what the journal names is on the disk with those digests, and the bundle in the end has the bytes that
 * the files have, also of files that were changed, added or taken away in between. When a kill falls is left to the system.
 */
export const name = 'seal-kills'

const KILLS_IN_PIECE = 10
const PIECES = 20

export const pieces = (): number => PIECES

export function runPiece(piece: number, options: PieceOptions): Promise<PieceResult> {
  return killSealers(KILLS_IN_PIECE, piece % 2 === 1, options.progress)
}

/** @param isThreaded many files, so that they are copied on several threads */
export async function killSealers(
  kills: number,
  isThreaded: boolean,
  progress: (line: string) => void,
): Promise<PieceResult> {
  const place = mkdtempSync(join(tmpdir(), 'probatum-seal-kills-'))
  const failures: string[] = []
  const left = { nothing: 0, unfinished: 0, sealed: 0 }
  try {
    makeFiles(place, isThreaded)
    // The time that a run takes here and now: kills fall anywhere in it.
    const began = performance.now()
    const first = probatum(place, ['seal', 'files', '-o', 'out', '--demo-authority'])
    if (first.code !== 0) throw new Error(`nothing was sealed: ${first.text}`)
    const whole = performance.now() - began
    for (let kill = 0; kill < kills; ) {
      for (const made of ['out', 'out.trust-set.json', '.out.unfinished'])
        rmSync(join(place, made), { recursive: true, force: true })
      const inSeries = randomInt(1, 6)
      for (let at = 0; at < inSeries && kill < kills; at++, kill++) {
        await killOne(place, Math.floor(whole * (0.1 + 0.9 * Math.random())))
        const state = stateOf(place)
        left[state] += 1
        for (const wrong of wrongIn(place, state)) failures.push(`kill ${kill} (${state}): ${wrong}`)
        // What is sealed and only waits for its place stays as it is: then the files must, too.
        const isSealed = existsSync(join(place, '.out.unfinished', 'finished.json'))
        if (state === 'unfinished' && !isSealed && randomInt(0, 3) === 0) changeOne(place)
        if (state === 'sealed') {
          kill += 1
          break
        }
      }
      for (const wrong of finish(place)) failures.push(`after kill ${kill}: ${wrong}`)
      progress(`${kill} kills; they left ${JSON.stringify(left)}`)
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
  return { cases: kills, failures: failures.slice(0, kills) }
}

function makeFiles(place: string, isThreaded: boolean): void {
  mkdirSync(join(place, 'files', 'below'), { recursive: true })
  const count = isThreaded ? 1500 : 40
  for (let at = 0; at < count; at++)
    writeFileSync(
      join(place, 'files', at % 2 === 0 ? '' : 'below', `${at} (sample).txt`),
      randomBytes(randomInt(1, isThreaded ? 4000 : 200_000)),
    )
  for (let at = 0; at < 3; at++)
    writeFileSync(join(place, 'files', `large ${at} (sample).bin`), randomBytes(4_000_000 + at))
}

/** Changes a file, adds one before all others, or takes one away: positions shift. */
function changeOne(place: string): void {
  const folder = join(place, 'files', 'below')
  const names = readdirSync(folder)
  const chosen = join(folder, names[randomInt(0, names.length)] ?? '')
  const kind = randomInt(0, 3)
  if (kind === 0) writeFileSync(chosen, randomBytes(randomInt(1, 3000)))
  else if (kind === 1) writeFileSync(join(place, 'files', `- added ${randomInt(1e9)} (sample).txt`), randomBytes(100))
  else if (names.length > 5) rmSync(chosen)
}

function probatum(cwd: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, ...args], { cwd, encoding: 'utf8' })
  return { code: status, out: stdout, text: `${stdout}${stderr}` }
}

const sealing = (place: string) => [
  ...['seal', 'files', '-o', 'out', '--demo-authority'],
  ...(existsSync(join(place, '.out.unfinished')) ? ['--resume'] : []),
]

async function killOne(place: string, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [BUNDLE, ...sealing(place)], { cwd: place, stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await Promise.race([wait(milliseconds), ended])
  child.kill('SIGKILL')
  await ended
}

function stateOf(place: string): 'nothing' | 'unfinished' | 'sealed' {
  if (existsSync(join(place, '.out.unfinished'))) return 'unfinished'
  return existsSync(join(place, 'out')) ? 'sealed' : 'nothing'
}

function* wrongIn(place: string, state: ReturnType<typeof stateOf>): Iterable<string> {
  if (state === 'sealed') return
  if (state === 'nothing') return
  const folder = join(place, '.out.unfinished')
  const refused = probatum(place, ['seal', 'files', '-o', 'out', '--demo-authority'])
  if (refused.code !== 4 || !refused.text.includes('--resume'))
    yield `begun anew over what was left: ${refused.code} ${refused.text}`
  if (!existsSync(join(folder, 'bundle'))) return
  for (const named of ['.out.unfinished', '.out.unfinished/bundle']) {
    const verified = probatum(place, ['verify', named, '--policy', 'fixity'])
    if (!existsSync(join(folder, 'SEALING-NOT-FINISHED.txt'))) continue
    if (verified.code !== 4 || !verified.text.includes('not finished'))
      yield `${named} is taken for a bundle: ${verified.code} ${verified.text}`
  }
  // The same without the note beside it: nothing but its own bytes tells that it is not whole.
  const copy = join(place, 'copy')
  cpSync(join(folder, 'bundle'), copy, { recursive: true })
  const { code } = probatum(place, ['verify', copy, '--policy', 'fixity'])
  if (code === 0 && !existsSync(join(copy, 'seal/1/tagmanifest-sha256.txt.p7s.demonstration.tsr')))
    yield 'it verifies as whole, and has no seal'
  rmSync(copy, { recursive: true })
  const journal = join(folder, 'journal.jsonl')
  if (!existsSync(journal)) return
  const named = new Map<string, string>()
  for (const line of readFileSync(journal, 'utf8').split('\n').slice(0, -1)) {
    const entry = JSON.parse(line)
    if ('forget' in entry) named.delete(entry.forget)
    else named.set(entry.path, entry.digests.sha256)
  }
  for (const [path, sha256] of named) {
    const target = join(folder, 'bundle', path)
    const bytes = existsSync(target) ? readFileSync(target) : undefined
    if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== sha256)
      yield `${path} is in the journal and not on the disk`
  }
}

/** Goes on to the end: the bundle has every file, with the bytes that it has now. */
function* finish(place: string): Iterable<string> {
  if (!existsSync(join(place, 'out')) || existsSync(join(place, '.out.unfinished'))) {
    const { code, text } = probatum(place, sealing(place))
    if (code !== 0) {
      yield `not resumed: ${code} ${text}`
      return
    }
  }
  if (existsSync(join(place, '.out.unfinished'))) yield 'something was left behind'
  const verified = probatum(place, ['verify', 'out', '--trust-set', 'out.trust-set.json'])
  if (verified.code !== 0) yield `the bundle does not verify: ${verified.text}`
  const digestsIn = (folder: string): string[] =>
    readdirSync(folder).flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory()
        ? digestsIn(path)
        : [createHash('sha256').update(readFileSync(path)).digest('hex')]
    })
  const [ours, theirs] = [digestsIn(join(place, 'files')).sort(), digestsIn(join(place, 'out', 'data')).sort()]
  if (ours.join() !== theirs.join()) yield 'the bundle has other bytes than the files'
}
