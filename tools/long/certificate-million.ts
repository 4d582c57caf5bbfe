import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PieceOptions, PieceResult } from '../sweep.ts'

/**
 * The certificate of a bundle of many files: 10,000 rows within 512 MB, and 1,000,000 files, of which the pages name the first
 * and the attached inventory all, within 1 GB. The first two are checked within the same, as they are;
 * the first also with a stamp on its first page, so that all text is compared, and signed, with a document time-stamp behind.
 */
export const name = 'certificate-million'

const PIECES = [
  { files: 10_000, list: 'full', limit: 512, checks: ['whole', 'stamped', 'signed'] },
  { files: 1_000_000, list: 'auto', limit: 1024, checks: ['whole'] },
  // The pages stop at 10,000 rows, whatever is asked for.
  { files: 1_000_000, list: 'full', limit: 1024, checks: [] },
] as const

export const pieces = (): number => PIECES.length

interface Made {
  readonly bytes: number
  readonly rows: number
  readonly megabytes: number
}

interface Checked {
  readonly base: string
  readonly shown: string
  readonly megabytes: number
}

/** A process of its own: what it needed at most is what the system says of it. */
function run<T>(root: string, script: string, ...words: readonly string[]): T | string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'tools/run.mjs'), join(root, 'tools/certificates', script), ...words],
    // What is no longer used is given back before so much is taken: else it says nothing how much was needed.
    { encoding: 'utf8', maxBuffer: 1 << 20, env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=320' } },
  )
  return status === 0 ? (JSON.parse(stdout) as T) : `ended with ${status}: ${stderr.slice(-500)}`
}

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const { files, list, limit, checks } = PIECES[piece] ?? PIECES[0]
  const label = `${files} files, ${list}`
  const scratch = mkdtempSync(join(tmpdir(), 'probatum-million-'))
  try {
    const pdf = join(scratch, 'certificate.pdf')
    const made = run<Made>(root, 'many-files.ts', String(files), list, pdf)
    if (typeof made === 'string') return { cases: 1, failures: [`${label}: ${made}`] }
    progress(`${label}: ${made.megabytes} MB, ${made.rows} rows, a PDF of ${made.bytes} bytes`)
    const failures = made.megabytes > limit ? [`${label}: needed ${made.megabytes} MB, more than ${limit}`] : []
    const rows = Math.min(files, list === 'full' ? 10_000 : 500)
    if (made.rows !== rows) failures.push(`${label}: ${made.rows} rows on the pages, not ${rows}`)
    const expected = { whole: ['same', 'same'], stamped: ['same', 'text-same'], signed: ['same', 'same'] } as const
    for (const form of checks) {
      const checked = run<Checked>(root, 'check-many-files.ts', pdf, form)
      if (typeof checked === 'string') {
        failures.push(`${label}, checked ${form}: ${checked}`)
        continue
      }
      progress(`${label}, checked ${form}: ${checked.megabytes} MB`)
      if (checked.megabytes > limit)
        failures.push(`${label}, checked ${form}: needed ${checked.megabytes} MB, more than ${limit}`)
      if ([checked.base, checked.shown].join() !== expected[form].join())
        failures.push(`${label}, checked ${form}: ${checked.base}, ${checked.shown}`)
    }
    return { cases: 1 + checks.length, failures }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
