// Needs: openssl.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { TimeStampErrorReason } from '@probatum/seal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE } from '../../../tools/build.mjs'
import { placeHere } from '../../../tools/testing/place-here.ts'
import { startProgram } from '../../../tools/testing/started.ts'
import { SERVER_LOGIN, SERVER_POLICY, startTimeStampServer } from '../../../tools/testing/time-stamp-server.ts'

const { place, at, probatum: here } = placeHere('authorities')
let server: Awaited<ReturnType<typeof startTimeStampServer>>
let signing: string[]

/** Side by side with the server, which lives in this process. */
const run = (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  startProgram(program, args, { cwd: place, env: { ...process.env, ...env } }).done
const probatum = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  run(process.execPath, [BUNDLE, ...args], env)
const seal = (out: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  probatum(['seal', 'photos', '-o', out, ...signing, ...args], env)
const sealHere = (out: string, args: readonly string[]) => here('seal', 'photos', '-o', out, ...signing, ...args)
/** What lies in the place under a name, unfinished things included. */
const leftOf = (name: string) => readdirSync(place).filter((file) => file.includes(name))
const seals = (bundle: string) => readdirSync(at(bundle, 'seal/1')).sort()
const recordOf = (bundle: string) => JSON.parse(readFileSync(at(bundle, 'record/bundle.json'), 'utf8'))
const SIGNATURE = 'tagmanifest-sha256.txt.p7s'

beforeAll(async () => {
  server = await startTimeStampServer()
  mkdirSync(at('photos'))
  writeFileSync(at('photos/a.txt'), 'invented\n')
  signing = ['--key', server.signer.key, '--chain', server.signer.certificate, '--issuer', 'Example Mechanism (sample)']
}, 180_000)
afterAll(async () => {
  await server.close()
})

describe('probatum seal, with an authority that misbehaves', () => {
  const answers: readonly [path: string, TimeStampErrorReason][] = [
    ['wrong-nonce', 'other-nonce'],
    ['no-nonce', 'other-nonce'],
    ['wrong-imprint', 'other-imprint'],
    ['error-status', 'refused'],
    ['error-status-with-token', 'refused'],
    ['no-token', 'no-token'],
    ['http-error', 'http-status'],
    ['html', 'content-type'],
    ['html-as-reply', 'unreadable'],
    ['truncated', 'unreadable'],
    ['cut-off', 'network'],
    ['slow', 'timeout'],
    ['silent', 'timeout'],
    ['huge', 'too-large'],
    ['huge-announced', 'too-large'],
    ['redirect', 'redirect'],
    ['redirect-elsewhere', 'redirect'],
    ['expired', 'validity'],
    ['wrong-eku', 'extended-key-usage'],
    ['two-purposes', 'extended-key-usage'],
    ['ca-as-leaf', 'key-usage'],
    ['two-signers', 'signers'],
    ['no-certificate', 'no-certificate'],
    ['future', 'other-time'],
    ['past', 'other-time'],
    ['bad-signature', 'signature'],
    ['bare-token', 'unreadable'],
    ['closed', 'network'],
    ['nothing-here', 'http-status'],
  ]

  // Only faults on the way are tried again.
  const isTransient = (reason: TimeStampErrorReason) => reason === 'network' || reason === 'timeout'
  const refuses = async (path: string, reason: TimeStampErrorReason) => {
    // No name is the beginning of another one.
    const name = `of-${path}-.`
    const run = isTransient(reason) ? seal : sealHere
    const { code, out, err } = await run(name, ['--tsa', `x=${server.url(path)}`, '--tsa-timeout', '2'])
    expect(err).toContain(`(${reason}: x: `)
    expect(err).toContain('Nothing was sealed.')
    expect(err).toContain('What to do:')
    expect(err).not.toContain('token=secret')
    expect(code).toBe(4)
    expect(out).toBe('')
    expect(leftOf(name)).toEqual([])
    expect(server.asked.filter((asked) => asked === path).length > 1).toBe(isTransient(reason))
  }
  const NAME = 'refuses what %s sends, as %s, and writes nothing'
  // These wait, and do so together: each in a process of its own.
  it.concurrent.each(answers.filter(([, reason]) => isTransient(reason)))(NAME, refuses)
  it.each(answers.filter(([, reason]) => !isTransient(reason)))(NAME, refuses)

  it('refuses another policy than was asked for', async () => {
    const asked = ['--tsa', `x=${server.url('other-policy')}`, '--tsa-policy', `x=${SERVER_POLICY}`]
    const { code, err } = await seal('of-policy', asked)
    expect(err).toContain(`(other-policy: x: expected ${SERVER_POLICY}, found 1.3.6.1.4.1.32473.9)`)
    expect(code).toBe(4)
    expect(leftOf('of-policy')).toEqual([])
  })

  it('passes on why OpenSSL refuses a policy that it does not have', async () => {
    const { code, err } = await seal('of-refusal', ['--tsa', `x=${server.url('good')}`, '--tsa-policy', 'x=2.999.5'])
    expect(err).toMatch(/\(refused: x: status 2, unacceptedPolicy/)
    expect(code).toBe(4)
  })

  it('accepts grantedWithMods, and says so', async () => {
    const { code, err } = await seal('with-mods', ['--tsa', `x=${server.url('granted-with-mods')}`])
    expect(err.match(/grantedWithMods/g)).toHaveLength(1)
    expect(code).toBe(0)
  })

  it('asks a busy authority again', async () => {
    const { code, err } = await seal('of-busy', ['--tsa', `x=${server.url('busy')}`])
    expect(err).toContain('It is asked again in')
    expect(code).toBe(0)
  })
})

describe('probatum seal, with authorities made of OpenSSL', () => {
  it('stores an answer that OpenSSL verifies, under the policy asked for', async () => {
    const asked = ['--tsa', `acme=${server.url('good')}`, '--tsa-policy', `acme=${SERVER_POLICY}.1`, '--long-term']
    const { code, err } = await seal('good', asked)
    expect(code).toBe(0)
    expect(err).toBe('')
    for (const digest of ['sha256', 'sha512']) {
      const signature = `good/seal/1/tagmanifest-${digest}.txt.p7s`
      const verify = [
        'ts',
        '-verify',
        '-in',
        `${signature}.acme.tsr`,
        '-data',
        signature,
        '-CAfile',
        server.root.certificate,
      ]
      expect((await run('openssl', verify)).code).toBe(0)
      const { out } = await run('openssl', ['ts', '-reply', '-in', `${signature}.acme.tsr`, '-text'])
      expect(out).toContain(`${SERVER_POLICY}.1`)
    }
  })

  it('needs as many answers as the threshold says, and names the others', async () => {
    const dead = await server.deadUrl()
    const three = ['a=good', 'b=second', 'd=wrong-eku'].flatMap((each) => {
      const [label, path] = each.split('=')
      return ['--tsa', `${label}=${server.url(path ?? '')}`]
    })
    const all = await seal('too-few', [...three, '--tsa', `c=${dead}`, '--tsa-threshold', '3'])
    expect(all.code).toBe(4)
    expect(all.err).toContain('extended-key-usage')
    expect(all.err).toMatch(/network: c: \S+ ECONNREFUSED/)
    expect(leftOf('too-few')).toEqual([])
    const { code, err } = await seal('enough', [...three, '--tsa-threshold', '2'])
    expect(code).toBe(0)
    expect(err).toContain('No time-stamp of d:')
    expect(seals('enough')).toEqual([SIGNATURE, `${SIGNATURE}.a.tsr`, `${SIGNATURE}.b.tsr`])
    expect(recordOf('enough')).toMatchObject({
      seal: [{ timestamps: 2 }],
      authorities: [{ label: 'a' }, { label: 'b' }],
    })
    const more = await seal('more', [...three, '--tsa-threshold', '1'])
    expect(more.code).toBe(0)
    expect(recordOf('more').seal[0].timestamps).toBe(1)
    expect(seals('more')).toHaveLength(3)
    // Whole for a recipient who believes both roots, whether it has as many tokens as it needs or more.
    const add = (certificate: string, role: string, to: string, ...rest: string[]) =>
      probatum(['trust', 'add', certificate, '--role', role, '--source', 'invented', '--sample', '--to', to, ...rest])
    const first = await add(server.signerRoot.certificate, 'signer', 'set-1.json', '--issuer', 'Example (sample)')
    expect(first.code).toBe(0)
    await add(server.root.certificate, 'time-stamp-authority', 'set-2.json', '--after', 'set-1.json')
    await add(server.secondRoot.certificate, 'time-stamp-authority', 'set-3.json', '--after', 'set-2.json')
    for (const bundle of ['enough', 'more']) {
      const { code: passed, out } = await probatum(['verify', bundle, '--trust-set', 'set-3.json', '--json'])
      const { assessment } = JSON.parse(out).body
      expect([passed, assessment.indication]).toEqual([0, 'TOTAL-PASSED'])
    }
  })

  it('says when two authorities seem to have one root, because recipients count them once', async () => {
    const [one, two] = [`a=${server.url('good')}`, `b=${server.url('sibling')}`]
    const { code, err } = await seal('one-root', ['--tsa', one, '--tsa', two, '--tsa', `c=${server.url('second')}`])
    expect(code).toBe(0)
    expect(err).toBe(
      'a and b seem to have one root, CN=Example time-stamp root (sample),O=Example (sample): recipients then count them as one authority. Name one of another root, or lower --tsa-threshold.\n',
    )
  })

  it('warns of http, but not on this computer', async () => {
    const far = ['--tsa', 'far=http://tsa.invalid/', '--tsa-timeout', '1', '--tsa-threshold', '1']
    const { code, err } = await seal('far', ['--tsa', `a=${server.url('good')}`, ...far])
    expect(code).toBe(0)
    expect(err.match(/is asked over http, not https/g)).toHaveLength(1)
    expect(err).toContain('far is asked over http')
    expect(err).toContain('No time-stamp of far:')
    expect(seals('far')).toEqual([SIGNATURE, `${SIGNATURE}.a.tsr`])
  })

  it('takes user and password from a file or the environment, and never prints them', async () => {
    const tsa = ['--tsa', `my-tsa=${server.url('login')}`]
    writeFileSync(at('login.txt'), `${SERVER_LOGIN}\n`, { mode: 0o600 })
    writeFileSync(at('wrong.txt'), 'example:another secret\n', { mode: 0o644 })
    expect((await seal('in-1', [...tsa, '--tsa-login', 'my-tsa=login.txt'])).code).toBe(0)
    expect((await seal('in-2', tsa, { PROBATUM_TSA_LOGIN_MY_TSA: SERVER_LOGIN })).code).toBe(0)
    const wrong = await seal('in-3', [...tsa, '--tsa-login', 'my-tsa=wrong.txt'])
    expect(wrong).toMatchObject({ code: 4, out: '' })
    expect(wrong.err).toContain('http-status: my-tsa: 401')
    expect(wrong.err).toContain('can be read by other users')
    const inUrl = await seal('in-4', ['--tsa', 'x=http://example:another-secret@127.0.0.1/'])
    expect(inUrl.code).toBe(2)
    const broken = await seal('in-5', tsa, { PROBATUM_TSA_LOGIN_MY_TSA: 'secret-without-colon' })
    expect(broken.code).toBe(4)
    // In the clear over a network: refused before anything is sent.
    const far = await seal('in-6', ['--tsa', 'x=http://tsa.example/'], { PROBATUM_TSA_LOGIN_X: SERVER_LOGIN })
    expect(far.code).toBe(2)
    expect(far.err).toContain('over https only')
    for (const { err } of [wrong, inUrl, broken, far]) expect(err).not.toMatch(/secret/)
    expect(leftOf('in-').sort()).toEqual(['in-1', 'in-1.openings.jsonl', 'in-2', 'in-2.openings.jsonl'])
  })

  it('refuses options that fit no authority', async () => {
    const tsa = ['--tsa', `a=${server.url('good')}`]
    for (const more of [
      ['--tsa', `a=${server.url('second')}`],
      // The same one under two labels would count once, and the bundle would never be whole.
      ['--tsa', `b=${server.url('crafted')}`],
      ['--tsa-threshold', '2'],
      ['--tsa-threshold', '0'],
      ['--tsa-policy', 'b=1.2.3'],
      ['--tsa-policy', 'a=x'],
      ['--tsa-later', 'a=CN=Same label'],
      // Names that no answer will have, as `openssl x509` prints them too: the bundle would never be whole.
      ['--tsa-later', 'b=later'],
      ['--tsa-later', 'b=O = Example (sample), CN = Example'],
      ['--tsa-later', 'b=/O=Example (sample)/CN=Example'],
      ['--tsa-timeout', '0'],
    ])
      expect(await sealHere('never', [...tsa, ...more])).toMatchObject({ code: 2, out: '' })
    const root = await seal('never', ['--tsa-later', `b=${server.secondRoot.certificate}`])
    expect(root).toMatchObject({ code: 4, out: '' })
    expect(root.err).toContain('is none that makes time-stamps')
    expect(leftOf('never')).toEqual([])
  })
})

describe('code for a network', () => {
  const LOADED = `process.on('exit', () => process.stderr.write(JSON.stringify(process.moduleLoadList)))`
  const loadedBy = async (args: readonly string[]) => {
    const watch = `data:text/javascript,${encodeURIComponent(LOADED)}`
    const { err } = await run(process.execPath, ['--import', watch, BUNDLE, ...args])
    const list: string[] = JSON.parse(err.slice(err.lastIndexOf('[')))
    expect(list.length).toBeGreaterThan(50)
    return list.filter((name) => /^NativeModule (?:https?|tls|dns|internal\/deps\/undici\/undici)$/.test(name))
  }

  it('is loaded where somebody is asked, and nowhere else', async () => {
    expect((await seal('for-loading', ['--tsa', `a=${server.url('good')}`])).code).toBe(0)
    const signature = `for-loading/seal/1/${SIGNATURE}`
    expect(await loadedBy(['verify', 'for-loading'])).toEqual([])
    expect(await loadedBy(['timestamp', 'verify', `${signature}.a.tsr`, '--data', signature])).toEqual([])
    expect(await loadedBy(['renew', '--check', 'for-loading'])).toEqual([])
    expect(await loadedBy(['timestamp', 'attach', 'for-loading', `${signature}.a.tsr`])).toEqual([])
    const unasked = ['--tsa-later', 'a=CN=Example', '--validation', server.signerRoot.certificate]
    expect(await loadedBy(['seal', 'photos', '-o', 'unasked', ...signing, ...unasked])).toEqual([])
    expect(readdirSync(place)).toContain('unasked')
    expect(
      await loadedBy(['seal', 'photos', '-o', 'loading', ...signing, '--tsa', `a=${server.url('good')}`]),
    ).toContain('NativeModule https')
  })
})

describe('probatum timestamp request and attach', () => {
  const subject = 'CN=Example authority (sample),O=Example (sample)'
  const other = 'CN=Second example authority (sample),O=Example (sample)'
  /** What a person with a network does with a request. */
  const answered = async (query: string, answer: string, unit = server.good) =>
    writeFileSync(at(answer), server.opensslReply(new Uint8Array(readFileSync(at(query))), unit))
  const sealLater = (out: string, ...more: string[]) =>
    seal(out, ['--tsa-later', `acme=${server.good.certificate}`, '--tsa-later', `second=${other}`, ...more])
  const axis = async (bundle: string) => {
    const { out } = await probatum(['verify', bundle, '--json'])
    return JSON.parse(out).body.assessment.axes.completeness.value as string
  }
  const request = async (name: string) =>
    expect((await probatum(['timestamp', 'request', name, '-o', `${name}.tsq`])).code).toBe(0)

  it('seals without a network, says what is missing, and takes the answers later', async () => {
    const made = await sealLater('later')
    expect(made.code).toBe(0)
    expect(made.out).toContain(`No time-stamp  acme  seal/1/${SIGNATURE}`)
    expect(recordOf('later').seal[0].timestamps).toBe(2)
    expect(await axis('later')).toBe('INDETERMINATE')
    await request('later')
    const text = await run('openssl', ['ts', '-query', '-in', 'later.tsq', '-text'])
    expect(text.out).toMatch(/Hash Algorithm: sha256[\s\S]*Nonce: 0x[\s\S]*Certificate required: yes/)
    const sentBack = await probatum(['timestamp', 'attach', 'later', 'later.tsq'])
    expect(sentBack.code).toBe(4)
    expect(sentBack.err).toContain('later.tsq is a request, and no answer to one')
    await answered('later.tsq', 'later.tsr')
    const first = await probatum(['timestamp', 'attach', 'later', 'later.tsr', '--request', 'later.tsq'])
    expect(first.err).toBe('')
    expect(first.code).toBe(0)
    expect(first.out).toContain('1 of the 2 time-stamps that it needs; 1 missing')
    expect(readFileSync(at('later/seal/1', `${SIGNATURE}.acme.tsr`))).toEqual(readFileSync(at('later.tsr')))
    // A bare token, as some services give it: it is wrapped, so that OpenSSL takes it.
    await answered('later.tsq', 'second.tsr', server.second)
    await run('openssl', ['ts', '-reply', '-in', 'second.tsr', '-token_out', '-out', 'second.token'])
    expect((await probatum(['timestamp', 'attach', 'later', 'second.token'])).out).toContain('nonce was not compared')
    const stored = `later/seal/1/${SIGNATURE}`
    const root = server.secondRoot.certificate
    const verify = ['ts', '-verify', '-in', `${stored}.second.tsr`, '-data', stored, '-CAfile', root]
    expect((await run('openssl', verify)).code).toBe(0)
    expect(await axis('later')).toBe('PASSED')
    // Never written over.
    const before = readFileSync(at(`${stored}.acme.tsr`))
    await answered('later.tsq', 'again.tsr')
    const again = await probatum(['timestamp', 'attach', 'later', 'again.tsr'])
    expect(again.code).toBe(2)
    expect(again.err).toContain('already')
    expect(readFileSync(at(`${stored}.acme.tsr`))).toEqual(before)
  })

  it('takes both answers of a long-term bundle in one call', async () => {
    await seal('both', ['--tsa-later', `acme=${subject}`, '--long-term'])
    const made = await probatum(['timestamp', 'request', 'both', '-o', 'both-requests'])
    expect(made.out).toMatch(/sha256 [0-9a-f]{64}\n[\s\S]*sha512 [0-9a-f]{128}\n/)
    for (const digest of ['sha256', 'sha512'])
      await answered(`both-requests/tagmanifest-${digest}.txt.p7s.tsq`, `both-${digest}.tsr`)
    const attached = await probatum(['timestamp', 'attach', 'both', 'both-sha256.tsr', 'both-sha512.tsr'])
    expect(attached.code).toBe(0)
    expect(await axis('both')).toBe('PASSED')
  })

  it('refuses what is not an answer to it, and writes nothing', async () => {
    await sealLater('strict')
    await request('strict')
    await probatum(['timestamp', 'request', 'photos/a.txt', '-o', 'stray.tsq'])
    await answered('strict.tsq', 'fits.tsr')
    await answered('stray.tsq', 'stray.tsr')
    await probatum(['timestamp', 'request', 'strict', '-o', 'newer.tsq'])
    const name = `strict/seal/1/${SIGNATURE}`
    const token = await run('openssl', ['dgst', '-sha256', '-r', name])
    expect(token.code).toBe(0)
    const imprint = { algorithm: 'sha256', digest: new Uint8Array(Buffer.from(token.out.slice(0, 64), 'hex')) } as const
    const crafted = { imprint, policy: null, nonce: null }
    const future = new Date(Date.now() + 86_400_000).getTime() / 1000
    writeFileSync(
      at('future.tsr'),
      await server.token(crafted, { genTime: { epochSeconds: Math.floor(future), fraction: '' } }),
    )
    writeFileSync(
      at('unnamed.tsr'),
      await server.token(
        crafted,
        {},
        server.pki.issue({
          subject: '/CN=Unnamed (sample)',
          issuer: server.root,
          extensions: [
            'basicConstraints=critical,CA:FALSE',
            'keyUsage=critical,digitalSignature',
            'extendedKeyUsage=critical,timeStamping',
          ],
        }),
      ),
    )
    writeFileSync(at('cut.tsr'), readFileSync(at('fits.tsr')).subarray(0, 300))
    writeFileSync(at('page.tsr'), '<html>')
    const before = seals('strict')
    for (const [said, args] of [
      ['(other-imprint: ', ['stray.tsr']],
      ['(other-nonce: ', ['fits.tsr', '--request', 'newer.tsq']],
      ['(other-imprint: ', ['fits.tsr', '--request', 'stray.tsq']],
      ['(other-time: ', ['future.tsr']],
      ['CN=Unnamed (sample), which the bundle does not name', ['unnamed.tsr']],
      ['(unreadable: ', ['cut.tsr']],
      ['(unreadable: ', ['page.tsr']],
      ['does not name as second', ['fits.tsr', '--label', 'second']],
      ['is no request', ['fits.tsr', '--request', 'page.tsr']],
      // The good one is not written either.
      ['(other-imprint: ', ['fits.tsr', 'stray.tsr']],
    ] as const) {
      const { code, out, err } = await here('timestamp', 'attach', 'strict', ...args)
      expect(err).toContain(said)
      expect({ code, out }).toEqual({ code: 4, out: '' })
    }
    expect((await probatum(['timestamp', 'attach', 'strict', 'fits.tsr', 'fits.tsr'])).code).toBe(2)
    expect((await probatum(['timestamp', 'attach', 'photos', 'fits.tsr'])).code).toBe(4)
    expect((await probatum(['timestamp', 'attach', 'fits.tsr', 'fits.tsr'])).code).toBe(4)
    expect(seals('strict')).toEqual(before)
  })

  it('names the missing one after a threshold was met, and takes it later', async () => {
    const { code, out } = await seal('mixed', ['--tsa', `acme=${server.url('good')}`, '--tsa-later', `second=${other}`])
    expect(code).toBe(0)
    expect(out).toContain(`No time-stamp  second  seal/1/${SIGNATURE}: it is to be asked later`)
    expect(seals('mixed')).toEqual([SIGNATURE, `${SIGNATURE}.acme.tsr`])
    await request('mixed')
    await answered('mixed.tsq', 'mixed.tsr', server.second)
    expect((await probatum(['timestamp', 'attach', 'mixed', 'mixed.tsr', '--request', 'mixed.tsq'])).code).toBe(0)
    expect(await axis('mixed')).toBe('PASSED')
  })

  it('writes requests for any file, never over another one', async () => {
    const args = ['timestamp', 'request', 'photos/a.txt', '--digest', 'sha384', '--policy', '1.2.3.4', '-o', 'any.tsq']
    expect((await probatum(args)).code).toBe(0)
    const { out } = await run('openssl', ['ts', '-query', '-in', 'any.tsq', '-text'])
    expect(out).toMatch(/sha384[\s\S]*Policy OID: 1\.2\.3\.4/)
    const before = readFileSync(at('any.tsq'))
    expect((await probatum(args)).code).toBe(2)
    expect(readFileSync(at('any.tsq'))).toEqual(before)
    expect((await probatum(['timestamp', 'request', 'photos/none', '-o', 'none.tsq'])).code).toBe(4)
    expect(existsSync(at('none.tsq'))).toBe(false)
  })
})
