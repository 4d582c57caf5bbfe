import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { makeCertificate } from '@probatum/certificate'
import { canonicalise, type FactsFile, type Report } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { messagesIn } from '@probatum/words'
import { certificateDocument, inventoryLines, type ListMode } from '@probatum/words/certificate'
import { peakMemory } from '../testing/peak-memory.ts'
import { TEST_BUILD, testTypesetter } from '../testing/typesetter.ts'
import { sampleJudged } from './cases.ts'

/**
 * Makes the certificate of an invented bundle of many files and prints, as JSON, how large it is, how many rows it has and how much
 * memory that took at most: `node tools/run.mjs tools/certificates/many-files.ts FILES LIST [OUT]`. It is written to OUT.
 */
const files = Number(process.argv[2])
const list = process.argv[3] as ListMode
const LINES_AT_ONCE = 10_000
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

function inventoryOf(count: number): Uint8Array {
  const parts: Buffer[] = []
  for (let from = 0; from < count; from += LINES_AT_ONCE) {
    let text = ''
    for (let index = from; index < Math.min(count, from + LINES_AT_ONCE); index++) {
      const folder = String(Math.floor(index / 10_000)).padStart(2, '0')
      const path = `data/${folder}/${String(index + 1).padStart(6, '0')}.jpg`
      const size = 1000 + (index % 977)
      text += `{"digests":{"sha256":"${sha256(path)}"},"manifests":{"manifest-sha256.txt":"match"},"path":"${path}","role":"payload","size":${size}}\n`
    }
    parts.push(Buffer.from(text))
  }
  return new Uint8Array(Buffer.concat(parts))
}

const judged = await sampleJudged()
const inventory = inventoryOf(files)
const stated = { sha256: sha256(inventory), lines: files }
const facts: FactsFile = {
  ...judged.facts,
  facts: {
    ...judged.facts.facts,
    inventory: stated,
    // As many files of at most this size have their digests here, for which trust sets are looked.
    smallFiles: Buffer.alloc(32 * files, 7).toString('base64'),
  },
}
const body = {
  ...judged.report.body,
  inventory: stated,
  subject: { ...judged.report.body.subject, payloadFiles: files },
}
const digests = {
  ...judged.report.envelope.digests,
  facts: sha256(canonicalise(facts.facts)),
  whole: sha256(canonicalise(body)),
}
const report: Report = { body, envelope: { ...judged.report.envelope, digests } }
const options = {
  list,
  template: { id: 'general', choice: null },
  language: 'en',
  paper: 'a4',
  labels: [],
  names: null,
} as const
const { pdf, request, certificateId } = makeCertificate(
  { ...judged, report, facts, inventory, ...options },
  { typesetter: await testTypesetter(), smallDigest: nodeSmallDigest, build: TEST_BUILD },
)
const megabytes = Math.round(peakMemory() / 1_048_576)
const out = process.argv[4]
if (out !== undefined) writeFileSync(out, pdf)
// The same document again, to count: not before the memory was measured.
const lines = { [Symbol.iterator]: () => inventoryLines(inventory) }
const document = certificateDocument(
  { report, facts, inventory: lines, policy: judged.policy, trustSet: judged.trustSet, request, certificateId },
  messagesIn(),
)
const tables = document.blocks.flatMap((block) => (block.kind === 'table' ? [block] : []))
const rows = tables.find(({ caption }) => caption === messagesIn().certificate.labels.captionFiles)?.rows.length ?? 0
console.log(JSON.stringify({ bytes: pdf.length, rows, megabytes }))
