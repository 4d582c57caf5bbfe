import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes, toHex } from '../model/bytes.ts'
import type { SmallDigest } from '../model/ports.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { coreAt, coreOf } from './core-of.ts'
import { itemTable } from './item-table.ts'
import { type LogLines, rootOf } from './log-lines.ts'
import type { LogStanding, LogView } from './log-view.ts'
import { relateLogs } from './relation.ts'

const digest: SmallDigest = (algorithm, bytes) => new Uint8Array(createHash(algorithm).update(bytes).digest())
const line = (text: string) => digest('sha256', encodeUtf8(text))
const KEY = 'a'.repeat(64)
const OTHER_KEY = 'b'.repeat(64)

interface Made {
  readonly events?: readonly string[]
  readonly items?: readonly string[]
  readonly origin?: string
  readonly logId?: string
  readonly keys?: readonly string[]
  readonly standing?: LogStanding
  readonly caseId?: string | null
  readonly files?: readonly string[]
  readonly onlyFacts?: boolean
  readonly itemsBound?: boolean
}

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, at) => `${prefix} ${at}`)

function view(made: Made): LogView {
  const { origin = 'example.org/log (sample)', logId = '00', keys = [KEY], onlyFacts = false } = made
  const events = concatBytes(...(made.events ?? names('event', 5)).map(line))
  const items = concatBytes(...(made.items ?? names('item', 3)).map(line))
  const files = made.files ?? []
  const count = items.length / 32
  const lines: LogLines = {
    events: { count: events.length / 32, packed: events, withheld: new Uint8Array(events.length / 32) },
    items: {
      count,
      packed: items,
      withheld: new Uint8Array(count),
      commitments: new Uint8Array(0),
      sha256: concatBytes(...files.map(line), new Uint8Array(32 * Math.max(0, count - files.length))),
      hasSha256: Uint8Array.from({ length: count }, (_, at) => (at < files.length ? 1 : 0)),
      hasFile: new Uint8Array(count),
    },
    payload: concatBytes(...files.map(line)),
    caseId: made.caseId === undefined ? `"case of ${origin}"` : made.caseId,
  }
  const size = events.length / 32
  return {
    name: 'sample',
    origin,
    logId,
    head: { origin, size, root: rootOf(events, size, digest), text: '', signatures: [] },
    standing: made.standing ?? { state: 'trusted', signer: keys.at(-1) ?? KEY, keys },
    items: made.itemsBound === false ? null : { count, root: rootOf(items, count, digest) },
    lines: onlyFacts ? null : lines,
  }
}

const relate = (a: Made, b: Made) => relateLogs(view(a), view(b), digest)
const changed = (list: readonly string[], at: number) => list.map((text, index) => (index === at ? `${text}!` : text))

describe('two logs of one origin under a believed key', () => {
  it('of any two sizes are one history, the longer of which is named, and the other way round', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }), (first, second) => {
        const of = (size: number) => ({ events: names('event', size), items: names('item', Math.floor(size / 2)) })
        const found = relate(of(first), of(second))
        expect(found.relation).toBe(first === second ? 'SAME HISTORY' : 'ONE EXTENDS THE OTHER')
        expect(found.longer).toBe(first === second ? null : first > second ? 'a' : 'b')
        expect(found.commonCore?.size).toBe(Math.min(first, second))
        expect(found.commonCore?.itemCount).toBe(Math.floor(Math.min(first, second) / 2))
        expect(relate(of(second), of(first)).commonCore).toEqual(found.commonCore)
      }),
      { numRuns: 200 },
    )
  })

  it('fork at the first event that differs, whichever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat(), (first, second, nat) => {
        const at = nat % Math.min(first, second)
        const events = changed(changed(names('event', second), at), second - 1)
        const found = relate({ events: names('event', first) }, { events })
        expect(found.relation).toBe('FORK')
        expect(found.reason).toBe(first === second ? 'heads-differ' : 'events-differ')
        expect(found.differs?.position).toBe(at)
        expect(found.differs?.a).toBe(toHex(line(`event ${at}`)))
        expect(found.differs?.b).not.toBe(found.differs?.a)
        expect(found.heads.a?.root).not.toBe(found.heads.b?.root)
        expect(found.commonCore).toBeNull()
      }),
      { numRuns: 200 },
    )
  })

  it('fork where the items differ though the events agree', () => {
    const found = relate(
      { events: names('event', 5) },
      { events: names('event', 7), items: changed(names('item', 4), 1) },
    )
    expect(found).toMatchObject({
      relation: 'FORK',
      reason: 'items-differ',
      differs: { file: 'record/items.jsonl', position: 1 },
    })
  })

  it('fork where the later one has fewer items', () => {
    const found = relate({ items: names('item', 3) }, { events: names('event', 7), items: names('item', 2) })
    expect(found).toMatchObject({ relation: 'FORK', reason: 'items-dropped', differs: { position: 2, b: null } })
    expect(found.differs?.a).toBe(toHex(line('item 2')))
  })

  it('fork under another log id', () => {
    const events = ['other log start', ...names('event', 5).slice(1)]
    expect(relate({}, { events, logId: '01' })).toMatchObject({ relation: 'FORK', differs: { position: 0 } })
  })

  it('fork by their signed heads alone where lines beside one of them are others', () => {
    const standing: LogStanding = { state: 'contradicts', finding: 'log.root', reason: 'differs', signer: KEY }
    const found = relate({}, { events: changed(names('event', 5), 2), standing })
    expect(found).toMatchObject({ relation: 'FORK', reason: 'heads-differ', differs: { position: null } })
  })

  it('fork after a change of key that is signed', () => {
    const found = relate({ events: changed(names('event', 4), 3) }, { keys: [KEY, OTHER_KEY] })
    expect(found).toMatchObject({ relation: 'FORK', differs: { position: 3 } })
  })

  it('cannot be told from a copied origin under another key, which is believed too', () => {
    const found = relate({}, { events: changed(names('event', 6), 1), keys: [OTHER_KEY] })
    expect(found).toMatchObject({
      relation: 'CANNOT TELL',
      reason: 'other-key',
      linesAgree: false,
      differs: { position: 1 },
    })
  })

  it('cannot be told where the items of one are not bound to its export', () => {
    expect(relate({}, { itemsBound: false })).toMatchObject({ relation: 'CANNOT TELL', reason: 'items-not-bound' })
  })
})

describe('two logs of one origin', () => {
  const untrusted: LogStanding = {
    state: 'not-trusted',
    finding: 'log.checkpoint',
    reason: 'no-trust-set',
    signer: null,
  }

  it('cannot be told apart without a believed key on both, and the contradiction is said', () => {
    for (const [a, b] of [
      [untrusted, undefined],
      [undefined, untrusted],
      [untrusted, untrusted],
    ]) {
      const standing = (given: LogStanding | undefined) => (given === undefined ? {} : { standing: given })
      const same = relate(standing(a), standing(b))
      expect(same).toMatchObject({
        relation: 'CANNOT TELL',
        reason: 'key-not-trusted',
        linesAgree: true,
        differs: null,
      })
      const other = relate(standing(a), { ...standing(b), events: changed(names('event', 5), 2) })
      expect(other).toMatchObject({ relation: 'CANNOT TELL', linesAgree: false, differs: { position: 2 } })
    }
  })

  it('cannot be told where one contradicts itself', () => {
    const standing: LogStanding = { state: 'contradicts', finding: 'log.root', reason: 'differs', signer: null }
    expect(relate({ standing }, { events: changed(names('event', 5), 2) })).toMatchObject({
      relation: 'CANNOT TELL',
      reason: 'contradicts-itself',
    })
  })

  it('are compared from saved facts as far as sizes and roots go', () => {
    const facts = { onlyFacts: true }
    expect(relate(facts, {}).relation).toBe('SAME HISTORY')
    expect(relate({ ...facts, events: names('event', 4) }, {}).relation).toBe('ONE EXTENDS THE OTHER')
    expect(relate({ ...facts, events: names('event', 6) }, {})).toMatchObject({
      relation: 'CANNOT TELL',
      reason: 'lines-missing',
    })
    expect(relate({ ...facts, events: changed(names('event', 5), 0) }, {})).toMatchObject({
      relation: 'FORK',
      differs: { position: null },
    })
    const fewer = { ...facts, events: names('event', 4), items: changed(names('item', 2), 0) }
    expect(relate(fewer, {})).toMatchObject({ relation: 'FORK', reason: 'items-differ', differs: { position: null } })
  })
})

describe('two logs of two origins', () => {
  const other = (made: Made = {}): Made => ({
    origin: 'example.org/other (sample)',
    logId: '01',
    events: names('other event', 5),
    items: names('other item', 3),
    ...made,
  })

  it('are unrelated where nothing is shared and the cases are others', () => {
    expect(relate({}, other()).relation).toBe('UNRELATED')
  })

  it('cannot be told while a case is withheld', () => {
    expect(relate({ caseId: null }, other())).toMatchObject({ relation: 'CANNOT TELL', reason: 'case-id-withheld' })
  })

  it.each<[string, Made]>([
    ['an event', { events: [...names('other event', 4), 'event 3'] }],
    ['an item', { items: ['other item 0', 'item 2'] }],
    ['a file', { files: ['one', 'two'] }],
    ['a log id', { logId: '00' }],
    ['a case', { caseId: '"case of example.org/log (sample)"' }],
  ])('have common content where %s is in both', (_, made) => {
    expect(relate({ files: ['two'] }, other(made)).relation).toBe('SEPARATE LOGS WITH COMMON CONTENT')
    expect(relate(other(made), { files: ['two'] }).relation).toBe('SEPARATE LOGS WITH COMMON CONTENT')
  })

  it('have nothing in common because both have an empty file', () => {
    expect(relate({ files: [''] }, other({ files: [''] }))).toMatchObject({
      relation: 'UNRELATED',
      shared: { payload: 0 },
    })
  })

  it('cannot be told where one contradicts itself, content in common or not', () => {
    const standing: LogStanding = { state: 'contradicts', finding: 'log.checkpoint', reason: 'signature', signer: null }
    const found = relate({ standing, files: ['one'] }, other({ files: ['one'] }))
    expect(found).toMatchObject({ relation: 'CANNOT TELL', reason: 'contradicts-itself', shared: { payload: 1 } })
  })
})

describe('the common-core code', () => {
  it('of a bundle at the size of another is that other’s own', () => {
    const small = view({ events: names('event', 4), items: names('item', 2) })
    const large = view({ events: names('event', 9), items: names('item', 6) })
    expect(coreAt(large, 4, 2, digest)).toEqual(coreOf(small, digest))
    expect(coreAt(large, 4, 2, digest)?.code).toBe(relateLogs(small, large, digest).commonCore?.code)
    expect(coreAt(large, 10, 2, digest)).toBeNull()
    expect(coreAt(large, 4, 7, digest)).toBeNull()
  })

  it('is another for every field that is', () => {
    const base: Made = {}
    const code = (made: Made) => coreOf(view({ ...base, ...made }), digest)?.code
    const codes = [
      code({}),
      code({ origin: 'example.org/log (sample).' }),
      code({ logId: '01' }),
      code({ events: names('event', 6) }),
      code({ events: changed(names('event', 5), 4) }),
      code({ items: names('item', 2) }),
      code({ items: changed(names('item', 3), 2) }),
    ]
    expect(new Set(codes).size).toBe(codes.length)
    for (const each of codes) expect(each).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}(?:-[0-9A-HJKMNP-TV-Z]{8}){3}$/)
  })
})

describe('the table of items', () => {
  it('sets bundles of one log side by side and finds the same line and file in another', () => {
    const views = [
      view({ items: names('item', 3), files: ['one'] }),
      view({ items: changed(names('item', 2), 1), files: ['one'] }),
      view({ origin: 'example.org/other (sample)', items: ['x', 'item 2', 'y'], files: ['two', 'three', 'one'] }),
    ]
    const rows = [...itemTable(views)]
    expect(rows.map(({ position, commitment, payload }) => [position, commitment, payload])).toEqual([
      [0, 'same', 'same'],
      [1, 'different', 'closed'],
      [2, 'single', 'closed'],
      [0, 'single', 'closed'],
      [1, 'single', 'closed'],
      [2, 'single', 'closed'],
    ])
    expect(rows[0]?.elsewhere).toEqual([{ bundle: 2, position: 2, by: 'sha256' }])
    expect(rows[2]?.elsewhere).toEqual([{ bundle: 2, position: 1, by: 'line' }])
    expect(rows[2]?.cells.map((cell) => cell?.state ?? null)).toEqual(['shown', 'absent', null])
    expect(rows[4]?.elsewhere).toEqual([{ bundle: 0, position: 2, by: 'line' }])
  })
})
