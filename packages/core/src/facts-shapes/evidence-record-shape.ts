import { flag, listOf, object, orNull } from '../json/shape.ts'
import type {
  ArchiveTimeStampFacts,
  CoveredFacts,
  EvidenceRecordFacts,
  GivenEvidenceRecordFacts,
  GivenEvidenceRecordsFacts,
} from '../model/evidence-record-facts.ts'
import { LIMITS } from '../model/limits.ts'
import { anyText, codes, count, countOrNull, hexText, PARSE_FAILURE, sha256, suchThat, textOrNull } from './parts.ts'
import { POOLED_CERTIFICATE, REVOCATION_FACTS, TOKEN_FACTS } from './signature-shape.ts'

const COVERED = object<CoveredFacts>({ what: anyText, hash: orNull(hexText), found: flag })

const STAMP = suchThat(
  object<ArchiveTimeStampFacts>({
    path: anyText,
    chain: count,
    position: count,
    digest: textOrNull,
    attributes: listOf(anyText),
    tree: codes<ArchiveTimeStampFacts['tree']>({
      none: true,
      computed: true,
      unsupported: true,
      'hash-length': true,
    }),
    lists: listOf(count, { maximum: LIMITS.evidenceRecordHashes }),
    root: orNull(hexText),
    covers: listOf(COVERED, { maximum: LIMITS.evidenceRecordObjects }),
    others: count,
    token: TOKEN_FACTS,
  }),
  'one path for archive time-stamp and time-stamp',
  ({ path, token }) => path === token.path,
)

/** Chain after chain, each from its first time-stamp on: what covers what follows from their places. */
function isInOrder({ timestamps, failure }: EvidenceRecordFacts): boolean {
  if (failure !== null) return timestamps.length === 0
  const [first] = timestamps
  if (first === undefined || first.chain !== 0) return false
  return timestamps.every(({ chain, position, path }, index) => {
    const before = timestamps[index - 1]
    const follows = before?.chain === chain ? position === before.position + 1 : position === 0
    return (
      path === `archiveTimeStamp[${chain}][${position}]` &&
      follows &&
      chain <= (before?.chain ?? -1) + 1 &&
      chain >= (before?.chain ?? 0)
    )
  })
}

export const EVIDENCE_RECORD_FACTS = suchThat(
  object<EvidenceRecordFacts>({
    failure: orNull(PARSE_FAILURE),
    version: countOrNull,
    digestAlgorithms: listOf(anyText),
    cryptoInfos: listOf(anyText),
    encryptionInfo: textOrNull,
    objects: count,
    timestamps: listOf(STAMP, { maximum: LIMITS.evidenceRecordTimestamps }),
  }),
  'archive time-stamps in their places',
  isInOrder,
)

export const GIVEN_EVIDENCE_RECORDS = object<GivenEvidenceRecordsFacts>(
  {
    files: listOf(
      object<GivenEvidenceRecordFacts>(
        {
          sha256,
          bytes: count,
          failure: orNull(PARSE_FAILURE),
          files: count,
          compared: count,
          covered: count,
          common: count,
          paths: listOf(anyText, { maximum: LIMITS.exceptionsInFinding }),
          record: orNull(EVIDENCE_RECORD_FACTS),
        },
        ['common'],
      ),
    ),
    certificates: listOf(POOLED_CERTIFICATE, { maximum: LIMITS.certificatesInPool }),
    revocation: REVOCATION_FACTS,
  },
  ['revocation'],
)
