import type { OpenedConsent } from '../authorisation/opened-consents.ts'
import type { BagFacts } from '../bundle/bag-facts.ts'
import type { RenewalFacts } from '../bundle/level-facts.ts'
import type { RecordFacts } from '../bundle/record-facts.ts'
import type { OpenedField } from '../custody/disclosure-reading.ts'
import type { GivenDisclosuresFacts } from '../custody/given-disclosures.ts'
import type { HandoverSignatures } from '../custody/handover.ts'
import type { PooledCertificate, SignatureFileFacts, TokenFacts } from '../pki/facts.ts'
import type { RevocationFacts } from '../pki/revocation.ts'
import type { NoticesFacts } from '../statements/notice-facts.ts'
import type { DocumentFacts } from './document-facts.ts'
import type { EvidenceRecordFacts, GivenEvidenceRecordsFacts } from './evidence-record-facts.ts'
import type { DigestAlgorithm } from './ports.ts'
import type { ReportEnvelope } from './report.ts'

/**
 * What was read and computed from the content alone: no policy, no trust set, no time, no engine version. The same
 * names and bytes give the same facts, whatever holds them, so two experts compare the digest of these first.
 */
export interface Facts {
  readonly facts: 'probatum/facts/1-draft'
  /**
   * `bundle`: names our format; `bag`: another BagIt bag; `timestamp`, `signature`: a token or a CMS alone, with the data
   * that it is said to be over; `certificate`: one certificate, asked about in one role;
   * `document`: a PDF certificate with its signatures; `evidence-record`: an RFC 4998 evidence record, with the files that it
   * is said to be over.
   */
  readonly kind: 'bundle' | 'bag' | 'timestamp' | 'signature' | 'certificate' | 'document' | 'evidence-record'
  /** Tree of names and bytes; of a lone token or signature its own file, and the tokens given with it. */
  readonly content: { readonly sha256: string; readonly files: number; readonly bytes: number }
  readonly inventory: { readonly sha256: string; readonly lines: number }
  /** Payload digests that were asked for. */
  readonly digests: 'all' | readonly DigestAlgorithm[]
  /**
   * SHA-256 of every file of at most LIMITS.trustSetBytes, in byte order, concatenated, base64: a trust set
   * whose bytes lie in the bundle is refused, also when facts are judged years later.
   */
  readonly smallFiles: string
  /** SHA-256 of tagmanifest-sha256.txt; null without one. */
  readonly bundleId: string | null
  readonly bag: BagFacts | null
  readonly records: RecordFacts | null
  /** Of kind `signature`: the one; of kind `document` those whose structure stands in it. */
  readonly signatures: readonly SignatureFileFacts[]
  /** Of kind `bundle`, when there are seal levels after the first. */
  readonly renewal?: RenewalFacts
  /** Of kind `timestamp`. */
  readonly token: TokenFacts | null
  /** Of kind `certificate`, and of no other: the one that is asked about, by its SHA-256, and as what. */
  readonly target?: { readonly sha256: string; readonly role: CertificateRole }
  /** Of kind `document`, and of no other. */
  readonly document?: DocumentFacts
  /** Of kind `evidence-record`, and of no other. */
  readonly evidenceRecord?: EvidenceRecordFacts
  /** Certificates of all signatures, tokens and validation hints, by SHA-256, each once. */
  readonly certificates: readonly PooledCertificate[]
  /** CRLs and OCSP responses of the content, and those given beside it. With `disclosures` and `notices` what is not content here. */
  readonly revocation: RevocationFacts
  /** Files of later openings that were given beside a bundle or bag; absent when none was. */
  readonly disclosures?: GivenDisclosuresFacts
  /** Notices that were given beside a bundle or bag; absent when none was. */
  readonly notices?: NoticesFacts
  /** Evidence records that were given beside a bundle or bag; absent when none was. */
  readonly evidenceRecords?: GivenEvidenceRecordsFacts
}

/** Roles in which a certificate can be asked about alone. */
export type CertificateRole = 'signer' | 'time-stamp-authority'

/** What `--save-facts` writes: facts, and apart from them what is true of this copy only. */
export interface FactsFile {
  readonly facts: Facts
  readonly container: ReportEnvelope['container']
  /**
   * Signatures on hand-overs that hold, with their certificates: absent without any. They are opened values, so they are
   * no facts, and are saved only with opened values; without them nobody can say whose they are.
   */
  readonly handovers?: HandoverSignatures
  /**
   * Opened fields of consents: absent without any. Opened values as well; without them nobody can say whether a consent
   * covers the sharing.
   */
  readonly consents?: readonly OpenedConsent[]
  /** Opened values, only where they were asked for: no check reads them, and no digest is over them. */
  readonly opened?: readonly OpenedValue[]
}

/** An opened field, and where its opening stands. */
export interface OpenedValue extends OpenedField {
  /** SHA-256 of the file of later openings; null for the bundle's own disclosures.jsonl. */
  readonly given: string | null
}
