import { EVIDENCE_RECORD_VERIFY, PATH_VERIFY, SIGNATURE_VERIFY, TIMESTAMP_VERIFY } from './alone.ts'
import { CERTIFICATE_FILE } from './certificate.ts'
import type { CommandRow } from './command-row.ts'
import { CUSTODY } from './custody.ts'
import { GATE } from './gate.ts'
import { NOTICE, RECEIPT } from './notice.ts'
import { PAGE } from './page.ts'
import { POLICY } from './policy.ts'
import { TIMESTAMP_ATTACH, TIMESTAMP_REQUEST } from './time-stamps.ts'
import { TRUST } from './trust.ts'

/** Commands of two words, of which the first is no command by itself. */
export interface CommandGroup {
  readonly name: string
  readonly describe: string
  readonly rows: readonly CommandRow[]
}

export const GROUPS: readonly CommandGroup[] = [
  {
    name: 'timestamp',
    describe: 'check a time-stamp by itself; ask for one without a network',
    rows: [TIMESTAMP_VERIFY, TIMESTAMP_REQUEST, TIMESTAMP_ATTACH],
  },
  { name: 'signature', describe: 'check a CMS signature by itself', rows: [SIGNATURE_VERIFY] },
  { name: 'path', describe: 'check a certificate by itself', rows: [PATH_VERIFY] },
  { name: 'evidence-record', describe: 'check an RFC 4998 evidence record', rows: [EVIDENCE_RECORD_VERIFY] },
  { name: 'certificate', describe: 'sign and check PDF certificates', rows: CERTIFICATE_FILE },
  { name: 'trust', describe: 'make, read and hand on the list of keys that you believe', rows: TRUST },
  { name: 'policy', describe: 'list, show and compare policies', rows: POLICY },
  { name: 'page', describe: 'check the web verifier, and make an edition of it', rows: PAGE },
  {
    name: 'custody',
    describe: 'keep a custody log: begin, append, show, verify, change its key; be its witness',
    rows: CUSTODY,
  },
  { name: 'gate', describe: 'decide about a sharing: request, approve, except, check, explain', rows: GATE },
  { name: 'notice', describe: 'tell recipients what was withdrawn, superseded or recalled', rows: NOTICE },
  { name: 'receipt', describe: 'acknowledge a bundle, and check who did', rows: RECEIPT },
]
