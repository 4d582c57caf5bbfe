import { concatBytes, establishBundleFacts, judge, PLAIN_INPUTS, SHIPPED_POLICIES } from '@probatum/core'
import { nodePorts, nodeSmallDigest } from '@probatum/platform/node'
import { afterAll, describe, expect, it } from 'vitest'
import { instant } from '../../../../tools/testing/judgement.ts'
import { memorySource } from '../../../../tools/testing/memory-source.ts'
import { demonstrationAuthority } from '../demonstration/demonstration.ts'
import { digestOf } from '../digest.ts'
import { seededRandom } from '../random.ts'
import { type BundleSink, fileOf, wholeOf } from './bundle-sink.ts'
import { PayloadDiffers, type PayloadStore } from './payload-store.ts'
import { type PayloadFile, type SealInput, sealBundle } from './seal-bundle.ts'

const now = instant('2026-03-14T09:12:00Z')

const ports = nodePorts({ jobs: 1 })
afterAll(() => ports.close())

const text = (words: string) => fileOf(new TextEncoder().encode(words))
const FILES: readonly PayloadFile[] = [
  { name: 'a.txt', ...text('INVENTED SAMPLE a\n') },
  {
    name: 'a, faces blurred.txt',
    ...text('INVENTED SAMPLE\n'),
    copyOf: { seq: 0, method: 'blurred', ground: 'privacy' },
  },
  {
    name: 'b.txt',
    ...text('INVENTED SAMPLE b\n'),
    acquisition: { time: '2026-01-02T03:04:05Z', note: 'source reference: S' },
  },
]

/** Keeps payload in memory, and what is written apart from what is read again. */
function store(
  sink: BundleSink,
  damage: (path: string, bytes: Uint8Array) => Uint8Array = (_, bytes) => bytes,
): PayloadStore {
  const kept = new Map<string, Uint8Array>()
  const digests = (bytes: Uint8Array) => ({
    sha256: Buffer.from(digestOf('sha256', bytes)).toString('hex'),
    sha512: Buffer.from(digestOf('sha512', bytes)).toString('hex'),
  })
  return {
    async *write(copies) {
      for (const { path, file } of [...copies].reverse()) {
        const bytes = await wholeOf(file.open())
        kept.set(path, damage(path, bytes))
        await sink.write(path, bytes)
        yield { path, size: bytes.length, digests: digests(bytes) }
      }
    },
    async *readBack(files) {
      for (const { path } of files) {
        const bytes = kept.get(path) ?? expect.fail(`not written: ${path}`)
        yield { path, size: bytes.length, digests: digests(bytes) }
      }
    },
  }
}

async function input(sink: BundleSink, more: Partial<SealInput> = {}): Promise<SealInput> {
  const random = seededRandom('steps')
  const authority = await demonstrationAuthority({ now: now ?? expect.fail(), random })
  return {
    files: FILES,
    sink,
    now: now ?? expect.fail(),
    random,
    issuer: 'Example Mechanism (sample)',
    recipient: null,
    externalIdentifier: 'Example case 1 (sample)',
    longTerm: true,
    sample: true,
    signer: authority.signer,
    timeStampAuthorities: [authority.timeStampAuthority],
    log: authority.log,
    softwareAgent: 'probatum',
    ...more,
  }
}

/** Every state that a folder can be left in: a beginning of the writes, the last of them whole or cut off. */
async function states() {
  const writes: [string, Uint8Array][] = []
  const sink: BundleSink = {
    async write(path, content) {
      writes.push([path, await wholeOf(content)])
    },
  }
  await sealBundle(await input(sink, { payloadStore: store(sink) }))
  return writes
}

async function judged(files: ReadonlyMap<string, Uint8Array>, policy: (typeof SHIPPED_POLICIES)[number]) {
  const bundle = { digests: 'all', name: 'half', bytes: null } as const
  const { factsFile } = await establishBundleFacts(memorySource(files), ports, bundle)
  const judgement = {
    policy,
    policySha256: '00'.repeat(32),
    trustSet: null,
    validationTime: now ?? expect.fail(),
    inputs: PLAIN_INPUTS,
  }
  return (await judge(factsFile, judgement, ports)).body
}

describe('a bundle that is half written', () => {
  it('never verifies as whole, at whatever step and octet it was left', async () => {
    const writes = await states()
    const shipped = SHIPPED_POLICIES.filter(({ id }) => id === 'fixity' || id === 'sealed')
    expect(shipped).toHaveLength(2)
    const seen = new Map<string, Uint8Array>()
    let tried = 0
    for (const [path, bytes] of writes) {
      const cuts = bytes.length === 0 ? [] : [0, Math.floor(bytes.length / 2), bytes.length - 1]
      for (const state of [seen, ...cuts.map((cut) => new Map([...seen, [path, bytes.subarray(0, cut)]]))]) {
        if (state.size === 0) continue
        for (const policy of shipped) {
          let indication: string
          try {
            indication = (await judged(state, policy)).assessment.indication
          } catch (error) {
            // No bag at all: that is said, and there is no report.
            indication = error instanceof Error ? error.name : 'thrown'
          }
          expect(indication, `${policy.id} before ${path}`).not.toBe('TOTAL-PASSED')
          tried += 1
        }
      }
      seen.set(path, bytes)
    }
    expect(tried).toBeGreaterThan(100)
    const whole = await judged(seen, shipped.find(({ id }) => id === 'fixity') ?? expect.fail('no policy'))
    expect(whole.assessment.indication).toBe('TOTAL-PASSED')
  })
})

describe('payload that goes through a store', () => {
  it('is read again before anything is signed, and the log says so; acquisitions and copies stand in it', async () => {
    const sink = new Map<string, Uint8Array>()
    const into: BundleSink = {
      async write(path, content) {
        sink.set(path, await wholeOf(content))
      },
    }
    await sealBundle(await input(into, { payloadStore: store(into), smallDigest: nodeSmallDigest }))
    const lines = (path: string) =>
      Buffer.from(sink.get(path) ?? [])
        .toString('utf8')
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line))
    expect(lines('record/custody.jsonl').map(({ type }) => type)).toEqual([
      'log-start',
      'acquisition',
      'ingestion',
      'fixity-check',
      'export',
    ])
    const opened = lines('record/disclosures.jsonl').map(({ file, seq, opening }) => {
      const [, field, value] = JSON.parse(Buffer.from(opening, 'base64url').toString('utf8'))
      return [file, seq, field, value]
    })
    expect(opened).toContainEqual(['custody.jsonl', 1, 'objects', [[2, 2]]])
    expect(opened).toContainEqual([
      'custody.jsonl',
      3,
      'note',
      'read again after writing: 3 files, 52 bytes, sha256 and sha512',
    ])
    const begun = opened.filter(([file, seq, field]) => file === 'custody.jsonl' && seq === 0 && field === 'time')
    expect(begun).toEqual([['custody.jsonl', 0, 'time', '2026-03-14T09:12:00Z']])
    const line = Buffer.from(digestOf('sha256', Buffer.from(JSON.stringify(lines('record/items.jsonl')[0])))).toString(
      'hex',
    )
    expect(opened).toContainEqual(['items.jsonl', 1, 'copyOf', { line, seq: 0 }])
    const { findings } = await judged(
      sink,
      SHIPPED_POLICIES.find(({ id }) => id === 'sealed') ?? expect.fail('no policy'),
    )
    expect(findings.filter(({ value }) => value === 'FAILED')).toEqual([])
    expect(findings.find(({ id }) => id === 'custody.time')?.value).toBe('PASSED')
    expect(findings.find(({ id }) => id === 'disclosure.copies')?.value).toBe('PASSED')
  })

  it('is not sealed when it reads otherwise than it was written: every such file is named', async () => {
    const written: string[] = []
    const sink: BundleSink = {
      async write(path, content) {
        await wholeOf(content)
        written.push(path)
      },
    }
    const damaged = store(sink, (path, bytes) =>
      path.includes('000002')
        ? concatBytes(bytes, bytes)
        : path.includes('000003')
          ? bytes.map((octet) => octet ^ 1)
          : bytes,
    )
    const error = await sealBundle(await input(sink, { payloadStore: damaged })).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(PayloadDiffers)
    const { when, differences } = error as PayloadDiffers
    expect(when).toBe('read-again')
    expect(new Set(differences.map(({ path, what }) => `${path} ${what}`))).toEqual(
      new Set([
        'data/00/000002.txt size',
        ...['sha256', 'sha512'].flatMap((what) => [`data/00/000002.txt ${what}`, `data/00/000003.txt ${what}`]),
      ]),
    )
    expect(written.filter((path) => !path.startsWith('data/'))).toEqual([])
  })

  it('is not sealed when it is not what somebody stated of it: every such file is named', async () => {
    const sink: BundleSink = { write: async (_, content) => void (await wholeOf(content)) }
    const sha256 = '00'.repeat(32)
    const files = FILES.map((file, at) => (at === 1 ? file : { ...file, expected: { sha256 } }))
    const error = await sealBundle(await input(sink, { files, payloadStore: store(sink) })).catch((e: unknown) => e)
    expect((error as PayloadDiffers).differences.map(({ name }) => name).sort()).toEqual(['a.txt', 'b.txt'])
  })
})
