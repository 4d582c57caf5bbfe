import type { LanguageRules, VerdictWords } from '../messages.ts'
import { DOCUMENT_ANSWER, EVIDENCE_RECORD_ANSWER } from './first-answers.ts'

export const ENGLISH_RULES: LanguageRules = {
  plural: 'one-other',
  group: ',',
  decimal: '.',
  list: { separator: ', ', last: ' and ' },
  bytes: { one: '{n} byte', other: '{n} bytes' },
}

/**
 * The three answers: words that can be read alone, sentences, and what an answer leaves open. `{files}` is
 * `files`, `{size}` their size, `{same}` one of `same…`, `{what}` a list of `different` to `unreadable`.
 */
export const ANSWER_TEXTS = {
  wordYes: 'Yes',
  wordNo: 'No',
  wordMatchList: 'They match their list',
  wordFilesMatch: 'The evidence files match',
  wordIncomplete: 'Incomplete',
  wordCannotTell: 'Cannot tell',
  wordNobody: 'Nobody is shown',
  wordNotShown: 'Not shown',
  wordNoLater: 'No later than {time}',
  sentenceDoesNotShow: 'It does not show {what}.',
  notTruth: 'that what the files show is true, complete, lawfully obtained or correctly described',
  notRecorder: 'who recorded what is in the files, only whose key sealed the list of them',
  notWhenRecorded: 'when the content was recorded, only since when these bytes exist',
  notListMaker: 'who made the list that the files were compared with',
  notMaker: 'who made it',
  notKeyUse: 'who used its key, or for what',
  files: { one: '{n} evidence file', other: '{n} evidence files' },
  sealed: 'what was sealed',
  listed: 'what is listed',
  filesUnchanged: 'The files are unchanged.',
  filesApart: 'This notice says nothing against the files; what became of them stands in the first answer.',
  sameSealed: {
    one: 'byte for byte the same as when it was sealed',
    other: 'byte for byte the same as when they were sealed',
  },
  sameSealedList: {
    one: 'byte for byte what the sealed list says',
    other: 'byte for byte what the sealed list says',
  },
  sameList: {
    one: 'byte for byte what its list says',
    other: 'byte for byte what their list says',
  },
  /** `{sealed}` is `sealed` or `listed`. */
  different: { one: '{n} is different from {sealed}', other: '{n} are different from {sealed}' },
  missing: {
    one: '{n} listed file is missing from this copy',
    other: '{n} listed files are missing from this copy',
  },
  unlisted: { one: '{n} was not part of {sealed}', other: '{n} were not part of {sealed}' },
  renamed: { one: '{n} has another name than is listed', other: '{n} have other names than are listed' },
  copies: { one: '{n} is a second copy of another file', other: '{n} are second copies of other files' },
  unreadable: { one: '{n} could not be read', other: '{n} could not be read' },
  unchangedAll: {
    one: 'The one evidence file, {size}, is {same}; none is missing, none was added.',
    other: 'All {files}, {size}, are {same}; none is missing, none was added.',
  },
  unchangedListNotSealed: 'But the list is not shown to be the one that was sealed.',
  unchangedNobodysList: 'Nothing shows who made the list, or when.',
  unchangedIncompleteSealed: {
    one: 'The one evidence file here is unchanged; {what}.',
    other: 'All {files} here are unchanged; {what}.',
  },
  unchangedIncompleteListed: {
    one: 'The one evidence file here matches its list; {what}.',
    other: 'All {files} here match their list; {what}.',
  },
  unchangedBeside: 'What stands beside the evidence files contradicts the list; see below.',
  unchangedDiffers: 'Of the {files} here, {what}.',
  unchangedListMayDiffer:
    'The list of the evidence files is not shown to be the one that was sealed, so the list may be what differs.',
  unchangedNone: 'There is not one evidence file here that could have been compared.',
  unchangedBesideOpen: 'Something beside them could not be decided; see below.',
  unchangedAllUnknown: {
    one: 'The one evidence file here matches, but whether it is all could not be decided.',
    other: 'All {files} here match, but whether they are all could not be decided.',
  },
  unchangedAllUnknownWhat: {
    one: 'The one evidence file here matches, but whether it is all could not be decided: {what}.',
    other: 'All {files} here match, but whether they are all could not be decided: {what}.',
  },
  unchangedPolicyOpen: {
    one: 'The one evidence file here, {size}, is {same}, but not everything that the policy asks for could be compared; see below.',
    other:
      'All {files} here, {size}, are {same}, but not everything that the policy asks for could be compared; see below.',
  },
  unchangedOpen: 'Not everything could be compared; see below.',
  unchangedOpenWhat: 'Of {files}, {what}; see below.',
  /** `{names}` the first few; `{more}` is `outsideMore`, or nothing. */
  outsideArchive: {
    one: '{n} file lies beside the bundle in this archive and is no part of it: {names}{more}.',
    other: '{n} files lie beside the bundle in this archive and are no part of it: {names}{more}.',
  },
  outsideFolder: {
    one: '{n} file lies beside the bundle in this folder and is no part of it: {names}{more}.',
    other: '{n} files lie beside the bundle in this folder and are no part of it: {names}{more}.',
  },
  /** As of `outsideArchive`. */
  leftovers: {
    one: '{n} file was set aside, and is not sealed: it has the name and form of what operating systems leave behind, which anybody can write: {names}{more}.',
    other:
      '{n} files were set aside, and are not sealed: they have the names and forms of what operating systems leave behind, which anybody can write: {names}{more}.',
  },
  outsideMore: { one: ' and {n} more', other: ' and {n} more' },
  whoUnread: 'There is a seal, and it could not be read; see below.',
  whoNoSeal: 'There is no seal.',
  whoByList: 'By your list ({issuer}, {date}), the seal was made with this name’s key.',
  /** The same for a reader who is not the operator. */
  whoByListReader:
    'By the list of keys that the operator chose ({issuer}, {date}), the seal was made with this name’s key.',
  whoContradicted: 'The seal contradicts what the bundle or the list says about its signer; see below.',
  whoOtherList: 'The seal does not belong to this list of files.',
  whoClaimsNobody: 'It names nobody that could be read.',
  whoClaims: 'It says: {name}.',
  whoNotJudged: 'The seal could not be judged. {claims}',
  whoIntact: 'The seal is intact. {claims} {why}',
  whoNoTrustSet: 'You chose no list of keys that you believe (--trust-set), so nothing says whose key it is.',
  whoNoTrustSetReader: 'The operator chose no list of keys, so nothing says whose key it is.',
  whoNotOnList: 'Its maker is not shown by the list of {issuer} of {date}; see below.',
  sinceClaim: 'The sealer says {time}.',
  sinceNotOverFiles:
    'The seal existed no later than {time}, as {by} confirms; but it is not shown to be over these files.',
  sinceConfirmed: 'Confirmed by {by}.',
  sinceConfirmedDiffers: 'Confirmed by {by}, of what was sealed. Nothing shows since when what differs from it exists.',
  sinceStatesNothing: 'It states no time that could be read, in the name of {by}; see below.',
  sinceStates: 'It states {time}, in the name of {by}; see below.',
  sinceStatesNothingNoTrustSet:
    'It states no time that could be read, in the name of {by}. You chose no list of authorities that you believe (--trust-set); see below.',
  sinceStatesNoTrustSet:
    'It states {time}, in the name of {by}. You chose no list of authorities that you believe (--trust-set); see below.',
  sinceNone: 'There is no time-stamp of an authority.',
  sinceContradicted: 'A time-stamp is contradicted; see below.',
  sinceNames: 'There are time-stamps that name {by}; see below.',
  sinceNamesNoTrustSet:
    'There are time-stamps that name {by}, and you chose no list of authorities that you believe (--trust-set); see below.',
  sinceNamesNoTrustSetReader:
    'There are time-stamps that name {by}, and the operator chose no list of authorities; see below.',
  tokenYes: 'The time-stamp is over exactly the bytes of this file.',
  tokenNo: 'The time-stamp is over other bytes than those of this file.',
  tokenOpen: 'What the time-stamp is over could not be compared; see below.',
  signatureYes: 'The signature is over exactly the bytes of this file.',
  signatureNo: 'The signature is not over the bytes of this file; see below.',
  signatureOpen: 'What the signature is over could not be compared; see below.',
  certificateYes: '{name} leads to the list of {issuer} of {date}, as of {time}.',
  certificateNo: 'Something about {name} contradicts it, as of {time}; see below.',
  certificateOpen: '{name}, as of {time}; see below.',
  certificateOpenNoTrustSet:
    '{name}, as of {time}: you chose no list of keys that you believe (--trust-set); see below.',
} as const

/** Small words inside sentences. */
export const TERM_TEXTS = {
  theBundle: 'the bundle',
  anotherFile: 'another file',
  aCertificate: 'a certificate',
  nobodyRead: 'nobody that could be read',
  authorityOf: 'an authority certified by {name}',
  /** Of something missing that has no words of its own. */
  issuerOfBundle: 'the issuer of the bundle',
  lacking: 'To check your evidence bundle we lack: {what}. Please send it to me.',
  renamedAs: '{path} (listed as {listed})',
  /** Above questions that are about nothing but renamed files; `{n}` of them, never fewer than two. */
  renamedTogether: {
    one: '{n} of these questions is about files that are here under other names than are listed: {files}. Their bytes are those that are listed. Give them the listed names again in a copy of the bundle, and check that copy: that may answer it.',
    other:
      '{n} of these questions are about the same files, which are here under other names than are listed: {files}. Their bytes are those that are listed. Give them the listed names again in a copy of the bundle, and check that copy: that may answer all of them.',
  },
  /** `TOTAL-PASSED (bytes, completeness only; signer not asked)`; values stay as the standard writes them. */
  labelOnly: '{axes} only',
  labelNotAsked: '{axes} not asked',
  /** `custody (2 of 40 events shown)`: what is withheld costs the axis nothing, and is counted. */
  labelShown: '{axis} ({counts})',
  eventsShown: { one: '{shown} of {n} event shown', other: '{shown} of {n} events shown' },
  itemsShown: { one: '{shown} of {n} item shown', other: '{shown} of {n} items shown' },
  fieldsOpened: { one: '{shown} of {n} field opened', other: '{shown} of {n} fields opened' },
  consentsOpened: { one: '{shown} of {n} consent opened', other: '{shown} of {n} consents opened' },
} as const

export const VERDICT_WORDS: VerdictWords = {
  headlines: {
    match: 'Everything matches.',
    'match-list': 'The files match their list.',
    mismatch: 'Something does not match.',
    'sharing-contradicted':
      'The files match, but the decision to share them does not belong to this bundle, or contradicts itself.',
    'openings-contradicted':
      'A file of later openings does not match this bundle. Nothing says that the bundle was changed.',
    who: 'The files match, but we cannot tell who sealed them.',
    when: 'The files match, but we cannot tell since when they exist.',
    'who-and-when': 'The files match, but we cannot tell who sealed them, nor since when they exist.',
    'match-but-open': 'The files match, but not everything that the policy asks for could be decided.',
    'match-but-noticed':
      'The files are unchanged, but the issuer has since withdrawn, superseded or recalled some or all of them.',
    'match-but-for-another':
      'The files match, but the bundle was made for somebody else than the recipient whom you named.',
    undecided: 'We cannot tell whether everything matches.',
    'token-holds': 'The time-stamp holds for this file.',
    'token-contradicted': 'The time-stamp does not hold for this file.',
    'token-undecided': 'We cannot tell whether the time-stamp holds for this file.',
    'signature-holds': 'The signature holds for this file.',
    'signature-contradicted': 'The signature does not hold for this file.',
    'signature-who': 'The signature is over this file, but we cannot tell who made it.',
    'signature-when': 'The signature is over this file, but we cannot tell since when it exists.',
    'signature-who-and-when':
      'The signature is over this file, but we cannot tell who made it, nor since when it exists.',
    'certificate-holds': 'The certificate counts, by the list that you chose.',
    'certificate-contradicted': 'The certificate did not count at that time.',
    'certificate-undecided': 'We cannot tell whether the certificate counts.',
    'signature-undecided': 'We cannot tell whether the signature holds for this file.',
    'document-holds': 'The certificate is as it was made, and its signature holds.',
    'document-contradicted': 'The certificate does not hold: something in it contradicts itself.',
    'document-unsigned': 'The pages agree with their data, but nobody signed them.',
    'document-undecided': 'We cannot tell whether the certificate is as it was made.',
    'document-other-state': 'This bundle is not as the certificate states it.',
    'document-other-bundle': 'The certificate is about another bundle than the one beside it.',
    'evidence-record-holds': 'The evidence record holds for these files.',
    'evidence-record-contradicted': 'The evidence record does not hold for these files.',
    'evidence-record-undecided': 'We cannot tell whether the evidence record holds for these files.',
  },
  questions: {
    unchanged: 'Unchanged?',
    who: 'Who sealed it?',
    since: 'Since when does it exist?',
    token: 'Over this very file?',
    signer: 'Who signed it?',
    certificate: 'Does it count, by your list, at that time?',
  },
  document: DOCUMENT_ANSWER,
  evidenceRecord: EVIDENCE_RECORD_ANSWER,
  doesNotMean:
    'This is about files. It does not mean that what they show is true, complete, lawfully obtained or correctly described, nor who recorded it.',
  doesNotMeanCertificate:
    'This is about a certificate and the list of keys that you chose. It does not say who used its key, or for what, nor that anything signed with it is true.',
  more: 'Every check stands under --details, and in the JSON of --save.',
  next: {
    match: 'Keep this report with what it is about.',
    mismatch:
      'Do not edit or re-save anything. Ask the sender for a fresh copy, and have a second person check both with the commands of `probatum steps`.',
    certificate:
      'Do not rely on this certificate as of that time. The problems say what contradicts it; ask whoever gave it to you, or the issuer of your list of keys, which certificate counts.',
    openings:
      'Keep the bundle as it is. Do not rely on the file of later openings, and ask whoever made it for an explanation in writing.',
    sharing:
      'Keep the bundle as it is. Do not use what was shared before the issuer has explained in writing who decided on it.',
    heed: 'Keep everything as it is, and first do what stands above with what is to be noted.',
    open: 'Keep everything as it is. What is missing, and who could supply it, stands above with each open question.',
  },
  sample: 'SAMPLE: invented data under a demonstration authority. It says nothing about anybody.',
  savedFacts:
    'FROM SAVED FACTS: no file was read for this. Whoever kept the facts could alter them; only a check of the bundle itself says what its files are.',
}
