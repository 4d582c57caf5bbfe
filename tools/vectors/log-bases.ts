import {
  canonicalise,
  canonicalText,
  type DisclosureLine,
  EVENT_TYPES,
  encodeUtf8,
  fromBase64,
  handoverStatement,
  keyChangeStatement,
  parseCertificate,
  parseInstant,
  type SmallDigest,
  toBase64,
  toHex,
} from '@probatum/core'
import {
  cosignatureLine,
  fileOf,
  type LineMaking,
  type LogKey,
  LogTree,
  localTimeStampAuthority,
  logKey,
  type MadeLine,
  MemoryCustodyLog,
  makeCheckpoint,
  makeEventLine,
  makeItemLine,
  makeLogStart,
  memorySink,
  type NewLine,
  prepareExport,
  type Showing,
  seededRandom,
  signDetached,
  smallDigest,
  type WitnessKey,
  witnessKey,
} from '@probatum/seal'
import type { Bases } from './bases.ts'
import { granted, token } from './cms.ts'
import { authority, ed25519KeyOf, type Issued, issue, keyOf, PKI } from './pki.ts'
import { type Files, fileAt, hex, listTagFiles, SEALED_AT, text } from './seal.ts'

/** A log of some length: hand-over, change of key, an export before, a witness, withheld lines and fields, a redacted copy. */
const ORIGIN = 'vectors.example/log/custody'
const WITNESS = 'witness.example/vectors'
const PAYLOADS = ['a', 'b', 'c'].map((letter) => text(`INVENTED SAMPLE ${letter}\n`))
const COPY = text('INVENTED SAMPLE, covered\n')
const EVENT = '00112233445566778899aabbccddeeff'
const TRANSFER = 2
const WITHHELD = 3
const KEY_CHANGE = 6

const logKeyOf = async (name: string): Promise<LogKey> => logKey(ORIGIN, await ed25519KeyOf(`log ${name}`))
const FIRST = await logKeyOf('first')
const SECOND = await logKeyOf('second')
const ANCHOR = await logKeyOf('anchor')
const STRANGER = await logKeyOf('stranger')
const WITNESSES: Readonly<Record<'witness' | 'other', WitnessKey>> = {
  witness: witnessKey(WITNESS, await ed25519KeyOf('witness')),
  other: witnessKey('other.example/vectors', await ed25519KeyOf('other witness')),
}
const HANDOVER_ROOT = await authority('Example Couriers')
const GIVER = await issue({ name: 'Example Officer', issuer: HANDOVER_ROOT })
const RECEIVER = await issue({ name: 'Example Laboratory', issuer: HANDOVER_ROOT })

/** What the trust set `custody` has beside the anchors of `sample`. */
export const LOG_ANCHORS = {
  handoverRoot: HANDOVER_ROOT,
  keys: [FIRST, SECOND, ANCHOR].map(({ verifierKey }) => verifierKey),
  witness: WITNESSES.witness.verifierKey,
}

/** For what the log says after the bundle. */
export const LOG_KEYS = { second: SECOND, stranger: STRANGER }

type Side = 'giver' | 'receiver'

interface LogRecipe {
  readonly giver?: Issued
  readonly receiver?: Issued
  /** What is signed, in the place of the line's own statement. */
  readonly statement?: (by: Side, own: Parameters<typeof handoverStatement>[1]) => Uint8Array
  readonly handover?: (cms: Uint8Array) => Uint8Array
  /** The transfer stands a second time, in the place of the line that is withheld. */
  readonly repeats?: boolean
  readonly closed?: readonly string[]
  readonly changeSigner?: LogKey
  readonly signedBy?: 'old-key' | 'anchor'
  /** Fingerprint that the change states. */
  readonly changedTo?: LogKey
  readonly checkpointKey?: LogKey
  readonly witness?: { readonly key: WitnessKey; readonly time?: number } | null
  readonly cosignature?: (line: string) => string
  readonly copyOf?: { readonly line: string; readonly seq: number }
  /** Where an item says that its file is, which does not come along; undefined: at its own place. */
  readonly pathOf?: (seq: number) => string | undefined
  readonly digestAfter?: string
  /** When the acquisition was, and when what stands in the place of the redaction. */
  readonly acquired?: string
  readonly redacted?: string
  /** Items are added in the place of the redaction. */
  readonly ingested?: boolean
  readonly proof?: (line: Record<string, unknown>) => Record<string, unknown>
  /** Lines put into disclosures.jsonl, in their place. */
  readonly grounds?: readonly DisclosureLine[]
}

const making = (name: string) => ({ random: seededRandom(`vector custody ${name}`) })
const timed = (when: string | undefined) => (when === undefined ? {} : { time: when })
const time = (minute: number) => `2026-03-14T08:${String(minute).padStart(2, '0')}:00Z`

async function lines(recipe: LogRecipe, log: MemoryCustodyLog): Promise<void> {
  const add = (file: NewLine['file'], line: MadeLine, more: Partial<NewLine> = {}) =>
    log.append([{ ...line, file, ...more }])
  const digests: Uint8Array[] = []
  for (const [seq, bytes] of [...PAYLOADS, COPY].entries()) {
    const original = digests[0]
    const copy =
      seq < PAYLOADS.length || original === undefined
        ? {}
        : {
            copyAgent: 'Example Archivist (sample)',
            copyGround: 'witness-protection',
            copyMethod: 'black bars',
            copyOf: recipe.copyOf ?? { line: toHex(original), seq: 0 },
          }
    const fields = {
      path: recipe.pathOf?.(seq) ?? `data/00/00000${seq + 1}.txt`,
      size: bytes.length,
      sha256: hex('sha256', bytes),
      ...copy,
    }
    const line = makeItemLine(seq, fields, making(`item ${seq}`))
    digests.push(line.digest)
    await add('items.jsonl', line)
  }
  const place = () => ({ seq: log.events, previous: log.head })
  const agent = 'Example Officer (sample)'
  const range = (first: number, last: number) => ({ objects: [[first, last]] })
  const fieldsOf = (more: object) => ({ time: time(log.events), agent, ...more })
  await add(
    'custody.jsonl',
    makeEventLine(
      place(),
      'acquisition',
      {},
      fieldsOf({ ...range(0, 3), ...timed(recipe.acquired) }),
      making('event 1'),
    ),
  )
  const transfer = await signedTransfer(recipe, log)
  await add('custody.jsonl', transfer(place()))
  await add(
    'custody.jsonl',
    recipe.repeats === true
      ? transfer(place())
      : makeEventLine(place(), 'access', {}, fieldsOf({ note: 'withheld (sample)' }), making('event 3')),
  )
  const redaction = { ...range(3, 3), digestBefore: { sha256: hex('sha256', PAYLOADS[0] ?? COPY) } }
  const after = { digestAfter: { sha256: recipe.digestAfter ?? hex('sha256', COPY) } }
  await add(
    'custody.jsonl',
    recipe.ingested === true
      ? makeEventLine(
          place(),
          'ingestion',
          {},
          fieldsOf({ ...range(0, 3), ...timed(recipe.redacted) }),
          making('event 4'),
        )
      : makeEventLine(
          place(),
          'redaction',
          {},
          fieldsOf({ ...redaction, ...after, ...timed(recipe.redacted) }),
          making('event 4'),
        ),
  )
  await exportOver(log, FIRST, { ...SHOWING_ALL, showsPayload: (seq) => seq === 1 }, making('earlier'), 'earlier')
  await add('custody.jsonl', await keyChange(recipe, log), { verifierKey: SECOND.verifierKey })
}

/** Signed over its own slots, which do not depend on the signatures: their salts are drawn before. */
async function signedTransfer(recipe: LogRecipe, log: MemoryCustodyLog) {
  const fields = { time: time(TRANSFER), agent: 'Example Officer (sample)', objects: [[0, 3]] }
  const of = (place: { seq: number; previous: Uint8Array }, more: object) =>
    makeEventLine(
      place,
      'transfer',
      { event: EVENT },
      { ...fields, receiver: 'Example Laboratory (sample)', ...more },
      making('event 2'),
    )
  const { sd } = JSON.parse(of({ seq: log.events, previous: log.head }, {}).text) as { sd: readonly string[] }
  const slot = (name: 'agent' | 'objects' | 'receiver') => sd[EVENT_TYPES.transfer.slots.indexOf(name)] ?? ''
  const own = {
    agent: slot('agent'),
    objects: slot('objects'),
    receiver: slot('receiver'),
    event: EVENT,
    logId: log.id,
  }
  const sign = async (by: Side, { der, key }: Issued) => {
    const content = (recipe.statement ?? handoverStatement)(by, own)
    const cms = await signDetached({
      content,
      certificates: [der],
      privateKey: key,
      signingTime: SEALED_AT,
      digest: 'sha256',
    })
    return toBase64(recipe.handover?.(cms) ?? cms)
  }
  const signatures = {
    handover: await sign('giver', recipe.giver ?? GIVER),
    receipt: await sign('receiver', recipe.receiver ?? RECEIVER),
  }
  return (place: { seq: number; previous: Uint8Array }) => of(place, signatures)
}

async function keyChange(recipe: LogRecipe, log: MemoryCustodyLog): Promise<MadeLine> {
  const { fingerprint } = recipe.changedTo ?? SECOND
  const seq = log.events
  const statement = keyChangeStatement({ logId: log.id, logKey: fingerprint, prev: toHex(log.head), seq })
  const signature = toBase64(await (recipe.changeSigner ?? FIRST).key.sign(statement, 'sha512'))
  const clear = {
    logKey: fingerprint,
    signature,
    signedBy: recipe.signedBy ?? 'old-key',
    verifierKey: SECOND.verifierKey,
  }
  const fields = { time: '2026-03-14T09:12:00Z', agent: 'Example Archivist (sample)', note: 'yearly (sample)' }
  return makeEventLine({ seq, previous: log.head }, 'log-key-change', clear, fields, making('key change'))
}

const SHOWING_ALL: Showing = {
  showsLine: () => true,
  showsPayload: () => true,
  opensField: (file, _seq, _type, field) => file !== 'items.jsonl' || field !== 'path',
  ground: () => null,
}

/** What the recipient sees: not event 3, not item 0 but its copy, not who changed the key. */
function showingOf({ closed = [], repeats = false, pathOf }: LogRecipe): Showing {
  const isClosed = (file: string, seq: number, field: string) =>
    (file === 'custody.jsonl' && seq === KEY_CHANGE && field === 'agent') || closed.includes(`${seq} ${field}`)
  return {
    showsLine: (file, seq) => (file === 'custody.jsonl' ? repeats || seq !== WITHHELD : seq !== 0),
    showsPayload: (seq) => seq > 0 && pathOf?.(seq) === undefined,
    opensField: (file, seq, type, field) =>
      !isClosed(file, seq, field) && SHOWING_ALL.opensField(file, seq, type, field),
    ground: (file, seq, _type, field) => {
      if (field === null) return file === 'items.jsonl' ? 'victim-protection' : 'source-confidentiality'
      return file === 'custody.jsonl' && seq === KEY_CHANGE ? 'witness-protection' : null
    },
  }
}

/** Seals over a log as it is, with the product. */
export async function exportOver(
  custody: MemoryCustodyLog,
  key: LogKey,
  showing: Showing,
  { random }: LineMaking,
  name: string,
  payloadOf: (seq: number) => Uint8Array = (seq) => [...PAYLOADS, COPY][seq] ?? COPY,
): Promise<Files> {
  const sink = memorySink()
  const prepared = await prepareExport({
    custody,
    showing,
    sink,
    now: SEALED_AT,
    random,
    issuer: 'Example Mechanism (sample)',
    recipient: 'Example Prosecution Service (sample)',
    externalIdentifier: `Example case 1 (sample), ${name}`,
    longTerm: false,
    sample: true,
    signer: { key: PKI.signer.key, certificates: [PKI.signer.der] },
    timeStampAuthorities: [
      localTimeStampAuthority({
        label: 'example-tsa',
        subject: parseCertificate(PKI.unit.der).subject.text,
        key: PKI.unit.key,
        certificates: [PKI.unit.der],
        policy: '2.999.3161.1',
        now: () => SEALED_AT,
        random,
      }),
    ],
    log: key,
    softwareAgent: 'probatum test vectors',
    payload: ({ seq }) => fileOf(payloadOf(seq)),
  })
  await prepared.finish()
  return new Map(sink.files)
}

/** The bundle of a recipe: sealed by the product, then checkpoint, proof and grounds laid, and sealed anew. */
export async function sealLog(recipe: LogRecipe = {}): Promise<Files> {
  const id = toHex(seededRandom('vector custody id')(16))
  const start = makeLogStart(
    { id, origin: ORIGIN, fingerprint: FIRST.fingerprint },
    { time: time(0), agent: 'Example Archivist (sample)', caseId: 'Example case 1 (sample)' },
    making('event 0'),
  )
  const log = new MemoryCustodyLog({ id, origin: ORIGIN, verifierKey: FIRST.verifierKey }, start)
  await lines(recipe, log)
  const files = await exportOver(log, SECOND, showingOf(recipe), making('export'), 'export 2')
  await layCheckpoint(recipe, files)
  editLines(files, 'record/proofs.jsonl', (all) =>
    all.map((line) => canonicalText((recipe.proof?.(JSON.parse(line)) ?? JSON.parse(line)) as never)),
  )
  const elsewhere: DisclosureLine[] = []
  for await (const { seq, openings } of log.lines('items.jsonl'))
    if (recipe.pathOf?.(seq) !== undefined) elsewhere.push(...openings.filter(({ field }) => field === 'path'))
  editLines(files, 'record/disclosures.jsonl', (all) => {
    const place = (line: string) => {
      const { file, seq, field = '' } = JSON.parse(line)
      return `${file} ${String(seq).padStart(9, '0')} ${field}`
    }
    const added = [...(recipe.grounds ?? []), ...elsewhere].map((line) => canonicalText(line as never))
    return [...all, ...added].sort((a, b) => (place(a) < place(b) ? -1 : 1))
  })
  return resealed(files)
}

async function layCheckpoint(recipe: LogRecipe, files: Files): Promise<void> {
  const tree = new LogTree(smallDigest as SmallDigest)
  const all = new TextDecoder().decode(fileAt(files, 'record/custody.jsonl')).split('\n').slice(0, -1)
  for (const line of all) {
    const { withheld } = JSON.parse(line) as { withheld?: string }
    tree.append(new Uint8Array(Buffer.from(withheld ?? hex('sha256', text(line)), 'hex')))
  }
  const note = new TextDecoder().decode(await makeCheckpoint(recipe.checkpointKey ?? SECOND, tree.size, tree.root()))
  const { key, time: at = SEALED_AT.epochSeconds } = recipe.witness ?? { key: WITNESSES.witness }
  const cosignature = await cosignatureLine(key, encodeUtf8(note.slice(0, note.lastIndexOf('\n\n') + 1)), at)
  const added = recipe.witness === null ? '' : (recipe.cosignature?.(cosignature) ?? cosignature)
  files.set('record/checkpoint', text(note + added))
}

export function editLines(files: Files, path: string, edit: (lines: string[]) => string[]): void {
  const all = new TextDecoder().decode(fileAt(files, path)).split('\n').slice(0, -1)
  files.set(
    path,
    text(
      edit(all)
        .map((line) => `${line}\n`)
        .join(''),
    ),
  )
}

/** Lists and seals anew what was laid by hand. */
export async function resealed(files: Files): Promise<Files> {
  listTagFiles(files)
  const path = 'seal/1/tagmanifest-sha256.txt.p7s'
  const signature = await signDetached({
    content: fileAt(files, 'tagmanifest-sha256.txt'),
    certificates: [PKI.signer.der],
    privateKey: PKI.signer.key,
    signingTime: SEALED_AT,
    digest: 'sha256',
  })
  files.set(path, signature)
  files.set(`${path}.example-tsa.tsr`, granted(await token({ data: signature, unit: PKI.unit })))
  return files
}

/** With one bit of the last octet changed: of a CMS without unsigned attributes it is the signature's. */
function lastBitFlipped(bytes: Uint8Array): Uint8Array {
  const flipped = bytes.slice()
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1
  return flipped
}

export const logBase = (): Promise<Files> => sealLog()
const JUNE = parseInstant('2026-06-02T00:00:00Z')?.epochSeconds ?? 0

/** Bundles over logs that differ from the base `custody` in what their name says; every signature around it is made anew. */
export const LOG_OVERS: Bases = {
  'handover-signature-altered': () => sealLog({ handover: lastBitFlipped }),
  'handover-other-authority': async () => {
    const stranger = await issue({ name: 'Example Stranger', issuer: PKI.otherRoot })
    return sealLog({ giver: stranger })
  },
  'handover-by-who-seals': () => sealLog({ giver: PKI.signer }),
  'handover-other-statement': () =>
    sealLog({ statement: (_by, own) => canonicalise({ ...own, statement: 'probatum/approval/1' }) }),
  'handover-of-other-event': () =>
    sealLog({ statement: (by, own) => handoverStatement(by, { ...own, event: '0'.repeat(32) }) }),
  'handover-sides-exchanged': () =>
    sealLog({ statement: (by, own) => handoverStatement(by === 'giver' ? 'receiver' : 'giver', own) }),
  'handover-replayed': () => sealLog({ repeats: true }),
  'handover-agent-closed': () => sealLog({ closed: [`${TRANSFER} agent`] }),
  'handover-one-for-both': () => sealLog({ receiver: GIVER }),
  'handover-giver-certifies-receiver': async () =>
    sealLog({
      giver: await issue({ name: 'Example Officer', issuer: HANDOVER_ROOT, key: HANDOVER_ROOT.key, serial: 0x1007 }),
    }),
  'handover-one-name-for-both': async () =>
    sealLog({
      receiver: await issue({
        name: 'Example Officer',
        issuer: HANDOVER_ROOT,
        key: await keyOf('a second key'),
        serial: 0x1006,
      }),
    }),
  'handover-certificate-ended': async () =>
    sealLog({ giver: await issue({ name: 'Example Retired Officer', issuer: HANDOVER_ROOT, to: '260301000000Z' }) }),
  'key-change-by-anchor': () => sealLog({ changeSigner: ANCHOR, signedBy: 'anchor' }),
  'key-change-by-stranger': () => sealLog({ changeSigner: STRANGER }),
  'key-change-by-stranger-as-anchor': () => sealLog({ changeSigner: STRANGER, signedBy: 'anchor' }),
  'key-change-by-itself-as-anchor': () => sealLog({ changeSigner: SECOND, signedBy: 'anchor' }),
  'key-change-to-other-key': () => sealLog({ changedTo: STRANGER }),
  'key-change-old-key-goes-on': () => sealLog({ checkpointKey: FIRST }),
  'witness-altered': () =>
    sealLog({
      cosignature: (line) => {
        const [dash, name, base64 = ''] = line.trimEnd().split(' ')
        return `${dash} ${name} ${toBase64(lastBitFlipped(fromBase64(base64) ?? new Uint8Array(1)))}\n`
      },
    }),
  'witness-unknown': () => sealLog({ witness: { key: WITNESSES.other } }),
  'witness-later': () => sealLog({ witness: { key: WITNESSES.witness, time: JUNE } }),
  'witness-after-the-seal': () => sealLog({ witness: { key: WITNESSES.witness, time: SEALED_AT.epochSeconds + 1200 } }),
  'witness-none': () => sealLog({ witness: null }),
  'proof-of-other-history': () => sealLog({ proof: (line) => ({ ...line, firstRoot: '0'.repeat(64) }) }),
  'proof-path-altered': () =>
    sealLog({
      proof: (line) => ({ ...line, consistencyPath: [...(line.consistencyPath as string[]).slice(1), '0'.repeat(64)] }),
    }),
  'ground-of-shown-line': () => sealLog({ grounds: [{ file: 'custody.jsonl', ground: 'other', seq: 1 }] }),
  'ground-of-no-line': () =>
    sealLog({ grounds: [{ field: 'mediaType', file: 'items.jsonl', ground: 'other', seq: 9 }] }),
  'copy-of-other-line': () => sealLog({ copyOf: { line: '0'.repeat(64), seq: 0 } }),
  'copy-of-later-item': () => sealLog({ copyOf: { line: '0'.repeat(64), seq: 3 } }),
  'digest-after-differs': () => sealLog({ digestAfter: '0'.repeat(64) }),
  'event-written-down-late': () => sealLog({ acquired: '2019-05-04T10:00:00Z' }),
  'event-later-than-export': () => sealLog({ redacted: '2026-03-14T10:00:00Z' }),
  'event-ingested-before-acquired': () => sealLog({ ingested: true, redacted: '2026-03-14T07:30:00Z' }),
}
