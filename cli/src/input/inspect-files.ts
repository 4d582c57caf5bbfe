import {
  decodeUtf8,
  ParseError,
  parseAuthorisationRequest,
  parseCms,
  parseEvidenceRecord,
  parseNotice,
  parseReceipt,
  parseTimeStampFile,
  parseTstInfo,
  requireEvidenceRecordBeginning,
} from '@probatum/core'
import { parseGateApproval } from '@probatum/seal'
import {
  type Description,
  describeApproval,
  describeCms,
  describeEvidenceRecord,
  describeNotice,
  describeReceipt,
  describeRequest,
} from '@probatum/words'

/** Readers of statements in JSON, for a file that begins as such; each throws ParseError or TypeError for what it is not. */
export function statementReaders(bytes: Uint8Array): (() => Description[])[] {
  if (!/^\s*\{/.test(decodeUtf8(bytes.subarray(0, 64)) ?? '')) return []
  const signature = (cms: Uint8Array) => describeCms(parseCms(cms), 'The signature over it')
  return [
    () => {
      const { statement, cms } = parseNotice(bytes)
      return [describeNotice(statement), ...signature(cms)]
    },
    () => {
      const { statement, cms } = parseReceipt(bytes)
      return [describeReceipt(statement), ...signature(cms)]
    },
    () => [describeRequest(parseAuthorisationRequest(bytes, 'request'))],
    () => {
      const approval = parseGateApproval(bytes, 'approval')
      return [describeApproval(approval), ...signature(approval.signature)]
    },
  ]
}

export function readEvidenceRecord(bytes: Uint8Array): Description[] {
  requireEvidenceRecordBeginning(bytes, 'file')
  return describeEvidenceRecord(parseEvidenceRecord(bytes), ({ timeStamp }) => {
    try {
      const content = parseTimeStampFile(timeStamp).token?.eContent ?? null
      return content === null ? null : parseTstInfo(content)
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      return null
    }
  })
}
