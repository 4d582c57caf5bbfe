import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Judgement,
  ParseError,
  PLAIN_INPUTS,
  parseCertificate,
  parseInstant,
  parsePolicy,
  parseTimeStampFile,
  parseTrustSet,
  serializePolicy,
  toHex,
  verifyBundle,
} from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { memorySource } from '../testing/memory-source.ts'
import { readTree } from '../vectors/run-vector.ts'

/**
 * Every bit of every file of a bundle that was renewed twice is flipped, judged when its first authority and its first digest have
 * ended. A bit of payload, manifests, records and first seal never passes; a bit of a later level costs certainty and never makes
 * FAILED; what passes all the same stands where the specification (section 9) says that nothing is protected.
 */
export const name = 'renewed-bundle'

const PIECES = 24

export const pieces = (): number => PIECES

const VALIDATION_TIME = '2040-01-01T00:00:00Z'
const LAST_TOKEN = 'seal/3/example-tsa.tsr'

type Files = ReadonlyMap<string, Uint8Array>

/** Where a later level keeps what the first seal does not declare. */
const isLater = (path: string) => /^seal\/(?:[23]\/|1\/validation\/)/.test(path)
const isHintOfLast = (path: string) => path.startsWith('seal/3/validation/')

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const ports = nodePorts({ jobs: 1 })
  try {
    const vectors = join(root, 'test-vectors')
    const files = readTree(join(vectors, 'bundles', 'base', 'renewed'))
    const verify = verifier(vectors, ports)
    const unchanged = await verify(files)
    // Without this every change would be "noticed" by a program that refuses everything.
    if (unchanged !== 'TOTAL-PASSED') return { cases: 1, failures: [`unchanged: ${unchanged}`] }
    const excused = unprotectedIn(files.get(LAST_TOKEN) ?? new Uint8Array(0))
    const failures: string[] = []
    let cases = 1
    let index = 0
    for (const [path, bytes] of files) {
      for (let at = 0; at < bytes.length; at++) {
        for (let bit = 0; bit < 8; bit++) {
          if (index++ % PIECES !== piece) continue
          const mask = 1 << bit
          const value = await verify(new Map([...files, [path, bytes.with(at, (bytes[at] ?? 0) ^ mask)]]))
          cases += 1
          const mayPass = isHintOfLast(path) || (path === LAST_TOKEN && excused.has(`${at} ${mask}`))
          const mustPass = mayPass && !isHintOfLast(path)
          const isWrong = value === 'TOTAL-PASSED' ? !mayPass : mustPass || (isLater(path) && value !== 'INDETERMINATE')
          if (isWrong) failures.push(`${path} ${at} 0x${mask.toString(16).padStart(2, '0')}: ${value}`)
          if (cases % 500 === 0) progress(`${cases} cases`)
        }
      }
    }
    return { cases, failures }
  } finally {
    await ports.close()
  }
}

/** The status of the last token's response, and the case of letters in SignerInfo.sid (RFC 3161 §2.4.2, RFC 5280 §7.1). */
function unprotectedIn(bytes: Uint8Array): ReadonlySet<string> {
  const signer = parseTimeStampFile(bytes).token?.signerInfos[0]
  if (signer?.sid.kind !== 'issuerAndSerialNumber') throw new Error('the token names its signer otherwise')
  const { issuer, serialNumber } = signer.sid
  const granted = indexOf(bytes, Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x00)) + 4
  const bits = new Set([`${granted} 1`])
  const sid = indexOf(bytes, Uint8Array.of(...issuer, 0x02, serialNumber.length, ...serialNumber))
  for (let at = 0; at < issuer.length; at++) {
    // AttributeTypeAndValue: an OBJECT IDENTIFIER of three octets, then a UTF8String.
    if (issuer[at] !== 0x06 || issuer[at + 1] !== 3 || issuer[at + 5] !== 0x0c) continue
    const text = at + 7
    at = text + (issuer[at + 6] ?? 0) - 1
    for (let i = text; i <= at; i++) if (/[A-Za-z]/.test(String.fromCharCode(issuer[i] ?? 0))) bits.add(`${sid + i} 32`)
  }
  return bits
}

function indexOf(bytes: Uint8Array, part: Uint8Array): number {
  const index = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(part)
  if (index < 0) throw new Error('the token has another structure')
  return index
}

function verifier(vectors: string, ports: Parameters<typeof verifyBundle>[1]) {
  const read = (...path: readonly string[]) => new Uint8Array(readFileSync(join(vectors, ...path)))
  const policy = parsePolicy(read('policies', 'sealed-sha256-ended.json'))
  const validationTime = parseInstant(VALIDATION_TIME)
  if (validationTime === undefined) throw new Error(VALIDATION_TIME)
  const judgement: Judgement = {
    policy,
    policySha256: toHex(ports.smallDigest('sha256', serializePolicy(policy))),
    trustSet: parseTrustSet(read('trust-sets', 'renewal.json'), parseCertificate, ports.smallDigest),
    validationTime,
    inputs: PLAIN_INPUTS,
  }
  const request = { digests: 'all', name: 'renewed', bytes: null } as const
  return async (files: Files): Promise<string> => {
    try {
      const { report } = await verifyBundle(memorySource(files), ports, request, judgement)
      return report.body.assessment.indication
    } catch (error) {
      // Exit code 4: not a bundle. Anything else is a defect of the program and ends the sweep.
      if (error instanceof ParseError) return 'refused'
      throw error
    }
  }
}
