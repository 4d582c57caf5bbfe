import type { Messages } from '../messages.ts'
import { CERTIFICATE_LABELS, CERTIFICATE_SENTENCES, GLOSSARY } from './certificate.ts'
import { CHALLENGES } from './challenges.ts'

const CERTIFICATE: Messages['certificate'] = {
  sentences: CERTIFICATE_SENTENCES,
  labels: CERTIFICATE_LABELS,
  glossary: GLOSSARY,
  challenges: CHALLENGES,
}

/** What only a certificate says. */
export function englishCertificate(): Messages['certificate'] {
  return CERTIFICATE
}
