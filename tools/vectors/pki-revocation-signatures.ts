import { expectation } from './pki-expect.ts'
import { p256Key } from './pki-keys.ts'
import { revocation } from './pki-revocation-base.ts'
import { crl, type EntryRecipe } from './pki-revocation-make.ts'
import { CA, DATA, ONE, ROOT, signatureOf } from './pki-signatures.ts'
import { AUTHORITY_CA as TIME_CA, ROOT as TIME_ROOT } from './pki-token-base.ts'

/** Signatures with a time-stamp of 2026-03-14 inside, and what is said of their signers' revocation. */
revocation.file('signer-root.cer', ROOT.der)
revocation.file('statement', DATA)
revocation.trustSet('sample', [
  { role: 'signer', certificate: 'signer-root.cer' },
  { role: 'time-stamp-authority', certificate: 'time-root.cer' },
])

const ROOT_CRL = crl({ issuer: ROOT })
const TIME_CRLS = [crl({ issuer: TIME_ROOT }), crl({ issuer: TIME_CA })]
const signerCrl = (entry: Partial<EntryRecipe> | null): Uint8Array =>
  crl({ issuer: CA, entries: entry === null ? [] : [{ serial: ONE.serial, date: '260401000000Z', ...entry }] })

interface Spec {
  readonly mutation: string
  readonly why: string
  readonly lists: readonly Uint8Array[]
  /** Among the CRLs of the SignedData, which nothing protects. */
  readonly carried?: readonly Uint8Array[]
  readonly stamped?: boolean
  readonly findings?: readonly string[]
  readonly also?: readonly string[]
}

function add(name: string, base: string | null, spec: Spec): void {
  const { lists, carried, stamped = true, findings = [] } = spec
  const more = carried === undefined ? {} : { envelope: { crls: carried } }
  const files = [...(stamped ? TIME_CRLS : []), ...lists]
  revocation.add({
    name,
    base,
    mutation: spec.mutation,
    why: spec.why,
    effect:
      base === null
        ? 'refusing it would throw away a good signature'
        : 'accepting it would believe a signature that whoever has the key could have made',
    policy: 'sealed',
    trustSet: 'sample',
    validationTime: '2026-06-01T00:00:00Z',
    inputs: {
      signature: revocation.file(`${name}.p7s`, signatureOf(stamped ? more : { stamped, ...more })),
      data: 'statement',
      revocation: files.map((bytes, index) => revocation.file(`${name}.${index + 1}.crl`, bytes)),
    },
    expect: expectation(findings, spec.also),
    withoutOpenssl: 'openssl cms looks at no time-stamp, and judges revocation at one time only',
  })
}

add('signature-good', null, {
  mutation: 'nobody is listed',
  why: 'RFC 5280 §6.3',
  lists: [ROOT_CRL, signerCrl(null)],
  also: ['signer.revocation PASSED', 'timestamp.revocation PASSED'],
})
for (const [reason, name] of [
  ['keyCompromise', 'key-compromise'],
  ['superseded', 'superseded'],
] as const) {
  add(`signature-revoked-later-${name}`, null, {
    mutation: `the signer was revoked after the time that is proved: ${reason}`,
    why: 'ETSI EN 319 102-1 §5.5: proved to exist before the revocation',
    lists: [ROOT_CRL, signerCrl({ reason })],
    also: ['signer.revocation PASSED:revoked-later'],
  })
}
const REVOKED = ['signer.revocation FAILED:revoked']
for (const [reason, name] of [
  ['keyCompromise', 'key-compromise'],
  ['superseded', 'superseded'],
] as const) {
  add(`signature-revoked-before-${name}`, 'signature-good', {
    mutation: `the signer was revoked before the time that is proved: ${reason}`,
    why: 'RFC 5280 §6.3',
    lists: [ROOT_CRL, signerCrl({ reason, date: '260301000000Z' })],
    findings: REVOKED,
  })
}
add('signature-carries-revoked-weak-algorithm', 'signature-good', {
  mutation: 'a CRL within the signature lists the signer before the time that is proved: weakAlgorithmOrKey (11)',
  why: 'X.509 §9.5.3.1: a reason that RFC 5280 §5.3.1 does not know; what an authority signed counts wherever it lies',
  lists: [ROOT_CRL],
  carried: [signerCrl({ reason: 'weakAlgorithmOrKey', date: '260301000000Z' })],
  findings: REVOKED,
})
add('signature-invalid-before', 'signature-revoked-later-key-compromise', {
  mutation: 'revoked after the time that is proved, with an invalidityDate before it',
  why: 'RFC 5280 §5.3.2: the key is said to have been in other hands by then',
  lists: [ROOT_CRL, signerCrl({ reason: 'keyCompromise', invalidityDate: '20260301000000Z' })],
  findings: ['signer.revocation INDETERMINATE:revoked-no-proof'],
})
add('signature-authority-revoked-before', 'signature-good', {
  mutation: 'the signer’s authority was revoked before the time that is proved',
  why: 'RFC 5280 §6.3, for every certificate',
  lists: [crl({ issuer: ROOT, entries: [{ serial: CA.serial, date: '260301000000Z' }] }), signerCrl(null)],
  findings: REVOKED,
})
add('signature-crl-forged', 'signature-good', {
  mutation: 'the CRL about the signer is forged',
  why: 'unknown never becomes good',
  lists: [ROOT_CRL, crl({ issuer: CA, signedBy: p256Key('a forger of lists') })],
  findings: ['signer.revocation INDETERMINATE:undecided'],
})
