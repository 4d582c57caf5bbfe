import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { BUNDLE } from '../build.mjs'
import { InterruptedSeal } from '../interrupted-seal.ts'
import type { PieceOptions, PieceResult } from '../sweep.ts'

/**
 * `probatum seal`, killed with SIGKILL at random moments and gone on with: what is left says what it is and verifies as whole only
 * when it is, what the journal names is on the disk with those digests, and the bundle in the end has the bytes that
 * the files have, also of files that were changed, added or taken away in between. When a kill falls is left to the system.
 * Every other piece has files enough for several threads; of every four, two seal over a log that is kept, which gets no item twice.
 */
export const name = 'seal-kills'

const KILLS_IN_PIECE = 10
const PIECES = 40

export const pieces = (): number => PIECES

export function runPiece(piece: number, options: PieceOptions): Promise<PieceResult> {
  const kinds = { isThreaded: piece % 2 === 1, isLogged: piece % 4 >= 2 }
  return killSealers(KILLS_IN_PIECE, kinds, options.progress)
}

/** @param isThreaded many files, so that they are copied on several threads */
export async function killSealers(
  kills: number,
  { isThreaded = false, isLogged = false }: { readonly isThreaded?: boolean; readonly isLogged?: boolean },
  progress: (line: string) => void,
): Promise<PieceResult> {
  const place = mkdtempSync(join(tmpdir(), 'probatum-seal-kills-'))
  const failures: string[] = []
  const left = { nothing: 0, unfinished: 0, sealed: 0 }
  try {
    const seal = new InterruptedSeal(place, isLogged)
    if (isThreaded) seal.makeFiles(1500, 4000, 3)
    else seal.makeFiles(40, 200_000, 3)
    seal.makeLog()
    // The time that a run takes here and now: kills fall anywhere in it.
    const began = performance.now()
    const first = seal.probatum(seal.next)
    if (first.code !== 0) throw new Error(`nothing was sealed: ${first.text}`)
    const whole = performance.now() - began
    for (let kill = 0; kill < kills; ) {
      seal.reset()
      const inSeries = randomInt(1, 6)
      for (let at = 0; at < inSeries && kill < kills; at++, kill++) {
        await killOne(seal, Math.floor(whole * (0.1 + 0.9 * Math.random())))
        const { state } = seal
        left[state] += 1
        for (const wrong of seal.wrong()) failures.push(`kill ${kill} (${state}): ${wrong}`)
        if (state === 'unfinished' && !seal.isFinished && randomInt(0, 3) === 0) seal.changeOne()
        if (state === 'sealed') {
          kill += 1
          break
        }
      }
      for (const wrong of seal.finish()) failures.push(`after kill ${kill}: ${wrong}`)
      progress(`${kill} kills; they left ${JSON.stringify(left)}`)
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
  return { cases: kills, failures: failures.slice(0, kills) }
}

async function killOne(seal: InterruptedSeal, milliseconds: number): Promise<void> {
  const child = spawn(process.execPath, [BUNDLE, ...seal.next], { cwd: seal.place, stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  await Promise.race([wait(milliseconds), ended])
  child.kill('SIGKILL')
  await ended
}
