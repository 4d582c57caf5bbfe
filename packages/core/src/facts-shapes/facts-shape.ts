import type { GivenDisclosureFacts, GivenDisclosuresFacts, RevealProblem } from '../custody/given-disclosures.ts'
import type { HandoverSignatures } from '../custody/handover.ts'
import type { HandoverFacts } from '../custody/history-facts.ts'
import type { LaterValueFacts, LaterValueProblem } from '../custody/later-values.ts'
import { anyValue, exactly, integer, listOf, object, orNull, type Shape } from '../json/shape.ts'
import type { ContainerKind, Oddity } from '../model/container.ts'
import type { CertificateRole, Facts, FactsFile, OpenedValue } from '../model/facts.ts'
import { LIMITS } from '../model/limits.ts'
import { LATER_CONSENTS, OPENED_CONSENT } from './authorisation-shape.ts'
import { BAG_FACTS } from './bag-shape.ts'
import { DOCUMENT_FACTS } from './document-shape.ts'
import { EVIDENCE_RECORD_FACTS, GIVEN_EVIDENCE_RECORDS } from './evidence-record-shape.ts'
import { DISCLOSED_FILE, OPENABLE_FILE, OPENING_PROBLEM } from './history-shape.ts'
import { NOTICES_FACTS } from './notice-shape.ts'
import { anyText, base64, codes, count, countOrNull, DIGEST_CHOICE, listedOf, sha256, suchThat } from './parts.ts'
import { RECORD_FACTS, RECORD_FILE } from './record-shape.ts'
import { RENEWAL_FACTS } from './renewal-shape.ts'
import {
  CMS_FACTS,
  POOLED_CERTIFICATE,
  REVOCATION_FACTS,
  SIGNATURE_FILE_FACTS,
  TOKEN_FACTS,
} from './signature-shape.ts'

const REVEAL_PROBLEM = object<RevealProblem>({
  file: OPENABLE_FILE,
  line: integer(1),
  code: codes<RevealProblem['code']>({
    differs: true,
    'prev-differs': true,
    'seq-differs': true,
    'no-line': true,
    malformed: true,
    unread: true,
    'number-again': true,
    'items-differ': true,
    'log-again': true,
    'key-withheld': true,
  }),
})

const GIVEN_DISCLOSURE = object<GivenDisclosureFacts>({
  sha256,
  bytes: count,
  against: codes<GivenDisclosureFacts['against']>({ lines: true, 'no-lines': true }),
  file: RECORD_FILE,
  unknown: count,
  lines: object<GivenDisclosureFacts['lines']>({
    count,
    holding: count,
    shown: count,
    problems: listedOf(REVEAL_PROBLEM),
  }),
  openings: object<GivenDisclosureFacts['openings']>({ count, holding: count, problems: listedOf(OPENING_PROBLEM) }),
  grounds: count,
})

const LATER_VALUES = object<LaterValueFacts>({
  state: codes<LaterValueFacts['state']>({ read: true, limit: true }),
  compared: count,
  problems: listedOf(
    object<LaterValueProblem>({
      file: OPENABLE_FILE,
      line: integer(1),
      field: codes<LaterValueProblem['field']>({ objects: true, digests: true, time: true, copyOf: true, path: true }),
      code: codes<LaterValueProblem['code']>({
        'no-item': true,
        'digest-differs': true,
        times: true,
        'original-differs': true,
        'no-original': true,
        'payload-differs': true,
        'several-items': true,
      }),
    }),
  ),
  handovers: count,
})

const GIVEN_DISCLOSURES = object<GivenDisclosuresFacts>(
  { files: listOf(GIVEN_DISCLOSURE), values: orNull(LATER_VALUES), consents: LATER_CONSENTS },
  ['consents'],
)

/** What facts, and a report, are about. */
export const FACTS_KIND = codes<Facts['kind']>({
  bundle: true,
  bag: true,
  timestamp: true,
  signature: true,
  certificate: true,
  document: true,
  'evidence-record': true,
})

const FACTS = object<Facts>(
  {
    facts: exactly('probatum/facts/1-draft'),
    kind: FACTS_KIND,
    content: object<Facts['content']>({ sha256, files: count, bytes: count }),
    inventory: object<Facts['inventory']>({ sha256, lines: count }),
    digests: DIGEST_CHOICE,
    smallFiles: suchThat(base64, 'SHA-256 digests in base64', (value) => {
      const padding = value.endsWith('==') ? 2 : value.endsWith('=') ? 1 : 0
      return ((value.length / 4) * 3 - padding) % 32 === 0
    }),
    bundleId: orNull(sha256),
    bag: orNull(BAG_FACTS),
    records: orNull(RECORD_FACTS),
    signatures: listOf(SIGNATURE_FILE_FACTS, { maximum: LIMITS.sealFiles }),
    renewal: RENEWAL_FACTS,
    token: orNull(TOKEN_FACTS),
    certificates: listOf(POOLED_CERTIFICATE, { maximum: LIMITS.certificatesInPool }),
    target: object<NonNullable<Facts['target']>>({
      sha256,
      role: codes<CertificateRole>({ signer: true, 'time-stamp-authority': true }),
    }),
    document: DOCUMENT_FACTS,
    evidenceRecord: EVIDENCE_RECORD_FACTS,
    revocation: REVOCATION_FACTS,
    disclosures: GIVEN_DISCLOSURES,
    notices: NOTICES_FACTS,
    evidenceRecords: GIVEN_EVIDENCE_RECORDS,
  },
  ['renewal', 'target', 'document', 'evidenceRecord', 'disclosures', 'notices', 'evidenceRecords'],
)

/** What each kind of thing has: a bundle its bag and records, a token and a signature themselves. */
function isOfItsKind({
  kind,
  bag,
  records,
  token,
  signatures,
  renewal,
  target,
  document,
  evidenceRecord,
  disclosures,
  notices,
  evidenceRecords,
}: Facts): boolean {
  // Only what has lines, or might have, can have openings of them.
  if (disclosures !== undefined && (bag === null || disclosures.files.length === 0)) return false
  if (notices !== undefined && (bag === null || notices.files.length === 0)) return false
  if (evidenceRecords !== undefined && (bag === null || evidenceRecords.files.length === 0)) return false
  if ((target !== undefined) !== (kind === 'certificate')) return false
  if ((document !== undefined) !== (kind === 'document')) return false
  if ((evidenceRecord !== undefined) !== (kind === 'evidence-record')) return false
  if (renewal !== undefined && kind !== 'bundle') return false
  switch (kind) {
    case 'bundle':
      return bag !== null && records !== null && token === null
    case 'bag':
      return bag !== null && records === null && token === null
    case 'timestamp':
      return bag === null && token !== null && signatures.length === 0
    case 'signature':
      return bag === null && token === null && signatures.length === 1
    case 'certificate':
    case 'evidence-record':
      return bag === null && token === null && signatures.length === 0
    case 'document':
      return bag === null && records === null && token === null
  }
}

export const CONTAINER: Shape<FactsFile['container']> = object<FactsFile['container']>({
  kind: codes<ContainerKind>({ directory: true, zip: true, tar: true, file: true }),
  name: anyText,
  bytes: countOrNull,
  oddities: listOf(object<Oddity>({ id: anyText, path: anyText, value: anyText }, ['path', 'value'])),
  leftovers: listOf(anyText),
  outside: listOf(anyText),
})

const HANDOVERS = object<HandoverSignatures>({
  signatures: listOf(
    object<HandoverSignatures['signatures'][number]>({
      line: integer(1),
      by: codes<HandoverFacts['by']>({ giver: true, receiver: true }),
      cms: CMS_FACTS,
    }),
    { maximum: LIMITS.handoverSignatures },
  ),
  certificates: listOf(POOLED_CERTIFICATE, { maximum: LIMITS.certificatesInPool }),
})

const OPENED_VALUE = object<OpenedValue>({
  file: DISCLOSED_FILE,
  seq: count,
  field: anyText,
  value: anyValue,
  given: orNull(sha256),
})

export const FACTS_FILE: Shape<FactsFile> = object<FactsFile>(
  {
    facts: suchThat(FACTS, 'the members of its kind, and no others', isOfItsKind),
    container: CONTAINER,
    handovers: HANDOVERS,
    consents: listOf(OPENED_CONSENT),
    opened: listOf(OPENED_VALUE),
  },
  ['handovers', 'consents', 'opened'],
)
