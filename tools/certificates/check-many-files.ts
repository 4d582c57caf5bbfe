import { readFileSync } from 'node:fs'
import { establishCertificate } from '@probatum/certificate'
import { nodePorts } from '@probatum/platform/node'
import { preparePdf } from '../../packages/certificate/src/signing/sign-pdf.ts'
import { stamped } from '../../packages/certificate/src/testing/attack-tools.ts'
import { peakMemory } from '../testing/peak-memory.ts'
import { TEST_BUILD, testTypesetter } from '../testing/typesetter.ts'

/**
 * Checks a certificate that `many-files.ts` wrote, and prints, as JSON, what was found of its base and pages and how much memory that
 * took at most: `node tools/run.mjs tools/certificates/check-many-files.ts FILE.pdf [stamped|signed]`. Stamped: with
 * something on its first page, so that all its text is compared. Signed: with a signature and a document time-stamp behind it, whose
 * room is empty.
 */
const file = new Uint8Array(readFileSync(process.argv[2] ?? ''))
const room = (bytes: Uint8Array, kind: 'signature' | 'document-timestamp') =>
  preparePdf(bytes, { kind, claimedTime: null, room: 16_384 }).bytes
const FORMS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  stamped,
  signed: (bytes) => room(room(bytes, 'signature'), 'document-timestamp'),
}
const bytes = FORMS[process.argv[3] ?? '']?.(file) ?? file
const ports = nodePorts({ jobs: 1 })
const { factsFile } = await establishCertificate(
  {
    name: 'certificate.pdf',
    bytes,
    certificates: [],
    revocation: [],
    bundle: null,
    sidecar: null,
    printed: [],
  },
  { ...ports, typesetter: await testTypesetter(), build: TEST_BUILD },
)
await ports.close()
const { base, shown, failure } = factsFile.facts.document ?? {}
const megabytes = Math.round(peakMemory() / 1_048_576)
process.stdout.write(
  `${JSON.stringify({ base: base?.state, shown: shown?.state, failure: failure ?? null, megabytes })}\n`,
)
