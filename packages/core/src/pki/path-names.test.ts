// Needs: openssl.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commonNames, madeCertificate } from '../../../../tools/testing/made-certificate.ts'
import { AUTHORITY, type Issued, opensslPki, SIGNER } from '../../../../tools/testing/openssl-pki.ts'
import { LIMITS } from '../model/limits.ts'
import type { Certificate, GeneralName, GeneralSubtree, NameConstraints } from './certificate.ts'
import { parseCertificate } from './certificate-parse.ts'
import { parseName } from './name.ts'
import { type CandidatePath, pathAnchorOf } from './path.ts'
import { matchSubtree } from './path-name-match.ts'
import { problemsOfNames } from './path-names.ts'

const LINK = { outcome: 'valid', algorithm: null, unsupported: null, rsaBits: null } as const

function anchorFrom(certificate: Certificate) {
  const { sha256, der } = certificate
  return pathAnchorOf({ anchor: true, role: 'signer', label: 'sample', sha256, der }, certificate)
}

const reasonsOf = (path: CandidatePath) => [...new Set(problemsOfNames(path).map(({ reason }) => reason))]

const dns = (value: string): GeneralName => ({ kind: 'dNSName', value })
const permitted = (...bases: GeneralName[]): NameConstraints => ({
  permitted: bases.map(whole),
  excluded: [],
  hasEmptyList: false,
})
const excluded = (...bases: GeneralName[]): NameConstraints => ({
  permitted: [],
  excluded: bases.map(whole),
  hasEmptyList: false,
})
const whole = (base: GeneralName): GeneralSubtree => ({ base, isWhole: true })

interface Step {
  readonly constraints?: NameConstraints
  readonly names?: readonly GeneralName[]
  readonly selfIssued?: boolean
}

/** From the anchor, whose names nobody judges, to the target. */
function pathOf(first: Step, ...steps: readonly Step[]): CandidatePath {
  const root = madeCertificate('root', 'Example Root', 'Example Root', { nameConstraints: first.constraints ?? null })
  let above = 'Example Root'
  const certificates = steps.map(({ constraints, names, selfIssued }, index) => {
    const subject = selfIssued ? above : `Example ${index}`
    const more = { nameConstraints: constraints ?? null, subjectAltName: names ?? null }
    const certificate = madeCertificate(`${index}`, above, subject, more)
    above = subject
    return certificate
  })
  return { certificates: certificates.toReversed(), links: certificates.map(() => LINK), anchor: anchorFrom(root) }
}

describe('name constraints', () => {
  const inside = [dns('a.sample.example')]
  const outside = [dns('other.example')]

  test('of the anchor are in force, but not on a certificate that is its own anchor', () => {
    const path = pathOf({ constraints: permitted(dns('sample.example')) }, { names: outside })
    expect(reasonsOf(path)).toEqual(['name-not-permitted'])
    expect(reasonsOf({ ...path, links: [] })).toEqual([])
  })

  test('narrow along the path: a name needs leave from every authority above', () => {
    const [a, b] = [permitted(dns('a.example'), dns('b.example')), permitted(dns('b.example'), dns('c.example'))]
    const under = (name: string) => reasonsOf(pathOf({ constraints: a }, { constraints: b }, { names: [dns(name)] }))
    expect(under('x.b.example')).toEqual([])
    expect(under('x.a.example')).toEqual(['name-not-permitted'])
    expect(under('x.c.example')).toEqual(['name-not-permitted'])
  })

  test('that exclude add up along the path', () => {
    const [a, b] = [excluded(dns('a.example')), excluded(dns('b.example'))]
    const under = (name: string) => reasonsOf(pathOf({ constraints: a }, { constraints: b }, { names: [dns(name)] }))
    expect(under('x.a.example')).toEqual(['name-excluded'])
    expect(under('x.b.example')).toEqual(['name-excluded'])
    expect(under('x.c.example')).toEqual([])
  })

  test('exempt self-issued certificates between, and never the target', () => {
    const constraints = permitted(dns('sample.example'))
    const rolled = { names: outside, selfIssued: true }
    expect(reasonsOf(pathOf({ constraints }, rolled, { names: inside }))).toEqual([])
    expect(reasonsOf(pathOf({ constraints }, { names: outside }, { names: inside }))).toEqual(['name-not-permitted'])
    expect(reasonsOf(pathOf({ constraints }, { names: inside }, rolled))).toEqual(['name-not-permitted'])
  })

  test('do not hold for the certificate that states them', () => {
    expect(reasonsOf(pathOf({}, { constraints: permitted(dns('sample.example')), names: outside }))).toEqual([])
  })

  test('leave other forms alone, and the form that they are about where there is no such name', () => {
    const constraints = permitted(dns('sample.example'))
    expect(reasonsOf(pathOf({ constraints }, { names: [{ kind: 'rfc822Name', value: 'a@other.example' }] }))).toEqual(
      [],
    )
    expect(reasonsOf(pathOf({ constraints }, {}))).toEqual([])
  })

  test('on a form that is not processed leave a name of that form open', () => {
    const base: GeneralName = { kind: 'registeredID', der: Uint8Array.of(0x88, 1, 42) }
    expect(reasonsOf(pathOf({ constraints: permitted(base) }, { names: [base] }))).toEqual(['name-constraints'])
    expect(reasonsOf(pathOf({ constraints: excluded(base) }, { names: [base] }))).toEqual(['name-constraints'])
    expect(reasonsOf(pathOf({ constraints: excluded(base) }, { names: inside }))).toEqual([])
  })

  test('with a minimum or maximum leave a name of their form open', () => {
    const subtree = { base: dns('sample.example'), isWhole: false }
    const constraints = { permitted: [], excluded: [subtree], hasEmptyList: false }
    expect(reasonsOf(pathOf({ constraints }, { names: outside }))).toEqual(['name-constraints'])
  })

  test('on mailboxes cover emailAddress in the subject, and leave an internationalized mailbox open', () => {
    const constraints = permitted({ kind: 'rfc822Name', value: 'sample.example' })
    const path = pathOf({ constraints }, {})
    const [target] = path.certificates
    if (target === undefined) throw new Error('no target')
    const withAddress = (address: string | null) => ({
      ...target,
      subject: { ...target.subject, emailAddresses: [address] },
    })
    expect(reasonsOf({ ...path, certificates: [withAddress('a@sample.example')] })).toEqual([])
    expect(reasonsOf({ ...path, certificates: [withAddress('a@other.example')] })).toEqual(['name-not-permitted'])
    expect(reasonsOf({ ...path, certificates: [withAddress(null)] })).toEqual(['name-constraints'])
    const der = Uint8Array.of(0xa0, 14, 6, 8, 0x2b, 6, 1, 5, 5, 7, 8, 9, 0xa0, 2, 0x0c, 0)
    expect(reasonsOf(pathOf({ constraints }, { names: [{ kind: 'otherName', der }] }))).toEqual(['name-constraints'])
  })

  test('on directory names are compared RDN by RDN from the first', () => {
    const name = (...values: string[]) =>
      ({ kind: 'directoryName', name: parseName(commonNames(...values), 'name') }) as const
    const match = (found: string[], base: string[]) => matchSubtree(name(...found), whole(name(...base)), 'permitted')
    expect(match(['A', 'B'], ['a '])).toBe('inside')
    expect(match(['A', 'B'], ['A', 'B'])).toBe('inside')
    expect(match(['A', 'B'], [])).toBe('inside')
    expect(match(['A', 'B'], ['B'])).toBe('outside')
    expect(match(['A'], ['A', 'B'])).toBe('outside')
    expect(match(['AB'], ['A'])).toBe('outside')
  })

  test('beyond the limit of comparisons could not be examined', () => {
    const side = Math.ceil(Math.sqrt(LIMITS.nameConstraintComparisons)) + 1
    const many = Array.from({ length: side }, (_, i) => dns(`n${i}.sample.example`))
    const others = Array.from({ length: side }, (_, i) => dns(`n${i}.other.example`))
    expect(reasonsOf(pathOf({ constraints: excluded(...many) }, { names: others }))).toEqual(['name-constraints-limit'])
    const few = others.slice(0, side >> 1)
    expect(reasonsOf(pathOf({ constraints: excluded(...many) }, { names: few }))).toEqual([])
  })

  test('that refuse a million names list some of them', () => {
    const names = Array.from({ length: 1000 }, (_, i) => dns(`n${i}.other.example`))
    const problems = problemsOfNames(pathOf({ constraints: permitted(dns('sample.example')) }, { names }))
    expect(problems).toHaveLength(LIMITS.problemsOfCertificate)
  })
})

describe('beside OpenSSL', () => {
  let pki: ReturnType<typeof opensslPki>
  let root: Issued
  const signers: Issued[] = []
  beforeAll(() => {
    pki = opensslPki()
    root = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
  })
  afterAll(() => pki.remove())

  const CONSTRAINTS = [
    'permitted;DNS:sample.example',
    'excluded;DNS:sample.example',
    'permitted;email:sample.example',
    'permitted;email:.sample.example',
    'permitted;email:a@sample.example',
    'excluded;email:sample.example',
    'permitted;URI:sample.example',
    'permitted;URI:.sample.example',
    'excluded;URI:.sample.example',
    'permitted;IP:10.0.0.0/255.0.0.0',
    'excluded;IP:10.1.0.0/255.255.0.0',
    'permitted;DNS:sample.example,excluded;DNS:secret.sample.example',
  ]
  const NAMES = [
    'DNS:sample.example',
    'DNS:a.sample.example',
    'DNS:secret.sample.example',
    'DNS:other.example',
    'DNS:xsample.example',
    'email:a@sample.example',
    'email:b@sample.example',
    'email:a@host.sample.example',
    'email:a@other.example',
    'URI:https://sample.example/x',
    'URI:https://host.sample.example:8443/x',
    'URI:https://other.example/sample.example',
    'IP:10.1.2.3',
    'IP:10.2.2.3',
    'IP:11.2.2.3',
    'DNS:sample.example,email:a@other.example',
  ]
  test.each(CONSTRAINTS)('%s has the same answer for every name', (constraint) => {
    const extensions = [...AUTHORITY, `nameConstraints=critical,${constraint}`]
    const authority = pki.issue({ subject: '/CN=Example Authority (sample)', issuer: root, extensions, key: root.key })
    const anchor = anchorFrom(parseCertificate(root.der))
    const above = parseCertificate(authority.der)
    const theirs: string[] = []
    const ours: string[] = []
    for (const [index, name] of NAMES.entries()) {
      // Of one name and key, so that each signer is below each authority.
      signers[index] ??= pki.issue({
        subject: '/CN=Example Signer (sample)',
        issuer: authority,
        extensions: [...SIGNER, `subjectAltName=${name}`],
        key: root.key,
      })
      const signer = signers[index]
      const files = ['-CAfile', root.certificate, '-untrusted', authority.certificate, signer.certificate]
      try {
        pki.openssl('verify', ...files)
        theirs.push(name)
      } catch {}
      const certificates = [parseCertificate(signer.der), above]
      if (problemsOfNames({ certificates, links: [LINK, LINK], anchor }).length === 0) ours.push(name)
    }
    expect(ours).toEqual(theirs)
    expect(ours.length).toBeGreaterThan(0)
    expect(ours.length).toBeLessThan(NAMES.length)
  })
})
