import { encodeUtf8, fromBase64 } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../random.ts'
import { LineMaker, MemoryCustodyLog, makeLogStart, openedValue } from './custody-log.ts'
import {
  handoverStatementsOf,
  makeSignedTransfer,
  type PreparedHandover,
  prepareHandover,
  readPreparedHandover,
} from './custody-log-handover.ts'

const id = '00112233445566778899aabbccddeeff'
const FIELDS = { agent: 'Example Officer (sample)', objects: [[0, 0]], receiver: 'Example Lab (sample)' }

async function logWithItem(): Promise<MemoryCustodyLog> {
  const random = seededRandom('log')
  const start = makeLogStart({ id, origin: 'sample.example', fingerprint: 'ab'.repeat(32) }, {}, { random })
  const log = new MemoryCustodyLog({ id, origin: 'sample.example', verifierKey: 'none' }, start)
  await log.append([
    new LineMaker(log, { random }).make({ type: 'item', fields: { sha256: 'cd'.repeat(32), size: 1 } }),
  ])
  return log
}

const slotsOf = (text: string) => (JSON.parse(text) as { sd: string[] }).sd

describe('a hand-over that is prepared', () => {
  it('is signed before it has a place, and has the same slots wherever it comes to stand', async () => {
    const log = await logWithItem()
    const prepared = prepareHandover(log, FIELDS, seededRandom('one'))
    const statement = JSON.parse(new TextDecoder().decode(handoverStatementsOf(prepared).giver))
    const bare = makeSignedTransfer(log, prepared, {})
    await log.append([new LineMaker(log, { random: seededRandom('x') }).make({ type: 'access', fields: {} })])
    const cms = { giver: encodeUtf8('giver'), receiver: encodeUtf8('receiver') }
    const signed = makeSignedTransfer(log, prepared, cms)
    for (const text of [bare.text, signed.text])
      expect(['agent', 'objects', 'receiver'].map((name) => slotsOf(text).includes(statement[name]))).toEqual([
        true,
        true,
        true,
      ])
    expect(JSON.parse(signed.text).event).toBe(statement.event)
    expect(signed.seq).toBe(2)
    const opened = Object.fromEntries(signed.openings.map((opening) => [opening.field, openedValue(opening)]))
    expect(opened).toMatchObject(FIELDS)
    expect(fromBase64(String(opened.receipt))).toEqual(cms.receiver)
    await log.append([signed])
  })

  it('has its own event and salts each time', async () => {
    const log = await logWithItem()
    const [one, other] = ['one', 'other'].map((seed) => prepareHandover(log, FIELDS, seededRandom(seed)))
    const texts = [one, other].map((each) => makeSignedTransfer(log, each as PreparedHandover, {}).text)
    const all = texts.flatMap(slotsOf)
    expect(new Set(all).size).toBe(all.length)
  })

  it('is read as it was written, and nothing else is', async () => {
    const prepared = prepareHandover(await logWithItem(), FIELDS, seededRandom('one'))
    const text = JSON.stringify(prepared)
    expect(readPreparedHandover(text)).toEqual(prepared)
    for (const other of ['', '{}', text.replace('"seed":"', '"seed":"0'), text.replace('1-draft', '2'), '[]'])
      expect(readPreparedHandover(other), other).toBeUndefined()
  })

  it('needs who gives, who receives and what; and is of one log', async () => {
    const log = await logWithItem()
    for (const name of ['agent', 'objects', 'receiver'] as const) {
      const { [name]: _, ...rest } = FIELDS
      expect(() => prepareHandover(log, rest, seededRandom('x'))).toThrow(name)
    }
    expect(() => prepareHandover(log, { ...FIELDS, objects: [[0, 1]] }, seededRandom('x'))).toThrow('objects')
    const prepared = prepareHandover(log, FIELDS, seededRandom('x'))
    expect(() => makeSignedTransfer(log, { ...prepared, logId: 'ff'.repeat(16) }, {})).toThrow('another log')
  })
})
