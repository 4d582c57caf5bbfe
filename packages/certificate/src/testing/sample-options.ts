import { encodeUtf8 } from '@probatum/core'
import type { Attachment, Paper, PdfOptions } from '../make-pdf.ts'
import type { Typesetter } from '../text/typesetter.ts'

/** Invented attachments: one of text, one of bytes that are no text, an empty one. */
export const SAMPLE_ATTACHMENTS: readonly Attachment[] = [
  {
    name: 'report.json',
    mediaType: 'application/json',
    description: 'The report (sample)',
    relationship: 'Data',
    bytes: encodeUtf8('{"sample":"Example Mechanism (sample)","text":"ا မ 文 é"}\n'),
  },
  {
    name: 'every-byte.bin',
    mediaType: 'application/octet-stream',
    description: 'Every byte there is (sample)',
    relationship: 'Source',
    bytes: Uint8Array.from({ length: 4096 }, (_, index) => (index * 7 + (index >> 8)) & 0xff),
  },
  {
    name: 'empty.txt',
    mediaType: 'text/plain',
    description: 'Nothing (sample)',
    relationship: 'Supplement',
    bytes: new Uint8Array(),
  },
]

/** What the samples are made with. */
export function sampleOptions(typesetter: Typesetter, paper: Paper = 'a4'): PdfOptions {
  return {
    paper,
    typesetter,
    documentId: Uint8Array.from({ length: 16 }, (_, index) => index * 11),
    created: '2026-03-04T05:06:07Z',
    producer: 'Probatum 0.1.0 (sample)',
    attachments: SAMPLE_ATTACHMENTS,
  }
}
