import type { About, Verified } from './engine.ts'
import type { KnownDigest } from './worker-protocol.ts'

/** Every digest of a result that a person may have on paper. */
export function knownDigests({ report, facts }: Verified, about: About): KnownDigest[] {
  const { body, envelope } = report
  const known: KnownDigest[] = [
    [{ what: 'content' }, body.content.sha256],
    [{ what: 'inventory' }, body.inventory.sha256],
    [{ what: 'policy' }, body.policy.sha256],
    [{ what: 'facts' }, envelope.digests.facts],
    [{ what: 'findings' }, envelope.digests.findings],
    [{ what: 'report' }, envelope.digests.whole],
    [{ what: 'script' }, about.scriptSha256],
  ]
  // Of a certificate it is what its data state.
  if (body.subject.bundleId !== null && facts.facts.kind !== 'document')
    known.unshift([{ what: 'bundle-id' }, body.subject.bundleId])
  const { certificateId = null, bundleId = null, reportDigest = null } = facts.facts.document?.data ?? {}
  if (certificateId !== null) known.push([{ what: 'certificate' }, certificateId])
  if (bundleId !== null) known.push([{ what: 'certified-bundle' }, bundleId])
  if (reportDigest !== null) known.push([{ what: 'certified-report' }, reportDigest])
  for (const { file, sha256 } of body.subject.sealIds) known.push([{ what: 'seal-id', file }, sha256])
  if (body.trustSet !== null) known.push([{ what: 'trust-set' }, body.trustSet.sha256])
  if (about.edition !== null) known.push([{ what: 'edition' }, about.edition.sha256])
  return known
}
