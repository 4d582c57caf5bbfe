// Needs: chromium, openssl, zip.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { BUNDLE, ensureBuilt } from '../../tools/build.mjs'
import { ROOT } from '../../tools/setup.mjs'
import { CHOICE, type EnginePage, openEnginePage, type PageOutcome } from '../../tools/testing/engine-page.ts'
import { testPlace } from '../../tools/testing/place.ts'
import type { Intake, RecipientRead } from '../src/engine/engine.ts'

const SEALED = join(ROOT, 'test-vectors/bundles/base/sealed')
const RECORDS = join(ROOT, 'test-vectors/evidence-records')
const AT = '2026-06-01T00:00:00Z'
const PASSPHRASE = 'Invented pass phrase 4711 ä (sample)'

const { place: folder, at } = testPlace('lone')
let engine: EnginePage
const run = (program: string, ...args: string[]) => execFileSync(program, args, { cwd: folder, stdio: 'pipe' })
const saved = (name: string, bytes: string | Uint8Array) => {
  writeFileSync(at(name), bytes)
  return at(name)
}

beforeAll(async () => {
  cpSync(SEALED, at('bundle'), { recursive: true })
  execFileSync('zip', ['-q', '-r', '-X', '-0', at('bundle.zip'), '.'], { cwd: at('bundle') })
  await ensureBuilt()
  engine = await openEnginePage()
}, 120_000)
afterAll(async () => {
  await engine.close()
})
afterEach(() => {
  expect(engine.problems).toEqual([])
})

const reportOf = (outcome: PageOutcome) => ('report' in outcome ? outcome.report : JSON.stringify(outcome.failure))
let reports = 0
/** The report as the command line saves it. */
function reportOfCommand(...args: string[]): string {
  const save = at(`report-${reports++}.json`)
  const { stderr } = spawnSync(process.execPath, [BUNDLE, ...args, '--save', save, '--quiet'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return readFileSync(save, 'utf8')
}

describe('an evidence record with its files', () => {
  const { vectors } = JSON.parse(readFileSync(join(RECORDS, 'vectors.json'), 'utf8')) as {
    vectors: { name: string; data: string[]; validationTime: string }[]
  }
  const record = (name: string) => join(RECORDS, `${name}.ers`)
  const dataOf = (name: string) =>
    (vectors.find((one) => one.name === name)?.data ?? []).map((text, i) => saved(`${name}-${i}.txt`, text))

  test.each(['group', 'hash-tree-renewal', 'digest-of-the-time-stamp'])(
    'finds the files that it is over among all that was given, and gives the report of the command line: %s',
    async (name) => {
      const { validationTime } = vectors.find((one) => one.name === name) ?? expect.fail(name)
      const files = dataOf(name)
      const intake = await engine.give([saved('stranger.txt', 'not in it (sample)'), record(name), ...files])
      const subject = intake.subjects[0]
      if (subject?.kind !== 'evidence-record') return expect.fail(JSON.stringify(intake))
      const names = new Map(intake.others.map((other) => [other.file, other.name]))
      expect(subject.data.map((file) => names.get(file))).toEqual(files.map((_, i) => `${name}-${i}.txt`))
      expect(subject.candidates).toHaveLength(files.length + 1)
      const outcome = await engine.verify({ ...CHOICE, at: validationTime })
      const data = files.flatMap((file) => ['--data', file])
      const same = reportOfCommand('evidence-record', 'verify', record(name), ...data, '--at', validationTime)
      expect(reportOf(outcome)).toBe(same)
    },
  )

  test('that has none of them asks which it is said to be over, and contradicts those', async () => {
    const stranger = saved('stranger.txt', 'not in it (sample)')
    const intake = await engine.give([record('one-file'), stranger])
    expect(intake.subjects).toMatchObject([{ kind: 'evidence-record', data: [] }])
    expect(await engine.verify({ ...CHOICE, at: AT })).toEqual({ failure: { kind: 'choice', what: 'data' } })
    const data = [intake.others[0]?.file ?? '']
    const report = reportOf(await engine.verify({ ...CHOICE, at: AT, data }))
    expect(JSON.parse(report).body.assessment.indication).toBe('TOTAL-FAILED')
    expect(report).toBe(
      reportOfCommand('evidence-record', 'verify', record('one-file'), '--data', stranger, '--at', AT),
    )
  })

  test('a whole bundle can be what it is over; a request to an authority is no record', async () => {
    run('openssl', 'ts', '-query', '-data', 'bundle.zip', '-sha256', '-cert', '-out', 'request.tsq')
    const intake = await engine.give([record('one-file'), at('bundle.zip'), at('request.tsq')])
    const [first, bundle] = intake.subjects
    expect(first).toMatchObject({ kind: 'evidence-record', candidates: expect.arrayContaining([expect.anything()]) })
    if (first?.kind !== 'evidence-record' || bundle?.kind !== 'bundle') return expect.fail(JSON.stringify(intake))
    expect(first.candidates).toContain(bundle.file)
    expect(intake.others.map(({ name }) => name)).toEqual(['request.tsq'])
  })
})

describe('an evidence record beside a bundle', () => {
  const { anchors, vectors } = JSON.parse(readFileSync(join(RECORDS, 'vectors.json'), 'utf8')) as {
    anchors: string[]
    vectors: { name: string; data: string[] }[]
  }
  const record = join(RECORDS, 'hash-tree-renewal.ers')
  const other = join(RECORDS, 'group.ers')
  const time = '2040-01-01T00:00:00Z'

  /** A plain bag that has the file of the record, as a ZIP, and a list that has the authorities of all records. */
  beforeAll(() => {
    mkdirSync(at('bag/data'), { recursive: true })
    const text = vectors.find(({ name }) => name === 'hash-tree-renewal')?.data[0] ?? ''
    saved('bag/data/letter.txt', text)
    saved('bag/manifest-sha256.txt', `${createHash('sha256').update(text).digest('hex')}  data/letter.txt\n`)
    saved('bag/bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
    run('zip', '-q', '-r', '-X', '-0', 'bag.zip', 'bag')
    const roots = anchors.map((der, index) => saved(`root-${index}.der`, Buffer.from(der, 'base64')))
    const said = ['--source', 'a test', '--issuer', 'Example (sample)', '--review-by', '2050-01-01']
    const to = ['--role', 'time-stamp-authority', ...said, '--to', at('records.set.json')]
    run(process.execPath, BUNDLE, 'trust', 'add', ...roots, ...to)
  })

  test('goes with the only bundle, and gives the report of the command line, twice over', async () => {
    const [bag, set] = [at('bag.zip'), at('records.set.json')]
    const { subjects, beside } = await engine.give([record, bag, other, set])
    const [first, bundle, second] = subjects
    if (first?.kind !== 'evidence-record' || second?.kind !== 'evidence-record' || bundle === undefined)
      return expect.fail(JSON.stringify(subjects))
    expect([first, second].map((one) => [one.bundles, one.bundle, one.data])).toEqual([
      [[bundle.id], bundle.id, []],
      [[bundle.id], bundle.id, []],
    ])
    const trustSet = beside[0]?.file ?? null
    const choice = { ...CHOICE, policy: 'fixity', at: time, trustSet }
    const judged = ['--policy', 'fixity', '--at', time, '--trust-set', set]
    for (const files of [[first], [first, second]]) {
      const given = files.flatMap(({ file }) => ['--evidence-record', file === first.file ? record : other])
      const report = reportOf(await engine.verify({ ...choice, beside: files.map(({ file }) => file) }, bundle.id))
      expect(report).toBe(reportOfCommand('verify', bag, ...judged, ...given))
      expect(report).toContain('"found":"2026-04-01T12:00:01Z"')
    }
    const none = reportOf(await engine.verify(choice, bundle.id))
    expect(none).toBe(reportOfCommand('verify', bag, ...judged))
    // Facts that somebody saved have it, and give the same again.
    const facts = at('records.facts.json')
    const report = reportOfCommand('verify', bag, ...judged, '--evidence-record', record, '--save-facts', facts)
    const [savedFacts] = (await engine.give([set, facts])).subjects
    const again = engine.verify({ ...choice, trustSet: 'file-1' }, savedFacts?.id)
    const { body, envelope } = JSON.parse(report)
    expect(JSON.parse(reportOf(await again))).toEqual({ body, envelope: { ...envelope, savedFacts: true } })
  })

  test('is judged by itself where the file that it is over was given too; of several bundles with the one that has it', async () => {
    const { subjects } = await engine.give([record, at('bag.zip'), at('bag/data/letter.txt')])
    const [alone] = subjects
    expect(alone).toMatchObject({ kind: 'evidence-record', bundle: null, data: [expect.anything()] })
    const several = await engine.give([record, other, at('bundle.zip'), at('bag.zip')])
    const [first, second, ...bundles] = several.subjects
    const ids = bundles.map(({ id }) => id)
    expect(bundles.map(({ name }) => name)).toEqual(['bundle.zip', 'bag.zip'])
    expect(first).toMatchObject({ kind: 'evidence-record', bundles: ids, bundle: ids[1] })
    // One that is over none is for the person to choose for.
    expect(second).toMatchObject({ kind: 'evidence-record', bundles: ids, bundle: null })
    run('cp', 'bag.zip', 'copy.zip')
    const twice = await engine.give([record, at('copy.zip'), at('bag.zip')])
    expect(twice.subjects[0]).toMatchObject({ kind: 'evidence-record', bundle: null })
  })
})

describe('a saved report', () => {
  const tell = (id: string) =>
    engine.page.evaluate(
      `engine.tell('${id}').done.then(({ report }) => JSON.stringify(report), ({ failure }) => failure.code)`,
    ) as Promise<string>

  test('is told as it stands, from JSON, from a line of JSON and from a page for people', async () => {
    const report = reportOfCommand('verify', SEALED, '--at', AT, '--html', at('report.html'))
    const files = [saved('one.json', report), saved('line.json', `${report}\n`), at('report.html')]
    const { subjects, others } = await engine.give(files)
    expect(subjects.map(({ kind }) => kind)).toEqual(['report', 'report', 'report'])
    expect(others).toEqual([])
    for (const { id, name } of subjects) expect(JSON.parse(await tell(id)), name).toEqual(JSON.parse(report))
  })

  test('that was altered is refused: in its body, or in its verdict with the digest made to fit', async () => {
    const report = reportOfCommand('verify', SEALED, '--at', AT)
    const altered = saved('altered.json', report.replace('"validationTime":"2026', '"validationTime":"2025'))
    const raised = saved('raised.json', withVerdict(report, 'TOTAL-PASSED'))
    const { subjects } = await engine.give([altered, raised])
    expect(await Promise.all(subjects.map(({ id }) => tell(id)))).toEqual(['ERR_REPORT', 'ERR_REPORT'])
  })

  /** With the digest of the whole as it is then: only the findings contradict it. */
  function withVerdict(report: string, indication: string): string {
    const changed = JSON.parse(report)
    const { subIndication: _, ...assessment } = changed.body.assessment
    changed.body.assessment = { ...assessment, indication }
    const sorted = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sorted)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .sort()
                .map(([name, each]) => [name, sorted(each)]),
            )
          : value
    const body = JSON.stringify(sorted(changed.body))
    changed.envelope.digests.whole = execFileSync('openssl', ['dgst', '-sha256', '-r'], { input: body })
      .toString()
      .slice(0, 64)
    return JSON.stringify(sorted(changed))
  }
})

describe('whom a bundle should be for', () => {
  const AGE = 'age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq'
  const typed = (text: string) =>
    engine.page.evaluate(`engine.recipientOf(${JSON.stringify(text)})`) as Promise<RecipientRead>

  test('is asked as the command line asks it, byte for byte', async () => {
    await engine.give([at('bundle.zip')])
    for (const [text, option] of [
      ['Example Court (sample)', 'name:Example Court (sample)'],
      [AGE, AGE],
      ['AB '.repeat(32), 'ab'.repeat(32)],
    ] as const) {
      const read = await typed(text)
      const recipient = read.state === 'read' ? read.recipient : null
      const same = reportOfCommand('verify', at('bundle.zip'), '--at', AT, '--recipient', option)
      expect(reportOf(await engine.verify({ ...CHOICE, at: AT, recipient })), text).toBe(same)
      expect(same).toContain('authorisation.recipient')
    }
  })

  test('a certificate is taken by its key; what is neither key nor name is refused', async () => {
    const options = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '9']
    run('openssl', 'req', ...options, '-keyout', 'own.key', '-out', 'own.pem', '-subj', '/CN=Example Office (sample)')
    run('openssl', 'x509', '-in', 'own.pem', '-outform', 'DER', '-out', 'own.cer')
    const fromFile = async (name: string) => {
      const bytes = readFileSync(at(name)).toString('base64')
      const blob = `new Blob([Uint8Array.from(atob('${bytes}'), (c) => c.charCodeAt(0))])`
      return (await engine.page.evaluate(`engine.recipientOfFile(${blob})`)) as RecipientRead
    }
    await engine.give([at('bundle.zip')])
    for (const name of ['own.pem', 'own.cer']) {
      const read = await fromFile(name)
      const recipient = read.state === 'read' ? read.recipient : expect.fail(JSON.stringify(read))
      const same = reportOfCommand('verify', at('bundle.zip'), '--at', AT, '--recipient', at(name))
      expect(reportOf(await engine.verify({ ...CHOICE, at: AT, recipient })), name).toBe(same)
    }
    saved('recipients.txt', `# example office (sample)\n${AGE}\n`)
    expect(await fromFile('recipients.txt')).toEqual(await typed(AGE))
    expect(await fromFile('own.key')).toEqual({ state: 'no-key' })
    expect(await typed('age1xyz!')).toEqual({ state: 'not-age' })
    expect(await typed('a\u0007b')).toEqual({ state: 'not-a-name' })
    expect(await typed('  ')).toEqual({ state: 'nobody' })
  })

  test('can be named after the result, and taken back', async () => {
    await engine.give([at('bundle.zip')])
    const reports = (await engine.page.evaluate(`(async () => {
      const choice = ${JSON.stringify({ ...CHOICE, at: AT })}
      const verified = await engine.verify(engine.intake.subjects[0].id, choice).done
      const named = await engine.judge(verified, { ...choice, recipient: 'name:Example Court (sample)' }).done
      const nobody = await engine.judge(named, choice).done
      const text = ({ reportBytes }) => new TextDecoder().decode(reportBytes)
      return [text(verified), text(named), text(nobody)]
    })()`)) as string[]
    expect(reports[1]).toContain('"recipient":"name:Example Court (sample)"')
    expect(reports[2]).toBe(reports[0])
  })
})

describe('a key under a pass phrase', () => {
  const unlock = (file: string, phrase: string) =>
    engine.page.evaluate(
      `engine.unlock('${file}', ${JSON.stringify(phrase)}).done.then((intake) => intake, ({ failure }) => failure)`,
    ) as Promise<Intake>

  beforeAll(async () => {
    const secret = await generateX25519Identity()
    const toKey = new Encrypter()
    toKey.addRecipient(await identityToRecipient(secret))
    saved('for-age.age', await toKey.encrypt(readFileSync(at('bundle.zip'))))
    const locked = (text: string | Uint8Array) => {
      const encrypter = new Encrypter()
      encrypter.setPassphrase(PASSPHRASE)
      encrypter.setScryptWorkFactor(10)
      return encrypter.encrypt(text)
    }
    saved('locked.age', await locked(`# sample\n${secret}\n`))
    saved('bundle-under-phrase.age', await locked(readFileSync(at('bundle.zip'))))
    const request = ['req', '-x509', '-subj', '/CN=Example Court (sample)', '-days', '30', '-newkey', 'rsa:2048']
    run('openssl', ...request, '-nodes', '-keyout', 'plain.pem', '-out', 'cms.pem')
    const out = ['-passout', `pass:${PASSPHRASE}`]
    run('openssl', 'pkcs8', '-topk8', '-in', 'plain.pem', ...out, '-out', 'locked.pem')
    run('openssl', 'pkcs12', '-export', '-inkey', 'plain.pem', '-in', 'cms.pem', ...out, '-out', 'locked.p12')
    const cms = ['cms', '-encrypt', '-binary', '-aes-256-gcm', '-outform', 'DER', '-in', 'bundle.zip']
    const oaep = ['-keyopt', 'rsa_padding_mode:oaep', '-keyopt', 'rsa_oaep_md:sha256']
    run('openssl', ...cms, '-out', 'for-key.p7m', '-recip', 'cms.pem', ...oaep)
  })

  test.each([
    ['locked.age', 'for-age.age'],
    ['locked.pem', 'for-key.p7m'],
    ['locked.p12', 'for-key.p7m'],
  ])('%s opens what waits for it, and is there again after a run was stopped', async (key, file) => {
    const before = await engine.give([at(key), at(file)])
    expect(before.subjects).toEqual([])
    expect(before.beside).toEqual([{ kind: 'locked-identity', file: before.beside[0]?.file, name: key }])
    const id = before.beside[0]?.file ?? ''
    expect(await unlock(id, 'another')).toEqual({ kind: 'passphrase', what: 'not-open' })
    const after = await unlock(id, PASSPHRASE)
    expect(after.beside).toEqual([{ kind: 'identity', file: id, name: key, keys: 1 }])
    expect(after.subjects).toMatchObject([{ kind: 'bundle', name: file }])
    expect(JSON.stringify(after)).not.toContain('Invented')
    const subject = after.subjects[0]?.id
    await engine.page.evaluate(
      `{ const run = engine.verify('${subject}', ${JSON.stringify(CHOICE)}); run.done.catch(() => {}); run.cancel() }`,
    )
    expect(reportOf(await engine.verify({ ...CHOICE, at: AT }, subject))).toContain('"encryption.')
  })

  test('that is a bundle in truth is said to be no key', async () => {
    const { beside } = await engine.give([at('bundle-under-phrase.age')])
    expect(beside).toMatchObject([{ kind: 'locked-identity' }])
    expect(await unlock(beside[0]?.file ?? '', PASSPHRASE)).toEqual({ kind: 'passphrase', what: 'no-key' })
  })
})
