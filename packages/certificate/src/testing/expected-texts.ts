import type { DocumentBlock, ReadableDocument, TextRun } from '@probatum/words'
import { escapeToAscii } from '@probatum/words'

/** What must be found in the text of a document's pages, letter by letter. */
export interface ExpectedTexts {
  /** Digests and other codes that fit on a line. */
  readonly codes: readonly string[]
  /** Names in ASCII, as they are or escaped; they may go on over lines. */
  readonly names: readonly string[]
}

function* runsOf(blocks: readonly DocumentBlock[]): Generator<TextRun> {
  for (const block of blocks)
    if (block.kind === 'paragraph' || block.kind === 'answer') yield* block.runs
    else if (block.kind === 'list') for (const item of block.items) yield* item
    else if (block.kind === 'facts') for (const { value } of block.rows) yield* value
    else if (block.kind === 'table') for (const row of block.rows) for (const cell of row) yield* cell
    else if (block.kind === 'columns') for (const { items } of block.columns) yield* items.flat()
    else if (block.kind === 'box' || block.kind === 'page') yield* runsOf(block.blocks)
}

export function expectedTexts({ blocks, footerRuns }: ReadableDocument): ExpectedTexts {
  const runs = [...runsOf(blocks), ...footerRuns]
  const texts = (style: string): string[] => runs.filter((run) => run.style === style).map(({ text }) => text)
  return {
    codes: texts('code'),
    names: texts('name').map(escapeToAscii),
  }
}
