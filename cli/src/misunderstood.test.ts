import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { testPlace } from '../../tools/testing/place.ts'
import { readCommandLine, readWholly } from './command-line.ts'
import { UsageError } from './errors.ts'
import { requireOptionsAsTyped } from './misunderstood.ts'
import { plainArguments } from './plain-arguments.ts'
import { VERIFY_ROW } from './rows/verify.ts'

const namesPlace = testPlace('misunderstood')
const NOTHING_KNOWN = { row: undefined, group: undefined, commands: [] }

async function mistake(typed: string): Promise<string> {
  try {
    await readCommandLine(typed.split(' ').filter((word) => word !== ''))
  } catch (error) {
    if (error instanceof UsageError) return `${error.message} | ${error.todo}`
    throw error
  }
  throw new Error('it was understood')
}

describe('a mistake on the command line is told with what to type instead', () => {
  it.each([
    ['verify b --trustset t.json', 'There is no option --trustset here. | Did you mean --trust-set?'],
    ['verify b --Policy court', 'There is no option --Policy here. | Did you mean --policy?'],
    ['verify b --trust-st=t.json', 'There is no option --trust-st here. | Did you mean --trust-set?'],
    ['verify b -p court', 'There is no option -p here. | `probatum verify --help` shows'],
    [
      'verify b --plaintext-dir x',
      'on purpose. | It is not needed: an encrypted bundle is verified without plaintext on',
    ],
    ['seal b --override', 'on purpose. | No condition of a sharing is passed over: it is met, or excepted by a signed'],
    ['seal b --pin 1234', '`seal prepare` and `seal embed` (docs/guide/devices.md).'],
    ['verify b --policy', '--policy needs a value behind it. | `probatum verify --help`'],
    ['verify b --policy -- x', '--policy needs a value before --.'],
    ['steps b -- c', 'c: that is more than `probatum steps <bundle>` takes.'],
    ['seal x -o', '-o needs a value behind it.'],
    ['verify b --language de', '--language: "de" is none of its values. | Choose one of: en, fr, es, ar, my.'],
    ['timestamp verify t', '--data is missing. | --data: '],
    ['gate request', '--log, --recipient, --consents, --purpose, --out are missing.'],
    [
      'verify',
      'Something is missing: bundle (a folder, a ZIP or a tar; several in one call). | `probatum verify --help`',
    ],
    ['timestamp attach b', 'Something is missing: answer (the responses or tokens, DER or PEM). |'],
    ['', 'No command was given. | `probatum help` shows the commands'],
    ['seal x -o y --demo-authority --jobs 0.5', 'There is no option --jobs here.'],
    ['verify b --jobs 0.5', '--jobs needs a whole number. | Write it in digits: --jobs 4.'],
    ['verify --trustset t.json', 'There is no option --trustset here. | Did you mean --trust-set?'],
    [
      'verify b --at 2026-02-30',
      '--at: 2026-02-30 is not a time that can be read: there is no such day. | Write it in UTC',
    ],
    ['verify b --at 2026-03-14T09:12:00', 'it does not say in which time zone.'],
    ['verify b --at 2026-03-14T09:12:00+02:00', 'times are in UTC here, and this one would be 2026-03-14T07:12:00Z.'],
    ['-v', '-v is no command. | `probatum --version` shows the version.'],
    ['version', 'version is no command. | `probatum --version` shows the version.'],
    ['-?', '-? is no command. | `probatum help` shows the commands'],
    ['help custdy', 'There is no help about custdy. | Did you mean custody?'],
    ['steps b c', 'c: that is more than `probatum steps <bundle>` takes.'],
    [
      'seal x -o y --validation a.pem b.pem',
      'b.pem: --validation takes one value each time, and this is one more. | Repeat it: --validation ONE --validation OTHER.',
    ],
    ['verfiy b', 'There is no command of the name verfiy. | Did you mean verify?'],
    ['cert b', 'There is no command of the name cert. | Did you mean certify or certificate?'],
    ['verify b --trust t.json', 'There is no option --trust here. | Did you mean --trust-set or --trust-code?'],
    ['VERIFY b', 'There is no command of the name VERIFY. | Did you mean verify?'],
    ['cli b', 'To check it: `probatum verify cli`.'],
    ['trust lst set', 'There is no command `probatum trust lst`. | Did you mean list? trust needs one of: add, end,'],
    ['timestamp t', 'There is no command `probatum timestamp t`. | timestamp needs one of: verify, request, attach.'],
    ['verify b --part=maybe', '--part is given or left out; it takes no value. | Write --part alone.'],
    ['verify b –policy fixity', '–policy begins with a long dash'],
    ['verify b —policy fixity', 'Type two hyphens: --policy.'],
    ['verify b /trust-set:t.json', 'options do not begin with a slash here. | Type two hyphens: --trust-set VALUE.'],
  ])('%s', async (typed, said) => {
    const message = await mistake(typed)
    expect(message).toContain(said)
    // No words of the library that reads the arguments.
    expect(message).not.toMatch(/Argument:|Unknown argument|non-option|dependent/)
  })

  it('takes a name with a long dash for a name where there is something of it', () => {
    const { place, put } = namesPlace
    const before = process.cwd()
    process.chdir(place)
    try {
      expect(() => requireOptionsAsTyped(['verify', '–bundle'], NOTHING_KNOWN)).toThrow('long dash')
      put('–bundle', '')
      expect(() => requireOptionsAsTyped(['verify', '–bundle'], NOTHING_KNOWN)).not.toThrow()
    } finally {
      process.chdir(before)
    }
  })

  it('names pages that are there where it says why an option is not', async () => {
    for (const typed of ['verify b --plaintext-dir x', 'seal b --pin x'])
      for (const page of (await mistake(typed)).match(/docs\/[a-z0-9/-]+\.md/g) ?? [])
        expect(existsSync(new URL(`../../${page}`, import.meta.url)), page).toBe(true)
  })

  it('shows what was typed without its terminal controls', async () => {
    expect(await mistake('verify b --\u001b[31mred')).not.toContain('\u001b')
    expect(await mistake('\u001b[31mred b')).not.toContain('\u001b')
  })
})

it('takes what stands behind two hyphens for names, and passes over none', () => {
  const taken = (typed: string) => readWholly(typed.split(' '))
  expect(taken('verify -- b')).toMatchObject({ bundle: ['b'] })
  expect(taken('verify a --policy fixity -- -b --json -')).toMatchObject({
    bundle: ['a', '-b', '--json', '-'],
    policy: 'fixity',
  })
  expect(taken('verify a -- -b')?.json).toBeUndefined()
  expect(taken('timestamp attach b --request q -- -a.tsr c.tsr')).toMatchObject({
    bundle: 'b',
    answer: ['-a.tsr', 'c.tsr'],
  })
  expect(taken('steps -- -b')).toMatchObject({ bundle: '-b' })
})

it('takes a value of a list in capitals, too, and hands on the spelling of the list', () => {
  const taken = (typed: string) => readWholly(typed.split(' '))
  expect(taken('certify b -o c.pdf --paper Letter --language FR --template US-902')).toMatchObject({
    paper: 'letter',
    language: 'fr',
    template: 'us-902',
  })
  expect(taken('steps b --shell PowerShell')?.shell).toBe('powershell')
  expect(plainArguments(['verify', 'b', '--color', 'NEVER'], VERIFY_ROW)?.color).toBe('never')
})

it('is never understood in the short way either, and an absolute path is', () => {
  for (const word of ['–policy', '—policy', '/trust-set:t.json'])
    expect(plainArguments(['verify', 'b', word], VERIFY_ROW)).toBeUndefined()
  expect(plainArguments(['verify', '/evidence/b.zip'], VERIFY_ROW)).toMatchObject({ bundle: ['/evidence/b.zip'] })
})
