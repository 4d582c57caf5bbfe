import type {
  ApprovalFacts,
  AuthorisationFacts,
  ConsentFacts,
  ConsentPlace,
  ConsentProblem,
  ExceptionFacts,
  LaterConsentFacts,
  RequestFacts,
  RequestStatement,
} from '../authorisation/authorisation-facts.ts'
import type { OpenedConsent } from '../authorisation/opened-consents.ts'
import type { ConsentScope, ConsentValues } from '../authorisation/unmet-conditions.ts'
import type {
  Assurance,
  AssuranceName,
  HandlingCondition,
  RequestRecipient,
  UnmetCondition,
} from '../bundle/authorisation-record.ts'
import { exactly, listOf, object, orNull, type Shape } from '../json/shape.ts'
import { LIMITS } from '../model/limits.ts'
import { HISTORY_STATE, linePlace } from './history-shape.ts'
import { anyText, codes, count, countOrNull, listedOf, PARSE_FAILURE, sha256, textOrNull } from './parts.ts'
import { CMS_FACTS, POOLED_CERTIFICATE } from './signature-shape.ts'

const STATEMENT = object<RequestStatement>({
  assurances: listOf(
    object<Assurance>({
      assurance: codes<AssuranceName>({
        'confidentiality-respected': true,
        'fair-trial-and-human-rights': true,
        'no-death-penalty': true,
        'victims-and-witnesses-protected': true,
      }),
      by: anyText,
      date: anyText,
      reference: anyText,
    }),
  ),
  conditions: listOf(
    object<HandlingCondition>(
      {
        kind: codes<HandlingCondition['kind']>({
          'onward-disclosure': true,
          'return-or-destroy': true,
          security: true,
          use: true,
        }),
        text: anyText,
        until: anyText,
      },
      ['until'],
    ),
  ),
  disclosures: sha256,
  exportNumber: anyText,
  grounds: listOf(anyText),
  head: object<RequestStatement['head']>({ root: sha256, size: count }),
  itemCount: count,
  itemRoot: sha256,
  logId: anyText,
  purpose: textOrNull,
  recipient: orNull(object<RequestRecipient>({ key: orNull(sha256), kind: anyText, name: anyText })),
})

const CONSENT_PROBLEM = object<ConsentPlace<ConsentProblem>>({
  item: count,
  code: codes<ConsentProblem>({
    'consent-missing': true,
    'no-item': true,
    'malformed-value': true,
    'withdrawn-in-log': true,
  }),
})

const REQUEST_FACTS = object<RequestFacts>({
  sha256,
  statement: STATEMENT,
  disclosures: orNull(sha256),
  headRoot: orNull(sha256),
  since: object<RequestFacts['since']>({
    lines: countOrNull,
    problems: listedOf(
      linePlace<'other-type' | 'withheld' | 'unread'>({ 'other-type': true, withheld: true, unread: true }),
    ),
  }),
  consents: object<ConsentFacts>(
    {
      count,
      needed: countOrNull,
      problems: listedOf(CONSENT_PROBLEM),
      closed: count,
      partly: count,
      opened: count,
      stubs: count,
      withdrawalsClosed: count,
    },
    ['stubs', 'withdrawalsClosed'],
  ),
  exceptions: listOf(
    object<ExceptionFacts>({
      condition: codes<UnmetCondition>({
        'assurance-missing:confidentiality-respected': true,
        'assurance-missing:fair-trial-and-human-rights': true,
        'assurance-missing:no-death-penalty': true,
        'assurance-missing:victims-and-witnesses-protected': true,
        'consent-missing': true,
        'consent-purpose': true,
        'consent-recipient-kind': true,
        'consent-not-yet': true,
        'consent-expired': true,
        'consent-withdrawn': true,
        'purpose-missing': true,
        'recipient-missing': true,
        'handling-missing': true,
        'approvals-missing': true,
        'approvers-same-subject': true,
        'approvers-same-key': true,
        'approver-is-sealer': true,
      }),
      ground: anyText,
      item: countOrNull,
      failure: orNull(PARSE_FAILURE),
      cms: orNull(CMS_FACTS),
    }),
    { maximum: LIMITS.requestExceptions },
  ),
  exceptionsOmitted: count,
})

export const LATER_CONSENTS: Shape<LaterConsentFacts> = object<LaterConsentFacts>({
  partly: count,
  opened: count,
  stubs: count,
  withdrawn: listedOf(
    object<ConsentPlace<'withdrawn-in-log'>>({
      item: count,
      code: codes<'withdrawn-in-log'>({ 'withdrawn-in-log': true }),
    }),
  ),
})

export const AUTHORISATION_FACTS: Shape<AuthorisationFacts> = object<AuthorisationFacts>({
  state: HISTORY_STATE,
  request: orNull(REQUEST_FACTS),
  approvals: listOf(
    object<ApprovalFacts>({ approver: anyText, failure: orNull(PARSE_FAILURE), cms: orNull(CMS_FACTS) }),
  ),
  certificates: listOf(POOLED_CERTIFICATE, { maximum: LIMITS.certificatesInPool }),
})

const SCOPE = object<ConsentScope>({ purposes: listOf(anyText), recipients: listOf(anyText) })
const scopeOrClosed: Shape<ConsentValues['scope']> = (value, member, report) =>
  value === 'closed' ? value : SCOPE(value, member, report)

export const OPENED_CONSENT: Shape<OpenedConsent> = object<OpenedConsent>(
  {
    item: count,
    values: object<ConsentValues>({
      giver: anyText,
      scope: scopeOrClosed,
      from: anyText,
      until: textOrNull,
      withdrawn: textOrNull,
    }),
    later: exactly(true),
  },
  ['later'],
)
