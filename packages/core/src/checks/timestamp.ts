import type { Evidence, Finding, Subject } from '../model/finding.ts'
import { compareInstants, formatInstant, type Instant } from '../model/instant.ts'
import type { TokenFacts, TstInfoFacts } from '../pki/facts.ts'
import { TIME_STAMPING } from '../pki/path-purpose.ts'
import { genTimeOf, upperBoundOf } from '../pki/signing-time.ts'
import {
  answer,
  answerWithoutCertificate,
  type ExaminedSigner,
  missingCertificate,
  unreadableAmong,
} from './signature-object.ts'

/** TSTInfo extensions whose meaning is taken in; ETSI EN 319 422 §5.2: qcStatements, which only states a quality. */
const KNOWN_TST_EXTENSIONS: ReadonlySet<string> = new Set(['1.3.6.1.5.5.7.1.3'])

/** Microseconds. ETSI EN 319 421 §7.7.2 asks authorities for a second or better; a minute leaves room for odd ones. */
const ACCURACY_OF_NOW = 60_000_000

const STATUS_NAMES = [
  'granted',
  'grantedWithMods',
  'rejection',
  'waiting',
  'revocationWarning',
  'revocationNotification',
]

/** RFC 3161 §2.4.2: a token comes with 0 and 1 only, and MUST NOT with any other. */
export function checkTokenStatus(token: TokenFacts, subject: Subject): Finding {
  const id = 'timestamp.status'
  if (token.form === 'token') return answer(id, subject, 'PASSED:bare-token')
  const found = token.status === null ? 'absent' : `${token.status} ${STATUS_NAMES[token.status] ?? ''}`.trim()
  const evidence: Evidence[] = [
    { name: 'PKIStatus', expected: '0 1', found },
    ...(token.failInfo === null ? [] : [{ name: 'failInfo', found: token.failInfo }]),
  ]
  if (token.status === 0 || token.status === 1) return answer(id, subject, 'PASSED', evidence)
  return token.tstInfo === null
    ? answer(id, subject, 'INDETERMINATE:refused', [...evidence, { name: 'timeStampToken', missing: 'time-stamp' }])
    : answer(id, subject, 'FAILED:refused-with-token', evidence, 'FORMAT_FAILURE')
}

/** Whether the token is over these bytes. */
export function checkMessageImprint(tstInfo: TstInfoFacts, subject: Subject): Finding {
  const id = 'timestamp.message-imprint'
  const algorithm: Evidence = { name: 'hashAlgorithm', found: tstInfo.imprintAlgorithm }
  if (tstInfo.dataDigest === null) return answer(id, subject, 'INDETERMINATE:unsupported', [algorithm])
  const evidence = [{ name: 'messageImprint', expected: tstInfo.hashedMessage, found: tstInfo.dataDigest }, algorithm]
  return tstInfo.hashedMessage === tstInfo.dataDigest
    ? answer(id, subject, 'PASSED', evidence)
    : answer(id, subject, 'FAILED:differs', evidence, 'HASH_FAILURE')
}

/** RFC 3161 §2.4.2: an unknown critical extension makes the token one that is not understood, not one that is wrong. */
export function checkTokenExtensions(tstInfo: TstInfoFacts, subject: Subject): Finding {
  const unknown = tstInfo.extensions.filter(({ oid, critical }) => critical && !KNOWN_TST_EXTENSIONS.has(oid))
  const evidence = (unknown.length > 0 ? unknown : tstInfo.extensions).map(({ oid, critical }) => ({
    name: critical ? 'critical extension' : 'extension',
    found: oid,
  }))
  return answer(
    'timestamp.extensions',
    subject,
    unknown.length > 0 ? 'INDETERMINATE:unknown-critical' : 'PASSED',
    evidence,
  )
}

/** RFC 3161 §2.4.2: the tsa field, when there, corresponds to a subject name of the signer's certificate. Its absence (90 of 347 tokens in use) names nobody. */
export function checkTsaName(tstInfo: TstInfoFacts, { subject, signer, certificate }: ExaminedSigner): Finding {
  const id = 'timestamp.tsa-name'
  if (tstInfo.tsa === null) return answer(id, subject, 'PASSED:absent')
  if (certificate === null)
    return answer(id, subject, 'INDETERMINATE:certificate-missing', [missingCertificate(signer)])
  const evidence = [{ name: 'tsa', expected: certificate.subject.text, found: tstInfo.tsa }]
  return tstInfo.tsaNames.includes(certificate.sha256)
    ? answer(id, subject, 'PASSED', evidence)
    : answer(id, subject, 'FAILED:other-name', evidence, 'SIG_CONSTRAINTS_FAILURE')
}

/** RFC 3161 §2.3: the certificate MUST have the extension once, critical, with id-kp-timeStamping and nothing else. */
export function checkTokenExtendedKeyUsage({ subject, signer, certificate }: ExaminedSigner): Finding {
  const id = 'timestamp.extended-key-usage'
  if (certificate === null) {
    return answerWithoutCertificate(id, subject, signer)
  }
  const usage = certificate.extendedKeyUsage
  const failed = (reason: string, evidence: Evidence[]) =>
    answer(id, subject, `FAILED:${reason}`, evidence, 'CHAIN_CONSTRAINTS_FAILURE')
  const unreadable = unreadableAmong(certificate, ['extendedKeyUsage'])
  if (unreadable.length > 0) {
    return answer(id, subject, 'INDETERMINATE:unreadable', unreadable, 'CHAIN_CONSTRAINTS_FAILURE')
  }
  if (usage === null) return failed('absent', [{ name: 'extKeyUsage', expected: TIME_STAMPING, found: 'absent' }])
  const evidence: Evidence[] = [
    { name: 'extKeyUsage', expected: TIME_STAMPING, found: usage.purposes.join(' ') },
    { name: 'critical', expected: 'TRUE', found: usage.critical ? 'TRUE' : 'FALSE' },
  ]
  if (!usage.purposes.includes(TIME_STAMPING)) return failed('other-purpose', evidence)
  if (usage.purposes.length > 1) return failed('additional-purpose', evidence)
  return usage.critical ? answer(id, subject, 'PASSED', evidence) : failed('not-critical', evidence)
}

/** RFC 5280 §4.2.1.12: with timeStamping, digitalSignature and nonRepudiation are the consistent bits. */
export function checkTokenKeyUsage({ subject, signer, certificate }: ExaminedSigner): Finding {
  const id = 'timestamp.key-usage'
  if (certificate === null) {
    return answerWithoutCertificate(id, subject, signer)
  }
  const { keyUsage, basicConstraints } = certificate
  const usages = keyUsage === null ? 'absent' : [...keyUsage].join(' ')
  const evidence: Evidence[] = [{ name: 'keyUsage', expected: 'digitalSignature nonRepudiation', found: usages }]
  const isAuthority = basicConstraints?.ca === true
  if (isAuthority) evidence.push({ name: 'basicConstraints.cA', expected: 'FALSE', found: 'TRUE' })
  const signing = [...(keyUsage ?? [])].filter((bit) => bit === 'digitalSignature' || bit === 'nonRepudiation')
  if (keyUsage !== null && signing.length === 0) {
    return answer(id, subject, 'FAILED:key-usage', evidence, 'CHAIN_CONSTRAINTS_FAILURE')
  }
  const unreadable = unreadableAmong(certificate, ['keyUsage', 'basicConstraints'])
  if (unreadable.length > 0) {
    return answer(id, subject, 'INDETERMINATE:unreadable', unreadable, 'CHAIN_CONSTRAINTS_FAILURE')
  }
  if (isAuthority) return answer(id, subject, 'INDETERMINATE:ca-certificate', evidence, 'CHAIN_CONSTRAINTS_FAILURE')
  if (keyUsage !== null && signing.length < keyUsage.size) {
    return answer(id, subject, 'INDETERMINATE:additional-usage', evidence, 'CHAIN_CONSTRAINTS_FAILURE')
  }
  return answer(id, subject, keyUsage === null ? 'PASSED:unrestricted' : 'PASSED', evidence)
}

/**
 * A time after the validation time proves nothing yet: one of the two clocks is wrong, and nothing here says which. Nor does
 * one whose accuracy reaches far beyond it. One that was made just now is within its accuracy: it was here to be judged, so
 * that it proves the validation time itself.
 */
export function checkGenTime(tstInfo: TstInfoFacts, subject: Subject, validationTime: Instant): Finding {
  const id = 'timestamp.gen-time'
  const genTime = genTimeOf(tstInfo)
  const expected = `until ${formatInstant(validationTime)}`
  const evidence: Evidence[] = [
    { name: 'genTime', expected, found: formatInstant(genTime) },
    {
      name: 'accuracy',
      found: tstInfo.accuracyMicroseconds === null ? 'absent' : `${tstInfo.accuracyMicroseconds} microseconds`,
    },
    { name: 'upperBound', found: formatInstant(upperBoundOf(tstInfo)) },
    { name: 'policy', found: tstInfo.policy },
    { name: 'serialNumber', found: tstInfo.serialNumber },
    // The request is not here: the nonce is shown, and whoever asked compares it (RFC 3161 §2.4.2).
    ...(tstInfo.nonce === null ? [] : [{ name: 'nonce', found: tstInfo.nonce }]),
  ]
  if (compareInstants(genTime, validationTime) > 0) return answer(id, subject, 'INDETERMINATE:in-future', evidence)
  const isBeyond = compareInstants(upperBoundOf(tstInfo), validationTime) > 0
  const isOpen = isBeyond && (tstInfo.accuracyMicroseconds ?? 0) > ACCURACY_OF_NOW
  return answer(id, subject, isOpen ? 'INDETERMINATE:bound-in-future' : 'PASSED', evidence)
}
