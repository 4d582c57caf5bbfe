import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { toHex } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { checkCustodyLog, LineMaker, makeLogStart, seededRandom } from '@probatum/seal'
import { beforeEach, describe, expect, it } from 'vitest'
import { testPlace } from '../../../tools/testing/place.ts'
import { CustodyLogFolder } from './custody-log-folder.ts'
import { lockLog } from './custody-log-lock.ts'

const { place } = testPlace('log')
const identity = { id: '00112233445566778899aabbccddeeff', origin: 'sample.example/log', verifierKey: 'none' }
let folder = ''
let count = 0

async function append(log: CustodyLogFolder, agents: readonly string[]): Promise<void> {
  const maker = new LineMaker(log, { random: seededRandom(`append ${log.events}`) })
  const sha256 = 'ab'.repeat(32)
  await log.append([
    maker.make({ type: 'item', fields: { sha256, size: 1, originalName: `${agents[0]}.txt` } }),
    ...agents.map((agent) => maker.make({ type: 'access', fields: { agent } })),
  ])
}

beforeEach(async () => {
  folder = join(place, `log-${count++}`)
  const making = { random: seededRandom('start') }
  const start = makeLogStart({ ...identity, fingerprint: 'cd'.repeat(32) }, { agent: 'Example (sample)' }, making)
  await CustodyLogFolder.create(folder, identity, start)
})

async function inLog<T>(mode: 'read' | 'write', work: (log: CustodyLogFolder) => Promise<T>): Promise<T> {
  const log = await CustodyLogFolder.open(folder, mode, 0)
  try {
    return await work(log)
  } finally {
    await log.close()
  }
}

const FILES = [
  'custody.jsonl',
  'custody-openings.jsonl',
  'items.jsonl',
  'items-openings.jsonl',
  'commits.jsonl',
] as const
const sizes = () => FILES.map((file) => statSync(join(folder, file)).size)

describe('a custody log in a folder', () => {
  it('gives back what was appended, and verifies', async () => {
    await inLog('write', (log) => append(log, ['A', 'B']))
    await inLog('write', (log) => append(log, ['C']))
    await inLog('read', async (log) => {
      expect([log.events, log.items]).toEqual([4, 2])
      const check = await checkCustodyLog(log, nodeSmallDigest)
      expect(check).toMatchObject({ events: 4, items: 2, problems: [] })
    })
  })

  // Power may fail while files grow in any order; the commit is written only when all of them are durable.
  it('is the log before or the log after an append, wherever the append was cut off', async () => {
    await inLog('write', (log) => append(log, ['before']))
    const before = sizes()
    const headBefore = await inLog('read', async (log) => toHex(log.head))
    const copy = join(place, 'whole')
    await inLog('write', (log) => append(log, ['after 1', 'after 2']))
    const after = sizes()
    const headAfter = await inLog('read', async (log) => toHex(log.head))
    cpSync(folder, copy, { recursive: true })
    const random = seededRandom('cuts')
    for (let cut = 0; cut < 60; cut++) {
      rmSync(folder, { recursive: true })
      cpSync(copy, folder, { recursive: true })
      const isCommitted = cut % 10 === 0
      const lengths = before.map((from, at) => {
        const [high = 0, low = 0] = random(2)
        const span = (after[at] ?? 0) - from
        // A whole commit only behind whole files.
        return isCommitted ? from + span : from + ((high * 256 + low) % (span + (at === 4 ? 0 : 1)))
      })
      for (const [at, file] of FILES.entries()) truncateSync(join(folder, file), lengths[at])
      const surplus = lengths.filter((length, at) => length > (before[at] ?? 0)).length
      const reader = await inLog('read', async (log) => ({ head: toHex(log.head), aside: log.setAside }))
      expect(reader.head).toBe(isCommitted ? headAfter : headBefore)
      await inLog('write', async (log) => {
        expect(log.setAside.length).toBe(isCommitted ? 0 : surplus)
        for (const { kept, bytes } of log.setAside)
          expect(statSync(join(folder, kept ?? expect.fail('not kept'))).size).toBe(bytes)
        expect((await checkCustodyLog(log, nodeSmallDigest)).problems).toEqual([])
        await append(log, ['and on'])
      })
      const check = await inLog('read', (log) => checkCustodyLog(log, nodeSmallDigest))
      expect(check).toMatchObject({ events: isCommitted ? 5 : 3, problems: [] })
    }
    rmSync(copy, { recursive: true })
  })

  it('says of bytes that were acknowledged and are gone that the log is damaged, and changes nothing', async () => {
    await inLog('write', (log) => append(log, ['A']))
    const path = join(folder, 'custody.jsonl')
    const bytes = readFileSync(path)
    truncateSync(path, bytes.length - 1)
    await expect(inLog('write', async () => {})).rejects.toThrow('damaged')
    expect(statSync(path).size).toBe(bytes.length - 1)
    writeFileSync(
      path,
      Uint8Array.from(bytes, (octet, at) => (at === bytes.length - 20 ? octet ^ 1 : octet)),
    )
    await expect(inLog('read', async () => {})).rejects.toThrow('damaged')
    expect(readdirSync(folder).some((name) => name.startsWith('lock-'))).toBe(false)
  })

  it.each([
    ['custody.jsonl', '"salt":"', 'malformed'],
    ['custody-openings.jsonl', '"opening":"', 'opening'],
    ['items-openings.jsonl', '"opening":"', 'opening'],
  ])('tells where %s was altered', async (file, member, code) => {
    await inLog('write', (log) => append(log, ['A', 'B']))
    const path = join(folder, file)
    const text = readFileSync(path, 'utf8')
    const at = text.indexOf(member) + member.length
    writeFileSync(path, `${text.slice(0, at)}${text[at] === 'W' ? 'X' : 'W'}${text.slice(at + 1)}`)
    const { problems } = await inLog('read', (log) => checkCustodyLog(log, nodeSmallDigest))
    // A salt that is not hex is still a line with another digest: the next line does not name it.
    expect(problems.length).toBeGreaterThan(0)
    if (code === 'opening') expect(problems[0]).toMatchObject({ code, seq: 0 })
    else expect(problems[0]).toMatchObject({ code: 'prev', seq: 1 })
  })
})

describe('the lock of a custody log', () => {
  it('lets one writer in, and the next one when it is released', async () => {
    await inLog('write', async () => {
      await expect(CustodyLogFolder.open(folder, 'write', 0)).rejects.toThrow('already writes')
      await inLog('read', async (log) => expect(log.events).toBe(1))
    })
    await inLog('write', (log) => append(log, ['next']))
  })

  it('steps back before another process that runs, whoever it is', async () => {
    // Process 1 always runs; that it was started at another time cannot be known without its start in the name.
    const name = `lock-1--${hostname().replace(/[^A-Za-z0-9.-]/g, '')}`
    writeFileSync(join(folder, name), '')
    await expect(CustodyLogFolder.open(folder, 'write', 0)).rejects.toThrow('process 1')
    expect(readdirSync(folder).filter((each) => each.startsWith('lock-'))).toEqual([name])
  })

  it('never removes the lock of another computer', async () => {
    writeFileSync(join(folder, 'lock-999999999--another.example'), '')
    await expect(lockLog(folder, 0)).rejects.toThrow('another.example')
  })

  it('removes the lock of a process that is gone, and says so', async () => {
    const name = `lock-999999999--${hostname().replace(/[^A-Za-z0-9.-]/g, '')}`
    writeFileSync(join(folder, name), '')
    await inLog('write', async (log) => expect(log.staleLocks).toEqual([name]))
    expect(readdirSync(folder).some((each) => each.startsWith('lock-'))).toBe(false)
  })

  it('is not taken by an open that fails', async () => {
    mkdirSync(join(folder, 'set-aside'))
    writeFileSync(join(folder, 'commits.jsonl'), 'nothing\n')
    await expect(CustodyLogFolder.open(folder, 'write', 0)).rejects.toThrow('damaged')
    expect(readdirSync(folder).some((each) => each.startsWith('lock-'))).toBe(false)
  })
})
