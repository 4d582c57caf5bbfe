import { canonicalise, parseCertificate, type TrustAnchorEntry, type TrustSetFile, toBase64 } from '@probatum/core'
import { GATE_ANCHORS } from './gate-bases.ts'
import { LOG_ANCHORS } from './log-bases.ts'
import { NOTICE_ROOT } from './notices.ts'
import { authority, type Issued, keyOf, PKI } from './pki.ts'
import { RENEWAL_PKI } from './renewal-bases.ts'
import { demonstration, logVerifierKey } from './seal.ts'

const anchor = (
  role: TrustAnchorEntry['role'],
  one: Issued,
  more: Partial<TrustAnchorEntry> = {},
): TrustAnchorEntry => ({
  role,
  label: parseCertificate(one.der).subject.text.replace('CN=', ''),
  source: 'invented for these vectors',
  certificate: toBase64(one.der),
  ...more,
})

/** Logs of the bundles: every set names them, so that a vector shows one open question and no more. */
const LOGS: readonly TrustAnchorEntry[] = await Promise.all(
  ['sealed', 'small', 'long-term', 'two-authorities'].map(async (name) => ({
    role: 'log' as const,
    label: `Example Log ${name} (sample)`,
    source: 'invented for these vectors',
    verifierKey: await logVerifierKey(name),
  })),
)

const set = (anchors: readonly TrustAnchorEntry[], more: Partial<TrustSetFile> = {}): Uint8Array =>
  canonicalise({
    trustSet: 'probatum/trust-set/1-draft',
    issuer: 'Example Court (sample)',
    number: 1,
    date: '2026-01-10',
    reviewBy: '2027-01-10',
    sample: true,
    anchors: [...anchors, ...LOGS],
    ...more,
  })

/** Every trust set that vectors name, by its name. */
export async function trustSets(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { trustSet } = await demonstration()
  const { root, signer, timeRoot, secondTimeRoot, otherRoot } = PKI
  const times = [anchor('time-stamp-authority', timeRoot), anchor('time-stamp-authority', secondTimeRoot)]
  const double = await authority('Example Root', { key: await keyOf('another Example Root') })
  /** For logs with hand-overs, changes of key and witnesses. `first`: of the log's first key. */
  const custody = (first: Pick<TrustAnchorEntry, 'until'>, more: readonly TrustAnchorEntry[] = []) =>
    set([
      ...more,
      anchor('signer', root),
      ...times,
      anchor('handover', LOG_ANCHORS.handoverRoot),
      ...[...LOG_ANCHORS.keys, LOG_ANCHORS.witness].map((verifierKey, at) => ({
        role: 'log' as const,
        label: verifierKey.slice(0, verifierKey.lastIndexOf('+')),
        source: 'invented for these vectors',
        verifierKey,
        ...(at === 0 ? first : {}),
      })),
    ])
  /** For bundles with a sharing decision. */
  const sharing = (...approvers: readonly TrustAnchorEntry[]) =>
    set([
      anchor('signer', root),
      ...times,
      ...approvers,
      { role: 'log', label: 'shared', source: 'invented for these vectors', verifierKey: GATE_ANCHORS.log },
    ])
  /** As of 2040. `second`: of the authority of the first renewal. */
  const renewal = (second: Pick<TrustAnchorEntry, 'until'>) =>
    set(
      [
        anchor('signer', root),
        anchor('time-stamp-authority', RENEWAL_PKI.firstRoot),
        anchor('time-stamp-authority', RENEWAL_PKI.secondRoot, second),
        anchor('time-stamp-authority', RENEWAL_PKI.thirdRoot),
      ],
      { date: '2039-01-10', reviewBy: '2041-01-10' },
    )
  return new Map([
    ['demonstration', trustSet],
    ['sample', set([anchor('signer', root), ...times])],
    ['without-signer-root', set(times)],
    ['without-time-root', set([anchor('signer', root)])],
    ['roles-exchanged', set([anchor('signer', timeRoot), anchor('time-stamp-authority', root)])],
    ['same-name-other-key', set([anchor('signer', double), ...times])],
    ['ended', set([anchor('signer', root, { until: '2026-02-01' }), ...times])],
    [
      'time-root-ended',
      set([anchor('signer', root), anchor('time-stamp-authority', timeRoot, { until: '2026-02-01' })]),
    ],
    ['ended-after-seal', set([anchor('signer', root, { until: '2026-04-01' }), ...times])],
    ['signer-as-anchor', set([anchor('signer', signer), ...times])],
    ['older', set([anchor('signer', otherRoot), ...times], { date: '2019-01-10', reviewBy: '2030-01-10' })],
    ['custody', custody({})],
    ['sharing', sharing(anchor('approver', GATE_ANCHORS.approvers))],
    ['sharing-approvers-ended', sharing(anchor('approver', GATE_ANCHORS.approvers, { until: '2026-02-01' }))],
    ['sharing-no-approvers', sharing()],
    ['sharing-no-log', set([anchor('signer', root), ...times, anchor('approver', GATE_ANCHORS.approvers)])],
    ['renewal', renewal({})],
    ['renewal-second-closed', renewal({ until: '2037-06-01' })],
    ['notices', custody({}, [anchor('notice', NOTICE_ROOT)])],
    ['custody-first-key-ended', custody({ until: '2026-03-01' })],
    ['other', set([anchor('signer', otherRoot), ...times])],
  ])
}
