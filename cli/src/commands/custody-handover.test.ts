// Needs: openssl.
import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { placeHere } from '../../../tools/testing/place-here.ts'

const { place, at, read, probatum } = placeHere('handover')
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: place, stdio: 'pipe' })

const P256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
const CERTIFY = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-days', '800', '-extfile', 'person.ext']
const PEOPLE = ['Example Giver Beispiel', 'Example Receiver Muster']

function person(name: string, subject: string): void {
  openssl('req', ...P256, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${subject}`)
  openssl('x509', '-req', '-in', `${name}.csr`, ...CERTIFY, '-out', `${name}.pem`)
}

function sign(by: string, statement: string, out: string): void {
  const signer = ['-signer', `${by}.pem`, '-inkey', `${by}.key`]
  openssl(
    'cms',
    '-sign',
    '-cades',
    '-binary',
    '-md',
    'sha256',
    '-in',
    statement,
    ...signer,
    '-outform',
    'DER',
    '-out',
    out,
  )
}

beforeAll(async () => {
  writeFileSync(at('person.ext'), 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n')
  openssl(
    'req',
    '-x509',
    ...P256,
    '-days',
    '900',
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-subj',
    '/CN=Example Couriers',
  )
  person('giver', PEOPLE[0] ?? '')
  person('receiver', PEOPLE[1] ?? '')
  mkdirSync(at('photos'))
  writeFileSync(at('photos/one (sample).txt'), 'INVENTED SAMPLE\n')
  await probatum('custody', 'init', 'log', '--log-key', 'key.pem', '--new-key', '--origin', 'sample.example/handover')
  await probatum('custody', 'append', 'log', '--item', 'photos/one (sample).txt')
}, 120_000)

const FIELDS = ['--field', `agent=${PEOPLE[0]}`, '--field', `receiver=${PEOPLE[1]}`]

describe('a signed hand-over', () => {
  it('is prepared without touching the log, and shows no name in what is signed', async () => {
    const before = read('log/custody.jsonl')
    const prepare = ['custody', 'handover', 'log', '--objects', '0']
    expect(await probatum(...prepare, '--out', 'none')).toMatchObject({ code: 2 })
    expect(await probatum(...prepare, ...FIELDS, '--out', 'paper')).toMatchObject({ code: 0, err: '' })
    expect(read('log/custody.jsonl')).toBe(before)
    for (const statement of ['handover.json', 'receipt.json'])
      for (const name of PEOPLE) expect(read(`paper/${statement}`)).not.toContain(name)
    expect(JSON.parse(read('paper/handover.json')).statement).toBe('probatum/handover/1')
    expect(await probatum('custody', 'append', 'log', '--signed', 'paper')).toMatchObject({ code: 4 })
  })

  it('is refused with a signature over something else', async () => {
    sign('receiver', 'paper/receipt.json', 'paper/handover.p7s')
    const refused = await probatum('custody', 'append', 'log', '--signed', 'paper')
    expect(refused.code).toBe(4)
    expect(refused.err).toContain('other-content')
    renameSync(at('paper/handover.p7s'), at('paper/receipt.p7s'))
  })

  it.each(['giver', 'again'])('is refused when one key signed both sides, the second as %s', async (second) => {
    // A certificate of the same key under another name.
    openssl('req', '-new', '-key', 'giver.key', '-out', 'again.csr', '-subj', '/CN=Example Somebody Else')
    openssl('x509', '-req', '-in', 'again.csr', ...CERTIFY, '-out', 'again.pem')
    writeFileSync(at('again.key'), read('giver.key'))
    const before = read('log/custody.jsonl')
    sign('giver', 'paper/handover.json', 'paper/handover.p7s')
    sign(second, 'paper/receipt.json', 'paper/receipt.p7s')
    const refused = await probatum('custody', 'append', 'log', '--signed', 'paper')
    expect(refused.code).toBe(4)
    expect(refused.err).toContain('signed with the same key')
    expect(read('log/custody.jsonl')).toBe(before)
    sign('receiver', 'paper/receipt.json', 'paper/receipt.p7s')
  })

  it('is added once, and what is between does not matter', async () => {
    await probatum('custody', 'append', 'log', '--type', 'access', '--field', 'agent=Example Visitor')
    sign('giver', 'paper/handover.json', 'paper/handover.p7s')
    expect(await probatum('custody', 'append', 'log', '--signed', 'paper')).toMatchObject({ code: 0, err: '' })
    const again = await probatum('custody', 'append', 'log', '--signed', 'paper')
    expect(again.code).toBe(4)
    expect(again.err).toContain('stands in the log already')
    expect(await probatum('custody', 'verify', 'log')).toMatchObject({ code: 0 })
  })

  it('passes under an anchor of role handover, is open without one, and names nobody in the report', async () => {
    const sealed = await probatum(
      'seal',
      'photos',
      '-o',
      'bundle',
      '--log',
      'log',
      '--log-key',
      'key.pem',
      '--demo-authority',
    )
    expect(sealed.code).toBe(0)
    const add = ['trust', 'add', 'root.pem', '--role', 'handover', '--source', 'a test']
    const added = await probatum(...add, '--after', 'bundle.trust-set.json', '--to', 'set.json')
    expect(added, added.err).toMatchObject({ code: 0 })
    const findingOf = async (trustSet: string) => {
      const { out } = await probatum('verify', 'bundle', '--trust-set', trustSet, '--json')
      for (const name of [...PEOPLE, 'Example Couriers']) expect(out).not.toContain(name)
      const found: { id: string; value: string; reason?: string; counts?: object }[] = JSON.parse(out).body.findings
      return found.find(({ id }) => id === 'custody.handover')
    }
    expect(await findingOf('set.json')).toMatchObject({ value: 'PASSED', counts: { hold: 2, signatures: 2 } })
    expect(await findingOf('bundle.trust-set.json')).toMatchObject({ value: 'INDETERMINATE', reason: 'signer-unknown' })
  })

  it('is open from saved facts, which have nobody’s certificate', async () => {
    const verify = ['verify', 'bundle', '--trust-set', 'set.json', '--save-facts']
    expect(await probatum(...verify, 'facts.json')).toMatchObject({ code: 0 })
    const certificate = execFileSync('openssl', ['x509', '-in', at('giver.pem'), '-outform', 'DER']).toString('base64')
    expect(read('facts.json')).not.toContain(certificate)
    const { out } = await probatum('judge', 'facts.json', '--trust-set', 'set.json', '--json')
    expect(out).toContain('not-in-facts')
    expect((await probatum(...verify, 'opened.json', '--show-opened')).code).toBe(0)
    expect(read('opened.json')).toContain(certificate)
    expect((await probatum('judge', 'opened.json', '--trust-set', 'set.json', '--json')).out).not.toContain(
      'not-in-facts',
    )
  })
})
