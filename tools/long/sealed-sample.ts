import {
  DEFAULT_POLICY_ID,
  type Judgement,
  ParseError,
  PLAIN_INPUTS,
  parseCertificate,
  parseInstant,
  parseTimeStampFile,
  parseTrustSet,
  SHIPPED_POLICIES,
  serializePolicy,
  toHex,
  verifyBundle,
} from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import { type SealedSample, sealSample, seededRandom } from '@probatum/seal'
import { sampleChanges } from '../sample-changes.ts'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { memorySource } from '../testing/memory-source.ts'

/** Every small change of the sealed sample is noticed, never TOTAL-PASSED, but for those that the specification lists. */
export const name = 'sealed-sample'

const PIECES = 24

export const pieces = (): number => PIECES

const NOW = '2026-03-14T09:12:00Z'
/** A day later: the time at which the changed bundles are judged. */
const VALIDATION_TIME = '2026-03-15T00:00:00Z'

type Files = ReadonlyMap<string, Uint8Array>

/** Verifies files in memory under the default policy; `refused` when they are no bundle at all. */
type Verify = (files: Files) => Promise<string>

export async function runPiece(piece: number, options: PieceOptions): Promise<PieceResult> {
  const ports = nodePorts()
  try {
    const sample = await sealSample({ now: instant(NOW), random: seededRandom('sweep') })
    const verify = verifier(sample, ports)
    const unchanged = await verify(sample.files)
    // Without this every change would be "noticed" by a program that refuses everything.
    if (unchanged !== 'TOTAL-PASSED') return { cases: 1, failures: [`unchanged: ${unchanged}`] }
    const unnoticed = mayChangeUnnoticed(sample.files)
    const failures: string[] = []
    let cases = 1
    let index = 0
    for (const change of sampleChanges(sample.files)) {
      if (index++ % PIECES !== piece) continue
      cases += 1
      const value = await verify(change.apply(sample.files))
      const noticed = value === 'TOTAL-FAILED' || value === 'INDETERMINATE' || value === 'refused'
      // An exception that is none any more is struck from the list, and from the specification.
      if (noticed === unnoticed.has(change.name)) failures.push(`${change.name}: ${value}`)
      if (cases % 500 === 0) options.progress(`${cases} cases`)
    }
    return { cases, failures }
  } finally {
    await ports.close()
  }
}

const TOKEN = 'seal/1/tagmanifest-sha256.txt.p7s.demonstration.tsr'

/**
 * The changes that alter nothing that anybody signed and nothing that the standards tell apart: the specification,
 * section 9, lists them with their reasons.
 */
function mayChangeUnnoticed(files: Files): ReadonlySet<string> {
  const bytes = files.get(TOKEN) ?? new Uint8Array(0)
  const signer = parseTimeStampFile(bytes).token?.signerInfos[0]
  if (signer?.sid.kind !== 'issuerAndSerialNumber') throw new Error('the sample’s token names its signer otherwise')
  const flip = (at: number, mask: string) => `flip ${TOKEN} ${at} ${mask}`
  // PKIStatus 0 is granted, 1 grantedWithMods: both come with a token, and nothing signs the status (RFC 3161 §2.4.2).
  const granted = indexOf(bytes, Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x00)) + 4
  const names = new Set([flip(granted, '0x01')])
  // The case of letters in SignerInfo.sid: the same name by RFC 5280 §7.1, and signed attributes bind the certificate.
  const { issuer, serialNumber } = signer.sid
  const sid = indexOf(bytes, Uint8Array.of(...issuer, 0x02, serialNumber.length, ...serialNumber))
  for (let at = 0; at < issuer.length; at++) {
    // AttributeTypeAndValue: an OBJECT IDENTIFIER of three octets, then a UTF8String.
    if (issuer[at] !== 0x06 || issuer[at + 1] !== 3 || issuer[at + 5] !== 0x0c) continue
    const start = at + 7
    at = start + (issuer[at + 6] ?? 0) - 1
    for (let i = start; i <= at; i++)
      if (/[A-Za-z]/.test(String.fromCharCode(issuer[i] ?? 0))) names.add(flip(sid + i, '0x20'))
  }
  return names
}

function indexOf(bytes: Uint8Array, part: Uint8Array): number {
  const index = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(part)
  if (index < 0) throw new Error('the sample’s token has another structure')
  return index
}

function verifier(sample: SealedSample, ports: Parameters<typeof verifyBundle>[1]): Verify {
  const policy = SHIPPED_POLICIES.find(({ id }) => id === DEFAULT_POLICY_ID)
  if (policy === undefined) throw new Error('no default policy')
  const judgement: Judgement = {
    policy,
    policySha256: toHex(ports.smallDigest('sha256', serializePolicy(policy))),
    trustSet: parseTrustSet(sample.trustSet, parseCertificate, ports.smallDigest),
    validationTime: instant(VALIDATION_TIME),
    inputs: PLAIN_INPUTS,
  }
  const request = { digests: 'all', name: 'sample', bytes: null } as const
  return async (files) => {
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

function instant(text: string) {
  const parsed = parseInstant(text)
  if (parsed === undefined) throw new Error(`no such instant: ${text}`)
  return parsed
}
