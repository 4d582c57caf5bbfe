import { integer, join, nothing } from '../../test-vectors/make/der.ts'
import {
  basicConstraints,
  extendedKeyUsage,
  type Holder,
  issue,
  keyUsage,
  unknownExtension,
  uri,
} from './pki-certificates.ts'
import { p256Key, pssParameters, rsaPssKey, rsaPssKeyFor } from './pki-keys.ts'
import {
  bad,
  CA,
  CLEAN,
  END,
  entry,
  good,
  NO_DATA,
  OTHER,
  ofCa,
  REVOKED,
  ROOT,
  SIBLING,
  type Spec,
  UNDECIDED,
} from './pki-revocation-base.ts'
import {
  issuingPoint,
  OCSP_NO_CHECK,
  type OcspRecipe,
  ocsp,
  ocspFailure,
  pointName,
  type Reason,
  type SingleRecipe,
} from './pki-revocation-make.ts'

/** OCSP responses (RFC 6960). */
const single = (more: Partial<SingleRecipe> = {}): SingleRecipe => ({ of: END, issuer: CA, ...more })
const answerOf = (more: Partial<OcspRecipe> = {}): Uint8Array => ocsp({ responder: CA, singles: [single()], ...more })
const RESPONDER_USE = [basicConstraints(false), keyUsage('digitalSignature')]
const responder = (more: Partial<Parameters<typeof issue>[0]> = {}): Holder =>
  issue({
    name: 'Example Revocation Responder',
    issuer: CA,
    extensions: [...RESPONDER_USE, extendedKeyUsage(false, 'ocspSigning'), OCSP_NO_CHECK],
    ...more,
  })
const delegated = (who: Holder, more: Partial<OcspRecipe> = {}) =>
  answerOf({ responder: who, certificates: [who.der], ...more })
good('ocsp-good', { mutation: 'the authority itself answers', why: 'RFC 6960 §4.2.2.2', ocsp: [answerOf()] })
good('ocsp-by-name', {
  mutation: 'the responder is named by its name',
  why: 'RFC 6960 §4.2.2.3',
  ocsp: [answerOf({ responderName: true })],
})
good('ocsp-sha256', {
  mutation: 'CertID under SHA-256',
  why: 'RFC 6960 §4.3',
  ocsp: [answerOf({ singles: [single({ hash: 'sha256' })] })],
  openssl: ['-sha256'],
})
good('ocsp-delegated', {
  mutation: 'a delegated responder answers',
  why: 'RFC 6960 §4.2.2.2',
  ocsp: [delegated(responder())],
})
good('ocsp-several', {
  mutation: 'another certificate’s answer stands first',
  why: 'RFC 6960 §4.2.1',
  ocsp: [answerOf({ singles: [single({ of: OTHER, status: { date: '20260501000000Z' } }), single()] })],
})
good('ocsp-unknown-extension', {
  mutation: 'an unknown extension that is not critical',
  why: 'RFC 6960 §4.4',
  ocsp: [answerOf({ extensions: [unknownExtension(false)] })],
})
const pssResponder = responder({ key: rsaPssKeyFor(pssParameters('sha256', 'sha256', 32)) })
good('ocsp-pss-restricted', {
  mutation: 'the responder’s key is for RSASSA-PSS with SHA-256 and at least 32 octets of salt',
  why: 'RFC 4055 §3.3',
  ocsp: [delegated(pssResponder, { responderName: true })],
})
const badOcsp = (name: string, spec: Spec & { readonly findings: readonly string[] }) =>
  bad(name, { base: 'ocsp-good', ...spec })
for (const [name, reason] of [
  ['ocsp-revoked', undefined],
  ['ocsp-revoked-key-compromise', 'keyCompromise'],
  ['ocsp-revoked-superseded', 'superseded'],
  ['ocsp-revoked-weak-algorithm', 'weakAlgorithmOrKey'],
] as const) {
  badOcsp(name, {
    mutation: `revoked, ${reason ?? 'without a reason'}`,
    why: 'RFC 6960 §2.2',
    ocsp: [
      answerOf({
        singles: [
          single({
            status: { date: '20260501000000Z', ...(reason === undefined ? {} : { reason: reason as Reason }) },
          }),
        ],
      }),
    ],
    findings: REVOKED,
  })
}
bad('ocsp-pss-restricted-salt', {
  base: 'ocsp-pss-restricted',
  mutation: 'a shorter salt than the responder’s key asks for',
  why: 'RFC 4055 §3.3: the key names the parameters of its signatures',
  ocsp: [delegated(pssResponder, { responderName: true, signedBy: rsaPssKey(20) })],
  findings: UNDECIDED,
})
badOcsp('ocsp-on-hold', {
  mutation: 'on hold',
  why: 'RFC 6960 §2.2',
  ocsp: [answerOf({ singles: [single({ status: { date: '20260501000000Z', reason: 'certificateHold' } })] })],
  findings: ['revocation INDETERMINATE:on-hold'],
})
const sibling = issue({
  name: 'Example Revocation Responder',
  issuer: SIBLING,
  extensions: [...RESPONDER_USE, extendedKeyUsage(false, 'ocspSigning'), OCSP_NO_CHECK],
})
const selfMade = issue({
  name: 'Example Revocation Responder',
  extensions: [...RESPONDER_USE, extendedKeyUsage(false, 'ocspSigning'), OCSP_NO_CHECK],
})
const DELEGATE = 'RFC 6960 §4.2.2.2'
const FRESH = 'openssl ocsp knows no time but now'
const ocspUndecided: readonly (readonly [string, string, string, Uint8Array, string?])[] = [
  ['ocsp-unknown', 'the answer is unknown', 'RFC 6960 §2.2', answerOf({ singles: [single({ status: 'unknown' })] })],
  [
    'ocsp-signature-altered',
    'the signature differs in its last octet',
    'RFC 6960 §3.2',
    answerOf({ alter: (s) => s.with(-1, (s.at(-1) ?? 0) ^ 1) }),
  ],
  [
    'ocsp-forged',
    'another key signed it in the authority’s name',
    'RFC 6960 §3.2',
    answerOf({ signedBy: p256Key('a forger of answers') }),
  ],
  [
    'ocsp-delegate-without-purpose',
    'the responder’s certificate lacks OCSPSigning',
    DELEGATE,
    delegated(responder({ extensions: [...RESPONDER_USE, OCSP_NO_CHECK] })),
  ],
  [
    'ocsp-delegate-any-purpose',
    'the responder’s certificate has anyExtendedKeyUsage alone',
    DELEGATE,
    delegated(responder({ extensions: [...RESPONDER_USE, extendedKeyUsage(false, 'any'), OCSP_NO_CHECK] })),
  ],
  [
    'ocsp-delegate-of-the-sibling',
    'a sibling authority’s responder',
    DELEGATE,
    delegated(sibling, { certificates: [sibling.der, SIBLING.der] }),
  ],
  ['ocsp-delegate-self-made', 'a responder that certified itself', DELEGATE, delegated(selfMade)],
  [
    'ocsp-delegate-expired',
    'the responder’s certificate had expired',
    DELEGATE,
    delegated(responder({ to: '260501000000Z' })),
  ],
  [
    'ocsp-delegate-forged',
    'the responder’s certificate is forged',
    DELEGATE,
    delegated(responder({ signedBy: p256Key('a forger of answers') })),
  ],
  ['ocsp-by-the-end-itself', 'the certificate answers for itself', DELEGATE, delegated(END)],
  ['ocsp-by-another-end', 'another certificate of the authority answers', DELEGATE, delegated(OTHER)],
  [
    'ocsp-by-the-root',
    'the root answers for the authority’s certificate',
    DELEGATE,
    answerOf({ responder: ROOT, certificates: [ROOT.der] }),
  ],
  [
    'ocsp-name-hash-differs',
    'CertID has the key of the authority and another’s name',
    'RFC 6960 §4.1.1: both hashes',
    answerOf({ singles: [single({ nameOf: SIBLING })] }),
  ],
  [
    'ocsp-stale',
    'nextUpdate is before the time of interest',
    'RFC 6960 §3.2',
    answerOf({ singles: [single({ thisUpdate: '20260401000000Z', nextUpdate: '20260531235959Z' })] }),
    FRESH,
  ],
  [
    'ocsp-future',
    'thisUpdate is after the time of interest',
    'RFC 6960 §3.2',
    answerOf({ singles: [single({ thisUpdate: '20260602000000Z' })] }),
    FRESH,
  ],
  [
    'ocsp-next-before-this',
    'nextUpdate is before thisUpdate',
    'RFC 6960 §4.2.2.1: such an answer is unreliable',
    answerOf({ singles: [single({ nextUpdate: '20260524000000Z' })] }),
    FRESH,
  ],
  [
    'ocsp-produced-before-this',
    'it was signed before the moment that it speaks of',
    'RFC 6960 §2.4, §4.2.2.1: nobody knows what is to come',
    answerOf({ producedAt: '20260524000000Z' }),
    FRESH,
  ],
  [
    'ocsp-produced-in-future',
    'it was signed after the validation time',
    'RFC 6960 §2.4, §3.2',
    answerOf({ producedAt: '20260602000000Z' }),
    FRESH,
  ],
  [
    'ocsp-without-next-update',
    'no nextUpdate, a week before the time of interest',
    'RFC 6960 §4.2.2.1: newer information is always available',
    answerOf({ singles: [single({ nextUpdate: null })] }),
    FRESH,
  ],
  [
    'ocsp-unknown-critical',
    'a critical extension that nobody knows',
    'RFC 6960 §4.4',
    answerOf({ extensions: [unknownExtension(true)] }),
  ],
  [
    'ocsp-single-unknown-critical',
    'a critical extension of the answer that nobody knows',
    'RFC 6960 §4.4',
    answerOf({ singles: [single({ extensions: [unknownExtension(true)] })] }),
  ],
]
for (const [name, mutation, why, bytes, skip] of ocspUndecided) {
  badOcsp(name, {
    mutation,
    why,
    ocsp: [bytes],
    findings: UNDECIDED,
    ...(skip === undefined ? {} : { withoutOpenssl: skip }),
  })
}
for (const [name, mutation, why, bytes] of [
  [
    'ocsp-of-another-certificate',
    'the answer is another certificate’s',
    'RFC 6960 §3.2',
    answerOf({ singles: [single({ of: OTHER })] }),
  ],
  [
    'ocsp-serial-of-another',
    'the answer has another serial number',
    'RFC 6960 §4.1.1',
    answerOf({ singles: [single({ serial: integer(99) })] }),
  ],
  ['ocsp-try-later', 'the responder says tryLater', 'RFC 6960 §2.3', ocspFailure(3)],
  ['ocsp-unreadable', 'two octets behind the response', 'X.690 §8.1', join(answerOf(), nothing())],
  ['ocsp-empty', 'successful without responseBytes', 'RFC 6960 §4.2.1', ocspFailure(0)],
] as const) {
  badOcsp(name, {
    mutation,
    why,
    ocsp: [bytes],
    findings: name === 'ocsp-unreadable' || name === 'ocsp-empty' ? UNDECIDED : NO_DATA,
  })
}
badOcsp('ocsp-good-crl-revoked', {
  mutation: 'OCSP says good, a CRL lists it',
  why: 'worst answer wins',
  ocsp: [answerOf()],
  crls: [ofCa({ entries: [entry()] })],
  findings: REVOKED,
})
badOcsp('ocsp-forged-good-crl-revoked', {
  mutation: 'a forged OCSP good beside a CRL that lists it',
  why: 'worst answer wins; the forged one says nothing',
  ocsp: [answerOf({ signedBy: p256Key('a forger of answers') })],
  crls: [ofCa({ entries: [entry()] })],
  findings: REVOKED,
})
badOcsp('ocsp-revoked-crl-clean', {
  mutation: 'OCSP says revoked, a CRL does not list it',
  why: 'worst answer wins',
  ocsp: [answerOf({ singles: [single({ status: { date: '20260501000000Z' } })] })],
  crls: [CLEAN],
  findings: REVOKED,
})
badOcsp('ocsp-two-one-revoked', {
  mutation: 'two answers, one says revoked',
  why: 'worst answer wins',
  ocsp: [answerOf(), answerOf({ singles: [single({ status: { date: '20260501000000Z' } })] })],
  findings: REVOKED,
  withoutOpenssl: 'it reads one response',
})
badOcsp('ocsp-unknown-crl-clean', {
  mutation: 'OCSP says unknown, a CRL does not list it',
  why: 'RFC 6960 §2.2: perhaps nobody issued it',
  ocsp: [answerOf({ singles: [single({ status: 'unknown' })] })],
  crls: [CLEAN],
  findings: UNDECIDED,
})
badOcsp('ocsp-responder-id-of-another', {
  mutation: 'the authority signs, responderID names another key',
  why: 'RFC 6960 §3.2: the identity of the signer matches',
  ocsp: [answerOf({ responderId: OTHER })],
  findings: UNDECIDED,
})
for (const [name, mutation, extensions] of [
  [
    'ocsp-delegate-key-encipherment',
    'the responder’s keyUsage is keyEncipherment alone',
    [basicConstraints(false), keyUsage('keyEncipherment'), extendedKeyUsage(false, 'ocspSigning'), OCSP_NO_CHECK],
  ],
  [
    'ocsp-delegate-unknown-critical',
    'the responder’s certificate has a critical extension that nobody knows',
    [...RESPONDER_USE, extendedKeyUsage(false, 'ocspSigning'), OCSP_NO_CHECK, unknownExtension(true)],
  ],
] as const) {
  badOcsp(name, {
    base: 'ocsp-delegated',
    mutation,
    why: DELEGATE,
    ocsp: [delegated(responder({ extensions }))],
    findings: UNDECIDED,
  })
}
const checked = responder({ extensions: [...RESPONDER_USE, extendedKeyUsage(false, 'ocspSigning')] })
badOcsp('ocsp-delegate-revoked', {
  base: 'ocsp-delegated',
  mutation: 'the responder itself is revoked',
  why: 'RFC 6960 §4.2.2.2.1',
  ocsp: [delegated(checked)],
  crls: [
    ofCa({
      entries: [entry({ serial: checked.serial })],
      extensions: [issuingPoint(pointName(uri('http://crl.example/x')))],
    }),
  ],
  findings: UNDECIDED,
})
