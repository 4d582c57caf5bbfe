import {
  type ApprovalStatement,
  ASSURANCES,
  type AuthorisationRequest,
  approvalStatement,
  CONSENT_SLOTS,
  canonicalise,
  canonicalText,
  type EventTypeName,
  type ExceptionStatement,
  exceptionStatement,
  requestDigest,
  type SmallDigest,
  toBase64,
  toHex,
  type UnmetCondition,
} from '@probatum/core'
import {
  commitFields,
  LogTree,
  logKey,
  MemoryCustodyLog,
  makeCheckpoint,
  makeEventLine,
  makeItemLine,
  makeLogStart,
  type SigningKey,
  seededRandom,
  signDetached,
  smallDigest,
} from '@probatum/seal'
import type { Bases } from './bases.ts'
import { editLines, exportOver, resealed } from './log-bases.ts'
import { authority, ed25519KeyOf, type Issued, issue, keyOf, PKI } from './pki.ts'
import { crl } from './renewal-bases.ts'
import { type Files, fileAt, hex, SEALED_AT, text } from './seal.ts'

/**
 * A bundle that was shared as the rules want it: four items of which three are shown, each with its source's consent, all
 * assurances, one handling condition, two approvals, and an export to somebody else in the same run.
 */
const ORIGIN = 'vectors.example/log/shared'
const KEY = await logKey(ORIGIN, await ed25519KeyOf('log shared'))
const APPROVERS = await authority('Example Approvers')
const FIRST = await issue({ name: 'Example Approver One', issuer: APPROVERS, serial: 0x2001 })
const SECOND = await issue({ name: 'Example Approver Two', issuer: APPROVERS, serial: 0x2002 })

/** What trust sets for these bundles have. */
export const GATE_ANCHORS = { approvers: APPROVERS, log: KEY.verifierKey }

/** Lines of the log when the request is made. */
const HEAD = 3
const SHOWN = [1, 2, 3] as const
const SIZES = 26
const EARLIER_NUMBER = '0'.repeat(32)
const making = (name: string) => ({ random: seededRandom(`vector shared ${name}`) })

interface ConsentRecipe {
  readonly giver: string
  readonly scope: { readonly purposes: readonly string[]; readonly recipients: readonly string[] }
  readonly from: string
  readonly until: string | null
  readonly withdrawn: string | null
}
const CONSENT: ConsentRecipe = {
  giver: 'Source 7 (sample)',
  scope: { purposes: ['trial (sample)'], recipients: ['national prosecutor'] },
  from: '2026-01-01',
  until: '2026-12-31',
  withdrawn: null,
}

interface ExceptionRecipe {
  readonly condition: UnmetCondition
  readonly item?: number
  readonly by?: Issued
  /** What is signed, in the place of the exception's own statement. */
  readonly statement?: (own: ExceptionStatement) => ExceptionStatement
}

interface GateRecipe {
  readonly approvers?: readonly Issued[]
  /** What is signed, in the place of the request's own statement. */
  readonly statement?: (own: ApprovalStatement) => ApprovalStatement
  /** Alters each CMS. */
  readonly approval?: (cms: Uint8Array) => Uint8Array
  readonly request?: (request: AuthorisationRequest) => AuthorisationRequest
  readonly consents?: Readonly<Record<number, Partial<ConsentRecipe>>>
  /** A consent for item 0 too, which is wholly withheld. */
  readonly isStubConsented?: boolean
  /** Names of the fields that are opened; default: all. */
  readonly opened?: readonly string[]
  readonly exceptions?: readonly ExceptionRecipe[]
  /** Whether this export has the number of the earlier one, to somebody else. */
  readonly isNumberRepeated?: boolean
  /** What the earlier export says of the items, where that is not so. */
  readonly earlierItems?: { readonly itemCount: number } | { readonly itemRoot: string }
  /** An event behind the head of the request. */
  readonly since?: EventTypeName
  /** Time of an event of the log, before the request, by which the consent of item 2 is withdrawn; its fields are opened. */
  readonly withdrawal?: string
  /** Its fields are closed. */
  readonly isWithdrawalClosed?: boolean
  /** Events behind the head are stubs. */
  readonly isSinceWithheld?: boolean
  readonly openings?: (openings: readonly Opening[]) => readonly Opening[]
  readonly validation?: Readonly<Record<string, Uint8Array>>
}

type Opening = ReturnType<typeof commitFields<'authorisation.json'>>['openings'][number]

/** A P-256 key whose SubjectPublicKeyInfo has the point compressed (SEC 1 §2.3.3): other bytes, the same key. */
function compressed(key: SigningKey): SigningKey {
  const { spki } = key
  const head = Uint8Array.of(0x30, 0x39, ...spki.subarray(2, 23), 0x03, 0x22, 0x00)
  return { ...key, spki: Uint8Array.of(...head, 2 + ((spki.at(-1) ?? 0) & 1), ...spki.subarray(27, 59)) }
}

async function log({ since, withdrawal }: GateRecipe): Promise<MemoryCustodyLog> {
  const id = toHex(seededRandom('vector shared id')(16))
  const fields = (minute: number, more: object = {}) => ({
    time: `2026-03-14T08:0${minute}:00Z`,
    agent: 'Example Archivist (sample)',
    ...more,
  })
  const start = makeLogStart({ id, origin: ORIGIN, fingerprint: KEY.fingerprint }, fields(0), making('event 0'))
  const custody = new MemoryCustodyLog({ id, origin: ORIGIN, verifierKey: KEY.verifierKey }, start)
  const tree = new LogTree(smallDigest as SmallDigest)
  for (const [seq, letter] of ['a', 'b', 'c', 'd'].entries()) {
    const bytes = contents(letter)
    const line = makeItemLine(
      seq,
      { path: `data/00/00000${seq + 1}.txt`, size: bytes.length, sha256: hex('sha256', bytes) },
      making(`item ${seq}`),
    )
    tree.append(line.digest)
    await custody.append([{ ...line, file: 'items.jsonl' }])
  }
  const add = async (type: EventTypeName, clear: object, more: object, name = `event ${custody.events}`) => {
    const place = { seq: custody.events, previous: custody.head }
    const line = makeEventLine(place, type, clear as never, fields(custody.events, more), making(name))
    await custody.append([{ ...line, file: 'custody.jsonl' }])
  }
  await add('acquisition', {}, { objects: [[0, 3]] })
  if (withdrawal === undefined) await add('ingestion', {}, { objects: [[0, 3]] })
  else await add('consent-withdrawal', {}, { objects: [[2, 2]], time: withdrawal })
  if (since !== undefined) await add(since, {}, { objects: [[0, 0]] }, 'since')
  await add('fixity-check', {}, { objects: [[0, 3]] }, 'fixity check')
  const earlier = { authorisation: '0'.repeat(64), exportNumber: EARLIER_NUMBER, itemCount: 4 }
  await add('export', { ...earlier, itemRoot: toHex(tree.root()) }, { recipient: 'another (sample)' }, 'earlier export')
  return custody
}

const contents = (letter: string) => text(`INVENTED SAMPLE ${letter}\n`.padEnd(SIZES, '.'))

async function share(recipe: GateRecipe = {}): Promise<Files> {
  const custody = await log(recipe)
  const showing = {
    showsLine: (file: string, seq: number) =>
      file === 'items.jsonl' ? seq !== 0 : !(recipe.isSinceWithheld === true && seq >= HEAD),
    showsPayload: (seq: number) => seq !== 0,
    opensField: (file: string, _seq: number, type: string, field: string) =>
      (type === 'consent-withdrawal' && recipe.isWithdrawalClosed !== true) ||
      (file === 'items.jsonl' && field !== 'path'),
    ground: () => null,
  }
  const files = await exportOver(custody, KEY, showing, making('export'), 'shared', (seq) =>
    contents('abcd'.charAt(seq)),
  )
  const lines = (path: string) => new TextDecoder().decode(fileAt(files, path)).split('\n').slice(0, -1)
  const all = lines('record/custody.jsonl')
  const own = JSON.parse(all.at(-1) ?? '')
  if (recipe.earlierItems !== undefined) {
    // As no log of this program has it, because none seals over such an export.
    const earlier = canonicalText({ ...JSON.parse(all.at(-2) ?? ''), ...recipe.earlierItems })
    own.prev = hex('sha256', text(earlier))
    editLines(files, 'record/custody.jsonl', (before) => before.with(-2, earlier))
  }
  const { consents, openings } = consentsOf(recipe)
  // A log that another program kept: this one draws a number for each export, and its gate refuses one that was used.
  if (recipe.isNumberRepeated === true) own.exportNumber = EARLIER_NUMBER
  editLines(files, 'record/disclosures.jsonl', (before) => [...openings.map((one) => canonicalText(one)), ...before])
  const request = await requestOf(recipe, consents, {
    disclosures: hex('sha256', fileAt(files, 'record/disclosures.jsonl')),
    exportNumber: own.exportNumber,
    head: { root: rootOver(all.slice(0, HEAD)), size: HEAD },
    itemCount: own.itemCount,
    itemRoot: own.itemRoot,
    logId: custody.id,
  })
  const record = {
    approvals: await approvalsOf(recipe, request),
    authorisation: 'probatum/authorisation/1-draft',
    request,
  }
  files.set('record/authorisation.json', canonicalise(record))
  const authorisation = hex('sha256', fileAt(files, 'record/authorisation.json'))
  editLines(files, 'record/custody.jsonl', (before) => [
    ...before.slice(0, -1),
    canonicalText({ ...own, authorisation }),
  ])
  const shown = lines('record/custody.jsonl')
  const checkpoint = await makeCheckpoint(KEY, shown.length, Buffer.from(rootOver(shown), 'hex'))
  files.set('record/checkpoint', checkpoint)
  for (const [name, bytes] of Object.entries(recipe.validation ?? {})) files.set(`record/validation/${name}`, bytes)
  return resealed(files)
}

function rootOver(lines: readonly string[]): string {
  const tree = new LogTree(smallDigest as SmallDigest)
  for (const line of lines) {
    const { withheld } = JSON.parse(line) as { withheld?: string }
    tree.append(new Uint8Array(Buffer.from(withheld ?? hex('sha256', text(line)), 'hex')))
  }
  return toHex(tree.root())
}

function consentsOf({
  consents: changes = {},
  opened = CONSENT_SLOTS,
  openings: alter,
  isStubConsented = false,
}: GateRecipe) {
  const openings: Opening[] = []
  const consents = [...(isStubConsented ? [0] : []), ...SHOWN].map((item) => {
    const fields = { ...CONSENT, ...changes[item] }
    const made = commitFields('authorisation.json', item, CONSENT_SLOTS, fields as never, making(`consent ${item}`))
    openings.push(...made.openings.filter(({ field }) => opened.includes(field)))
    return { item, salt: toHex(making(`consent salt ${item}`).random(16)), sd: made.sd }
  })
  return { consents, openings: alter?.(openings) ?? openings }
}

async function requestOf(
  { request: alter, exceptions = [] }: GateRecipe,
  consents: AuthorisationRequest['consents'],
  of: Pick<AuthorisationRequest, 'disclosures' | 'exportNumber' | 'head' | 'itemCount' | 'itemRoot' | 'logId'>,
): Promise<AuthorisationRequest> {
  const request: AuthorisationRequest = {
    ...of,
    assurances: ASSURANCES.map((assurance) => ({
      assurance,
      by: 'Example Prosecution Service (sample)',
      date: '2026-03-01',
      reference: 'Letter 4 (sample)',
    })),
    conditions: [{ kind: 'return-or-destroy', text: 'Destroy after the trial (sample)', until: '2028-12-31' }],
    consents,
    exceptions: [],
    grounds: ['Example Agreement, article 3 (sample)'],
    purpose: 'trial (sample)',
    recipient: {
      key: hex('sha256', text('age1 of an invented recipient')),
      kind: 'national prosecutor',
      name: 'Example Prosecution Service (sample)',
    },
  }
  const altered = alter?.(request) ?? request
  const { exportNumber, logId } = altered
  const signed = await Promise.all(
    exceptions.map(async ({ condition, item = null, by = FIRST, statement }) => {
      const own = { condition, exportNumber, ground: 'Example order 3 (sample)', item, logId }
      const signature = await signedBy(by, exceptionStatement(statement?.(own) ?? own))
      return { condition, ground: own.ground, item, signature: toBase64(signature) }
    }),
  )
  return { ...altered, exceptions: signed }
}

const signedBy = ({ der, key }: Issued, content: Uint8Array): Promise<Uint8Array> =>
  signDetached({ content, certificates: [der], privateKey: key, signingTime: SEALED_AT, digest: 'sha256' })

async function approvalsOf(
  { approvers = [FIRST, SECOND], statement, approval }: GateRecipe,
  request: AuthorisationRequest,
) {
  const { exportNumber, logId } = request
  const own = { exportNumber, logId, request: requestDigest(request, smallDigest as SmallDigest) }
  return Promise.all(
    approvers.map(async (approver, at) => {
      const cms = await signedBy(approver, approvalStatement(statement?.(own) ?? own))
      return { approver: `Example approver ${at + 1} (sample)`, signature: toBase64(approval?.(cms) ?? cms) }
    }),
  )
}

export const sharedBase = (): Promise<Files> => share()

function lastBitFlipped(bytes: Uint8Array): Uint8Array {
  return bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1)
}

const without = (name: (typeof ASSURANCES)[number]) => (request: AuthorisationRequest) => ({
  ...request,
  assurances: request.assurances.filter(({ assurance }) => assurance !== name),
})

const recipient = (name: string) => (request: AuthorisationRequest) => ({
  ...request,
  recipient: request.recipient && { ...request.recipient, name },
})

const revokedFirst = () =>
  crl({
    issuer: APPROVERS,
    thisUpdate: '260313000000Z',
    nextUpdate: '260413000000Z',
    entries: [{ serial: FIRST.serial, date: '260301000000Z' }],
    digest: 'sha256',
  })

/** Bundles that differ from `shared` in what their name says; every signature around it is made anew. */
export const GATE_OVERS: Bases = {
  'approval-of-other-request': () => share({ statement: (own) => ({ ...own, request: '0'.repeat(64) }) }),
  'approval-of-other-export': () => share({ statement: (own) => ({ ...own, exportNumber: '0'.repeat(32) }) }),
  'approval-of-other-log': () => share({ statement: (own) => ({ ...own, logId: '0'.repeat(32) }) }),
  'approval-altered': () => share({ approval: lastBitFlipped }),
  'approval-alone': () => share({ approvers: [FIRST] }),
  'approver-same-name': async () =>
    share({
      approvers: [
        FIRST,
        await issue({
          name: 'Example Approver One',
          issuer: APPROVERS,
          key: await keyOf('another Example Approver One'),
          serial: 0x2003,
        }),
      ],
    }),
  'approver-same-key': async () =>
    share({
      approvers: [
        FIRST,
        await issue({ name: 'Example Approver Three', issuer: APPROVERS, key: FIRST.key, serial: 0x2003 }),
      ],
    }),
  'approver-same-key-compressed': async () =>
    share({
      approvers: [
        FIRST,
        await issue({ name: 'Example Approver Three', issuer: APPROVERS, key: compressed(FIRST.key), serial: 0x2003 }),
      ],
    }),
  'approver-is-sealer-compressed': async () =>
    share({
      approvers: [
        FIRST,
        await issue({
          name: 'Example Approver Three',
          issuer: APPROVERS,
          key: compressed(PKI.signer.key),
          serial: 0x2003,
        }),
      ],
    }),
  'approver-is-sealer': async () =>
    share({
      approvers: [
        FIRST,
        await issue({ name: 'Example Mechanism', issuer: APPROVERS, key: PKI.signer.key, serial: 0x2003 }),
      ],
    }),
  'approver-under-key-of-sealer': async () => {
    const issuer = await authority('Example Approvers Office', {
      issuer: APPROVERS,
      key: PKI.signer.key,
      serial: 0x2004,
    })
    const files = await share({
      approvers: [FIRST, await issue({ name: 'Example Approver Four', issuer, serial: 0x2005 })],
    })
    return files.set('seal/1/validation/approvers-office.cer', issuer.der)
  },
  'approver-certifies-sealer': async () =>
    share({
      approvers: [
        FIRST,
        await issue({ name: 'Example Approver Five', issuer: APPROVERS, key: PKI.root.key, serial: 0x2006 }),
      ],
    }),
  'approver-is-log': async () =>
    share({
      approvers: [
        FIRST,
        await issue({
          name: 'Example Approver Three',
          issuer: APPROVERS,
          key: await ed25519KeyOf('log shared'),
          serial: 0x2003,
        }),
      ],
    }),
  'approver-three': async () =>
    share({
      approvers: [FIRST, SECOND, await issue({ name: 'Example Approver Three', issuer: APPROVERS, serial: 0x2003 })],
    }),
  'approver-unknown': async () =>
    share({ approvers: [FIRST, await issue({ name: 'Example Stranger', issuer: PKI.otherRoot, serial: 0x2003 })] }),
  'approver-of-signers': async () =>
    share({ approvers: [FIRST, await issue({ name: 'Example Colleague', issuer: PKI.root, serial: 0x2003 })] }),
  'approver-ended': async () =>
    share({
      approvers: [
        FIRST,
        await issue({ name: 'Example Retired Approver', issuer: APPROVERS, to: '260301000000Z', serial: 0x2003 }),
      ],
    }),
  'approver-revoked': async () => share({ validation: { 'approvers.crl': await revokedFirst() } }),
  'request-of-other-log': () => share({ request: (request) => ({ ...request, logId: '0'.repeat(32) }) }),
  'request-of-other-export': () => share({ request: (request) => ({ ...request, exportNumber: '0'.repeat(32) }) }),
  'earlier-export-of-other-items': () => share({ earlierItems: { itemRoot: '0'.repeat(64) } }),
  'earlier-export-of-more-items': () => share({ earlierItems: { itemCount: 5 } }),
  'request-number-repeated': () => share({ isNumberRepeated: true }),
  'request-of-other-items': () => share({ request: (request) => ({ ...request, itemRoot: '0'.repeat(64) }) }),
  'request-of-other-openings': () => share({ request: (request) => ({ ...request, disclosures: '0'.repeat(64) }) }),
  'request-for-another': () => share({ request: recipient('Example Ministry (sample)') }),
  'request-of-other-history': () =>
    share({ request: (request) => ({ ...request, head: { ...request.head, root: '0'.repeat(64) } }) }),
  'request-ahead-of-log': () => share({ request: (request) => ({ ...request, head: { ...request.head, size: 6 } }) }),
  'request-stale': () => share({ since: 'access' }),
  'request-since-withheld': () => share({ isSinceWithheld: true }),
  'request-no-handling': () => share({ request: (request) => ({ ...request, conditions: [] }) }),
  'request-day-passed': () =>
    share({
      request: (request) => ({
        ...request,
        conditions: [{ kind: 'use', text: 'Until April (sample)', until: '2026-04-30' }],
      }),
    }),
  'assurance-confidentiality-missing': () => share({ request: without('confidentiality-respected') }),
  'assurance-trial-missing': () => share({ request: without('fair-trial-and-human-rights') }),
  'assurance-death-penalty-missing': () => share({ request: without('no-death-penalty') }),
  'assurance-victims-missing': () => share({ request: without('victims-and-witnesses-protected') }),
  'assurance-dated-later': () =>
    share({
      request: (request) => ({
        ...request,
        assurances: request.assurances.map((one) =>
          one.assurance === 'no-death-penalty' ? { ...one, date: '2026-03-16' } : one,
        ),
      }),
    }),
  'exception-for-assurance': () =>
    share({
      request: without('no-death-penalty'),
      exceptions: [{ condition: 'assurance-missing:no-death-penalty' }],
    }),
  'exception-of-other-export': () =>
    share({
      request: without('no-death-penalty'),
      exceptions: [
        {
          condition: 'assurance-missing:no-death-penalty',
          statement: (own) => ({ ...own, exportNumber: '0'.repeat(32) }),
        },
      ],
    }),
  'exception-by-stranger': async () =>
    share({
      consents: { 2: { scope: { ...CONSENT.scope, purposes: ['documentation (sample)'] } } },
      exceptions: [
        { condition: 'consent-purpose', item: 2, by: await issue({ name: 'Example Stranger', issuer: PKI.otherRoot }) },
      ],
    }),
  'exception-for-other-item': () =>
    share({
      consents: { 2: { scope: { ...CONSENT.scope, purposes: ['documentation (sample)'] } } },
      exceptions: [{ condition: 'consent-purpose', item: 1 }],
    }),
  'consent-expired': () => share({ consents: { 2: { until: '2026-03-13' } } }),
  'consent-expires-later': () => share({ consents: { 2: { until: '2026-03-14' } } }),
  'consent-withdrawn': () => share({ consents: { 2: { withdrawn: '2026-03-10' } } }),
  'consent-withdrawn-in-log': () => share({ withdrawal: '2026-02-01T08:00:00Z' }),
  'consent-withdrawal-closed': () => share({ withdrawal: '2026-02-01T08:00:00Z', isWithdrawalClosed: true }),
  'consent-given-again': () => share({ withdrawal: '2026-02-01T08:00:00Z', consents: { 2: { from: '2026-02-02' } } }),
  'consent-withdrawn-later': () => share({ consents: { 2: { withdrawn: '2026-03-15' } } }),
  'consent-begins-later': () => share({ consents: { 2: { from: '2026-03-15' } } }),
  'consent-other-purpose': () =>
    share({ consents: { 2: { scope: { ...CONSENT.scope, purposes: ['documentation (sample)'] } } } }),
  'consents-closed-other-purpose': () =>
    share({ opened: [], consents: { 2: { scope: { ...CONSENT.scope, purposes: ['documentation (sample)'] } } } }),
  'consent-of-withheld-item': () =>
    share({
      isStubConsented: true,
      consents: { 0: { scope: { ...CONSENT.scope, purposes: ['documentation (sample)'] } } },
    }),
  'consent-other-recipients': () =>
    share({ consents: { 2: { scope: { ...CONSENT.scope, recipients: ['truth commission'] } } } }),
  'consent-missing': () =>
    share({
      request: (request) => ({ ...request, consents: request.consents.filter(({ item }) => item !== 2) }),
      openings: (all) => all.filter(({ seq }) => seq !== 2),
    }),
  'consent-of-no-item': () =>
    share({
      request: (request) => ({
        ...request,
        consents: [...request.consents, ...request.consents.slice(-1).map((one) => ({ ...one, item: 9 }))],
      }),
    }),
  'consents-closed': () => share({ opened: [] }),
  'consents-giver-closed': () => share({ opened: ['scope', 'from', 'until', 'withdrawn'] }),
  'consents-scope-alone': () => share({ opened: ['scope'] }),
  'consent-opening-other-name': () =>
    share({
      // The opening of `from`, said to be one of `until`.
      openings: (all) =>
        all.flatMap((one) => {
          if (one.seq !== 2 || (one.field !== 'until' && one.field !== 'from')) return [one]
          return one.field === 'until' ? [{ ...one, opening: openingOf(all, 2, 'from') }] : []
        }),
    }),
  'consent-opening-of-other-item': () =>
    share({
      openings: (all) => all.map((one) => (one.seq === 2 ? { ...one, opening: openingOf(all, 3, one.field) } : one)),
    }),
  'consent-opening-twice': () =>
    share({ openings: (all) => all.flatMap((one) => (one.seq === 2 ? [one, one] : [one])) }),
  'consent-opening-of-no-item': () =>
    share({ openings: (all) => [...all, ...all.filter(({ seq }) => seq === 1).map((one) => ({ ...one, seq: 9 }))] }),
}

function openingOf(all: readonly Opening[], item: number, field: string): string {
  return all.find((one) => one.seq === item && one.field === field)?.opening ?? ''
}
