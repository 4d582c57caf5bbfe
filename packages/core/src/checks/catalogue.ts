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
  { id: 'bundle.format', axis: 'completeness', spec: bundle('3') },
  { id: 'bundle.layout', axis: 'completeness', spec: bundle('2') },
  { id: 'bundle.record', axis: 'completeness', spec: bundle('4') },
  { id: 'bundle.items', axis: 'completeness', spec: bundle('5.3') },
  { id: 'bundle.verify-text', axis: 'completeness', spec: bundle('2.4') },
  { id: 'seal.declared', axis: 'completeness', spec: bundle('6') },
  { id: 'seal.undeclared', axis: 'completeness', spec: bundle('6') },
  // Who sealed it
  { id: 'signature.present', axis: 'signer', spec: bundle('6') },
  { id: 'signature.structure', axis: 'signer', spec: cms('5.1') },
  { id: 'signature.signer-info', axis: 'signer', spec: cms('5.3') },
  { id: 'signature.content', axis: 'signer', spec: cms('5.2') },
  { id: 'signature.signed-attributes', axis: 'signer', spec: cms('5.3') },
  { id: 'signature.content-type', axis: 'signer', spec: cms('11.1') },
  { id: 'signature.message-digest', axis: 'signer', spec: cms('11.2') },
  { id: 'signature.algorithm', axis: 'signer', spec: etsi('5.2.8') },
  { id: 'signature.signing-certificate', axis: 'signer', spec: { document: 'RFC 5035', section: '3' } },
  { id: 'signature.value', axis: 'signer', spec: cms('5.6') },
  { id: 'signature.declared-signer', axis: 'signer', spec: bundle('6') },
  { id: 'signer.key-usage', axis: 'signer', spec: pkix('4.2.1.3') },
  { id: 'signer.path-candidate', axis: 'signer', spec: pkix('6.1') },
  { id: 'signer.path', axis: 'signer', spec: pkix('6.1') },
  { id: 'signer.validity', axis: 'signer', spec: pkix('6.1.3') },
  { id: 'signer.revocation', axis: 'signer', spec: pkix('6.3') },
  // Since when
  { id: 'timestamp.present', axis: 'time', spec: bundle('6') },
  { id: 'timestamp.structure', axis: 'time', spec: tsp('2.4.2') },
  { id: 'timestamp.status', axis: 'time', spec: tsp('2.4.2') },
  { id: 'timestamp.message-imprint', axis: 'time', spec: tsp('2.4.2') },
  { id: 'timestamp.signer-info', axis: 'time', spec: tsp('2.4.2') },
  { id: 'timestamp.signed-attributes', axis: 'time', spec: cms('5.3') },
  { id: 'timestamp.content-type', axis: 'time', spec: cms('11.1') },
  { id: 'timestamp.message-digest', axis: 'time', spec: cms('11.2') },
  { id: 'timestamp.algorithm', axis: 'time', spec: etsi('5.2.8') },
  { id: 'timestamp.signing-certificate', axis: 'time', spec: { document: 'RFC 5816', section: '2.2' } },
  { id: 'timestamp.signature', axis: 'time', spec: cms('5.6') },
  { id: 'timestamp.extensions', axis: 'time', spec: tsp('2.4.2') },
  { id: 'timestamp.tsa-name', axis: 'time', spec: tsp('2.4.2') },
  { id: 'timestamp.extended-key-usage', axis: 'time', spec: tsp('2.3') },
  { id: 'timestamp.key-usage', axis: 'time', spec: pkix('4.2.1.3') },
  { id: 'timestamp.path-candidate', axis: 'time', spec: pkix('6.1') },
  { id: 'timestamp.path', axis: 'time', spec: pkix('6.1') },
  { id: 'timestamp.validity', axis: 'time', spec: pkix('6.1.3') },
  { id: 'timestamp.revocation', axis: 'time', spec: pkix('6.3') },
  { id: 'timestamp.gen-time', axis: 'time', spec: tsp('2.4.2') },
  { id: 'timestamp.believed', axis: 'time', spec: etsi('5.6') },
  { id: 'timestamp.declared-authority', axis: 'time', spec: bundle('6') },
  { id: 'timestamp.threshold', axis: 'time', spec: bundle('6') },
  // What trust rests on
  { id: 'trust.outside', axis: 'signer', spec: bundle('7.6') },
  // Places kept for the axes that are judged later
  { id: 'custody.chain', axis: 'custody', spec: bundle('5.4') },
  { id: 'log.checkpoint', axis: 'log', spec: bundle('5.5') },
  { id: 'disclosure.openings', axis: 'disclosure', spec: bundle('5.6') },
  { id: 'authorisation.request', axis: 'authorisation', spec: bundle('5.7') },
] as const satisfies readonly CatalogueEntry[]

export type FindingId = (typeof CATALOGUE)[number]['id']

const BY_ID: ReadonlyMap<FindingId, CatalogueEntry> = new Map(CATALOGUE.map((entry) => [entry.id, entry]))

/** The catalogue's row of a finding id: its axis and the clause it rests on. */
export function catalogueEntry(id: FindingId): CatalogueEntry {
  const entry = BY_ID.get(id)
  if (entry === undefined) throw new TypeError(`no such finding id: ${id}`)
  return entry
}
