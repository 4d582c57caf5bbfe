import type { LevelFacts } from '../bundle/level-facts.ts'
import type { Evidence, Exception, Finding, SubIndication } from '../model/finding.ts'
import { formatInstant, type Instant } from '../model/instant.ts'
import { distinctAuthorities } from '../pki/signing-time.ts'
import { answer } from './signature-object.ts'
import type { JudgedToken } from './timestamp-token.ts'

export interface TokenOfLevel {
  readonly path: string
  readonly judged: JudgedToken
}

/** Checks of one token that did not pass: what stands in the way of a proof. */
function obstaclesOf({ judged }: TokenOfLevel): readonly Finding[] {
  return judged.findings.filter(
    ({ value, role }) => role === undefined && value !== 'PASSED' && value !== 'NOT-CHECKED',
  )
}

/** It contradicts itself or what it is over, or does not read at all: a file to set aside. */
function isBroken(token: TokenOfLevel): boolean {
  return obstaclesOf(token).some(({ id, value }) => value === 'FAILED' || id === 'timestamp.structure')
}

/**
 * Whether the time of a level is proved and believed: as many distinct authorities as the policy asks of a seal, each token
 * judged as one over a seal is, and none by the key that sealed. `best`: the time that they prove; null for none. A token that contradicts itself can have been
 * laid there by anybody, so that nothing here is FAILED.
 */
export function checkRenewalToken(
  { level, sums }: LevelFacts,
  tokens: readonly TokenOfLevel[],
  needed: number,
  best: Instant | null,
): Finding {
  const id = 'renewal.token'
  const subject = { kind: 'bundle', name: `seal/${level}/` } as const
  if (tokens.length === 0) {
    return answer(id, subject, 'INDETERMINATE:none', [{ name: 'timestamps', missing: 'time-stamp' }], 'NO_POE')
  }
  const proved = tokens.filter(({ judged }) => judged.proved !== null)
  const found = distinctAuthorities(proved.flatMap(({ judged }) => judged.proved ?? []))
  const evidence: Evidence[] = [
    { name: 'authorities', expected: `${needed}`, found: `${found}` },
    ...(best === null ? [] : [{ name: 'time', found: formatInstant(best) }]),
    ...tokens.map(({ path, judged }) => ({ name: `genTime ${path}`, found: judged.summary.genTime ?? 'unread' })),
    ...tokens.flatMap((token) => [...obstacleEvidence(token)]),
  ]
  const open = tokens.filter((token) => obstaclesOf(token).length > 0)
  const exceptions = open.map(
    (token): Exception => ({
      path: token.path,
      value: 'INDETERMINATE',
      reason: isBroken(token) ? 'token-broken' : 'token-open',
    }),
  )
  const shown = exceptions.length === 0 ? {} : { exceptions }
  const counts = { timestamps: tokens.length, proved: proved.length }
  const conclude = (outcome: `INDETERMINATE:${string}`, subIndication: SubIndication): Finding => ({
    ...answer(id, subject, outcome, [...evidence, { name: sums.path, missing: 'time-stamp' }], subIndication),
    ...shown,
    counts,
  })
  const indicated = (among: readonly TokenOfLevel[]): SubIndication =>
    among.flatMap(obstaclesOf).find(({ subIndication }) => subIndication !== undefined)?.subIndication ?? 'NO_POE'
  const isLater = ({ judged }: TokenOfLevel) =>
    judged.findings.some(({ id: of, reason }) => of === 'timestamp.gen-time' && reason === 'in-future')
  const broken = tokens.filter(isBroken)
  if (broken.length > 0) return conclude('INDETERMINATE:broken', indicated(broken))
  // As of an earlier day it was not there yet: it proves nothing then, and is no reason to doubt what was.
  if (tokens.every(isLater)) return { ...answer(id, subject, 'NOT-CHECKED:in-future', evidence), counts }
  if (found >= needed) {
    const isRenewed = proved.some(({ judged }) =>
      judged.findings.some(({ id: of, reason }) => of === 'timestamp.believed' && reason === 'renewed'),
    )
    return { ...answer(id, subject, isRenewed ? 'PASSED:renewed' : 'PASSED', evidence), ...shown, counts }
  }
  const reaches = (of: (token: JudgedToken) => JudgedToken['proved']) =>
    distinctAuthorities(tokens.flatMap(({ judged }) => judged.proved ?? of(judged) ?? [])) >= needed
  if (reaches(({ provedButForBelief }) => provedButForBelief)) {
    return conclude('INDETERMINATE:not-believed', indicated(open))
  }
  if (reaches(({ provedButForRevocation }) => provedButForRevocation)) {
    return conclude('INDETERMINATE:revocation-unknown', 'TRY_LATER')
  }
  if (tokens.some(({ judged }) => judged.isOwn)) return conclude('INDETERMINATE:own-key', 'NO_POE')
  return open.length > 0
    ? conclude('INDETERMINATE:not-proved', indicated(open))
    : conclude('INDETERMINATE:too-few', 'NO_POE')
}

/** Which check of which token did not pass, and what is missing for it. */
function obstacleEvidence(token: TokenOfLevel): readonly Evidence[] {
  return obstaclesOf(token).flatMap(({ id, value, reason, evidence }) => [
    { name: `${id} ${token.path}`, found: reason === undefined ? value : `${value}:${reason}` },
    ...evidence.filter(({ missing }) => missing !== undefined),
  ])
}
