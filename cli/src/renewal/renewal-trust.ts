import {
  formatInstant,
  type Instant,
  nextTrustSet,
  parseCertificate,
  parseTrustSet,
  serializeTrustSet,
  type TrustAnchorEntry,
  type TrustSetFile,
  toBase64,
} from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import type { DemonstrationAuthority } from '@probatum/seal'
import { readWhole, writeNew } from '../files.ts'
import { chooseTime } from '../input/judgement-input.ts'

/** Writes a sample trust set with the root of a demonstration authority, after the one that the bundle was judged by. */
export async function writeRenewedTrustSet(
  out: string,
  given: string | undefined,
  demonstration: DemonstrationAuthority,
): Promise<void> {
  const bytes = given === undefined ? undefined : await readWhole(given)
  // It was read by the same rules when the bundle was judged.
  if (bytes !== undefined) parseTrustSet(bytes, parseCertificate, nodeSmallDigest)
  const last = bytes === undefined ? null : (JSON.parse(new TextDecoder().decode(bytes)) as TrustSetFile)
  const now = chooseTime(undefined)
  const day = (instant: Instant) => formatInstant(instant).slice(0, 10)
  const root: TrustAnchorEntry = {
    role: 'time-stamp-authority',
    label: 'demonstration time-stamp root of a renewal',
    source: 'made in memory for a demonstration',
    certificate: toBase64(demonstration.roots.timeStampAuthority),
  }
  const head = {
    issuer: last?.issuer ?? 'DEMONSTRATION ONLY – Probatum sample',
    date: day(now),
    reviewBy: day({ epochSeconds: now.epochSeconds + 365 * 86_400, fraction: '' }),
    sample: true,
  }
  await writeNew(out, serializeTrustSet(nextTrustSet(last, head, [...(last?.anchors ?? []), root])))
}
