import {
  canonicalise,
  digestOfBytes,
  establishCertificateFacts,
  establishSignatureFacts,
  establishTimestampFacts,
  type Finding,
  fromBase64,
  type Judgement,
  judge,
  ParseError,
  PLAIN_INPUTS,
  type Policy,
  parseCertificate,
  parseTrustSet,
  type Report,
  serializePolicy,
  type TrustSet,
  type TrustSetFile,
  toHex,
} from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { instant, shippedPolicy } from '../testing/judgement.ts'
import type { FamilyFile, PkiVector } from './pki-vector.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }

export function fileOf(family: FamilyFile, name: string): Uint8Array {
  const bytes = fromBase64(family.files[name] ?? '?')
  if (bytes === undefined) throw new TypeError(`no file ${name}`)
  return bytes
}

/** The trust set that a vector names, as the file that `--trust-set` would be given. */
function trustSetFile(family: FamilyFile, name: string): Uint8Array {
  const anchors = family.trustSets[name]
  if (anchors === undefined) throw new TypeError(`no trust set ${name}`)
  const file: TrustSetFile = {
    trustSet: 'probatum/trust-set/1-draft',
    issuer: 'Example Court (sample)',
    number: 1,
    date: '2026-01-10',
    reviewBy: '2036-01-10',
    sample: true,
    anchors: anchors.map(({ certificate, ...anchor }) => ({
      ...anchor,
      label: certificate,
      source: 'invented for these vectors',
      certificate: family.files[certificate] ?? '',
    })),
  }
  return canonicalise(file)
}

function policyOf(vector: PkiVector): Policy {
  const shipped = shippedPolicy(vector.policy)
  return vector.paths === undefined ? shipped : { ...shipped, paths: { ...shipped.paths, ...vector.paths } }
}

export function judgementOf(family: FamilyFile, vector: PkiVector): Judgement {
  const validationTime = instant(vector.validationTime)
  const policy = policyOf(vector)
  const trustSet: TrustSet | null =
    vector.trustSet === null
      ? null
      : parseTrustSet(trustSetFile(family, vector.trustSet), (der) => parseCertificate(der), nodeSmallDigest)
  return {
    policy,
    policySha256: toHex(nodeSmallDigest('sha256', serializePolicy(policy))),
    trustSet,
    validationTime,
    inputs: PLAIN_INPUTS,
  }
}

export async function reportOf(family: FamilyFile, vector: PkiVector): Promise<Report> {
  const { token, signature, certificate, data, certificates = [], revocation = [] } = vector.inputs
  const bytesOf = (name: string) => fileOf(family, name)
  const judgement = judgementOf(family, vector)
  const content = data === undefined ? null : bytesOf(data)
  const digest = digestOfBytes(content, ports)
  const hints = {
    certificates: certificates.map(bytesOf),
    revocation: revocation.map((name) => ({ name, bytes: bytesOf(name) })),
  }
  if (certificate !== undefined) {
    const role = family.trustSets[vector.trustSet ?? '']?.[0]?.role ?? 'signer'
    const facts = establishCertificateFacts({ name: certificate, bytes: bytesOf(certificate) }, role, ports, hints)
    return judge(facts, judgement, ports)
  }
  if (token !== undefined) {
    const facts = await establishTimestampFacts({ name: token, bytes: bytesOf(token) }, digest, ports, hints)
    return judge(facts, judgement, ports)
  }
  if (signature === undefined) throw new TypeError(`${vector.name} judges nothing`)
  const facts = await establishSignatureFacts(
    { name: signature, bytes: bytesOf(signature) },
    content === null ? null : { digest, bytes: content },
    ports,
    hints,
  )
  return judge(facts, judgement, ports)
}

const lineOf = ({ id, value, reason }: Finding): string => `${id} ${value}${reason === undefined ? '' : `:${reason}`}`
const isQuiet = ({ value }: Finding): boolean => value === 'PASSED' || value === 'NOT-CHECKED'

export interface Found {
  readonly indication?: PkiVector['expect']['indication']
  readonly error?: string
  readonly findings: readonly string[]
  readonly quiet: readonly string[]
}

export async function runVector(family: FamilyFile, vector: PkiVector): Promise<Found> {
  let report: Report
  try {
    report = await reportOf(family, vector)
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { findings: [], error: error.code, quiet: [] }
  }
  const { body } = report
  return {
    indication: body.assessment.indication,
    findings: body.findings.filter((finding) => !isQuiet(finding)).map(lineOf),
    quiet: body.findings.filter(isQuiet).map(lineOf),
  }
}
