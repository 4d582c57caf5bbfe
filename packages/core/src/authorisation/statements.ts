import type { AuthorisationRequest, UnmetCondition } from '../bundle/authorisation-record.ts'
import { canonicalise } from '../json/canonicalise.ts'
import { toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'

/** What an approval names: no other request, no other export, no other log. */
export interface ApprovalStatement {
  readonly exportNumber: string
  readonly logId: string
  /** SHA-256 of the canonical request, hex. */
  readonly request: string
}

/** The bytes that an approver signs: canonical JSON (specification, section 5.7). */
export function approvalStatement({ exportNumber, logId, request }: ApprovalStatement): Uint8Array {
  return canonicalise({ exportNumber, logId, request, statement: 'probatum/approval/1' })
}

/** The same for a request that is at hand. */
export function approvalStatementOf(request: AuthorisationRequest, smallDigest: SmallDigest): Uint8Array {
  const { exportNumber, logId } = request
  return approvalStatement({ exportNumber, logId, request: requestDigest(request, smallDigest) })
}

/** SHA-256 of the canonical request, hex: exceptions stand in it, approvals do not. */
export function requestDigest(request: AuthorisationRequest, smallDigest: SmallDigest): string {
  return toHex(smallDigest('sha256', canonicalise(request)))
}

/** What the signature of an exception names. */
export interface ExceptionStatement {
  readonly condition: UnmetCondition
  readonly exportNumber: string
  readonly ground: string
  readonly item: number | null
  readonly logId: string
}

/** The bytes that are signed for an exception. */
export function exceptionStatement(statement: ExceptionStatement): Uint8Array {
  const { condition, exportNumber, ground, item, logId } = statement
  return canonicalise({ condition, exportNumber, ground, item, logId, statement: 'probatum/exception/1' })
}
