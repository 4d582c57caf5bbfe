import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryTree, testSmallDigest } from '../../../../test-vectors/support/memory-tree.ts'
import {
  CLOSED_ITEM,
  checkpointOver,
  cosignatureLine,
  ed25519,
  ed25519Verifier,
  type HistoryRecipe,
  itemDigest,
  jsonLines,
  KEYS,
  makeLine,
  noteLine,
  ORIGIN,
  type SampleHistory,
  sampleHistory,
  samplePayload,
  sha256Hex,
  slowRoot,
  stubOf,
  verifierKey,
  WITHHELD_EVENT,
  WITHHELD_ITEM,
  WITNESS,
  WITNESS_TIME,
} from '../../../../test-vectors/support/sample-history.ts'
import { establishRecords } from '../bundle/record.ts'
import { checkRecords } from '../checks/bundle.ts'
import { CATALOGUE } from '../checks/catalogue.ts'
import { checkHistory, establishHistoryTrust } from '../checks/history.ts'
import { HISTORY_FACTS } from '../facts-shapes/history-shape.ts'
import { canonicalText } from '../json/canonicalise.ts'
import { readShape } from '../json/shape.ts'
import type { JsonValue } from '../json/value.ts'
import type { Finding } from '../model/finding.ts'
import { parseInstant } from '../model/instant.ts'
import type { Judgement } from '../model/judgement.ts'
import { LIMITS } from '../model/limits.ts'
import type { TrustAnchorEntry, TrustSet } from '../model/trust-set.ts'
import type { SignaturePorts } from '../pki/establish-cms.ts'
import { SHIPPED_POLICIES } from '../policies/shipped.ts'
import type { OpenedField } from './disclosure-reading.ts'

const ports = { smallDigest: testSmallDigest, signatures: ed25519Verifier }
type Files = Record<string, string>

const logAnchor = (label: string, key: string, more: Partial<TrustAnchorEntry> = {}): TrustAnchorEntry => ({
  role: 'log',
  label,
  source: 'invented',
  verifierKey: key,
  ...more,
})
const ANCHORS = [
  logAnchor('first', verifierKey(ORIGIN, KEYS.first)),
  logAnchor('second', verifierKey(ORIGIN, KEYS.second)),
  logAnchor('witness', verifierKey(WITNESS, KEYS.witness, 4)),
]

function judgementWith(anchors: readonly TrustAnchorEntry[] | null): Judgement {
  const [policy] = SHIPPED_POLICIES
  const validationTime = parseInstant('2026-06-01T00:00:00Z')
  if (policy === undefined || validationTime === undefined) throw new TypeError('no policy or time')
  const file = {
    trustSet: 'probatum/trust-set/1-draft' as const,
    issuer: 'Example Court (sample)',
    number: 1,
    date: '2026-01-10',
    reviewBy: '2027-01-10',
    anchors: anchors ?? [],
  }
  const trustSet: TrustSet | null = anchors === null ? null : { file, sha256: sha256Hex('set'), anchors: [] }
  const inputs = {} as Judgement['inputs']
  return { policy, policySha256: sha256Hex('policy'), trustSet, validationTime, inputs }
}

interface Judging {
  readonly payload?: Readonly<Record<string, string | null>>
  readonly anchors?: readonly TrustAnchorEntry[] | null
  readonly otherKeys?: readonly string[]
  readonly trustSetInside?: boolean
  readonly bestSignatureTime?: string
}

async function judge(files: Files, judging: Judging = {}, own: SignaturePorts = ports): Promise<readonly Finding[]> {
  const records = await establishRecords(memoryTree(files), own, { payload: () => samplePayload(judging.payload) })
  const written = JSON.parse(JSON.stringify(records.history)) as JsonValue
  expect(written).toEqual(records.history)
  expect(readShape(HISTORY_FACTS, written).problems).toEqual([])
  const judgement = judgementWith(judging.anchors === undefined ? ANCHORS : judging.anchors)
  const logTrust = await establishHistoryTrust(records, judgement.trustSet, own)
  if (logTrust === null) throw new TypeError('no history')
  const context = {
    logTrust,
    handoverTrust: null,
    judgement,
    trustSetInside: judging.trustSetInside ?? false,
    bestSignatureTime: judging.bestSignatureTime ?? null,
    otherKeys: new Set(judging.otherKeys ?? []),
  }
  return [...checkRecords(records, { profiles: [] }), ...checkHistory(records, context)]
}

const outcomeOf = ({ value, reason }: Finding) => (reason === undefined ? value : `${value}:${reason}`)
const HISTORY = /^(?:custody|log|disclosure)\./

let untouched: ReadonlyMap<string, string> | undefined

/** Findings of history and record that differ from those of the untouched sample. */
async function differences(files: Files, judging: Judging = {}): Promise<Record<string, string>> {
  untouched ??= new Map((await judge(sampleHistory().files)).map((finding) => [finding.id, outcomeOf(finding)]))
  const after = await judge(files, judging)
  const known = new Map(CATALOGUE.map(({ id, outcomes }) => [id as string, outcomes as readonly string[]]))
  const found: Record<string, string> = {}
  for (const finding of after) {
    const outcome = outcomeOf(finding)
    expect(known.get(finding.id), finding.id).toContain(outcome)
    if (untouched.get(finding.id) !== outcome) found[finding.id] = outcome
  }
  return found
}

const failedIds = (found: Record<string, string>) =>
  Object.entries(found).flatMap(([id, outcome]) => (outcome.startsWith('FAILED') ? [id] : []))

const SAMPLE = sampleHistory()

function edited(path: string, edit: (lines: string[]) => string[], recipe?: HistoryRecipe): Files {
  const { files } = recipe === undefined ? SAMPLE : sampleHistory(recipe)
  const before = files[path] ?? ''
  const after = jsonLines(edit(before.split('\n').slice(0, -1)))
  if (after === before) throw new TypeError(`nothing was edited in ${path}`)
  return { ...files, [path]: after }
}

const CUSTODY = 'record/custody.jsonl'
const ITEMS = 'record/items.jsonl'
const DISCLOSURES = 'record/disclosures.jsonl'

describe('the sample', () => {
  it('holds, and shows what is withheld', async () => {
    const findings = (await judge(sampleHistory().files)).filter(({ id }) => HISTORY.test(id))
    expect(Object.fromEntries(findings.map((finding) => [finding.id, outcomeOf(finding)]))).toEqual({
      'custody.chain': 'PASSED',
      'custody.order': 'PASSED',
      'custody.log-start': 'PASSED',
      'custody.export': 'PASSED',
      'custody.types': 'PASSED',
      'custody.shown': 'WITHHELD:withheld',
      'custody.objects': 'PASSED',
      'custody.digests': 'PASSED',
      'custody.time': 'PASSED',
      'custody.handover': 'NOT-CHECKED:none',
      'log.checkpoint': 'PASSED',
      'log.key': 'PASSED',
      'log.key-change': 'PASSED',
      'log.size': 'PASSED',
      'log.root': 'PASSED',
      'log.consistency': 'PASSED',
      'log.witnesses': 'PASSED',
      'disclosure.openings': 'PASSED',
      'disclosure.grounds': 'PASSED',
      'disclosure.payload': 'PASSED',
      'disclosure.copies': 'PASSED',
      'disclosure.items': 'WITHHELD:withheld',
      'disclosure.fields': 'WITHHELD:withheld',
    })
    const shown = findings.find(({ id }) => id === 'custody.shown')
    expect(shown?.counts).toEqual({ events: 12, shown: 11, withheld: 1 })
    expect(shown?.exceptions).toEqual([
      { path: CUSTODY, at: 'line 6', value: 'WITHHELD', reason: 'withheld', found: 'source-confidentiality' },
    ])
    const items = findings.find(({ id }) => id === 'disclosure.items')
    expect(items?.counts).toEqual({ items: 6, shown: 4, withheld: 1, closed: 1 })
    expect(items?.exceptions).toEqual([
      { path: ITEMS, at: 'line 5', value: 'WITHHELD', reason: 'withheld', found: 'victim-protection' },
    ])
  })

  it('shows no opened value in facts or findings, and hands them out only to who asks', async () => {
    const { files } = sampleHistory()
    const opened: OpenedField[] = []
    const request = { payload: () => samplePayload(), onOpened: (field: OpenedField) => opened.push(field) }
    const records = await establishRecords(memoryTree(files), ports, request)
    const said = JSON.stringify([records, await judge(files)])
    expect(opened.length).toBeGreaterThan(40)
    for (const value of [
      'Example Officer (sample)',
      'Example Lab (sample)',
      'black bars',
      itemDigest(1),
      '09:03:00Z',
    ]) {
      expect(JSON.stringify(opened)).toContain(value)
      expect(said).not.toContain(value)
    }
  })
})

describe('a line', () => {
  const lineCount: Readonly<Record<string, number>> = { [CUSTODY]: 12, [ITEMS]: 6 }
  const places = Object.entries(lineCount).flatMap(([path, count]) =>
    Array.from({ length: count }, (_, at) => [path, at] as const),
  )
  const binding = (path: string) => (path === CUSTODY ? 'log.root' : 'custody.export')

  it.each(places)('of %s at %i that is altered anywhere is refused', async (path, at) => {
    const original = (SAMPLE.files[path] ?? '').split('\n')[at] ?? ''
    for (let offset = 0; offset < original.length; offset += 23) {
      const code = original.charCodeAt(offset)
      const altered = original.slice(0, offset) + String.fromCharCode(code ^ 1) + original.slice(offset + 1)
      const found = await differences(edited(path, (lines) => lines.with(at, altered)))
      // Of a stub the number may be another without its digest being one: then it is out of order, or in no form.
      if (original.includes('withheld')) expect(found, `${offset}: ${altered}`).not.toEqual({})
      else expect(failedIds(found), `${offset}: ${altered}`).toContain(binding(path))
    }
  })

  it.each(places)('of %s at %i that is left out is refused', async (path, at) => {
    const found = await differences(edited(path, (lines) => lines.toSpliced(at, 1)))
    expect(failedIds(found)).toEqual(expect.arrayContaining([binding(path)]))
    if (path === CUSTODY) expect(failedIds(found)).toContain('log.size')
  })

  it.each(places.filter(([path, at]) => at + 1 < (lineCount[path] ?? 0)))(
    'of %s at %i that changes places with the next is refused',
    async (path, at) => {
      const swap = (lines: string[]) => lines.with(at, lines[at + 1] ?? '').with(at + 1, lines[at] ?? '')
      const found = await differences(edited(path, swap))
      expect(failedIds(found)).toEqual(expect.arrayContaining([binding(path)]))
      if (path === CUSTODY) expect(failedIds(found)).toContain('custody.order')
    },
  )

  it.each(places)('of %s at %i that stands twice is refused', async (path, at) => {
    const found = await differences(edited(path, (lines) => lines.toSpliced(at, 0, lines[at] ?? '')))
    expect(failedIds(found)).toEqual(expect.arrayContaining([binding(path)]))
  })

  it.each(places)('of %s at %i from which all that follows is cut off is refused', async (path, at) => {
    const found = await differences(edited(path, (lines) => lines.slice(0, at)))
    expect(failedIds(found)).toEqual(expect.arrayContaining([binding(path)]))
  })

  it('is refused with its number, wherever the log is broken', async () => {
    const files = edited(CUSTODY, (lines) =>
      [3, 8].reduce((all, at) => all.with(at, (all[at] ?? '').replace(/"salt":"../, '"salt":"ff')), lines),
    )
    const chain = (await judge(files)).find(({ id }) => id === 'custody.chain')
    expect(chain?.exceptions?.map(({ at }) => at)).toEqual(['line 5', 'line 10'])
  })

  it('is renumbered: refused', async () => {
    const found = await differences(
      edited(CUSTODY, (lines) =>
        lines.map((line, at) => (at < 6 ? line : line.replace(`"seq":${at}`, `"seq":${at + 1}`))),
      ),
    )
    expect(found).toMatchObject({ 'custody.order': 'FAILED:out-of-order', 'log.root': 'FAILED:differs' })
  })
})

/** Writes a log anew from a line on, as somebody would who has not its key: each `prev` fits again. */
function rewritten({ events }: SampleHistory, from: number, replace: (text: string) => string): string[] {
  const texts = events.map(({ text }) => text)
  for (let at = from; at < texts.length; at++) {
    const before = at === from ? replace(texts[at] ?? '') : (texts[at] ?? '')
    const prev = sha256Hex(texts[at - 1] ?? '')
    texts[at] = at === from ? before : before.replace(/"prev":"[0-9a-f]{64}"/, `"prev":"${prev}"`)
  }
  return texts
}

describe('a history', () => {
  const sample = sampleHistory()

  it('that was written anew with fitting links is refused by root, and by the signature when the root is replaced', async () => {
    const texts = rewritten(sample, 2, (text) => text.replace(/"salt":"../, '"salt":"ff'))
    const files: Files = { ...sample.files, [CUSTODY]: jsonLines(texts) }
    const found = await differences(files)
    expect(found).toMatchObject({ 'log.root': 'FAILED:differs', 'log.consistency': 'FAILED:history-differs' })
    expect(found).not.toHaveProperty('custody.chain')
    const root = slowRoot(texts.map((text) => sha256Hex(text))).toString('base64')
    const checkpoint = (files['record/checkpoint'] ?? '').replace(/^[A-Za-z0-9+/=]{44}$/m, root)
    expect(await differences({ ...files, 'record/checkpoint': checkpoint })).toMatchObject({
      'log.checkpoint': 'FAILED:signature',
      'log.witnesses': 'FAILED:signature',
    })
  })

  it('with a stale checkpoint is refused by its size', async () => {
    const digests = sample.events.map(({ text }) => sha256Hex(text)).slice(0, 10)
    expect(await differences({ ...sample.files, 'record/checkpoint': checkpointOver(digests) })).toMatchObject({
      'log.size': 'FAILED:differs',
      'log.root': 'FAILED:differs',
    })
  })

  it('with two successors of one line is a fork', async () => {
    const other = makeLine('custody.jsonl', 4, 'access', { prev: sha256Hex(sample.events[2]?.text ?? '') }, {})
    const found = await differences(edited(CUSTODY, (lines) => lines.with(4, other.text)))
    expect(found['custody.chain']).toBe('FAILED:fork')
  })

  it('with a line of another type than this version knows is open, never a contradiction of its own', async () => {
    const found = await differences(
      edited(CUSTODY, (lines) => lines.with(3, (lines[3] ?? '').replace('fixity-check', 'hologram'))),
    )
    expect(found['custody.types']).toBe('INDETERMINATE:unknown-type')
  })

  it('that begins again in its middle, or without its beginning, is refused', async () => {
    const start = sample.events[0]?.text ?? ''
    const again = await differences(edited(CUSTODY, (lines) => lines.with(3, start)))
    expect(again['custody.log-start']).toBe('FAILED:again')
    const headless = await differences(edited(CUSTODY, (lines) => lines.slice(1)))
    expect(headless['custody.log-start']).toBe('FAILED:not-first')
    const hidden = await differences(
      edited(CUSTODY, (lines) => lines.with(0, stubOf({ text: start, openings: [] }, 0))),
    )
    expect(hidden['custody.log-start']).toBe('INDETERMINATE:withheld')
  })

  it('that ends with another event, or hides its end, is refused or open', async () => {
    const cut = await differences(edited(CUSTODY, (lines) => lines.slice(0, 10)))
    expect(cut['custody.export']).toBe('FAILED:not-last')
    const hidden = await differences(
      edited(CUSTODY, (lines) => lines.with(11, stubOf(sample.events[11] ?? { text: '', openings: [] }, 11))),
    )
    expect(hidden).toMatchObject({ 'custody.export': 'INDETERMINATE:withheld' })
    // The root holds: a stub has the digest of its line.
    expect(hidden).not.toHaveProperty('log.root')
  })

  it('of which only the ends are shown carries no custody', async () => {
    const hide = (lines: string[]) =>
      lines.map((line, at) =>
        at === 0 || at === 7 || at === 11 ? line : stubOf(sample.events[at] ?? { text: '', openings: [] }, at),
      )
    const found = await differences(edited(CUSTODY, hide))
    expect(found['custody.shown']).toBe('INDETERMINATE:none-shown')
    expect(failedIds(found)).toEqual(
      ['disclosure.grounds'].filter((id) => id in found && failedIds(found).includes(id)),
    )
  })

  it('that tells what happened before it began leaves no question open', async () => {
    const early = { 1: { time: '2019-05-01T00:00:00Z' }, 4: { time: '2018-01-01T00:00:00Z' } }
    expect(await differences(sampleHistory({ events: early }).files)).toEqual({})
  })

  it.each([
    ['an event later than an export after it', { 6: { time: '2026-03-14T09:15:01Z' } }, 'later-than-record'],
    ['a few minutes of another clock', { 6: { time: '2026-03-14T09:12:00Z' } }, undefined],
    ['an export later than the bundle', { 10: { time: '2026-03-14T10:05:01Z' } }, 'later-than-record'],
    ['a beginning later than the change of its key', { 0: { time: '2026-03-14T09:20:00Z' } }, 'later-than-record'],
    ['items added before they were acquired', { 2: { time: '2026-03-14T08:50:00Z' } }, 'before-acquisition'],
    ['items added that another entry acquired', { 1: { time: '2026-03-14T09:09:00Z' } }, 'before-acquisition'],
  ])('with %s is asked about, and not contradicted', async (_what, events, reason) => {
    const found = await differences(sampleHistory({ events }).files)
    expect(found).toEqual(reason === undefined ? {} : { 'custody.time': `INDETERMINATE:${reason}` })
  })

  it('names the lines whose times do not fit', async () => {
    const events = { 2: { time: '2026-03-14T08:50:00Z' }, 6: { time: '2026-03-14T09:16:00Z' } }
    const finding = (await judge(sampleHistory({ events }).files)).find(({ id }) => id === 'custody.time')
    expect(finding?.exceptions).toEqual([
      { path: CUSTODY, at: 'line 3 time', value: 'INDETERMINATE', reason: 'before-acquisition', expected: 'line 2' },
      { path: CUSTODY, at: 'line 7 time', value: 'INDETERMINATE', reason: 'later-than-record', expected: 'line 8' },
    ])
  })

  const withoutTimes = (lines: string[]) => lines.filter((line) => !line.includes('"field":"time"'))

  it.each([
    ['2026-03-14T09:55:00Z', 'PASSED'],
    ['2026-03-14T09:54:59Z', 'INDETERMINATE:created-later'],
    ['2026-03-15T00:00:00Z', 'PASSED'],
  ])('of a bundle that says it was made at ten, and is proved at %s, is %s', async (bestSignatureTime, outcome) => {
    const findings = await judge(SAMPLE.files, { bestSignatureTime })
    expect(findings.filter(({ id }) => id === 'custody.time').map(outcomeOf)).toEqual([outcome])
    // When it was made stands in bundle.json, whatever is opened of the events.
    const closed = await judge(edited(DISCLOSURES, withoutTimes), { bestSignatureTime })
    const expected = outcome === 'PASSED' ? 'NOT-CHECKED:closed' : outcome
    expect(closed.filter(({ id }) => id === 'custody.time').map(outcomeOf)).toEqual([expected])
  })

  it('whose events name items that do not exist is refused', async () => {
    const found = await differences(sampleHistory({ events: { 6: { objects: [[0, 6]] } } }).files)
    expect(found).toEqual({ 'custody.objects': 'FAILED:no-item' })
  })

  it.each([
    ['before', 3, { digestBefore: { sha256: itemDigest(2) } }, 'FAILED:differs'],
    ['after', 8, { digestAfter: { sha256: itemDigest(1) } }, 'FAILED:differs'],
    ['of a redaction, both', 9, { digestBefore: { sha256: itemDigest(1) } }, 'FAILED:differs'],
    ['that is no digest', 3, { digestBefore: { sha256: 'none' } }, 'INDETERMINATE:malformed-value'],
  ])('whose digests %s contradict the item is refused', async (_what, at, fields, outcome) => {
    const found = await differences(sampleHistory({ events: { [at]: fields } }).files)
    expect(found['custody.digests']).toBe(outcome)
  })

  it('whose stub names another digest is refused by the root alone', async () => {
    const found = await differences(
      edited(CUSTODY, (lines) =>
        lines.with(WITHHELD_EVENT, canonicalText({ seq: WITHHELD_EVENT, withheld: sha256Hex('another') })),
      ),
    )
    expect(failedIds(found).sort()).toEqual(['custody.chain', 'log.consistency', 'log.root'])
  })

  it('of another export’s authorisation or items is refused', async () => {
    const { files } = sample
    const authorisation = (files['record/authorisation.json'] ?? '').replace(
      '[]',
      '[{"approver":"x","signature":"AAAA"}]',
    )
    expect(await differences({ ...files, 'record/authorisation.json': authorisation })).toMatchObject({
      'custody.export': 'FAILED:authorisation-differs',
    })
  })
})

describe('the key of a log', () => {
  const { files, events } = sampleHistory()
  const digests = events.map(({ text }) => sha256Hex(text))
  const other = ed25519('other')

  it.each<[string, Files, Judging, Record<string, string>]>([
    ['without a trust set', files, { anchors: null }, { 'log.checkpoint': 'INDETERMINATE:no-trust-set' }],
    [
      'with a trust set from inside',
      files,
      { trustSetInside: true },
      { 'log.checkpoint': 'INDETERMINATE:trust-set-inside', 'log.key': 'NOT-CHECKED:not-verified' },
    ],
    ['that no anchor has', files, { anchors: [] }, { 'log.checkpoint': 'INDETERMINATE:anchor-missing' }],
    [
      'that stands under the name with another key',
      files,
      { anchors: [logAnchor('x', verifierKey(ORIGIN, other))] },
      { 'log.checkpoint': 'INDETERMINATE:same-name-other-key', 'log.key': 'NOT-CHECKED:not-verified' },
    ],
    [
      'outside its interval',
      files,
      { anchors: ANCHORS.map((anchor) => ({ ...anchor, until: '2026-04-01' })) },
      { 'log.checkpoint': 'INDETERMINATE:anchor-interval' },
    ],
    [
      'that is no longer its own',
      { ...files, 'record/checkpoint': checkpointOver(digests, KEYS.first) },
      {},
      { 'log.key': 'FAILED:other-key' },
    ],
    [
      'that is a stranger’s',
      { ...files, 'record/checkpoint': checkpointOver(digests, other) },
      {},
      { 'log.checkpoint': 'FAILED:other-key' },
    ],
    [
      'that is not there',
      { ...files, 'record/checkpoint': checkpointOver(digests).replace(/— log\.example.*\n/, '') },
      {},
      { 'log.checkpoint': 'INDETERMINATE:not-signed' },
    ],
    ['that seals too', files, { otherKeys: [KEYS.second.fingerprint] }, { 'log.key': 'FAILED:seal-key' }],
    [
      'whose change nobody can check',
      files,
      { anchors: ANCHORS.slice(1) },
      { 'log.key-change': 'INDETERMINATE:key-missing' },
    ],
  ])('%s is told apart', async (_what, altered, judging, expected) => {
    expect(await differences(altered, judging)).toMatchObject(expected)
  })

  it.each(['old-key', 'anchor'] as const)(
    'is not contradicted by a change under %s when the line that names the log is withheld',
    async (signedBy) => {
      const { files, events } = sampleHistory({ signedBy })
      const [first] = events
      const all = (files[CUSTODY] ?? '').split('\n').with(0, stubOf(first ?? expect.fail(), 0))
      const found = await differences({ ...files, [CUSTODY]: all.join('\n') })
      expect(failedIds(found)).toEqual([])
      expect(found).toMatchObject({
        'custody.log-start': 'INDETERMINATE:withheld',
        'log.key-change': 'INDETERMINATE:key-missing',
      })
    },
  )

  it('may change only with the signature of the key before', async () => {
    const forged = edited(CUSTODY, (lines) =>
      lines.with(
        7,
        (lines[7] ?? '').replace(/"signature":"../, (head) => `${head.slice(0, -2)}zz`),
      ),
    )
    expect(await differences(forged)).toMatchObject({
      'log.key-change': 'FAILED:signature',
      'log.root': 'FAILED:differs',
    })
    const mixed = edited(CUSTODY, (lines) =>
      lines.with(7, (lines[7] ?? '').replace(verifierKey(ORIGIN, KEYS.second), verifierKey(ORIGIN, other))),
    )
    expect(await differences(mixed)).toMatchObject({ 'log.key-change': 'FAILED:key-differs' })
  })

  it('is not known once a change was not looked at', async () => {
    const limits: { logKeyChanges: number } = LIMITS
    const usual = limits.logKeyChanges
    limits.logKeyChanges = 0
    try {
      const found = await differences(files)
      expect(found).toMatchObject({ 'log.key': 'INDETERMINATE:key-unknown' })
      expect(Object.values(found).filter((outcome) => outcome.startsWith('FAILED'))).toEqual([])
    } finally {
      limits.logKeyChanges = usual
    }
  })

  it('may be changed by the key of an anchor in whose interval it is, whatever other intervals the key has', async () => {
    const changed = sampleHistory({ signedBy: 'anchor' }).files
    const ended = logAnchor('ended', verifierKey(ORIGIN, KEYS.first), { until: '2020-01-01' })
    const finding = async (anchors: readonly TrustAnchorEntry[]) =>
      (await judge(changed, { anchors })).find(({ id }) => id === 'log.key-change')
    expect(await finding([ended, ...ANCHORS])).toMatchObject({ value: 'PASSED' })
    expect(await finding([...ANCHORS, ended])).toMatchObject({ value: 'PASSED' })
    expect(await finding([ended, ...ANCHORS.slice(1)])).toMatchObject({
      value: 'INDETERMINATE',
      reason: 'anchor-interval',
    })
  })

  it('is changed by nobody who has the key of another log, and by no new key for itself', async () => {
    const changed = sampleHistory({ signedBy: 'anchor' }).files
    const said = async (files: Files, anchors: readonly TrustAnchorEntry[]) =>
      (await judge(files, { anchors })).filter(({ id }) => id === 'log.key-change').map(outcomeOf)
    const elsewhere = logAnchor('another log', verifierKey('log.example/other', KEYS.first))
    expect(await said(changed, [...ANCHORS.slice(1), elsewhere])).toEqual(['INDETERMINATE:key-missing'])
    const itself = sampleHistory({ signedBy: 'anchor', changedBy: KEYS.second }).files
    expect(await said(itself, ANCHORS)).toEqual(['INDETERMINATE:key-missing'])
    const third = logAnchor('third', verifierKey(ORIGIN, other))
    const byThird = sampleHistory({ signedBy: 'anchor', changedBy: other }).files
    expect(await said(byThird, ANCHORS)).toEqual(['INDETERMINATE:key-missing'])
    expect(await said(byThird, [...ANCHORS, third])).toEqual(['PASSED'])
  })

  it('of another origin signs nothing here', async () => {
    const text = `log.example/other\n12\n${slowRoot(digests).toString('base64')}\n`
    const checkpoint = `${text}\n${noteLine('log.example/other', KEYS.second, text)}`
    expect(await differences({ ...files, 'record/checkpoint': checkpoint })).toMatchObject({
      'log.checkpoint': 'FAILED:origin-differs',
    })
  })
})

describe('witnesses', () => {
  const { files, events } = sampleHistory()
  const text = `${ORIGIN}\n12\n${slowRoot(events.map((line) => sha256Hex(line.text))).toString('base64')}\n`
  const own = noteLine(ORIGIN, KEYS.second, text)
  const stranger = cosignatureLine('witness.example/stranger', KEYS.witness, text, WITNESS_TIME)

  it.each([
    ['unknown', `${text}\n${own}${stranger}`, 'NOT-CHECKED:unknown'],
    ['none', `${text}\n${own}`, 'NOT-CHECKED:none'],
    ['later', `${text}\n${own}${cosignatureLine(WITNESS, KEYS.witness, text, 4_000_000_000)}`, 'INDETERMINATE:later'],
    [
      'of another time than signed',
      `${text}\n${own}${cosignatureLine(WITNESS, KEYS.witness, `${text}x\n`, WITNESS_TIME)}`,
      'FAILED:signature',
    ],
  ])('that are %s are told apart', async (_what, checkpoint, outcome) => {
    expect((await differences({ ...files, 'record/checkpoint': checkpoint }))['log.witnesses']).toBe(outcome)
  })
})

describe('witnesses that the trust set names', () => {
  const { files, events } = sampleHistory()
  const text = `${ORIGIN}\n12\n${slowRoot(events.map((line) => sha256Hex(line.text))).toString('base64')}\n`
  const own = noteLine(ORIGIN, KEYS.second, text)
  const seen = (time: number) => cosignatureLine(WITNESS, KEYS.witness, text, time)
  const finding = async (checkpoint: string, anchors: readonly TrustAnchorEntry[] = ANCHORS) =>
    (await judge({ ...files, 'record/checkpoint': checkpoint }, { anchors })).find(({ id }) => id === 'log.witnesses')

  it('are counted once, however often they signed', async () => {
    const found = await finding(`${text}\n${own}${seen(WITNESS_TIME)}${seen(WITNESS_TIME + 1)}`)
    expect(found).toMatchObject({ value: 'PASSED', counts: { witnesses: 1, hold: 1 } })
  })

  it('are none where the key is one that the log itself has or had, under whatever name', async () => {
    for (const pair of [KEYS.first, KEYS.second]) {
      const self = logAnchor('self', verifierKey('witness.example/self', pair, 4))
      const line = cosignatureLine('witness.example/self', pair, text, WITNESS_TIME)
      expect(await finding(`${text}\n${own}${line}`, [...ANCHORS, self])).toMatchObject({
        value: 'NOT-CHECKED',
        reason: 'unknown',
        counts: { witnesses: 0, hold: 0, unknown: 1 },
      })
      const both = await finding(`${text}\n${own}${line}${seen(WITNESS_TIME)}`, [...ANCHORS, self])
      expect(both).toMatchObject({ value: 'PASSED', counts: { witnesses: 1, hold: 1, unknown: 1 } })
    }
  })

  it('are none where the key is one that seals', async () => {
    const checkpoint = `${text}\n${own}${seen(WITNESS_TIME)}`
    const found = await judge({ ...files, 'record/checkpoint': checkpoint }, { otherKeys: [KEYS.witness.fingerprint] })
    expect(found.find(({ id }) => id === 'log.witnesses')).toMatchObject({ value: 'NOT-CHECKED', reason: 'unknown' })
  })

  it('say nothing when the time is outside of what the set lets rely on their key', async () => {
    const ended = ANCHORS.map((anchor) => (anchor.label === 'witness' ? { ...anchor, until: '2020-01-01' } : anchor))
    const found = await finding(`${text}\n${own}${seen(WITNESS_TIME)}`, ended)
    expect(found).toMatchObject({ value: 'INDETERMINATE', reason: 'anchor-interval' })
  })
})

describe('proofs', () => {
  const sample = sampleHistory()
  it.each([
    [
      'a node',
      (line: string) => line.replace(/"consistencyPath":\["../, (head) => `${head.slice(0, -2)}00`),
      'FAILED:proof',
    ],
    [
      'the earlier root',
      (line: string) => line.replace(/"firstRoot":"../, (head) => `${head.slice(0, -2)}00`),
      'FAILED:history-differs',
    ],
    ['the earlier size', (line: string) => line.replace('"first":11', '"first":10'), 'FAILED:history-differs'],
  ])('do not hold with %s replaced', async (_what, edit, outcome) => {
    const found = await differences(edited('record/proofs.jsonl', ([line = '']) => [edit(line)]))
    expect(found['log.consistency']).toBe(outcome)
  })

  it('are none in an empty file', async () => {
    const empty = edited('record/proofs.jsonl', () => [])
    // What the export in the log was over is compared all the same, as long as it is shown.
    expect(await differences(empty)).toEqual({})
    const hidden = edited(CUSTODY, (lines) =>
      lines.with(10, stubOf(sample.events[10] ?? { text: '', openings: [] }, 10)),
    )
    expect(await differences({ ...hidden, 'record/proofs.jsonl': '' })).toMatchObject({
      'log.consistency': 'NOT-CHECKED:none',
    })
  })
})

describe('an opening', () => {
  const sample = sampleHistory()
  const lines = (sample.files[DISCLOSURES] ?? '').split('\n').slice(0, -1)
  const parsed = lines.map(
    (line) => JSON.parse(line) as { file: string; seq: number; field?: string; opening?: string },
  )
  const openings = parsed.flatMap((one, at) => (one.opening === undefined ? [] : [at]))
  const openingAt = (file: string, seq: number, field: string) =>
    parsed.findIndex((one) => one.file === file && one.seq === seq && one.field === field)
  const put = (at: number, change: object) => canonicalText({ ...parsed[at], ...change } as never)

  it.each(openings)('on line %i that says something else is refused', async (at) => {
    const opening = Buffer.from(parsed[at]?.opening ?? '', 'base64url').toString()
    const [salt, name] = JSON.parse(opening) as string[]
    const other = Buffer.from(canonicalText([salt, name, 'another'] as never)).toString('base64url')
    const found = await differences(edited(DISCLOSURES, (all) => all.with(at, put(at, { opening: other }))))
    expect(found['disclosure.openings']).toBe('FAILED:no-slot')
  })

  it('of another line, another bundle or another name is refused', async () => {
    const at = openingAt('custody.jsonl', 1, 'agent')
    const from = (index: number) => parsed[index]?.opening ?? ''
    const otherLine = { opening: from(openingAt('custody.jsonl', 2, 'agent')) }
    const otherName = { opening: from(openingAt('custody.jsonl', 1, 'time')) }
    const found = (change: object) => differences(edited(DISCLOSURES, (all) => all.with(at, put(at, change))))
    expect((await found(otherLine))['disclosure.openings']).toBe('FAILED:no-slot')
    expect((await found(otherName))['disclosure.openings']).toBe('FAILED:other-slot')
  })

  it('that stands twice is refused', async () => {
    const at = openingAt('custody.jsonl', 1, 'agent')
    const found = await differences(edited(DISCLOSURES, (all) => all.toSpliced(at, 0, all[at] ?? '')))
    expect(found).toMatchObject({ 'disclosure.openings': 'FAILED:twice', 'bundle.record': 'INDETERMINATE:malformed' })
  })

  it.each([
    ['a line that there is not', { seq: 99 }, 'FAILED:no-line'],
    ['a field that its line does not have', { field: 'receiver' }, 'FAILED:no-such-field'],
    ['something in the clear', { field: 'seq' }, 'FAILED:clear-member'],
    ['a withheld line', { seq: WITHHELD_EVENT }, 'INDETERMINATE:line-withheld'],
  ])('for %s is told apart', async (_what, change, outcome) => {
    const at = openingAt('custody.jsonl', 1, 'agent')
    const found = await differences(edited(DISCLOSURES, (all) => all.with(at, put(at, change))))
    expect(found['disclosure.openings']).toBe(outcome)
  })

  it('of this export’s own event is open', async () => {
    const [own] = sample.events[11]?.openings ?? []
    const last = parsed.findIndex(({ file }) => file === 'items.jsonl')
    const found = await differences(
      edited(DISCLOSURES, (all) => all.toSpliced(last, 0, canonicalText({ ...own } as never))),
    )
    expect(found['disclosure.openings']).toBe('INDETERMINATE:own-export')
  })

  it('with a salt that another one has holds, and says so', async () => {
    // Event 8 is event 4 once more: the same fields with the same salts.
    const { files } = sampleHistory({ repeats: true })
    const finding = (await judge(files)).find(({ id }) => id === 'disclosure.openings') ?? expect.fail()
    expect(outcomeOf(finding)).toBe('PASSED:salt-again')
    expect(finding.counts?.saltsAgain).toBeGreaterThan(0)
    const plain = (await judge(sample.files)).find(({ id }) => id === 'disclosure.openings')
    expect(plain?.counts?.saltsAgain).toBe(0)
  })

  it('whose value is not of its kind is open', async () => {
    const found = await differences(sampleHistory({ events: { 1: { time: 'yesterday' } } }).files)
    expect(found).toMatchObject({
      'disclosure.openings': 'INDETERMINATE:malformed-value',
      'custody.time': 'INDETERMINATE:malformed-value',
    })
  })

  it('whose value is not of its kind counts as opened', async () => {
    const { files } = sampleHistory({ events: { 1: { time: 'yesterday' } } })
    const all = (files[DISCLOSURES] ?? '').split('\n').slice(0, -1)
    const at = openingAt('custody.jsonl', 1, 'time')
    const ground = canonicalText({ field: 'time', file: 'custody.jsonl', ground: 'other', seq: 1 })
    const grounded = await differences({ ...files, [DISCLOSURES]: jsonLines(all.toSpliced(at, 0, ground)) })
    expect(grounded['disclosure.grounds']).toBe('FAILED:opened')
    const twice = await differences({ ...files, [DISCLOSURES]: jsonLines(all.toSpliced(at, 0, all[at] ?? '')) })
    expect(twice['disclosure.openings']).toBe('FAILED:twice')
  })

  it('is judged in the order of the log, whatever the order in which it stands', async () => {
    const found = await differences(edited(DISCLOSURES, (all) => all.toReversed()))
    expect(found).toEqual({ 'bundle.record': 'INDETERMINATE:malformed' })
  })

  it.each<[string, JsonValue, boolean]>([
    ['of the length that its name says', { sha256: 'a'.repeat(64) }, true],
    ['under a name of its own', { blake3: 'ab' }, true],
    ['shorter than its name says', { sha256: 'a'.repeat(62) }, false],
    ['longer than its name says', { md5: 'a'.repeat(64) }, false],
  ])('of a digest %s', async (_what, digestBefore, isOfItsKind) => {
    const found = await differences(sampleHistory({ events: { 1: { digestBefore } } }).files)
    const outcome = isOfItsKind ? undefined : 'INDETERMINATE:malformed-value'
    expect([found['disclosure.openings'], found['custody.digests']]).toEqual([outcome, outcome])
  })

  it('of what is said to be withheld is refused', async () => {
    const shown = edited(CUSTODY, (all) => all.with(WITHHELD_EVENT, sample.events[WITHHELD_EVENT]?.text ?? ''))
    expect((await differences(shown))['disclosure.grounds']).toBe('FAILED:opened')
    const ground = { field: 'agent', file: 'custody.jsonl', ground: 'other', seq: 1 }
    const at = openingAt('custody.jsonl', 1, 'agent')
    const both = edited(DISCLOSURES, (all) => all.toSpliced(at, 0, canonicalText(ground)))
    expect((await differences(both))['disclosure.grounds']).toBe('FAILED:opened')
    const nowhere = edited(DISCLOSURES, (all) => [
      ...all,
      canonicalText({ file: 'items.jsonl', ground: 'other', seq: 9 }),
    ])
    expect((await differences(nowhere))['disclosure.grounds']).toBe('FAILED:no-line')
  })

  it('that is grounds for withholding what cannot be read is open, for it may be withheld', async () => {
    const line = ` ${stubOf(SAMPLE.events[WITHHELD_EVENT] ?? expect.fail(), WITHHELD_EVENT)}`
    const unread = await differences(edited(CUSTODY, (all) => all.with(WITHHELD_EVENT, line)))
    expect(unread['disclosure.grounds']).toBe('INDETERMINATE:line-unread')
    const field = canonicalText({ field: 'note', file: 'custody.jsonl', ground: 'other', seq: 1 })
    const ofField = edited(DISCLOSURES, (all) => all.toSpliced(openingAt('custody.jsonl', 1, 'objects'), 0, field))
    const broken = (ofField[CUSTODY] ?? '').split('\n').map((one, at) => (at === 1 ? `${one} ` : one))
    const found = await differences({ ...ofField, [CUSTODY]: broken.join('\n') })
    expect(found['disclosure.grounds']).toBe('INDETERMINATE:line-unread')
    const { [ITEMS]: _gone, ...files } = SAMPLE.files
    expect((await differences(files))['disclosure.grounds']).toBe('INDETERMINATE:line-unread')
  })

  it('left out leaves its field closed', async () => {
    const at = openingAt('custody.jsonl', 1, 'agent')
    expect(await differences(edited(DISCLOSURES, (all) => all.toSpliced(at, 1)))).toEqual({})
  })
})

describe('an item', () => {
  const { files } = sampleHistory()
  const without = (seq: number, field: string) =>
    edited(DISCLOSURES, (all) =>
      all.filter(
        (line) => !line.includes(`"field":"${field}","file":"items.jsonl"`) || !line.includes(`"seq":${seq}}`),
      ),
    )

  it.each<[string, Files, Judging, string]>([
    ['whose file has other bytes', files, { payload: { 'data/00/000002.txt': 'other\n' } }, 'FAILED:differs'],
    ['whose file is not here', files, { payload: { 'data/00/000002.txt': null } }, 'INDETERMINATE:no-file'],
    ['whose digest is closed', without(1, 'sha256'), {}, 'INDETERMINATE:closed'],
    ['whose size is closed', without(1, 'size'), {}, 'INDETERMINATE:closed'],
    ['whose path is closed', without(1, 'path'), {}, 'INDETERMINATE:no-item'],
    [
      'with the payload of another',
      sampleHistory({ items: { 1: { path: 'data/00/000003.txt' } } }).files,
      {},
      'FAILED:differs',
    ],
    [
      'beside another of the same file',
      sampleHistory({ items: { 1: { path: 'data/00/000003.txt', sha256: itemDigest(2), size: 18 } } }).files,
      { payload: { 'data/00/000002.txt': null } },
      'FAILED:several-items',
    ],
    ['of another size', sampleHistory({ items: { 1: { size: 1 } } }).files, {}, 'FAILED:differs'],
    ['that is not there for a file', files, { payload: { 'data/00/000009.txt': 'more\n' } }, 'INDETERMINATE:no-item'],
  ])('%s is told apart', async (_what, altered, judging, outcome) => {
    expect((await differences(altered, judging))['disclosure.payload']).toBe(outcome)
  })

  it.each([
    ['names another line', { copyOf: { line: sha256Hex('another'), seq: 0 } }, 'FAILED:original-differs'],
    ['names itself or a later one', { copyOf: { line: sha256Hex('another'), seq: 5 } }, 'FAILED:no-original'],
    ['names nothing that can be found', { copyOf: 'item 0' }, 'INDETERMINATE:malformed-value'],
  ])('that is a redacted copy and %s is told apart', async (_what, fields, outcome) => {
    expect((await differences(sampleHistory({ items: { 5: fields } }).files))['disclosure.copies']).toBe(outcome)
  })

  it('that is closed or withheld shows nothing but its place and commitments', async () => {
    const said = JSON.stringify(await judge(files))
    for (const item of [CLOSED_ITEM, WITHHELD_ITEM]) {
      expect(said).not.toContain(itemDigest(item))
      expect(said).not.toContain(`data/00/00000${item + 1}`)
    }
  })
})

describe('records that are not there', () => {
  it.each([CUSTODY, ITEMS, DISCLOSURES, 'record/checkpoint', 'record/proofs.jsonl'])(
    '%s leaves every question about it open and contradicts nothing',
    async (path) => {
      const { [path]: _gone, ...files } = sampleHistory().files
      const found = await differences(files)
      expect(failedIds(found)).toEqual([])
      expect(Object.values(found)).toContain('INDETERMINATE:missing')
    },
  )

  it('any bytes instead of a record throw nothing', async () => {
    const { files } = sampleHistory()
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...Object.keys(files)), fc.string({ unit: 'binary' }), async (path, text) => {
        await judge({ ...files, [path]: `${text}\n` })
      }),
      { numRuns: 60 },
    )
  })
})
