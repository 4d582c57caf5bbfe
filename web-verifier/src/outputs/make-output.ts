import { makeCertificate, openTypesetter, type TypesetterFiles } from '@probatum/certificate'
import {
  decodeUtf8,
  encodeUtf8,
  type FactsFile,
  type Policy,
  type Report,
  type SmallDigest,
  serializeReport,
  type TrustSet,
} from '@probatum/core'
import { type DocumentBlock, messagesIn } from '@probatum/words'
import { inventoryLines, type RecordBytes, readRecorded, renderHtml, reportDocument } from '@probatum/words/certificate'
import { messagesOf } from '@probatum/words/languages'
import type { Output, OutputRequest } from '../engine/engine.ts'

/** What an output is made from: a result, and what it was judged by. */
export interface OutputInput {
  readonly report: Report
  readonly facts: FactsFile
  readonly inventory: Uint8Array
  readonly policy: Policy
  readonly trustSet: TrustSet | null
  /** Records whose digests are those of the inventory; null where they are not there, or too large. */
  readonly records: RecordBytes
}

export interface OutputPorts {
  readonly smallDigest: SmallDigest
  /** Fonts and shaper; null where the page has none. */
  readonly typesetterFiles: (() => Promise<TypesetterFiles>) | null
}

/** Templates that the page offers; a form of one court is made on the command line. */
export const GENERAL_TEMPLATE = { id: 'general', choice: null } as const

/**
 * A file to keep, the same as the command line makes from the same report. Holds no opened value but the
 * original names that were asked for.
 * @throws TypeError for a certificate of what is no bundle, or where the page has no fonts
 */
export async function makeOutput(input: OutputInput, wanted: OutputRequest, ports: OutputPorts): Promise<Output> {
  const { report, facts, inventory, policy, trustSet } = input
  const recorded = readRecorded(input.records)
  // A language without its sentences: English, as on the page.
  const messages = messagesOf(wanted.language) ?? messagesIn()
  if (wanted.kind === 'html') {
    const lines = { [Symbol.iterator]: () => inventoryLines(inventory) }
    const document = reportDocument(
      { report, facts, inventory: lines, policy, trustSet, recorded, names: wanted.names ?? null },
      messages,
    )
    const json = decodeUtf8(serializeReport(report)) ?? ''
    const { script } = wanted
    const made = script === undefined ? document : { ...document, blocks: [...document.blocks, madeBy(script)] }
    const html = renderHtml(made, { generator: `probatum ${report.body.engine.version}`, json })
    return { bytes: copied(encodeUtf8(html)), certificateId: null, sidecar: null }
  }
  if (ports.typesetterFiles === null) throw new TypeError('no fonts: a certificate cannot be set')
  const typesetter = await openTypesetter(await ports.typesetterFiles())
  const made = makeCertificate(
    {
      report,
      facts,
      inventory,
      policy,
      trustSet,
      recorded,
      template: wanted.template,
      language: messages.language,
      paper: wanted.paper,
      list: 'auto',
      labels: [],
      names: wanted.names ?? null,
    },
    { typesetter, smallDigest: ports.smallDigest },
  )
  return { bytes: copied(made.pdf), certificateId: made.certificateId, sidecar: copied(made.sidecar) }
}

/** Which page made it: what the page shows of itself stands in what it gives out, too. */
function madeBy({ label, sha256 }: { readonly label: string; readonly sha256: string }): DocumentBlock {
  return { kind: 'facts', rows: [{ term: label, value: [{ text: sha256, style: 'code' }] }] }
}

/** In a buffer of its own, which can be handed to another thread and to a Blob. */
function copied(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes)
}
