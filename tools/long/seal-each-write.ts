import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { InterruptedSeal } from '../interrupted-seal.ts'
import type { PieceOptions, PieceResult } from '../sweep.ts'

/**
 * `probatum seal` of a few files, ended before and within each single thing that it writes, renames or removes, and gone on with.
 * Four kinds of runs: the first one, and one that goes on after files were changed, added and taken away; each with and without a
 * log that is kept. What must hold is what `seal-kills` asks.
 */
export const name = 'seal-each-write'

const PIECES = 96
const KINDS = [
  { isLogged: false, isGoingOn: false },
  { isLogged: false, isGoingOn: true },
  { isLogged: true, isGoingOn: false },
  { isLogged: true, isGoingOn: true },
]

export const pieces = (): number => PIECES

export function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const kind = KINDS[piece % KINDS.length] ?? { isLogged: false, isGoingOn: false }
  const every = PIECES / KINDS.length
  return endAtWrites(root, kind, { from: Math.floor(piece / KINDS.length), every }, progress)
}

/** @param which writes: the `from`-th, from 0, and every so many-th behind it */
async function endAtWrites(
  root: string,
  { isLogged, isGoingOn }: { readonly isLogged: boolean; readonly isGoingOn: boolean },
  which: { readonly from: number; readonly every: number },
  progress: (line: string) => void,
): Promise<PieceResult> {
  const failures: string[] = []
  const place = mkdtempSync(join(tmpdir(), 'probatum-each-write-'))
  let cases = 0
  try {
    const seal = new InterruptedSeal(place, isLogged)
    mkdirSync(seal.path('files', 'below'), { recursive: true })
    putFiles(seal)
    seal.makeLog()
    const runTo = (last: number) =>
      seal.probatum(seal.next, {
        env: { ...process.env, PROBATUM_LAST_WRITE: String(last), PROBATUM_WRITES: seal.path('writes') },
        node: ['--import', pathToFileURL(join(root, 'tools/last-write.mjs')).href],
      })
    const copied = isGoingOn ? writesOfCopies(seal, runTo) : 0
    const begin = () => {
      putFiles(seal)
      seal.reset()
      if (!isGoingOn) return
      runTo(copied)
      changeFiles(seal)
    }
    begin()
    const whole = runTo(0)
    if (whole.code !== 0) throw new Error(`nothing was sealed: ${whole.text}`)
    if (isGoingOn && !whole.text.includes('2 files had been copied'))
      failures.push(`another number of files was taken over: ${whole.text}`)
    const writes = Number(readFileSync(seal.path('writes'), 'utf8'))
    for (let at = which.from; at < writes; at += which.every) {
      begin()
      const ended = runTo(at + 1)
      if (ended.signal !== 'SIGKILL') failures.push(`write ${at + 1} of ${writes} did not end it: ${ended.text}`)
      const { state } = seal
      for (const wrong of seal.wrong()) failures.push(`write ${at + 1} of ${writes} (${state}): ${wrong}`)
      for (const wrong of seal.finish())
        failures.push(`gone on after write ${at + 1} of ${writes} (${state}): ${wrong}`)
      cases += 1
      progress(`${cases} of ${Math.ceil((writes - which.from) / which.every)} ended, ${failures.length} wrong`)
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
  return { cases, failures: failures.slice(0, cases) }
}

const NAMES = ['0', '1', 'below/2', '3', 'below/4'].map((name) => `${name} (sample).txt`)

/** Always the same, so that the n-th write of a run is always the same. */
function putFiles(seal: InterruptedSeal): void {
  rmSync(seal.path('files', ADDED), { force: true })
  for (const name of NAMES) seal.put(name, Buffer.from(`INVENTED SAMPLE: ${name}\n`))
}

const ADDED = '- added (sample).txt'

/** One is changed, one added before all others, and two are taken away: of what was copied two files are still what they were. */
function changeFiles(seal: InterruptedSeal): void {
  seal.put(ADDED, Buffer.from('INVENTED SAMPLE: added\n'))
  seal.put('3 (sample).txt', Buffer.from('INVENTED SAMPLE: changed\n'))
  for (const name of ['0 (sample).txt', 'below/2 (sample).txt']) rmSync(seal.path('files', name))
}

/** After so many writes all copies are in the journal, and nothing of the records is written. */
function writesOfCopies(seal: InterruptedSeal, runTo: (last: number) => { readonly signal: string | null }): number {
  for (let last = 10; ; last++) {
    seal.reset()
    if (runTo(last).signal !== 'SIGKILL') throw new Error('no run left all copies')
    const journal = seal.path('.out.unfinished', 'journal.jsonl')
    if (existsSync(journal) && readFileSync(journal, 'utf8').split('\n').length - 1 === NAMES.length) return last
  }
}
