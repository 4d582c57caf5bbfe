/**
 * Every limit on hostile input, with the reason for its number. A limit that is hit is "could not be examined"
 * (INDETERMINATE or exit 4), never "invalid".
 */
export const LIMITS = {
  /** Longest path in an archive or manifest, in bytes. Linux PATH_MAX is 4096; longer ones cannot be stored anywhere. */
  pathBytes: 4096,
  /** Entries of one archive. The format foresees 1,000,000 items; ten times that is no honest export. */
  archiveEntries: 10_000_000,
  /** Central directory of a ZIP, in bytes: 1,000,000 entries of about 100 bytes, with room for long names. */
  zipDirectoryBytes: 1_073_741_824,
  /** Deflate cannot expand by more than 1032:1 (zlib's own figure), so a larger claim is a lie. */
  deflateRatio: 1032,
  /**
   * One deflated entry of more than 64 MiB may not expand beyond 200:1. Text and logs reach 20:1,
   * a disk image of zeros 1000:1: the latter is refused with its reason, and unpacking it by hand remains.
   */
  bombRatio: 200,
  bombThresholdBytes: 67_108_864,
  /** All deflated entries together may expand to at most 1 TiB: a corpus larger than that travels stored. */
  inflatedTotalBytes: 1_099_511_627_776,
  /** A pax or GNU long-name record of a tar. */
  tarRecordBytes: 1_048_576,
  /** bagit.txt: two short lines. */
  bagDeclarationBytes: 4096,
  /** bag-info.txt: free text of people; a megabyte is a book. */
  bagInfoBytes: 1_048_576,
  /** A manifest of 1,000,000 lines is 98 MB (measured); 10,000,000 lines fit. */
  manifestBytes: 1_073_741_824,
  manifestLines: 10_000_000,
  /**
   * Listed names without a file, and repeated ones, of all manifests together: 1,000,000 items under two digests, none
   * of them here. Each costs 1 kB of memory (measured), and a ZIP of 3 MB holds a million.
   */
  manifestNamesKept: 2_000_000,
  /** fetch.txt: 1,000,000 lines of 130 bytes. */
  fetchBytes: 134_217_728,
  /**
   * All files of one bundle that are read into memory, in the order in which they are read, seal/ last: manifests and
   * records of 1,000,000 items under two digests stay below. What comes after is only digested.
   */
  wholeReadBytes: 4_294_967_296,
  /** A record in JSON that is read whole: bundle.json, checkpoint. */
  recordBytes: 16_777_216,
  /** authorisation.json, read whole, in bytes, as text and as values at once: the consents of 100,000 items, 330 bytes each. */
  authorisationBytes: 33_554_432,
  /** items.jsonl, custody.jsonl, disclosures.jsonl: 1,000,000 lines of at most 1 kB. */
  jsonLinesBytes: 1_073_741_824,
  /** Such a file that is kept in memory while it is read: 100,000 lines. A larger one is read in pieces, a second time. */
  jsonLinesWholeBytes: 67_108_864,
  /** proofs.jsonl, read whole: one of at most 4 kB for each earlier export of a log, of which 16,000 fit. */
  proofsBytes: 67_108_864,
  /** One JSON line of items or custody. */
  jsonLineBytes: 1_048_576,
  /** What the values of one such line may cost (see jsonUnits): 50,000 ranges of items are 200,000. */
  jsonLineUnits: 262_144,
  /**
   * Lines of one such file that are not in form. Each is parsed slowly, and a file of 64 MB has 20,000,000 of two letters; one
   * that has as many is no record of ours.
   */
  jsonLinesMisshapen: 16_384,
  /** A checkpoint: a few short lines, and a cosignature of 150 bytes for each of some hundred witnesses. */
  checkpointBytes: 65_536,
  /** Changes of one log's key: more than one a month for eighty years is no honest log. */
  logKeyChanges: 1000,
  /** A notice or receipt with its signature: 500,000 positions of items and some certificates stay below. */
  statementBytes: 4_194_304,
  /** Notices that are examined in one run: each is a CMS with its certificates; a recipient has some tens. */
  noticesGiven: 256,
  /** All of them together, because what they say stands in the facts; some of the largest fit. */
  noticesBytes: 16_777_216,
  /** Hand-over signatures that are verified in one run: each is a CMS with its certificates. */
  handoverSignatures: 256,
  /** Earlier exports in one log whose items are compared: a root is rebuilt for each, and a case is shared some hundred times. */
  earlierExports: 16_384,
  /** Exceptions of one request that are looked at: each is a CMS with its certificates, and each was signed by a person. */
  requestExceptions: 256,
  /** Openings whose salts are compared, to find one that was used twice: a bad generator shows itself long before. */
  saltsCompared: 131_072,
  /** Nesting of JSON: ours is at most 6 deep. */
  jsonDepth: 32,
  /**
   * What the values of one JSON text cost to keep, in units of some 40 bytes (json/parse.ts): the consents of 110,000 items
   * are 2,700,000, a thousand exceptions of a hundred findings as many. 120 MB. Whoever reads a file of his own may allow more.
   */
  jsonUnits: 3_000_000,
  /** Of tables and private files that somebody made for his own run: their bytes are their limit. */
  ownFileUnits: Number.POSITIVE_INFINITY,
  /** A detached CMS with its certificates; a real CAdES file with embedded revocation data reached 2.2 MB. */
  cmsBytes: 33_554_432,
  /** DER: nesting, nodes. Certificates nest 12 deep at most; a token with five certificates has under 1,000 nodes. */
  derDepth: 32,
  derNodes: 500_000,
  /** Content octets of an OBJECT IDENTIFIER; the longest in use have about 20. */
  oidOctets: 64,
  /** INTEGER by role: serial numbers have at most 20 octets (RFC 5280 §4.1.2.2); 64 leaves room for odd authorities. */
  serialOctets: 64,
  /**
   * One Name, in octets and attributes: names in use have under 500 octets and 10 attributes, and one CMS can have
   * hundreds of them.
   */
  nameOctets: 16_384,
  nameAttributes: 1024,
  /** A printed name: what is longer is cut, visibly, and followed by its digest. */
  nameTextCharacters: 4096,
  /** Digits of a fraction of a second: picoseconds; no clock of an authority is better. */
  fractionDigits: 12,
  /** Large INTEGERs: an RSA modulus of 16,384 bits is 2049 octets. */
  bigIntegerOctets: 2052,
  /** A trust set: a thousand anchors of 2 kB each in base64 are 3 MB; ours are a few kilobytes. */
  trustSetBytes: 4_194_304,
  /** Entries of one signing-certificate attribute, each compared with every certificate; in use are up to five. */
  essEntries: 64,
  /** Certificates and CRLs that stand in one CMS; what is looked at is limited below. Real ones have some tens. */
  cmsElements: 16_384,
  /** SignerInfos of one CMS: each costs a signature check for every certificate that it names. */
  signersInCms: 64,
  /** Signature-time-stamps in the unsigned attributes of one file, where anybody can add more; in use are one or two. */
  signatureTimeStamps: 16,
  /** One evidence record: a hundred time-stamps with their certificates and CRLs stay below. */
  evidenceRecordBytes: 16_777_216,
  /** Its chains, one for each change of the digest: each is over all older ones, which are hashed again for each. */
  evidenceRecordChains: 16,
  /** Time-stamps of one evidence record: each costs a signature check; two every year are enough for more than a hundred years. */
  evidenceRecordTimestamps: 256,
  /** Signers of all its time-stamps, and certificates and CRLs in them; each time-stamp has one signer. */
  evidenceRecordSigners: 1024,
  evidenceRecordElements: 16_384,
  /** Digests in all its hash trees: a tree over 2^32 files leaves 33 lists; one group of files may be large. */
  evidenceRecordHashes: 65_536,
  /** Attributes of one list in an evidence record, and digests in its head: in use are none or a few. */
  evidenceRecordAttributes: 64,
  /** Files that one evidence record is asked about: each is compared with each of its chains. */
  evidenceRecordObjects: 10_000,
  /** Certificates in one bag that are looked at. */
  certificatesInBag: 256,
  /** Certificates of all signatures, tokens and hints of one bundle: 30 years of renewals stay below. */
  certificatesInPool: 1024,
  /** Signature checks for one CMS: one for each signer and certificate that it names, bound ones first. */
  cmsSignatureChecks: 64,
  /**
   * The same of a statement of the record or beside it (approval, exception, hand-over, notice, receipt): only the bound
   * certificate of its one signer counts, and there are hundreds of them in one bundle.
   */
  statementSignatureChecks: 2,
  /** Certificates of one signer that are listed: one more than are tried, so that it shows that not all were. */
  candidatesOfSigner: 65,
  /** Candidate paths: depth and signature checks for one certificate. */
  pathDepth: 8,
  pathSignatureChecks: 64,
  /**
   * Comparisons of a name with a constraint on one path, long names counting for several. A technically constrained
   * authority has some 500 constraints, a signer's certificate under 10 names; 64 paths at the limit take a second.
   */
  nameConstraintComparisons: 16_384,
  /** Policies and mappings of all certificates of one path: real ones have under 100. */
  policiesInPath: 4096,
  /** Problems of one certificate that are listed with a path; a hostile one could have a million. */
  problemsOfCertificate: 64,
  /** Distribution points of one certificate with their names, each compared with every CRL; in use are under 10. */
  distributionPointNames: 4096,
  /** One CRL or OCSP response: a list of 200,000 entries is 10 MB, the largest public ones have reached 30. */
  crlBytes: 67_108_864,
  /** CRLs and OCSP responses of one run: one for each certificate of 30 years of renewals stays below. */
  revocationObjects: 1024,
  /** All of them together: they stand in the facts in base64, beside a million digests. */
  revocationBytes: 134_217_728,
  /** Of these in unsigned parts of signatures and tokens, where anybody can add more: a CAdES file has some tens. */
  revocationUnprotected: 256,
  /** Signature checks for CRLs and OCSP responses in one run; those under the certificate's own issuer come first. */
  revocationSignatureChecks: 1024,
  /** Certificates of separate CRL issuers whose paths are searched in one run. */
  revocationSignerSearches: 64,
  /** Steps of judging revocation for one certificate: a CRL's signer is judged by CRLs in its turn. */
  revocationSteps: 4096,
  /**
   * Files under seal/ that are looked at: 30 years of renewals with ten authorities and their CRLs stay below. A token has twenty
   * findings, and a report of as many can be read again.
   */
  sealFiles: 1024,
  /** Seal levels after the first: one every two years for more than a hundred years; each is compared with every file. */
  sealLevels: 64,
  /** A saved report: a thousand exceptions of every finding, with paths of common length. */
  reportBytes: 33_554_432,
  /**
   * Findings of all judgements by which is found what a report rests on, one for each anchor, certificate and time-stamp: some
   * hundred with a hundred findings each are a tenth. As many take ten seconds.
   */
  restsOnFindings: 100_000,
  /** A saved facts file: 1,000,000 digests in base64 are 43 MB; V8's longest string is 512 MiB. */
  factsBytes: 402_653_184,
  /**
   * What stands before the content of an encrypted file: an age recipient has under 2 kB, a CMS one under 1 kB, so that some
   * hundred recipients fit.
   */
  encryptionHeaderBytes: 1_048_576,
  /** Recipients of one encrypted file: each costs arithmetic with the reader's key. */
  encryptionRecipients: 1024,
  /**
   * Recipients of one file times keys of the reader: each pair costs arithmetic. A thousand keys try a file for sixteen; the limit
   * of both together would take an hour.
   */
  encryptionTries: 16_384,
  /** Segments of an encrypted content: OpenSSL writes 4096 bytes each, which is 16 GiB. */
  encryptionSegments: 4_194_304,
  /** Exceptions listed in one finding; the inventory always lists all. */
  exceptionsInFinding: 1000,
} as const
