import type { GlossaryEntry } from '../messages.ts'

/**
 * What certificates and HTML reports say in sentences. The keys are the sentences' stable ids: the same sentence has the
 * same id, and the same number on the page, in every language. `{n}` in a text with forms is the number it depends on.
 */
export const CERTIFICATE_SENTENCES = {
  // Marks at the top
  notReviewed:
    'This translation was made by a machine, and no person who knows the language and the matter has reviewed it. Where it differs from the English certificate of the same report, the English text is what is meant.',
  namesShown: 'It shows original file names, as its maker asked (--names). They may identify people.',
  labelsGiven: 'Exhibit numbers are as given by the operator; nothing in the bundle confirms them.',
  noCertification:
    'A program made this document. It states what the program computed; it certifies nothing. A person who certifies signs in the part made for that.',

  noCertificationReport: 'A program made this report. It states what the program computed; it certifies nothing.',

  // The first page
  wholeLabel: 'The code of this result, with the axes that it covers: {label}.',
  subIndication: 'Sub-indication {code}: {meaning}.',
  knownOn:
    'This states what could be known on {time}. Check again for later notices: a key may be reported stolen, or a consent withdrawn, after that time.',
  provedTime: 'The seal existed no later than {time}. Nothing is proved about the time before.',
  provedNothing: 'Nothing. No time-stamp counts under the policy and the list of authorities that the operator chose.',
  provedNoList: 'Nothing. The operator chose no list of authorities.',
  provedNoStamp: 'Nothing. There is no time-stamp of an authority.',
  provedLatest: 'The last of the time-stamps that count is of {time}.',
  statedTimes: 'Only stated, by whoever made the bundle: {times}.',
  statedNoTimes: 'The bundle states no time.',
  warningSample: 'SAMPLE: invented data under a demonstration authority. It says nothing about anybody.',
  warningSetNotConfirmed:
    'The code of the list of keys was not typed in: nothing shows that it is the list its issuer sent.',
  warningSetPastReview: 'The list of keys was to be reviewed by {date}, which had passed at the time of the check.',
  warningException:
    'The sharing was made under a signed exception from its conditions, or what is signed there does not hold: see “Consent and sharing conditions, as recorded” and the checks of the axis authorisation.',
  warningProblems: 'There are contradictions or open questions: see “Open questions and contradictions”.',
  warningEndEntity:
    'The list of keys names the certificate of {name} itself, so nobody but the list’s issuer can withdraw it.',
  warningNoSet: 'No list of keys was chosen: nobody can be named as the signer, and no authority counts.',
  warningSavedFacts:
    'It was made from saved facts, and no file was read for it: whoever kept the facts could alter them.',
  warningPart: 'This copy was declared to be a part; listed files that are absent were not taken for a contradiction.',
  warningDigests: 'Evidence files were hashed under {algorithms} only, as the operator asked.',
  warningLeftovers: {
    one: '{n} file that an operating system left behind was set aside. It was not sealed.',
    other: '{n} files that an operating system left behind were set aside. They were not sealed.',
  },
  warningOutside: {
    one: '{n} file lies beside the bundle and is no part of it.',
    other: '{n} files lie beside the bundle and are no part of it.',
  },
  warningOddities: {
    one: 'The archive has {n} peculiarity of its own; it stands under “Limits”.',
    other: 'The archive has {n} peculiarities of its own; they stand under “Limits”.',
  },
  warningWeakDigest:
    'Digests under {algorithms} stand in the bundle, too. They are considered weak and were not relied on.',
  warningNotChecked: {
    one: '{n} check was not made; it stands under “Limits”, with the reason.',
    other: '{n} checks were not made; they stand under “Limits”, with the reasons.',
  },
  /** What the policy does not ask about counts for nothing, and may matter to a court all the same. */
  warningOpenUnasked: {
    one: '{n} check that the policy does not ask about could not be decided: see “Open questions and contradictions”.',
    other:
      '{n} checks that the policy does not ask about could not be decided: see “Open questions and contradictions”.',
  },
  warningWithheld: {
    one: '{n} check meets something that is withheld.',
    other: '{n} checks meet something that is withheld.',
  },
  limitNotAsked:
    'The policy does not ask about: {axes}. What was found there does not count for the result unless it contradicts.',
  noWarnings: 'No warning.',
  conditionsNone: 'The bundle records no handling conditions.',
  conditionsNotAtHand:
    'Not known here: this certificate was made from saved facts, without the bundle. The bundle may record conditions.',
  conditionsUnread: 'The record of handling conditions could not be read.',
  showsSame: {
    one: 'That the {files} examined is {same}.',
    other: 'That the {files} examined are {same}.',
  },
  showsComplete: 'That no listed evidence file is missing, and none was added.',
  showsDiffers: 'That what was examined is not what was sealed or listed; the exhibits name each difference.',
  showsSigner: 'That the seal was made with the key of {name}, by the list of keys that the operator chose.',
  showsTime: 'That the seal existed no later than {time}.',
  showsCustody: 'That the entries of the custody log form one unbroken chain and agree with its signed state.',
  /** The chain shows nothing across what is withheld; the tree does. */
  showsLog: 'That the entries of the custody log, withheld ones included, agree with its signed state.',
  showsNothing:
    'Nothing by itself: what is open, and what would settle it, stands in the part “Open questions and contradictions”.',
  notShownTruth: 'That what the files show is true, complete, lawfully obtained or correctly described.',
  notShownRecorder: 'Who recorded what is in the files, or when.',
  notShownBefore: 'Anything about the time before the earliest proved time.',
  notShownCourt: 'That anybody must accept them as evidence: that is for the court to decide.',

  // Checks
  axesIntro:
    'Each check asks one question and gives one value. An axis has the worst value of its checks; the whole has the worst value of the axes that the policy asks about, and a contradiction on any axis makes the whole FAILED.',
  problemsNone: 'No check found a contradiction, and none that the policy asks about was left open.',
  problemsIntro:
    'Contradictions first, then what could not be decided. “You” in these sentences is whoever ran the program, and “your list” the list of keys that was chosen then.',
  missingThing: 'Missing: {what}. Who may have it: {from}. You can send: “{ask}”',
  restsOn: 'Rests on {document}, section {section}.',
  moreObjects: {
    one: 'And {n} more; the attached inventory has it.',
    other: 'And {n} more; the attached inventory has all of them.',
  },
  moreObjectsReport: {
    one: 'And {n} more; `probatum verify --inventory FILE` saves it.',
    other: 'And {n} more; `probatum verify --inventory FILE` saves all of them.',
  },

  // Method
  methodBytes:
    'The program read every file whole and computed digests over its bytes as they arrived; nothing was converted, opened or repaired.',
  methodAlgorithms: 'Digests of evidence files: {algorithms}.',
  methodCompare:
    'Each digest was compared with the one that the bundle’s list (manifest) states for that file. Listed files that are absent, and files that no list names, are reported by name.',
  methodSeal:
    'The accompanying files, the manifests among them, are listed in the tag manifest. The seal is a detached signature (CMS, CAdES-B profile) over the bytes of the tag manifest, and each time-stamp (RFC 3161) is over the bytes of a signature file.',
  methodContent:
    'The content digest is the SHA-256 of a text with one line for every file (its SHA-256, two spaces, its path), in byte order of the paths.',
  methodChain:
    'The custody log is a chain: each entry holds the SHA-256 of the entry before it. All entries are also the leaves of a Merkle tree (RFC 9162, SHA-256), whose root and size the log’s key signed.',
  methodCommitments:
    'Fields that may be withheld stand in the records as salted SHA-256 digests. What was opened was digested and compared with its place. Opened values are not repeated in this document.',
  methodCommitmentsNames:
    'Fields that may be withheld stand in the records as salted SHA-256 digests. What was opened was digested and compared with its place. Of opened values, this document repeats original file names only.',
  methodPolicy: 'What had to be shown was fixed before, in a policy: a file whose digest stands here.',
  methodOffline:
    'Nothing was fetched from a network. The time of the check was given to the program as an input; no clock decides anything.',
  methodSame:
    'The same bundle, policy, list of keys and time give the same report, bit for bit, on any computer; whoever doubts it can run the program again.',
  methodMadeByCommandLine: 'This document was made by {program}, run as a command.',
  methodMadeByPage:
    'This document was made by {program} in its form of a web page, one file that runs in a browser. That page lets one script run, named by its hash. The hash below is what the page stated of itself: compare it with the one that was published for this version.',

  // Signatures, time-stamps, trust
  noSignatures: 'There is no signature that could be read.',
  noTokens: 'There is no time-stamp over this signature.',
  anchorsChosen:
    'The list of keys (trust set) was chosen by the operator from outside the bundle. Nothing that lies in a bundle is believed because it lies there.',
  anchorsNone: 'The operator chose no list of keys, so no key in this report is tied to anybody.',
  anchorsConfirmed: 'The operator typed in the code of the list as printed in its letter, and it agrees.',
  anchorsNotConfirmed: 'The code of the list was not typed in.',
  evidenceRecordApart:
    'An evidence record (RFC 4998) is a statement of its own about the files that it is over: nothing else in this document rests on it, and it says nothing of other files. `probatum steps BUNDLE --evidence-record FILE` prints the commands that check one by hand.',
  provedNothingHere: 'nothing is proved',
  revocationNone: 'No withdrawal data (CRL or OCSP) was at hand.',
  revocationRule: 'The policy’s rule about withdrawal data: {rule}.',
  ruleRequired: 'required',
  ruleIfPresent: 'judged if present',
  ruleNotChecked: 'not judged',
  qualifiedNotAssessed:
    'Whether a signature or time-stamp is “qualified” under Regulation (EU) No 910/2014 was not assessed.',

  // Custody
  custodyNone: 'There is no custody log in what was examined.',
  custodyUnread: 'The custody log could not be read.',
  custodyPeople:
    'When an entry was made, and by whom, stands in fields that may be withheld. This document does not repeat them, opened or not: they are in the log of the bundle.',
  custodyCount: {
    one: 'The custody log has {n} entry, the entry of this export included.',
    other: 'The custody log has {n} entries, the entry of this export included.',
  },
  custodyShown: {
    one: '{n} entry is here as a line; of its fields, only the opened ones can be read.',
    other: '{n} entries are here as lines; of their fields, only the opened ones can be read.',
  },
  custodyWithheld: {
    one: '{n} entry is withheld: its place and its digest are here, its content is not.',
    other: '{n} entries are withheld: their places and their digests are here, their content is not.',
  },
  custodyAnchored:
    'A signed state of the log is here, under the name {origin}: {size} entries, root {root}. Whether the signature holds, the checks say.',
  custodyHandovers: {
    one: '{n} signature of a hand-over was compared with its entry.',
    other: '{n} signatures of hand-overs were compared with their entries.',
  },

  // Withheld
  withheldCanHide:
    'What is withheld can change how the rest reads, and can speak for or against somebody. A salted digest stands for it, fixed before the seal, so that it can be shown later and compared; what it says cannot be seen from that.',
  withheldByIssuer:
    'Whoever made the bundle withheld it, and states the ground. Nothing here shows whether the ground is a good one.',
  withheldNothing: 'No item is withheld, and no redacted copy stands in for an original.',
  withheldNotKnown: 'The records of items could not be read, so it is not known what is withheld.',
  withheldItems: {
    one: '{n} item is withheld. Its place and its commitment are here; its digests and size are not.',
    other: '{n} items are withheld. Their places and their commitments are here; their digests and sizes are not.',
  },
  withheldItemsOf: { one: 'The log has {n} item in all.', other: 'The log has {n} items in all.' },
  withheldFields:
    'Of {slots} fields in the lines that are shown, {opened} are opened. A closed field was withheld or never filled in.',
  withheldGrounds: {
    one: 'A ground is given for {n} closed field.',
    other: 'A ground is given for {n} closed fields.',
  },
  withheldCopies: {
    one: '{n} item is a REDACTED COPY of another item. That it shows the rest faithfully is the issuer’s statement.',
    other:
      '{n} items are REDACTED COPIES of other items. That they show the rest faithfully is the issuer’s statement.',
  },

  // Consent and conditions
  consentNotJudged: 'What follows is repeated as the bundle records it. Nothing of it was judged: NOT CHECKED.',
  consentJudged: 'What follows is repeated as the bundle records it. What was judged of it stands among the checks.',
  consentNoRecord: 'What was examined has no record of consent or sharing conditions.',
  consentNoRequest:
    'The bundle records no request to share: no consent, no assurance, no condition and no approval stands in it.',
  consentNotAtHand:
    'This certificate was made from saved facts, without the bundle: what the bundle records of consent and conditions is not known here.',
  consentUnread: 'The record of consent and sharing conditions could not be read.',
  consentConsents: {
    one: 'A consent is recorded for {n} item; who gave it, for what and until when is closed.',
    other: 'Consents are recorded for {n} items; who gave them, for what and until when is closed.',
  },
  consentApprovals: { one: '{n} approval is recorded.', other: '{n} approvals are recorded.' },
  consentExceptions: { one: '{n} exception is recorded.', other: '{n} exceptions are recorded.' },
  consentLater:
    'A consent can be withdrawn after a bundle was sent. Ask the issuer for later notices before you use or pass on anything.',

  // Limits
  limitMathematics:
    'It rests on SHA-256 (and each digest named here) having no two different files with the same value that anybody could find, and on nobody being able to make a signature of the methods named here without the key.',
  limitKeys: 'It rests on the private keys having been in their owners’ hands alone when they signed.',
  limitAuthorities: 'It rests on the time-stamp authorities having stated true times.',
  limitAnchors: 'It rests on the list of keys being right: whoever chose it answers for it.',
  limitComputer:
    'It rests on the computer that ran the program being sound. A second person can repeat the check on another computer, and with other tools.',
  limitNotTruth: 'Unchanged is not true: a false statement can be sealed, and stays unchanged.',
  limitBefore:
    'A time-stamp shows that something existed no later than its time. It shows nothing about how old it was then.',
  challengesIntro:
    'What may be asked, the answer, and where in this document more stands. The answers hold for any bundle; what was found in this one stands in the part that is named.',
  notCheckedNone: 'Every check was made.',
  notCheckedIntro: 'These checks were not made, or met something withheld. Each line says why.',
  copyIntro: 'This copy has peculiarities that are no part of what was sealed:',

  moreInReport: { one: 'And {n} more; report.json names it.', other: 'And {n} more; report.json names all of them.' },

  // Reproduction
  reproduceTool:
    'With the program, on any computer: the command below gives the same report. Compare the report digest with the one at the foot of this page.',
  reproduceToolGet:
    'Get the program from its publisher and not with the bundle, and compare its SHA-256 with the published one before you run it.',
  reproduceStock:
    'Without the program: the commands below need only coreutils and OpenSSL 3.0 or newer. Run them in the bundle’s folder. signer-roots.pem and tsa-roots.pem are the root certificates in which you believe, had from elsewhere.',
  reproduceQuiet: 'Expected: nothing is printed, and the command ends with the status 0.',
  reproduceDiffers:
    'Expected here: the files that this certificate names as different or missing are printed, and the status is not 0.',
  reproduceExpected: 'Expected: {output}',
  reproduceRevocation:
    'Whether the signer’s key had been withdrawn, by the list that is here. signer.pem is the certificate that the signature holds under:',
  reproduceOther: 'SHA-256 of one file on other systems:',
  reproduceCheck:
    'This certificate, with the program: the command below makes its pages again from what it carries, and compares them.',
  reproduceCertificate:
    'This certificate, without the program: take its attachments out, and digest the one named certificate.json behind the line shown. The result is the certificate id.',
  reproduceSignature:
    'If somebody signed this certificate, the command below says whether that signature holds and covers the whole file. Where validation data or a time-stamp came behind it, “Not total document signed” is right. Whom to believe, it leaves to you.',
  reproduceReport: 'The report digest is the SHA-256 of the member “body” of report.json in canonical form (RFC 8785).',

  // Exhibits
  exhibitsExceptions:
    'Where a file has two digests, the list states the first, and the second was computed from the bytes examined.',
  exhibitsNoExceptions: 'No file differs from its list, is missing, or was added.',
  exhibitsAll: {
    one: 'The {n} evidence file. Its digest was computed from the bytes examined.',
    other: 'All {n} evidence files, in the order of their paths. Each digest was computed from the bytes examined.',
  },
  exhibitsCut: {
    one: 'The first {shown} of {n} file stand here. The attached inventory (inventory.jsonl, SHA-256 {sha256}) has all of them.',
    other:
      'The first {shown} of {n} files stand here. The attached inventory (inventory.jsonl, SHA-256 {sha256}) has all of them.',
  },
  exhibitsCutReport: {
    one: 'The first {shown} of {n} file stand here. `probatum verify --inventory FILE` saves all of them (SHA-256 {sha256}).',
    other:
      'The first {shown} of {n} files stand here. `probatum verify --inventory FILE` saves all of them (SHA-256 {sha256}).',
  },
  exhibitsLeftOut:
    'The full list is not printed, as the operator asked. The attached inventory (inventory.jsonl, SHA-256 {sha256}) has every file.',
  exhibitsLeftOutReport:
    'The full list is not printed. `probatum verify --inventory FILE` saves every file (SHA-256 {sha256}).',
  exhibitsPaths:
    'Files stand under the opaque paths of the bundle; original names may identify people and are not printed.',

  // The person
  personIntro:
    'To be filled in by hand, if a person certifies. The program has filled in nothing and ticked nothing. State facts apart from opinions, and only what you did or know yourself.',
  clerkIntro: 'Receipt, to be filled in by whoever takes this document in.',

  // Form annexes
  needsLawyer:
    'This form has not been approved by any court. Have a lawyer of the place read it before anybody signs or files it.',
  formFromReport:
    'Digests, identifiers and counts in this annex are taken from the report. Everything else is left empty.',
  transmittalIntro:
    'Cover sheet for a transmittal between authorities. Items are named by their paths and digests; the conditions are those that the bundle records.',
  transmittalItemsGiven: {
    one: '{n} file is handed over with this transmittal.',
    other: '{n} files are handed over with this transmittal.',
  },
  transmittalItemsWithheld: { one: '{n} item of the log is withheld.', other: '{n} items of the log are withheld.' },
  hashReportIntro:
    'Hash report: the digest of each file handed over, computed from the bytes examined. It can be read without the rest of the certificate.',
} as const

/** Headings, names of facts, columns and words in tables. */
export const CERTIFICATE_LABELS = {
  title: 'Integrity certificate',
  titleReport: 'Verification report',
  page: 'Page {page} of {pages}',
  wordPassed: 'PASSED',
  wordFailed: 'FAILED',
  wordUndecided: 'CANNOT BE DETERMINED',
  wordToHeed: 'TAKE NOTE',
  valuePassed: 'passed',
  valueFailed: 'failed',
  valueUndecided: 'cannot be determined',
  valueToHeed: 'take note',
  valueNotChecked: 'not checked',
  valueWithheld: 'withheld',
  yes: 'yes',
  no: 'no',
  none: 'none',
  notStated: 'not stated',
  asStated: '{value} (as the bundle states)',
  showsNames: 'shows original file names',
  notReviewed: 'translation not reviewed',
  sample: 'SAMPLE',

  headingResult: 'Result',
  headingWarnings: 'Warnings',
  headingConditions: 'Handling conditions, as the bundle records them',
  headingShows: 'What this shows',
  headingDoesNotShow: 'What this does not show',
  headingExamined: 'What was examined',
  headingAxes: 'The checks, by axis',
  headingProblems: 'Open questions and contradictions',
  headingMethod: 'Method',
  headingSignatures: 'Signatures and time-stamps',
  headingSignature: 'Signature {n}',
  headingToken: 'Time-stamp {n} over signature {signature}',
  headingEvidenceRecord: 'Evidence record {n}, given beside the bundle',
  headingTrust: 'Keys that were believed',
  headingRevocation: 'Withdrawal data',
  headingCustody: 'Custody',
  headingWithheld: 'Withheld items and redacted copies',
  headingConsent: 'Consent and sharing conditions, as recorded',
  headingLimits: 'Limits, and checks that were not made',
  headingChallenges: 'Questions that may be raised',
  headingReproduction: 'How to check this again',
  headingExhibits: 'Exhibits',
  headingExceptions: 'Files that are not as listed',
  headingAllFiles: 'All evidence files',
  headingGlossary: 'Words used here',
  headingPerson: 'Certification by a person',
  headingClerk: 'Receipt',
  headingAnnex: 'Annex: {title}',

  certificateId: 'certificate id',
  reportDigest: 'report digest (SHA-256)',
  reportCode: 'report code, to read aloud',
  bundleId: 'bundle id (SHA-256)',
  bundleCode: 'bundle code, to read aloud',
  sealId: 'seal id (SHA-256)',
  manifestDigest: 'list {name} (SHA-256)',
  contentDigest: 'content digest (SHA-256)',
  inventoryDigest: 'inventory (SHA-256)',
  factsDigest: 'facts (SHA-256)',
  findingsDigest: 'findings (SHA-256)',
  format: 'format',
  identifier: 'identifier',
  issuer: 'issuer',
  recipient: 'recipient',
  received: 'handed in',
  receivedDigest: 'archive as handed in (SHA-256)',
  receivedFolder: 'folder {name}',
  receivedArchive: '{kind} {name}, {size}',
  counts: 'evidence files',
  countsText:
    '{listed} listed; {here} here, {size}; {matched} as listed, {different} different, {missing} missing, {unlisted} added, {unreadable} not readable',
  countsShort:
    '{here} here; {matched} as listed, {different} different, {missing} missing, {unlisted} added, {unreadable} not readable',
  countsMoved: '{counts}, {renamed} under another name than is listed, {copies} a second copy of another',
  axisValues: 'by axis',
  localTime: '{time}, that is {local}',
  filesInAll: 'files in all',
  checkedAsOf: 'checked as of',
  program: 'program',
  programBuild: 'build (SHA-256 of the sources)',
  pageScript: 'hash of the page’s script',
  pageEdition: 'edition of the page',
  pageEditionDigest: 'edition of the page (SHA-256)',
  certificateFormat: 'certificate format',
  templateName: 'template',
  templateText: '{title}, version {version}',
  languageName: 'language',
  provedTime: 'proved',
  statedTime: 'stated',
  statedBySigner: 'the signer says {time}',
  statedByBundle: 'the bundle says it was made {time}',
  statedByBag: 'the bag says it was packed {time}',

  columnAxis: 'axis',
  columnQuestion: 'question',
  columnValue: 'value',
  columnRequired: 'required',
  columnChecks: 'checks',
  columnNumber: 'no.',
  columnFile: 'file',
  columnSize: 'bytes',
  columnDigest: 'SHA-256',
  columnResult: 'result',
  columnRole: 'role',
  columnName: 'name',
  columnCheck: 'check',
  columnWhy: 'why',
  columnKind: 'kind',
  columnFrom: 'from',
  columnUntil: 'next',
  columnSource: 'source',
  columnRecord: 'record',
  columnLine: 'line',
  columnGround: 'ground',
  columnEvent: 'kind of entry',
  columnCount: 'number',
  captionChallenges: 'Questions and answers',
  columnAnswer: 'answer',
  columnWhere: 'more under',
  columnLineDigest: 'SHA-256 of the line',
  columnTerm: 'word',
  columnMeaning: 'meaning',
  columnAssurance: 'assurance',
  columnBy: 'given by',
  columnDate: 'date',
  columnReference: 'reference',
  /** Of a compared value that is no file's digest. */
  expectedValue: 'expected',
  columnExpected: 'listed',
  columnFound: 'found',

  captionAxes: 'Value of each axis, with the number of its checks',
  captionNotChecked: 'Checks that were not made, with the reason',
  captionAnchors: 'Keys of the list, by role',
  captionRevocation: 'Withdrawal lists and responses that were at hand',
  captionEvents: 'Entries of the custody log, by kind',
  captionWithheld: 'What is withheld, with the ground that the issuer gives',
  captionAssurances: 'Assurances, as the bundle records them',
  captionExceptions: 'Files that are not as listed',
  captionFiles: 'Evidence files with their digests',
  captionGlossary: 'Word and meaning',

  resultMatch: 'as listed',
  resultMismatch: 'DIFFERENT',
  resultMissing: 'MISSING',
  resultUnlisted: 'NOT LISTED',
  resultUnreadable: 'NOT READABLE',
  resultNotCompared: 'not compared',
  notHere: 'not here',
  copyLeftover: 'left behind by an operating system',
  copyOutside: 'lies outside the bundle’s folder',

  policyId: 'policy',
  policyName: '{id}, number {number}',
  policyDigest: 'policy (SHA-256)',
  policyAxes: 'axes asked about',
  policyRevocation: 'withdrawal data',
  policyTimestamps: 'time-stamps asked for',
  policyDigests: 'digests asked for',
  policyStrict: 'strict about',
  policyEnded: 'methods no longer counted from a day on',
  strictLeftovers: 'files that operating systems leave behind',
  strictTagFiles: 'accompanying files in no list',
  strictOldBags: 'old versions of BagIt',

  signatureFile: 'file',
  signatureOver: 'over',
  signatureDigest: 'file (SHA-256)',
  signatureForm: 'form',
  signatureAlgorithm: 'method',
  signerName: 'signer',
  signerIssuer: 'certified by',
  serialNumber: 'serial number',
  fingerprint: 'certificate (SHA-256)',
  validity: 'certificate runs',
  validityText: '{from} to {until}',
  claimedTime: 'time, as the signer states',
  bestTime: 'proved to exist',
  nothingProved: 'nothing is proved',
  bestTimeText: 'no later than {time}',
  keyText: '{kind}, {bits} bits',
  tokenAuthority: 'authority',
  tokenTime: 'time',
  tokenAccuracy: 'accuracy',
  tokenPolicy: 'authority’s policy',
  tokenImprint: 'imprint ({algorithm})',
  tokenCovers: 'covers',
  evidenceRecordDigest: 'record (SHA-256)',
  evidenceRecordCovers: 'files that it is over',
  evidenceRecordCount: '{covered} of {files}',
  evidenceRecordFirst: 'the first {shown} of {all}',
  evidenceRecordStamps: 'its time-stamps',
  tokenDigest: 'time-stamp (SHA-256)',
  unreadable: 'could not be read',

  setIssuer: 'compiled by',
  setNumber: 'number and date',
  setNumberText: 'number {number} of {date}, to be reviewed by {review}',
  setDigest: 'list (SHA-256)',
  setCode: 'code of the list',
  chosenBy: 'chosen by',
  chosenByOperator: 'the operator, from outside the bundle',

  logFile: 'log, record/custody.jsonl (SHA-256)',
  firstEntry: 'first entry (SHA-256)',
  lastEntry: 'last entry (SHA-256)',
  links: 'links between entries',
  linksText: '{compared} compared, {broken} not in agreement',
  linksBrokenText: '{compared} compared, {broken} not in agreement, the first at line {line}',
  logId: 'log id',
  logKey: 'log key (SHA-256)',

  purpose: 'purpose',
  grounds: 'legal grounds',
  conditions: 'conditions',
  recordDigest: 'record (SHA-256)',

  'event:log-start': 'beginning of the log',
  'event:log-key-change': 'change of the log’s key',
  'event:acquisition': 'taken from a source',
  'event:ingestion': 'items added to the log',
  'event:fixity-check': 'digests compared',
  'event:transfer': 'handed over',
  'event:access': 'looked at',
  'event:analysis': 'examined',
  'event:duplication': 'copied',
  'event:migration': 'moved or converted',
  'event:redaction': 'redacted copy made',
  'event:consent-withdrawal': 'consent withdrawn',
  'event:deaccession': 'given up',
  'event:export': 'bundle made',
  'event:withheld': 'withheld',
  'event:other': 'of a kind that this version does not know',

  'ground:witness-protection': 'protection of witnesses',
  'ground:victim-protection': 'protection of victims',
  'ground:source-confidentiality': 'confidentiality of sources',
  'ground:third-party-privacy': 'privacy of third persons',
  'ground:ongoing-investigation': 'an ongoing investigation',
  'ground:legal-privilege': 'legal privilege',
  'ground:national-law': 'national law',
  'ground:other': 'another ground',
  'ground:none': 'none given',

  'assurance:confidentiality-respected': 'confidentiality is respected',
  'assurance:fair-trial-and-human-rights': 'fair trial and human-rights standards',
  'assurance:no-death-penalty': 'no death penalty',
  'assurance:victims-and-witnesses-protected': 'victims and witnesses are protected',

  personName: 'Name',
  personPosition: 'Position and employer',
  personQualifications: 'Qualifications',
  personDone: 'What I did myself',
  personKnowledge: 'How I know the rest',
  personOpinion: 'Opinion, if any, with its reasons',
  personPlace: 'Place',
  personDate: 'Date, time and time zone',
  personSignature: 'Signature',
  tickRan: 'I ran the program myself, on a computer under my control.',
  tickStock: 'I repeated the check with other tools.',
  tickCode: 'I compared the code of the list of keys with its letter.',
  tickCompared: 'I compared the report digest with one that I computed.',
  clerkReceived: 'Received by',
  clerkDate: 'Date',
  clerkTick: 'The SHA-256 of the file received was compared.',

  qrAlt: 'QR code with the report digest and the bundle id',
  qrCaption: 'report digest and bundle id',

  templateGeneral: 'General',
  templateTransmittal: 'International transmittal',
  transmittalReference: 'Reference of the request',
  transmittalRequesting: 'Requesting authority',
  transmittalSending: 'Sending authority',
  transmittalPurpose: 'Purpose of the request',
  transmittalOfficer: 'Certifying officer',
  transmittalGiven: 'Items given',
  transmittalWithheld: 'Items withheld',
  transmittalConditions: 'Conditions',
  transmittalFurther: 'Further conditions of the sending authority',
  transmittalSeal: 'Official seal or stamp',
  hashReport: 'Hash report',
} as const

/** In the order in which they are printed. */
export const GLOSSARY_TERMS = [
  'bundle',
  'digest',
  'manifest',
  'integrity',
  'seal',
  'certificate',
  'trustSet',
  'timeStamp',
  'authority',
  'proofOfExistence',
  'revocation',
  'custodyLog',
  'chain',
  'withheld',
  'undecided',
  'policy',
] as const

export const GLOSSARY: Readonly<Record<(typeof GLOSSARY_TERMS)[number], GlossaryEntry>> = {
  bundle: {
    term: 'bundle',
    is: 'A folder or archive with evidence files, lists of them, records about them, and a seal.',
  },
  digest: {
    term: 'digest (hash)',
    is: 'A number computed from every byte of a file. If one bit changes, the digest is another. SHA-256 is a method for it.',
  },
  manifest: { term: 'manifest', is: 'A list of files with the digest of each.' },
  integrity: {
    term: 'integrity',
    is: 'That the bytes are the same as before. It says nothing about whether what they show is true.',
  },
  seal: {
    term: 'seal (signature)',
    is: 'A number made from the list of files with a secret key. Only who has the key can make it; anybody can check it.',
  },
  certificate: {
    term: 'certificate (of a key)',
    is: 'A signed statement that a key belongs to a name. Not to be confused with this document.',
  },
  trustSet: {
    term: 'list of keys (trust set)',
    is: 'The keys that the person checking chose to believe, each for one role. It comes by another way than the bundle.',
  },
  timeStamp: {
    term: 'time-stamp',
    is: 'A signed statement of an authority that it saw a digest at a stated time (RFC 3161).',
  },
  authority: {
    term: 'time-stamp authority',
    is: 'An organisation that signs time-stamps. It sees digests, not files.',
  },
  proofOfExistence: {
    term: 'proved time',
    is: 'The time by which something must have existed, because an authority had seen its digest.',
  },
  revocation: {
    term: 'withdrawal (revocation)',
    is: 'Notice by whoever certified a key that it must not be believed from a time on.',
  },
  custodyLog: { term: 'custody log', is: 'The record of what was done with the evidence, by whom, and when.' },
  chain: {
    term: 'chain',
    is: 'Entries that each hold the digest of the one before, so that none can be changed, removed or put in between unseen.',
  },
  withheld: {
    term: 'withheld',
    is: 'Not shown to this recipient. A salted digest stands in its place, so that it can be shown later and compared.',
  },
  undecided: {
    term: 'cannot be determined',
    is: 'Neither shown nor contradicted: something needed was not at hand. It is not a suspicion.',
  },
  policy: { term: 'policy', is: 'The file that says what must be shown for the result PASSED.' },
}
