import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { PieceOptions, PieceResult } from '../sweep.ts'

/**
 * The certificate of a bundle of many files: 10,000 rows within 512 MB, and 1,000,000 files, of which the pages name the first
 * and the attached inventory all, within 1 GB.
 */
export const name = 'certificate-million'

const PIECES = [
  { files: 10_000, list: 'full', limit: 512 },
  { files: 1_000_000, list: 'auto', limit: 1024 },
  // The pages stop at 10,000 rows, whatever is asked for.
  { files: 1_000_000, list: 'full', limit: 1024 },
] as const

export const pieces = (): number => PIECES.length

interface Made {
  readonly bytes: number
  readonly rows: number
  readonly megabytes: number
}

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const { files, list, limit } = PIECES[piece] ?? PIECES[0]
  // A process of its own: what it needed at most is what the system says of it.
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'tools/run.mjs'), join(root, 'tools/certificates/many-files.ts'), String(files), list],
    { encoding: 'utf8', maxBuffer: 1 << 20 },
  )
  const label = `${files} files, ${list}`
  if (status !== 0) return { cases: 1, failures: [`${label}: ended with ${status}: ${stderr.slice(-500)}`] }
  const made = JSON.parse(stdout) as Made
  progress(`${label}: ${made.megabytes} MB, ${made.rows} rows, a PDF of ${made.bytes} bytes`)
  const failures = made.megabytes > limit ? [`${label}: needed ${made.megabytes} MB, more than ${limit}`] : []
  const rows = Math.min(files, list === 'full' ? 10_000 : 500)
  if (made.rows !== rows) failures.push(`${label}: ${made.rows} rows on the pages, not ${rows}`)
  return { cases: 1, failures }
}
