import type { Messages } from '../messages.ts'
import { ABOUT_CERTIFICATE, ALONE } from './alone.ts'
import { englishCertificate } from './certificate-words.ts'
import { COMMON } from './common.ts'
import { FAULTS, PARSE_ERRORS } from './errors.ts'
import { englishFindings } from './finding-words.ts'
import { AXIS_WORDS, DIAGNOSES, DOCUMENT_CHANGES, EXCEPTIONS, MISSING, SUB_INDICATIONS } from './terms.ts'
import { TRUST_WORDS } from './trust.ts'
import { ANSWER_TEXTS, ENGLISH_RULES, TERM_TEXTS, VERDICT_WORDS } from './verdict.ts'

export const ENGLISH: Messages = {
  language: 'en',
  languageName: 'English',
  direction: 'ltr',
  reviewed: true,
  rules: ENGLISH_RULES,
  // Most runs say neither: the command line compiles these modules when it is asked for them (CALLED in tools/build.mjs).
  get findings() {
    return englishFindings()
  },
  common: COMMON,
  values: {
    PASSED: 'This holds.',
    FAILED: 'This is contradicted.',
    INDETERMINATE: 'This could not be decided.',
    'NOT-CHECKED': 'This was not checked.',
    WITHHELD: 'This is withheld; its commitment holds.',
  },
  exceptions: { ...EXCEPTIONS, ...DOCUMENT_CHANGES },
  diagnoses: DIAGNOSES,
  missing: MISSING,
  parseErrors: PARSE_ERRORS,
  faults: FAULTS,
  subIndications: SUB_INDICATIONS,
  verdict: VERDICT_WORDS,
  answers: ANSWER_TEXTS,
  terms: TERM_TEXTS,
  roles: TRUST_WORDS.roles,
  get certificate() {
    return englishCertificate()
  },
  alone: ALONE,
  aboutCertificate: ABOUT_CERTIFICATE,
  axes: AXIS_WORDS,
}
