import {
  decodeUtf8,
  type FactsFile,
  type Judgement,
  makeFileTree,
  type OpenedValue,
  type Report,
  serializeReport,
} from '@probatum/core'
import type { NodePorts } from '@probatum/platform/node'
import { type Language, messagesIn, originalNamesIn } from '@probatum/words'
import {
  COMMAND_LINE,
  inventoryLines,
  readRecorded,
  readRecords,
  renderHtml,
  reportDocument,
} from '@probatum/words/certificate'
import { messagesOf } from '@probatum/words/languages'
import { writeNew } from '../files.ts'
import type { OpenBundle } from '../input/bundle-input.ts'
import { VERSION } from '../version.ts'

export interface HtmlReport {
  readonly report: Report
  readonly factsFile: FactsFile
  readonly inventory: Uint8Array
  readonly judgement: Judgement
  /** Null unless original names were asked for. */
  readonly named: readonly OpenedValue[] | null
  /** Code of a language of the catalogue. */
  readonly language: string
}

/** `verify --html`: the report as one page without scripts, the report as JSON inside it. No opened value is on it. */
export async function writeHtmlReport(
  path: string,
  bundle: OpenBundle,
  { report, factsFile, inventory, judgement, named, language }: HtmlReport,
  ports: NodePorts,
): Promise<void> {
  const { tree } = await makeFileTree(bundle.source)
  const document = reportDocument(
    {
      report,
      facts: factsFile,
      inventory: { [Symbol.iterator]: () => inventoryLines(inventory) },
      policy: judgement.policy,
      trustSet: judgement.trustSet,
      recorded: readRecorded(await readRecords(tree, factsFile, inventory, ports.smallDigest), ports.smallDigest),
      names: named === null ? null : originalNamesIn(named),
      maker: COMMAND_LINE,
    },
    messagesOf(language as Language) ?? messagesIn(),
  )
  const json = decodeUtf8(serializeReport(report)) ?? ''
  await writeNew(path, renderHtml(document, { generator: `probatum ${VERSION}`, json }))
}
