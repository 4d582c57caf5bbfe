import type { PieceOptions, PieceResult } from '../sweep.ts'
import { judgePiece } from '../testing/hostile-judged.ts'
import { PDF_INPUTS } from '../testing/hostile-pdfs.ts'

/**
 * PDFs that unpack to much more than they are, or hold what is cheap to write and dear to keep: each is checked within 2 s of
 * processor time and 256 MB, in a child that can be killed.
 */
export const name = 'hostile-pdfs'
const PIECES = 4
export const pieces = (): number => PIECES

export const runPiece = (piece: number, options: PieceOptions): Promise<PieceResult> =>
  judgePiece(PDF_INPUTS, { piece, pieces: PIECES }, options)
