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
import { messagesIn, type OriginalName } from '@probatum/words'
import {
  inventoryLines,
  type Maker,
  type RecordBytes,
  readRecorded,
  renderHtml,
  reportDocument,
} from '@probatum/words/certificate'
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
  /** Opened original names; null where the choice did not ask for them. */
  readonly names: readonly OriginalName[] | null
  readonly maker: Maker
}

export interface OutputPorts {
  readonly smallDigest: SmallDigest
  /** SHA-256 of the program's sources, hex. */
  readonly build: string
  /** Fonts and shaper; null where the page has none. */
  readonly typesetterFiles: (() => Promise<TypesetterFiles>) | null
}

/**
 * A file to keep, the same as the command line makes from the same report, but for what made it. Holds no opened value but the
 * original names that were asked for.
 * @throws TypeError for a certificate of what is no bundle, or where the page has no fonts
 */
export async function makeOutput(input: OutputInput, wanted: OutputRequest, ports: OutputPorts): Promise<Output> {
  const { report, facts, inventory, policy, trustSet, maker } = input
  const recorded = readRecorded(input.records, ports.smallDigest)
  // A language without its sentences: English, as on the page.
  const messages = messagesOf(wanted.language) ?? messagesIn()
  if (wanted.kind === 'html') {
    const lines = { [Symbol.iterator]: () => inventoryLines(inventory) }
    const document = reportDocument(
      { report, facts, inventory: lines, policy, trustSet, recorded, names: input.names, maker },
      messages,
    )
    const json = decodeUtf8(serializeReport(report)) ?? ''
    const html = renderHtml(document, { generator: `probatum ${report.body.engine.version}`, json })
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
      maker,
      template: wanted.template,
      language: messages.language,
      paper: wanted.paper,
      list: 'auto',
      labels: [],
      names: input.names,
    },
    { typesetter, smallDigest: ports.smallDigest, build: ports.build },
  )
  return { bytes: copied(made.pdf), certificateId: made.certificateId, sidecar: copied(made.sidecar) }
}

/** In a buffer of its own, which can be handed to another thread and to a Blob. */
function copied(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes)
}
