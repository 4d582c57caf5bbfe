// Needs: openssl, sh, sha256sum.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { NOTICE_CODES, NOTICE_KINDS } from '@probatum/core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { placeHere } from '../../../tools/testing/place-here.ts'
import { CODES, KINDS } from '../rows/notice.ts'

/** Notices and receipts by the commands, from a log to what a recipient sees. */
const { place, at, read, probatum } = placeHere('notice')
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: place, stdio: 'pipe' })

const ok = async (...args: string[]): Promise<string> => {
  const { code, out, err } = await probatum(...args)
  expect(code, `${args.join(' ')}\n${err}`).toBe(0)
  return out
}

function errorsOf(name: 'notice' | 'receipt', file: string): readonly unknown[] {
  const schema = JSON.parse(readFileSync(new URL(`../../../docs/spec/${name}-1.schema.json`, import.meta.url), 'utf8'))
  const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema)
  return validate(JSON.parse(read(file))) ? [] : (validate.errors ?? [])
}

const P256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']

function person(name: string, subject: string, issuer: string): void {
  openssl('req', ...P256, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${subject}`)
  const by = ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial', '-extfile', 'person.ext']
  openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-days', '800', '-out', `${name}.pem`)
}
const signedBy = (name: string) => ['--key', `${name}.key`, '--chain', `${name}.pem`]

beforeAll(async () => {
  writeFileSync(at('person.ext'), 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n')
  for (const [name, subject] of [
    ['offices', 'Example Offices (sample)'],
    ['couriers', 'Example Couriers (sample)'],
  ] as const)
    openssl(
      'req',
      '-x509',
      ...P256,
      '-days',
      '900',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
      '-subj',
      `/CN=${subject}`,
    )
  person('office', 'Example Notices Office (sample)', 'offices')
  person('court', 'Example Court Registry (sample)', 'couriers')
  mkdirSync(at('photos'))
  for (const name of ['one', 'two', 'three']) writeFileSync(at(`photos/${name} (sample).txt`), `INVENTED ${name}\n`)
  const key = ['--log-key', 'log.pem']
  await ok('custody', 'init', 'log', ...key, '--new-key', '--origin', 'sample.example/notices')
  const sealing = ['--log', 'log', ...key, '--demo-authority', '--issuer', 'Example Mechanism (sample)']
  await ok('seal', 'photos', '-o', 'sealed', ...sealing)
  await ok('seal', 'photos', '-o', 'again', ...sealing)
  const add = ['--source', 'invented (sample)', '--after']
  await ok('trust', 'add', 'offices.pem', '--role', 'notice', ...add, 'sealed.trust-set.json', '--to', 'two.json')
  await ok('trust', 'add', 'couriers.pem', '--role', 'handover', ...add, 'two.json', '--to', 'trust.json')
}, 180_000)

const make = (...args: string[]) => ['notice', 'make', ...args, '--log', 'log', ...signedBy('office')]
const DATE = ['--date', '2027-01-14T09:00:00Z']
const WITHDRAWN = ['--kind', 'withdrawn', '--code', 'consent-withdrawn']

describe('a notice', () => {
  it('has the kinds and codes of core in its options', () => {
    expect([...KINDS]).toEqual([...NOTICE_KINDS])
    expect([...CODES]).toEqual([...NOTICE_CODES])
  })

  it('is made with the proofs of the log, and tells the recipient what was withdrawn', async () => {
    const plain = ['verify', 'sealed', '--trust-set', 'trust.json', '--at', '2027-02-01']
    expect((await probatum(...plain)).code).toBe(0)
    await ok(
      'custody',
      'append',
      'log',
      '--type',
      'consent-withdrawal',
      '--objects',
      '1',
      '--field',
      'agent=A (sample)',
    )
    const event = ['--event', 'last', '--log-key', 'log.pem']
    await ok(...make('sealed', ...WITHDRAWN, '--items', '1', ...event, ...DATE, '-o', 'item-1.notice.json'))
    expect(errorsOf('notice', 'item-1.notice.json')).toEqual([])
    expect(read('item-1.notice.json')).not.toContain('A (sample)')

    const { code, out } = await probatum(...plain, '--notices', 'item-1.notice.json')
    expect(code).toBe(3)
    const told = out.replace(/\s+/g, ' ')
    expect(told).toContain('The files are unchanged. On 2027-01-14 the issuer withdrew permission to use item 1.')
    expect(told).toContain('--notices item-1.notice.json')
    expect(told).toContain('but the issuer has since withdrawn, superseded or recalled some or all of them.')
    expect(told).toContain('Unchanged? Yes')
  })

  it('about another bundle costs nothing, and several bundles are asked at once', async () => {
    const all = [
      'verify',
      'sealed',
      'again',
      '--trust-set',
      'trust.json',
      '--json',
      '--notices',
      'item-1.notice.json',
      '--policy',
      'fixity',
      '--at',
      '2027-02-01',
    ]
    const reports = (await probatum(...all)).out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).body)
    expect(reports.map(({ assessment }) => assessment.indication)).toEqual(['INDETERMINATE', 'TOTAL-PASSED'])
    const reasons = reports.map(
      ({ findings }) => findings.find(({ id }: { id: string }) => id === 'authorisation.notices').reason,
    )
    expect(reasons).toEqual(['withdrawn-item', 'other-bundle'])
  })

  it('for a bundle that is no longer here needs its ids and its export number', async () => {
    const report = JSON.parse((await probatum('verify', 'again', '--json')).out).body.subject
    const lines = read('log/custody.jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const exports = lines.filter(({ type }) => type === 'export')
    const ids = ['--bundle-id', report.bundleId, '--seal-id', report.sealIds[0].sha256, '--export', `${exports[1].seq}`]
    await ok(
      ...make(...ids, '--kind', 'recalled', '--code', 'shared-in-error', '--whole', ...DATE, '-o', 'recall.json'),
    )
    const given = ['--trust-set', 'trust.json', '--notices', 'recall.json', '--json', '--at', '2027-02-01']
    const finding = async (bundle: string) =>
      JSON.parse((await probatum('verify', bundle, ...given)).out).body.findings.find(
        ({ id }: { id: string }) => id === 'authorisation.notices',
      )
    expect(await finding('again')).toMatchObject({ value: 'INDETERMINATE', reason: 'recalled' })
    expect(await finding('sealed')).toMatchObject({ value: 'NOT-CHECKED', reason: 'other-bundle' })
  })

  it.each([
    [
      'an id that is none',
      ['--bundle-id', 'ABC', '--seal-id', '0'.repeat(64), '--export', '@'],
      WITHDRAWN,
      ['--whole'],
      'bundle id is 64',
    ],
    ['an item beyond the bundle', ['sealed'], WITHDRAWN, ['--items', '0-3'], 'item 3 is beyond the bundle'],
    ['neither items nor the whole', ['sealed'], WITHDRAWN, [], '--items'],
    [
      'an export that the log has not',
      ['--bundle-id', '0'.repeat(64), '--seal-id', '0'.repeat(64), '--export', '0'.repeat(32)],
      WITHDRAWN,
      ['--whole'],
      'no export of the number or position',
    ],
  ] as const)('with %s is refused, and nothing is written', async (_what, bundles, said, more, message) => {
    const number = JSON.parse(
      read('log/custody.jsonl')
        .split('\n')
        .find((line) => line.includes('"type":"export"')) ?? '',
    ).exportNumber
    const args = [...bundles, ...said, ...more].map((arg) => (arg === '@' ? number : arg))
    const { code, err } = await probatum(...make(...args, '-o', 'refused.json'))
    expect(code).toBe(2)
    expect(err).toContain(message)
    expect(() => read('refused.json')).toThrow()
  })

  it('for a bundle of a later state than the one that is signed asks for the key of the log', async () => {
    rmSync(at('other'), { recursive: true, force: true })
    await ok('custody', 'init', 'other', '--log-key', 'other.pem', '--new-key', '--origin', 'sample.example/other')
    const { code, err } = await probatum(
      'notice',
      'make',
      'sealed',
      '--log',
      'other',
      ...signedBy('office'),
      ...WITHDRAWN,
      '--whole',
      '-o',
      'no.json',
    )
    expect(code).toBe(4)
    expect(err).toContain('of another log')
  })

  it('is shown with commands under which openssl accepts its signature', async () => {
    const shown = await ok('notice', 'show', 'item-1.notice.json')
    expect(shown).toContain('withdrawn: item 1 of 1 bundle (code consent-withdrawn)')
    expect(shown).toContain('signature holds over what stands here')
    expect(shown).toContain('Example Notices Office (sample)')
    const commands = shown.split('\n').filter((line) => /^ {2}(?:sed|openssl)/.test(line))
    expect(commands).toHaveLength(3)
    mkdirSync(at('by-hand'))
    const script = commands
      .join('\n')
      .replaceAll('item-1.notice.json', '../item-1.notice.json')
      .replace('roots.pem', '../offices.pem')
    const run = (text: string) => spawnSync('sh', ['-e', '-c', text], { cwd: at('by-hand'), encoding: 'utf8' })
    expect(run(script)).toMatchObject({ status: 0 })
    expect(readFileSync(at('by-hand/notice.signed'), 'utf8')).toBe(
      /^\{"notice":(.*),"signature":"[^"]*"\}$/.exec(read('item-1.notice.json'))?.[1],
    )
    expect(run(script.replace('../offices.pem', '../couriers.pem')).status).not.toBe(0)
  })

  it('is checked by hand with the steps of its bundle', async () => {
    const steps = await ok('steps', 'sealed', '--trust-set', 'trust.json', '--notices', 'item-1.notice.json')
    const section = steps.slice(steps.indexOf('# 6. Notices'))
    mkdirSync(at('stepping'))
    const script = `wrong=0; here=$(pwd); cd ../sealed\n${section.replaceAll('item-1.notice.json', '../item-1.notice.json')}`
    const { status, stdout } = spawnSync('sh', ['-c', script], { cwd: at('stepping'), encoding: 'utf8' })
    expect(stdout).toContain('names this bundle: "code":"consent-withdrawn"')
    expect(stdout).toContain('"items":[1')
    expect(stdout).toContain('Nothing wrong was found.')
    expect(status).toBe(0)
    const powerShell = await ok('steps', 'sealed', '--shell', 'powershell', '--notices', 'item-1.notice.json')
    expect(powerShell).toContain('notice.p7s')
  })

  it('is signed by a key in a device in two steps', async () => {
    const device = ['--chain', 'office.pem', '-o', 'device.json']
    const first = ['notice', 'make', 'sealed', '--log', 'log', ...WITHDRAWN, '--whole', ...DATE, ...device]
    await ok(...first, '--attributes', 'attributes.der')
    openssl('dgst', '-sha256', '-sign', 'office.key', '-out', 'device.sig', 'attributes.der')
    await ok('notice', 'make', ...device, '--signature', 'device.sig')
    const found = JSON.parse(
      (
        await probatum(
          'verify',
          'sealed',
          '--trust-set',
          'trust.json',
          '--notices',
          'device.json',
          '--json',
          '--at',
          '2027-02-01',
        )
      ).out,
    )
    expect(found.body.findings.at(-1)).toMatchObject({ id: 'authorisation.notices', reason: 'withdrawn' })
  })

  it('stays in saved facts and in their report', async () => {
    const given = [
      'verify',
      'sealed',
      '--trust-set',
      'trust.json',
      '--notices',
      'item-1.notice.json',
      '--at',
      '2027-02-01',
    ]
    const verified = (await probatum(...given, '--save-facts', 'facts.json', '--json')).out
    const judge = ['judge', 'facts.json', '--trust-set', 'trust.json', '--at', '2027-02-01', '--json']
    const judged = JSON.parse((await probatum(...judge)).out)
    const { body, envelope } = JSON.parse(verified)
    expect(judged).toEqual({ body, envelope: { ...envelope, savedFacts: true } })
    writeFileSync(at('report.json'), verified)
    expect((await probatum('explain', 'report.json')).out.replace(/\s+/g, ' ')).toContain(
      'withdrew permission to use item 1.',
    )
  })
})

describe('a certificate', () => {
  it('tells what a notice says, and goes on to be of its bundle', async () => {
    const at = ['--trust-set', 'trust.json', '--at', '2027-02-01']
    const made = await probatum('certify', 'sealed', ...at, '--notices', 'item-1.notice.json', '-o', 'c.pdf')
    expect(made.code, made.err).toBe(3)
    const checked = await probatum('certificate', 'check', 'c.pdf', ...at, '--bundle', 'sealed', '--json')
    const findings: { id: string; value: string }[] = JSON.parse(checked.out.split('\n')[0] ?? '').body.findings
    const ofDocument = findings.filter(
      ({ id, value }) => /^document\.(?:bundle|report|shown)$/.test(id) && value === 'PASSED',
    )
    expect(ofDocument).toHaveLength(3)
  })
})

describe('a receipt', () => {
  it('acknowledges a bundle, and is known by the anchor of whoever receives', async () => {
    await ok(
      'receipt',
      'make',
      'sealed',
      ...signedBy('court'),
      '--ciphertext',
      'photos/one (sample).txt',
      '-o',
      'receipt.json',
    )
    expect(errorsOf('receipt', 'receipt.json')).toEqual([])
    const check = ['receipt', 'check', 'receipt.json', '--bundle']
    expect(await ok(...check, 'sealed', '--trust-set', 'trust.json')).toContain('The receipt holds.')
    expect(await probatum(...check, 'sealed')).toMatchObject({ code: 3 })
    const other = await probatum(...check, 'again', '--trust-set', 'trust.json')
    expect(other).toMatchObject({ code: 1 })
    expect(other.out).toContain('It is for another bundle.')
    expect(JSON.parse(read('receipt.json')).receipt.ciphertext).toMatch(/^[0-9a-f]{64}$/)
  })

  it('with another id than was signed is contradicted', async () => {
    const written = read('receipt.json')
    writeFileSync(
      at('altered.json'),
      written.replace(/"seal":"[0-9a-f]/, (found) => `${found.slice(0, -1)}${found.endsWith('0') ? '1' : '0'}`),
    )
    const altered = await probatum('receipt', 'check', 'altered.json', '--trust-set', 'trust.json')
    expect(altered).toMatchObject({ code: 1 })
    expect(altered.out).toContain('over something else')
    writeFileSync(at('broken.json'), `${written}\n`)
    expect(await probatum('receipt', 'check', 'broken.json')).toMatchObject({ code: 4 })
  })

  it('is accepted by openssl, with the commands that are printed', async () => {
    const shown = await ok('receipt', 'check', 'receipt.json', '--trust-set', 'trust.json')
    const commands = shown.split('\n').filter((line) => /^ {2}(?:sed|openssl)/.test(line))
    expect(commands).toHaveLength(3)
    // As they stand, beside the receipt: nothing that is there may be written over.
    const before = read('receipt.json')
    const script = commands.join('\n').replace('roots.pem', 'couriers.pem')
    expect(spawnSync('sh', ['-e', '-c', script], { cwd: at('.'), encoding: 'utf8' })).toMatchObject({ status: 0 })
    expect(read('receipt.json')).toBe(before)
  })

  it('goes into the log once, as a transfer that was received, and the log goes on to verify', async () => {
    const add = ['custody', 'append', 'log', '--receipt', 'receipt.json', '--field', 'agent=Example Mechanism (sample)']
    await ok(...add)
    const shown = (await ok('custody', 'show', 'log', '--show-opened', '--json'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    const last = shown.filter(({ type }) => type === 'transfer').at(-1)
    expect(JSON.stringify(last)).toContain('CN=Example Court Registry (sample)')
    expect(JSON.stringify(last)).toContain('received')
    expect(JSON.stringify(last)).toContain('probatum/receipt/1')
    expect(await probatum(...add)).toMatchObject({ code: 4 })
    expect(await ok('custody', 'verify', 'log')).not.toContain('problem')
    await ok('seal', 'photos', '-o', 'third', '--log', 'log', '--log-key', 'log.pem', '--demo-authority')
    expect(await probatum('verify', 'third', '--policy', 'fixity')).toMatchObject({ code: 0 })
  })

  it('by whoever sealed the bundle is not made, and one that was made otherwise acknowledges nothing', async () => {
    const later = ['--tsa-later', 'later=CN=Example Time-Stamp Authority (sample)']
    await ok('seal', 'photos', '-o', 'own', ...signedBy('court'), ...later)
    const refused = await probatum('receipt', 'make', 'own', ...signedBy('court'), '-o', 'own.json')
    expect(refused).toMatchObject({ code: 4 })
    expect(refused.err).toContain('was sealed with this very key')
    expect(existsSync(at('own.json'))).toBe(false)
    await ok('receipt', 'make', 'own', ...signedBy('office'), '-o', 'office.json')
    const [, signed = ''] = /^\{"receipt":(.*),"signature":"[^"]*"\}$/.exec(read('office.json')) ?? []
    writeFileSync(at('own.statement'), signed)
    const signer = ['-signer', 'court.pem', '-inkey', 'court.key', '-md', 'sha256']
    openssl(
      'cms',
      '-sign',
      '-binary',
      '-cades',
      ...signer,
      '-in',
      'own.statement',
      '-outform',
      'DER',
      '-out',
      'own.p7s',
    )
    const signature = readFileSync(at('own.p7s')).toString('base64')
    writeFileSync(at('own.json'), `{"receipt":${signed},"signature":"${signature}"}`)
    const check = ['receipt', 'check', 'own.json', '--trust-set', 'trust.json']
    expect(await ok(...check)).toContain('The receipt holds.')
    const beside = await probatum(...check, '--bundle', 'own')
    expect(beside).toMatchObject({ code: 3 })
    expect(beside.out).toContain('It is signed with the key that sealed the bundle')
    expect(beside.out).toContain('CN=Example Court Registry (sample)')
  })

  it('that does not hold, or is of another log, stays outside', async () => {
    const add = (log: string, file: string, ...more: string[]) =>
      probatum('custody', 'append', log, '--receipt', file, ...more)
    expect((await add('log', 'altered.json')).err).toContain('does not hold')
    expect((await add('other', 'receipt.json')).err).toContain('another log')
    expect(await add('log', 'receipt.json', '--field', 'outcome=lost')).toMatchObject({ code: 2 })
    expect(await add('log', 'receipt.json', '--type', 'access')).toMatchObject({ code: 2 })
  })
})
