import { type DocumentFacts, orNull } from '@probatum/core'
import type { FoundData } from './check-data.ts'
import { pagesOf, textOfPage } from './reading/pages.ts'
import type { PdfFile } from './reading/pdf-file.ts'
import type { Sidecar } from './sidecar.ts'

export function compareSidecar(
  sidecar: Sidecar,
  { data }: FoundData,
  typed: readonly string[],
  file: PdfFile,
): DocumentFacts['sidecar'] {
  if (data.certificateId !== null)
    return {
      state: data.certificateId === sidecar.certificateId ? 'same' : 'other-certificate',
      printed: [],
      unknown: 0,
    }
  return typed.length > 0 ? comparePrinted(sidecar, typed) : compareRead(sidecar, digestsOnPages(file))
}

/** What somebody typed: all of it must be known, and the report digest among it. */
export function comparePrinted(sidecar: Sidecar, typed: readonly string[]): DocumentFacts['sidecar'] {
  const read = compareRead(sidecar, [...new Set(typed)])
  return read?.state === 'printed-same' && read.unknown > 0 ? { ...read, state: 'printed-differs' } : read
}

/** What was read on the pages, where digests of files stand too, which only the attached list has. */
function compareRead(sidecar: Sidecar, found: readonly string[]): DocumentFacts['sidecar'] {
  const printed = found.filter((digest) => sidecar.digests.has(digest)).slice(0, 10_000)
  const unknown = found.length - printed.length
  if (found.length === 0) return { state: 'no-digests', printed, unknown }
  return { state: printed.includes(sidecar.reportDigest) ? 'printed-same' : 'printed-differs', printed, unknown }
}

function digestsOnPages(file: PdfFile): readonly string[] {
  const text =
    orNull(() =>
      pagesOf(file)
        .map((page) => textOfPage(file, page))
        .join('\n'),
    ) ?? ''
  return [...new Set(text.match(/(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/g) ?? [])].sort()
}
