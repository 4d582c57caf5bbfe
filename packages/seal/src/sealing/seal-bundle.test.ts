// Needs: openssl.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  encodeUtf8,
  fromBase64Url,
  ITEM_TYPE,
  layoutRole,
  lineDigest,
  MANDATORY_FILES,
  merkleRoot,
  toBase64,
  toBase64Url,
  toHex,
} from '@probatum/core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../../tools/testing/judgement.ts'
import { testPlace } from '../../../../tools/testing/place.ts'
import { demonstrationAuthority } from '../demonstration/demonstration.ts'
import { type SealedSample, sealSample } from '../demonstration/seal-sample.ts'
import { digestOf, smallDigest } from '../digest.ts'
import { certificatePem } from '../keys/pem.ts'
import { seededRandom } from '../random.ts'
import { TimeStampError } from '../time-stamps/time-stamp-error.ts'
import { fileOf, memorySink } from './bundle-sink.ts'
import { type PayloadFile, type SealInput, sealBundle } from './seal-bundle.ts'
import { payloadPath } from './tag-files.ts'

const now = instant('2026-03-14T09:12:00Z')
const random = () => seededRandom('tests')

const { place: folder } = testPlace('bundle')

function put(root: string, files: ReadonlyMap<string, Uint8Array>): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), bytes)
  }
}

const text = (files: ReadonlyMap<string, Uint8Array>, path: string) =>
  Buffer.from(files.get(path) ?? expect.fail(`no ${path}`)).toString('utf8')
const lines = (files: ReadonlyMap<string, Uint8Array>, path: string) =>
  text(files, path)
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))

/** Every stock command of the format over a bundle in a folder: which of them accept. */
function stockTools(root: string, long: boolean) {
  const run = (program: string, ...args: string[]) =>
    spawnSync(program, args, { cwd: root, encoding: 'utf8' }).status === 0
  const manifests = (long ? ['256', '512'] : ['256']).map((bits) => [
    run(`sha${bits}sum`, '--strict', '-c', `tagmanifest-sha${bits}.txt`),
    run(`sha${bits}sum`, '--strict', '-c', `manifest-sha${bits}.txt`),
  ])
  const seals = (long ? ['256', '512'] : ['256']).map((bits) => {
    const covered = `tagmanifest-sha${bits}.txt`
    const signature = `seal/1/${covered}.p7s`
    return [
      run(
        'openssl',
        ...['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', signature, '-content', covered],
        ...['-CAfile', '../signer-roots.pem', '-no-CApath', '-no-CAstore', '-purpose', 'any'],
        ...['-attime', '1773480000', '-out', '/dev/null'],
      ),
      run(
        'openssl',
        ...['ts', '-verify', '-in', `${signature}.demonstration.tsr`, '-data', signature],
        ...['-CAfile', '../tsa-roots.pem', '-attime', '1773480000'],
      ),
    ]
  })
  return [...manifests.flat(), ...seals.flat()]
}

describe.each([
  ['ecdsa-p256', false],
  ['ecdsa-p256', true],
  ['rsa-2048', true],
] as const)('the sealed sample (%s, long term: %s)', (algorithm, longTerm) => {
  let sample: SealedSample
  const name = `${algorithm}-${longTerm}`
  const root = join(folder, name, 'bundle')
  beforeAll(async () => {
    sample = await sealSample({ now, random: random(), algorithm, longTerm })
    put(root, sample.files)
    writeFileSync(join(root, '../signer-roots.pem'), certificatePem(sample.authority.roots.signer))
    writeFileSync(join(root, '../tsa-roots.pem'), certificatePem(sample.authority.roots.timeStampAuthority))
  })

  it('is accepted by sha256sum and by OpenSSL', () => {
    expect(stockTools(root, longTerm)).toEqual(Array(longTerm ? 8 : 4).fill(true))
  })

  it.each([
    ['data/00/000001.txt', 1],
    ['manifest-sha256.txt', 0],
    ['tagmanifest-sha256.txt', 2],
    ['seal/1/tagmanifest-sha256.txt.p7s', -1],
    ['seal/1/tagmanifest-sha256.txt.p7s.demonstration.tsr', -1],
  ] as const)('is refused by them with a flipped byte in %s', (path, which) => {
    const bytes = Uint8Array.from(sample.files.get(path) ?? [])
    const at = (which + bytes.length) % bytes.length
    bytes[at] = (bytes[at] ?? 0) ^ 1
    put(root, new Map([[path, bytes]]))
    expect(stockTools(root, longTerm)).toContain(false)
    put(root, new Map([[path, sample.files.get(path) ?? bytes]]))
    expect(stockTools(root, longTerm)).not.toContain(false)
  })

  it('has every mandatory file, and no file that the format has no place for', () => {
    for (const path of MANDATORY_FILES) expect(sample.files.has(path), path).toBe(true)
    for (const path of sample.files.keys()) expect(layoutRole(path), path).toBeDefined()
    expect(sample.files.has('manifest-sha512.txt')).toBe(longTerm)
  })

  it('is the same bytes each time', async () => {
    const again = await sealSample({ now, random: random(), algorithm, longTerm })
    expect([...again.files]).toEqual([...sample.files])
    expect(again.trustSet).toEqual(sample.trustSet)
  })

  it('has a trust set that says it is a sample, and none of its bytes inside', () => {
    expect(JSON.parse(Buffer.from(sample.trustSet).toString())).toMatchObject({ sample: true })
    expect(text(sample.files, 'record/bundle.json')).toContain('"sample":true')
  })
})

describe('the records of a sealed bundle', () => {
  let files: ReadonlyMap<string, Uint8Array>
  let sample: SealedSample
  beforeAll(async () => {
    sample = await sealSample({ now, random: random() })
    files = sample.files
  })

  it('fit into 32 KiB with the rest of the sample', () => {
    const size = [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0)
    expect(size).toBeLessThanOrEqual(32_768)
  })

  it('open every field of the items, each in the slot of its name', () => {
    const items = lines(files, 'record/items.jsonl')
    const openings = lines(files, 'record/disclosures.jsonl').filter(({ file }) => file === 'items.jsonl')
    const opened = items.map(() => ({}) as { path?: string; sha256?: string; size?: number })
    for (const { seq, field, opening } of openings) {
      const [, name, value] = JSON.parse(Buffer.from(fromBase64Url(opening) ?? []).toString())
      expect(name).toBe(field)
      const slot = items[seq].sd[(ITEM_TYPE.slots as readonly string[]).indexOf(field)]
      expect(slot).toBe(toBase64Url(digestOf('sha256', encodeUtf8(opening))))
      Object.assign(opened[seq] ?? {}, { [field]: value })
    }
    const manifest = text(files, 'manifest-sha256.txt')
    for (const item of opened) {
      expect(manifest).toContain(`${item.sha256}  ${item.path}\n`)
      expect(files.get(String(item.path))?.length).toBe(item.size)
      expect(Object.keys(item).sort()).toEqual(['description', 'mediaType', 'originalName', 'path', 'sha256', 'size'])
    }
    for (const { sd } of items) expect(sd.length).toBe(ITEM_TYPE.slots.length)
  })

  it('chain the events from the log’s start to this export, whose own fields stay closed', () => {
    const events = lines(files, 'record/custody.jsonl')
    expect(events.map(({ type }) => type)).toEqual(['log-start', 'ingestion', 'export'])
    expect(events[0].prev).toBe('0'.repeat(64))
    const custody = text(files, 'record/custody.jsonl').split('\n')
    for (let k = 1; k < events.length; k++)
      expect(events[k].prev).toBe(toHex(lineDigest(encodeUtf8(custody[k - 1] ?? ''), smallDigest)))
    const custodyOpenings = lines(files, 'record/disclosures.jsonl').filter(({ file }) => file === 'custody.jsonl')
    expect(custodyOpenings.some(({ seq }) => seq === 2)).toBe(false)
    expect(sample.outcome.keptOpenings.map(({ seq, field }) => [seq, field])).toEqual([
      [2, 'agent'],
      [2, 'recipient'],
      [2, 'time'],
    ])
    expect(events[2].authorisation).toBe(
      toHex(digestOf('sha256', files.get('record/authorisation.json') ?? new Uint8Array(0))),
    )
  })

  it('order the openings by file, position and field', () => {
    const keys = lines(files, 'record/disclosures.jsonl').map(
      ({ file, seq, field }) => `${file} ${String(seq).padStart(6, '0')} ${field}`,
    )
    expect(keys).toEqual([...keys].sort())
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('stand under a checkpoint with the root over all lines, which the key of the log signs', () => {
    const checkpoint = text(files, 'record/checkpoint')
    const [origin, size, root, empty, signature = ''] = checkpoint.split('\n')
    const digests = text(files, 'record/custody.jsonl')
      .split('\n')
      .slice(0, -1)
      .map((line) => lineDigest(encodeUtf8(line), smallDigest))
    expect([origin, size, root, empty]).toEqual([
      sample.authority.log.origin,
      '3',
      toBase64(merkleRoot(digests, smallDigest)),
      '',
    ])
    const bytes = Buffer.from(signature.split(' ')[2] ?? '', 'base64')
    put(join(folder, 'note'), new Map([['signature', bytes.subarray(4)]]))
    put(join(folder, 'note'), new Map([['text', encodeUtf8(`${origin}\n${size}\n${root}\n`)]]))
    put(join(folder, 'note'), new Map([['key', sample.authority.log.key.spki]]))
    const verify = spawnSync(
      'openssl',
      [
        'pkeyutl',
        '-verify',
        '-pubin',
        '-keyform',
        'DER',
        '-inkey',
        'key',
        '-rawin',
        '-in',
        'text',
        '-sigfile',
        'signature',
      ],
      { cwd: join(folder, 'note') },
    )
    expect(verify.status).toBe(0)
    expect(sample.authority.log.verifierKey.startsWith(`${origin}+${toHex(bytes.subarray(0, 4))}+`)).toBe(true)
  })
})

describe('sealBundle', () => {
  const seal = async (
    change: Partial<SealInput>,
    files: readonly PayloadFile[] = [{ name: 'a', ...fileOf(encodeUtf8('a')) }],
  ) => {
    const authority = await demonstrationAuthority({ now, random: random() })
    const sink = memorySink()
    const outcome = await sealBundle({
      files,
      sink,
      now,
      random: random(),
      issuer: 'Example Mechanism (sample)',
      recipient: null,
      externalIdentifier: 'test',
      longTerm: false,
      sample: true,
      signer: authority.signer,
      timeStampAuthorities: [],
      log: authority.log,
      softwareAgent: 'probatum',
      ...change,
    })
    return { files: sink.files, outcome }
  }

  it('keeps names that are not NFC as their octets, and none in a path', async () => {
    const names = ['straße.JPG', 'e\u0301.txt', Uint8Array.of(0x66, 0xff, 0x2e, 0x61), 'a/../b', '100%.t x', '.hidden']
    const { files } = await seal(
      {},
      names.map((name) => ({ name, ...fileOf(encodeUtf8('a')) })),
    )
    const values = lines(files, 'record/disclosures.jsonl')
      .filter(({ field }) => field === 'originalName')
      .map(({ opening }) => JSON.parse(Buffer.from(fromBase64Url(opening) ?? []).toString())[2])
    expect(values).toEqual([
      'straße.JPG',
      { base64: toBase64(encodeUtf8('e\u0301.txt')) },
      { base64: toBase64(Uint8Array.of(0x66, 0xff, 0x2e, 0x61)) },
      'a/../b',
      '100%.t x',
      '.hidden',
    ])
    expect([...files.keys()].filter((path) => path.startsWith('data/')).sort()).toEqual([
      'data/00/000001.jpg',
      'data/00/000002.txt',
      'data/00/000003',
      'data/00/000004',
      'data/00/000005',
      'data/00/000006',
    ])
  })

  it('makes paths of the format from any name and position', () => {
    fc.assert(
      fc.property(fc.nat(30_000_000), fc.option(fc.string(), { nil: undefined }), (seq, name) => {
        expect(layoutRole(payloadPath(seq, name))).toEqual({ role: 'payload' })
      }),
    )
    expect(payloadPath(9_999, 'x')).toBe('data/00/010000')
    expect(payloadPath(10_000, 'x')).toBe('data/01/010001')
  })

  it('digests in pieces what the platform would digest whole', async () => {
    const bytes = Uint8Array.from({ length: 10_000 }, (_, i) => i % 251)
    const file: PayloadFile = {
      name: 'pieces.bin',
      size: bytes.length,
      async *open() {
        for (let at = 0; at < bytes.length; at += 777) yield bytes.subarray(at, at + 777)
      },
    }
    const { files } = await seal({}, [file])
    expect(text(files, 'manifest-sha256.txt')).toBe(`${toHex(digestOf('sha256', bytes))}  data/00/000001.bin\n`)
    expect(text(files, 'bag-info.txt')).toContain('Payload-Oxum: 10000.1\n')
  })

  it('rejects a file that is longer or shorter than it said', async () => {
    await expect(seal({}, [{ name: 'a', ...fileOf(encodeUtf8('ab')), size: 1 }])).rejects.toThrow(RangeError)
    await expect(seal({}, [{ name: 'a', ...fileOf(encodeUtf8('ab')), size: 3 }])).rejects.toThrow(RangeError)
  })

  describe('with several authorities', () => {
    const silent = (label: string) => ({
      label,
      subject: `CN=${label}`,
      stamp: () => Promise.reject(new TimeStampError('timeout', 'invented')),
    })
    const later = { label: 'later', subject: 'CN=later', stamp: null }
    const good = async (label: string) =>
      (await demonstrationAuthority({ now, random: seededRandom(label), label })).timeStampAuthority

    it('keeps what came, names what did not, and declares the threshold and those asked later', async () => {
      const timeStampAuthorities = [silent('a'), await good('b'), later, await good('c')]
      const { files, outcome } = await seal({ timeStampAuthorities, timeStampThreshold: 2 })
      const tokens = [...files.keys()].filter((path) => path.endsWith('.tsr'))
      expect(tokens).toEqual(['b', 'c'].map((label) => `seal/1/tagmanifest-sha256.txt.p7s.${label}.tsr`))
      expect(outcome.missingTimeStamps.map(({ label, error }) => [label, error?.reason ?? null])).toEqual([
        ['a', 'timeout'],
        ['later', null],
      ])
      const record = JSON.parse(text(files, 'record/bundle.json'))
      expect(record.seal[0].timestamps).toBe(3)
      expect(record.authorities.map(({ label }: { label: string }) => label)).toEqual(['a', 'b', 'later', 'c'])
    })

    it('rejects when fewer answered, naming each that did not', async () => {
      const timeStampAuthorities = [silent('a'), await good('b'), silent('c')]
      await expect(seal({ timeStampAuthorities, timeStampThreshold: 2 })).rejects.toMatchObject({
        name: 'TimeStampError',
        problems: [{ detail: 'a: invented' }, { detail: 'c: invented' }],
      })
      // All of them, unless something else is said.
      await expect(seal({ timeStampAuthorities: timeStampAuthorities.slice(0, 2) })).rejects.toThrow(TimeStampError)
    })

    it('takes no defect of the program for an authority that is missing', async () => {
      const defect = { ...silent('a'), stamp: () => Promise.reject(new RangeError('defect')) }
      const timeStampAuthorities = [defect, await good('b')]
      await expect(seal({ timeStampAuthorities, timeStampThreshold: 1 })).rejects.toThrow(RangeError)
    })

    it.each([0, 3, 1.5, Number.NaN])('has no threshold of %s among two', async (timeStampThreshold) => {
      const timeStampAuthorities = [silent('a'), silent('b')]
      await expect(seal({ timeStampAuthorities, timeStampThreshold })).rejects.toThrow(TypeError)
    })
  })

  it('refuses the caller’s mistakes before anything is written', async () => {
    const authority = await demonstrationAuthority({ now, random: random() })
    const other = await demonstrationAuthority({ now, random: seededRandom('other') })
    const tsa = authority.timeStampAuthority
    const mistakes: Partial<SealInput>[] = [
      { issuer: '' },
      { issuer: 'a\nb' },
      { recipient: '\ud800' },
      { externalIdentifier: 'a\nFetch: b' },
      { softwareAgent: ' ' },
      { timeStampAuthorities: [{ ...tsa, label: '../x' }] },
      { timeStampAuthorities: [tsa, tsa] },
      { signer: { key: authority.signer.key, certificates: [] } },
      { signer: { key: authority.signer.key, certificates: other.signer.certificates } },
    ]
    for (const mistake of mistakes) {
      const sink = memorySink()
      await expect(seal({ ...mistake, sink }), JSON.stringify(mistake)).rejects.toThrow(TypeError)
      expect(sink.files.size).toBe(0)
    }
    await expect(seal({}, [])).rejects.toThrow('nothing to seal')
  })
})
