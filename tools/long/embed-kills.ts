import { createPrivateKey, randomInt, sign } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { filesBelow, startProbatum } from '../testing/started.ts'
import { startTimeStampServer } from '../testing/time-stamp-server.ts'

/**
 * `seal embed`, killed with SIGKILL at random moments: either the bundle stands in its place, whole, or what was prepared is as it
 * was and the same command finishes it. When a kill falls is left to the system; what must hold does not depend on it.
 */
export const name = 'embed-kills'

const KILLS_IN_PIECE = 10
const PIECES = 20
const SIGNATURE = 'tagmanifest-sha256.txt.p7s'

export const pieces = (): number => PIECES

export function runPiece(_: number, options: PieceOptions): Promise<PieceResult> {
  return killEmbeddings(KILLS_IN_PIECE, options.progress)
}

/** Kills so many embeddings of copies of one prepared seal. */
async function killEmbeddings(kills: number, progress: (line: string) => void): Promise<PieceResult> {
  const place = mkdtempSync(join(tmpdir(), 'probatum-embed-kills-'))
  const server = await startTimeStampServer()
  const at = (...names: string[]) => join(place, ...names)
  const failures: string[] = []
  const outcomes = { nothing: 0, begun: 0, openings: 0, sealed: 0 }
  try {
    mkdirSync(at('files'))
    // Long enough to be cut off while it is read.
    writeFileSync(at('files/a.bin'), new Uint8Array(50_000_000).fill(7))
    const options = ['--chain', server.signer.certificate, '--tsa', `a=${server.url('good')}`]
    const prepared = await probatum(['seal', 'prepare', at('files'), '-o', at('prepared'), ...options])
    if (prepared.code !== 0) throw new Error(prepared.err)
    const message = readFileSync(at('prepared/to-sign', `${SIGNATURE}.attributes.der`))
    writeFileSync(at('seal.sig'), sign('sha256', message, createPrivateKey(readFileSync(server.signer.key))))
    const embedding = (folder: string, out: string) => [
      'seal',
      'embed',
      folder,
      '--signature',
      at('seal.sig'),
      '-o',
      out,
    ]
    const before = filesBelow(at('prepared'))
    const inOut = [...before].filter(([path]) => path.startsWith('out/')).map(([path, bytes]) => [path.slice(4), bytes])

    const started = performance.now()
    cpSync(at('prepared'), at('whole'), { recursive: true })
    const whole = await probatum(embedding(at('whole'), at('whole-sealed')))
    if (whole.code !== 0) throw new Error(`no seal without a kill: ${whole.err}`)
    const longest = Math.ceil(performance.now() - started)

    for (let kill = 0; kill < kills; kill++) {
      const [folder, out] = [at(`copy-${kill}`), at(`sealed-${kill}`)]
      cpSync(at('prepared'), folder, { recursive: true })
      const { child, done } = startProbatum(embedding(folder, out))
      await Promise.race([wait(randomInt(0, longest)), done])
      child.kill('SIGKILL')
      await done
      const wrong: string[] = []
      const isSealed = existsSync(out)
      if (!isSealed) {
        const after = filesBelow(folder)
        const changed = [...before].filter(([path, bytes]) => after.get(path) !== bytes).map(([path]) => path)
        const added = [...after.keys()].filter((path) => !before.has(path))
        const strange = added.filter((path) => !path.startsWith('out/seal/1/'))
        if (changed.length + strange.length > 0) wrong.push(`changed: ${[...changed, ...strange].join(', ')}`)
        outcomes[existsSync(`${out}.openings.jsonl`) ? 'openings' : added.length > 0 ? 'begun' : 'nothing'] += 1
        const again = await probatum(embedding(folder, out))
        if (again.code !== 0) wrong.push(`cannot be finished any more: ${again.err}`)
      } else outcomes.sealed += 1
      const sealed = existsSync(out) ? filesBelow(out) : new Map<string, string>()
      const lost = inOut.filter(([path, bytes]) => sealed.get(path ?? '') !== bytes).map(([path]) => path)
      const seal = [...sealed.keys()].filter((path) => path.startsWith('seal/')).sort()
      if (lost.length > 0) wrong.push(`not in the bundle: ${lost.join(', ')}`)
      if (seal.join() !== [`seal/1/${SIGNATURE}`, `seal/1/${SIGNATURE}.a.tsr`].join())
        wrong.push(`seal: ${seal.join()}`)
      if (!existsSync(`${out}.openings.jsonl`)) wrong.push('the openings are lost')
      const verified = await probatum(['verify', out, '--json'])
      // Without a trust set nobody can tell whose it is; nothing contradicts it.
      if (verified.code !== 3) wrong.push(`verify ends with ${verified.code}`)
      if (wrong.length > 0) failures.push(`kill ${kill}: ${wrong.join('; ')}`)
      for (const path of [folder, out, `${out}.openings.jsonl`]) rmSync(path, { recursive: true, force: true })
    }
    progress(`${kills} kills: ${JSON.stringify(outcomes)}`)
  } finally {
    await server.close()
    rmSync(place, { recursive: true, force: true })
  }
  return { cases: kills, failures }
}

const probatum = (args: readonly string[]) => startProbatum(args).done
