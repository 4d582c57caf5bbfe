import type { Messages } from '../messages.ts'
import { AUTHORISATION } from './authorisation.ts'
import { BAG_AND_PATHS } from './bag-and-paths.ts'
import { BUNDLE_FORMAT } from './bundle-format.ts'
import { HISTORY } from './custody.ts'
import { EVIDENCE_RECORD } from './evidence-record.ts'
import { NOTICES } from './notices.ts'
import { PAYLOAD_AND_TAGS } from './payload-and-tags.ts'
import { PDF_CERTIFICATE } from './pdf-certificate.ts'
import { RENEWAL } from './renewal.ts'
import { SIGNER } from './signer.ts'
import { TIME_AND_RECORDS } from './time-and-records.ts'

const FINDINGS: Messages['findings'] = {
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
}

/** What is said of each check. */
export function englishFindings(): Messages['findings'] {
  return FINDINGS
}
