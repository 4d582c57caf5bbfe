import { extension } from '../../test-vectors/make/cms.ts'
import { ascii, type Der, explicit, oid, printable, sequence, set, tlv, utf8 } from '../../test-vectors/make/der.ts'
import { AUTHORITY, authority, directory, dns, ip, rfc822, SIGNER, uri } from './pki-certificates.ts'
import { p256Key } from './pki-keys.ts'
import {
  ANY_POLICY,
  alternativeNames,
  authorityUnder,
  bad,
  caWith,
  endUnder,
  endWith,
  good,
  inhibitAny,
  mappings,
  nameConstraints,
  policies,
  policyConstraints,
  policyOid,
  ROOT,
  type Subtrees,
} from './pki-path-base.ts'

/** Name constraints (RFC 5280 §4.2.1.10) and certificate policies (§6.1). */

const names = (...parts: readonly (readonly [string, string])[]): Der =>
  sequence(...parts.map(([id, text]) => set(sequence(oid(id), utf8(text)))))
const ORGANISATION = ['2.5.4.10', 'Example Office (sample)'] as const
const OFFICE = names(ORGANISATION)
const CLERK = names(ORGANISATION, ['2.5.4.3', 'Example Clerk (sample)'])
const STRANGER = names(['2.5.4.10', 'Example Other Office (sample)'], ['2.5.4.3', 'Example Clerk (sample)'])

/** A name of each form: within the subtree, and outside. */
const forms: readonly (readonly [string, Der, Der, Der])[] = [
  ['dns', dns('sample.example'), dns('www.sample.example'), dns('www.other.example')],
  ['dns-lookalike', dns('sample.example'), dns('sample.example'), dns('notsample.example')],
  ['mail-host', rfc822('sample.example'), rfc822('clerk@sample.example'), rfc822('clerk@www.sample.example')],
  ['mail-domain', rfc822('.sample.example'), rfc822('clerk@www.sample.example'), rfc822('clerk@sample.example')],
  ['mailbox', rfc822('clerk@sample.example'), rfc822('clerk@SAMPLE.example'), rfc822('other@sample.example')],
  ['uri-host', uri('sample.example'), uri('https://sample.example/x'), uri('https://www.sample.example/x')],
  ['uri-domain', uri('.sample.example'), uri('https://www.sample.example:8443/x'), uri('https://sample.example/x')],
  ['ip-4', ip(192, 0, 2, 0, 255, 255, 255, 0), ip(192, 0, 2, 77), ip(192, 0, 3, 77)],
  [
    'ip-6',
    ip(0x20, 1, 0x0d, 0xb8, ...Array(12).fill(0), 0xff, 0xff, 0xff, 0xff, ...Array(12).fill(0)),
    ip(0x20, 1, 0x0d, 0xb8, ...Array(11).fill(0), 1),
    ip(0x20, 1, 0x0d, 0xb9, ...Array(11).fill(0), 1),
  ],
  ['directory', directory(OFFICE), directory(CLERK), directory(STRANGER)],
]
const oddConstraint = caWith(nameConstraints({ permitted: [tlv(0xa0, dns('sample.example'))] }))
const constrainedBy = (subtrees: Subtrees) => caWith(nameConstraints(subtrees))
const EFFECT = 'accepting it would let an authority certify names that were kept from it'
for (const [form, base, inside, outside] of forms) {
  // Of a directory name the subject counts too.
  const subject = form === 'directory' ? { subject: CLERK } : {}
  const stranger = form === 'directory' ? { subject: STRANGER } : {}
  const permits = constrainedBy({ permitted: [base] })
  const excludes = constrainedBy({ excluded: [base] })
  const named = (ca: typeof permits, name: Der, more: object) =>
    endUnder(ca, { extensions: [...SIGNER, alternativeNames(name)], ...more })
  good(`${form}-permitted`, {
    mutation: `a name within the permitted subtree: ${form}`,
    why: 'RFC 5280 §4.2.1.10',
    end: named(permits, inside, subject),
    between: [permits],
  })
  bad(`${form}-not-permitted`, {
    base: `${form}-permitted`,
    mutation: `a name outside the permitted subtree: ${form}`,
    why: 'RFC 5280 §6.1.3 (b)',
    effect: EFFECT,
    end: named(permits, outside, subject),
    between: [permits],
    findings: ['path FAILED:name-not-permitted'],
  })
  good(`${form}-not-excluded`, {
    mutation: `a name outside the excluded subtree: ${form}`,
    why: 'RFC 5280 §4.2.1.10',
    end: named(excludes, outside, stranger),
    between: [excludes],
  })
  bad(`${form}-excluded`, {
    base: `${form}-not-excluded`,
    mutation: `a name within the excluded subtree: ${form}`,
    why: 'RFC 5280 §6.1.3 (c)',
    effect: EFFECT,
    end: named(excludes, inside, stranger),
    between: [excludes],
    findings: ['path FAILED:name-excluded'],
  })
}

const onlyMail = constrainedBy({ permitted: [rfc822('sample.example')] })
good('form-without-a-name', {
  mutation: 'the constraint is on mail addresses, the certificate has none',
  why: 'RFC 5280 §4.2.1.10: it applies when the form is there',
  end: endUnder(onlyMail),
  between: [onlyMail],
})
const mailInSubject = (host: string) =>
  sequence(set(sequence(oid('1.2.840.113549.1.9.1'), tlv(0x16, ascii(`clerk@${host}`)))))
good('mail-in-subject-permitted', {
  mutation: 'emailAddress in the subject, permitted',
  why: 'RFC 5280 §4.2.1.10',
  end: endUnder(onlyMail, { subject: mailInSubject('sample.example') }),
  between: [onlyMail],
})
bad('mail-in-subject-not-permitted', {
  base: 'mail-in-subject-permitted',
  mutation: 'emailAddress in the subject, outside',
  why: 'RFC 5280 §4.2.1.10',
  effect: EFFECT,
  end: endUnder(onlyMail, { subject: mailInSubject('other.example') }),
  between: [onlyMail],
  findings: ['path FAILED:name-not-permitted'],
})
const onlyOffice = constrainedBy({ permitted: [directory(OFFICE)] })
bad('subject-not-permitted', {
  base: 'directory-permitted',
  mutation: 'the subject lies outside the permitted directory names',
  why: 'RFC 5280 §6.1.3 (b)',
  effect: EFFECT,
  end: endUnder(onlyOffice),
  between: [onlyOffice],
  findings: ['path FAILED:name-not-permitted'],
})
bad('second-name-not-permitted', {
  base: 'dns-permitted',
  mutation: 'one name within, another outside the permitted subtree',
  why: 'RFC 5280 §6.1.3 (b): each name',
  effect: EFFECT,
  end: endWith(
    constrainedBy({ permitted: [dns('sample.example')] }),
    alternativeNames(dns('www.sample.example'), dns('www.other.example')),
  ),
  between: [constrainedBy({ permitted: [dns('sample.example')] })],
  findings: ['path FAILED:name-not-permitted'],
})
const upper = constrainedBy({ permitted: [dns('sample.example')] })
const widened = authority('Example Path Lower Authority', {
  issuer: upper,
  extensions: [...AUTHORITY, nameConstraints({ permitted: [dns('other.example')] })],
})
bad('subtrees-are-intersected', {
  base: 'dns-permitted',
  mutation: 'an authority below permits what the one above does not',
  why: 'RFC 5280 §6.1.4 (g) (1): the intersection',
  effect: EFFECT,
  end: endWith(widened, alternativeNames(dns('www.other.example'))),
  between: [widened, upper],
  findings: ['path FAILED:name-not-permitted'],
})
const both = constrainedBy({ permitted: [dns('sample.example')], excluded: [dns('secret.sample.example')] })
bad('excluded-within-permitted', {
  base: 'dns-permitted',
  mutation: 'excluded within what is permitted',
  why: 'RFC 5280 §4.2.1.10: excluded wins',
  effect: EFFECT,
  end: endWith(both, alternativeNames(dns('www.secret.sample.example'))),
  between: [both],
  findings: ['path FAILED:name-excluded'],
})
const constrainedRoot = authority('Example Path Root', {
  extensions: [...AUTHORITY, nameConstraints({ permitted: [dns('sample.example')] })],
})
const plain = authorityUnder(constrainedRoot)
bad('constraint-of-the-root', {
  base: 'dns-permitted',
  mutation: 'the constraint stands in the root',
  why: 'RFC 5937 §4: the anchor’s own constraints',
  effect: EFFECT,
  end: endWith(plain, alternativeNames(dns('www.other.example'))),
  between: [plain],
  root: constrainedRoot,
  findings: ['path FAILED:name-not-permitted'],
})
const emptyList = (permitted: readonly Der[]) => caWith(extension('2.5.29.30', sequence(...permitted, tlv(0xa1)), true))
const permittedDns = tlv(0xa0, sequence(dns('sample.example')))
good('constraints-empty-exclusion', {
  mutation: 'name constraints with an empty list of what is excluded',
  why: 'RFC 5280 §4.2.1.10 wants no empty list; authorities in use write it, and it excludes nothing',
  end: endWith(emptyList([permittedDns]), alternativeNames(dns('www.sample.example'))),
  between: [emptyList([permittedDns])],
})
bad('constraints-empty-exclusion-not-permitted', {
  base: 'constraints-empty-exclusion',
  mutation: 'a name outside what is permitted beside it',
  why: 'RFC 5280 §6.1.3 (b)',
  effect: EFFECT,
  end: endWith(emptyList([permittedDns]), alternativeNames(dns('www.other.example'))),
  between: [emptyList([permittedDns])],
  findings: ['path FAILED:name-not-permitted'],
})
bad('constraints-empty-exclusion-profile', {
  base: 'constraints-empty-exclusion',
  mutation: 'the policy asks for the profile of RFC 5280 §4',
  why: 'RFC 5280 §4.2.1.10: no empty list of subtrees',
  effect: 'accepting it would pass over what the policy asks for',
  end: endWith(emptyList([permittedDns]), alternativeNames(dns('www.sample.example'))),
  between: [emptyList([permittedDns])],
  paths: { certificateProfile: 'required' },
  findings: ['path INDETERMINATE:profile'],
})
bad('constraints-otherName-without-type', {
  base: 'dns-permitted',
  mutation: 'an otherName constraint that has a host name in the place of its type',
  why: 'RFC 5280 §4.2.1.6, §4.2: a constraint that does not read is none that is kept',
  effect: EFFECT,
  end: endWith(oddConstraint, alternativeNames(dns('www.other.example'))),
  between: [oddConstraint],
  findings: ['path FAILED:malformed-extension'],
})
const notCritical = caWith(nameConstraints({ permitted: [dns('sample.example')] }, false))
bad('constraint-not-critical', {
  base: 'dns-permitted',
  mutation: 'nameConstraints is not critical',
  why: 'RFC 5280 §6.1.4 (g) knows no criticality',
  effect: EFFECT,
  end: endWith(notCritical, alternativeNames(dns('www.other.example'))),
  between: [notCritical],
  findings: ['path FAILED:name-not-permitted'],
})
bad('wildcard-over-excluded', {
  base: 'dns-not-excluded',
  mutation: 'a wildcard that may match an excluded name',
  why: 'RFC 5280 §4.2.1.10 with RFC 6125 §6.4.3',
  effect: EFFECT,
  end: endWith(constrainedBy({ excluded: [dns('www.sample.example')] }), alternativeNames(dns('*.sample.example'))),
  between: [constrainedBy({ excluded: [dns('www.sample.example')] })],
  findings: ['path FAILED:name-excluded'],
})
for (const [name, mutation, why, base, found] of [
  [
    'wildcard-above-excluded',
    'a wildcard two labels above an excluded name',
    'RFC 6125 §6.4.3: it stands for one label; older readers took it for more',
    dns('www.office.sample.example'),
    dns('*.sample.example'),
  ],
  [
    'dns-excluded-leading-dot',
    'the name behind the leading dot of what is excluded',
    'RFC 5280 §4.2.1.10 knows no leading dot for host names; it is in use with two meanings',
    dns('.sample.example'),
    dns('sample.example'),
  ],
  [
    'mail-excluded-in-another-case',
    'the excluded mailbox with a capital',
    'RFC 5280 §7.5: the local part is compared as it is written; hosts deliver without case',
    rfc822('clerk@sample.example'),
    rfc822('Clerk@sample.example'),
  ],
] as const) {
  bad(name, {
    base: 'dns-not-excluded',
    mutation,
    why,
    effect: EFFECT,
    end: endWith(constrainedBy({ excluded: [base] }), alternativeNames(found)),
    between: [constrainedBy({ excluded: [base] })],
    findings: ['path INDETERMINATE:name-constraints'],
  })
}
bad('uri-without-host', {
  base: 'uri-host-permitted',
  mutation: 'a URI without a host under a constraint on hosts',
  why: 'RFC 5280 §4.2.1.10: MUST reject',
  effect: EFFECT,
  end: endWith(constrainedBy({ permitted: [uri('sample.example')] }), alternativeNames(uri('urn:example:a'))),
  between: [constrainedBy({ permitted: [uri('sample.example')] })],
  findings: ['path FAILED:name-not-permitted'],
})
const maskless = constrainedBy({ permitted: [ip(192, 0, 2, 0, 255, 0, 255, 0)] })
bad('ip-mask-with-a-gap', {
  base: 'ip-4-permitted',
  mutation: 'a mask of ones, zeros and ones',
  why: 'RFC 5280 §4.2.1.10 with RFC 4632: what it permits is not known',
  effect: EFFECT,
  end: endWith(maskless, alternativeNames(ip(192, 0, 2, 77))),
  between: [maskless],
  findings: ['path INDETERMINATE:name-constraints'],
})
const distant = (...distance: readonly Der[]) =>
  caWith(extension('2.5.29.30', sequence(tlv(0xa0, sequence(dns('sample.example'), ...distance))), true))
for (const [name, mutation, distance] of [
  ['constraint-minimum-1', 'a subtree with a minimum of 1', tlv(0x80, Uint8Array.of(1))],
  ['constraint-maximum-0', 'a subtree with a maximum of 0', tlv(0x81, Uint8Array.of(0))],
] as const) {
  bad(name, {
    base: 'dns-permitted',
    mutation,
    why: 'RFC 5280 §4.2.1.10: minimum is 0 and maximum absent; what else it permits is not known',
    effect: EFFECT,
    end: endWith(distant(distance), alternativeNames(dns('www.sample.example'))),
    between: [distant(distance)],
    findings: ['path INDETERMINATE:name-constraints'],
  })
}
const otherName = (id: string): Der => tlv(0xa0, oid(id), explicit(0, utf8('anything')))
const unprocessed = constrainedBy({ permitted: [otherName('2.999.7')] })
bad('other-name-constrained', {
  base: 'dns-permitted',
  mutation: 'a constraint on otherName, and a name of that form',
  why: 'RFC 5280 §4.2.1.10: process it, or reject',
  effect: EFFECT,
  end: endWith(unprocessed, alternativeNames(otherName('2.999.7'))),
  between: [unprocessed],
  findings: ['path INDETERMINATE:name-constraints'],
})
good('other-name-without-a-name', {
  mutation: 'a constraint on otherName, and no name of that form',
  why: 'RFC 5280 §4.2.1.10: it applies when the form is there',
  end: endUnder(unprocessed),
  between: [unprocessed],
})
const selfIssuedBelow = authority('Example Path Authority', {
  issuer: onlyOffice,
  key: p256Key('a new key of the constrained authority'),
})
good('self-issued-is-exempt', {
  mutation: 'a self-issued authority whose name is outside what it permits',
  why: 'RFC 5280 §6.1.3 (b): self-issued and not the last',
  end: endUnder(selfIssuedBelow, { subject: CLERK }),
  between: [selfIssuedBelow, onlyOffice],
})
const subordinate = authority('Example Path Lower Authority', { issuer: onlyOffice })
bad('authority-name-not-permitted', {
  base: 'self-issued-is-exempt',
  mutation: 'an authority below has a name outside what is permitted',
  why: 'RFC 5280 §6.1.3 (b): every certificate',
  effect: EFFECT,
  end: endUnder(subordinate, { subject: CLERK }),
  between: [subordinate, onlyOffice],
  findings: ['path FAILED:name-not-permitted'],
})

const printableUpper = sequence(
  set(sequence(oid('2.5.4.10'), printable('EXAMPLE  OFFICE (SAMPLE)'))),
  set(sequence(oid('2.5.4.3'), utf8('Example Clerk (sample)'))),
)
const noOffice = constrainedBy({ excluded: [directory(OFFICE)] })
bad('directory-excluded-in-another-encoding', {
  base: 'directory-not-excluded',
  mutation: 'the excluded name in capitals, with two spaces, as PrintableString',
  why: 'RFC 5280 §7.1: the same name',
  effect: EFFECT,
  end: endUnder(noOffice, { subject: printableUpper }),
  between: [noOffice],
  findings: ['path FAILED:name-excluded'],
})
const noHost = constrainedBy({ excluded: [dns('sample.example')] })
for (const [name, mutation, value, findings] of [
  ['dns-excluded-in-capitals', 'the excluded host in capitals', 'WWW.SAMPLE.EXAMPLE', ['path FAILED:name-excluded']],
  [
    'dns-excluded-with-a-last-dot',
    'the excluded host with a dot at its end',
    'www.sample.example.',
    ['path INDETERMINATE:name-constraints'],
  ],
  [
    'dns-excluded-behind-nul',
    'a NUL behind the excluded host',
    'www.sample.example\0.other.example',
    ['path INDETERMINATE:name-constraints'],
  ],
] as const) {
  bad(name, {
    base: 'dns-not-excluded',
    mutation,
    why: 'RFC 5280 §4.2.1.10: what may be the excluded name is not free of it',
    effect: EFFECT,
    end: endWith(noHost, alternativeNames(dns(value))),
    between: [noHost],
    findings,
  })
}
const noMail = constrainedBy({ excluded: [rfc822('sample.example')] })
bad('mail-excluded-in-subject-as-utf8', {
  base: 'mail-host-not-excluded',
  mutation: 'emailAddress of the excluded host in the subject, as UTF8String, in capitals',
  why: 'RFC 5280 §4.2.1.10: the attribute counts, whatever its type of string',
  effect: EFFECT,
  end: endUnder(noMail, {
    subject: sequence(set(sequence(oid('1.2.840.113549.1.9.1'), utf8('clerk@SAMPLE.example')))),
  }),
  between: [noMail],
  findings: ['path FAILED:name-excluded'],
})
const noUri = constrainedBy({ excluded: [uri('other.example')] })
bad('uri-excluded-behind-user', {
  base: 'uri-host-not-excluded',
  mutation: 'the excluded host stands behind user information that looks like a host',
  why: 'RFC 3986 §3.2: the host is what follows @',
  effect: EFFECT,
  end: endWith(noUri, alternativeNames(uri('https://sample.example@other.example/'))),
  between: [noUri],
  findings: ['path FAILED:name-excluded'],
})
bad('uri-with-backslash', {
  base: 'uri-host-permitted',
  mutation: 'a backslash before @: one reader sees the host before it, another the one behind',
  why: 'RFC 3986 §2: no character of a URI, so that its host is not known',
  effect: EFFECT,
  end: endWith(
    constrainedBy({ permitted: [uri('sample.example')] }),
    alternativeNames(uri('https://other.example\\@sample.example/')),
  ),
  between: [constrainedBy({ permitted: [uri('sample.example')] })],
  findings: ['path FAILED:name-not-permitted'],
})

// Policies
const [ONE, TWO, THREE] = [policyOid(1), policyOid(2), policyOid(3)]
const NEEDED = { initialExplicitPolicy: true }
const POLICY = 'accepting it would count a certificate under a policy that it was not issued under'
const caOne = caWith(policies(ONE))
const explicitCa = caWith(policies(ONE), policyConstraints(0))
const anyCa = caWith(policies(ANY_POLICY))
const mappedCa = caWith(policies(ONE), mappings([ONE, TWO]))
good('policy-in-both', {
  mutation: 'a policy is required, and in both certificates',
  why: 'RFC 5280 §6.1.5 (g)',
  end: endWith(caOne, policies(ONE)),
  between: [caOne],
  paths: NEEDED,
})
good('policy-not-required', {
  mutation: 'different policies, none required',
  why: 'RFC 5280 §6.1.5 (g)',
  end: endWith(caOne, policies(TWO)),
  between: [caOne],
})
good('policy-any-above', {
  mutation: 'anyPolicy above a policy',
  why: 'RFC 5280 §6.1.3 (d) (1) (ii)',
  end: endWith(anyCa, policies(ONE)),
  between: [anyCa],
  paths: { ...NEEDED, userInitialPolicySet: [ONE] },
})
good('policy-mapped', {
  mutation: 'the policy is mapped to the one below',
  why: 'RFC 5280 §6.1.4 (b)',
  end: endWith(mappedCa, policies(TWO)),
  between: [mappedCa],
  paths: { ...NEEDED, userInitialPolicySet: [ONE] },
})
good('policy-required-by-the-authority', {
  mutation: 'the authority requires a policy, and it is there',
  why: 'RFC 5280 §4.2.1.11',
  end: endWith(explicitCa, policies(ONE)),
  between: [explicitCa],
})
const required = ['path FAILED:policy-required']
const wrong: readonly (readonly [
  string,
  string,
  string,
  string,
  Parameters<typeof bad>[1]['end'],
  ReturnType<typeof caWith>,
  Parameters<typeof bad>[1]['paths'],
])[] = [
  [
    'policy-absent',
    'policy-in-both',
    'a policy is required, the end has none',
    'RFC 5280 §6.1.3 (f)',
    endUnder(caOne),
    caOne,
    NEEDED,
  ],
  [
    'policy-differs',
    'policy-in-both',
    'a policy is required, the end has another',
    'RFC 5280 §6.1.3 (f)',
    endWith(caOne, policies(TWO)),
    caOne,
    NEEDED,
  ],
  [
    'policy-not-accepted',
    'policy-in-both',
    'the verifier accepts another policy alone',
    'RFC 5280 §6.1.5 (g)',
    endWith(caOne, policies(ONE)),
    caOne,
    { ...NEEDED, userInitialPolicySet: [THREE] },
  ],
  [
    'policy-required-by-the-authority-absent',
    'policy-required-by-the-authority',
    'the authority requires a policy, the end has none',
    'RFC 5280 §4.2.1.11',
    endUnder(explicitCa),
    explicitCa,
    {},
  ],
  [
    'policy-required-by-the-end',
    'policy-not-required',
    'the end itself requires a policy that its authority has not',
    'RFC 5280 §6.1.5 (b)',
    endWith(caOne, policies(TWO), policyConstraints(0)),
    caOne,
    {},
  ],
  [
    'policy-mapping-inhibited',
    'policy-mapped',
    'the verifier inhibits mapping',
    'RFC 5280 §6.1.4 (b) (2)',
    endWith(mappedCa, policies(TWO)),
    mappedCa,
    { ...NEEDED, initialPolicyMappingInhibit: true },
  ],
  [
    'policy-mapped-away',
    'policy-mapped',
    'the policy is mapped to another, the end has the first',
    'RFC 5280 §6.1.4 (b) (1)',
    endWith(mappedCa, policies(ONE)),
    mappedCa,
    NEEDED,
  ],
  [
    'policy-any-inhibited',
    'policy-any-above',
    'the verifier inhibits anyPolicy',
    'RFC 5280 §6.1.3 (d) (2)',
    endWith(anyCa, policies(ONE)),
    anyCa,
    { ...NEEDED, initialAnyPolicyInhibit: true },
  ],
]
for (const [name, base, mutation, why, end, ca, options] of wrong) {
  bad(name, {
    base,
    mutation,
    why,
    effect: POLICY,
    end,
    between: [ca],
    ...(options === undefined ? {} : { paths: options }),
    findings: required,
  })
}
const inhibiting = caWith(policies(ONE), inhibitAny(0))
bad('policy-any-inhibited-by-the-authority', {
  base: 'policy-in-both',
  mutation: 'inhibitAnyPolicy 0 above anyPolicy in the end',
  why: 'RFC 5280 §4.2.1.14',
  effect: POLICY,
  end: endWith(inhibiting, policies(ANY_POLICY)),
  between: [inhibiting],
  paths: NEEDED,
  findings: required,
})
const mapsAny = caWith(policies(ANY_POLICY), mappings([ANY_POLICY, TWO]))
bad('policy-any-mapped', {
  base: 'policy-mapped',
  mutation: 'anyPolicy is mapped',
  why: 'RFC 5280 §6.1.4 (a)',
  effect: POLICY,
  end: endWith(mapsAny, policies(TWO)),
  between: [mapsAny],
  findings: ['path FAILED:policy-mapping'],
})
const noMapping = authorityUnder(ROOT, { extensions: [...AUTHORITY, policies(ONE), policyConstraints(0, 0)] })
const mapsBelow = authority('Example Path Lower Authority', {
  issuer: noMapping,
  extensions: [...AUTHORITY, policies(ONE), mappings([ONE, TWO])],
})
bad('policy-mapping-inhibited-by-the-authority', {
  base: 'policy-mapped',
  mutation: 'an authority above inhibits the mapping',
  why: 'RFC 5280 §4.2.1.11',
  effect: POLICY,
  end: endWith(mapsBelow, policies(TWO)),
  between: [mapsBelow, noMapping],
  findings: required,
})
