import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE } from '../../../tools/build.mjs'
import { killWriters } from '../../../tools/long/custody-kills.ts'
import { placeHere } from '../../../tools/testing/place-here.ts'
import { runProbatum } from '../../../tools/testing/started.ts'

const { place, at, read, probatum: here } = placeHere('custody')

const probatum = async (args: readonly string[], input?: string | Uint8Array) =>
  input === undefined ? here(...args) : runProbatum(args, { cwd: place, input })

const NAMES = ['Zeugin Beispiel (sample)', 'Hans Muster (sample)']
const POLICY = { disclosurePolicy: 'probatum/disclosure-policy/1-draft', recipient: null }
const write = (name: string, value: unknown) => writeFileSync(at(name), JSON.stringify(value))

beforeAll(async () => {
  mkdirSync(at('photos'))
  for (const letter of 'abc') writeFileSync(at(`photos/${letter} (sample).txt`), `INVENTED SAMPLE ${letter}\n`)
  mkdirSync(at('copies'))
  writeFileSync(at('copies/blurred.txt'), 'INVENTED SAMPLE, blurred\n')
}, 120_000)

describe('a custody log on the command line', () => {
  it('begins with a key that stays outside, and appends what it acknowledges', async () => {
    expect((await probatum(['custody', 'init', 'log', '--log-key', 'key.pem'])).err).toContain('or add --new-key')
    const init = ['custody', 'init', 'log', '--log-key', 'key.pem', '--new-key', '--origin', 'sample.example/1']
    expect((await probatum([...init, '--case-id', 'Invented case 7'])).code).toBe(0)
    expect(read('key.pem')).toContain('BEGIN PRIVATE KEY')
    const secret = read('key.pem').split('\n')[1] ?? expect.fail('no key')
    for (const name of readdirSync(at('log'))) expect(read(join('log', name))).not.toContain(secret)
    expect((await probatum(init)).code).toBe(2)

    const fields = ['--field', `agent=${NAMES[0]}`, '--field', `receiver=${NAMES[1]}`, '--field', 'place=River Road']
    const transfer = ['custody', 'append', 'log', '--type', 'transfer']
    const without = [
      [[], 'agent (who gave it), receiver (who took it), objects (positions of the items), or a note on what it was'],
      [fields, 'objects (positions of the items), or a note on what it was'],
      [[...fields.slice(2), '--field', 'agent= ', '--field', 'note=x'], 'agent (who gave it)'],
    ] as const
    for (const [given, missing] of without) {
      const refused = await probatum([...transfer, ...given])
      expect(refused.code).toBe(2)
      expect(refused.err).toContain(
        `This cannot be added: without a value for ${missing} a transfer says nothing. Nothing`,
      )
    }
    const one = await probatum([...transfer, ...fields, '--field', 'note=a disk (sample)'])
    expect(one).toMatchObject({ code: 0, err: '' })
    const ack = JSON.parse(one.out)
    const line = read('log/custody.jsonl').split('\n')[1] ?? ''
    expect(ack).toEqual({ file: 'custody.jsonl', line: createHash('sha256').update(line).digest('hex'), seq: 1 })
  })

  it('takes a batch up to the line that is wrong, and says which that is', async () => {
    const event = (agent: string) => `${JSON.stringify({ type: 'access', fields: { agent } })}\n`
    const batch = await probatum(
      ['custody', 'append', 'log', '--batch'],
      `${event('A B')}${event('C D')}{"type":"export","fields":{}}\n${event('E F')}`,
    )
    expect(batch.code).toBe(4)
    expect(
      batch.out
        .trimEnd()
        .split('\n')
        .map((ack) => JSON.parse(ack).seq),
    ).toEqual([2, 3])
    expect(batch.err).toContain('Line 3')
    const wrong = [
      ['{"type":"access","fields":{"time":"yesterday"}}', 'time'],
      ['{"type":"access","fields":{"objects":[[0,0]]}}', 'objects'],
      ['{"type":"access","fields":{"nickname":"x"}}', 'nickname'],
      ['{"type":"access","type":"access","fields":{}}', 'Line 1'],
      ['{"type":"access","fields":{"note":"\\ud800"}}', 'Line 1'],
      ['{"type":"item","fields":{"size":1}}', 'sha256'],
    ] as const
    for (const [text, said] of wrong) {
      const { code, out, err } = await probatum(['custody', 'append', 'log', '--batch'], `${text}\n`)
      expect([code, out]).toEqual([4, ''])
      expect(err).toContain(said)
    }
    expect((await probatum(['custody', 'verify', 'log'])).code).toBe(0)
  })

  it('lets one writer at a time in', async () => {
    const child = spawn(process.execPath, [BUNDLE, 'custody', 'append', 'log', '--batch'], {
      cwd: place,
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    child.stdin.write('{"type":"access","fields":{"agent":"First writer"}}\n')
    await new Promise((resolve) => child.stdout.once('data', resolve))
    // Serialised: it waits until the first one has ended.
    const second = new Promise<string>((resolve) => {
      const other = spawn(
        process.execPath,
        [BUNDLE, 'custody', 'append', 'log', '--type', 'access', '--field', 'agent=Second writer'],
        { cwd: place },
      )
      let out = ''
      other.stdout.on('data', (text) => {
        out += text
      })
      other.on('close', () => resolve(out))
    })
    child.stdin.end('{"type":"access","fields":{"agent":"First writer again"}}\n')
    expect(JSON.parse(await second).seq).toBe(6)
    expect((await probatum(['custody', 'verify', 'log'])).code).toBe(0)
  })

  it('shows no value unless it is asked to', async () => {
    const shown = await probatum(['custody', 'show', 'log'])
    expect(shown.out).toContain('receiver')
    for (const name of NAMES) expect(shown.out).not.toContain(name)
    const opened = await probatum(['custody', 'show', 'log', '--show-opened', '--lines', '1'])
    expect(opened.err).toContain('CONFIDENTIAL')
    for (const name of NAMES) expect(opened.out).toContain(name)
  })

  it('is sealed over, redacted for two recipients in one run, and opened later', async () => {
    const signing = [
      '--log',
      'log',
      '--log-key',
      'key.pem',
      '--demo-authority',
      '--issuer',
      'Example Mechanism (sample)',
    ]
    expect(await probatum(['seal', 'photos', '-o', 'master', ...signing])).toMatchObject({ code: 0 })
    const copy = ['--copy-of', '0', '--copy-method', 'faces covered', '--copy-ground', 'witness-protection']
    expect((await probatum(['custody', 'append', 'log', '--item', 'copies/blurred.txt', ...copy])).code).toBe(0)
    write('one.json', {
      ...POLICY,
      identifier: 'One',
      events: [{ types: ['transfer'], fields: ['place'] }],
      items: [{ seq: [1, 3], payload: true, fields: ['copyOf', 'copyGround'] }],
      grounds: [{ file: 'items.jsonl', seq: [0], ground: 'witness-protection' }],
    })
    write('two.json', { ...POLICY, identifier: 'Two', items: [{ all: true, payload: true, fields: ['*'] }] })
    const redacted = await probatum([
      'redact',
      'master',
      ...signing,
      '--policy',
      'one.json',
      '--policy',
      'two.json',
      '--files',
      'copies',
      '-o',
      'out',
    ])
    expect(redacted.err).toBe('')
    expect(redacted.code).toBe(0)
    const trust = ['--trust-set', 'out/INTERNAL-demonstration.trust-set.json']
    for (const name of ['one', 'two']) expect((await probatum(['verify', `out/${name}`, ...trust])).code).toBe(0)
    expect(readdirSync(at('out/one/data/00'))).toEqual(['000002.txt', '000004.txt'])
    const sizes = ['one', 'two'].map((name) => Number(read(`out/${name}/record/checkpoint`).split('\n')[1]))
    expect(sizes[1]).toBe((sizes[0] ?? 0) + 1)
    const matrix = read('out/INTERNAL-disclosure-matrix.csv')
    expect(matrix).toContain('items.jsonl,0,item,payload,redacted copy: item 3,opened')
    for (const name of NAMES) expect(matrix).not.toContain(name)
    expect(JSON.parse(read('out/INTERNAL-disclosure-matrix.json')).internal).toBe(true)

    const places = ['--open', 'custody.jsonl:1:agent', '--open', 'items.jsonl:0:originalName']
    const asked = await probatum(['disclose', 'out/one', '--log', 'log', ...places, '-o', 'later.jsonl'])
    expect(asked.code).toBe(2)
    const later = await probatum(['disclose', 'out/one', '--log', 'log', ...places, '-o', 'later.jsonl', '--yes'])
    expect(later.code).toBe(0)
    expect(later.err).toContain('custody.jsonl 1 (transfer): agent')
    expect(later.err + later.out).not.toContain(NAMES[0])
    const lines = read('later.jsonl')
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text))
    expect(lines.map(({ file, seq, field }) => [file, seq, field])).toEqual([
      ['custody.jsonl', 1, 'agent'],
      ['items.jsonl', 0, undefined],
      ['items.jsonl', 0, 'originalName'],
    ])
    const stub = JSON.parse(read('out/one/record/items.jsonl').split('\n')[0] ?? '')
    expect(createHash('sha256').update(lines[1].line).digest('hex')).toBe(stub.withheld)
  }, 120_000)

  it('refuses a bundle in which a withheld name stands, says where but not what, and leaves nothing', async () => {
    writeFileSync(at('copies/letter.txt'), `INVENTED SAMPLE\nsigned ${NAMES[0]?.toUpperCase()}\n`)
    expect((await probatum(['custody', 'append', 'log', '--item', 'copies/letter.txt'])).code).toBe(0)
    write('leak.json', { ...POLICY, identifier: 'Leak', items: [{ seq: [4], payload: true, fields: [] }] })
    const before = readdirSync(place)
    const refused = await probatum([
      'redact',
      'master',
      '--log',
      'log',
      '--log-key',
      'key.pem',
      '--demo-authority',
      '--policy',
      'leak.json',
      '--files',
      'copies',
      '-o',
      'none',
    ])
    expect(refused.code).toBe(4)
    expect(refused.err).toContain('custody.jsonl 1 agent: in data/00/000005.txt at byte 23 (text)')
    expect(refused.err.toLowerCase()).not.toContain('zeugin')
    expect(readdirSync(place)).toEqual(before)
  })

  it('names a field that there is not, whatever it is called', async () => {
    const { code, err } = await probatum(['custody', 'append', 'log', '--type', 'transfer', '--field', 'constructor=x'])
    expect(code).toBe(2)
    expect(err).toContain('there is no field constructor here, only time, agent, instrument')
    const wrong = await probatum(['custody', 'append', 'log', '--type', 'access', '--field', 'time=yesterday'])
    expect(wrong.err).toContain('the value of time is not a time such as 2026-03-02T09:00:00Z')
    const nothing = await probatum(['custody', 'append', 'log', '--type', 'consent-withdrawal'])
    expect(nothing.err).toContain('objects (the items whose source withdrew consent)')
  })

  it('lets no bundle be called as what is not to be sent, and adds no export to the log then', async () => {
    write('INTERNAL-disclosure-matrix.csv.json', { ...POLICY, identifier: 'Three' })
    const before = read('log/custody.jsonl')
    const signing = ['--log', 'log', '--log-key', 'key.pem', '--demo-authority']
    const refused = await probatum([
      'redact',
      'master',
      ...signing,
      '--policy',
      'INTERNAL-disclosure-matrix.csv.json',
      '-o',
      'no',
    ])
    expect(refused.code).toBe(2)
    expect(read('log/custody.jsonl')).toBe(before)
  })

  it('keeps what it acknowledged when it is killed', async () => {
    expect(await killWriters(5, () => {})).toEqual({ cases: 5, failures: [] })
  }, 120_000)
})
