import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { placeHere } from '../../../tools/testing/place-here.ts'

const { at, read, probatum } = placeHere('opened')

/** Values that nothing else in a bundle or report is like. */
const EVENT = {
  agent: 'Wanda Zinnober (sample)',
  receiver: 'Kasimir Ypsilon (sample)',
  place: 'Quittenweg 4711',
  note: 'Nachtrag Xylophon 0815',
  instrument: 'Kamera Zwieback 9000',
  authority: 'Anordnung Quarz 77/b',
  outcome: 'Ergebnis Jaspis',
  time: '2026-01-17T03:41:59Z',
}
const ITEM = { originalName: 'Aussage Quendel (sample).txt' }
const CASE = 'Aktenzeichen Vexier 31'
const LATER = ['Spätere Zeugin Quappe (sample)', 'Spätere Notiz Zirkon']
const VALUES = [...Object.values(EVENT), ...Object.values(ITEM), CASE]

/** As it stands, and as a value that was encoded on the way. */
function spellings(value: string): readonly string[] {
  const octets = Buffer.from(value)
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    octets.toString('hex'),
    octets.toString('base64').replace(/=+$/, '').slice(0, -1),
    createHash('sha256').update(value).digest('hex'),
  ]
}

function expectNothingOf(values: readonly string[], text: string, where: string): void {
  const lower = text.toLowerCase()
  for (const value of values)
    for (const spelling of spellings(value))
      expect(lower.includes(spelling.toLowerCase()), `${value} in ${where}`).toBe(false)
}

const trust = ['--trust-set', 'out/INTERNAL-demonstration.trust-set.json']

beforeAll(async () => {
  mkdirSync(at('files'))
  for (const letter of 'ab') writeFileSync(at(`files/${letter} (sample).txt`), `INVENTED SAMPLE ${letter}\n`)
  writeFileSync(at(`${ITEM.originalName}`), 'INVENTED SAMPLE quendel\n')
  const ok = async (...args: readonly string[]) => {
    const ran = await probatum(...args)
    expect(ran.code, `${args.join(' ')}\n${ran.err}`).toBe(0)
  }
  const key = ['--log-key', 'key.pem']
  await ok('custody', 'init', 'log', ...key, '--new-key', '--origin', 'sample.example/opened', '--case-id', CASE)
  const fields = Object.entries(EVENT).flatMap(([name, value]) => ['--field', `${name}=${value}`])
  await ok('custody', 'append', 'log', '--type', 'transfer', ...fields)
  await ok(
    'custody',
    'append',
    'log',
    '--type',
    'access',
    '--field',
    `agent=${LATER[0]}`,
    '--field',
    `note=${LATER[1]}`,
  )
  await ok('custody', 'append', 'log', '--item', ITEM.originalName)
  const signing = ['--log', 'log', ...key, '--demo-authority', '--issuer', 'Example Mechanism (sample)']
  await ok('seal', 'files', '-o', 'master', ...signing)
  const policy = {
    disclosurePolicy: 'probatum/disclosure-policy/1-draft',
    recipient: null,
    identifier: 'Opened',
    events: [
      { types: ['transfer'], fields: ['*'] },
      { types: ['access'], fields: [] },
      { seq: [0], fields: ['*'] },
    ],
    items: [{ all: true, payload: true, fields: ['*'] }],
  }
  writeFileSync(at('policy.json'), JSON.stringify(policy))
  await ok('redact', 'master', ...signing, '--policy', 'policy.json', '--files', '.', '-o', 'out')
  const places = ['custody.jsonl:2:agent', 'custody.jsonl:2:note'].flatMap((one) => ['--open', one])
  await ok('disclose', 'out/policy', '--log', 'log', ...places, '-o', 'later.jsonl', '--yes')
  const lines = read('later.jsonl').trimEnd().split('\n')
  const edit = (line: string, change: (parts: readonly string[]) => readonly string[]) => {
    const one = JSON.parse(line)
    const parts = JSON.parse(Buffer.from(one.opening, 'base64url').toString())
    return JSON.stringify({ ...one, opening: Buffer.from(JSON.stringify(change(parts))).toString('base64url') })
  }
  // As of another log: other salts throughout.
  const other = lines.map((line) => edit(line, ([, ...rest]) => ['AAECAwQFBgcICQoLDA0ODw', ...rest]))
  writeFileSync(at('other.jsonl'), `${other.join('\n')}\n`)
  const forged = edit(lines[1] ?? '', ([salt = '', name = '']) => [salt, name, 'Another note (sample)'])
  writeFileSync(at('forged.jsonl'), `${lines[0]}\n${forged}\n`)
}, 180_000)

describe('opened values', () => {
  it('stand nowhere unless they are asked for', async () => {
    const bundle = read('out/policy/record/disclosures.jsonl')
    const opened = bundle
      .trimEnd()
      .split('\n')
      .map((line) => Buffer.from(JSON.parse(line).opening, 'base64url').toString())
      .join('\n')
    // They are in the bundle: otherwise nothing is proved by not finding them.
    for (const value of VALUES) expect(opened, value).toContain(value)
    const saved = ['--save', 'report.json', '--inventory', 'inventory.jsonl', '--save-facts', 'facts.json']
    const later = ['--disclosures', 'later.jsonl']
    const details = await probatum('verify', 'out/policy', ...trust, ...later, '--details', ...saved)
    expect(details.code, details.err).toBe(0)
    const json = await probatum('verify', 'out/policy', ...trust, ...later, '--json', '--policy', 'court')
    const explained = await probatum('explain', 'report.json')
    const judged = await probatum('judge', 'facts.json', ...trust, '--details')
    const compared = await probatum(
      'compare',
      'master',
      'out/policy',
      ...trust,
      '--csv',
      'items.csv',
      '--save',
      'compared.json',
    )
    const compareJson = await probatum('compare', 'master', 'out/policy', ...trust, '--json')
    const steps = await probatum('steps', 'out/policy')
    for (const [name, { out, err }] of Object.entries({
      details,
      json,
      explained,
      judged,
      compared,
      compareJson,
      steps,
    })) {
      expect(out.length, `${name} ${err}`).toBeGreaterThan(100)
      expectNothingOf([...VALUES, ...LATER], out + err, name)
    }
    for (const name of ['report.json', 'inventory.jsonl', 'facts.json', 'items.csv', 'compared.json'])
      expectNothingOf([...VALUES, ...LATER], read(name), name)
  }, 60_000)

  it('are printed under a banner behind the report with --show-opened, those of later openings too', async () => {
    const plain = await probatum('verify', 'out/policy', ...trust, '--disclosures', 'later.jsonl', '--at', '2030-01-01')
    const shown = await probatum(
      ...['verify', 'out/policy', ...trust, '--disclosures', 'later.jsonl', '--at', '2030-01-01', '--show-opened'],
      ...['--save', 'shown-report.json', '--save-facts', 'shown-facts.json'],
    )
    expect(shown.code).toBe(plain.code)
    expect(shown.out.startsWith(plain.out)).toBe(true)
    const behind = shown.out.slice(plain.out.length)
    expect(behind).toContain('==== OPENED VALUES')
    for (const value of [...VALUES, ...LATER]) expect(behind, value).toContain(value)
    expectNothingOf([...VALUES, ...LATER], read('shown-report.json'), 'report')
    for (const value of [...VALUES, ...LATER]) expect(read('shown-facts.json'), value).toContain(value)
    const again = await probatum('judge', 'shown-facts.json', ...trust, '--show-opened')
    for (const value of [...VALUES, ...LATER]) expect(again.out, value).toContain(value)
    expectNothingOf(
      VALUES,
      (await probatum('judge', 'shown-facts.json', ...trust, '--details', '--json')).out,
      'judged',
    )
  })

  it('are refused where a report would be the only place for them, and where they were not saved', async () => {
    for (const how of ['--json', '--quiet']) {
      const { code, err } = await probatum('verify', 'out/policy', '--show-opened', how)
      expect(code).toBe(2)
      expect(err).toContain('A report holds no opened values')
    }
    await probatum('verify', 'out/policy', '--save-facts', 'bare-facts.json')
    const { code, err } = await probatum('judge', 'bare-facts.json', '--show-opened')
    expect(code).toBe(4)
    expect(err).toContain('saved without --show-opened')
    const named = await probatum('judge', 'bare-facts.json', '--names')
    expect(named.err).toContain('hold no file names')
    expect((await probatum('judge', 'shown-facts.json', '--names')).out).toContain(ITEM.originalName)
  })

  it('with --names are file names, and nothing else', async () => {
    const { out } = await probatum('verify', 'out/policy', '--names')
    expect(out).toContain(`data/00/000001.txt  "${ITEM.originalName}"`)
    expectNothingOf([...Object.values(EVENT), CASE], out, 'names')
  })
})

describe('a file of later openings', () => {
  it('that holds is named by its digest in the report, which is the same when saved facts are judged', async () => {
    const sha256 = createHash('sha256').update(read('later.jsonl')).digest('hex')
    const at = ['--at', '2030-01-01']
    const { code, out } = await probatum(
      ...[
        'verify',
        'out/policy',
        ...trust,
        ...at,
        '--disclosures',
        'later.jsonl',
        '--json',
        '--save-facts',
        'later-facts.json',
      ],
    )
    const report = JSON.parse(out)
    expect(report.body.inputs.files).toEqual([{ kind: 'disclosures', sha256 }])
    const found = report.body.findings.filter(({ id }: { id: string }) => id.startsWith('disclosure.later-'))
    expect(found.map(({ id, value }: { id: string; value: string }) => `${id} ${value}`)).toEqual([
      'disclosure.later-form PASSED',
      'disclosure.later-openings PASSED',
    ])
    expect(report.body.assessment.axes.disclosure).toMatchObject({ required: true, value: 'PASSED' })
    const judged = await probatum('judge', 'later-facts.json', ...trust, ...at, '--json')
    expect(judged.code).toBe(code)
    expect(JSON.parse(judged.out).body).toEqual(report.body)
  })

  it('of another bundle leaves the answer open and says nothing against this one', async () => {
    const { code, out } = await probatum('verify', 'out/policy', ...trust, '--disclosures', 'other.jsonl')
    expect(code).toBe(3)
    expect(out).toContain('Nothing in the file belongs to this bundle')
    expect(out).toContain('Yes. All')
    expect(out).not.toContain('FAILED')
  })

  it('of this log with another value is refused, and the bundle is not said to be changed', async () => {
    const { code, out } = await probatum(
      'verify',
      'out/policy',
      ...trust,
      '--disclosures',
      'forged.jsonl',
      '--show-opened',
    )
    expect(code).toBe(1)
    expect(out).toContain(
      'A file of later openings does not match this bundle. Nothing says that the bundle was changed.',
    )
    expect(out).toContain('record/custody.jsonl, line 3 note, is opened with a value that was not committed to')
    expect(out).toContain('Yes. All')
    expect(out).not.toContain('fresh copy')
    // What does not hold is shown by nobody.
    expect(out).not.toContain('Another note (sample)')
    expect(out).toContain(LATER[0])
  })

  it('is about one bundle, and must be there', async () => {
    expect((await probatum('verify', 'master', 'out/policy', '--disclosures', 'later.jsonl')).code).toBe(2)
    expect((await probatum('verify', 'master', '--disclosures', 'nowhere.jsonl')).code).toBe(4)
  })
})
