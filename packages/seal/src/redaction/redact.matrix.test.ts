import { createHash } from 'node:crypto'
import {
  canonicalText,
  EVENT_TYPES,
  type EventTypeName,
  establishLaterDisclosures,
  ITEM_TYPE,
  makeFileTree,
  PLAIN_INPUTS,
  parseCertificate,
  parseNoteVerifierKey,
  parseTrustSet,
  serializePolicy,
  signedTextOf,
  toHex,
  verifyBundle,
} from '@probatum/core'
import { nodePorts, nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant, shippedPolicy } from '../../../../tools/testing/judgement.ts'
import { memorySource } from '../../../../tools/testing/memory-source.ts'
import {
  cosignatureLine,
  readWitnessRequest,
  type Witness,
  WitnessError,
  witnessKey,
} from '../custody-log/checkpoint-witness.ts'
import { LineMaker, MemoryCustodyLog, makeLogStart, openedValue } from '../custody-log/custody-log.ts'
import { checkCustodyLog } from '../custody-log/custody-log-check.ts'
import { ExportUnfinished, prepareExport } from '../custody-log/custody-log-export.ts'
import { showAll } from '../custody-log/custody-log-showing.ts'
import { type DemonstrationAuthority, demonstrationAuthority } from '../demonstration/demonstration.ts'
import { demonstrationTrustSet } from '../demonstration/trust-set.ts'
import { sampleEd25519Key } from '../keys/signing-key.ts'
import { seededRandom } from '../random.ts'
import { fileOf, memorySink } from '../sealing/bundle-sink.ts'
import { laterOpenings } from './disclose.ts'
import { RedactionRefused, redactBundles } from './redact.ts'
import { disclosureMatrix } from './redact-matrix.ts'
import { DISCLOSURE_POLICY, type DisclosurePolicy, parseDisclosurePolicy } from './redact-policy.ts'

const now = instant('2026-03-14T09:12:00Z')
const later = instant('2026-03-15T00:00:00Z')

const PLACES = [
  'Example Mill',
  'River Road (invented)',
  'Hügel Straße (sample)',
  'Ārāma Example',
  'Kilo Square',
  'Old Ford',
]
const payload = [...'ABCDEF'].map((letter) =>
  new TextEncoder().encode(`INVENTED SAMPLE item ${letter}\n${letter.repeat(60)}\n`),
)
const sha = (bytes: Uint8Array | string, algorithm = 'sha256') => createHash(algorithm).update(bytes).digest('hex')

/** Six items, twelve events with the exports to come apart; every value is its own. */
async function sampleLog(authority: DemonstrationAuthority, seed: string): Promise<MemoryCustodyLog> {
  const random = seededRandom(seed)
  const { origin, fingerprint, verifierKey } = authority.log
  const id = toHex(random(16))
  const start = makeLogStart(
    { id, origin, fingerprint },
    { time: '2026-01-01T08:00:00Z', agent: 'Example Archivist (sample)', caseId: 'Case Invented 17' },
    { random },
  )
  const log = new MemoryCustodyLog({ id, origin, verifierKey }, start)
  const maker = new LineMaker(log, { random })
  for (const [at, bytes] of payload.entries())
    await log.append([
      maker.make({
        type: 'item',
        fields: {
          size: bytes.length,
          sha256: sha(bytes),
          sha512: sha(bytes, 'sha512'),
          mediaType: `application/x-sample-${at}`,
          originalName: `Zeugin Müller ${at} (sample).txt`,
          modified: `2025-12-0${at + 1}T10:00:00Z`,
          description: `Invented description no. ${at}, said by Witness ${'QRSTUV'[at]}`,
        },
      }),
    ])
  const types = [
    'ingestion',
    'acquisition',
    'fixity-check',
    'transfer',
    'access',
    'analysis',
    'duplication',
    'migration',
    'redaction',
    'transfer',
    'deaccession',
  ] as const
  for (const [at, type] of types.entries())
    await log.append([
      maker.make({
        type,
        fields: {
          time: `2026-02-${String(at + 10)}T1${at % 10}:20:00Z`,
          agent: `Agent Sample ${'abcdefghijk'[at]}-${at}`,
          instrument: `Invented device ${at + 100}`,
          place: `${PLACES[at % 6]} ${at + 10}`,
          authority: `Invented order ${at + 10}/2026`,
          objects: [[at % 6, at % 6]],
          outcome: `Outcome sample ${at + 10}`,
          note: `Note of the invented event ${at + 10}: Zürich ${at + 10}`,
          ...(type === 'transfer' ? { receiver: `Receiver Sample ${at + 10}` } : {}),
        },
      }),
    ])
  return log
}

describe('redacted bundles of six items and twelve events', () => {
  const ports = nodePorts({ jobs: 1 })
  let authority: DemonstrationAuthority
  beforeAll(async () => {
    authority = await demonstrationAuthority({ now, random: seededRandom('redact') })
  })
  afterAll(() => ports.close())

  const common = () => ({
    now,
    issuer: 'Example Mechanism (sample)',
    longTerm: false,
    sample: true,
    signer: authority.signer,
    timeStampAuthorities: [authority.timeStampAuthority],
    log: authority.log,
    softwareAgent: 'probatum',
    payload: ({ seq }: { seq: number }) => {
      const bytes = payload[seq]
      return bytes === undefined ? undefined : fileOf(bytes)
    },
  })

  async function judge(files: ReadonlyMap<string, Uint8Array>) {
    const policy = shippedPolicy('sealed')
    const { report } = await verifyBundle(
      memorySource(files),
      ports,
      { digests: 'all', name: 'sample', bytes: null },
      {
        policy,
        policySha256: toHex(ports.smallDigest('sha256', serializePolicy(policy))),
        trustSet: parseTrustSet(demonstrationTrustSet(authority, now), parseCertificate, ports.smallDigest),
        validationTime: later,
        inputs: PLAIN_INPUTS,
      },
    )
    return report.body
  }

  async function redactOne(log: MemoryCustodyLog, policy: DisclosurePolicy, seed = 'salts') {
    const sink = memorySink()
    const written = () => new Map([...sink.files].map(([path, bytes]) => [path, fileOf(bytes)]))
    const input = {
      ...common(),
      random: seededRandom(seed),
      custody: log,
      recipients: [{ policy, sink: { ...sink, written } }],
    }
    const [bundle] = await redactBundles(input)
    return { files: sink.files, bundle: bundle ?? expect.fail('no bundle') }
  }

  it('verify, and hold no withheld value nor its digest, under 200 random policies', async () => {
    const lengths = new Map<string, number>()
    for (let number = 0; number < 200; number++) {
      const log = await sampleLog(authority, `log ${number % 5}`)
      const policy = randomPolicy(number)
      const opened = await openedBy(log, policy)
      const { files } = await redactOne(log, policy, `salts ${number}`)
      const body = await judge(files)
      expect(body.findings.filter(({ value }) => value === 'FAILED').map(({ id }) => id)).toEqual([])
      expect(body.assessment.indication, `policy ${number}`).toBe('TOTAL-PASSED')
      const open = body.findings.filter(
        ({ value, id }) => value === 'INDETERMINATE' && /^(?:custody|log|disclosure|bundle)\./.test(id),
      )
      // A bundle that shows no event but the first and its own has no custody to show.
      const showsNone = policy.events.every(({ seq }) => seq?.[0]?.[0] === 0)
      expect(
        open.map(({ id }) => id),
        `policy ${number}`,
      ).toEqual(showsNone ? ['custody.shown'] : [])

      const whole = Buffer.concat([...files.values()]).toString('latin1')
      for (const { value, isOpened } of opened) {
        if (isOpened) continue
        const text = String(value)
        const forms = [
          text,
          Buffer.from(text).toString('latin1'),
          Buffer.from(text).toString('base64'),
          encodeURIComponent(text),
        ]
        for (const form of forms) expect(whole.includes(form), `policy ${number}: ${text}`).toBe(false)
        for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512']) {
          expect(whole.includes(sha(text, algorithm)), `policy ${number}: ${algorithm} of ${text}`).toBe(false)
          expect(whole.includes(createHash(algorithm).update(text).digest().toString('latin1'))).toBe(false)
        }
      }
      for (const path of ['record/items.jsonl', 'record/custody.jsonl'])
        for (const line of new TextDecoder().decode(files.get(path)).trimEnd().split('\n')) {
          const { type, sd } = JSON.parse(line)
          if (sd === undefined) continue
          expect(lengths.get(type) ?? sd.length).toBe(sd.length)
          lengths.set(type, sd.length)
        }
    }
    for (const [type, length] of lengths)
      expect(length).toBe(type === 'item' ? ITEM_TYPE.slots.length : EVENT_TYPES[type as EventTypeName].slots.length)
    expect(lengths.size).toBeGreaterThan(8)
  }, 300_000)

  it('that fail leave the log as it was, or name every export event that has no bundle', async () => {
    const two = (log: MemoryCustodyLog, fails: (path: string, recipient: number) => boolean, more = {}) => {
      const recipients = [randomPolicy(1), randomPolicy(2)].map((policy, recipient) => {
        const sink = memorySink()
        return {
          policy,
          sink: {
            write: (path: string, content: Uint8Array | AsyncIterable<Uint8Array>) => {
              if (fails(path, recipient)) throw new Error(`disk full at ${path}`)
              return sink.write(path, content)
            },
            written: () => new Map([...sink.files].map(([path, bytes]) => [path, fileOf(bytes)])),
          },
        }
      })
      return redactBundles({ ...common(), random: seededRandom('fails'), custody: log, recipients, ...more })
    }
    const failed = async (log: MemoryCustodyLog, run: Promise<unknown>) => {
      const error: unknown = await run.then(
        () => null,
        (reason: unknown) => reason,
      )
      const types: string[] = []
      for await (const line of log.lines('custody.jsonl')) types.push(JSON.parse(line.text).type)
      return { error, exports: types.flatMap((type, seq) => (type === 'export' ? [seq] : [])) }
    }
    // Each file that is written, at each recipient: what fails before the first export leaves no event.
    for (const [at, events] of [
      [['record/items.jsonl', 0], 0],
      [['record/disclosures.jsonl', 1], 0],
      [['record/custody.jsonl', 0], 1],
      [['record/checkpoint', 0], 1],
      [['seal/1/tagmanifest-sha256.txt.p7s', 0], 1],
      [['record/custody.jsonl', 1], 2],
      [['seal/1/tagmanifest-sha256.txt.p7s', 1], 2],
    ] as const) {
      const log = await sampleLog(authority, 'failing')
      const run = two(log, (path, recipient) => path === at[0] && recipient === at[1])
      const { error, exports } = await failed(log, run)
      expect(exports, at.join()).toHaveLength(events)
      if (events === 0) expect(error).not.toBeInstanceOf(ExportUnfinished)
      else expect(error instanceof ExportUnfinished && error.events, at.join()).toEqual(exports)
      expect((await checkCustodyLog(log)).problems).toEqual([])
    }
    const log = await sampleLog(authority, 'failing')
    let asked = 0
    const key = witnessKey('witness.example', await sampleEd25519Key(seededRandom('witness')(32)))
    const witness: Witness = {
      label: 'sample',
      key: parseNoteVerifierKey(key.verifierKey, nodeSmallDigest) ?? expect.fail('no key'),
      async cosign(request) {
        if (asked++ > 0) throw new WitnessError('sample', 'not today')
        const { note } = readWitnessRequest(request) ?? expect.fail('no request')
        return { lines: await cosignatureLine(key, signedTextOf(note), now.epochSeconds) }
      },
    }
    const { error, exports } = await failed(
      log,
      two(log, () => false, { witnesses: { asked: [witness], signatures: nodeSignatureVerifier() } }),
    )
    expect(error instanceof ExportUnfinished && error.events).toEqual(exports)
    expect(exports).toHaveLength(2)
    expect(error instanceof ExportUnfinished && error.cause).toBeInstanceOf(WitnessError)
  })

  it('seal one log for several recipients, each at its own size and consistent with those before', async () => {
    const log = await sampleLog(authority, 'several')
    const sinks = [memorySink(), memorySink(), memorySink()]
    const recipients = sinks.map((sink, at) => ({
      policy: { ...randomPolicy(at), recipient: `Recipient ${at} (sample)` },
      sink: { ...sink, written: () => new Map([...sink.files].map(([path, bytes]) => [path, fileOf(bytes)])) },
    }))
    const outcomes = await redactBundles({ ...common(), random: seededRandom('several'), custody: log, recipients })
    expect(outcomes.map(({ outcome }) => outcome.size)).toEqual([13, 14, 15])
    const proofs = new TextDecoder().decode(sinks[2]?.files.get('record/proofs.jsonl')).trimEnd().split('\n')
    expect(proofs.map((line) => JSON.parse(line).first)).toEqual([13, 14])
    for (const { files } of sinks) expect((await judge(files)).assessment.indication).toBe('TOTAL-PASSED')
    // Salts and lines are the same in all of them: what is no stub in both is the same bytes.
    const texts = sinks.map(({ files }) => new TextDecoder().decode(files.get('record/custody.jsonl')).split('\n'))
    for (const [at, line] of (texts[0] ?? []).slice(0, 12).entries()) {
      const other = texts[1]?.[at] ?? ''
      if (!line.includes('withheld') && !other.includes('withheld')) expect(line).toBe(other)
    }
  })

  it('are a master bundle when everything is shown', async () => {
    const log = await sampleLog(authority, 'master')
    const sink = memorySink()
    const prepared = await prepareExport({
      ...common(),
      random: seededRandom('master'),
      sink,
      recipient: null,
      externalIdentifier: 'Master (sample)',
      custody: log,
      showing: showAll(() => true),
    })
    expect(log.events).toBe(12)
    await prepared.finish()
    expect(log.events).toBe(13)
    expect((await judge(sink.files)).assessment.indication).toBe('TOTAL-PASSED')
    expect(new TextDecoder().decode(sink.files.get('record/custody.jsonl'))).not.toContain('withheld')
  })

  it.each([
    ['as it is', (name: string) => Buffer.from(`x ${name} y`)],
    ['in other case', (name: string) => Buffer.from(`x ${name.toUpperCase()} y`)],
    ['decomposed', (name: string) => Buffer.from(`x ${name.normalize('NFD')} y`)],
    ['in UTF-16', (name: string) => Buffer.from(`x ${name} y`, 'utf16le')],
    ['in base64', (name: string) => Buffer.from(Buffer.from(`ab${name}c`).toString('base64'))],
    ['in base64url', (name: string) => Buffer.from(Buffer.from(`a${name}cd`).toString('base64url'))],
    ['percent-encoded', (name: string) => Buffer.from(`?q=${encodeURIComponent(name)}&`)],
    ['escaped', (name: string) => Buffer.from(JSON.stringify(name).replace('ü', '\\u00fc'))],
    ['as an unsalted SHA-256', (name: string) => Buffer.from(`- ${sha(name)} -`)],
    ['as raw SHA-1', (name: string) => createHash('sha1').update(name).digest()],
  ])('are refused when the payload holds a withheld value %s', async (_, leak) => {
    const log = await sampleLog(authority, 'leak')
    const text = leak('Zeugin Müller 9 (sample)')
    const maker = new LineMaker(log, { random: seededRandom('leak item') })
    const add = (bytes: Uint8Array, fields: Readonly<Record<string, string>>) =>
      log.append([maker.make({ type: 'item', fields: { size: bytes.length, sha256: sha(bytes), ...fields } })])
    await add(text, { originalName: 'shown.bin' })
    await add(Buffer.from('x'), { originalName: 'Zeugin Müller 9 (sample)' })
    const policy = { ...EMPTY, items: [{ seq: [[6, 6]] as const, fields: [], payload: true }] }
    const sink = memorySink()
    const written = () => new Map([...sink.files].map(([path, bytes]) => [path, fileOf(bytes)]))
    const input = {
      ...common(),
      random: seededRandom('x'),
      custody: log,
      payload: () => fileOf(text),
      recipients: [{ policy, sink: { ...sink, written } }],
    }
    const refused = await redactBundles(input).then(
      () => expect.fail('not refused'),
      (error: unknown) => error,
    )
    if (!(refused instanceof RedactionRefused)) throw refused
    expect(refused.leaks[0]?.leaks[0]).toMatchObject({
      path: 'data/00/000007.bin',
      withheld: [{ file: 'items.jsonl', seq: 7, field: 'originalName' }],
    })
    // Nothing was exported.
    expect(log.events).toBe(12)
    const accept = [{ file: 'items.jsonl', seq: [[7, 7]], field: 'originalName', path: 'data/00/000007.bin' }] as const
    const again = memorySink()
    const accepted = await redactBundles({
      ...input,
      recipients: [
        {
          policy: { ...policy, accept },
          sink: { ...again, written: () => new Map([...again.files].map(([path, bytes]) => [path, fileOf(bytes)])) },
        },
      ],
    })
    expect(accepted[0]?.search.accepted).toBe(1)
  })

  it('refuse a name that is withheld in one line and opened in another, but not a media type', async () => {
    const log = await sampleLog(authority, 'repeat')
    const maker = new LineMaker(log, { random: seededRandom('repeat') })
    const again = { agent: 'Agent Sample a-0', instrument: 'Invented device 100' }
    await log.append([maker.make({ type: 'access', fields: again })])
    const show = (fields: string[]) =>
      redactOne(log, {
        ...EMPTY,
        events: [{ seq: [[1, 1]], fields }],
        items: [{ all: true, fields: ['*'], payload: true }],
      })
    await expect(show(['agent'])).rejects.toThrow(RedactionRefused)
    expect((await show(['instrument'])).bundle.search.repeated).toBe(1)
  })

  it('say in the matrix who sees what, and no value', async () => {
    const log = await sampleLog(authority, 'matrix')
    const policy = parseDisclosurePolicy(
      new TextEncoder().encode(
        JSON.stringify({
          disclosurePolicy: DISCLOSURE_POLICY,
          recipient: null,
          identifier: 'Example (sample)',
          events: [{ types: ['transfer'], fields: ['time'] }],
          items: [{ seq: [0, [2, 3]], fields: ['mediaType'], payload: true }],
          grounds: [
            { file: 'items.jsonl', seq: [1], ground: 'witness-protection' },
            { file: 'custody.jsonl', types: ['transfer'], fields: ['agent'], ground: 'national-law' },
          ],
        }),
      ),
      'policy',
    )
    const rows = new Map<string, string>()
    for await (const { file, seq, what, cells } of disclosureMatrix(log, [policy]))
      rows.set(`${file} ${seq} ${what}`, cells.join())
    expect(rows.get('custody.jsonl 0 line')).toBe('opened')
    expect(rows.get('custody.jsonl 4 time')).toBe('opened')
    expect(rows.get('custody.jsonl 4 agent')).toBe('withheld: national-law')
    expect(rows.get('custody.jsonl 4 handover')).toBe('absent')
    expect(rows.get('custody.jsonl 1 line')).toBe('withheld')
    expect(rows.get('items.jsonl 1 payload')).toBe('withheld: witness-protection')
    expect(rows.get('items.jsonl 2 sha256')).toBe('opened')
    const { files } = await redactOne(log, policy)
    expect((await judge(files)).assessment.indication).toBe('TOTAL-PASSED')
  })

  it('can be opened later at exact places, and nowhere else', async () => {
    const log = await sampleLog(authority, 'later')
    const { files } = await redactOne(log, {
      ...EMPTY,
      events: [{ seq: [[3, 3]], fields: [] }],
      items: [{ seq: [[0, 0]], fields: [], payload: true }],
    })
    const linesIn = (path: string) => new TextDecoder().decode(files.get(path)).trimEnd().split('\n')
    const bundle = { 'custody.jsonl': linesIn('record/custody.jsonl'), 'items.jsonl': linesIn('record/items.jsonl') }
    const openings = await laterOpenings(log, bundle, [
      { file: 'items.jsonl', seq: 4, field: 'originalName' },
      { file: 'custody.jsonl', seq: 3, field: 'agent' },
    ])
    expect(openings.map(({ file, seq, field }) => [file, seq, field])).toEqual([
      ['custody.jsonl', 3, 'agent'],
      ['items.jsonl', 4, null],
      ['items.jsonl', 4, 'originalName'],
    ])
    const opened: string[] = []
    const found = await makeFileTree(memorySource(files))
    const file = new TextEncoder().encode(openings.map(({ text }) => `${text}\n`).join(''))
    const checked = await establishLaterDisclosures(found.tree, file, ports, ({ value }) => opened.push(String(value)))
    expect(checked).toMatchObject({
      file: { state: 'valid', problemsOmitted: 0, problems: [] },
      lines: [{ file: 'items.jsonl', line: 5, code: 'holds' }],
      matched: { openings: 2, holding: 2, problems: { count: 0 } },
    })
    expect(opened).toEqual(['Agent Sample c-2', 'Zeugin Müller 4 (sample).txt'])
    const whole: string = JSON.parse(openings[1]?.text ?? '').line
    expect(JSON.parse(bundle['items.jsonl'][4] ?? '').withheld).toBe(sha(whole))
    const opening: string = JSON.parse(openings[2]?.text ?? '').opening
    expect(JSON.parse(whole).sd[ITEM_TYPE.slots.indexOf('originalName')]).toBe(
      createHash('sha256').update(opening).digest('base64url'),
    )
    await expect(laterOpenings(log, bundle, [{ file: 'custody.jsonl', seq: 12, field: 'agent' }])).rejects.toThrow(
      'never opened',
    )
    await expect(laterOpenings(log, bundle, [{ file: 'custody.jsonl', seq: 3, field: 'caseId' }])).rejects.toThrow(
      'no field',
    )
    const other = await sampleLog(authority, 'another log')
    await expect(laterOpenings(other, bundle, [{ file: 'custody.jsonl', seq: 3, field: 'agent' }])).rejects.toThrow(
      'not of this log',
    )
  })
})

const EMPTY: DisclosurePolicy = {
  disclosurePolicy: DISCLOSURE_POLICY,
  recipient: null,
  identifier: 'Example export (sample)',
  events: [],
  items: [],
  grounds: [],
  accept: [],
}

/** A policy that follows from its number. */
function randomPolicy(number: number): DisclosurePolicy {
  const random = seededRandom(`policy ${number}`)
  const coin = (chance: number) => (random(1)[0] ?? 0) < chance * 256
  const some = (names: readonly string[], chance: number) => names.filter(() => coin(chance))
  const chance = 0.15 + (number % 8) / 10
  const events = [...Array(12).keys()]
    .filter(() => coin(chance))
    .map((seq) => ({ seq: [[seq, seq]] as const, fields: some([...EVENT_TYPES.transfer.slots, 'caseId'], chance) }))
  const shown = [...Array(6).keys()].filter((seq) => seq === number % 6 || coin(chance))
  const items = shown.map((seq) => ({
    seq: [[seq, seq]] as const,
    payload: seq === number % 6 || coin(0.7),
    fields: some(
      ITEM_TYPE.slots.filter((name) => name !== 'path'),
      chance,
    ),
  }))
  const grounds = coin(0.5)
    ? [{ file: 'custody.jsonl' as const, all: true as const, ground: 'witness-protection' }]
    : []
  return { ...EMPTY, events, items, grounds }
}

/** Texts of the log, and whether the policy opens them: written down anew, not asked of the product. */
async function openedBy(log: MemoryCustodyLog, policy: DisclosurePolicy) {
  const values: { value: unknown; isOpened: boolean }[] = []
  for (const file of ['custody.jsonl', 'items.jsonl'] as const)
    for await (const line of log.lines(file))
      for (const opening of line.openings) {
        const value = openedValue(opening)
        if (typeof value !== 'string') continue
        const rules = (file === 'items.jsonl' ? policy.items : policy.events).filter(
          (rule) => rule.seq?.[0]?.[0] === line.seq,
        )
        const isPayload = ['path', 'size', 'sha256', 'sha512'].includes(opening.field)
        const isOpened = rules.some(
          (rule) => rule.fields.includes(opening.field) || (isPayload && 'payload' in rule && rule.payload === true),
        )
        values.push({ value, isOpened })
      }
  expect(canonicalText(values).length).toBeGreaterThan(1000)
  return values
}
