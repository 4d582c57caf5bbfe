import { extension } from '../../test-vectors/make/cms.ts'
import { boolean, type Der, integer, oid, sequence, tlv } from '../../test-vectors/make/der.ts'
import { AUTHORITY, authority, type CertificateRecipe, type Holder, issue, SIGNER } from './pki-certificates.ts'
import { pathExpectation } from './pki-path-report.ts'
import { FamilyBuilder, type PathOptions, type PkiVector } from './pki-vector.ts'

/** Certificates on a path: root, authority, end. */
export const paths = new FamilyBuilder('paths')

export const ROOT: Holder = authority('Example Path Root')
export const SECOND_ROOT: Holder = authority('Example Path Second Root')
paths.file('root.cer', ROOT.der)
paths.file('second-root.cer', SECOND_ROOT.der)
paths.trustSet('signer', [{ role: 'signer', certificate: 'root.cer' }])
paths.trustSet('time', [{ role: 'time-stamp-authority', certificate: 'root.cer' }])
paths.trustSet('second', [{ role: 'signer', certificate: 'second-root.cer' }])

export const authorityUnder = (issuer: Holder, more: Partial<CertificateRecipe> = {}): Holder =>
  authority('Example Path Authority', { issuer, ...more })
export const endUnder = (issuer: Holder, more: Partial<CertificateRecipe> = {}): Holder =>
  issue({ name: 'Example Path End', issuer, extensions: SIGNER, ...more })

export const CA: Holder = authorityUnder(ROOT)
export const END: Holder = endUnder(CA)
/** An authority with further extensions, and a certificate below it. */
export const caWith = (...extensions: readonly Der[]): Holder =>
  authorityUnder(ROOT, { extensions: [...AUTHORITY, ...extensions] })
export const endWith = (issuer: Holder, ...extensions: readonly Der[]): Holder =>
  endUnder(issuer, { extensions: [...SIGNER, ...extensions] })

export interface PathSpec {
  readonly base?: string
  readonly mutation: string
  readonly why: string
  readonly effect?: string
  readonly end: Holder | Uint8Array
  readonly between?: readonly (Holder | Uint8Array)[]
  readonly trustSet?: string
  /** A trust set of its own, of this root. */
  readonly root?: Holder
  readonly role?: 'signer' | 'time-stamp-authority'
  readonly paths?: PathOptions
  readonly time?: string
  readonly findings?: readonly string[]
  /** What is said of further paths. */
  readonly beside?: readonly string[]
  readonly openssl?: readonly string[]
  readonly withoutOpenssl?: string
}

export const ANY_POLICY = '2.5.29.32.0'

/** What a policy's inputs of RFC 5280 §6.1.1 are called there. */
function policyArguments(options: PathOptions): string[] {
  const { userInitialPolicySet, initialExplicitPolicy, initialPolicyMappingInhibit, initialAnyPolicyInhibit } = options
  return [
    // Its own default is no policy at all.
    ...(userInitialPolicySet ?? [ANY_POLICY]).flatMap((policy) => ['-policy', policy]),
    ...(initialExplicitPolicy ? ['-explicit_policy'] : []),
    ...(initialPolicyMappingInhibit ? ['-inhibit_map'] : []),
    ...(initialAnyPolicyInhibit ? ['-inhibit_any'] : []),
    ...(options.certificateProfile === undefined ? [] : ['-x509_strict']),
  ]
}

const derOf = (one: Holder | Uint8Array): Uint8Array => (one instanceof Uint8Array ? one : one.der)

/** Certificates that many vectors have are kept once, by their content. */
const kept = new Map<string, string>()
function keep(name: string, one: Holder | Uint8Array): string {
  const der = derOf(one)
  const key = Buffer.from(der).toString('base64')
  const known = kept.get(key)
  if (known !== undefined) return known
  kept.set(key, name)
  return paths.file(name, der)
}

function add(name: string, spec: PathSpec, base: string | null): void {
  const { between = [CA], role = 'signer', findings = [] } = spec
  let trustSet = spec.trustSet ?? (role === 'signer' ? 'signer' : 'time')
  if (spec.root !== undefined) {
    trustSet = paths.trustSet(name, [{ role, certificate: keep(`${name}.root.cer`, spec.root) }])
  }
  const purpose = role === 'signer' ? 'smimesign' : 'timestampsign'
  const openssl = {
    arguments: ['-purpose', purpose, '-policy_check', ...policyArguments(spec.paths ?? {}), ...(spec.openssl ?? [])],
  }
  const vector: PkiVector = {
    name,
    base,
    mutation: spec.mutation,
    why: spec.why,
    effect:
      spec.effect ??
      (base === null ? 'refusing it would lose a good path' : 'accepting it would let somebody certify who may not'),
    policy: 'sealed',
    ...(spec.paths === undefined ? {} : { paths: spec.paths }),
    trustSet,
    validationTime: spec.time ?? '2026-06-01T00:00:00Z',
    inputs: {
      certificate: keep(`${name}.cer`, spec.end),
      certificates: between.map((one, index) => keep(`${name}.${index + 1}.cer`, one)),
    },
    expect: pathExpectation(findings, role, spec.beside),
    ...(spec.withoutOpenssl === undefined ? { openssl } : { withoutOpenssl: spec.withoutOpenssl }),
  }
  paths.add(vector)
}

export const good = (name: string, spec: Omit<PathSpec, 'findings' | 'base'>): void => add(name, spec, null)
export const bad = (name: string, spec: PathSpec & { readonly findings: readonly string[] }): void =>
  add(name, spec, spec.base ?? 'good')

// Extensions of RFC 5280 §4.2.1
export const policyOid = (number: number): string => `2.999.100.${number}`
export const policies = (...ids: readonly string[]): Der =>
  extension('2.5.29.32', sequence(...ids.map((id) => sequence(oid(id)))))
export const mappings = (...pairs: readonly (readonly [string, string])[]): Der =>
  extension('2.5.29.33', sequence(...pairs.map(([issuer, subject]) => sequence(oid(issuer), oid(subject)))), true)
const skip = (tag: number, certificates: number | undefined): Der[] =>
  certificates === undefined ? [] : [tlv(tag, integer(certificates).subarray(2))]
export const policyConstraints = (explicit?: number, mapping?: number): Der =>
  extension('2.5.29.36', sequence(...skip(0x80, explicit), ...skip(0x81, mapping)), true)
export const inhibitAny = (certificates: number): Der => extension('2.5.29.54', integer(certificates), true)

export interface Subtrees {
  readonly permitted?: readonly Der[]
  readonly excluded?: readonly Der[]
}
const subtreeList = (tag: number, names: readonly Der[] | undefined): Der[] =>
  names === undefined ? [] : [tlv(tag, ...names.map((name) => sequence(name)))]
export const nameConstraints = ({ permitted, excluded }: Subtrees, critical = true): Der =>
  extension('2.5.29.30', sequence(...subtreeList(0xa0, permitted), ...subtreeList(0xa1, excluded)), critical)
export const alternativeNames = (...names: readonly Der[]): Der => extension('2.5.29.17', sequence(...names))
export const keyIdentifierOfIssuer = (keyId: Uint8Array): Der => extension('2.5.29.35', sequence(tlv(0x80, keyId)))
export const TRUE: Der = boolean(true)
