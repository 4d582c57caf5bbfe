import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { instant } from '../../testing/judgement.ts'
import { conformancePolicy, judgePath } from '../judge-path.ts'
import type { CaseResult, Suite } from '../suite.ts'

interface PkitsCase {
  readonly id: string
  readonly name: string
  readonly cert: string
  readonly other_certs?: readonly string[]
  readonly crls?: readonly string[]
  /** False: revocation is not asked. */
  readonly revocation?: boolean
  /** Inputs of RFC 5280 §6.1.1. */
  readonly params?: {
    readonly user_initial_policy_set?: readonly string[]
    readonly initial_explicit_policy?: boolean
    readonly initial_policy_mapping_inhibit?: boolean
    readonly initial_any_policy_inhibit?: boolean
  }
  readonly error?: { readonly msg_regex: string }
}

export const suites: readonly Suite[] = [{ name: 'pkits', run: judgeAll }]

const policy = conformancePolicy('pkits')

async function judgeAll(data: string): Promise<CaseResult[]> {
  const folder = join(data, 'pkits')
  const cases: readonly PkitsCase[] = JSON.parse(readFileSync(join(folder, 'pkits.json'), 'utf8'))
  const results: CaseResult[] = []
  for (const one of cases) results.push(await judge(folder, one))
  return results
}

async function judge(folder: string, one: PkitsCase): Promise<CaseResult> {
  const read = (kind: string) => (name: string) => new Uint8Array(readFileSync(join(folder, kind, name)))
  const time = instant('2011-04-15')
  const { params = {} } = one
  const paths = {
    ...policy.paths,
    ...(params.user_initial_policy_set === undefined ? {} : { userInitialPolicySet: params.user_initial_policy_set }),
    initialExplicitPolicy: params.initial_explicit_policy === true,
    initialPolicyMappingInhibit: params.initial_policy_mapping_inhibit === true,
    initialAnyPolicyInhibit: params.initial_any_policy_inhibit === true,
  }
  const revocation = one.revocation === false ? 'not-checked' : policy.revocation
  const { got, reasons, detail, sealed } = await judgePath({
    target: read('certs')(one.cert),
    intermediates: (one.other_certs ?? []).map(read('certs')),
    anchors: [read('certs')('TrustAnchorRootCertificate.crt')],
    crls: ['TrustAnchorRootCRL.crl', ...(one.crls ?? [])].map(read('crls')),
    role: 'signer',
    purposes: null,
    time,
    policy: { ...policy, paths, revocation },
  })
  const expected = one.error === undefined ? 'valid' : 'invalid'
  const meant = meantBy(one.error?.msg_regex ?? '').some((reason) =>
    [...reasons].some((said) => said.startsWith(reason)),
  )
  return { id: `${one.id} ${one.name}`, expected, got, ...(expected === 'invalid' ? { meant } : {}), detail, sealed }
}

/** What the suite's own refusal is about, as reasons of this program. */
function meantBy(message: string): readonly string[] {
  if (/revo|CRL/i.test(message)) return ['revocation']
  // A search goes no further over a signature that does not hold.
  if (/signature/i.test(message)) return ['signature', 'no-path']
  if (/valid until|expired/.test(message)) return ['expired', 'not-yet-valid']
  if (/name could not be matched/.test(message)) return ['no-path']
  if (/polic/.test(message)) return ['policy']
  if (/critical/.test(message)) return ['unknown-critical-extension']
  if (/not a CA|not allowed to sign/.test(message)) return ['not-a-ca', 'key-usage']
  if (/subtree|permitted|excluded|name constraint/i.test(message)) return ['name']
  return []
}
