import {
  type AuthorisationRequest,
  approvalStatementOf,
  canonicalText,
  exceptionFor,
  exceptionStatement,
  fromBase64,
  type Instant,
  type RequestException,
  type SignaturePorts,
  type SigningPerson,
  type Unmet,
  type UnmetCondition,
  unmetConditions,
} from '@probatum/core'
import type { ExportState } from './export-state.ts'
import type { GateApproval } from './gate-approval.ts'
import { type GatePrivate, openedConsents } from './gate-private.ts'
import { establishStatement, type GateSigner, signerDoubts } from './signed-statement.ts'

/** What can be wrong with a request, its files or its signatures, beside the conditions of sharing. No exception lifts these. */
export const GATE_FAULTS = [
  'log-other',
  'head-ahead',
  'head-other',
  'head-stale',
  'items-other',
  'disclosures-other',
  'export-number-used',
  'consent-no-item',
  'kept-consent',
  'kept-items',
  'approval-other',
  'approval-broken',
  'approval-certificate',
  'exception-other',
  'exception-broken',
  'exception-certificate',
  'exception-by-sealer',
] as const

/** What is wrong with a request or its files, apart from the conditions of a sharing. */
export type GateFault = (typeof GATE_FAULTS)[number]

/** One reason not to share. */
export interface GateProblem {
  readonly code: UnmetCondition | GateFault
  /** Position of an item; null for the whole request. */
  readonly item: number | null
  readonly expected?: string
  readonly found?: string
}

/** A condition that is not met, and the signed exception inside the request that stands for it. */
export interface ExceptedCondition {
  readonly unmet: Unmet
  readonly exception: RequestException
  readonly signer: GateSigner
}

/** A request with everything that decides about it. */
export interface GateInput {
  readonly request: AuthorisationRequest
  readonly kept: GatePrivate
  readonly approvals: readonly GateApproval[]
  /** The moment at which consents must hold. */
  readonly at: Instant
  /** Whoever will sign the seal; empty where that is not known: then nothing is said of it. */
  readonly sealers: readonly SigningPerson[]
  /** The log, read at the head of the request; null where it is not at hand: then nothing is compared with it. */
  readonly state: ExportState | null
  readonly ports: SignaturePorts
}

/** What decides whether a request may be sealed. */
export interface GateState {
  /** None: it may be sealed. The request and its files first, then condition by condition, then item by item. */
  readonly problems: readonly GateProblem[]
  readonly excepted: readonly ExceptedCondition[]
  /** Of the approvals that hold. */
  readonly approvers: readonly GateSigner[]
}

/** Everything that stands between a request and a seal. The same rule decides for `gate check`, `gate approve` and the seal itself. */
export async function checkGate(input: GateInput): Promise<GateState> {
  const { request, kept, state, ports, at, sealers } = input
  const consents = openedConsents(request, kept, ports.smallDigest)
  const approvals = await establishApprovals(input)
  const exceptions = await establishExceptions(input)
  const items = new Set((state ?? kept).items.map(({ seq }) => seq))
  const unmet = unmetConditions(request, {
    items,
    consents: consents.values,
    at,
    approvers: approvals.holding,
    sealers,
  })
  const excepted = unmet.flatMap((each): ExceptedCondition[] => {
    const found = exceptionFor(each, exceptions.holding)
    return found === undefined ? [] : [{ unmet: each, exception: found, signer: found.signer }]
  })
  const lifted = new Set(excepted.map((each) => each.unmet))
  return {
    problems: [
      ...(state === null ? [] : faultsOfLog(request, kept, state)),
      ...request.consents
        .filter(({ item }) => !items.has(item))
        .map(({ item }): GateProblem => ({ code: 'consent-no-item', item })),
      ...consents.broken.map((item): GateProblem => ({ code: 'kept-consent', item })),
      ...exceptions.faults,
      ...approvals.faults,
      ...unmet
        .filter((each) => !lifted.has(each))
        .map(({ condition, ...rest }): GateProblem => ({ code: condition, ...rest })),
    ],
    excepted,
    approvers: approvals.holding,
  }
}

/** Types of events that may come between a request and its export: other exports of the same run, and what they were checked by. */
const HARMLESS: readonly string[] = ['export', 'fixity-check']

function faultsOfLog(request: AuthorisationRequest, kept: GatePrivate, state: ExportState): GateProblem[] {
  const { head, exportNumber } = request
  const whole = (code: GateFault, expected: string, found: string): GateProblem => ({
    code,
    item: null,
    expected,
    found,
  })
  if (request.logId !== state.logId) return [whole('log-other', request.logId, state.logId)]
  const faults: GateProblem[] = []
  const add = (code: GateFault, expected: string | number, found: string | number) => {
    if (expected !== found) faults.push(whole(code, `${expected}`, `${found}`))
  }
  add('head-ahead', head.size, state.head.size)
  if (faults.length === 0) add('head-other', head.root, state.head.root)
  for (const { seq, type } of state.since)
    if (!HARMLESS.includes(type)) faults.push(whole('head-stale', HARMLESS.join(', '), `${seq} ${type}`))
  add('items-other', `${request.itemCount} ${request.itemRoot}`, `${state.itemCount} ${state.itemRoot}`)
  add('disclosures-other', request.disclosures, state.disclosures)
  const used = state.exports.get(exportNumber)
  if (used !== undefined) faults.push(whole('export-number-used', exportNumber, `${used}`))
  // What whoever approves is shown is what the log says, or it is nothing.
  if (
    canonicalText(kept.items) !== canonicalText(state.items) ||
    canonicalText(kept.events) !== canonicalText(state.events)
  )
    faults.push({ code: 'kept-items', item: null })
  return faults
}

async function establishApprovals({ request, approvals, ports, at }: GateInput) {
  const faults: GateProblem[] = []
  const holding: GateSigner[] = []
  const statement = approvalStatementOf(request, ports.smallDigest)
  for (const { approver, signature } of approvals) {
    const { code, signer } = await establishStatement(signature, statement, ports)
    const [doubt] = signer === null ? [] : refusing(signer, at)
    if (signer !== null && doubt === undefined) holding.push(signer)
    else if (doubt !== undefined)
      faults.push({ code: 'approval-certificate', item: null, expected: doubt, found: approver })
    else
      faults.push({
        code: code === 'other-content' ? 'approval-other' : 'approval-broken',
        item: null,
        found: approver,
      })
  }
  return { faults, holding }
}

/** Nobody who verifies would count it; that it issues certificates is for a verifier to judge. */
const refusing = (signer: GateSigner, at: Instant) => signerDoubts(signer, at).filter((doubt) => doubt !== 'authority')

async function establishExceptions({ request, ports, sealers, at }: GateInput) {
  const { exportNumber, logId } = request
  const faults: GateProblem[] = []
  const holding: (RequestException & { readonly signer: GateSigner })[] = []
  for (const exception of request.exceptions) {
    const { condition, ground, item, signature } = exception
    const statement = exceptionStatement({ condition, exportNumber, ground, item, logId })
    const { code, signer } = await establishStatement(fromBase64(signature) ?? new Uint8Array(0), statement, ports)
    const fault = (is: GateFault) => faults.push({ code: is, item, found: condition })
    if (signer === null) fault(code === 'other-content' ? 'exception-other' : 'exception-broken')
    // Who seals would otherwise lift every condition alone.
    else if (sealers.some((sealer) => sealer.subject === signer.subject || sealer.key === signer.key))
      fault('exception-by-sealer')
    else if (refusing(signer, at).length > 0) fault('exception-certificate')
    else holding.push({ ...exception, signer })
  }
  return { faults, holding }
}

/** A bundle may not be made: every reason is in it. */
export class GateRefused extends Error {
  override readonly name = 'GateRefused'
  /** Of one or more requests, in the order in which they were given. */
  readonly requests: readonly { readonly request: number; readonly state: GateState }[]

  constructor(requests: GateRefused['requests']) {
    super(requests.flatMap(({ state }) => state.problems.map(({ code }) => code)).join(', '))
    this.requests = requests
  }
}
