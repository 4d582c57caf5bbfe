import type { Messages } from '../messages.ts'
import { ABOUT_CERTIFICATE, ALONE } from './alone.ts'
import { AUTHORISATION } from './authorisation.ts'
import { BAG_AND_PATHS } from './bag-and-paths.ts'
import { BUNDLE_FORMAT } from './bundle-format.ts'
import { CERTIFICATE_LABELS, CERTIFICATE_SENTENCES, GLOSSARY } from './certificate.ts'
import { CHALLENGES } from './challenges.ts'
import { COMMON } from './common.ts'
import { HISTORY } from './custody.ts'
import { FAULTS, PARSE_ERRORS } from './errors.ts'
import { EVIDENCE_RECORD } from './evidence-record.ts'
import { NOTICES } from './notices.ts'
import { PAYLOAD_AND_TAGS } from './payload-and-tags.ts'
import { PDF_CERTIFICATE } from './pdf-certificate.ts'
import { RENEWAL } from './renewal.ts'
import { SIGNER } from './signer.ts'
import { AXIS_WORDS, DIAGNOSES, DOCUMENT_CHANGES, EXCEPTIONS, MISSING, SUB_INDICATIONS } from './terms.ts'
import { TIME_AND_RECORDS } from './time-and-records.ts'
import { ROLES } from './trust.ts'
import { ANSWER_TEXTS, SPANISH_RULES, TERM_TEXTS, VERDICT_WORDS } from './verdict.ts'

/** Made by a machine; no person has reviewed it. */
export const SPANISH: Messages = {
  language: 'es',
  languageName: 'Español',
  direction: 'ltr',
  reviewed: false,
  rules: SPANISH_RULES,
  findings: {
    ...PAYLOAD_AND_TAGS,
    ...BAG_AND_PATHS,
    ...BUNDLE_FORMAT,
    ...SIGNER,
    ...TIME_AND_RECORDS,
    ...RENEWAL,
    ...EVIDENCE_RECORD,
    ...AUTHORISATION,
    'authorisation.notices': NOTICES,
    ...HISTORY,
    ...PDF_CERTIFICATE,
  },
  common: COMMON,
  values: {
    PASSED: 'Esto se sostiene.',
    FAILED: 'Esto está contradicho.',
    INDETERMINATE: 'Esto no se pudo decidir.',
    'NOT-CHECKED': 'Esto no se comprobó.',
    WITHHELD: 'Esto está reservado; su compromiso se sostiene.',
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
  roles: ROLES,
  certificate: {
    sentences: CERTIFICATE_SENTENCES,
    labels: CERTIFICATE_LABELS,
    glossary: GLOSSARY,
    challenges: CHALLENGES,
  },
  alone: ALONE,
  aboutCertificate: ABOUT_CERTIFICATE,
  axes: AXIS_WORDS,
}
