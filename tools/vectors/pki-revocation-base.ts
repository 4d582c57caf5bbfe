import { authority, type Holder, issue, SIGNER } from './pki-certificates.ts'
import { pathExpectation } from './pki-path-report.ts'
import { type CrlRecipe, crl, type EntryRecipe } from './pki-revocation-make.ts'
import { DATA, ROOT as TIME_ROOT } from './pki-token-base.ts'
import { FamilyBuilder } from './pki-vector.ts'

/** A signer's certificate below an authority below a root, with what is said of their revocation; and tokens with the same. */
export const revocation = new FamilyBuilder('revocation')

export const ROOT = authority('Example Revocation Root')
export const CA = authority('Example Revocation Authority', { issuer: ROOT })
export const SIBLING = authority('Example Revocation Sibling', { issuer: ROOT })
export const END = issue({ name: 'Example Revocation End', issuer: CA, extensions: SIGNER })
export const OTHER = issue({ name: 'Example Revocation Other', issuer: CA, extensions: SIGNER })
revocation.file('root.cer', ROOT.der)
revocation.file('time-root.cer', TIME_ROOT.der)
revocation.file('data', DATA)
revocation.trustSet('signer', [{ role: 'signer', certificate: 'root.cer' }])
revocation.trustSet('time', [{ role: 'time-stamp-authority', certificate: 'time-root.cer' }])

const kept = new Map<string, string>()
export function keep(name: string, bytes: Uint8Array): string {
  const key = Buffer.from(bytes).toString('base64')
  const known = kept.get(key) ?? revocation.file(name, bytes)
  kept.set(key, known)
  return known
}

export interface Spec {
  readonly base?: string
  readonly mutation: string
  readonly why: string
  readonly effect?: string
  readonly end?: Holder
  readonly ca?: Holder
  readonly root?: Holder
  /** Further certificates at hand. */
  readonly more?: readonly Holder[]
  /** Null: no CRL of the root for the authority. */
  readonly above?: Uint8Array | null
  readonly crls?: readonly Uint8Array[]
  readonly ocsp?: readonly Uint8Array[]
  readonly findings?: readonly string[]
  readonly policy?: string
  readonly withoutOpenssl?: string
  readonly openssl?: readonly string[]
}
export const ROOT_CRL = crl({ issuer: ROOT })

function add(name: string, spec: Spec, base: string | null): void {
  const { end = END, ca = CA, more = [], above = ROOT_CRL, crls = [], ocsp: responses = [], findings = [] } = spec
  const files = [...(above === null ? [] : [above]), ...crls]
  const mixed = crls.length > 0 && responses.length > 0 ? 'openssl asks CRLs and OCSP apart' : undefined
  const withoutOpenssl = spec.withoutOpenssl ?? mixed
  const trustSet =
    spec.root === undefined
      ? 'signer'
      : revocation.trustSet(name, [{ role: 'signer', certificate: keep(`${name}.root.cer`, spec.root.der) }])
  revocation.add({
    name,
    base,
    mutation: spec.mutation,
    why: spec.why,
    effect:
      spec.effect ??
      (base === null
        ? 'refusing it would throw away a good certificate'
        : 'accepting it would call good what is revoked, or what nobody says is good'),
    policy: spec.policy ?? 'court',
    trustSet,
    validationTime: '2026-06-01T00:00:00Z',
    inputs: {
      certificate: keep(`${name}.cer`, end.der),
      certificates: [ca, ...more].map((one, index) => keep(`${name}.${index + 1}.cer`, one.der)),
      revocation: [
        ...files.map((bytes, index) => keep(`${name}.${index + 1}.crl`, bytes)),
        ...responses.map((bytes, index) => keep(`${name}.${index + 1}.ors`, bytes)),
      ],
    },
    expect: pathExpectation(findings, 'signer'),
    ...(withoutOpenssl === undefined
      ? { openssl: { arguments: spec.openssl ?? (responses.length > 0 ? [] : ['-purpose', 'smimesign']) } }
      : { withoutOpenssl }),
  })
}
export const good = (name: string, spec: Omit<Spec, 'findings'>): void => add(name, spec, null)
export const bad = (name: string, spec: Spec & { readonly findings: readonly string[] }): void =>
  add(name, spec, spec.base ?? 'crl-good')
export const REVOKED = ['revocation FAILED:revoked']
export const UNDECIDED = ['revocation INDETERMINATE:undecided']
export const NO_DATA = ['revocation INDETERMINATE:no-data']
export const entry = (more: Partial<EntryRecipe> = {}): EntryRecipe => ({
  serial: END.serial,
  date: '260501000000Z',
  ...more,
})
export const ofCa = (more: Partial<CrlRecipe> = {}): Uint8Array => crl({ issuer: CA, ...more })
export const CLEAN = ofCa()
export const endOf = (ca: Holder, ...extensions: readonly Uint8Array[]) =>
  issue({ name: 'Example Revocation End', issuer: ca, extensions: [...SIGNER, ...extensions] })
