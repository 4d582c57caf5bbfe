import type { Axis, SpecRef } from '../model/finding.ts'

interface CatalogueEntry {
  readonly id: string
  readonly axis: Axis
  readonly spec: SpecRef
  /** Every answer it can give: `value`, or `value:reason`. Each has its sentence in the message catalogue. */
  readonly outcomes?: readonly string[]
}

const bagit = (section: string): SpecRef => ({ document: 'RFC 8493', section })
const bundle = (section: string): SpecRef => ({ document: 'Probatum bundle 1', section })
const cms = (section: string): SpecRef => ({ document: 'RFC 5652', section })
const tsp = (section: string): SpecRef => ({ document: 'RFC 3161', section })
const pkix = (section: string): SpecRef => ({ document: 'RFC 5280', section })
const etsi = (section: string): SpecRef => ({ document: 'ETSI EN 319 102-1', section })

/** What can be said of one candidate path. The first problem gives the reason; the evidence has all. */
const PATH_CANDIDATE_OUTCOMES = [
  'PASSED',
  'PASSED:end-entity-anchor',
  'FAILED:signature',
  'FAILED:expired',
  'FAILED:not-yet-valid',
  'FAILED:not-a-ca',
  'FAILED:path-length',
  'FAILED:key-usage',
  'FAILED:version',
  'FAILED:algorithms-disagree',
  'FAILED:repeated-extension',
  'FAILED:malformed-extension',
  'FAILED:extended-key-usage',
  'FAILED:anchor-not-a-ca',
  'INDETERMINATE:signature-unsupported',
  'INDETERMINATE:unknown-critical-extension',
  'INDETERMINATE:name-constraints',
  'INDETERMINATE:policy-constraints',
  'INDETERMINATE:weak-algorithm',
  'INDETERMINATE:anchor-interval',
  'INDETERMINATE:anchor-validity',
] as const
/** The conclusion about a certificate from all its candidate paths. */
const PATH_OUTCOMES = [
  'PASSED',
  'PASSED:end-entity-anchor',
  'INDETERMINATE:no-trust-set',
  'INDETERMINATE:trust-set-inside',
  'INDETERMINATE:issuer-missing',
  'INDETERMINATE:anchor-missing',
  'INDETERMINATE:same-name-other-key',
  'INDETERMINATE:other-role',
  'INDETERMINATE:set-older',
  'INDETERMINATE:none-holds',
  'INDETERMINATE:anchor-interval',
  'INDETERMINATE:limit',
  'INDETERMINATE:certificate-missing',
] as const

/** Every check there is, in the order in which findings are reported. The only list. */
export const CATALOGUE = [
  // The bytes
  { id: 'payload.digest', axis: 'bytes', spec: bagit('3') },
  { id: 'payload.coverage', axis: 'bytes', spec: bagit('2.4') },
  { id: 'payload.readable', axis: 'bytes', spec: bundle('7.3') },
  { id: 'payload.container-agrees', axis: 'bytes', spec: bundle('7.3') },
  { id: 'tag.digest', axis: 'bytes', spec: bagit('3') },
  { id: 'manifest.algorithm', axis: 'bytes', spec: bagit('2.4') },
  // Completeness
  { id: 'bag.declaration', axis: 'completeness', spec: bagit('2.1.1') },
  { id: 'bag.version', axis: 'completeness', spec: bagit('2.1.1') },
  { id: 'bag.info', axis: 'completeness', spec: bagit('2.2.2') },
  { id: 'bag.fetch', axis: 'completeness', spec: bagit('2.2.3') },
  { id: 'bag.part', axis: 'completeness', spec: bagit('2.2.2') },
  { id: 'payload.oxum', axis: 'completeness', spec: bagit('2.2.2') },
  { id: 'payload.present', axis: 'completeness', spec: bagit('3') },
  { id: 'payload.listed', axis: 'completeness', spec: bagit('3') },
  { id: 'payload.not-empty', axis: 'completeness', spec: bundle('7.3') },
  { id: 'manifest.present', axis: 'completeness', spec: bagit('2.1.3') },
  { id: 'manifest.syntax', axis: 'completeness', spec: bagit('2.1.3') },
  { id: 'manifest.unique', axis: 'completeness', spec: bagit('2.1.3') },
  { id: 'path.safe', axis: 'completeness', spec: bagit('5') },
  { id: 'path.collision', axis: 'completeness', spec: bagit('5') },
  { id: 'tag.present', axis: 'completeness', spec: bagit('3') },
  { id: 'tag.listed', axis: 'completeness', spec: bundle('7.4') },
  { id: 'file.regular', axis: 'completeness', spec: bundle('7.2') },
  { id: 'file.leftover', axis: 'completeness', spec: bundle('7.2') },
  {
    id: 'bundle.format',
    axis: 'completeness',
    spec: bundle('3'),
    outcomes: [
      'PASSED',
      'FAILED:profile-differs',
      'INDETERMINATE:unknown-version',
      'INDETERMINATE:unknown-member',
      'INDETERMINATE:not-named',
      'INDETERMINATE:profile-missing',
    ],
  },
  {
    id: 'bundle.layout',
    axis: 'completeness',
    spec: bundle('2'),
    outcomes: ['PASSED', 'INDETERMINATE:missing', 'INDETERMINATE:no-place', 'NOT-CHECKED:unknown-format'],
  },
  {
    id: 'bundle.record',
    axis: 'completeness',
    spec: bundle('4'),
    outcomes: [
      'PASSED',
      'FAILED:contradiction',
      'INDETERMINATE:malformed',
      'INDETERMINATE:missing',
      'INDETERMINATE:unreadable',
      'INDETERMINATE:limit',
      'NOT-CHECKED:unknown-format',
    ],
  },
  {
    id: 'bundle.items',
    axis: 'completeness',
    spec: bundle('5.3'),
    outcomes: [
      'PASSED',
      'FAILED:count-differs',
      'INDETERMINATE:malformed',
      'INDETERMINATE:missing',
      'INDETERMINATE:unreadable',
      'INDETERMINATE:limit',
      'INDETERMINATE:count-unknown',
      'NOT-CHECKED:unknown-format',
    ],
  },
  {
    id: 'bundle.verify-text',
    axis: 'completeness',
    spec: bundle('2.4'),
    outcomes: [
      'PASSED',
      'INDETERMINATE:not-published',
      'INDETERMINATE:missing',
      'INDETERMINATE:unreadable',
      'INDETERMINATE:limit',
      'NOT-CHECKED:unknown-format',
    ],
  },
  {
    id: 'seal.declared',
    axis: 'completeness',
    spec: bundle('6'),
    outcomes: [
      'PASSED',
      'INDETERMINATE:missing',
      'INDETERMINATE:not-declared',
      'INDETERMINATE:declaration-unreadable',
      'NOT-CHECKED:unknown-format',
    ],
  },
  {
    id: 'seal.undeclared',
    axis: 'completeness',
    spec: bundle('6'),
    outcomes: [
      'PASSED',
      'INDETERMINATE:undeclared',
      'INDETERMINATE:later-level',
      'INDETERMINATE:limit',
      'NOT-CHECKED:declaration-unreadable',
      'NOT-CHECKED:unknown-format',
    ],
  },
  // Who sealed it
  {
    id: 'signature.present',
    axis: 'signer',
    spec: bundle('6'),
    outcomes: ['PASSED', 'INDETERMINATE:declared-missing', 'INDETERMINATE:none', 'NOT-CHECKED:none'],
  },
  {
    id: 'signature.structure',
    axis: 'signer',
    spec: cms('5.1'),
    outcomes: [
      'PASSED',
      'FAILED:malformed',
      'INDETERMINATE:limit',
      'INDETERMINATE:version',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'signature.signer-info',
    axis: 'signer',
    spec: cms('5.3'),
    outcomes: ['PASSED', 'INDETERMINATE:none', 'INDETERMINATE:version', 'INDETERMINATE:digest-not-announced'],
  },
  {
    id: 'signature.content',
    axis: 'signer',
    spec: cms('5.2'),
    outcomes: [
      'PASSED',
      'PASSED:attached',
      'FAILED:differs',
      'FAILED:not-a-tag-manifest',
      'FAILED:attributes',
      'INDETERMINATE:content-missing',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'signature.signed-attributes',
    axis: 'signer',
    spec: cms('5.3'),
    outcomes: [
      'PASSED',
      'FAILED:absent',
      'FAILED:not-der',
      'FAILED:irregular',
      'INDETERMINATE:absent',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'signature.content-type',
    axis: 'signer',
    spec: cms('11.1'),
    outcomes: [
      'PASSED',
      'FAILED:differs',
      'FAILED:absent',
      'INDETERMINATE:unexpected-type',
      'NOT-CHECKED:attributes-absent',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'signature.message-digest',
    axis: 'signer',
    spec: cms('11.2'),
    outcomes: [
      'PASSED',
      'FAILED:differs',
      'FAILED:absent',
      'INDETERMINATE:unsupported',
      'INDETERMINATE:content-missing',
      'NOT-CHECKED:attributes-absent',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'signature.algorithm',
    axis: 'signer',
    spec: etsi('5.2.8'),
    outcomes: [
      'PASSED',
      'PASSED:digests-differ',
      'INDETERMINATE:unsupported',
      'INDETERMINATE:weak',
      'INDETERMINATE:ended',
      'INDETERMINATE:certificate-missing',
    ],
  },
  {
    id: 'signature.signing-certificate',
    axis: 'signer',
    spec: { document: 'RFC 5035', section: '3' },
    outcomes: [
      'PASSED',
      'PASSED:not-first',
      'FAILED:other-certificate',
      'FAILED:issuer-serial',
      'FAILED:malformed',
      'INDETERMINATE:absent',
      'INDETERMINATE:unsupported',
      'INDETERMINATE:certificate-missing',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'signature.value',
    axis: 'signer',
    spec: cms('5.6'),
    outcomes: [
      'PASSED',
      'FAILED:invalid',
      'INDETERMINATE:unsupported',
      'INDETERMINATE:not-tried',
      'INDETERMINATE:certificate-missing',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'signature.declared-signer',
    axis: 'signer',
    spec: bundle('6'),
    outcomes: [
      'PASSED',
      'FAILED:other-signer',
      'INDETERMINATE:additional-signer',
      'INDETERMINATE:not-established',
      'INDETERMINATE:record-missing',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'signer.key-usage',
    axis: 'signer',
    spec: pkix('4.2.1.3'),
    outcomes: [
      'PASSED',
      'PASSED:unrestricted',
      'FAILED:key-usage',
      'INDETERMINATE:ca-certificate',
      'INDETERMINATE:extended-key-usage',
      'INDETERMINATE:certificate-missing',
      'INDETERMINATE:undeclared',
    ],
  },
  { id: 'signer.path-candidate', axis: 'signer', spec: pkix('6.1'), outcomes: PATH_CANDIDATE_OUTCOMES },
  { id: 'signer.path', axis: 'signer', spec: pkix('6.1'), outcomes: PATH_OUTCOMES },
  {
    id: 'signer.validity',
    axis: 'signer',
    spec: pkix('6.1.3'),
    outcomes: ['PASSED', 'INDETERMINATE:not-yet-valid', 'INDETERMINATE:expired', 'INDETERMINATE:certificate-missing'],
  },
  {
    id: 'signer.revocation',
    axis: 'signer',
    spec: pkix('6.3'),
    outcomes: ['NOT-CHECKED:not-asked', 'NOT-CHECKED:no-data', 'INDETERMINATE:not-examined'],
  },
  // Since when
  {
    id: 'timestamp.present',
    axis: 'time',
    spec: bundle('6'),
    outcomes: ['PASSED', 'INDETERMINATE:none', 'NOT-CHECKED:none'],
  },
  {
    id: 'timestamp.structure',
    axis: 'time',
    spec: tsp('2.4.2'),
    outcomes: [
      'PASSED',
      'FAILED:malformed',
      'INDETERMINATE:limit',
      'INDETERMINATE:version',
      'INDETERMINATE:refused',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'timestamp.status',
    axis: 'time',
    spec: tsp('2.4.2'),
    outcomes: [
      'PASSED',
      'PASSED:bare-token',
      'FAILED:refused-with-token',
      'INDETERMINATE:refused',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'timestamp.message-imprint',
    axis: 'time',
    spec: tsp('2.4.2'),
    outcomes: ['PASSED', 'FAILED:differs', 'INDETERMINATE:unsupported', 'INDETERMINATE:undeclared'],
  },
  {
    id: 'timestamp.signer-info',
    axis: 'time',
    spec: tsp('2.4.2'),
    outcomes: [
      'PASSED',
      'FAILED:none',
      'FAILED:several',
      'INDETERMINATE:version',
      'INDETERMINATE:digest-not-announced',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'timestamp.signed-attributes',
    axis: 'time',
    spec: cms('5.3'),
    outcomes: ['PASSED', 'FAILED:absent', 'FAILED:not-der', 'FAILED:irregular', 'INDETERMINATE:undeclared'],
  },
  {
    id: 'timestamp.content-type',
    axis: 'time',
    spec: cms('11.1'),
    outcomes: [
      'PASSED',
      'FAILED:differs',
      'FAILED:absent',
      'NOT-CHECKED:attributes-absent',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'timestamp.message-digest',
    axis: 'time',
    spec: cms('11.2'),
    outcomes: [
      'PASSED',
      'FAILED:differs',
      'FAILED:absent',
      'INDETERMINATE:unsupported',
      'NOT-CHECKED:attributes-absent',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'timestamp.algorithm',
    axis: 'time',
    spec: etsi('5.2.8'),
    outcomes: [
      'PASSED',
      'PASSED:digests-differ',
      'INDETERMINATE:unsupported',
      'INDETERMINATE:weak',
      'INDETERMINATE:ended',
      'INDETERMINATE:certificate-missing',
    ],
  },
  {
    id: 'timestamp.signing-certificate',
    axis: 'time',
    spec: { document: 'RFC 5816', section: '2.2' },
    outcomes: [
      'PASSED',
      'PASSED:not-first',
      'FAILED:absent',
      'FAILED:other-certificate',
      'FAILED:issuer-serial',
      'FAILED:malformed',
      'INDETERMINATE:unsupported',
      'INDETERMINATE:certificate-missing',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'timestamp.signature',
    axis: 'time',
    spec: cms('5.6'),
    outcomes: [
      'PASSED',
      'FAILED:invalid',
      'INDETERMINATE:unsupported',
      'INDETERMINATE:not-tried',
      'INDETERMINATE:certificate-missing',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'timestamp.extensions',
    axis: 'time',
    spec: tsp('2.4.2'),
    outcomes: ['PASSED', 'INDETERMINATE:unknown-critical'],
  },
  {
    id: 'timestamp.tsa-name',
    axis: 'time',
    spec: tsp('2.4.2'),
    outcomes: [
      'PASSED',
      'PASSED:absent',
      'FAILED:other-name',
      'INDETERMINATE:certificate-missing',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'timestamp.extended-key-usage',
    axis: 'time',
    spec: tsp('2.3'),
    outcomes: [
      'PASSED',
      'FAILED:absent',
      'FAILED:not-critical',
      'FAILED:other-purpose',
      'FAILED:additional-purpose',
      'INDETERMINATE:certificate-missing',
      'INDETERMINATE:undeclared',
    ],
  },
  {
    id: 'timestamp.key-usage',
    axis: 'time',
    spec: pkix('4.2.1.3'),
    outcomes: [
      'PASSED',
      'PASSED:unrestricted',
      'FAILED:key-usage',
      'INDETERMINATE:ca-certificate',
      'INDETERMINATE:additional-usage',
      'INDETERMINATE:certificate-missing',
      'INDETERMINATE:undeclared',
    ],
  },
  { id: 'timestamp.path-candidate', axis: 'time', spec: pkix('6.1'), outcomes: PATH_CANDIDATE_OUTCOMES },
  { id: 'timestamp.path', axis: 'time', spec: pkix('6.1'), outcomes: PATH_OUTCOMES },
  {
    id: 'timestamp.validity',
    axis: 'time',
    spec: pkix('6.1.3'),
    outcomes: ['PASSED', 'INDETERMINATE:not-yet-valid', 'INDETERMINATE:expired', 'INDETERMINATE:certificate-missing'],
  },
  {
    id: 'timestamp.revocation',
    axis: 'time',
    spec: pkix('6.3'),
    outcomes: ['NOT-CHECKED:not-asked', 'NOT-CHECKED:no-data', 'INDETERMINATE:not-examined'],
  },
  { id: 'timestamp.gen-time', axis: 'time', spec: tsp('2.4.2'), outcomes: ['PASSED', 'INDETERMINATE:in-future'] },
  {
    id: 'timestamp.believed',
    axis: 'time',
    spec: etsi('5.6'),
    outcomes: [
      'PASSED',
      'PASSED:renewed',
      'INDETERMINATE:expired',
      'INDETERMINATE:path-ended',
      'INDETERMINATE:algorithm-ended',
      'INDETERMINATE:no-path',
      'INDETERMINATE:in-future',
      'INDETERMINATE:certificate-missing',
    ],
  },
  {
    id: 'timestamp.declared-authority',
    axis: 'time',
    spec: bundle('6'),
    outcomes: [
      'PASSED',
      'INDETERMINATE:not-listed',
      'INDETERMINATE:other-subject',
      'INDETERMINATE:record-missing',
      'INDETERMINATE:certificate-missing',
    ],
  },
  {
    id: 'timestamp.threshold',
    axis: 'time',
    spec: bundle('6'),
    outcomes: ['PASSED', 'INDETERMINATE:too-few', 'NOT-CHECKED:not-asked'],
  },
  // What trust rests on
  {
    id: 'trust.outside',
    axis: 'signer',
    spec: bundle('7.6'),
    outcomes: ['PASSED', 'PASSED:review-overdue', 'INDETERMINATE:inside-bundle', 'NOT-CHECKED:no-trust-set'],
  },
  // Places kept for the axes that are judged later
  {
    id: 'custody.chain',
    axis: 'custody',
    spec: bundle('5.4'),
    outcomes: ['NOT-CHECKED:not-implemented', 'NOT-CHECKED:foreign-bag'],
  },
  {
    id: 'log.checkpoint',
    axis: 'log',
    spec: bundle('5.5'),
    outcomes: ['NOT-CHECKED:not-implemented', 'NOT-CHECKED:foreign-bag'],
  },
  {
    id: 'disclosure.openings',
    axis: 'disclosure',
    spec: bundle('5.6'),
    outcomes: ['NOT-CHECKED:not-implemented', 'NOT-CHECKED:foreign-bag'],
  },
  {
    id: 'authorisation.request',
    axis: 'authorisation',
    spec: bundle('5.7'),
    outcomes: ['NOT-CHECKED:not-implemented', 'NOT-CHECKED:foreign-bag'],
  },
] as const satisfies readonly CatalogueEntry[]

export type FindingId = (typeof CATALOGUE)[number]['id']

const BY_ID: ReadonlyMap<FindingId, CatalogueEntry> = new Map(CATALOGUE.map((entry) => [entry.id, entry]))

/** The catalogue's row of a finding id: its axis and the clause it rests on. */
export function catalogueEntry(id: FindingId): CatalogueEntry {
  const entry = BY_ID.get(id)
  if (entry === undefined) throw new TypeError(`no such finding id: ${id}`)
  return entry
}
