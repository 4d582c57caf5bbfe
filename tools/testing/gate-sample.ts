import { createHash } from 'node:crypto'
import {
  ASSURANCES,
  type AuthorisationRequest,
  approvalStatementOf,
  encodeUtf8,
  exceptionStatement,
  toBase64,
  toHex,
  type UnmetCondition,
} from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import {
  type Consent,
  type ConsentRegister,
  type DemonstrationAuthority,
  type DisclosurePolicy,
  demonstrationAuthority,
  fileOf,
  type GateApproval,
  type GateRequestInput,
  LineMaker,
  type LogExportInput,
  MemoryCustodyLog,
  type MemorySink,
  makeGateRequest,
  makeLogStart,
  memorySink,
  type RecipientFile,
  type SigningKey,
  sampleP256Key,
  seededRandom,
  showAll,
  signDetached,
} from '@probatum/seal'
import { makeCertificate } from '../../packages/seal/src/signatures/certificate.ts'
import { instant } from './judgement.ts'

/** When everything of the sample is made. */
export const NOW = instant('2026-03-14T09:12:00Z')
export const PURPOSE = 'trial of an invented case (sample)'
export const KIND = 'national prosecutor'
export const ITEMS = 3

const payload = [...'ABC'].map((letter) => encodeUtf8(`INVENTED SAMPLE item ${letter}\n`))

/** Somebody who can sign, with a certificate. */
export interface SamplePerson {
  readonly key: SigningKey
  readonly certificate: Uint8Array
}

export const GOOD_CONSENT: Consent = {
  giver: 'Invented Source (sample)',
  purposes: [PURPOSE, 'another purpose'],
  recipients: [KIND],
  from: '2026-01-01',
  until: '2026-12-31',
  withdrawn: null,
}

export const GOOD_RECIPIENT: RecipientFile = {
  recipient: { key: null, kind: KIND, name: 'Example Prosecution Service (sample)' },
  assurances: ASSURANCES.map((assurance) => ({
    assurance,
    by: 'Example Ministry (sample)',
    date: '2026-02-01',
    reference: `Letter ${assurance}`,
  })),
  conditions: [{ kind: 'use', text: 'Only for the trial (sample)' }],
}

/** An invented mechanism with a log, a sealer and people who approve. */
export class GateSample {
  readonly ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
  readonly authority: DemonstrationAuthority
  readonly #root: SigningKey
  readonly #random = seededRandom('gate people')

  private constructor(authority: DemonstrationAuthority, root: SigningKey) {
    this.authority = authority
    this.#root = root
  }

  static async make(): Promise<GateSample> {
    const authority = await demonstrationAuthority({ now: NOW, random: seededRandom('gate sample') })
    return new GateSample(authority, await sampleP256Key(seededRandom('approver root')(48)))
  }

  key(seed: string): Promise<SigningKey> {
    return sampleP256Key(seededRandom(seed)(48))
  }

  /** The certificate of the root that certifies people. */
  root(): Promise<Uint8Array> {
    const name = { organization: 'Example (sample)', commonName: 'Example approver root (sample)' }
    return this.#certify(name, this.#root, 'root')
  }

  async person(commonName: string, key?: SigningKey, until?: string): Promise<SamplePerson> {
    const own = key ?? (await this.key(commonName))
    const name = { organization: 'Example (sample)', commonName: `${commonName} (sample)` }
    return { key: own, certificate: await this.#certify(name, own, 'signer', until) }
  }

  #certify(
    subject: { organization: string; commonName: string },
    key: SigningKey,
    role: 'root' | 'signer',
    until = '2030-01-01T00:00:00Z',
  ) {
    return makeCertificate({
      subject,
      issuer: { organization: 'Example (sample)', commonName: 'Example approver root (sample)' },
      serialNumber: Uint8Array.of(1, ...this.#random(15)),
      notBefore: instant('2026-01-01T00:00:00Z'),
      notAfter: instant(until),
      spki: key.spki,
      issuerKey: this.#root,
      role,
    })
  }

  /** Whoever signs the seal. */
  get sealer(): SamplePerson {
    const { key, certificates } = this.authority.signer
    return { key, certificate: certificates[0] ?? new Uint8Array(0) }
  }

  /** Three items, and events of which one names a withdrawal where it is asked for. */
  async log(seed = 'gate log'): Promise<MemoryCustodyLog> {
    const random = seededRandom(seed)
    const { origin, fingerprint, verifierKey } = this.authority.log
    const id = toHex(random(16))
    const fields = { time: '2026-01-01T08:00:00Z', agent: 'Example Archivist (sample)', caseId: 'Invented case 7' }
    const log = new MemoryCustodyLog(
      { id, origin, verifierKey },
      makeLogStart({ id, origin, fingerprint }, fields, { random }),
    )
    for (const [at, bytes] of payload.entries())
      await this.add(log, 'item', {
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        originalName: `Invented photograph ${at} (sample).txt`,
      })
    await this.add(log, 'ingestion', { time: '2026-01-02T08:00:00Z', objects: [[0, ITEMS - 1]] })
    await this.add(log, 'access', { time: '2026-01-03T08:00:00Z', agent: 'Invented Reader (sample)' })
    return log
  }

  async add(log: MemoryCustodyLog, type: Parameters<LineMaker['make']>[0]['type'], fields: Record<string, unknown>) {
    const maker = new LineMaker(log, { random: seededRandom(`${type} ${log.events} ${log.items}`) })
    await log.append([maker.make({ type, fields: fields as never })])
  }

  /** A request over a log; everything is met, but for what is given otherwise. */
  request(
    custody: MemoryCustodyLog,
    given: Partial<Omit<GateRequestInput, 'custody' | 'consents'>> & {
      readonly consents?: readonly (Consent | null)[]
      readonly seed?: string
    } = {},
  ) {
    const { consents = Array.from({ length: ITEMS }, () => GOOD_CONSENT), seed = 'request', ...rest } = given
    const register: ConsentRegister = {
      logId: null,
      consents: consents.flatMap((consent, item) =>
        consent === null ? [] : [{ ...consent, at: `line ${item + 2}`, items: [[item, item] as const], sha256: [] }],
      ),
    }
    return makeGateRequest({
      custody,
      recipient: GOOD_RECIPIENT,
      consents: register,
      purpose: PURPOSE,
      grounds: ['Invented statute, article 7'],
      conditions: [],
      policy: null,
      identifier: 'Invented case 7, export (sample)',
      openedConsents: [],
      random: seededRandom(seed),
      ...rest,
    })
  }

  async approval(request: AuthorisationRequest, person: SamplePerson): Promise<GateApproval> {
    const statement = approvalStatementOf(request, nodeSmallDigest)
    return { approver: 'Approver (sample)', request: '0'.repeat(64), signature: await this.sign(statement, person) }
  }

  async exception(
    { exportNumber, logId }: AuthorisationRequest,
    given: { readonly condition: UnmetCondition; readonly item: number | null; readonly ground: string },
    person: SamplePerson,
  ) {
    const statement = exceptionStatement({ ...given, exportNumber, logId })
    return { ...given, signature: toBase64(await this.sign(statement, person)) }
  }

  sign(content: Uint8Array, { key, certificate }: SamplePerson): Promise<Uint8Array> {
    return signDetached({ content, certificates: [certificate], privateKey: key, signingTime: NOW, digest: 'sha256' })
  }

  /** What an export over the log is made with; recipient and the rest come from the gate. */
  exportInput(
    custody: MemoryCustodyLog,
    sink: MemorySink = memorySink(),
  ): Omit<LogExportInput, 'gate'> & { sink: MemorySink } {
    return {
      custody,
      sink,
      showing: showAll(() => true),
      payload: ({ seq }) => {
        const bytes = payload[seq]
        return bytes === undefined ? undefined : fileOf(bytes)
      },
      now: NOW,
      random: seededRandom('gate export'),
      issuer: 'Example Mechanism (sample)',
      recipient: null,
      externalIdentifier: 'not stated',
      longTerm: false,
      sample: true,
      signer: this.authority.signer,
      timeStampAuthorities: [this.authority.timeStampAuthority],
      log: this.authority.log,
      softwareAgent: 'probatum',
    }
  }
}

/** Shows two of the three items, and no name. */
export const SOME: DisclosurePolicy = {
  disclosurePolicy: 'probatum/disclosure-policy/1-draft',
  recipient: null,
  identifier: 'Invented case 7, export (sample)',
  events: [{ types: ['ingestion'], fields: ['time', 'objects'] }],
  items: [{ seq: [[0, 1]], payload: true, fields: [] }],
  grounds: [{ file: 'items.jsonl', seq: [[2, 2]], ground: 'witness-protection' }],
  accept: [],
}
