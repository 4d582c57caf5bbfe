import type { UnmetCondition } from '@probatum/core'

/** What can be wrong with a request, its files or its signatures, beside the conditions of sharing. */
export type GateFaultCode =
  | 'log-other'
  | 'head-ahead'
  | 'head-other'
  | 'head-stale'
  | 'items-other'
  | 'disclosures-other'
  | 'export-number-used'
  | 'consent-no-item'
  | 'kept-consent'
  | 'kept-items'
  | 'approval-other'
  | 'approval-broken'
  | 'approval-certificate'
  | 'exception-other'
  | 'exception-broken'
  | 'exception-certificate'
  | 'exception-by-sealer'

export interface GateWords {
  /** What the condition or rule asks for. */
  readonly means: string
  /** That it is not met, as a clause; `{expected}` and `{found}` where there are any. */
  readonly say: string
  /** What would meet it, and who can do that. */
  readonly todo: string
}

/** Why verifiers will not count a signature, whoever made it. */
export const SIGNER_DOUBTS = {
  'not-yet-valid': 'its dates have not begun',
  expired: 'its dates have ended',
  'key-usage': 'its key is for other things than signatures',
  authority: 'it is one that issues certificates, not one that signs files',
} as const

const assurance = (what: string): GateWords => ({
  means: `The recipient has assured that ${what}.`,
  say: `the recipient has not assured that ${what}`,
  todo: 'The recipient’s authority gives it in writing; whoever keeps the recipient file enters by whom, when and under which reference. Then a new request.',
})

const REGISTER =
  'Whoever is in touch with the source asks for it and enters the answer in the register of consents. Then a new request. Or withhold the item.'
const AGAIN = 'Make a new request with `probatum gate request`, and have it approved.'

/** Conditions of sharing, in the order in which people meet them. */
export const CONDITION_WORDS: Readonly<Record<UnmetCondition, GateWords>> = {
  'recipient-missing': {
    means: 'The request says for whom it is.',
    say: 'it names no recipient',
    todo: 'Make a new request with --recipient.',
  },
  'purpose-missing': {
    means: 'The request says what for.',
    say: 'it states no purpose',
    todo: 'Make a new request with --purpose.',
  },
  'assurance-missing:confidentiality-respected': assurance('commitments to confidentiality are respected'),
  'assurance-missing:victims-and-witnesses-protected': assurance('victims and witnesses are protected'),
  'assurance-missing:fair-trial-and-human-rights': assurance(
    'trials are fair and international human-rights standards are kept',
  ),
  'assurance-missing:no-death-penalty': assurance('the death penalty is neither asked for nor imposed nor carried out'),
  'handling-missing': {
    means: 'The recipient is told how to handle what it gets: use, onward disclosure, security, return or destruction.',
    say: 'it states no condition of handling',
    todo: 'Agree on one with the recipient, and enter it in the recipient file or give --handling. Then a new request.',
  },
  'consent-missing': {
    means: 'A source consented to the sharing of every item that is shown, even in part.',
    say: 'there is no consent',
    todo: REGISTER,
  },
  'consent-purpose': {
    means: 'The consent covers this purpose, word for word.',
    say: 'the consent does not cover the purpose “{expected}”',
    todo: REGISTER,
  },
  'consent-recipient-kind': {
    means: 'The consent covers this kind of recipient, word for word.',
    say: 'the consent does not cover recipients of the kind “{expected}”',
    todo: REGISTER,
  },
  'consent-not-yet': {
    means: 'The consent has begun.',
    say: 'the consent has not begun',
    todo: `Wait for its first day. ${REGISTER}`,
  },
  'consent-expired': { means: 'The consent has not ended.', say: 'the consent has ended', todo: REGISTER },
  'consent-withdrawn': {
    means: 'The consent was not withdrawn, in the register or by an event of the log.',
    say: 'the consent was withdrawn',
    todo: 'Respect it: withhold the item in the disclosure policy. Only a new consent, given later, can be entered in the register. Then a new request.',
  },
  'approvals-missing': {
    means: 'Two persons approve the request as it stands.',
    say: 'two approvals are needed, and {found} held',
    todo: 'Persons who may decide it sign the request: `probatum gate approve REQUEST`.',
  },
  'approvers-same-subject': {
    means: 'The two have different names in their certificates.',
    say: 'approvals are by one name',
    todo: 'Another person approves, with a certificate of their own.',
  },
  'approvers-same-key': {
    means: 'The two have different keys.',
    say: 'approvals are by one key',
    todo: 'Another person approves, with a key of their own.',
  },
  'approver-is-sealer': {
    means: 'Neither of them signs the seal, by name or by key.',
    say: 'whoever signs the seal has approved it',
    todo: 'Another person approves; or another one seals.',
  },
}

export const FAULT_WORDS: Readonly<Record<GateFaultCode, GateWords>> = {
  'log-other': {
    means: 'The request is about this log.',
    say: 'the request is about another log',
    todo: 'Name the log that it was made over.',
  },
  'head-ahead': {
    means: 'The log is at least as long as it was when the request was made.',
    say: 'the log has {found} events, and had {expected} when the request was made: it is an older copy',
    todo: 'Use the log as it was last written.',
  },
  'head-other': {
    means: 'The log still begins as it did when the request was made.',
    say: 'the events of the log are others than when the request was made',
    todo: 'Use the log that the request was made over; `probatum custody verify LOG` checks it.',
  },
  'head-stale': {
    means: 'Since the request the log got nothing but exports and fixity checks.',
    say: 'the log went on after the request: event {found}',
    todo: `What came in may matter for the decision. ${AGAIN}`,
  },
  'items-other': {
    means: 'The log has the items that were approved, and no other.',
    say: 'the log has other items than were approved',
    todo: AGAIN,
  },
  'disclosures-other': {
    means: 'What is opened is what was approved, to the letter.',
    say: 'what would be opened is not what was approved',
    todo: `The log or the file INTERNAL-REQUEST is not that of the request. ${AGAIN}`,
  },
  'export-number-used': {
    means: 'A request is for one export.',
    say: 'the request was used already: event {found} is its export',
    todo: AGAIN,
  },
  'consent-no-item': {
    means: 'The request commits to consents of the items that it shows, and to no other.',
    say: 'the request commits to a consent of an item that it does not show',
    todo: `Ask who changed it. ${AGAIN}`,
  },
  'kept-consent': {
    means: 'The file INTERNAL-REQUEST opens every field of every consent.',
    say: 'the file INTERNAL-REQUEST does not open the consent that the request commits to',
    todo: `Find the file that was made with the request. ${AGAIN}`,
  },
  'kept-items': {
    means: 'The file INTERNAL-REQUEST says of the items what the log says.',
    say: 'the file INTERNAL-REQUEST says other things of the items than the log does: whoever approved may have been shown something else',
    todo: `Ask who changed it. ${AGAIN}`,
  },
  'approval-other': {
    means: 'An approval is for this request.',
    say: 'the approval of “{found}” is for another request',
    todo: 'They sign this one: `probatum gate approve REQUEST`. A request that changed, by an exception too, is another one.',
  },
  'approval-broken': {
    means: 'An approval is a signature that can be verified.',
    say: 'the approval of “{found}” is no signature that can be verified',
    todo: 'They sign again: `probatum gate approve REQUEST`.',
  },
  'approval-certificate': {
    means: 'The certificate of an approval is good for signatures at that moment.',
    say: 'the certificate of “{found}” does not count for a signature now ({expected})',
    todo: 'They get another certificate, and sign again: `probatum gate approve REQUEST`.',
  },
  'exception-other': {
    means: 'An exception is for this condition, item and ground, in this request.',
    say: 'the exception for {found} is signed for something else',
    todo: 'Make it again: `probatum gate except REQUEST`.',
  },
  'exception-broken': {
    means: 'An exception is a signature that can be verified.',
    say: 'the exception for {found} is no signature that can be verified',
    todo: 'Make it again: `probatum gate except REQUEST`.',
  },
  'exception-certificate': {
    means: 'The certificate of an exception is good for signatures at that moment.',
    say: 'the certificate of the exception for {found} does not count for a signature now',
    todo: 'They get another certificate, and make it again: `probatum gate except REQUEST`.',
  },
  'exception-by-sealer': {
    means: 'Whoever signs the seal makes no exception, by name or by key.',
    say: 'the exception for {found} is signed by whoever signs the seal',
    todo: 'Another person makes it, or nobody does.',
  },
}
