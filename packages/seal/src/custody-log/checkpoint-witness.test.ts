import { canonicalText, encodeUtf8, type Instant, parseNoteVerifierKey, signedTextOf, toHex } from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { smallDigest } from '../digest.ts'
import { sampleEd25519Key } from '../keys/signing-key.ts'
import { seededRandom } from '../random.ts'
import { type LogKey, logKey, makeCheckpoint } from './checkpoint.ts'
import {
  cosignatureLine,
  cosigned,
  judgeWitnessRequest,
  readWitnessRequest,
  type Witness,
  type WitnessKey,
  type WitnessRequest,
  witnessKey,
  writeWitnessRequest,
} from './checkpoint-witness.ts'
import { LogTree } from './custody-log-tree.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const ORIGIN = 'sample.example/witnessed'
let log: LogKey
let stranger: LogKey
let witness: WitnessKey
beforeAll(async () => {
  const keyOf = (name: string) => sampleEd25519Key(seededRandom(name)(32))
  log = logKey(ORIGIN, await keyOf('log'))
  stranger = logKey(ORIGIN, await keyOf('stranger'))
  witness = witnessKey('witness.example/1', await keyOf('witness'))
})

function treeOf(size: number, seed = 'tree'): LogTree {
  const tree = new LogTree(smallDigest)
  const random = seededRandom(seed)
  for (let line = 0; line < size; line++) tree.append(random(32))
  return tree
}

async function requestFor(oldSize: number, size: number, seed = 'tree', signer = log): Promise<WitnessRequest> {
  const tree = treeOf(size, seed)
  const note = await makeCheckpoint(signer, size, tree.root())
  return { oldSize, proof: oldSize === 0 ? [] : tree.consistencyPath(oldSize), note }
}

const known = (size: number) => ({
  origin: ORIGIN,
  verifierKey: log.verifierKey,
  size,
  root: size === 0 ? '' : toHex(treeOf(size).root()),
})

describe('a witness', () => {
  it('takes what continues the head that it knows, at every pair of sizes', async () => {
    for (let size = 1; size <= 20; size++)
      for (let oldSize = 0; oldSize <= size; oldSize++) {
        const answer = await judgeWitnessRequest(await requestFor(oldSize, size), known(oldSize), ports)
        expect(answer, `${oldSize} to ${size}`).toMatchObject({ answer: 'consistent', log: known(size) })
      }
  })

  it('refuses another history of any size', async () => {
    for (let size = 1; size <= 12; size++)
      for (let oldSize = 1; oldSize <= size; oldSize++) {
        const answer = await judgeWitnessRequest(await requestFor(oldSize, size, 'another'), known(oldSize), ports)
        expect(answer, `${oldSize} to ${size}`).toEqual({ answer: 'refused', reason: 'inconsistent' })
      }
  })

  it('says from where it wants the proof, and refuses fewer lines, another log and another key', async () => {
    expect(await judgeWitnessRequest(await requestFor(3, 9), known(5), ports)).toEqual({
      answer: 'other-size',
      size: 5,
    })
    const fewer = { ...(await requestFor(0, 4)), oldSize: 5 }
    expect(await judgeWitnessRequest(fewer, known(5), ports)).toEqual({ answer: 'refused', reason: 'smaller' })
    const forged = await requestFor(5, 9, 'tree', stranger)
    expect(await judgeWitnessRequest(forged, known(5), ports)).toEqual({ answer: 'refused', reason: 'signature' })
    const other = { ...known(5), origin: 'other.example', verifierKey: log.verifierKey }
    expect(await judgeWitnessRequest(await requestFor(5, 9), other, ports)).toEqual({
      answer: 'refused',
      reason: 'other-log',
    })
    const broken = { ...(await requestFor(5, 9)), note: encodeUtf8('no note\n') }
    expect(await judgeWitnessRequest(broken, known(5), ports)).toEqual({ answer: 'refused', reason: 'malformed' })
  })

  it('signs a line that its verifier key verifies, as C2SP tlog-cosignature says', async () => {
    const { note } = await requestFor(0, 3)
    const text = signedTextOf(note)
    const line = await cosignatureLine(witness, text, 1_700_000_000)
    const [, name, base64 = ''] = /^— (\S+) (\S+)\n$/.exec(line) ?? []
    expect(name).toBe('witness.example/1')
    const bytes = Buffer.from(base64, 'base64')
    const key = parseNoteVerifierKey(witness.verifierKey, smallDigest) ?? expect.fail('no key')
    expect(key.type).toBe('cosignature/v1')
    expect([bytes.subarray(0, 4).toString('hex'), bytes.readBigUInt64BE(4)]).toEqual([key.hash, 1_700_000_000n])
    const message = Buffer.concat([Buffer.from('cosignature/v1\ntime 1700000000\n'), text])
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.publicKey])
    const verify = { algorithm: { scheme: 'ed25519' as const }, publicKey: new Uint8Array(spki) }
    const outcome = (signed: Buffer) =>
      ports.signatures.verify({
        ...verify,
        message: new Uint8Array(signed),
        signature: new Uint8Array(bytes.subarray(12)),
      })
    expect(await outcome(message)).toBe('valid')
    expect(await outcome(Buffer.from(text))).toBe('invalid')
  })
})

describe('a request', () => {
  it('is read as it was written', async () => {
    for (const [oldSize, size] of [
      [0, 1],
      [1, 2],
      [7, 200],
    ] as const) {
      const request = await requestFor(oldSize, size)
      const read = readWitnessRequest(writeWitnessRequest(request))
      expect(read && { ...read, proof: read.proof.map(toHex) }).toEqual({ ...request, proof: request.proof.map(toHex) })
    }
  })

  it('of any other bytes is none, and nothing is thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = readWitnessRequest(bytes)
        if (read !== undefined) expect(toHex(writeWitnessRequest(read))).toBe(toHex(bytes))
      }),
    )
    for (const text of [
      '',
      'old 01\n\nx',
      'old -1\n\nx',
      'old 1\nAAAA\n\nx',
      'new 1\n\nx',
      'old 99999999999999999\n\nx',
    ])
      expect(readWitnessRequest(encodeUtf8(text)), text).toBeUndefined()
  })
})

describe('a cosigned checkpoint', () => {
  type Answer = { lines: string } | { size: number }
  type Maker = (note: Uint8Array) => Promise<Answer> | Answer
  const MADE: Instant = { epochSeconds: 1_700_000_000, fraction: '' }
  const now = { epochSeconds: MADE.epochSeconds + 60, fraction: '' }
  let second: WitnessKey
  let sameName: WitnessKey
  beforeAll(async () => {
    second = witnessKey('witness.example/2', await sampleEd25519Key(seededRandom('second witness')(32)))
    sameName = witnessKey('witness.example/1', await sampleEd25519Key(seededRandom('same name')(32)))
  })

  const gives = (answers: readonly Maker[], by = witness): Witness => {
    let at = 0
    return {
      label: 'sample',
      key: parseNoteVerifierKey(by.verifierKey, smallDigest) ?? expect.fail('no key'),
      cosign: async (request) => {
        const { note } = readWitnessRequest(request) ?? expect.fail('no request')
        return (await answers[at++]?.(note)) ?? { lines: '' }
      },
    }
  }
  const asking = (...asked: Witness[]) => ({ asked, signatures: ports.signatures, clock: () => now })
  const by =
    (key: () => WitnessKey, time = MADE.epochSeconds): Maker =>
    async (note) => ({ lines: await cosignatureLine(key(), signedTextOf(note), time) })
  const size =
    (size: number): Maker =>
    () => ({ size })
  const says =
    (lines: string): Maker =>
    () => ({ lines })
  const altered: Maker = async (note) => {
    const line = await cosignatureLine(witness, signedTextOf(note), MADE.epochSeconds)
    const [dash, name, base64 = ''] = line.trimEnd().split(' ')
    const bytes = Buffer.from(base64, 'base64')
    bytes[75] = (bytes[75] ?? 0) ^ 1
    return { lines: `${dash} ${name} ${bytes.toString('base64')}\n` }
  }
  const overAnother: Maker = async () => by(() => witness)((await requestFor(0, 8)).note)
  const twice: Maker = async (note) => {
    const line = await cosignatureLine(witness, signedTextOf(note), MADE.epochSeconds)
    return { lines: line + line }
  }
  const withAnother: Maker = async (note) => {
    const text = signedTextOf(note)
    const own = await cosignatureLine(witness, text, MADE.epochSeconds)
    return { lines: own + (await cosignatureLine(second, text, MADE.epochSeconds)) }
  }

  it('has one line of each witness behind the log’s own', async () => {
    const { note } = await requestFor(0, 9)
    const both = asking(gives([by(() => witness)]), gives([size(4), by(() => second)], second))
    const signed = await cosigned(note, both, treeOf(9), 0, MADE)
    const text = new TextDecoder().decode(signed)
    expect(text.startsWith(new TextDecoder().decode(note))).toBe(true)
    expect(text.match(/^— \S+/gm)).toEqual([`— ${ORIGIN}`, '— witness.example/1', '— witness.example/2'])
    expect(await cosigned(note, undefined, treeOf(9), 0, MADE)).toEqual(note)
  })

  it.each<[string, readonly Maker[], RegExp]>([
    ['no line', [says('\n')], /gave no cosignature/],
    ['something else', [says(canonicalText({ error: 'busy' }))], /is no cosignature/],
    ['a signature of another length', [says(`— a ${Buffer.alloc(68).toString('base64')}\n`)], /is no cosignature/],
    ['the log’s own name', [says(`— ${ORIGIN} ${Buffer.alloc(76).toString('base64')}\n`)], /signed already/],
    ['one name twice', [twice], /signed already/],
    ['a size beyond the log', [size(10)], /cosigned 10 lines/],
    ['another size each time', [size(3), size(4)], /another size each time/],
    ['a signature in which one bit differs', [altered], /does not hold/],
    ['a cosignature over another checkpoint', [overAnother], /does not hold/],
    ['a cosignature under another key of its name', [by(() => sameName)], /not as witness.example\/1 with key/],
    ['a cosignature under another name', [by(() => second)], /as witness.example\/2 with key/],
    ['a second line beside its own', [withAnother], /as witness.example\/2 with key/],
    ['a time before the checkpoint', [by(() => witness, MADE.epochSeconds - 301)], /before the checkpoint was made/],
    ['a time that has not come', [by(() => witness, now.epochSeconds + 301)], /later than now/],
    ['a time beyond all calendars', [by(() => witness, 2 ** 52)], /9999-12-31T23:59:59Z, which is later than now/],
  ])('is refused when a witness gives %s', async (_what, answers, detail) => {
    const { note } = await requestFor(0, 9)
    await expect(cosigned(note, asking(gives(answers)), treeOf(9), 0, MADE)).rejects.toThrow(detail)
  })

  it('takes a clock that is a few minutes away', async () => {
    const { note } = await requestFor(0, 9)
    for (const time of [MADE.epochSeconds - 300, now.epochSeconds + 300])
      expect(await cosigned(note, asking(gives([by(() => witness, time)])), treeOf(9), 0, MADE)).not.toEqual(note)
  })
})
