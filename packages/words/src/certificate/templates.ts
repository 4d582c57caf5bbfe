import type { CountedKey, LabelKey, SentenceKey } from './writer.ts'

/** Words of a form: in the language of the certificate, or fixed in the language of the court. */
export type FormText = { readonly label: LabelKey } | { readonly text: string; readonly lang: string }

/** A value that a form takes from the report. */
export type ReportValue =
  | 'certificate-id'
  | 'report-digest'
  | 'bundle-id'
  | 'seal-ids'
  | 'content-digest'
  | 'identifier'
  | 'issuer'
  | 'recipient'
  | 'counts'
  | 'algorithms'
  | 'validation-time'
  | 'validation-time-ist'
  | 'proved-time'
  | 'proved-time-ist'
  | 'result'

/** A form is data: another court's form is another value of this type, and no code. */
export type AnnexBlock =
  | { readonly kind: 'heading'; readonly text: FormText }
  /** Only of the named choice, where one is named. */
  | {
      readonly kind: 'paragraph'
      readonly text: FormText | { readonly sentence: SentenceKey }
      readonly choice?: string
    }
  | { readonly kind: 'count'; readonly sentence: CountedKey; readonly of: 'payload-files' | 'withheld-items' }
  | { readonly kind: 'values'; readonly rows: readonly { readonly term: FormText; readonly value: ReportValue }[] }
  | {
      readonly kind: 'form'
      readonly fields: readonly { readonly label: FormText; readonly lines: number }[]
      readonly ticks: readonly FormText[]
    }
  | { readonly kind: 'conditions' }
  | { readonly kind: 'withheld' }
  /** Digest of every file handed over, up to the rows of the exhibit table. */
  | { readonly kind: 'hash-report' }
  | { readonly kind: 'page-break' }

export interface CertificateTemplate {
  readonly id: string
  /** Raised with every change of what is printed. */
  readonly version: number
  readonly title: FormText
  /** Variants of which one must be chosen; none of them is a default. */
  readonly choices: readonly { readonly id: string; readonly describe: string }[]
  readonly annex: readonly AnnexBlock[]
}

const label = (key: LabelKey): FormText => ({ label: key })
const english = (text: string): FormText => ({ text, lang: 'en' })
const field = (text: FormText, lines = 1) => ({ label: text, lines })

const GENERAL: CertificateTemplate = {
  id: 'general',
  version: 1,
  title: label('templateGeneral'),
  choices: [],
  annex: [],
}

const INTERNATIONAL_TRANSMITTAL: CertificateTemplate = {
  id: 'international-transmittal',
  version: 1,
  title: label('templateTransmittal'),
  choices: [],
  annex: [
    { kind: 'paragraph', text: { sentence: 'transmittalIntro' } },
    { kind: 'paragraph', text: { sentence: 'formFromReport' } },
    {
      kind: 'form',
      fields: [
        field(label('transmittalReference')),
        field(label('transmittalRequesting')),
        field(label('transmittalSending')),
        field(label('transmittalPurpose'), 2),
      ],
      ticks: [],
    },
    { kind: 'heading', text: label('transmittalGiven') },
    { kind: 'count', sentence: 'transmittalItemsGiven', of: 'payload-files' },
    {
      kind: 'values',
      rows: [
        { term: label('identifier'), value: 'identifier' },
        { term: label('issuer'), value: 'issuer' },
        { term: label('recipient'), value: 'recipient' },
        { term: label('bundleId'), value: 'bundle-id' },
        { term: label('contentDigest'), value: 'content-digest' },
        { term: label('counts'), value: 'counts' },
        { term: label('headingResult'), value: 'result' },
      ],
    },
    { kind: 'hash-report' },
    { kind: 'heading', text: label('transmittalWithheld') },
    { kind: 'count', sentence: 'transmittalItemsWithheld', of: 'withheld-items' },
    { kind: 'withheld' },
    { kind: 'heading', text: label('transmittalConditions') },
    { kind: 'conditions' },
    { kind: 'form', fields: [field(label('transmittalFurther'), 3)], ticks: [] },
    { kind: 'heading', text: label('transmittalOfficer') },
    {
      kind: 'form',
      fields: [
        field(label('personName')),
        field(label('personPosition'), 2),
        field(label('personPlace')),
        field(label('personDate')),
        field(label('personSignature'), 2),
        field(label('transmittalSeal'), 3),
      ],
      ticks: [],
    },
  ],
}

/** Federal Rules of Evidence 902(11), (13), (14); the two forms of 28 U.S.C. §1746. */
const US_902: CertificateTemplate = {
  id: 'us-902',
  version: 1,
  title: english('Certification under Federal Rule of Evidence 902(14) (United States)'),
  choices: [
    { id: 'inside', describe: 'executed within the United States, its territories, possessions or commonwealths' },
    { id: 'outside', describe: 'executed without the United States' },
  ],
  annex: [
    { kind: 'paragraph', text: { sentence: 'formFromReport' } },
    {
      kind: 'form',
      fields: [field(english('Court')), field(english('Case caption and number'), 2)],
      ticks: [],
    },
    { kind: 'heading', text: english('The qualified person') },
    {
      kind: 'form',
      fields: [
        field(english('Name')),
        field(english('Title and employer'), 2),
        field(english('Training and experience that qualify me to make this certification'), 3),
      ],
      ticks: [],
    },
    { kind: 'heading', text: english('The process of digital identification') },
    {
      kind: 'paragraph',
      text: english(
        'Each file named in the hash report below was read whole, and its SHA-256 value was computed from its bytes. That value was compared with the value that the sealed list of files states for it. Where the two are identical, the hash report gives the one value; where they are not, the exhibit tables of the certificate give both.',
      ),
    },
    {
      kind: 'values',
      rows: [
        { term: english('Bundle id (SHA-256 of the sealed list)'), value: 'bundle-id' },
        { term: english('Report digest (SHA-256)'), value: 'report-digest' },
        { term: english('Hash algorithms of the files'), value: 'algorithms' },
        { term: english('Files compared'), value: 'counts' },
        { term: english('Result'), value: 'result' },
        { term: english('The sealed list existed no later than'), value: 'proved-time' },
      ],
    },
    {
      kind: 'form',
      fields: [
        field(english('What I did myself (ran the program, compared the values, with what result)'), 4),
        field(english('The original device, medium or file from which the data were copied, and when'), 3),
        field(english('Facts about that copying that I know, and how I know them'), 3),
      ],
      ticks: [],
    },
    { kind: 'heading', text: english('Declaration (28 U.S.C. §1746)') },
    {
      kind: 'paragraph',
      choice: 'inside',
      text: english(
        'I declare under penalty of perjury that the foregoing is true and correct. Executed on the date and at the place stated below.',
      ),
    },
    {
      kind: 'paragraph',
      choice: 'outside',
      text: english(
        'I declare under penalty of perjury under the laws of the United States of America that the foregoing is true and correct. Executed on the date and at the place stated below.',
      ),
    },
    {
      kind: 'form',
      fields: [field(english('Place')), field(english('Date')), field(english('Signature'), 2)],
      ticks: [],
    },
    {
      kind: 'paragraph',
      text: english(
        'Rule 902(11) asks for reasonable written notice to the adverse party before the trial or hearing, with the record and this certification made available for inspection. Other objections, such as hearsay and relevance, stay open.',
      ),
    },
    { kind: 'page-break' },
    { kind: 'hash-report' },
  ],
}

const ALGORITHMS = ['SHA1', 'SHA256', 'MD5', 'Other (legally acceptable standard)'].map(english)

/** The Schedule to the Bharatiya Sakshya Adhiniyam, 2023, section 63(4)(c): what it asks for, in our own layout. */
const IN_BSA63: CertificateTemplate = {
  id: 'in-bsa63',
  version: 1,
  title: english('Certificate under section 63(4)(c), Bharatiya Sakshya Adhiniyam, 2023 (India)'),
  choices: [],
  annex: [
    { kind: 'paragraph', text: { sentence: 'formFromReport' } },
    { kind: 'heading', text: english('Part A (to be filled in by the party)') },
    {
      kind: 'form',
      fields: [
        field(english('Name')),
        field(english('Son, daughter or spouse of')),
        field(english('Residing at or employed at'), 2),
      ],
      ticks: [],
    },
    {
      kind: 'paragraph',
      text: english('The digital record was produced from this source (tick what applies):'),
    },
    {
      kind: 'form',
      fields: [],
      ticks: ['Computer or storage media', 'DVR', 'Mobile', 'Flash drive', 'CD or DVD', 'Server', 'Cloud', 'Other'].map(
        english,
      ),
    },
    {
      kind: 'form',
      fields: [
        field(english('If other, which')),
        field(english('Make and model')),
        field(english('Colour')),
        field(english('Serial number')),
        field(english('IMEI, UIN, UID, MAC or Cloud ID')),
        field(english('Any other relevant information'), 2),
      ],
      ticks: [],
    },
    {
      kind: 'paragraph',
      text: english(
        'State whether the device was under lawful control and in regular use during the period in question, and worked properly, or that what did not work did not affect the record or its accuracy.',
      ),
    },
    {
      kind: 'form',
      fields: [field(english('Statement about control, use and working'), 4)],
      ticks: ['Owned by me', 'Maintained by me', 'Managed by me', 'Operated by me'].map(english),
    },
    {
      kind: 'paragraph',
      text: english('Hash values stand in the hash report enclosed. Algorithm (tick what applies):'),
    },
    { kind: 'form', fields: [], ticks: ALGORITHMS },
    {
      kind: 'form',
      fields: [
        field(english('If other, which')),
        field(english('Name and signature'), 2),
        field(english('Date (DD/MM/YYYY)')),
        field(english('Time (IST, 24 hours)')),
        field(english('Place')),
      ],
      ticks: [],
    },
    { kind: 'page-break' },
    { kind: 'heading', text: english('Part B (to be filled in by the expert)') },
    {
      kind: 'form',
      fields: [
        field(english('Name')),
        field(english('Son, daughter or spouse of')),
        field(english('Residing at or employed at'), 2),
        field(english('Source of the digital record, and its identifiers'), 3),
      ],
      ticks: [],
    },
    {
      kind: 'paragraph',
      text: english('Hash values stand in the hash report enclosed. Algorithm (tick what applies):'),
    },
    { kind: 'form', fields: [], ticks: ALGORITHMS },
    {
      kind: 'form',
      fields: [
        field(english('If other, which')),
        field(english('Name, designation and signature'), 3),
        field(english('Date (DD/MM/YYYY)')),
        field(english('Time (IST, 24 hours)')),
        field(english('Place')),
      ],
      ticks: [],
    },
    { kind: 'page-break' },
    { kind: 'heading', text: label('hashReport') },
    {
      kind: 'values',
      rows: [
        { term: english('Bundle id (SHA-256)'), value: 'bundle-id' },
        { term: english('Report digest (SHA-256)'), value: 'report-digest' },
        { term: english('Algorithms'), value: 'algorithms' },
        { term: english('Files compared'), value: 'counts' },
        { term: english('Result'), value: 'result' },
        { term: english('Compared as of (IST)'), value: 'validation-time-ist' },
        { term: english('The sealed list existed no later than (IST)'), value: 'proved-time-ist' },
      ],
    },
    { kind: 'hash-report' },
  ],
}

/** In the order in which they are offered. */
export const CERTIFICATE_TEMPLATES: readonly CertificateTemplate[] = [
  GENERAL,
  INTERNATIONAL_TRANSMITTAL,
  US_902,
  IN_BSA63,
]

export function templateOf(id: string): CertificateTemplate | undefined {
  return CERTIFICATE_TEMPLATES.find((template) => template.id === id)
}
