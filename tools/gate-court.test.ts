import {
  canonicalise,
  describeGivenRevocation,
  type Finding,
  parseCertificate,
  parseTrustSet,
  serializePolicy,
  type TrustSetFile,
  toBase64,
  toHex,
  verifyBundle,
} from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import {
  type ExportGate,
  localTimeStampAuthority,
  type MemoryCustodyLog,
  memorySink,
  prepareExport,
  type SigningKey,
  seededRandom,
  withException,
} from '@probatum/seal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GateSample, GOOD_RECIPIENT, NOW, type SamplePerson, SOME } from './testing/gate-sample.ts'
import { instant, shippedPolicy } from './testing/judgement.ts'
import { memorySource } from './testing/memory-source.ts'
import {
  authority,
  basicConstraints,
  extendedKeyUsage,
  type Holder,
  issue,
  keyUsage,
  SIGNER,
} from './vectors/pki-certificates.ts'
import { crl } from './vectors/pki-revocation-make.ts'

/** Bundles that went through the gate, as a court sees them: everything by the rules, revocation data and two authorities included. */
const ports = nodePorts({ jobs: 1 })
afterAll(() => ports.close())

const later = instant('2026-03-15T00:00:00Z')
const STAMPING = [basicConstraints(false), keyUsage('digitalSignature'), extendedKeyUsage(true, 'timeStamping')]

const ROOTS = {
  signer: authority('Example Gate Signers'),
  approver: authority('Example Gate Approvers'),
  one: authority('Example Gate Time One'),
  two: authority('Example Gate Time Two'),
} as const
const CRLS = Object.values(ROOTS).map((issuer) =>
  crl({ issuer, thisUpdate: '260310000000Z', nextUpdate: '260410000000Z' }),
)

const keyOf = ({ key }: Holder): SigningKey => ({
  spki: key.spki,
  scheme: 'ecdsa',
  signatureAlgorithm: (digest) => key.algorithm(digest),
  sign: async (message, digest) => key.sign(message, digest),
})
const personOf = (holder: Holder): SamplePerson => ({ key: keyOf(holder), certificate: holder.der })
const approver = (name: string, issuer: Holder = ROOTS.approver) =>
  personOf(issue({ name, issuer, extensions: SIGNER }))

const stamping = (label: 'one' | 'two') => {
  const holder = issue({ name: `Example Gate Stamps ${label}`, issuer: ROOTS[label], extensions: STAMPING })
  return localTimeStampAuthority({
    label,
    subject: parseCertificate(holder.der).subject.text,
    key: keyOf(holder),
    certificates: [holder.der],
    policy: '2.999.3161.1',
    now: () => NOW,
    random: seededRandom(label),
  })
}

let sample: GateSample
let trustSet: TrustSetFile
beforeAll(async () => {
  sample = await GateSample.make()
  const anchor = (role: TrustSetFile['anchors'][number]['role'], { der }: Holder) => ({
    role,
    label: role,
    source: 'invented for a test (sample)',
    certificate: toBase64(der),
  })
  trustSet = {
    trustSet: 'probatum/trust-set/1-draft',
    issuer: 'Example court (sample)',
    number: 1,
    date: '2026-03-01',
    reviewBy: '2027-03-01',
    sample: true,
    anchors: [
      anchor('signer', ROOTS.signer),
      anchor('approver', ROOTS.approver),
      anchor('time-stamp-authority', ROOTS.one),
      anchor('time-stamp-authority', ROOTS.two),
      { role: 'log', label: 'log', source: 'invented', verifierKey: sample.authority.log.verifierKey },
    ],
  }
})

const SEALER = personOf(issue({ name: 'Example Gate Sealer', issuer: ROOTS.signer, extensions: SIGNER }))
const ADA = approver('Ada Approver')
const BEN = approver('Ben Approver')

interface Story {
  readonly by?: readonly SamplePerson[]
  readonly asked?: Parameters<GateSample['request']>[1] & object
  readonly except?: SamplePerson
}

async function approved(
  custody: MemoryCustodyLog,
  { by = [ADA, BEN], asked = {}, except }: Story,
): Promise<ExportGate> {
  const made = await sample.request(custody, except === undefined ? asked : { ...asked, consents: [null] })
  let { request } = made
  if (except !== undefined) {
    const given = { condition: 'consent-missing', item: null, ground: 'Invented order 9 (sample)' } as const
    request = withException(request, await sample.exception(request, given, except))
  }
  const approvals: ExportGate['approvals'][number][] = []
  for (const person of by) approvals.push(await sample.approval(request, person))
  return { request, kept: made.kept, approvals, signatures: sample.ports.signatures }
}

/** Asks, approves and seals over one log, all in one run, and gives the verdict on each bundle under `court`. */
async function judged(...stories: readonly Story[]) {
  const custody = await sample.log()
  const gates: ExportGate[] = []
  for (const [at, story] of stories.entries())
    gates.push(await approved(custody, { ...story, asked: { seed: `request ${at}`, ...story.asked } }))
  const prepared = []
  for (const gate of gates) {
    const sink = memorySink()
    const input = {
      ...sample.exportInput(custody, sink),
      signer: { key: SEALER.key, certificates: [SEALER.certificate] },
      timeStampAuthorities: [stamping('one'), stamping('two')],
      gate,
    }
    prepared.push({ sink, export: await prepareExport(input) })
  }
  const verdicts = []
  for (const each of prepared) {
    await each.export.finish()
    verdicts.push(await verdictOn(each.sink.files))
  }
  return verdicts
}

async function verdictOn(files: ReadonlyMap<string, Uint8Array>) {
  const policy = shippedPolicy('court')
  const revocation = CRLS.map((bytes, at) => ({ name: `${at}.crl`, bytes }))
  const { report } = await verifyBundle(
    memorySource(files),
    ports,
    { digests: 'all', name: 'sample', bytes: null, revocation },
    {
      policy,
      policySha256: toHex(ports.smallDigest('sha256', serializePolicy(policy))),
      trustSet: parseTrustSet(canonicalise(trustSet), parseCertificate, ports.smallDigest),
      validationTime: later,
      inputs: {
        digests: 'all',
        part: false,
        names: false,
        setCode: 'not-confirmed',
        files: describeGivenRevocation(revocation, ports.smallDigest),
        recipient: null,
      },
    },
  )
  const { assessment, findings } = report.body
  const axis = Object.fromEntries(
    findings
      .filter(({ id }) => id.startsWith('authorisation.'))
      .map(({ id, value, reason }: Finding) => [id, reason === undefined ? value : `${value}:${reason}`]),
  )
  return { assessment, axis, findings }
}

describe('a bundle that went through the gate, under the policy court', () => {
  it('passes on every axis, its consents closed', async () => {
    const [{ assessment, axis, findings } = expect.fail('none')] = await judged({})
    expect(axis).toMatchObject({
      'authorisation.request': 'PASSED',
      'authorisation.approvals': 'PASSED',
      'authorisation.assurances': 'PASSED',
      'authorisation.consents': 'WITHHELD:closed',
      'authorisation.conditions': 'PASSED',
    })
    expect(assessment.axes.authorisation.value).toBe('PASSED')
    const open = findings.filter(({ value, axis: of }) => value !== 'PASSED' && assessment.axes[of].value !== 'PASSED')
    expect([assessment.indication, open.map(({ id, value, reason }) => [id, value, reason])]).toEqual([
      'TOTAL-PASSED',
      [],
    ])
  })

  it('passes with every consent opened, judged at the time that is proved', async () => {
    const openedConsents = ['giver', 'scope', 'from', 'until', 'withdrawn'] as const
    const [{ assessment, axis } = expect.fail('none')] = await judged({ asked: { openedConsents } })
    expect(axis['authorisation.consents']).toBe('PASSED')
    expect(assessment.indication).toBe('TOTAL-PASSED')
  })

  it('passes for each of several recipients in one run, each shown other things', async () => {
    const { recipient } = GOOD_RECIPIENT
    const defence = { ...GOOD_RECIPIENT, recipient: { ...recipient, name: 'Example Defence (sample)' } }
    const verdicts = await judged({}, { asked: { policy: SOME, recipient: defence } }, { asked: { policy: SOME } })
    expect(verdicts.map(({ axis }) => axis['authorisation.request'])).toEqual(['PASSED', 'PASSED', 'PASSED'])
    expect(verdicts.map(({ assessment }) => assessment.indication)).toEqual(Array(3).fill('TOTAL-PASSED'))
  })

  it('is open with a signed exception, whatever else was met', async () => {
    const [{ assessment, axis } = expect.fail('none')] = await judged({ except: approver('Cyd Approver') })
    expect(axis['authorisation.exceptions']).toMatch(/^INDETERMINATE/)
    expect(assessment.axes.authorisation.value).toBe('INDETERMINATE')
  })

  it('is open when an approver is nobody whom this court believes', async () => {
    const stranger = approver('Stranger', authority('Example Gate Strangers'))
    const [{ assessment, axis } = expect.fail('none')] = await judged({ by: [ADA, stranger] })
    expect(axis['authorisation.approvals']).toMatch(/^INDETERMINATE/)
    expect(assessment.axes.authorisation.value).toBe('INDETERMINATE')
  })
})
