import {
  canonicalise,
  digestOfBytes,
  establishSignatureFacts,
  establishTimestampFacts,
  type Finding,
  fromBase64,
  type Judgement,
  judge,
  ParseError,
  type Policy,
  parseCertificate,
  parseInstant,
  parseTrustSet,
  type Report,
  SHIPPED_POLICIES,
  serializePolicy,
  type TrustSet,
  type TrustSetFile,
  toHex,
  verifyPath,
} from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import type { FamilyFile, PkiVector } from './pki-vector.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }

export function fileOf(family: FamilyFile, name: string): Uint8Array {
  const bytes = fromBase64(family.files[name] ?? '?')
  if (bytes === undefined) throw new TypeError(`no file ${name}`)
  return bytes
}

/** The trust set that a vector names, as the file that `--trust-set` would be given. */
export function trustSetFile(family: FamilyFile, name: string): Uint8Array {
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
  const shipped = SHIPPED_POLICIES.find(({ id }) => id === vector.policy)
  if (shipped === undefined) throw new TypeError(`no policy ${vector.policy}`)
  return vector.paths === undefined ? shipped : { ...shipped, paths: { ...shipped.paths, ...vector.paths } }
}

export function judgementOf(family: FamilyFile, vector: PkiVector): Judgement {
  const validationTime = parseInstant(vector.validationTime)
  if (validationTime === undefined) throw new TypeError(vector.validationTime)
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
    inputs: { digests: 'all', part: false, names: false, setCode: 'not-confirmed', files: [], recipient: null },
  }
}

export async function reportOf(family: FamilyFile, vector: PkiVector): Promise<Report> {
  const { token, signature, data, certificates = [], revocation = [] } = vector.inputs
  const bytesOf = (name: string) => fileOf(family, name)
  const judgement = judgementOf(family, vector)
  const content = data === undefined ? null : bytesOf(data)
  const digest = digestOfBytes(content, ports)
  const hints = {
    certificates: certificates.map(bytesOf),
    revocation: revocation.map((name) => ({ name, bytes: bytesOf(name) })),
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

/** What holds the path of one certificate back: of the certificate itself, of every path when none holds, of its revocation. */
async function runPath(family: FamilyFile, vector: PkiVector): Promise<Found> {
  const { certificate = '', certificates = [], revocation = [] } = vector.inputs
  const { policy, validationTime, trustSet } = judgementOf(family, vector)
  const anchors = trustSet?.anchors ?? []
  const given = revocation.map((name) => ({ name, bytes: fileOf(family, name) }))
  const bytesOf = (ending: string) => given.filter(({ name }) => name.endsWith(ending)).map(({ bytes }) => bytes)
  try {
    const { targetProblems, search, verdicts, chosen } = await verifyPath(
      {
        target: fileOf(family, certificate),
        intermediates: certificates.map((name) => fileOf(family, name)),
        anchors: anchors.map(({ der }) => der),
        role: anchors[0]?.role ?? 'signer',
        crls: bytesOf('.crl'),
        ocsp: bytesOf('.ors'),
        time: validationTime,
        policy,
        usages: ['digitalSignature', 'nonRepudiation'],
      },
      ports,
    )
    const lines = targetProblems.map(({ value, reason }) => `target ${value}:${reason}`)
    const holds = verdicts.some(({ verdict }) => verdict.value === 'PASSED')
    if (!holds) {
      const problems = verdicts.flatMap(({ verdict }) => verdict.problems)
      lines.push(...problems.map(({ value, reason }) => `path ${value}:${reason}`))
      if (search.limit !== null) lines.push('search INDETERMINATE:limit')
      else if (verdicts.length === 0) lines.push('search INDETERMINATE:no-path')
    }
    const outcome = chosen === null ? 'NOT-CHECKED' : chosen.conclusion.outcome
    const isOpen = !/^(PASSED|NOT-CHECKED)/.test(outcome)
    const findings = [...new Set(isOpen ? [...lines, `revocation ${outcome}`] : lines)]
    const indication =
      findings.length === 0 ? 'TOTAL-PASSED' : outcome.startsWith('FAILED') ? 'TOTAL-FAILED' : 'INDETERMINATE'
    return { indication, findings, quiet: isOpen ? [] : [`revocation ${outcome}`] }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    return { indication: 'INDETERMINATE', findings: ['target INDETERMINATE:unreadable'], quiet: [] }
  }
}

export async function runVector(family: FamilyFile, vector: PkiVector): Promise<Found> {
  if (vector.inputs.certificate !== undefined) return runPath(family, vector)
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
