// Needs: openssl.
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeSignatureVerifier } from '@probatum/platform/node'
import { type SigningKey, signDetached } from '@probatum/seal'
import { beforeAll, describe, expect, it } from 'vitest'
import { memoryTree, testSmallDigest } from '../../../../test-vectors/support/memory-tree.ts'
import {
  LOG_ID,
  type SampleHistory,
  sampleHistory,
  samplePayload,
  sha256Hex,
} from '../../../../test-vectors/support/sample-history.ts'
import { instant, shippedPolicy } from '../../../../tools/testing/judgement.ts'
import { testPlace } from '../../../../tools/testing/place.ts'
import { authority, issue, keyOf } from '../../../../tools/vectors/pki.ts'
import { EVENT_TYPES } from '../bundle/line-types.ts'
import { establishRecords } from '../bundle/record.ts'
import { CATALOGUE } from '../checks/catalogue.ts'
import { checkHistory, establishHandoverTrust, establishHistoryTrust } from '../checks/history.ts'
import { FACTS_FILE } from '../facts-shapes/facts-shape.ts'
import { readShape } from '../json/shape.ts'
import type { JsonValue } from '../json/value.ts'
import { toBase64 } from '../model/bytes.ts'
import type { Facts, FactsFile } from '../model/facts.ts'
import type { Finding } from '../model/finding.ts'
import type { Judgement } from '../model/judgement.ts'
import type { AnchorRole, TrustAnchorEntry, TrustSet } from '../model/trust-set.ts'
import { parseCertificate } from '../pki/certificate-parse.ts'
import { NO_REVOCATION } from '../pki/revocation.ts'
import { type HandoverSignatures, type HandoverStatement, handoverStatement } from './handover.ts'

const { place: folder } = testPlace('handover')

const ports = { smallDigest: testSmallDigest, signatures: nodeSignatureVerifier() }
const TRANSFER = 4
const at = (text: string) => instant(text)
const NOW = at('2026-03-14T09:12:00Z')

type Side = 'giver' | 'receiver'
/** Each under a root of its own, and under a name of its own: one name on both sides is one person. */
interface Person {
  readonly signer: { readonly key: SigningKey; readonly certificates: readonly Uint8Array[] }
  readonly roots: { readonly signer: Uint8Array }
}
const people = new Map<Side | 'stranger', Person>()
const certified = async (name: string, key: SigningKey): Promise<Person> => {
  const root = await authority(`Example Root of the ${name}`)
  const { der } = await issue({ name: `Example ${name}`, issuer: root, key })
  return { signer: { key, certificates: [der] }, roots: { signer: root.der } }
}
beforeAll(async () => {
  for (const name of ['giver', 'receiver', 'stranger'] as const)
    people.set(name, await certified(name, await keyOf(`hand-over ${name}`)))
})
const personOf = (name: Side | 'stranger') => people.get(name) ?? expect.fail(name)

async function signed(content: Uint8Array, by: Side | 'stranger'): Promise<string> {
  const { key, certificates } = personOf(by).signer
  const cms = await signDetached({ content, certificates, privateKey: key, signingTime: NOW, digest: 'sha256' })
  return toBase64(cms)
}

/** What the sample's own transfer is to be signed over. Slots of fields that are there do not change when others are added. */
function ownStatement(line = TRANSFER): HandoverStatement {
  const plain = JSON.parse(sampleHistory().events[line]?.text ?? '') as { event: string; sd: string[] }
  const slot = (name: string) => plain.sd[EVENT_TYPES.transfer.slots.indexOf(name as 'agent')] ?? ''
  return {
    agent: slot('agent'),
    objects: slot('objects'),
    receiver: slot('receiver'),
    event: plain.event,
    logId: LOG_ID,
  }
}

/** The same certificate in other octets: with (r, s) of its signature (r, n - s) holds as well, and anybody can write it. */
function twinOf(der: Uint8Array): Uint8Array {
  const { tbs, signature } = parseCertificate(der)
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
  const sAt = 4 + (signature[3] ?? 0)
  const s = BigInt(`0x${Buffer.from(signature.subarray(sAt + 2)).toString('hex')}`)
  const other = Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex')
  const positive = (other[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), other]) : other
  const element = (tag: number, ...parts: Uint8Array[]) => {
    const content = Buffer.concat(parts)
    const length = content.length < 0x80 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff]
    return Buffer.concat([Buffer.of(tag, ...length), content])
  }
  const algorithm = der.subarray(4 + tbs.length, der.length - signature.length - 3)
  const value = element(0x30, signature.subarray(2, sAt), element(0x02, positive))
  return new Uint8Array(element(0x30, tbs, algorithm, element(0x03, Buffer.of(0), value)))
}

type Statements = (by: Side, given: HandoverStatement) => Uint8Array
interface Signing {
  readonly over?: Statements
  readonly giver?: Side | 'stranger'
  readonly receiver?: Side | 'stranger'
  readonly repeats?: boolean
}

/** The sample with its transfer signed on both sides. */
async function handedOver({ over = handoverStatement, repeats = false, ...who }: Signing = {}): Promise<SampleHistory> {
  const statement = ownStatement()
  const handover = await signed(over('giver', statement), who.giver ?? 'giver')
  const receipt = await signed(over('receiver', statement), who.receiver ?? 'receiver')
  return sampleHistory({ events: { [TRANSFER]: { handover, receipt } }, repeats })
}

interface Judging {
  readonly anchors?: readonly (readonly [Side | 'stranger', AnchorRole, Partial<TrustAnchorEntry>?])[] | null
  readonly time?: string
  readonly trustSetInside?: boolean
  readonly saved?: boolean
  /** Under a policy that takes no signature algorithm. */
  readonly noAlgorithms?: boolean
}

const BOTH = [
  ['giver', 'handover'],
  ['receiver', 'handover'],
] as const

function judgementWith(anchors: Judging['anchors'] = BOTH, time = '2026-06-01T00:00:00Z'): Judgement {
  const policy = shippedPolicy('sealed')
  const entries = (anchors ?? []).map(([who, role, more]): TrustAnchorEntry => {
    const certificate = toBase64(personOf(who).roots.signer)
    return { role, label: who, source: 'invented', certificate, ...more }
  })
  const file = {
    trustSet: 'probatum/trust-set/1-draft' as const,
    issuer: 'Example Court (sample)',
    number: 1,
    date: '2026-03-20',
    reviewBy: '2027-01-10',
    anchors: entries,
  }
  const trustSet: TrustSet = {
    file,
    sha256: sha256Hex('set'),
    anchors: entries.map(({ role, label, from, until }, index) => {
      const der = personOf(anchors?.[index]?.[0] ?? 'giver').roots.signer
      const interval = {
        ...(from === undefined ? {} : { from: at(from) }),
        ...(until === undefined ? {} : { until: at(until) }),
      }
      return { anchor: true, role, label, sha256: parseCertificate(der).sha256, der, ...interval }
    }),
  }
  return {
    policy,
    policySha256: sha256Hex('policy'),
    trustSet: anchors === null ? null : trustSet,
    validationTime: at(time),
    inputs: {} as Judgement['inputs'],
  }
}

interface Judged {
  readonly finding: Finding
  readonly outcome: string
  readonly said: string
  readonly facts: string
  readonly handovers: HandoverSignatures | null
}

async function judged({ files }: SampleHistory, judging: Judging = {}): Promise<Judged> {
  let handovers: HandoverSignatures | null = null
  const records = await establishRecords(memoryTree(files), ports, {
    payload: () => samplePayload(),
    onHandovers: (found) => {
      handovers = found
    },
  })
  const usual = judgementWith(judging.anchors, judging.time)
  const algorithms = { ...usual.policy.algorithms, ...(judging.noAlgorithms === true ? { schemes: [] } : {}) }
  const judgement = { ...usual, policy: { ...usual.policy, algorithms } }
  const kept = judging.saved === true ? null : (handovers as HandoverSignatures | null)
  const factsFile: Pick<FactsFile, 'facts' | 'handovers'> = {
    facts: { certificates: [], revocation: NO_REVOCATION } as unknown as Facts,
    ...(kept === null ? {} : { handovers: kept }),
  }
  const handoverTrust = await establishHandoverTrust(
    factsFile,
    judging.trustSetInside === true ? null : judgement.trustSet,
    judgement.policy.paths,
    ports,
  )
  const logTrust = (await establishHistoryTrust(records, judgement.trustSet, ports)) ?? expect.fail('no history')
  const context = {
    logTrust,
    handoverTrust,
    judgement,
    trustSetInside: judging.trustSetInside ?? false,
    bestSignatureTime: null,
    otherKeys: new Set<string>(),
  }
  const finding = checkHistory(records, context).find(({ id }) => id === 'custody.handover') ?? expect.fail('none')
  const outcome = finding.reason === undefined ? finding.value : `${finding.value}:${finding.reason}`
  expect(CATALOGUE.find(({ id }) => id === 'custody.handover')?.outcomes).toContain(outcome)
  return { finding, outcome, said: JSON.stringify(finding), facts: JSON.stringify(records), handovers }
}

describe('a hand-over', () => {
  it('that both have signed passes under anchors of role handover', async () => {
    const { outcome, finding } = await judged(await handedOver())
    expect(outcome).toBe('PASSED')
    expect(finding.counts).toEqual({ signatures: 2, hold: 2 })
    expect(finding.exceptions).toBeUndefined()
  })

  it('is open where the first line of the log does not tell which log it is, and never contradicted', async () => {
    const { files, ...rest } = await handedOver()
    const [first = '', ...others] = (files['record/custody.jsonl'] ?? '').split('\n')
    const withheld = `{"seq":0,"withheld":"${sha256Hex(first)}"}`
    for (const line of [withheld, ` ${first}`]) {
      const changed = { ...rest, files: { ...files, 'record/custody.jsonl': [line, ...others].join('\n') } }
      expect((await judged(changed)).outcome, line).toBe('INDETERMINATE:line-unread')
    }
  })

  it.each<[string, JsonValue]>([
    ['a number', 1],
    ['no base64', '***'],
    ['nothing', ''],
  ])('whose opened value is %s is open', async (_what, handover) => {
    const receipt = await signed(handoverStatement('receiver', ownStatement()), 'receiver')
    const sample = sampleHistory({ events: { [TRANSFER]: { handover, receipt } } })
    const { outcome, finding } = await judged(sample)
    expect(outcome).toBe('INDETERMINATE:malformed')
    expect(finding.counts).toEqual({ signatures: 2, hold: 1 })
  })

  it('whose signer nobody certifies is open, and says whose certificate it is only by its digest', async () => {
    const { outcome, finding, said } = await judged(await handedOver(), { anchors: [['giver', 'handover']] })
    expect(outcome).toBe('INDETERMINATE:signer-unknown')
    expect(finding.counts).toEqual({ signatures: 2, hold: 1 })
    expect(finding.exceptions?.map((one) => [one.at, one.reason, one.found])).toEqual([
      [
        'line 5 receipt',
        'signer-unknown',
        parseCertificate(personOf('receiver').signer.certificates[0] ?? expect.fail()).sha256,
      ],
    ])
    expect(said).not.toContain('Demonstration')
  })

  it.each<[string, Judging, string]>([
    ['no trust set', { anchors: null }, 'no-trust-set'],
    ['a trust set that lies in the bundle', { trustSetInside: true }, 'trust-set-inside'],
    [
      'anchors of those who seal',
      {
        anchors: [
          ['giver', 'signer'],
          ['receiver', 'signer'],
        ],
      },
      'other-role',
    ],
    [
      'an anchor that may no longer be relied on',
      {
        anchors: [
          ['giver', 'handover', { until: '2026-04-01T00:00:00Z' }],
          ['receiver', 'handover'],
        ],
      },
      'anchor-interval',
    ],
    ['a time behind the end of the certificates', { time: '2037-01-01T00:00:00Z' }, 'validity'],
    ['saved facts, which have no certificates of people', { saved: true }, 'not-in-facts'],
    ['a policy under which no path of certificates holds', { noAlgorithms: true }, 'signer-unknown'],
  ])('is open under %s', async (_what, judging, reason) => {
    expect((await judged(await handedOver(), judging)).outcome).toBe(`INDETERMINATE:${reason}`)
  })

  it.each<[string, Statements]>([
    ['another event', (by, given) => handoverStatement(by, { ...given, event: '0'.repeat(32) })],
    ['another log', (by, given) => handoverStatement(by, { ...given, logId: '0'.repeat(32) })],
    ['another agent', (by, given) => handoverStatement(by, { ...given, agent: given.receiver })],
    ['other objects', (by, given) => handoverStatement(by, { ...given, objects: given.receiver })],
    ['what the other one signs', (by, given) => handoverStatement(by === 'giver' ? 'receiver' : 'giver', given)],
    [
      'a statement of another type',
      (_by, given) => new TextEncoder().encode(JSON.stringify({ ...given, statement: 'probatum/approval/1' })),
    ],
  ])('that is signed over %s is refused', async (_what, over) => {
    expect((await judged(await handedOver({ over }))).outcome).toBe('FAILED:other-content')
  })

  it('that was signed once and stands in two lines is refused in both', async () => {
    const { outcome, finding } = await judged(await handedOver({ repeats: true }))
    expect(outcome).toBe('FAILED:replayed')
    expect(finding.exceptions?.map(({ at: place }) => place)).toEqual(
      [5, 9].flatMap((line) => [`line ${line} handover`, `line ${line} receipt`]),
    )
  })

  it('that giver and receiver signed with one certificate is open', async () => {
    const { outcome } = await judged(await handedOver({ receiver: 'giver' }))
    expect(outcome).toBe('INDETERMINATE:one-for-both')
  })

  it('that two keys signed under one name is open', async () => {
    const second = await certified('giver', await keyOf('another key of the giver'))
    const statement = ownStatement()
    const handover = await signed(handoverStatement('giver', statement), 'giver')
    const { key, certificates } = second.signer
    const content = handoverStatement('receiver', statement)
    const receipt = await signDetached({ content, certificates, privateKey: key, signingTime: NOW, digest: 'sha256' })
    const both = sampleHistory({ events: { [TRANSFER]: { handover, receipt: toBase64(receipt) } } })
    expect((await judged(both)).outcome).toBe('INDETERMINATE:one-for-both')
  })

  it('that one key signed on both sides under two certificates is open', async () => {
    const { key, certificates } = personOf('giver').signer
    const [certificate = expect.fail()] = certificates
    const statement = ownStatement()
    const handover = await signed(handoverStatement('giver', statement), 'giver')
    const receipt = await signDetached({
      content: handoverStatement('receiver', statement),
      certificates: [twinOf(certificate)],
      privateKey: key,
      signingTime: NOW,
      digest: 'sha256',
    })
    const twice = sampleHistory({ events: { [TRANSFER]: { handover, receipt: toBase64(receipt) } } })
    const { outcome, finding } = await judged(twice)
    expect(outcome).toBe('INDETERMINATE:one-for-both')
    expect(new Set(finding.exceptions?.map(({ found }) => found)).size).toBe(2)
  })

  it('whose agent is withheld is open', async () => {
    const { files } = await handedOver()
    const closed = Object.entries(files).map(([path, text]) => [
      path,
      path !== 'record/disclosures.jsonl'
        ? text
        : text.replace(/^\{"field":"agent","file":"custody\.jsonl","opening":"[^"]*","seq":4\}\n/m, ''),
    ])
    const { outcome, finding } = await judged({ ...sampleHistory(), files: Object.fromEntries(closed) })
    expect(outcome).toBe('INDETERMINATE:name-closed')
    expect(finding.exceptions?.map(({ at: place, reason }) => [place, reason])).toEqual([
      ['line 5 handover', 'name-closed'],
    ])
  })

  it('that is no signature is open', async () => {
    expect((await judged(sampleHistory({ events: { [TRANSFER]: { handover: 'AAAA' } } }))).outcome).toBe(
      'INDETERMINATE:malformed',
    )
  })

  it('leaves nothing of a certificate in facts and findings but its digest', async () => {
    const { facts, handovers, said } = await judged(await handedOver())
    const [one] = handovers?.certificates ?? []
    expect(one).toBeDefined()
    for (const hidden of [one?.der ?? '', 'Demonstration']) {
      expect(facts).not.toContain(hidden)
      expect(said).not.toContain(hidden)
    }
    const shape = readShape(FACTS_FILE, { handovers } as unknown as JsonValue)
    expect(shape.problems.filter(({ member }) => member.includes('handovers'))).toEqual([])
  })

  it('is over text that openssl verifies', async () => {
    const content = handoverStatement('giver', ownStatement())
    writeFileSync(join(folder, 'statement'), content)
    writeFileSync(join(folder, 'handover.p7s'), Buffer.from(await signed(content, 'giver'), 'base64'))
    writeFileSync(join(folder, 'root.der'), personOf('giver').roots.signer)
    const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
    openssl('x509', '-inform', 'DER', '-in', 'root.der', '-out', 'root.pem')
    const verify = [
      'cms',
      '-verify',
      '-cades',
      '-binary',
      '-inform',
      'DER',
      '-in',
      'handover.p7s',
      '-content',
      'statement',
    ]
    const time = ['-attime', `${NOW.epochSeconds}`, '-purpose', 'any', '-out', '/dev/null']
    openssl(...verify, '-CAfile', 'root.pem', '-no-CApath', '-no-CAstore', ...time)
    writeFileSync(join(folder, 'statement'), handoverStatement('receiver', ownStatement()))
    expect(() => openssl(...verify, '-CAfile', 'root.pem', '-no-CApath', '-no-CAstore', ...time)).toThrow()
  })
})
