import { expectation } from './pki-expect.ts'
import { p256Key } from './pki-keys.ts'
import { keep, revocation, SIBLING } from './pki-revocation-base.ts'
import { type CrlRecipe, crl, type EntryRecipe, ocsp } from './pki-revocation-make.ts'
import { AUTHORITY_CA as TIME_CA, ROOT as TIME_ROOT, tokenOf, UNIT_ONE } from './pki-token-base.ts'
import type { PkiVector } from './pki-vector.ts'

/** Tokens: what a revocation after genTime means (RFC 3161 §4). */
function token(
  name: string,
  base: string | null,
  spec: {
    readonly mutation: string
    readonly why: string
    readonly effect?: string
    readonly crls: readonly Uint8Array[]
    readonly ocsp?: readonly Uint8Array[]
    readonly policy?: string
    readonly bytes?: Uint8Array
    readonly finding?: string
    readonly also?: readonly string[]
  },
): void {
  const lines =
    spec.finding === undefined
      ? []
      : [`timestamp.revocation ${spec.finding}`, `timestamp.threshold INDETERMINATE:${shortOf(spec.finding)}`]
  const vector: PkiVector = {
    name,
    base,
    mutation: spec.mutation,
    why: spec.why,
    effect:
      spec.effect ??
      (base === null
        ? 'refusing it would throw away a good time-stamp'
        : 'accepting it would believe a time that whoever has the key could have made'),
    policy: spec.policy ?? 'court',
    trustSet: 'time',
    validationTime: '2026-06-01T00:00:00Z',
    inputs: {
      token: keep(spec.bytes === undefined ? 'token.tsr' : `${name}.tsr`, spec.bytes ?? tokenOf()),
      data: 'data',
      revocation: [
        ...spec.crls.map((bytes, index) => keep(`${name}.${index + 1}.crl`, bytes)),
        ...(spec.ocsp ?? []).map((bytes, index) => keep(`${name}.${index + 1}.ors`, bytes)),
      ],
    },
    expect: expectation(lines, spec.also),
    withoutOpenssl: 'openssl ts takes no revocation data',
  }
  revocation.add(vector)
}
const TIME_ROOT_CRL = crl({ issuer: TIME_ROOT })
const unitCrl = (more: Partial<EntryRecipe> | null, list: Partial<CrlRecipe> = {}): Uint8Array =>
  crl({
    issuer: TIME_CA,
    entries: more === null ? [] : [{ serial: UNIT_ONE.serial, date: '260401000000Z', ...more }],
    ...list,
  })
const lists = (unit: Uint8Array) => [TIME_ROOT_CRL, unit]
token('token-good', null, {
  mutation: 'neither unit nor authority is listed',
  why: 'RFC 5280 §6.3',
  crls: lists(unitCrl(null)),
})
for (const [reason, name] of [
  ['superseded', 'superseded'],
  ['cessationOfOperation', 'cessation'],
  ['affiliationChanged', 'affiliation'],
] as const) {
  token(`token-revoked-later-${name}`, null, {
    mutation: `the unit was revoked after genTime: ${reason}`,
    why: 'RFC 3161 §4 (1): tokens made before stand',
    crls: lists(unitCrl({ reason })),
    also: ['timestamp.revocation PASSED:revoked-later'],
  })
}
token('token-no-data-if-present', null, {
  mutation: 'no revocation data, under a policy that takes it if present',
  why: 'policy: its absence is printed',
  crls: [],
  policy: 'sealed',
  also: ['timestamp.revocation NOT-CHECKED:no-data'],
})
token('token-crls-inside', null, {
  mutation: 'the CRLs lie in the token',
  why: 'RFC 5652 §5.1 crls',
  crls: [],
  bytes: tokenOf({ envelope: { crls: lists(unitCrl(null)) } }),
})
for (const [name, mutation, why, unit, finding] of [
  [
    'token-revoked-later-key-compromise',
    'the unit was revoked after genTime: keyCompromise',
    'RFC 3161 §4 (2): whoever has the key can set any time',
    unitCrl({ reason: 'keyCompromise' }),
    'INDETERMINATE:revoked-no-proof',
  ],
  [
    'token-revoked-later-without-reason',
    'the unit was revoked after genTime, without a reason',
    'RFC 3161 §4 (1): without a reason all tokens are in doubt',
    unitCrl({}),
    'INDETERMINATE:revoked-no-proof',
  ],
  [
    'token-revoked-later-aa-compromise',
    'the unit was revoked after genTime: aACompromise',
    'RFC 3161 §4',
    unitCrl({ reason: 'aACompromise' }),
    'INDETERMINATE:revoked-no-proof',
  ],
  [
    'token-invalid-before',
    'superseded after genTime, invalidityDate before it',
    'RFC 5280 §5.3.2',
    unitCrl({ reason: 'superseded', invalidityDate: '20260301000000Z' }),
    'INDETERMINATE:revoked-no-proof',
  ],
  [
    'token-revoked-before-superseded',
    'the unit was revoked before genTime: superseded',
    'RFC 3161 §4',
    unitCrl({ reason: 'superseded', date: '260301000000Z' }),
    'FAILED:revoked',
  ],
  [
    'token-revoked-before-key-compromise',
    'the unit was revoked before genTime: keyCompromise',
    'RFC 3161 §4',
    unitCrl({ reason: 'keyCompromise', date: '260301000000Z' }),
    'FAILED:revoked',
  ],
  [
    'token-revoked-at-gen-time',
    'the unit was revoked in the second of genTime',
    'RFC 5280 §5.3: from that date',
    unitCrl({ reason: 'superseded', date: '260314091200Z' }),
    'FAILED:revoked',
  ],
  [
    'token-on-hold',
    'the unit was on hold at genTime',
    'RFC 5280 §5.3.1',
    unitCrl({ reason: 'certificateHold', date: '260301000000Z' }),
    'INDETERMINATE:on-hold',
  ],
  [
    'token-crl-forged',
    'the CRL of the unit is forged',
    'unknown never becomes good',
    unitCrl(null, { signedBy: p256Key('a forger of lists') }),
    'INDETERMINATE:undecided',
  ],
  [
    'token-crl-stale',
    'the CRL of the unit ended before genTime',
    'RFC 5280 §6.3.3 (a)',
    unitCrl(null, { thisUpdate: '260201000000Z', nextUpdate: '260301000000Z' }),
    'INDETERMINATE:undecided',
  ],
  [
    'token-crl-absent',
    'a CRL of another authority for the unit',
    'policy: revocation required',
    crl({ issuer: SIBLING }),
    'INDETERMINATE:no-data',
  ],
] as const) {
  token(name, 'token-good', { mutation, why, crls: lists(unit), finding })
}
token('token-crl-forged-if-present', 'token-no-data-if-present', {
  mutation: 'a forged CRL alone, under a policy that takes it if present',
  why: 'unknown never becomes good',
  crls: lists(unitCrl(null, { signedBy: p256Key('a forger of lists') })),
  policy: 'sealed',
  finding: 'INDETERMINATE:undecided',
})
token('token-crl-stale-if-present', 'token-no-data-if-present', {
  mutation: 'a stale CRL alone, under a policy that takes it if present',
  why: 'unknown never becomes good',
  crls: lists(unitCrl(null, { thisUpdate: '260201000000Z', nextUpdate: '260301000000Z' })),
  policy: 'sealed',
  finding: 'INDETERMINATE:undecided',
})
token('token-authority-compromised-later', 'token-good', {
  mutation: 'the authority was revoked after genTime: cACompromise',
  why: 'RFC 5280 §5.3.1',
  crls: [
    crl({ issuer: TIME_ROOT, entries: [{ serial: TIME_CA.serial, date: '260401000000Z', reason: 'cACompromise' }] }),
    unitCrl(null),
  ],
  finding: 'INDETERMINATE:authority-revoked-no-proof',
})
token('token-authority-revoked-before', 'token-good', {
  mutation: 'the authority was revoked before genTime',
  why: 'RFC 5280 §6.3',
  crls: [crl({ issuer: TIME_ROOT, entries: [{ serial: TIME_CA.serial, date: '260301000000Z' }] }), unitCrl(null)],
  finding: 'FAILED:revoked',
})
token('token-no-data', 'token-good', {
  mutation: 'no revocation data',
  why: 'policy: revocation required',
  crls: [],
  finding: 'INDETERMINATE:no-data',
})
const forgedGood = ocsp({
  responder: TIME_CA,
  singles: [{ of: UNIT_ONE, issuer: TIME_CA }],
  signedBy: p256Key('a forger of answers'),
})
token('token-forged-ocsp-good-crl-revoked', 'token-good', {
  mutation: 'a forged OCSP good beside a CRL that lists the unit before genTime',
  why: 'worst answer wins; the forged one says nothing',
  crls: lists(unitCrl({ date: '260301000000Z' })),
  ocsp: [forgedGood],
  finding: 'FAILED:revoked',
})
token('token-forged-ocsp-good', 'token-good', {
  mutation: 'a forged OCSP good alone',
  why: 'RFC 6960 §3.2',
  crls: [TIME_ROOT_CRL],
  ocsp: [forgedGood],
  finding: 'INDETERMINATE:undecided',
})
token('token-crl-inside-revoked', 'token-crls-inside', {
  mutation: 'the CRL in the token lists the unit before genTime',
  why: 'RFC 5652 §5.1 crls: what is here is read',
  crls: [],
  bytes: tokenOf({ envelope: { crls: lists(unitCrl({ date: '260301000000Z' })) } }),
  finding: 'FAILED:revoked',
})

/** What is only not known is asked for; what is known counts against the token. */
function shortOf(outcome: string): 'revocation-unknown' | 'too-few' {
  return /:(?:no-data|undecided|incomplete)$/.test(outcome) ? 'revocation-unknown' : 'too-few'
}
