import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE } from '../../../tools/build.mjs'
import { placeHere } from '../../../tools/testing/place-here.ts'
import { runProbatum } from '../../../tools/testing/started.ts'

const { place, at, read, probatum: here, apart } = placeHere('keys')

const probatum = async (args: readonly string[], input?: string | Uint8Array) =>
  input === undefined ? here(...args) : runProbatum(args, { cwd: place, input })

const SIGNING = ['--demo-authority', '--issuer', 'Example Mechanism (sample)']
/** Apart where a witness is asked: it writes to the same standard error. */
const seal = (out: string, key: string, ...more: string[]) =>
  (more.includes('--witness') ? apart : here)(
    ...['seal', 'photos', '-o', out, '--log', 'log', '--log-key', key, ...SIGNING, ...more],
  )
const lines = () => read('log/custody.jsonl').trimEnd().split('\n')
const lastEvent = () => JSON.parse(lines().at(-1) ?? '')
const SELF = `"${process.execPath}" "${BUNDLE}"`

/** The demonstration's trust set with these keys of role log. */
function trustSetWith(from: string, to: string, keys: readonly string[]): void {
  const set = JSON.parse(read(from))
  const anchors = set.anchors.filter(({ role }: { role: string }) => role !== 'log')
  const added = keys.map((verifierKey, at) => ({ label: `key ${at}`, role: 'log', source: 'invented', verifierKey }))
  // Canonical JSON: members in order, at every level.
  const sorted = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sorted)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([k, v]) => [k, sorted(v)]),
          )
        : value
  writeFileSync(at(to), JSON.stringify(sorted({ ...set, anchors: [...anchors, ...added] })))
}

async function findingsOf(bundle: string, trustSet: string): Promise<Record<string, string>> {
  const { out } = await probatum(['verify', bundle, '--trust-set', trustSet, '--policy', 'court', '--json'])
  const found = JSON.parse(out).body.findings as { id: string; value: string; reason?: string }[]
  return Object.fromEntries(
    found.map(({ id, value, reason }) => [id, reason === undefined ? value : `${value}:${reason}`]),
  )
}

const verifierKeys: Record<string, string> = {}

beforeAll(async () => {
  mkdirSync(at('photos'))
  for (const letter of 'ab') writeFileSync(at(`photos/${letter} (sample).txt`), `INVENTED SAMPLE ${letter}\n`)
  const init = await probatum([
    'custody',
    'init',
    'log',
    '--log-key',
    'first.pem',
    '--new-key',
    '--origin',
    'sample.example/keys',
  ])
  verifierKeys.first = /verifier key {2}(\S+)/.exec(init.out)?.[1] ?? expect.fail(init.err)
}, 120_000)

describe('a witness', () => {
  it('prints the verifier key that a trust set needs', async () => {
    const { code, out } = await probatum([
      'custody',
      'cosign',
      '--witness-key',
      'witness.pem',
      '--new-key',
      '--name',
      'witness.example/1',
    ])
    expect(code).toBe(0)
    verifierKeys.witness = out.trim()
    expect(verifierKeys.witness).toMatch(/^witness\.example\/1\+[0-9a-f]{8}\+B[A-P]/)
  })

  const witness = (...more: string[]) =>
    [SELF, 'custody cosign - --witness-key witness.pem --name witness.example/1 --state state.json', ...more].join(' ')

  const asking = (command: string, key = verifierKeys.witness ?? '') => [
    '--witness',
    command,
    '--witness-verifier',
    key,
  ]

  it('is not asked without the key that recipients have of it', async () => {
    const before = lines().length
    for (const [given, said] of [
      [['--witness', witness()], 'There are 1 of --witness and 0 of --witness-verifier'],
      [asking(witness(), verifierKeys.first), 'is no verifier key of a witness'],
      [asking(witness(), `${verifierKeys.witness}A`), 'is no verifier key of a witness'],
    ] as const) {
      const refused = await seal('none', 'first.pem', ...given)
      expect(refused.code).toBe(2)
      expect(refused.err).toContain(said)
    }
    expect(lines()).toHaveLength(before)
  })

  it('does not cosign a log whose key nobody told it', async () => {
    const refused = await seal('none', 'first.pem', ...asking(witness()))
    expect(refused.code).toBe(4)
    expect(refused.err).toContain('A witness did not cosign')
    const last = lines().length - 1
    expect(refused.err).toContain(`Event ${last} (export) was written to the log; no bundle exists for it.`)
    expect(lastEvent().type).toBe('export')
    expect(readdirSync(place).filter((name) => name.startsWith('none') || name.startsWith('.none'))).toEqual([])
  })

  it('cosigns a log, and one that continues it, whatever size it remembers', async () => {
    expect(await seal('one', 'first.pem', ...asking(witness('--log', `"${verifierKeys.first}"`)))).toMatchObject({
      code: 0,
    })
    // An export that the witness did not see is between: it says from where it wants the proof.
    expect(await seal('unseen', 'first.pem')).toMatchObject({ code: 0 })
    expect(await seal('two', 'first.pem', ...asking(witness()))).toMatchObject({ code: 0 })
    expect(read('two/record/checkpoint').match(/^— \S+/gm)).toEqual(['— sample.example/keys', '— witness.example/1'])
    trustSetWith('two.trust-set.json', 'set.json', [verifierKeys.first ?? '', verifierKeys.witness ?? ''])
    expect(await findingsOf('two', 'set.json')).toMatchObject({ 'log.witnesses': 'PASSED', 'log.checkpoint': 'PASSED' })
    trustSetWith('two.trust-set.json', 'set.json', [verifierKeys.first ?? ''])
    expect(await findingsOf('two', 'set.json')).toMatchObject({ 'log.witnesses': 'NOT-CHECKED:unknown' })
  }, 60_000)

  it('refuses a history that was rewritten', async () => {
    // What the witness remembers is another history of the same length.
    const state = JSON.parse(read('state.json'))
    writeFileSync(at('state.json'), JSON.stringify({ ...state, logs: [{ ...state.logs[0], root: 'ab'.repeat(32) }] }))
    const refused = await seal('rewritten', 'first.pem', ...asking(witness()))
    expect(refused.code).toBe(4)
    expect(refused.err).toContain('the log was rewritten')
    writeFileSync(at('state.json'), JSON.stringify(state))
  })

  it('refuses what is no request, and two runs at once', async () => {
    const cosign = [
      'custody',
      'cosign',
      '-',
      '--witness-key',
      'witness.pem',
      '--name',
      'witness.example/1',
      '--state',
      'state.json',
    ]
    expect(await probatum(cosign, 'old x\n\n')).toMatchObject({ code: 4 })
    writeFileSync(at('state.json.lock'), '')
    const note = read('two/record/checkpoint')
    const held = await probatum(cosign, `old 0\n\n${note}`)
    expect(held.code).toBe(4)
    expect(held.err).toContain('Another run')
    rmSync(at('state.json.lock'))
    const other = await probatum(cosign, `old 0\n\n${note}`)
    expect([other.code, other.out]).toEqual([3, `${note.split('\n')[1]}\n`])
    const forged = note.replace(/^— sample\.example\/keys \S{8}/m, (line) => `${line.slice(0, -1)}A`)
    expect(forged).not.toBe(note)
    expect(await probatum(cosign, `old ${note.split('\n')[1]}\n\n${forged}`)).toMatchObject({ code: 1, out: '' })
  })

  it('whose cosignature is under another key than recipients have is in no bundle', async () => {
    const another = ['custody', 'cosign', '--witness-key', 'another.pem', '--new-key', '--name', 'witness.example/1']
    const { out } = await probatum(another)
    const refused = await seal('forged', 'first.pem', ...asking(witness(), out.trim()))
    expect(refused.code).toBe(4)
    expect(refused.err).toContain('it signed as witness.example/1 with key')
    expect(refused.err).toContain('No bundle was made')
    expect(readdirSync(place).filter((name) => name.includes('forged'))).toEqual([])
  })
})

describe('a change of the log’s key', () => {
  const change = ['custody', 'change-key', 'log']

  it('is signed by the key before, and by no other one', async () => {
    const before = read('log/custody.jsonl')
    expect(await probatum([...change, '--to', 'second.pem', '--new-key'])).toMatchObject({ code: 2 })
    expect(await probatum([...change, '--log-key', 'witness.pem', '--to', 'second.pem', '--new-key'])).toMatchObject({
      code: 4,
    })
    expect(await probatum([...change, '--log-key', 'first.pem', '--to', 'first.pem'])).toMatchObject({ code: 4 })
    expect(read('log/custody.jsonl')).toBe(before)
    const changed = await probatum([
      ...change,
      '--log-key',
      'first.pem',
      '--to',
      'second.pem',
      '--new-key',
      '--note',
      'yearly',
    ])
    expect(changed).toMatchObject({ code: 0, err: '' })
    verifierKeys.second = /verifier key {2}(\S+)/.exec(changed.out)?.[1] ?? expect.fail()
    expect(lastEvent()).toMatchObject({ type: 'log-key-change', signedBy: 'old-key', verifierKey: verifierKeys.second })
    expect(await probatum(['custody', 'verify', 'log'])).toMatchObject({ code: 0 })
  })

  it('makes the old key useless for exports', async () => {
    const refused = await seal('old', 'first.pem')
    expect(refused.code).toBe(4)
    expect(refused.err).toContain('The key of this log was changed')
  })

  it('is judged in bundles: good under both keys, open without the old one, wrong when another signed', async () => {
    expect(await seal('three', 'second.pem')).toMatchObject({ code: 0 })
    trustSetWith('three.trust-set.json', 'set.json', [verifierKeys.first ?? '', verifierKeys.second ?? ''])
    const good = { 'log.key-change': 'PASSED', 'log.key': 'PASSED', 'log.checkpoint': 'PASSED' }
    expect(await findingsOf('three', 'set.json')).toMatchObject(good)
    trustSetWith('three.trust-set.json', 'set.json', [verifierKeys.second ?? ''])
    expect(await findingsOf('three', 'set.json')).toMatchObject({
      ...good,
      'log.key-change': 'INDETERMINATE:key-missing',
    })
  })

  it('can be signed by an anchor where the key was lost, and never goes back', async () => {
    const back = await probatum([...change, '--log-key', 'second.pem', '--to', 'first.pem'])
    expect(back.code).toBe(4)
    expect(back.err).toContain('has or had')
    const init = await probatum([
      'custody',
      'init',
      'rescue',
      '--log-key',
      'anchor.pem',
      '--new-key',
      '--origin',
      'anchor.example',
    ])
    const elsewhere = /verifier key {2}(\S+)/.exec(init.out)?.[1] ?? expect.fail()
    const changed = await probatum([...change, '--anchor-key', 'anchor.pem', '--to', 'third.pem', '--new-key'])
    expect(changed.code).toBe(0)
    // The same key, under the name of this log: under that of another it has no say.
    const anchor = /^ {2}(sample\.example\/keys\+\S+)$/m.exec(changed.out)?.[1] ?? expect.fail(changed.out)
    const third = /verifier key {2}(\S+)/.exec(changed.out)?.[1] ?? expect.fail()
    expect(await seal('four', 'third.pem')).toMatchObject({ code: 0 })
    const keys = [verifierKeys.first ?? '', third]
    trustSetWith('four.trust-set.json', 'set.json', [...keys, anchor])
    expect(await findingsOf('four', 'set.json')).toMatchObject({ 'log.key-change': 'PASSED', 'log.key': 'PASSED' })
    for (const known of [keys, [...keys, elsewhere]]) {
      trustSetWith('four.trust-set.json', 'set.json', known)
      expect(await findingsOf('four', 'set.json')).toMatchObject({ 'log.key-change': 'INDETERMINATE:key-missing' })
    }
    expect(await probatum(['custody', 'verify', 'log'])).toMatchObject({ code: 0 })
  })

  it('that is altered on the disk is found', async () => {
    const changeAt = lines().findIndex((line) => line.includes('log-key-change'))
    const altered = lines().map((line, seq) =>
      seq === changeAt ? line.replace(/"signature":"../, '"signature":"AA') : line,
    )
    cpSync(at('log'), at('altered'), { recursive: true })
    writeFileSync(at('altered/custody.jsonl'), altered.map((line) => `${line}\n`).join(''))
    const found = await probatum(['custody', 'verify', 'altered'])
    expect(found.code).toBe(1)
    expect(found.out).toContain(`custody.jsonl ${changeAt}: the key before did not sign the new one`)
  })
})

describe('a log', () => {
  it('takes files of equal bytes as items of their own, each once', async () => {
    mkdirSync(at('equal'))
    for (const name of ['x', 'y', 'z']) writeFileSync(at(`equal/${name}.txt`), 'INVENTED SAMPLE, the same\n')
    const sealed = await probatum(['seal', 'equal', '-o', 'five', '--log', 'log', '--log-key', 'third.pem', ...SIGNING])
    expect(sealed).toMatchObject({ code: 0 })
    expect(sealed.out).toContain('(3 new items)')
    const again = await probatum(['seal', 'equal', '-o', 'six', '--log', 'log', '--log-key', 'third.pem', ...SIGNING])
    expect(again.out).toContain('(0 new items)')
    const found = await findingsOf('six', 'six.trust-set.json')
    expect(found['disclosure.payload']).toBe('PASSED')
    expect(readdirSync(at('six/data/00'))).toEqual(readdirSync(at('five/data/00')))
  })
})

describe('redact', () => {
  const policy = (name: string) =>
    writeFileSync(
      at(`${name}.json`),
      JSON.stringify({
        disclosurePolicy: 'probatum/disclosure-policy/1-draft',
        recipient: null,
        identifier: name,
        items: [{ all: true, payload: true, fields: [] }],
      }),
    )
  const redact = (...more: string[]) =>
    probatum([
      ...['redact', 'six', '--log', 'log', '--log-key', 'third.pem', ...SIGNING],
      ...['--policy', 'red.json', '--policy', 'blue.json', '--files', 'photos', '-o', 'out', ...more],
    ])
  const left = () => readdirSync(place).filter((name) => name.includes('out'))

  it('that fails before the first export leaves the log as it was', async () => {
    for (const name of ['red', 'blue']) policy(name)
    const before = read('log/custody.jsonl')
    rmSync(at('photos/a (sample).txt'))
    expect((await redact()).err).toContain('is not at hand')
    expect(read('log/custody.jsonl')).toBe(before)
    writeFileSync(at('photos/a (sample).txt'), 'INVENTED SAMPLE a\n')
    expect(left()).toEqual([])
  })

  it('that fails later names each export event that has no bundle', async () => {
    const first = lines().length
    const failed = await redact('--witness', 'exit 1', '--witness-verifier', verifierKeys.witness ?? '')
    expect(failed.code).toBe(4)
    expect(failed.err).toContain(`Event ${first} (export) was written to the log; no bundle exists for it.`)
    expect(left()).toEqual([])
    expect((await redact()).code).toBe(0)
    // One event without a bundle, one for each of the two.
    expect(lines().length).toBe(first + 3)
    expect(await probatum(['custody', 'verify', 'log'])).toMatchObject({ code: 0 })
    for (const name of ['red', 'blue'])
      expect(
        (await probatum(['verify', `out/${name}`, '--trust-set', 'out/INTERNAL-demonstration.trust-set.json'])).code,
      ).toBe(0)
  }, 60_000)

  it('does not take a number in a payload path for the name of a file', async () => {
    mkdirSync(at('numbers'))
    for (const name of ['1', '2']) writeFileSync(at(`numbers/${name}.txt`), `INVENTED SAMPLE, number ${name}\n`)
    expect((await seal('seven', 'third.pem')).code).toBe(0)
    const all = ['seal', 'numbers', '-o', 'eight', '--log', 'log', '--log-key', 'third.pem', ...SIGNING]
    expect(await probatum(all)).toMatchObject({ code: 0 })
    const numbers = lines()
    expect(numbers.length).toBeGreaterThan(3)
    const more = ['--policy', 'red.json', '--files', 'photos', '--files', 'equal', '-o', 'numbered']
    const made = await probatum(['redact', 'eight', '--log', 'log', '--log-key', 'third.pem', ...SIGNING, ...more])
    expect(made, made.err).toMatchObject({ code: 0 })
    // Where the name itself stands, it is found.
    writeFileSync(at('numbers/2.txt'), 'INVENTED SAMPLE, called 1.txt before\n')
    expect(await probatum(all.with(3, 'nine'))).toMatchObject({ code: 0 })
    const leak = [
      '--policy',
      'red.json',
      '--files',
      'photos',
      '--files',
      'equal',
      '--files',
      'eight/data/00',
      '-o',
      'leak',
    ]
    const refused = await probatum(['redact', 'nine', '--log', 'log', '--log-key', 'third.pem', ...SIGNING, ...leak])
    expect(refused.code).toBe(4)
    expect(refused.err).toContain('originalName: in data/')
  }, 60_000)
})
