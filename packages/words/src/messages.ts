import type {
  AnchorRole,
  Axis,
  FindingId,
  FindingValue,
  ParseErrorCode,
  SourceFaultReason,
  SubIndication,
} from '@probatum/core'
import type { CERTIFICATE_LABELS, CERTIFICATE_SENTENCES, GLOSSARY_TERMS } from './en/certificate.ts'
import type { CHALLENGE_KEYS } from './en/challenges.ts'
import type { ANSWER_TEXTS, TERM_TEXTS } from './en/verdict.ts'
import type { Tally } from './tally.ts'
import type { Headline } from './verdict.ts'

/** Languages of pages and certificates; each is one object of type Messages, so that a missing sentence is a type error. */
export type Language = 'en' | 'fr' | 'es' | 'ar' | 'my'

/** Categories of Unicode's plural rules (CLDR). */
export type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'

/** A text that depends on a number, `{n}` in it. Which forms a language has, its rule says. */
export type Counted = { readonly [form in PluralForm]?: string } & { readonly other: string }

/** The same keys, and a text that depends on a number where the English one does. */
export type Translated<English extends Readonly<Record<string, string | Counted>>> = {
  readonly [key in keyof English]: English[key] extends string ? string : Counted
}

/** How a language counts and lists. Digits are Western everywhere: they must be compared with those of other pages. */
export interface LanguageRules {
  readonly plural: 'one-other' | 'zero-is-one' | 'arabic' | 'none'
  /** Between groups of three digits. Never `.`, which others read as a decimal point. */
  readonly group: string
  readonly decimal: string
  /** `between`: of parts that have lists in them; `; ` where the language has no other. */
  readonly list: { readonly separator: string; readonly last: string; readonly between?: string }
  /** Behind a word that what follows explains; `:` where the language has no other. */
  readonly colon?: string
  /** `{n} bytes` */
  readonly bytes: Counted
}

/** A fact in one sentence, and what a person can do about it. */
export interface Said {
  readonly say: string
  readonly todo?: string
}

/** The words of one check. Keys of `outcomes` are `value` or `value:reason`, as the catalogue of checks lists them. */
export interface FindingWords {
  /** What the check asks, with its question mark. */
  readonly question: string
  /** What even PASSED leaves open, where somebody could think otherwise. */
  readonly doesNotShow?: string
  /** `{name}` the subject, `{at}` the place in it, `{expected}` `{found}` of the first evidence, `{passed}` and other counts. */
  readonly outcomes: Readonly<Record<string, string | Said>>
}

/** Something that is needed and not here. `ask` can be sent as it stands to whoever may have it. */
export interface MissingWords {
  readonly what: string
  readonly from: string
  readonly ask: string
}

/** What the three answers are made from; all texts are escaped already. */
export interface AnswerFacts {
  /** `operator`: who ran the program reads it, as "you"; `reader`: somebody else does, years later. */
  readonly told: 'operator' | 'reader'
  readonly tally: Tally
  readonly value: { readonly [axis in Axis]: 'PASSED' | 'FAILED' | 'INDETERMINATE' | 'NOT-CHECKED' }
  /** Names in the signers' certificates. */
  readonly signers: readonly string[]
  readonly sealIntact: boolean
  /** The lists of the evidence files are what a holding seal is over. */
  readonly listSealed: boolean
  /** Every evidence file that is listed is here, and the other way round. */
  readonly payloadComplete: boolean
  /** Every list of evidence files agrees with the files that are here. */
  readonly payloadMatches: boolean
  readonly sealed: boolean
  /** Its files are here, and none of them could be read. */
  readonly sealUnread: boolean
  readonly trustSet: { readonly issuer: string; readonly date: string; readonly sample: boolean } | null
  readonly bestSignatureTime: string | null
  readonly authorities: readonly string[]
  readonly claimedTime: string | null
  /** Of a signature alone: whether its arithmetic says that it is over the file's bytes. */
  readonly signature: { readonly over: 'PASSED' | 'FAILED' | 'INDETERMINATE' } | null
  /** Of a certificate alone: the name in it, and what became of its path. */
  readonly certificate: {
    readonly name: string
    readonly value: 'PASSED' | 'FAILED' | 'INDETERMINATE'
    readonly time: string
  } | null
  /** Of a token alone: what it states, and whether it is over the file's bytes. */
  readonly token: { readonly genTime: string | null; readonly imprint: 'PASSED' | 'FAILED' | 'INDETERMINATE' } | null
  /** Entries of the container that lie beside the bundle's folder and are no part of it; the first few by name. */
  readonly outside: { readonly count: number; readonly names: readonly string[]; readonly archive: boolean }
  /** Files inside the bundle that were set aside by name and form; the first few by name. */
  readonly leftovers: { readonly count: number; readonly names: readonly string[] }
  /** Sizes in words, e.g. `3.4 GB (3,400,000,000 bytes)`. */
  readonly size: string
}

/** One of the three answers: a word that can be read alone, the facts, and what it leaves open. */
export interface Answer {
  readonly word: string
  readonly text: string
  readonly doesNotShow: string
}

/** Words of the first page of a result: headlines, questions and what is asked next. */
export interface VerdictWords {
  readonly headlines: Readonly<Record<Headline, string>>
  readonly questions: {
    readonly unchanged: string
    readonly who: string
    readonly since: string
    readonly token: string
    readonly signer: string
    readonly certificate: string
  }
  /** The first answer about a certificate as PDF, by the axis `bytes`; {indication} and {time} are what it states. */
  readonly document: Readonly<
    Record<'PASSED' | 'FAILED' | 'INDETERMINATE', { readonly word: string; readonly text: string }>
  > & {
    readonly question: string
    readonly doesNotShow: string
  }
  /** The first answer about an evidence record: what it is over. */
  readonly evidenceRecord: Readonly<
    Record<'PASSED' | 'FAILED' | 'INDETERMINATE', { readonly word: string; readonly text: string }>
  > & { readonly question: string }
  readonly doesNotMean: string
  /** The same of a certificate alone: no file was judged. */
  readonly doesNotMeanCertificate: string
  /** Where the rest of a report in short stands. */
  readonly more: string
  readonly next: {
    readonly match: string
    readonly mismatch: string
    /** Of a certificate alone that is contradicted. */
    readonly certificate: string
    readonly openings: string
    readonly sharing: string
    /** Where nothing is open but what a notice says, or for whom it was made. */
    readonly heed: string
    readonly open: string
  }
  readonly sample: string
  /** Of what was judged from saved facts. */
  readonly savedFacts: string
}

/** The message catalogue of one language: every sentence of pages, reports and certificates. */
export interface Messages {
  readonly language: Language
  /** Its own name: `English`. */
  readonly languageName: string
  readonly direction: 'ltr' | 'rtl'
  /** Whether a person who knows the language and the matter has read the translation; every page says if not. */
  readonly reviewed: boolean
  readonly rules: LanguageRules
  readonly findings: Readonly<Record<FindingId, FindingWords>>
  /** Reasons that mean the same under every check; keys as above. */
  readonly common: Readonly<Record<string, string | Said>>
  /** When a check's author gave a reason that nobody has explained yet: says no more than the value does. */
  readonly values: Readonly<Record<FindingValue, string>>
  readonly exceptions: Readonly<Record<string, string>>
  readonly diagnoses: Readonly<Record<string, string>>
  readonly missing: Readonly<Record<string, MissingWords>>
  readonly parseErrors: Readonly<Record<ParseErrorCode, Said>>
  readonly faults: Readonly<Record<SourceFaultReason, Said>>
  readonly subIndications: Readonly<Record<SubIndication, string>>
  readonly verdict: VerdictWords
  /** The words and sentences of the three answers; `answers.ts` chooses among them. */
  readonly answers: Translated<typeof ANSWER_TEXTS>
  /** Small words inside other sentences. */
  readonly terms: Translated<typeof TERM_TEXTS>
  /** Roles of anchors in a trust set. */
  readonly roles: Readonly<Record<AnchorRole, { readonly title: string; readonly is: string }>>
  /** What only certificates and HTML reports say, by stable ids. */
  readonly certificate: {
    readonly sentences: Translated<typeof CERTIFICATE_SENTENCES>
    readonly labels: Translated<typeof CERTIFICATE_LABELS>
    readonly glossary: { readonly [key in (typeof GLOSSARY_TERMS)[number]]: GlossaryEntry }
    readonly challenges: { readonly [key in (typeof CHALLENGE_KEYS)[number]]: ChallengeEntry }
  }
  /** Phrases about a seal and its bundle, and what stands for them where a signature or time-stamp is judged alone; in order. */
  readonly alone: readonly (readonly [string, string])[]
  /** The same where only a certificate is judged; before the others. */
  readonly aboutCertificate: readonly (readonly [string, string])[]
  /** `name` inside a sentence. */
  readonly axes: Readonly<Record<Axis, { readonly title: string; readonly name: string; readonly is: string }>>
}

/** What somebody may ask who doubts, and the answer. */
export interface ChallengeEntry {
  readonly ask: string
  readonly answer: string
}

/** A word of the reports, and what it means. */
export interface GlossaryEntry {
  readonly term: string
  readonly is: string
}
