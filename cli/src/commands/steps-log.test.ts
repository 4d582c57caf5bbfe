// Needs: openssl, sh.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { probatumPlace } from '../../../tools/testing/place.ts'
import { runSteps } from '../../../tools/testing/started.ts'

const { at, read, probatum: ended, newFolder } = probatumPlace('steps-log')

function probatum(...args: readonly string[]): string {
  const { code, out, err } = ended(...args)
  expect(code, `${args.join(' ')}\n${err}`).toBe(0)
  return out
}

const trust = ['--trust-set', 'out/INTERNAL-demonstration.trust-set.json']

/** Runs the steps for a bundle in an empty folder. */
function run(bundle: string, shell: string, given: readonly string[] = trust) {
  const folder = newFolder('run')
  return runSteps(folder, probatum('steps', at(bundle), ...given), shell)
}

beforeAll(async () => {
  mkdirSync(at('files'))
  for (const letter of 'abc') writeFileSync(at(`files/${letter} (sample).txt`), `INVENTED SAMPLE ${letter}\n`)
  const key = ['--log-key', 'key.pem']
  probatum('custody', 'init', 'log', ...key, '--new-key', '--origin', 'sample.example/steps')
  for (const type of ['transfer', 'access', 'analysis'])
    probatum(
      'custody',
      'append',
      'log',
      '--type',
      type,
      '--field',
      'agent=Müller, \\n "Example" (sample)',
      '--field',
      'note=$(x)',
      ...(type === 'transfer' ? ['--field', 'receiver=Example Receiver (sample)'] : []),
    )
  const signing = ['--log', 'log', ...key, '--demo-authority', '--issuer', 'Example Mechanism (sample)']
  probatum('seal', 'files', '-o', 'master', ...signing)
  const policy = {
    disclosurePolicy: 'probatum/disclosure-policy/1-draft',
    recipient: null,
    identifier: 'Steps',
    events: [{ types: ['transfer', 'analysis'], fields: ['agent', 'note'] }],
    items: [{ seq: [0, 2], payload: true, fields: ['originalName'] }],
  }
  writeFileSync(at('policy.json'), JSON.stringify(policy))
  probatum('redact', 'master', ...signing, '--policy', 'policy.json', '-o', 'out')
}, 180_000)

describe('the steps for a custody log', () => {
  it('hold for a whole and for a redacted bundle, in sh and in bash', () => {
    expect(read('out/policy/record/custody.jsonl')).toContain('"withheld":')
    expect(read('out/policy/record/items.jsonl')).toContain('"withheld":')
    for (const shell of ['sh', 'bash']) {
      const { code, out } = run('out/policy', shell)
      expect(out).toContain('Signature Verified Successfully')
      expect(out).not.toContain('expected')
      expect(code).toBe(0)
    }
    expect(run('master', 'sh', ['--trust-set', 'master.trust-set.json']).code).toBe(0)
  })

  it('say that the signature of the log was not checked when nobody gave its key', () => {
    const { out } = run('out/policy', 'sh', [])
    expect(out).toContain('log-key.pem is not here')
    expect(out).not.toContain('expected')
  })

  it('are not made from what the bundle says', () => {
    const steps = probatum('steps', at('out/policy'))
    for (const text of [...read('out/policy/record/disclosures.jsonl').matchAll(/"opening":"([^"]*)"/g)].map(
      (one) => one[1] ?? '',
    ))
      expect(steps).not.toContain(text)
    expect(steps).not.toContain('sample.example/steps')
  })

  const edit = (file: string, change: (lines: string[]) => string[]) => (folder: string) =>
    writeFileSync(at(join(folder, file)), change(read(join(folder, file)).split('\n')).join('\n'))
  const inLine = (index: number, change: (line: string) => string) => (lines: string[]) =>
    lines.with(index, change(lines.at(index) ?? ''))
  const salt = (line: string) => line.replace(/"salt":"(.)/, (_, digit) => `"salt":"${digit === '0' ? '1' : '0'}`)
  const opening = (line: string) =>
    line.replace(
      /"opening":"(....)./,
      (_, head) => `"opening":"${head}${line.includes(`"opening":"${head}x`) ? 'y' : 'x'}`,
    )

  it.each([
    ['a changed event', edit('record/custody.jsonl', inLine(1, salt)), /^custody\.jsonl line 3 prev|^root: /m],
    [
      'an event left out',
      edit('record/custody.jsonl', (lines) => lines.toSpliced(3, 1)),
      /^custody\.jsonl line 4 prev: .*\n.*\n?size: |^size: /m,
    ],
    [
      'two events exchanged',
      edit('record/custody.jsonl', (lines) => lines.with(1, lines[3] ?? '').with(3, lines[1] ?? '')),
      /^custody\.jsonl line 2 prev: /m,
    ],
    [
      'another withheld event',
      edit(
        'record/custody.jsonl',
        inLine(2, (line) => line.replace(/withheld":"(.)/, (_, one) => `withheld":"${one === '0' ? '1' : '0'}`)),
      ),
      /^custody\.jsonl line 4 prev: [\s\S]*^root: /m,
    ],
    ['a changed item', edit('record/items.jsonl', inLine(0, salt)), /^item root: /m],
    ['an item left out', edit('record/items.jsonl', (lines) => lines.toSpliced(1, 1)), /^items: expected 3, found 2/m],
    [
      'another root',
      edit(
        'record/checkpoint',
        inLine(2, (line) => `${line.startsWith('A') ? 'B' : 'A'}${line.slice(1)}`),
      ),
      /^root: [\s\S]*Signature Verification Failure/m,
    ],
    [
      'another signature',
      edit(
        'record/checkpoint',
        inLine(4, (line) => line.slice(0, -8) + (line.at(-8) === 'A' ? 'B' : 'A') + line.slice(-7)),
      ),
      /Signature Verification Failure/,
    ],
    [
      'a changed opening',
      edit('record/disclosures.jsonl', inLine(0, opening)),
      /^custody\.jsonl line 2 agent: expected /m,
    ],
    [
      'an opening under another name',
      edit(
        'record/disclosures.jsonl',
        inLine(0, (line) => line.replace('"field":"agent"', '"field":"place"')),
      ),
      /^custody\.jsonl line 2 place: expected [\s\S]*opens another name/m,
    ],
    [
      'an opening of another line',
      edit(
        'record/disclosures.jsonl',
        inLine(0, (line) => line.replace('"seq":1', '"seq":3')),
      ),
      /^custody\.jsonl line 4 agent: expected /m,
    ],
  ] as const)('find %s', (label, damage, said) => {
    const folder = `twin-${label.replaceAll(' ', '-')}`
    cpSync(at('out/policy'), at(folder), { recursive: true })
    damage(folder)
    expect(ended('verify', folder, ...trust).code).toBe(1)
    const { code, out } = run(folder, 'sh')
    expect(out).toMatch(said)
    expect(code).toBe(1)
  })

  it('check a file of later openings, whole lines included, and refuse it with another value', () => {
    const places = ['custody.jsonl:2:agent', 'custody.jsonl:3:note', 'items.jsonl:1:size', 'items.jsonl:1:originalName']
    const open = places.flatMap((one) => ['--open', one])
    probatum('disclose', 'out/policy', '--log', 'log', ...open, '-o', 'later.jsonl', '--yes')
    expect(read('later.jsonl').match(/"line":/g)).toHaveLength(2)
    const later = ['--disclosures', at('later.jsonl')]
    const good = run('out/policy', 'sh', [...trust, ...later])
    expect(good.out).not.toContain('expected')
    expect(good.code).toBe(0)
    for (const value of ['Example', 'sample)', '$(x)']) expect(good.out).not.toContain(value)
    const swap = (text: string) =>
      text.replace(/("opening":"....)(.)/, (_, head, one) => head + (one === 'x' ? 'y' : 'x'))
    for (const [label, edit, said] of [
      ['place', (text: string) => text.replace('"seq":2}', '"seq":1}'), /^custody\.jsonl line 2: expected /m],
      [
        'salt',
        (text: string) => text.replace('\\"salt\\":\\"', '\\"salt\\":\\"0'),
        /^custody\.jsonl line 3: expected /m,
      ],
      ['value', swap, /^custody\.jsonl line 3 agent: expected /m],
    ] as const) {
      const changed = edit(read('later.jsonl'))
      expect(changed, label).not.toBe(read('later.jsonl'))
      writeFileSync(at(`later-${label}.jsonl`), changed)
      const { code, out } = run('out/policy', 'sh', [...trust, '--disclosures', at(`later-${label}.jsonl`)])
      expect(out, label).toMatch(said)
      expect(code).toBe(1)
    }
  })

  it('stand with each finding that a line of them checks again, when a report is explained', () => {
    probatum('verify', 'out/policy', ...trust, '--save', 'report.json')
    const explained = probatum('explain', 'report.json')
    const commands = [...explained.matchAll(/^ +By hand: (.*)$/gm)].map((one) => one[1] ?? '')
    const command = commands.find((one) => one.includes('pkeyutl')) ?? expect.fail(explained)
    const folder = newFolder('explain')
    cpSync(at('out/policy'), folder, { recursive: true })
    const pem = /-----BEGIN PUBLIC KEY-----\n[^-]*-----END PUBLIC KEY-----/.exec(
      probatum('steps', at('out/policy'), ...trust),
    )
    writeFileSync(join(folder, 'log-key.pem'), `${pem?.[0]}\n`)
    const verified = spawnSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })
    expect(verified.stdout).toContain('Signature Verified Successfully')
    const digests = commands.find((one) => one.includes('custody.jsonl')) ?? expect.fail(explained)
    const { stdout } = spawnSync('sh', ['-c', digests], { cwd: folder, encoding: 'utf8' })
    const second = JSON.parse(read('out/policy/record/custody.jsonl').split('\n')[1] ?? '')
    expect(stdout.split('\n')[0]?.slice(0, 64)).toBe(second.prev)
    expect(commands.some((one) => one.includes('"$opening"'))).toBe(true)
  })

  it('exist for PowerShell, over the same names and checks', () => {
    const steps = probatum('steps', at('out/policy'), '--shell', 'powershell', ...trust, '--disclosures', 'a b.jsonl')
    for (const part of [
      "Same 'item root'",
      "Same 'size'",
      "Same 'root'",
      'openssl pkeyutl -verify',
      'BEGIN PUBLIC KEY',
      "'transfer' = 'time agent",
      "Openings 'record/disclosures.jsonl'",
      "Join-Path $here 'a b.jsonl'",
    ])
      expect(steps).toContain(part)
    expect(steps.split('\n').filter((line) => /^\s*\} *$/.test(line)).length).toBeGreaterThan(0)
    for (const [open, close] of ['()', '{}', '[]']) {
      const bare = steps.replace(/'(?:[^']|'')*'/g, "''").replace(/^#.*$/gm, '')
      expect(bare.split(open ?? '').length, `${open} and ${close}`).toBe(bare.split(close ?? '').length)
    }
  })
})
