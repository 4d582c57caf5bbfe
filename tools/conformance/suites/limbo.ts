import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Instant, parsePem } from '@probatum/core'
import { instant } from '../../testing/judgement.ts'
import { conformancePolicy, judgePath, type PathQuestion } from '../judge-path.ts'
import type { CaseResult, Suite } from '../suite.ts'

interface LimboCase {
  readonly id: string
  readonly trusted_certs: readonly string[]
  readonly untrusted_intermediates: readonly string[]
  readonly peer_certificate: string
  readonly validation_time: string | null
  readonly expected_result: 'SUCCESS' | 'FAILURE'
  readonly extended_key_usage: readonly string[] | null
  readonly max_chain_depth: number | null
  readonly validation_kind: 'SERVER' | 'CLIENT'
  /** Of later editions. */
  readonly crls?: readonly string[]
}

/** The suite's README: null is the day it was made. */
const WITHOUT_TIME = '2023-12-01T00:00:00Z'
const PURPOSES: Readonly<Record<string, string>> = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
}
const ANY = '2.5.29.37.0'

/** Names of hosts and the rules of browsers are apart (`webpki::`): no host is asked for here, and no browser's rule holds. */
const isWebPki = ({ id }: LimboCase) => id.startsWith('webpki::')

export const suites: readonly Suite[] = [
  { name: 'limbo', run: (data) => judgeAll(data, (one) => !isWebPki(one)) },
  { name: 'limbo-webpki', run: (data) => judgeAll(data, isWebPki) },
]

const policy = conformancePolicy('limbo')

async function judgeAll(data: string, isAsked: (one: LimboCase) => boolean): Promise<CaseResult[]> {
  const file = readFileSync(join(data, 'limbo', 'limbo.json'), 'utf8')
  const { testcases } = JSON.parse(file) as { readonly testcases: readonly LimboCase[] }
  const results: CaseResult[] = []
  for (const one of testcases.filter(isAsked)) results.push(await judge(one))
  return results
}

async function judge(one: LimboCase): Promise<CaseResult> {
  const { got, reasons, detail, sealed } = await judgePath(questionOf(one))
  const expected = one.expected_result === 'SUCCESS' ? 'valid' : 'invalid'
  const meant = MEANT.find(([id]) => one.id.startsWith(id))?.[1].some((reason) => reasons.has(reason)) ?? false
  return { id: one.id, expected, got, ...(expected === 'invalid' ? { meant } : {}), detail, sealed }
}

function questionOf(one: LimboCase): PathQuestion {
  const kind = one.validation_kind === 'CLIENT' ? 'clientAuth' : 'serverAuth'
  const wanted = one.extended_key_usage ?? []
  return {
    target: derOf(one.peer_certificate),
    intermediates: one.untrusted_intermediates.map(derOf),
    anchors: one.trusted_certs.map(derOf),
    role: 'signer',
    time: timeOf(one.validation_time ?? WITHOUT_TIME),
    policy,
    purposes: [...(wanted.length === 0 ? [kind] : wanted).map((name) => PURPOSES[name] ?? name), ANY],
    crls: (one.crls ?? []).map(derOf),
    // Counted as pathLenConstraint counts: without the self-issued.
    ...(one.max_chain_depth === null ? {} : { pathLength: one.max_chain_depth }),
  }
}

/** What each group of invalid cases is about, as reasons of this program; the first that fits. */
const MEANT: readonly (readonly [string, readonly string[]])[] = [
  ['pathological::nc-dos', ['name-constraints-limit', 'name-not-permitted', 'name-excluded']],
  ['pathological::', ['no-path']],
  ['rfc5280::eku::', ['extended-key-usage']],
  ['rfc5280::nc::not-allowed-in-ee', ['profile']],
  ['rfc5280::nc::permitted-dns-match-noncritical', ['profile']],
  ['rfc5280::nc::', ['name-constraints', 'name-not-permitted', 'name-excluded']],
  ['rfc5280::validity::expired-root', ['anchor-validity']],
  ['rfc5280::validity::', ['expired']],
  ['rfc5280::unknown-critical-extension', ['unknown-critical-extension']],
  ['rfc5280::ee-critical-aia-invalid', ['unknown-critical-extension']],
  ['rfc5280::chain-untrusted-root', ['no-path']],
  ['rfc5280::ca-empty-subject', ['no-path', 'profile']],
  ['rfc5280::san::malformed', ['malformed-extension']],
  ['rfc5280::mismatching-signature-algorithm', ['algorithms-disagree']],
  // The suite does not hand over the authority that these are about.
  ['rfc5280::intermediate-ca-missing-basic-constraints', ['no-path']],
  ['rfc5280::ica-ku-keycertsign', ['no-path']],
  ['rfc5280::', ['profile']],
  ['webpki::san::wildcard', ['profile']],
  ['webpki::cryptographydotio-chain-missing-intermediate', ['no-path']],
  ['webpki::forbidden-signature-algorithm', ['signature-unsupported']],
]

function derOf(pem: string): Uint8Array {
  const [first] = parsePem(new Uint8Array(Buffer.from(pem)))
  if (first === undefined) throw new TypeError('nothing in a PEM text of the suite')
  return first.der
}

function timeOf(text: string): Instant {
  return instant(text.replace('+00:00', 'Z'))
}
