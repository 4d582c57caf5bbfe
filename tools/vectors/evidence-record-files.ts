import { encodeUtf8, toBase64 } from '@probatum/core'
import { EVIDENCE_RECORD_ROOTS, EVIDENCE_RECORDS } from './evidence-records.ts'

/** What stands in test-vectors/evidence-records/: a file for each record, and what is to be found of it. */
export function evidenceRecordFiles(): ReadonlyMap<string, Uint8Array> {
  const vectors = EVIDENCE_RECORDS.map(({ record: _, ...said }) => said)
  const text = JSON.stringify({ anchors: EVIDENCE_RECORD_ROOTS.map(toBase64), policy: 'sealed', vectors }, null, 1)
  return new Map([
    ['vectors.json', encodeUtf8(`${text}\n`)],
    ...EVIDENCE_RECORDS.map(({ name, record }) => [`${name}.ers`, record] as const),
  ])
}
