import { authority, type CertificateRecipe, type Holder, issue, UNIT } from './pki-certificates.ts'
import { type TokenRecipe, token } from './pki-cms.ts'
import { expectation } from './pki-expect.ts'
import { p256Key } from './pki-keys.ts'
import { FamilyBuilder, type PkiVector } from './pki-vector.ts'

/** The authority of the token vectors, and what is stamped. */
export const DATA: Uint8Array = new TextEncoder().encode('Example evidence (sample)\n')
export const OTHER_DATA: Uint8Array = new TextEncoder().encode('Example evidence (sample), altered\n')

export const ROOT: Holder = authority('Example Vector Time Root')
export const AUTHORITY_CA: Holder = authority('Example Vector Time Authority', { issuer: ROOT })
export const OTHER_ROOT: Holder = authority('Example Vector Other Root')
/** The root's name with a key that is not the root's. */
const DOUBLE_ROOT: Holder = authority('Example Vector Time Root', { key: p256Key('a double of the time root') })

export const unitOf = (more: Partial<CertificateRecipe> = {}): Holder =>
  issue({ name: 'Example Vector Time-Stamp Unit', issuer: AUTHORITY_CA, extensions: UNIT, ...more })

export const UNIT_ONE: Holder = unitOf()
export const COLLEAGUE: Holder = unitOf({ name: 'Example Vector Other Unit' })

/** A token of the usual unit, or of another, with its authority's certificate. */
export function tokenOf(recipe: Partial<TokenRecipe> = {}): Uint8Array {
  const unit = recipe.unit ?? UNIT_ONE
  return token({ data: DATA, unit, certificates: [unit.der, AUTHORITY_CA.der], ...recipe })
}

export const AT = '2026-06-01T00:00:00Z'

export interface TokenSpec {
  readonly base?: string | null
  readonly mutation: string
  readonly why: string
  readonly effect: string
  readonly token: Uint8Array
  readonly data?: Uint8Array
  readonly trustSet?: string | null
  readonly time?: string
  readonly policy?: string
  /** Besides `timestamp.threshold INDETERMINATE:too-few`, which stands for every token that proves nothing. */
  readonly findings: readonly string[]
  /** Instead: the error with which it is refused. */
  readonly error?: string
  readonly also?: readonly string[]
  readonly withoutOpenssl?: string
  readonly openssl?: PkiVector['openssl']
}

export const tokens = new FamilyBuilder('tokens')

tokens.file('data', DATA)
tokens.file('other-data', OTHER_DATA)
tokens.file('root.cer', ROOT.der)
tokens.file('double-root.cer', DOUBLE_ROOT.der)
tokens.file('other-root.cer', OTHER_ROOT.der)
tokens.file('unit.cer', UNIT_ONE.der)

const TSA = 'time-stamp-authority'
tokens.trustSet('sample', [{ role: TSA, certificate: 'root.cer' }])
tokens.trustSet('other', [{ role: TSA, certificate: 'other-root.cer' }])
tokens.trustSet('other-role', [{ role: 'signer', certificate: 'root.cer' }])
tokens.trustSet('double', [{ role: TSA, certificate: 'double-root.cer' }])
tokens.trustSet('ended-before', [{ role: TSA, certificate: 'root.cer', until: '2026-02-01' }])
tokens.trustSet('ended-since', [{ role: TSA, certificate: 'root.cer', until: '2026-04-01' }])
tokens.trustSet('begins-later', [{ role: TSA, certificate: 'root.cer', from: '2026-04-01' }])
tokens.trustSet('unit', [{ role: TSA, certificate: 'unit.cer' }])

function add(name: string, spec: TokenSpec, base: string | null, findings: readonly string[]): void {
  const data = spec.data ?? DATA
  tokens.add({
    name,
    base,
    mutation: spec.mutation,
    why: spec.why,
    effect: spec.effect,
    policy: spec.policy ?? 'sealed',
    trustSet: spec.trustSet === undefined ? 'sample' : spec.trustSet,
    validationTime: spec.time ?? AT,
    inputs: {
      token: tokens.file(`${name}.tsr`, spec.token),
      data: data === DATA ? 'data' : data === OTHER_DATA ? 'other-data' : tokens.file(`${name}.data`, data),
    },
    expect: spec.error === undefined ? expectation(findings, spec.also) : { findings: [], error: spec.error },
    ...(spec.withoutOpenssl === undefined ? {} : { withoutOpenssl: spec.withoutOpenssl }),
    ...(spec.openssl === undefined ? {} : { openssl: spec.openssl }),
  })
}

/** A token that must be accepted. */
export const good = (name: string, spec: Omit<TokenSpec, 'findings'>): void =>
  add(name, { ...spec, findings: [] }, null, [])

/** One mutation of a good one that must not be accepted. */
export function bad(name: string, spec: TokenSpec): void {
  add(name, spec, spec.base ?? 'good', [...spec.findings, 'timestamp.threshold INDETERMINATE:too-few'])
}

/** What is said when no path from the authority's certificate holds, besides the reason. */
export const withoutPath = (reason: string): string[] => [
  `timestamp.path INDETERMINATE:${reason}`,
  'timestamp.believed INDETERMINATE:no-path',
]
export const badPath = (candidate: string): string[] => [
  `timestamp.path-candidate ${candidate}`,
  ...withoutPath('none-holds'),
]
