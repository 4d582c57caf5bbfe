import { type Approval, canonicalise, fromBase64, parseJson, toBase64 } from '@probatum/core'
import { internalFile } from './internal-file.ts'

/** First member of a file with an approval. */
export const GATE_APPROVAL = 'probatum/gate-approval/1-draft'

/** An approval, in a file beside its request. */
export interface GateApproval {
  readonly approver: string
  /** SHA-256 of the request file, hex. It says where the approval belongs; what counts is the signature. */
  readonly request: string
  /** Detached CMS over the approval statement, DER. */
  readonly signature: Uint8Array
}

const LIMIT = 1_048_576
const { wrong, members, text } = internalFile('approval')

/** The file's bytes, canonical JSON. */
export function serializeGateApproval({ approver, request, signature }: GateApproval): Uint8Array {
  return canonicalise({ approver, gateApproval: GATE_APPROVAL, request, signature: toBase64(signature) })
}

/** Throws ParseError for what is no JSON, TypeError that names the member else. */
export function parseGateApproval(bytes: Uint8Array, where: string): GateApproval {
  const top = members(parseJson(bytes, where, { limit: LIMIT, canonical: false }), '', {
    must: ['approver', 'gateApproval', 'request', 'signature'],
    may: [],
  })
  if (top.gateApproval !== GATE_APPROVAL) throw wrong('gateApproval', GATE_APPROVAL)
  const { request, signature: base64 } = top
  if (typeof request !== 'string' || !/^[0-9a-f]{64}$/.test(request)) throw wrong('request', '64 hex digits')
  const signature = typeof base64 === 'string' ? fromBase64(base64) : undefined
  if (signature === undefined || signature.length === 0) throw wrong('signature', 'base64')
  return { approver: text(top.approver, 'approver'), request, signature }
}

/** As authorisation.json has it. */
export const recordedApproval = ({ approver, signature }: GateApproval): Approval => ({
  approver,
  signature: toBase64(signature),
})
