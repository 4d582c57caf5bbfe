import type { Evidence, Finding, Subject } from '../model/finding.ts'
import { compareInstants, formatInstant, type Instant } from '../model/instant.ts'
import type { Policy } from '../model/policy.ts'
import type { SignatureFileFacts, TokenFacts } from '../pki/facts.ts'
import { orderOf, type TimeInterval } from '../pki/proof-of-existence.ts'
import { distinctAuthorities, type ProvedTime } from '../pki/signing-time.ts'
import { SEAL_FOLDER } from './signature.ts'
import { answer, type Declaration, type ExaminedSigner, missingCertificate } from './signature-object.ts'

/** Tokens of distinct authorities that a signature file needs: what the bundle declares, or the policy if that asks for more. */
export function neededAuthorities(path: string, record: Declaration | null, policy: Policy): number {
  const declared = record?.record?.seal.find(({ file }) => `${SEAL_FOLDER}${file}` === path)
  return Math.max(declared?.timestamps ?? 0, policy.timestamps.atLeast)
}

/**
 * The tokens whose absence or alteration the declaration would show. A token of a label that bundle.json does not list
 * can have been added by anybody; so can one of a listed label when there are more of them than were declared, and
 * nothing says which.
 */
export function declaredTokens(file: SignatureFileFacts, record: Declaration | null): ReadonlySet<string> {
  const bundle = record?.record ?? null
  const declared = bundle?.seal.find((entry) => `${SEAL_FOLDER}${entry.file}` === file.path)
  if (bundle === null || declared === undefined) return new Set()
  const labels = new Set(bundle.authorities.map(({ label }) => label))
  const listed = file.tokens.filter(({ label }) => labels.has(label))
  return new Set(listed.length > declared.timestamps ? [] : listed.map(({ path }) => path))
}

/** Whether a signature file has time-stamps at all. */
export function checkTimestampPresent(subject: Subject, tokens: number, needed: number): Finding {
  const evidence: Evidence = { name: 'timestamps', expected: `${needed}`, found: `${tokens}` }
  if (tokens > 0) return answer('timestamp.present', subject, 'PASSED', [evidence])
  return needed > 0
    ? answer('timestamp.present', subject, 'INDETERMINATE:none', [{ ...evidence, missing: 'time-stamp' }], 'NO_POE')
    : answer('timestamp.present', subject, 'NOT-CHECKED:none', [evidence])
}

/** There are tokens by their names, and no signature file that could be read for them to be over. */
export function checkTimestampsUnread(subject: Subject, tokens: readonly string[], needed: number): Finding {
  const evidence: Evidence = { name: 'timestamps', expected: `${needed}`, found: `${tokens.length}` }
  return answer('timestamp.present', subject, 'INDETERMINATE:signature-not-read', [evidence], 'NO_POE')
}

/** Whether the token is from an authority that bundle.json lists under its label. Another one costs certainty only: the list helps to find authorities, it is no promise about their names. */
export function checkDeclaredAuthority(
  token: TokenFacts,
  { subject, signer, certificate }: ExaminedSigner,
  record: Declaration | null,
): Finding {
  const id = 'timestamp.declared-authority'
  const bundle = record?.record ?? null
  if (bundle === null)
    return answer(id, subject, 'INDETERMINATE:record-missing', [{ name: 'authorities', missing: 'bundle-record' }])
  const listed = bundle.authorities.filter(({ label }) => label === token.label)
  if (listed.length === 0) {
    const expected = bundle.authorities.map(({ label }) => label).join(' ')
    return answer(id, subject, 'INDETERMINATE:not-listed', [{ name: 'label', expected, found: token.label }])
  }
  if (certificate === null)
    return answer(id, subject, 'INDETERMINATE:certificate-missing', [missingCertificate(signer)])
  const found = certificate.subject.text
  const evidence = listed.map((authority) => ({ name: 'authority', expected: authority.subject, found }))
  const isListed = listed.some((authority) => authority.subject === found)
  return answer(id, subject, isListed ? 'PASSED' : 'INDETERMINATE:other-subject', evidence)
}

const PAIRS_SHOWN = 16

/** Which of the proved tokens came first, each with the next one; said only where their intervals do not touch. */
export function orderEvidence(
  tokens: readonly { readonly path: string; readonly interval: TimeInterval | null }[],
): readonly Evidence[] {
  const known = tokens.flatMap(({ path, interval }) => (interval === null ? [] : [{ path, interval }]))
  const ordered = known.toSorted((a, b) => compareInstants(a.interval.earliest, b.interval.earliest))
  return ordered.slice(1, 1 + PAIRS_SHOWN).flatMap((later, index) => {
    const earlier = ordered[index]
    if (earlier === undefined) return []
    const isKnown = orderOf(earlier.interval, later.interval) === 'before'
    return [{ name: 'order', found: `${earlier.path} ${isKnown ? 'before' : 'before or after'} ${later.path}` }]
  })
}

/** Whether enough distinct authorities prove the time of one signature file, or of a token alone. */
export function checkThreshold(
  subject: Subject,
  group: string,
  proved: readonly ProvedTime[],
  needed: number,
  best: Instant | null,
  {
    butForRevocation = [],
    order = [],
    own = 0,
    noTrustSet = false,
  }: {
    /** Tokens that prove nothing for want of revocation data alone. */
    readonly butForRevocation?: readonly ProvedTime[]
    readonly order?: readonly Evidence[]
    /** Tokens by the key that made the signature, which are none of the others. */
    readonly own?: number
    /** There are tokens, and no trust set by which any of them could count: no further one would help. */
    readonly noTrustSet?: boolean
  } = {},
): Finding {
  const id = 'timestamp.threshold'
  const found = distinctAuthorities(proved)
  const evidence: Evidence[] = [
    { name: 'authorities', expected: `${needed}`, found: `${found}` },
    { name: 'tokens', found: `${proved.length}` },
    ...(own === 0 ? [] : [{ name: 'tokensOfOwnKey', found: `${own}` }]),
    ...(best === null ? [] : [{ name: 'bestSignatureTime', found: formatInstant(best) }]),
    ...order,
  ]
  const alternative = { group, member: '' }
  if (needed === 0) return { ...answer(id, subject, 'NOT-CHECKED:not-asked', evidence), alternative }
  if (found >= needed) return { ...answer(id, subject, 'PASSED', evidence), alternative }
  const known = distinctAuthorities([...proved, ...butForRevocation])
  if (known >= needed) {
    const open: Evidence = {
      name: 'authoritiesButForRevocation',
      expected: `${needed}`,
      found: `${known}`,
      missing: 'revocation-data',
    }
    return { ...answer(id, subject, 'INDETERMINATE:revocation-unknown', [...evidence, open], 'TRY_LATER'), alternative }
  }
  const short: Evidence = noTrustSet
    ? { name: 'trustSet', missing: 'trust-set' }
    : { name: 'timestamp', missing: 'time-stamp' }
  const outcome = own === 0 ? 'INDETERMINATE:too-few' : 'INDETERMINATE:own-key'
  return { ...answer(id, subject, outcome, [...evidence, short], 'NO_POE'), alternative }
}
