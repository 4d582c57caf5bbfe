import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomInt } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { BUNDLE } from '../build.mjs'
import type { PieceOptions, PieceResult } from '../sweep.ts'

/**
 * Writers of a custody log, killed with SIGKILL at random moments of `custody append --batch`: nothing that was
 * acknowledged is lost, and the log verifies after every one. When a kill falls is left to the system; what must hold
 * does not depend on it.
 */
export const name = 'custody-kills'

const KILLS_IN_PIECE = 25
const PIECES = 40

export const pieces = (): number => PIECES

export function runPiece(_: number, options: PieceOptions): Promise<PieceResult> {
  return killWriters(KILLS_IN_PIECE, options.progress)
}

interface Ack {
  readonly file: 'custody.jsonl' | 'items.jsonl'
  readonly line: string
  readonly seq: number
}

/** Kills so many writers; a new log begins after every ten, so that each state can be read whole. */
export async function killWriters(kills: number, progress: (line: string) => void): Promise<PieceResult> {
  const place = mkdtempSync(join(tmpdir(), 'probatum-kills-'))
  const failures: string[] = []
  let acknowledged = 0
  let interrupted = 0
  try {
    let log = ''
    let acks: Ack[] = []
    for (let kill = 0; kill < kills; kill++) {
      if (kill % 10 === 0) {
        if (log !== '') rmSync(log, { recursive: true })
        log = join(place, `log-${kill}`)
        acks = []
        const key = join(place, `key-${kill}.pem`)
        const made = probatum([
          'custody',
          'init',
          log,
          '--log-key',
          key,
          '--new-key',
          '--origin',
          `sample.example/${kill}`,
        ])
        if (made.code !== 0) throw new Error(`no log was made: ${made.text}`)
      }
      const before = acks.length
      acks = [...acks, ...(await killOne(log))]
      acknowledged += acks.length - before
      const wrong = lostIn(log, acks)
      if (wrong !== undefined) failures.push(`kill ${kill}: ${wrong}`)
      const verified = probatum(['custody', 'verify', log])
      if (verified.code !== 0) failures.push(`kill ${kill}: does not verify: ${verified.text}`)
      if (verified.text.includes('behind the last acknowledged')) interrupted += 1
      // The next writer must be able to go on.
      const next = probatum(['custody', 'append', log, '--type', 'access', '--field', `agent=After kill ${kill}`])
      if (next.code !== 0) failures.push(`kill ${kill}: nobody can write any more: ${next.text}`)
      else acks.push(...acksIn(next.out))
      if (kill % 25 === 24)
        progress(
          `${kill + 1} kills, ${acknowledged} lines acknowledged, ${interrupted} writers cut off within an append`,
        )
    }
  } finally {
    rmSync(place, { recursive: true, force: true })
  }
  // A failure is counted once for each kill, however many of its checks did not hold.
  return { cases: kills, failures: failures.slice(0, kills) }
}

function probatum(args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, ...args], { encoding: 'utf8' })
  return { code: status, out: stdout, text: `${stdout}${stderr}` }
}

/** Starts a writer, feeds it, and kills it; gives what it had acknowledged by then. */
async function killOne(log: string): Promise<Ack[]> {
  const child = spawn(process.execPath, [BUNDLE, 'custody', 'append', log, '--batch'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let out = ''
  let began = () => {}
  const hasBegun = new Promise<void>((resolve) => {
    began = resolve
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (text: string) => {
    out += text
    began()
  })
  // The pipe breaks when the writer is killed: that is what is tried.
  child.stdin.on('error', () => {})
  let isOver = false
  let number = 0
  const feed = () => {
    if (isOver) return
    const lines = Array.from({ length: randomInt(1, 400) }, () => request(number++)).join('')
    if (child.stdin.write(lines)) setTimeout(feed, randomInt(0, 2))
    else child.stdin.once('drain', feed)
  }
  feed()
  // Some die while they start, most while they write.
  if (randomInt(0, 8) === 0) await wait(randomInt(0, 200))
  else {
    await Promise.race([hasBegun, ended])
    await wait(randomInt(0, 80))
  }
  child.kill('SIGKILL')
  isOver = true
  await ended
  return acksIn(out)
}

function request(number: number): string {
  if (number % 7 === 3) {
    const sha256 = createHash('sha256')
      .update(`invented file ${number} ${randomInt(1 << 30)}`)
      .digest('hex')
    return `${JSON.stringify({ type: 'item', fields: { sha256, size: number, originalName: `sample ${number}.txt` } })}\n`
  }
  return `${JSON.stringify({ type: 'access', fields: { agent: `Example agent ${number} (sample)`, note: 'x'.repeat(randomInt(0, 600)) } })}\n`
}

/** A line that was not written whole acknowledges nothing. */
function acksIn(out: string): Ack[] {
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Ack)
}

/** Looks at the files themselves: what was acknowledged stands in its place, before the bytes that the last commit counts. */
function lostIn(log: string, acks: readonly Ack[]): string | undefined {
  const commits = readFileSync(join(log, 'commits.jsonl'), 'utf8').split('\n').slice(0, -1)
  const { bytes, events, items } = JSON.parse(commits.at(-1) ?? '')
  for (const file of ['custody.jsonl', 'items.jsonl'] as const) {
    const text = readFileSync(join(log, file)).subarray(0, bytes[file]).toString('utf8')
    const lines = text.split('\n').slice(0, -1)
    if (lines.length !== (file === 'custody.jsonl' ? events : items))
      return `${file}: ${lines.length} lines are counted otherwise`
    let prev = '0'.repeat(64)
    for (const [seq, line] of lines.entries()) {
      const digest = createHash('sha256').update(line).digest('hex')
      const said = JSON.parse(line)
      if (said.seq !== seq) return `${file} ${seq}: seq ${said.seq}`
      if (file === 'custody.jsonl' && said.prev !== prev) return `${file} ${seq}: not chained`
      prev = digest
    }
    for (const ack of acks) {
      if (ack.file !== file) continue
      const line = lines[ack.seq]
      if (line === undefined) return `${file} ${ack.seq}: acknowledged and lost`
      if (createHash('sha256').update(line).digest('hex') !== ack.line)
        return `${file} ${ack.seq}: acknowledged, and another line`
    }
  }
  const aside = join(log, 'set-aside')
  const kept = existsSync(aside) ? readdirSync(aside) : []
  return kept.every((each) => /^[0-9]{6}-/.test(each)) ? undefined : 'something else was set aside'
}
