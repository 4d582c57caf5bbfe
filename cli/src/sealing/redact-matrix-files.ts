import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { canonicalText, encodeUtf8 } from '@probatum/core'
import { disclosureMatrix, type MatrixRow, matrixCsv, showingOf, showingUntil } from '@probatum/seal'
import type { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import type { NamedPolicy } from './redact-policies.ts'

/** Who sees what, for whoever keeps the log: INTERNAL files, as CSV and as JSON. */
export async function writeMatrix(
  log: CustodyLogFolder,
  policies: readonly NamedPolicy[],
  folder: string,
): Promise<void> {
  const rows = () =>
    disclosureMatrix(
      log,
      policies.map(({ policy, gate }) =>
        gate === undefined ? policy : showingUntil(showingOf(policy), gate.request.head.size),
      ),
    )
  const names = policies.map(({ name }) => name)
  await writeStream(join(folder, 'INTERNAL-disclosure-matrix.csv'), matrixCsv(rows(), names))
  await writeStream(join(folder, 'INTERNAL-disclosure-matrix.json'), matrixJson(rows(), names))
}

async function* matrixJson(rows: AsyncIterable<MatrixRow>, recipients: readonly string[]): AsyncIterable<Uint8Array> {
  yield encodeUtf8(
    `{"disclosureMatrix":"probatum/disclosure-matrix/1-draft","internal":true,"recipients":${canonicalText(recipients)},"rows":[`,
  )
  let separator = '\n'
  let piece: string[] = []
  for await (const row of rows) {
    piece.push(separator, canonicalText(row))
    separator = ',\n'
    if (piece.length < 4000) continue
    yield encodeUtf8(piece.join(''))
    piece = []
  }
  yield encodeUtf8(`${piece.join('')}\n]}\n`)
}

async function writeStream(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const piece of content) await file.writeFile(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}
