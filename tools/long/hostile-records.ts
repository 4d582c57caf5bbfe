import type { PieceOptions, PieceResult } from '../sweep.ts'
import { ARCHIVE_INPUTS } from '../testing/hostile-archives.ts'
import { judgePiece } from '../testing/hostile-judged.ts'
import { RECORD_INPUTS } from '../testing/hostile-records.ts'

/**
 * Records, statements, tables, evidence records and archives as large as their limits let them be: each is judged within 2 s of
 * processor time and 256 MB, in a child that can be killed.
 */
export const name = 'hostile-records'
const PIECES = 6
export const pieces = (): number => PIECES

export const runPiece = (piece: number, options: PieceOptions): Promise<PieceResult> =>
  judgePiece(new Map([...RECORD_INPUTS, ...ARCHIVE_INPUTS]), { piece, pieces: PIECES }, options)
