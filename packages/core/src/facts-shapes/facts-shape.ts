import { exactly, listOf, object, orNull, type Shape } from '../json/shape.ts'
import type { ContainerKind, Oddity } from '../model/container.ts'
import type { CertificateRole, Facts, FactsFile } from '../model/facts.ts'
import { LIMITS } from '../model/limits.ts'
import { BAG_FACTS } from './bag-shape.ts'
import { anyText, base64, codes, count, countOrNull, DIGEST_CHOICE, sha256, suchThat } from './parts.ts'
import { RECORD_FACTS } from './record-shape.ts'
import { POOLED_CERTIFICATE, REVOCATION_FACTS, SIGNATURE_FILE_FACTS, TOKEN_FACTS } from './signature-shape.ts'

const FACTS = object<Facts>(
  {
    facts: exactly('probatum/facts/1-draft'),
    kind: codes<Facts['kind']>({ bundle: true, bag: true, timestamp: true, signature: true, certificate: true }),
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
    token: orNull(TOKEN_FACTS),
    certificates: listOf(POOLED_CERTIFICATE, { maximum: LIMITS.certificatesInPool }),
    target: object<NonNullable<Facts['target']>>({
      sha256,
      role: codes<CertificateRole>({ signer: true, 'time-stamp-authority': true }),
    }),
    revocation: REVOCATION_FACTS,
  },
  ['target'],
)

/** What each kind of thing has: a bundle its bag and records, a token and a signature themselves. */
function isOfItsKind({ kind, bag, records, token, signatures, target }: Facts): boolean {
  if ((target !== undefined) !== (kind === 'certificate')) return false
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
      return bag === null && token === null && signatures.length === 0
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

export const FACTS_FILE: Shape<FactsFile> = object<FactsFile>({
  facts: suchThat(FACTS, 'the members of its kind, and no others', isOfItsKind),
  container: CONTAINER,
})
