import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryTree, testSmallDigest } from '../../../../test-vectors/support/memory-tree.ts'
import {
  ed25519Verifier,
  type HistoryRecipe,
  itemDigest,
  jsonLines,
  makeLine,
  type SampleHistory,
  sampleHistory,
  samplePayload,
  sha256Hex,
  stubOf,
  WITHHELD_EVENT,
  WITHHELD_ITEM,
} from '../../../../test-vectors/support/sample-history.ts'
import { establishRecords } from '../bundle/record.ts'
import { checkGivenDisclosures } from '../checks/disclosure-given.ts'
import { canonicalText } from '../json/canonicalise.ts'
import { LIMITS } from '../model/limits.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { establishGivenDisclosures, type LaterOpenedField } from './given-disclosures.ts'
import type { HistoryFacts } from './history-facts.ts'

const sample = sampleHistory()
const event = sample.events[WITHHELD_EVENT] ?? expect.fail()
const item = sample.items[WITHHELD_ITEM] ?? expect.fail()
const closed = sample.items[3] ?? expect.fail()
const shownEvent = sample.events[3] ?? expect.fail()
const lineOf = (file: string, seq: number, line: string) => canonicalText({ file, line, seq })
const text = (openings: readonly object[]) => openings.map((one) => canonicalText(one as never))
const [first = expect.fail(), second = expect.fail()] = closed.openings
/** Of a history with the same names and other salts, as any other log has them. */
const foreign = sampleHistory({ items: { 3: { size: 7, path: 'data/00/000009.txt', sha256: sha256Hex('other') } } })
const elsewhere = text(foreign.items[3]?.openings ?? [])

const ports = { smallDigest: testSmallDigest, signatures: ed25519Verifier }

async function historyOf({ files }: SampleHistory): Promise<HistoryFacts> {
  const { history } = await establishRecords(memoryTree(files), ports, { payload: () => samplePayload() })
  return history ?? expect.fail()
}
const history = await historyOf(sample)

async function given(
  files: readonly (readonly string[] | Uint8Array)[],
  ofHistory: HistoryFacts | null = history,
  of: SampleHistory = sample,
) {
  const opened: LaterOpenedField[] = []
  const bytes = files.map((file) => (file instanceof Uint8Array ? file : encodeUtf8(jsonLines(file))))
  const payload = () => samplePayload()
  const facts = await establishGivenDisclosures(memoryTree(of.files), bytes, ofHistory, payload, ports, {
    onOpened: (field) => opened.push(field),
  })
  const findings = checkGivenDisclosures(facts)
  const said = findings.map(
    ({ id, value, reason }) =>
      `${id.slice('disclosure.later-'.length)} ${value}${reason === undefined ? '' : `:${reason}`}`,
  )
  return { facts, opened, findings, said }
}

describe('a given file of later openings', () => {
  it('passes with openings and whole lines of this log', async () => {
    const { said, findings, opened, facts } = await given([
      [lineOf('items.jsonl', WITHHELD_ITEM, item.text), ...text(item.openings)],
    ])
    expect(said).toEqual(['form PASSED', 'lines PASSED', 'openings PASSED'])
    const digest = facts.files[0]?.sha256 ?? ''
    expect(findings.map(({ subject }) => subject)).toEqual(Array(3).fill({ kind: 'disclosures', name: digest }))
    expect(new Set(opened.map((one) => one.given))).toEqual(new Set([digest]))
    expect(opened).toHaveLength(item.openings.length)
  })

  it('has no finding about lines when it shows none, so that nothing is left unanswered', async () => {
    expect((await given([text(closed.openings)])).said).toEqual(['form PASSED', 'openings PASSED'])
    expect((await given([[lineOf('items.jsonl', WITHHELD_ITEM, item.text)]])).said).toEqual([
      'form PASSED',
      'lines PASSED',
    ])
  })

  it('of another bundle says nothing about this one', async () => {
    const { said, findings } = await given([elsewhere])
    expect(said).toEqual(['form PASSED', 'openings INDETERMINATE:other-bundle'])
    expect(findings[1]?.exceptions?.map(({ value }) => value)).toEqual([
      'INDETERMINATE',
      'INDETERMINATE',
      'INDETERMINATE',
    ])
    const line = lineOf('custody.jsonl', WITHHELD_EVENT, event.text.replace(/"salt":"../, '"salt":"ff'))
    expect((await given([[line]])).said).toEqual(['form PASSED', 'lines INDETERMINATE:other-bundle'])
  })

  it('of this log that opens a value which was not committed to is contradicted, and names the place only', async () => {
    const { said, findings } = await given([[...text([first]), ...elsewhere.slice(1)]])
    expect(said).toEqual(['form PASSED', 'openings FAILED:no-slot'])
    expect(findings[1]?.exceptions).toEqual([
      { path: 'record/items.jsonl', at: 'line 4 sha256', value: 'FAILED', reason: 'no-slot' },
      { path: 'record/items.jsonl', at: 'line 4 size', value: 'FAILED', reason: 'no-slot' },
    ])
  })

  it('with one opening of this log in the slot of another name is contradicted even when nothing else is of it', async () => {
    const renamed = text([{ ...first, field: 'description' }])
    expect((await given([renamed])).said).toEqual(['form INDETERMINATE:malformed', 'openings FAILED:other-slot'])
  })

  it('that opens a field twice is contradicted', async () => {
    expect((await given([text([first, first])])).said).toEqual([
      'form INDETERMINATE:malformed',
      'openings FAILED:twice',
    ])
  })

  it('that opens what stands in the clear, or what its line does not have, is contradicted', async () => {
    const of = (field: string) =>
      text([
        { ...first, field, opening: Buffer.from(canonicalText(['A'.repeat(22), field, 'x'])).toString('base64url') },
      ])
    expect((await given([[...of('originalName'), ...text([second])]])).said[1]).toBe('openings FAILED:no-slot')
    expect((await given([[...of('salt'), ...text([second])]])).said[1]).toBe('openings FAILED:clear-member')
    expect((await given([[...of('place'), ...text([second])]])).said[1]).toBe('openings FAILED:no-such-field')
  })

  it('for a later bundle of the same log is not called a contradiction', async () => {
    const beyond = text([{ ...first, seq: 99 }])
    expect((await given([[...text([first]), ...beyond]])).said[1]).toBe('openings INDETERMINATE:no-line')
    expect((await given([[lineOf('items.jsonl', 99, item.text)]])).said[1]).toBe('lines INDETERMINATE:no-line')
  })

  it('with fields of a line that is withheld from this recipient leaves the question open', async () => {
    expect((await given([text(item.openings)])).said[1]).toBe('openings INDETERMINATE:line-withheld')
  })

  it('may use a line that another given file shows, in whatever order they come', async () => {
    const line = [lineOf('items.jsonl', WITHHELD_ITEM, item.text)]
    const one = await given([line, text(item.openings)])
    const other = await given([text(item.openings), line, line])
    expect(one.facts).toEqual(other.facts)
    expect(one.said.filter((each) => !each.endsWith('PASSED'))).toEqual([])
    expect(one.facts.files).toHaveLength(2)
  })

  it('with a line that is not the withheld one is contradicted once the file is known to be of this log', async () => {
    const line = lineOf('custody.jsonl', WITHHELD_EVENT, event.text.replace(/"salt":"../, '"salt":"ff'))
    const { said } = await given([[line, ...text([first])]])
    expect(said).toEqual(['form PASSED', 'lines FAILED:differs', 'openings PASSED'])
  })

  it('with a line that the bundle shows already changes nothing', async () => {
    const { said } = await given([[lineOf('custody.jsonl', 3, shownEvent.text)]])
    expect(said).toEqual(['form PASSED', 'lines PASSED'])
  })

  it('that is empty, a list of grounds, or no JSON at all never passes', async () => {
    expect((await given([new Uint8Array(0)])).said).toEqual(['form PASSED', 'openings INDETERMINATE:empty'])
    const ground = canonicalText({ file: 'items.jsonl', ground: 'other', seq: WITHHELD_ITEM })
    expect((await given([[ground]])).said).toEqual(['form INDETERMINATE:malformed', 'openings INDETERMINATE:empty'])
    expect((await given([encodeUtf8('PK\u0003\u0004')])).said).toEqual([
      'form INDETERMINATE:malformed',
      'openings INDETERMINATE:empty',
    ])
    const unknown = canonicalText({ ...first, hurry: true } as never)
    expect((await given([[unknown]])).said[0]).toBe('form INDETERMINATE:malformed')
  })

  it('with a bag that has no lines is not judged', async () => {
    expect((await given([text([first])], null)).said[1]).toBe('openings INDETERMINATE:no-lines')
  })

  it('in which one byte differs never passes, and opens nothing but what was committed to', async () => {
    const file = encodeUtf8(jsonLines([lineOf('items.jsonl', WITHHELD_ITEM, item.text), ...text(item.openings)]))
    const whole = (await given([file])).opened.map(({ field, value }) => canonicalText([field, value]))
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: file.length - 1 }), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const { said, opened } = await given([file.with(at, (file[at] ?? 0) ^ mask)])
        expect(said.every((one) => one.endsWith(' PASSED'))).toBe(false)
        for (const { field, value } of opened) expect(whole).toContain(canonicalText([field, value]))
      }),
      { numRuns: 400 },
    )
  })

  it('of any bytes is judged without an error', async () => {
    const lines = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.json().map(encodeUtf8))
    await fc.assert(
      fc.asyncProperty(lines, async (bytes) => {
        const { said } = await given([bytes])
        expect(said.some((one) => !one.endsWith(' PASSED'))).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('of very many lines is judged, whatever they are', async () => {
    const { said } = await given([encodeUtf8('{}\n'.repeat(300_000))])
    // A record has no more lines that are not in form than its limit says: then it was not read to its end.
    expect(said).toEqual(['form INDETERMINATE:limit', 'openings INDETERMINATE:empty'])
    const mixed = [
      lineOf('items.jsonl', WITHHELD_ITEM, item.text),
      ...text(item.openings),
      ...Array(200_000).fill('{}'),
    ]
    expect((await given([mixed])).facts.files[0]?.openings.holding).toBe(item.openings.length)
  })

  it('is not compared with lines that are no longer those that were judged', async () => {
    const other = { ...history, log: { ...history.log, root: '0'.repeat(64) } }
    await expect(given([text([first])], other)).rejects.toMatchObject({ reason: 'changed' })
  })
})

describe('values that are opened later', () => {
  /** A bundle in which a withheld event or item says this, and a file that opens it. */
  async function revealed(recipe: HistoryRecipe, file: 'custody.jsonl' | 'items.jsonl') {
    const of = sampleHistory(recipe)
    const seq = file === 'items.jsonl' ? WITHHELD_ITEM : WITHHELD_EVENT
    const made = (file === 'items.jsonl' ? of.items : of.events)[seq] ?? expect.fail()
    return given([[lineOf(file, seq, made.text), ...text(made.openings)]], await historyOf(of), of)
  }
  const WRONG = 'f'.repeat(64)

  it('pass where they agree with what the bundle shows', async () => {
    const { said, findings } = await revealed({ events: { [WITHHELD_EVENT]: { objects: [[0, 1]] } } }, 'custody.jsonl')
    expect(said).toEqual(['form PASSED', 'lines PASSED', 'openings PASSED', 'values PASSED'])
    expect(findings[3]?.counts?.compared).toBeGreaterThanOrEqual(2)
  })

  it.each([
    ['no-item', { events: { [WITHHELD_EVENT]: { objects: [[2, 77]] } } }, 'custody.jsonl', 'line 6 objects'],
    [
      'digest-differs',
      { events: { [WITHHELD_EVENT]: { objects: [[0, 0]], digestBefore: { sha256: WRONG } } } },
      'custody.jsonl',
      'line 6 digests',
    ],
    ['payload-differs', { items: { [WITHHELD_ITEM]: { path: 'data/00/000001.txt' } } }, 'items.jsonl', 'line 5 path'],
    [
      'several-items',
      { items: { [WITHHELD_ITEM]: { path: 'data/00/000001.txt', sha256: itemDigest(0), size: 16 } } },
      'items.jsonl',
      'line 5 path',
    ],
    [
      'original-differs',
      { items: { [WITHHELD_ITEM]: { copyOf: { line: WRONG, seq: 1 } } } },
      'items.jsonl',
      'line 5 copyOf',
    ],
    [
      'no-original',
      { items: { [WITHHELD_ITEM]: { copyOf: { line: WRONG, seq: 5 } } } },
      'items.jsonl',
      'line 5 copyOf',
    ],
  ] as const)('are contradicted: %s', async (reason, recipe, file, at) => {
    const { said, findings } = await revealed(recipe, file)
    expect(said.slice(0, 3)).toEqual(['form PASSED', 'lines PASSED', 'openings PASSED'])
    expect(said[3]).toBe(`values FAILED:${reason}`)
    expect(findings[3]?.exceptions?.map((one) => `${one.at} ${one.reason}`)).toContain(`${at} ${reason}`)
    expect(findings[3]?.subject.kind).toBe('disclosures')
  })

  it('are not compared when there are too many of them', async () => {
    const tree = memoryTree(sample.files)
    const own = tree.byPath.get('record/disclosures.jsonl') ?? expect.fail()
    const bytes = encodeUtf8(jsonLines(text([first])))
    const sized = async (size: number) => {
      const byPath = {
        get: (path: string) => (path === 'record/disclosures.jsonl' ? { ...own, size } : tree.byPath.get(path)),
        has: (path: string) => tree.byPath.has(path),
        keys: () => tree.byPath.keys(),
      }
      return establishGivenDisclosures({ ...tree, byPath }, [bytes], history, null, ports)
    }
    expect((await sized(LIMITS.jsonLinesWholeBytes - bytes.length)).values?.state).toBe('read')
    const facts = await sized(LIMITS.jsonLinesWholeBytes - bytes.length + 1)
    expect(facts.values?.state).toBe('limit')
    expect(checkGivenDisclosures(facts).map(({ id, reason }) => `${id} ${reason}`)).toContain(
      'disclosure.later-values limit',
    )
  })

  it('are contradicted also where what the bundle leaves open fills the list of problems', async () => {
    const of = sampleHistory({ items: { [WITHHELD_ITEM]: { path: 'data/00/000002.txt' } } })
    const kept = (of.files['record/disclosures.jsonl'] ?? '').split('\n')
    // Item 0 shows its path, and not its digest: an open question, which stands before the contradiction.
    const isClosed = (line: string) => line.startsWith('{"field":"sha256","file":"items.jsonl"') && line.endsWith(':0}')
    const disclosures = kept.filter((line) => !isClosed(line))
    expect(disclosures).toHaveLength(kept.length - 1)
    const bundle = { ...of, files: { ...of.files, 'record/disclosures.jsonl': disclosures.join('\n') } }
    const made = of.items[WITHHELD_ITEM] ?? expect.fail()
    const file = [lineOf('items.jsonl', WITHHELD_ITEM, made.text), ...text(made.openings)]
    const limits: { exceptionsInFinding: number } = LIMITS
    const usual = limits.exceptionsInFinding
    limits.exceptionsInFinding = 1
    try {
      const { said, findings } = await given([file], await historyOf(bundle), bundle)
      expect(said[3]).toBe('values FAILED:payload-differs')
      expect(findings[3]?.exceptionsOmitted).toBeGreaterThan(0)
    } finally {
      limits.exceptionsInFinding = usual
    }
  })

  it('ask a question where times do not fit only now', async () => {
    const at = (time: string) => revealed({ events: { [WITHHELD_EVENT]: { time } } }, 'custody.jsonl')
    expect((await at('2026-03-14T11:00:00Z')).said[3]).toBe('values INDETERMINATE:times')
    expect((await at('2020-01-01T00:00:00Z')).said[3]).toBe('values PASSED')
  })

  it('are not blamed for what the bundle says without them', async () => {
    const of = sampleHistory({ events: { 1: { objects: [[0, 99]] } } })
    const made = of.events[WITHHELD_EVENT] ?? expect.fail()
    const file = [lineOf('custody.jsonl', WITHHELD_EVENT, made.text), ...text(made.openings)]
    const { said } = await given([file], await historyOf(of), of)
    expect(said.filter((one) => one.includes('FAILED'))).toEqual([])
  })

  it('say of a hand-over signature that nobody judged whose it is', async () => {
    const { events } = sample
    const transfer = events.findIndex(({ text }) => text.includes('"type":"transfer"'))
    expect(transfer).toBeGreaterThan(0)
    const of = sampleHistory({ events: { [transfer]: { handover: 'MAA=' } } })
    const made = of.events[transfer] ?? expect.fail()
    const handover = made.openings.filter(({ field }) => field === 'handover')
    // The bundle itself does not open it.
    const kept = (of.files['record/disclosures.jsonl'] ?? '').split('\n')
    const files = {
      ...of.files,
      'record/disclosures.jsonl': kept.filter((line) => !line.startsWith('{"field":"handover"')).join('\n'),
    }
    const bundle = { ...of, files }
    expect((await given([text(handover)], await historyOf(bundle), bundle)).said).toEqual([
      'form PASSED',
      'openings PASSED',
      'values INDETERMINATE:handover',
    ])
  })
})

describe('a line that was withheld, is the one that was withheld, and', () => {
  const clearOf = (seq: number) => JSON.parse(sample.events[seq]?.text ?? '')
  const { authorisation, exportNumber, itemCount, itemRoot } = clearOf(11)
  const exported = { authorisation, exportNumber: clearOf(10).exportNumber, itemCount, itemRoot }
  /** What is said of another line in the place of the withheld event. */
  async function withheld(
    type: string,
    clear: Record<string, string | number>,
    signed: readonly number[] = [],
  ): Promise<string | undefined> {
    const prev = sha256Hex(sample.events[WITHHELD_EVENT - 1]?.text ?? '')
    const line = makeLine('custody.jsonl', WITHHELD_EVENT, type, { ...clear, prev }, {})
    const lines = (sample.files['record/custody.jsonl'] ?? '').split('\n').slice(0, -1)
    const custody = jsonLines(lines.with(WITHHELD_EVENT, stubOf(line, WITHHELD_EVENT)))
    const of = { ...sample, files: { ...sample.files, 'record/custody.jsonl': custody } }
    const file = [lineOf('custody.jsonl', WITHHELD_EVENT, line.text)]
    const { custody: events, ...rest } = await historyOf(of)
    const holds = { by: 'giver', code: 'holds', certificate: null, failure: null } as const
    const first = signed.map((seq) => ({ ...holds, line: seq + 1 }))
    const judged = { ...rest, custody: { ...events, handovers: { count: first.length, by: {}, first } } }
    return (await given([file], judged, of)).said.find((one) => one.startsWith('lines'))
  }
  const { logKey, verifierKey, signature, signedBy } = clearOf(7)

  it.each<[string, string, Record<string, string | number>, string]>([
    ['is an export over the items that the list begins with', 'export', { ...exported, itemCount, itemRoot }, 'PASSED'],
    ['is an export over other items', 'export', { ...exported, itemRoot: '0'.repeat(64) }, 'FAILED:items-differ'],
    ['is an export over more items', 'export', { ...exported, itemCount: 99 }, 'FAILED:items-differ'],
    ['has the number of this export', 'export', { ...exported, exportNumber }, 'FAILED:number-again'],
    ['begins the log again', 'log-start', clearOf(0), 'FAILED:log-again'],
    ['changes the key', 'log-key-change', { logKey, verifierKey, signature, signedBy }, 'INDETERMINATE:key-withheld'],
    ['is a hand-over of its own', 'transfer', { event: '0'.repeat(32) }, 'PASSED'],
    ['has the event id of one that nobody signed', 'transfer', { event: clearOf(4).event }, 'PASSED'],
  ])('%s', async (_what, type, clear, outcome) => {
    const { salt: _, sd: __, seq: ___, type: ____, prev: _____, ...members } = clear
    expect(await withheld(type, members)).toBe(`lines ${outcome}`)
  })

  it('has the event id of one that is signed', async () => {
    expect(await withheld('transfer', { event: clearOf(4).event }, [4])).toBe('lines FAILED:number-again')
    expect(await withheld('transfer', { event: '0'.repeat(32) }, [4])).toBe('lines PASSED')
  })
})
