import type { Finding, Subject } from '../model/finding.ts'
import { formatInstant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import type { SignatureSummary } from '../model/report.ts'
import type { SignatureFileFacts, TokenFacts } from '../pki/facts.ts'
import { bestTimeOf } from '../pki/signing-time.ts'
import type { TrustFacts } from '../pki/trust-facts.ts'
import { inCatalogueOrder } from './finding.ts'
import { judgeSignatureFile } from './signature-file.ts'
import { checkThreshold } from './timestamp.declared.ts'
import { judgeToken, type TrustContext } from './timestamp-token.ts'
import { checkTrustOutside, isTrustSetInside } from './trust.outside.ts'

/** Findings about something by itself, and what the report says of its signature. */
export interface JudgedAlone {
  readonly findings: readonly Finding[]
  readonly summary: SignatureSummary
}

/** A token alone, with the data it is said to be over: one authority is enough. */
export function judgeLoneToken(
  token: TokenFacts,
  trust: TrustFacts,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
): JudgedAlone {
  const context = contextOf(trust, judgement, contentDigests)
  const { findings, proved, provedButForRevocation, summary } = judgeToken(token, token.path, context, 'alone')
  const times = proved === null ? [] : [proved]
  const best = bestTimeOf(times, 1)
  const subject: Subject = { kind: 'timestamp', name: token.path }
  const threshold = checkThreshold(subject, token.path, times, 1, best, {
    butForRevocation: provedButForRevocation === null ? [] : [provedButForRevocation],
    noTrustSet: judgement.trustSet === null,
  })
  // A token alone has no signer whose axis this could be.
  const outside: Finding = { ...checkTrustOutside(judgement, contentDigests, 'something'), axis: 'time' }
  return {
    findings: inCatalogueOrder([...findings, threshold, outside]),
    summary: {
      file: token.path,
      signer: null,
      claimedTime: null,
      bestSignatureTime: best === null ? null : formatInstant(best),
      timestamps: [summary],
    },
  }
}

/** The findings about a token alone. */
export function checkLoneToken(
  token: TokenFacts,
  trust: TrustFacts,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
): readonly Finding[] {
  return judgeLoneToken(token, trust, judgement, contentDigests).findings
}

/**
 * A signature alone, with the file it is said to be over. As many time-stamps are needed as the policy asks for: a
 * signature without any has no proved time.
 */
export function judgeLoneSignature(
  file: SignatureFileFacts,
  trust: TrustFacts,
  judgement: Judgement,
  contentDigests: ReadonlySet<string>,
): JudgedAlone {
  const { findings, summary } = judgeSignatureFile(file, 'none', contextOf(trust, judgement, contentDigests))
  return {
    findings: inCatalogueOrder([...findings, checkTrustOutside(judgement, contentDigests, 'something')]),
    summary,
  }
}

function contextOf(trust: TrustFacts, judgement: Judgement, contentDigests: ReadonlySet<string>): TrustContext {
  return { trust, judgement, trustSetInside: isTrustSetInside(judgement, contentDigests) }
}
