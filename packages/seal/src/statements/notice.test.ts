import {
  encodeUtf8,
  fromBase64,
  fromHex,
  lineDigest,
  merkleLeaf,
  type NoticeStatement,
  noticeStatement,
  parseCheckpoint,
  parseNotice,
  parseReceipt,
  verifyConsistency,
  verifyInclusion,
} from '@probatum/core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../../tools/testing/judgement.ts'
import { type LogKey, logKey, makeCheckpoint } from '../custody-log/checkpoint.ts'
import { LineMaker, MemoryCustodyLog, makeLogStart } from '../custody-log/custody-log.ts'
import { LogTree } from '../custody-log/custody-log-tree.ts'
import { demonstrationAuthority } from '../demonstration/demonstration.ts'
import { smallDigest } from '../digest.ts'
import { sampleEd25519Key } from '../keys/signing-key.ts'
import { seededRandom } from '../random.ts'
import { lastCheckpoint, type NoticeInput, NoticeRefused, prepareNotice, signNotice } from './notice.ts'
import { signReceipt } from './receipt.ts'

const NOW = instant('2026-11-25T12:00:00Z')
const ORIGIN = 'sample.example/notices'
const TYPES = ['access', 'consent-withdrawal', 'deaccession', 'redaction', 'analysis'] as const
const ID = '5'.repeat(64)
const SEAL = '7'.repeat(64)

let key: LogKey
beforeAll(async () => {
  key = logKey(ORIGIN, await sampleEd25519Key(seededRandom('log of notices')(32)))
})

/** A log of so many lines, every fifth of each type; its tree. */
async function logOf(events: number): Promise<{ log: MemoryCustodyLog; tree: LogTree }> {
  const making = { random: seededRandom('lines of notices') }
  const start = makeLogStart({ id: '1'.repeat(32), origin: ORIGIN, fingerprint: key.fingerprint }, {}, making)
  const log = new MemoryCustodyLog({ id: '1'.repeat(32), origin: ORIGIN, verifierKey: key.verifierKey }, start)
  const maker = new LineMaker(log, making)
  const lines = Array.from({ length: events - 1 }, (_, at) =>
    maker.make({ type: TYPES[at % TYPES.length] ?? 'access', fields: {} }),
  )
  await log.append(lines)
  const tree = new LogTree(smallDigest)
  for await (const { text } of log.lines('custody.jsonl')) tree.append(lineDigest(encodeUtf8(text), smallDigest))
  return { log, tree }
}

async function inputOf(events: number, size: number, more: Partial<NoticeInput> = {}): Promise<NoticeInput> {
  const { log, tree } = await logOf(events)
  return {
    custody: log,
    checkpoint: await makeCheckpoint(key, tree.size, tree.root()),
    bundles: [{ bundle: ID, seal: SEAL, itemCount: 9, size, root: null }],
    kind: 'withdrawn',
    code: 'consent-withdrawn',
    date: '2026-11-25T12:00:00Z',
    items: [3],
    replacement: null,
    event: null,
    ...more,
  }
}

const octets = (path: readonly string[]) => path.map((node) => fromHex(node) ?? new Uint8Array(0))

describe('a notice', () => {
  it('has proofs that hold, from every size of the log and for every event', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), async (events, first, chosen) => {
        const size = 1 + (first % events)
        const { tree } = await logOf(events)
        const seq = chosen % events
        const isShown = seq > 0 && !['access', 'analysis'].includes(TYPES[(seq - 1) % TYPES.length] ?? '')
        const notice = await prepareNotice(await inputOf(events, size, { event: isShown ? seq : null }))
        const checkpoint = parseCheckpoint(encodeUtf8(notice.checkpoint), 'checkpoint')
        const path = octets(notice.bundles[0]?.consistencyPath ?? [])
        const root = fromHex(checkpoint.root) ?? new Uint8Array(0)
        expect(verifyConsistency(size, checkpoint.size, path, tree.root(size), root, smallDigest)).toBe(true)
        if (notice.event === null) return
        const leaf = merkleLeaf(lineDigest(encodeUtf8(notice.event.line), smallDigest), smallDigest)
        expect(verifyInclusion(leaf, seq, checkpoint.size, octets(notice.event.path), root, smallDigest)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('sorts what it is about, each once', async () => {
    const other = { bundle: '4'.repeat(64), seal: SEAL, itemCount: 9, size: 2, root: null }
    const input = await inputOf(6, 3, { items: [5, 2, 5] })
    const notice = await prepareNotice({ ...input, bundles: [...input.bundles, other] })
    expect(notice.items).toEqual([2, 5])
    expect(notice.bundles.map(({ bundle }) => bundle)).toEqual([other.bundle, ID])
  })

  it.each<[string, Partial<NoticeInput>, RegExp]>([
    ['no bundle', { bundles: [] }, /at least/],
    [
      'a bundle id in capitals',
      { bundles: [{ bundle: 'A'.repeat(64), seal: SEAL, itemCount: 9, size: 3, root: null }] },
      /bundle id/,
    ],
    [
      'a seal id that is too short',
      { bundles: [{ bundle: ID, seal: '7', itemCount: 9, size: 3, root: null }] },
      /seal id/,
    ],
    [
      'one bundle twice',
      { bundles: [1, 2].map(() => ({ bundle: ID, seal: SEAL, itemCount: 9, size: 3, root: null })) },
      /twice/,
    ],
    ['an item beyond one of the bundles', { items: [8, 9] }, /item 9 is beyond/],
    [
      'a bundle of a later state',
      { bundles: [{ bundle: ID, seal: SEAL, itemCount: 9, size: 7, root: null }] },
      /older than the bundle/,
    ],
    [
      'a bundle of another history',
      { bundles: [{ bundle: ID, seal: SEAL, itemCount: 9, size: 3, root: '0'.repeat(64) }] },
      /not of this log/,
    ],
    ['an event that the checkpoint has not', { event: 6 }, /no line 6/],
    ['an event of another type', { event: 1 }, /of the type access/],
    ['a replacement of what is withdrawn', { replacement: ID }, /superseded/],
    ['a day without a clock', { date: '2026-11-25' }, /no time/],
    ['a checkpoint that is none', { checkpoint: encodeUtf8('a letter\n') }, /not in form/],
  ])('is refused with %s', async (_what, more, message) => {
    const input = await inputOf(6, 3, more)
    await expect(prepareNotice(input)).rejects.toThrow(NoticeRefused)
    await expect(prepareNotice(input)).rejects.toThrow(message)
  })

  it('is refused with the checkpoint of another log, or over other lines', async () => {
    const input = await inputOf(6, 3)
    const { tree } = await logOf(5)
    const lines = await makeCheckpoint(key, 6, tree.root())
    await expect(prepareNotice({ ...input, checkpoint: lines })).rejects.toThrow(/not of this log/)
    const other = logKey('other.example/log', await sampleEd25519Key(seededRandom('other')(32)))
    const foreign = await makeCheckpoint(other, tree.size, tree.root())
    await expect(prepareNotice({ ...input, checkpoint: foreign })).rejects.toThrow(/another log/)
  })

  it('is signed over just the bytes that stand in its file', async () => {
    const { signer } = await demonstrationAuthority({ now: NOW, random: seededRandom('signer of notices') })
    const notice = await prepareNotice(await inputOf(6, 3))
    const file = await signNotice(notice, signer, NOW)
    const parsed = parseNotice(file)
    expect(parsed.statement).toEqual(notice)
    expect(Buffer.from(parsed.signed).equals(noticeStatement(notice))).toBe(true)
    expect(new TextDecoder().decode(file)).toBe(
      `{"notice":${new TextDecoder().decode(parsed.signed)},"signature":"${Buffer.from(parsed.cms).toString('base64')}"}`,
    )
    const beyond: NoticeStatement = { ...notice, items: [] }
    await expect(signNotice(beyond, signer, NOW)).rejects.toThrow(/ERR_JSON_SHAPE/)
  })

  it('takes the last checkpoint that a log keeps', async () => {
    const { log } = await logOf(3)
    expect(lastCheckpoint(log)).toBeUndefined()
    await log.keepCheckpoint({ size: 2, root: '', note: 'AAAA' })
    await log.keepCheckpoint({ size: 3, root: '', note: 'AQID' })
    expect(lastCheckpoint(log)).toEqual(fromBase64('AQID'))
  })
})

describe('a receipt', () => {
  it('is signed over its ids, and refused where they are none', async () => {
    const { signer } = await demonstrationAuthority({ now: NOW, random: seededRandom('signer of receipts') })
    const ids = { bundle: ID, seal: SEAL, logId: '1'.repeat(32), exportNumber: '2'.repeat(32), ciphertext: null }
    const { statement } = parseReceipt(await signReceipt(ids, signer, NOW))
    expect(statement).toEqual({ ...ids, statement: 'probatum/receipt/1' })
    await expect(signReceipt({ ...ids, exportNumber: '2' }, signer, NOW)).rejects.toThrow(/ERR_JSON_SHAPE/)
  })
})
