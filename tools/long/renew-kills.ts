import { randomInt } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { filesBelow, startProbatum } from '../testing/started.ts'
import { startValidationServer } from '../testing/validation-server.ts'

/**
 * Renewals that are killed with SIGKILL at random moments: the bundle is what it was, with hints more at most, or it is renewed
 * whole; it verifies, and can be renewed again. When a kill falls is left to the system; what must hold does not depend on it.
 */
export const name = 'renew-kills'

const KILLS_IN_PIECE = 5
const LEVEL: readonly string[] = ['seal/2/a.tsr', 'seal/2/sums-sha512.txt']
const PIECES = 40

export const pieces = (): number => PIECES

export function runPiece(_: number, options: PieceOptions): Promise<PieceResult> {
  return killRenewals(KILLS_IN_PIECE, options.progress)
}

/** Kills so many renewals of copies of one bundle. */
async function killRenewals(kills: number, progress: (line: string) => void): Promise<PieceResult> {
  const place = mkdtempSync(join(tmpdir(), 'probatum-renew-kills-'))
  const server = await startValidationServer()
  const failures: string[] = []
  const outcomes = { untouched: 0, hints: 0, renewed: 0 }
  try {
    const { sealed, trust } = await sealOnce(place, server)
    const before = filesBelow(sealed)
    const renewal = (bundle: string) => [
      ...['renew', bundle, '--trust-set', trust, '--tsa', `a=${server.url('tsa')}`],
      ...['--online', '--online-host', server.host],
    ]
    const started = performance.now()
    cpSync(sealed, join(place, 'whole'), { recursive: true })
    const whole = await probatum(renewal(join(place, 'whole')))
    if (whole.code !== 0) throw new Error(`no renewal without a kill: ${whole.err}`)
    const longest = Math.ceil(performance.now() - started)
    for (let kill = 0; kill < kills; kill++) {
      const bundle = join(place, `copy-${kill}`)
      cpSync(sealed, bundle, { recursive: true })
      const { child, done } = startProbatum(renewal(bundle))
      await Promise.race([wait(randomInt(0, longest)), done])
      child.kill('SIGKILL')
      await done
      const after = filesBelow(bundle)
      const wrong = [...before].filter(([path, bytes]) => after.get(path) !== bytes).map(([path]) => `changed: ${path}`)
      const added = [...after.keys()].filter((path) => !before.has(path))
      const hints = added.filter((path) => /^seal\/1\/validation\/(certificate|crl|ocsp)-[0-9a-f]{16}\.\w+$/.test(path))
      const level = added.filter((path) => LEVEL.includes(path))
      const strange = added.filter((path) => !hints.includes(path) && !level.includes(path))
      if (strange.length > 0 || level.length === 1) wrong.push(`added: ${added.join(', ')}`)
      outcomes[level.length === 2 ? 'renewed' : hints.length > 0 ? 'hints' : 'untouched'] += 1
      const verified = await probatum(['verify', bundle, '--trust-set', trust])
      if (verified.code !== 0) wrong.push(`does not verify: ${verified.out}`)
      const again = await probatum(renewal(bundle))
      if (again.code !== 0) wrong.push(`cannot be renewed any more: ${again.err}`)
      if (wrong.length > 0) failures.push(`kill ${kill}: ${wrong.join('; ')}`)
      rmSync(bundle, { recursive: true })
    }
    progress(`${kills} kills: ${JSON.stringify(outcomes)}`)
  } finally {
    await server.close()
    rmSync(place, { recursive: true, force: true })
  }
  return { cases: kills, failures }
}

async function sealOnce(place: string, server: Awaited<ReturnType<typeof startValidationServer>>) {
  const at = (file: string) => join(place, file)
  const { signer } = server.signers
  mkdirSync(at('files'))
  // Long enough to be cut off while it is read.
  writeFileSync(at('files/a.bin'), new Uint8Array(50_000_000).fill(7))
  const chain = server.file(
    'chain.pem',
    Buffer.concat([readFileSync(signer.certificate), readFileSync(server.authority.certificate)]),
  )
  const add = ['--source', 'invented', '--sample']
  for (const args of [
    ['trust', 'add', server.root.certificate, '--role', 'signer', ...add, '--issuer', 'Example', '--to', at('1.json')],
    [
      ...['trust', 'add', server.stamps.root.certificate, '--role', 'time-stamp-authority', ...add],
      ...['--after', at('1.json'), '--to', at('2.json')],
    ],
    [
      ...['seal', at('files'), '-o', at('sealed'), '--key', signer.key, '--chain', chain],
      ...['--tsa', `a=${server.url('tsa')}`, '--issuer', 'Example Mechanism (sample)'],
    ],
  ]) {
    const { code, err } = await probatum(args)
    if (code !== 0) throw new Error(err)
  }
  return { sealed: at('sealed'), trust: at('2.json') }
}

const probatum = (args: readonly string[]) => startProbatum(args).done
