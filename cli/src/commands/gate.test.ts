// Needs: openssl.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ASSURANCES } from '@probatum/core'
import {
  makeGateRequest,
  parseConsentRegister,
  parseRecipientFile,
  platformRandom,
  serializeGateApproval,
  serializeGatePrivate,
  serializeGateRequest,
} from '@probatum/seal'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { GateSample, type SamplePerson } from '../../../tools/testing/gate-sample.ts'
import { placeHere } from '../../../tools/testing/place-here.ts'
import { CustodyLogFolder } from '../custody/custody-log-folder.ts'

const { place, at, read, probatum } = placeHere('gate')
const write = (name: string, value: unknown) =>
  writeFileSync(at(name), typeof value === 'string' ? value : JSON.stringify(value))

const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: place, stdio: 'pipe' })

const RECIPIENT = {
  recipientFile: 'probatum/recipient/1-draft',
  name: 'Example Prosecution (sample)',
  kind: 'national prosecutor',
  assurances: ASSURANCES.map((assurance) => ({
    assurance,
    by: 'Example Ministry (sample)',
    date: '2026-01-02',
    reference: `Letter ${assurance}`,
  })),
  conditions: [{ kind: 'use', text: 'Only for the trial (sample)' }],
}
const HEAD = 'items,giver,purposes,recipients,from,until,withdrawn\r\n'
const ROW = ',"Source, Invented (sample)",trial|appeal,national prosecutor|defence,2026-01-01,,\r\n'
const DEMO = ['--log', 'log', '--log-key', 'log-key.pem', '--demo-authority', '--issuer', 'Example Mechanism (sample)']

beforeAll(async () => {
  mkdirSync(at('photos'))
  for (const letter of 'abc') write(`photos/${letter} (sample).txt`, `INVENTED SAMPLE ${letter}\n`)
  await probatum('custody', 'init', 'log', '--log-key', 'log-key.pem', '--new-key', '--origin', 'sample.example/gate')
  const items = [...'abc'].flatMap((letter) => ['--item', `photos/${letter} (sample).txt`])
  expect(
    (await probatum('custody', 'append', 'log', ...items, '--field', 'agent=Example Archivist (sample)')).code,
  ).toBe(0)
  for (const [name, key] of [
    ['ada', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
    ['ben', ['-newkey', 'rsa:2048']],
    ['cyd', ['-newkey', 'ed25519']],
  ] as const) {
    const subject = ['-days', '900', '-subj', `/CN=Example ${name} (sample)`]
    openssl('req', '-x509', ...key, '-nodes', '-keyout', `${name}.key`, '-out', `${name}.pem`, ...subject)
  }
  write('recipient.json', RECIPIENT)
  write('consents.csv', `${HEAD}0-2${ROW}`)
}, 120_000)

const request = (out: string, more: readonly string[] = [], log = 'log') =>
  probatum(
    ...['gate', 'request', '--log', log, '--recipient', 'recipient.json', '--consents', 'consents.csv'],
    ...['--purpose', 'trial', '--ground', 'Example statute, article 7', '-o', out, ...more],
  )
const identifier = ['--identifier', 'Example case 7 (sample)']
const approve = (name: string, by: string, ...more: string[]) =>
  probatum('gate', 'approve', name, '--key', `${by}.key`, '--chain', `${by}.pem`, '--yes', ...more)

describe('a sharing on the command line', () => {
  it('is asked for, approved by a key that is here and by one that is not, checked, and sealed', async () => {
    const made = await request('request.json', identifier)
    expect(made.code, made.err).toBe(0)
    expect(made.out).toContain('Not met (1):')
    expect(made.out).toContain('[approvals-missing]')
    expect(made.out).not.toContain('Invented (sample)')
    expect(existsSync(at('INTERNAL-request.json'))).toBe(true)
    expect((await probatum('gate', 'check', 'request.json', '--log', 'log')).code).toBe(3)

    // Nobody is here to be asked: nothing is signed.
    const unasked = await probatum('gate', 'approve', 'request.json', '--key', 'ada.key', '--chain', 'ada.pem')
    expect([unasked.code, existsSync(at('request.approval-1.json'))]).toEqual([2, false])
    expect(unasked.err).toContain('Only for the trial (sample)')
    expect((await approve('request.json', 'ada', '--log', 'log')).code).toBe(0)
    expect(
      (await approve('request.json', 'ada', '--beside', 'request.approval-1.json', '-o', 'again.json')).err,
    ).toContain('by this name or this key already')

    // Beside the request they are found without being named.
    expect((await approve('request.json', 'ada')).err).toContain(
      'There is an approval by this name or this key already',
    )
    const chain = ['gate', 'approve', 'request.json', '--chain', 'ben.pem', '--rsa-pss']
    const prepared = await probatum(...chain, '--attributes', 'ben.der')
    expect(prepared.code, prepared.err).toBe(0)
    const digest = createHash('sha256')
      .update(readFileSync(at('ben.der')))
      .digest('hex')
    expect(prepared.out).toContain(`sha256          ${digest}`)
    const pss = ['-sigopt', 'rsa_padding_mode:pss', '-sigopt', 'rsa_pss_saltlen:-1']
    openssl('dgst', '-sha256', '-sign', 'ben.key', ...pss, '-out', 'ben.sig', 'ben.der')
    write('wrong.sig', 'no signature')
    expect((await probatum(...chain, '--signature', 'wrong.sig')).code).toBe(4)
    expect((await probatum(...chain, '--signature', 'ben.sig', '--approver', 'Office B (sample)')).code).toBe(0)

    const approvals = ['request.approval-1.json', 'request.approval-2.json']
    const checked = await probatum('gate', 'check', 'request.json', ...approvals, '--log', 'log')
    expect(checked.code, checked.out).toBe(0)
    const self = await probatum(
      'gate',
      'check',
      'request.json',
      ...approvals,
      '--log',
      'log',
      '--sealer',
      'ben.pem',
      '--json',
    )
    expect(self.code).toBe(3)
    expect(JSON.parse(self.out).problems).toEqual([{ code: 'approver-is-sealer', item: null }])

    const given = ['--for', 'request.json', ...approvals.flatMap((file) => ['--approval', file])]
    expect((await probatum('seal', 'photos', ...DEMO, ...given, '--recipient', 'Somebody', '-o', 'sealed')).code).toBe(
      2,
    )
    const sealed = await probatum('seal', 'photos', ...DEMO, ...given, '-o', 'sealed')
    expect(sealed.code, sealed.err).toBe(0)
    const record = JSON.parse(read('sealed/record/authorisation.json'))
    expect(createHash('sha256').update(read('request.json')).digest('hex')).toBe(
      JSON.parse(read('request.approval-1.json')).request,
    )
    expect(JSON.parse(read('request.json'))).toEqual(record.request)
    expect(record.approvals.map(({ approver }: { approver: string }) => approver)).toEqual([
      'CN=Example ada (sample)',
      'Office B (sample)',
    ])
    expect(JSON.parse(read('sealed/record/bundle.json')).recipient.name).toBe(RECIPIENT.name)
    expect((await probatum('verify', 'sealed', '--trust-set', 'sealed.trust-set.json', '--quiet')).code).toBe(0)

    // The request is used up.
    const again = await probatum('seal', 'photos', ...DEMO, ...given, '-o', 'again')
    expect([again.code, existsSync(at('again'))]).toEqual([4, false])
    expect(again.err).toContain('[export-number-used]')
    expect((await probatum('gate', 'check', 'request.json', ...approvals, '--log', 'log')).code).toBe(1)
  }, 120_000)

  it('is made for two recipients in one run, and for neither when one of them is refused', async () => {
    const policy = (seq: number[]) => ({
      disclosurePolicy: 'probatum/disclosure-policy/1-draft',
      recipient: null,
      identifier: 'Example export (sample)',
      events: [{ all: true, fields: ['time'] }],
      items: [{ seq, payload: true, fields: [] }],
    })
    write('few.json', policy([0]))
    write('more.json', policy([0, 1]))
    for (const name of ['first', 'second']) {
      const made = await request(`${name}.json`, ['--policy', name === 'first' ? 'few.json' : 'more.json'])
      expect(made.code, made.err).toBe(0)
      for (const by of ['ada', 'cyd']) expect((await approve(`${name}.json`, by)).code).toBe(0)
    }
    const approvals = (name: string, count: number) =>
      Array.from({ length: count }, (_, at) => ['--approval', `${name}.approval-${at + 1}.json`]).flat()
    const redact = ['redact', 'sealed', ...DEMO, '--for', 'first.json', '--for', 'second.json', '-o', 'shared']
    const before = [readdirSync(place), read('log/custody.jsonl')]
    const refused = await probatum(...redact, ...approvals('first', 2), ...approvals('second', 1))
    expect(refused.code).toBe(4)
    expect(refused.err).toContain('second.json (1 not met)')
    expect(refused.err).not.toContain('first.json (')
    expect([readdirSync(place), read('log/custody.jsonl')]).toEqual(before)

    const made = await probatum(...redact, ...approvals('first', 2), ...approvals('second', 2))
    expect(made.code, made.err).toBe(0)
    for (const name of ['first', 'second']) {
      const { request: stated } = JSON.parse(read(`shared/${name}/record/authorisation.json`))
      expect(stated).toEqual(JSON.parse(read(`${name}.json`)))
      const disclosures = read(`shared/${name}/record/disclosures.jsonl`)
      expect(createHash('sha256').update(disclosures).digest('hex')).toBe(stated.disclosures)
      const trust = ['--trust-set', 'shared/INTERNAL-demonstration.trust-set.json', '--quiet']
      expect((await probatum('verify', `shared/${name}`, ...trust)).code).toBe(0)
    }
    const open = ['disclose', 'shared/first', '--log', 'log', '--open', 'items.jsonl:1', '-o', 'later.jsonl']
    const undecided = await probatum(...open, '--yes')
    expect(undecided.err).toContain('was no part of it, and nobody is asked here: have it decided as well')
    expect([undecided.code, existsSync(join(place, 'later.jsonl'))]).toEqual([2, false])
    const decided = await probatum(...open, '--yes', '--decided', 'Example Director (sample)')
    expect(decided.code).toBe(0)
    expect(decided.out).toMatch(
      /custody append log --type access --field note='later openings [0-9a-f]{64}; decided: Example/,
    )
    rmSync(join(place, 'later.jsonl'))
    // The second bundle shows the export of the first as a line, its fields closed.
    expect(read('shared/INTERNAL-disclosure-matrix.csv')).toContain(',export,line,opened,opened')
    expect(read('shared/second/record/custody.jsonl').trimEnd().split('\n').at(-2)).toContain('"type":"export"')
  }, 120_000)

  it('takes a signed exception inside a new request, which has to be approved anew', async () => {
    write('consents.csv', `${HEAD}"0,2"${ROW}`)
    const policy = ['--policy', 'more.json']
    expect((await request('third.json', policy)).code).toBe(0)
    write('consents.csv', `${HEAD}0-2${ROW}`)
    for (const by of ['ada', 'ben']) expect((await approve('third.json', by)).code).toBe(0)
    const except = (...more: string[]) =>
      probatum(
        ...['gate', 'except', 'third.json', '--condition', 'consent-missing', '--ground', 'Order 9 (sample)'],
        ...['--chain', 'cyd.pem', ...more],
      )
    expect((await except('--item', '2', '--key', 'cyd.key', '--yes', '-o', 'none.json')).code).toBe(2)
    expect(
      (await except('--item', '1', '--key', 'cyd.key', '--yes', '--sealer', 'cyd.pem', '-o', 'none.json')).code,
    ).toBe(4)
    expect((await except('--item', '1', '--attributes', 'cyd.der')).code).toBe(0)
    openssl('pkeyutl', '-sign', '-rawin', '-inkey', 'cyd.key', '-in', 'cyd.der', '-out', 'cyd.sig')
    expect((await except('--item', '1', '--signature', 'cyd.sig', '-o', 'fourth.json')).code).toBe(0)
    expect(existsSync(at('none.json'))).toBe(false)
    const old = ['third.approval-1.json', 'third.approval-2.json']
    expect((await probatum('gate', 'check', 'fourth.json', ...old)).code).toBe(1)
    for (const by of ['ada', 'ben']) expect((await approve('fourth.json', by)).code).toBe(0)
    const own = ['fourth.approval-1.json', 'fourth.approval-2.json']
    const checked = await probatum('gate', 'check', 'fourth.json', ...own, '--log', 'log')
    expect(checked.code, checked.out).toBe(0)
    expect(checked.out).toContain('excepted   consent-missing, item 1, by CN=Example cyd (sample)')
    const approvals = own.flatMap((file) => ['--approval', file])
    const made = await probatum('redact', 'sealed', ...DEMO, '--for', 'fourth.json', ...approvals, '-o', 'excepted')
    expect(made.code, made.err).toBe(0)
    // The same people would not have been enough without it.
    const refused = await probatum(
      'redact',
      'sealed',
      ...DEMO,
      '--for',
      'third.json',
      '--approval',
      old[0] ?? '',
      '-o',
      'no',
    )
    expect(refused.err).toContain('[consent-missing]')
  }, 120_000)

  it('looks at the consents again before what was prepared is signed', async () => {
    openssl(
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '900'],
      ...['-addext', 'basicConstraints=critical,CA:FALSE', '-addext', 'keyUsage=critical,digitalSignature'],
      ...['-keyout', 'seal.key', '-out', 'seal.pem', '-subj', '/CN=Example sealer (sample)'],
    )
    await probatum(
      'custody',
      'init',
      'other',
      '--log-key',
      'other.pem',
      '--new-key',
      '--origin',
      'sample.example/other',
    )
    const items = [...'abc'].flatMap((letter) => ['--item', `photos/${letter} (sample).txt`])
    expect((await probatum('custody', 'append', 'other', ...items)).code).toBe(0)
    const made = await request('fifth.json', identifier, 'other')
    expect(made.code, made.err).toBe(0)
    for (const by of ['ada', 'ben'])
      expect((await approve('fifth.json', by, '--log', 'other', '--sealer', 'seal.pem')).code).toBe(0)
    const prepared = await probatum(
      ...['seal', 'prepare', 'photos', '--log', 'other', '--log-key', 'other.pem', '--chain', 'seal.pem'],
      ...['--tsa-later', 'a=CN=Example authority (sample)', '--for', 'fifth.json'],
      ...['--approval', 'fifth.approval-1.json', '--approval', 'fifth.approval-2.json', '-o', 'prepared'],
    )
    expect(prepared.code, prepared.err).toBe(0)
    const attributes = readdirSync(at('prepared/to-sign')).find((name) => name.endsWith('.der')) ?? expect.fail('none')
    openssl('dgst', '-sha256', '-sign', 'seal.key', '-out', 'seal.sig', `prepared/to-sign/${attributes}`)
    const embed = (...more: string[]) =>
      probatum('seal', 'embed', 'prepared', '--signature', 'seal.sig', '-o', 'embedded', ...more)
    expect((await embed()).code).toBe(2)
    expect((await embed('--for', 'fifth.json')).code).toBe(2)
    await probatum('custody', 'init', 'third', '--log-key', 'third.pem', '--new-key')
    expect((await embed('--for', 'fifth.json', '--log', 'third')).err).toContain('is about another log')
    cpSync(at('prepared'), at('copy'), { recursive: true })
    const still = ['--for', 'fifth.json', '--log', 'other', '-o', 'embedded-copy']
    const embedded = await probatum('seal', 'embed', 'copy', '--signature', 'seal.sig', ...still)
    expect(embedded.code, embedded.err).toBe(0)
    const withdrawal = ['custody', 'append', 'other', '--type', 'consent-withdrawal', '--objects']
    expect((await probatum(...withdrawal, '1')).code).toBe(0)
    const refused = await embed('--for', 'fifth.json', '--log', 'other')
    expect([refused.code, existsSync(at('embedded'))]).toEqual([4, false])
    expect(refused.err).toContain('item 1: the consent was withdrawn  [consent-withdrawn]')
  }, 120_000)

  it('explains every condition, and one alone', async () => {
    const all = await probatum('gate', 'explain')
    expect(all.code).toBe(0)
    for (const code of ['assurance-missing:no-death-penalty', 'consent-expired', 'approver-is-sealer', 'head-stale'])
      expect(all.out).toContain(`${code}\n`)
    expect((await probatum('gate', 'explain', 'consent-expired')).out).toMatch(/^consent-expired\n/)
    expect((await probatum('gate', 'explain', 'consent')).code).toBe(2)
  })

  it('names no recipient without an approved request, unless it proves nothing anyway', async () => {
    const real = [
      '--log',
      'log',
      '--log-key',
      'log-key.pem',
      '--key',
      'ada.key',
      '--chain',
      'ada.pem',
      '--tsa-later',
      'a=CN=A',
    ]
    const named = { ...JSON.parse(read('few.json')), recipient: RECIPIENT.name }
    write('named.json', named)
    const before = read('log/custody.jsonl')
    for (const args of [
      ['seal', 'photos', ...real, '--recipient', RECIPIENT.name, '-o', 'no'],
      ['redact', 'sealed', ...real, '--policy', 'named.json', '-o', 'no'],
      ['seal', 'photos', ...real, '--approval', 'request.approval-1.json', '-o', 'no'],
      ['redact', 'sealed', ...real, '-o', 'no'],
      ['seal', 'photos', ...real, '--for', 'first.json', '-o', 'no'],
      ['redact', 'sealed', ...real, '--for', 'request.json', '-o', 'no'],
      ['seal', 'photos', ...real.slice(4), '--recipient', RECIPIENT.name, '-o', 'no'],
      ['seal', 'photos', ...real.slice(4), '--for', 'first.json', '-o', 'no'],
    ]) {
      const { code, err } = await probatum(...args)
      expect([args[0], code, existsSync(at('no'))]).toEqual([args[0], 2, false])
      expect(err).toContain('What to do: ')
    }
    expect(read('log/custody.jsonl')).toBe(before)
    const demo = await probatum('redact', 'sealed', ...DEMO, '--policy', 'named.json', '-o', 'demo')
    expect(demo.code, demo.err).toBe(0)
  }, 120_000)
})

describe('a request that is not met', () => {
  const sample: { made?: GateSample; ada?: SamplePerson; ben?: SamplePerson } = {}
  beforeAll(async () => {
    const made = await GateSample.make()
    Object.assign(sample, { made, ada: await made.person('Ada'), ben: await made.person('Ben') })
  })

  it('is refused with every reason, and nothing is written, in a dozen random combinations', async () => {
    const one = fc.record({
      assured: fc.subarray([...ASSURANCES]),
      handling: fc.boolean(),
      purpose: fc.constantFrom('trial', 'research'),
      kind: fc.constantFrom('national prosecutor', 'newspaper'),
      approvals: fc.nat(2),
      consented: fc.subarray([0, 1, 2]),
      ended: fc.constantFrom('', '2026-01-31'),
    })
    let number = 0
    await fc.assert(
      fc.asyncProperty(one, async ({ assured, handling, purpose, kind, approvals, consented, ended }) => {
        number += 1
        const name = `case-${number}`
        const missing = [0, 1, 2].filter((item) => !consented.includes(item))
        const expected = [
          ...ASSURANCES.filter((assurance) => !assured.includes(assurance)).map((code) => `assurance-missing:${code}`),
          ...(handling ? [] : ['handling-missing']),
          ...(approvals < 2 ? ['approvals-missing'] : []),
          ...(missing.length > 0 ? ['consent-missing'] : []),
          ...(consented.length > 0 && purpose !== 'trial' ? ['consent-purpose'] : []),
          ...(consented.length > 0 && kind !== 'national prosecutor' ? ['consent-recipient-kind'] : []),
          ...(consented.length > 0 && ended !== '' ? ['consent-expired'] : []),
        ]
        const encoded = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
        const assurances = RECIPIENT.assurances.filter(({ assurance }) => assured.includes(assurance))
        const rows = consented.map((item) => `${item},Source (sample),trial,national prosecutor,2026-01-01,${ended},\n`)
        const custody = await CustodyLogFolder.open(at('log'), 'read')
        const { request: asked, kept } = await makeGateRequest({
          custody,
          recipient: parseRecipientFile(
            encoded({ ...RECIPIENT, kind, assurances, conditions: handling ? RECIPIENT.conditions : [] }),
            'recipient',
          ),
          consents: parseConsentRegister(new TextEncoder().encode(`${HEAD}${rows.join('')}`), 'consents'),
          purpose,
          grounds: [],
          conditions: [],
          policy: null,
          identifier: 'Example case 7 (sample)',
          openedConsents: [],
          random: platformRandom,
        })
        await custody.close()
        writeFileSync(at(`${name}.json`), serializeGateRequest(asked))
        writeFileSync(at(`INTERNAL-${name}.json`), serializeGatePrivate(kept))
        const people = [sample.ada ?? expect.fail('none'), sample.ben ?? expect.fail('none')]
        const files: string[] = []
        for (const [number, person] of people.slice(0, approvals).entries()) {
          const approval = (await sample.made?.approval(asked, person)) ?? expect.fail('none')
          writeFileSync(at(`${name}.${number}.json`), serializeGateApproval(approval))
          files.push('--approval', `${name}.${number}.json`)
        }
        const before = [readdirSync(place), read('log/custody.jsonl'), read('log/commits.jsonl')]
        const sealed = await probatum(
          'seal',
          'photos',
          ...DEMO,
          '--for',
          `${name}.json`,
          ...files,
          '-o',
          `${name}.bundle`,
        )
        const told = [...sealed.err.matchAll(/\[([a-z:-]+)\]$/gm)].map(([, code]) => code)
        expect(told.sort()).toEqual(expected.sort())
        if (expected.length > 0) {
          expect(sealed.code).toBe(4)
          expect([readdirSync(place), read('log/custody.jsonl'), read('log/commits.jsonl')]).toEqual(before)
        } else expect(sealed.code, sealed.err).toBe(0)
      }),
      { numRuns: 12, seed: 7, endOnFailure: true },
    )
    expect(number).toBe(12)
  }, 120_000)
})
