import { type Judgement, ParseError, parseTimeStampFile, verifyBundle } from '@probatum/core'
import type { NodePorts } from '@probatum/platform/node'
import { memorySource } from './memory-source.ts'

/** What sweeps over single bits share: the verdict on files in memory, and the bits that nobody signed (specification, section 9). */

/** Verifies files in memory; `refused` when they are no bundle at all. */
export function indicationOf(judgement: Judgement, ports: NodePorts, name: string) {
  const request = { digests: 'all', name, bytes: null } as const
  return async (files: ReadonlyMap<string, Uint8Array>): Promise<string> => {
    try {
      const { report } = await verifyBundle(memorySource(files), ports, request, judgement)
      return report.body.assessment.indication
    } catch (error) {
      // Exit code 4: not a bundle, or ambiguous. Anything else is a defect of the program and ends the sweep.
      if (error instanceof ParseError) return 'refused'
      throw error
    }
  }
}

/** Where a part stands that must be there. */
export function offsetOf(bytes: Uint8Array, part: Uint8Array): number {
  const index = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(part)
  if (index < 0) throw new Error('the bytes have another structure')
  return index
}

/**
 * The status of a time-stamp response. PKIStatus 0 is granted, 1 grantedWithMods: both come with a token, and nothing signs the
 * status (RFC 3161 §2.4.2), so that its lowest bit may change unnoticed.
 */
export const statusOffset = (response: Uint8Array): number =>
  offsetOf(response, Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x00)) + 4

/**
 * The letters in SignerInfo.sid of a time-stamp: in the other case (0x20) it is the same name by RFC 5280 §7.1, and signed
 * attributes bind the certificate.
 */
export function lettersOfSid(timeStamp: Uint8Array): number[] {
  const signer = parseTimeStampFile(timeStamp).token?.signerInfos[0]
  if (signer?.sid.kind !== 'issuerAndSerialNumber') throw new Error('the token names its signer otherwise')
  const { issuer, serialNumber } = signer.sid
  const start = offsetOf(timeStamp, Uint8Array.of(...issuer, 0x02, serialNumber.length, ...serialNumber))
  const offsets: number[] = []
  for (let at = 0; at < issuer.length; at++) {
    // AttributeTypeAndValue: an OBJECT IDENTIFIER of three octets, then a UTF8String.
    if (issuer[at] !== 0x06 || issuer[at + 1] !== 3 || issuer[at + 5] !== 0x0c) continue
    const text = at + 7
    at = text + (issuer[at + 6] ?? 0) - 1
    for (let i = text; i <= at; i++) if (/[A-Za-z]/.test(String.fromCharCode(issuer[i] ?? 0))) offsets.push(start + i)
  }
  return offsets
}
