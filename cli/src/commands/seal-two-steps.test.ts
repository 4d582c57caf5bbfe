// Needs: openssl.
import { createPrivateKey, sign } from 'node:crypto'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { mlDsa65SigningKey } from '@probatum/seal'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runHere } from '../../../tools/testing/in-process.ts'
import { mlDsaSigner } from '../../../tools/testing/ml-dsa-signer.ts'
import { testPlace } from '../../../tools/testing/place.ts'
import { startTimeStampServer } from '../../../tools/testing/time-stamp-server.ts'

const { place, at } = testPlace('two-steps')
const SIGNATURE = 'tagmanifest-sha256.txt.p7s'
let server: Awaited<ReturnType<typeof startTimeStampServer>>

const probatum = (...args: string[]) => runHere(args)

/** The device: it is given a file, and gives back r and s. */
function signed(prepared: string, name = SIGNATURE, key = server.signer.key): string {
  const message = readFileSync(at(prepared, 'to-sign', `${name}.attributes.der`))
  const digest = name.includes('sha512') ? 'sha512' : 'sha256'
  const value = sign(digest, message, { key: createPrivateKey(readFileSync(key)), dsaEncoding: 'ieee-p1363' })
  const path = at(`${prepared}.${name}.sig`)
  writeFileSync(path, value)
  return path
}

const prepare = (out: string, ...more: string[]) =>
  probatum('seal', 'prepare', 'photos', '-o', out, '--chain', server.signer.certificate, ...more)
/** Every file below a folder with its bytes. */
function contentOf(folder: string): Record<string, string> {
  const files = readdirSync(at(folder), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path.slice(at(folder).length), readFileSync(path, 'base64')]
    }),
  )
}

const folderBefore = process.cwd()
beforeAll(async () => {
  process.chdir(place)
  server = await startTimeStampServer()
  mkdirSync(at('photos'))
  writeFileSync(at('photos/a (sample).txt'), 'INVENTED SAMPLE a\n')
  writeFileSync(at('photos/b (sample).txt'), 'INVENTED SAMPLE b\n')
}, 180_000)
afterAll(async () => {
  process.chdir(folderBefore)
  await server.close()
})

describe('probatum seal, with a key that is elsewhere', () => {
  it('finishes as seal does, with time-stamps over both signatures, and leaves nothing prepared', async () => {
    const tsa = ['--tsa', `a=${server.url('good')}`, '--tsa', `b=${server.url('second')}`]
    const first = await prepare('long', ...tsa, '--long-term', '--case-id', 'Example case (sample)')
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toContain('probatum seal embed long --signature FILE --signature FILE -o SEALED')
    expect(existsSync(at('long/out/seal'))).toBe(false)
    expect(readFileSync(at('long/prepared.json'), 'utf8')).not.toContain('Example case')
    const signatures = [signed('long', 'tagmanifest-sha512.txt.p7s'), signed('long')]
    const ended = await probatum('seal', 'embed', 'long', '--signature', ...signatures, '-o', 'sealed')
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(readdirSync(at('sealed/seal/1'))).toHaveLength(6)
    expect(existsSync(at('long'))).toBe(false)
    expect(readFileSync(at('sealed.openings.jsonl'), 'utf8')).toContain('"field":"agent"')
    const { out } = await probatum('verify', 'sealed', '--json')
    const { findings } = JSON.parse(out).body as { findings: { id: string; value: string }[] }
    for (const id of ['signature.value', 'timestamp.signature', 'seal.declared', 'payload.complete'])
      expect(findings.filter((finding) => finding.id === id).map(({ value }) => value)).not.toContain('FAILED')
    expect(findings.filter(({ id, value }) => id === 'signature.value' && value === 'PASSED')).toHaveLength(2)
    expect(findings.filter(({ id, value }) => id === 'timestamp.signature' && value === 'PASSED')).toHaveLength(4)
  })

  it('refuses another signature before anything else, and takes the right one afterwards', async () => {
    // An address that nobody answers: it is not even asked.
    const dead = await server.deadUrl()
    expect((await prepare('first', '--tsa', `a=${server.url('good')}`)).code).toBe(0)
    const before = contentOf('first')
    const wrong = signed('first', SIGNATURE, server.signerRoot.key)
    const embed = (signature: string, ...more: string[]) =>
      probatum('seal', 'embed', 'first', '--signature', signature, '-o', 'first-sealed', ...more)
    const refused = await embed(wrong, '--tsa', `a=${dead}`)
    expect(refused).toMatchObject({ code: 4, out: '' })
    expect(refused.err).toContain('not over what was to be signed')
    expect(refused.err).not.toContain('ECONNREFUSED')
    writeFileSync(at('text.sig'), readFileSync(wrong).toString('base64'))
    expect((await embed('text.sig')).err).toContain('88 octets; expected ecdsa: r and s in 64 octets, or their DER')
    const right = signed('first')
    const silent = await embed(right, '--tsa', `a=${dead}`)
    expect(silent).toMatchObject({ code: 4, out: '' })
    expect(silent.err).toMatch(/ECONNREFUSED[\s\S]*Nothing was sealed/)
    const other = await embed(right, '--tsa', `a=${server.url('second')}`)
    expect(other.code).toBe(4)
    expect(other.err).toContain('when the bundle was prepared it was')
    const stranger = await embed(right, '--tsa', `x=${server.url('good')}`)
    expect(stranger.code).toBe(2)
    const broken = await embed(right, '--tsa', `a=${server.url('wrong-nonce')}`)
    expect(broken.code).toBe(4)
    // After all of that everything is as it was prepared, and the same signature finishes it.
    expect(contentOf('first')).toEqual(before)
    expect(existsSync(at('first-sealed'))).toBe(false)
    expect(existsSync(at('first-sealed.openings.jsonl'))).toBe(false)
    expect((await embed(right)).code).toBe(0)
    expect((await embed(right)).code).toBe(4)
  })

  const changes: readonly [what: string, change: (folder: string) => void, said: RegExp][] = [
    ['a file of the payload', (to) => appendFileSync(at(to, 'out/data/00/000001.txt'), '!'), /payload|000001/i],
    ['a record', (to) => appendFileSync(at(to, 'out/record/items.jsonl'), '\n'), /items\.jsonl|tag/i],
    ['a tag manifest', (to) => appendFileSync(at(to, 'out/tagmanifest-sha256.txt'), '\n'), /tagmanifest-sha256\.txt/],
    ['a file more', (to) => writeFileSync(at(to, 'out/data/00/000003.txt'), 'x'), /000003|no manifest|list/i],
    ['a file less', (to) => rmSync(at(to, 'out/data/00/000002.txt')), /000002|missing|absent|not here/i],
    ['the certificate', (to) => cpSync(server.signerRoot.certificate, at(to, 'chain.pem')), /prepared\.json/],
    ['the time', (to) => replace(to, 'prepared.json', /"signingTime":"2/, '"signingTime":"3'), /prepared\.json/],
    ['a path', (to) => replace(to, 'prepared.json', '"path":""', '"path":".."'), /nothing that was prepared/],
  ]
  const replace = (folder: string, name: string, from: string | RegExp, to: string) => {
    const text = readFileSync(at(folder, name), 'utf8')
    expect(text).toMatch(from)
    writeFileSync(at(folder, name), text.replace(from, to))
  }

  it('takes nothing that was changed in between', async () => {
    expect((await prepare('whole', '--tsa-later', 'a=CN=Example (sample)')).code).toBe(0)
    const signature = signed('whole')
    const outcomes: unknown[] = []
    for (const [index, [what, change, said]] of changes.entries()) {
      const folder = `changed-${index}`
      cpSync(at('whole'), at(folder), { recursive: true })
      change(folder)
      const { code, err } = await probatum('seal', 'embed', folder, '--signature', signature, '-o', `made-${index}`)
      expect(err, what).toMatch(said)
      // Found before anything is made of it, not when the whole does not verify.
      expect(err, what).toMatch(/is not as it was (?:when it was )?prepared|holds nothing that was prepared/)
      outcomes.push([what, code, existsSync(at(`made-${index}`)), existsSync(at(folder, 'out/seal'))])
    }
    expect(outcomes).toEqual(changes.map(([what]) => [what, 4, false, false]))
    // What a run that was killed left behind is told and made anew.
    mkdirSync(at('whole/out/seal/1'), { recursive: true })
    writeFileSync(at('whole/out/seal/1', SIGNATURE), 'half of a signature')
    const zipped = await probatum('seal', 'embed', 'whole', '--signature', signature, '-o', 'whole.zip', '--zip')
    expect(zipped.code).toBe(0)
    expect(zipped.err).toContain('Removed what an interrupted run left')
    expect(readFileSync(at('whole.zip')).subarray(0, 2).toString()).toBe('PK')
    expect(existsSync(at('whole'))).toBe(false)
  })

  it('has its ML-DSA signature made here or elsewhere, as the one beside it', async () => {
    const seed = new Uint8Array(32).fill(11)
    const second = await mlDsaSigner(seed)
    writeFileSync(at('pq.key'), second.key)
    writeFileSync(at('pq.pem'), second.chain)
    const tsa = ['--tsa', `a=${server.url('good')}`, '--pq-chain', 'pq.pem']
    expect((await prepare('half', ...tsa, '--pq-key', 'pq.key')).code).toBe(0)
    expect(readdirSync(at('half/to-sign')).filter((name) => name.endsWith('.der'))).toHaveLength(1)
    expect(readdirSync(at('half/out/seal/1'))).toEqual(['tagmanifest-sha256.txt.mldsa.p7s'])
    expect((await probatum('seal', 'embed', 'half', '--signature', signed('half'), '-o', 'half-sealed')).code).toBe(0)

    expect((await prepare('both', ...tsa)).code).toBe(0)
    const message = readFileSync(at('both/to-sign/tagmanifest-sha256.txt.mldsa.p7s.attributes.der'))
    writeFileSync(at('pq.sig'), await (await mlDsa65SigningKey(seed)).sign(new Uint8Array(message), 'sha512'))
    const signatures = [at('pq.sig'), signed('both')]
    expect((await probatum('seal', 'embed', 'both', '--signature', ...signatures, '-o', 'both-sealed')).code).toBe(0)
    for (const bundle of ['half-sealed', 'both-sealed']) {
      const { findings } = JSON.parse((await probatum('verify', bundle, '--json')).out).body
      const passed = (id: string) =>
        findings.filter((finding: { id: string; value: string }) => finding.id === id && finding.value === 'PASSED')
      expect([bundle, passed('signature.value').length, passed('timestamp.signature').length]).toEqual([bundle, 2, 2])
    }
    // By hand too, where the tool can: an older one does not call wrong what it does not know.
    for (const [shell, test] of [
      ['sh', 'if openssl list -signature-algorithms | grep -q ML-DSA; then openssl cms -verify '],
      ['powershell', "if ((openssl list -signature-algorithms) -match 'ML-DSA') { openssl cms -verify "],
    ] as const) {
      const { out } = await probatum('steps', 'both-sealed', '--shell', shell)
      expect(out.split('\n').filter((line) => line.includes('.mldsa.p7s') && line.startsWith(test))).toHaveLength(1)
      expect(out).toContain('not checked: seal/1/tagmanifest-sha256.txt.mldsa.p7s')
    }
  })

  it('has no key of its own among its options, and needs a certificate', async () => {
    const tsa = ['--tsa-later', 'a=CN=Example (sample)']
    const given = await probatum('seal', 'prepare', 'photos', '-o', 'no', '--key', server.signer.key, ...tsa)
    expect([given.code, existsSync(at('no'))]).toEqual([2, false])
    expect((await probatum('seal', 'prepare', 'photos', '-o', 'no', ...tsa)).err).toContain('A seal needs --chain')
    expect((await prepare('no')).err).toContain('A seal needs --tsa')
    const help = await probatum('seal', 'embed', '--help')
    expect(help.out).toContain('probatum seal embed <prepared>')
    expect(help.out).toMatch(/^Examples/m)
    expect((await probatum('seal', '--help')).out).toContain('prepare <')
  })
})

const lineOf = (file: string, at: number) => readFileSync(join(place, file), 'utf8').split('\n')[at] ?? ''

describe('probatum over a log, with a key that is elsewhere', () => {
  it('writes the export at once, and an embedded bundle extends the same history as what came between', async () => {
    const key = ['--log-key', 'log-key.pem']
    await probatum('custody', 'init', 'log', ...key, '--new-key', '--origin', 'sample.example/two-steps')
    const signing = ['--log', 'log', ...key, '--tsa-later', 'a=CN=Example (sample)']
    const first = await prepare('of-log', ...signing)
    expect(first.code).toBe(0)
    const event = Number(/^The log has the export already: event (\d+)\./m.exec(first.out)?.[1])
    expect(lineOf('log/custody.jsonl', event)).toContain('"type":"export"')
    // Given up: the log stays whole.
    expect((await prepare('given-up', ...signing)).code).toBe(0)
    rmSync(at('given-up'), { recursive: true })
    expect((await probatum('custody', 'verify', 'log')).code).toBe(0)
    const direct = ['--key', server.signer.key, '--chain', server.signer.certificate]
    expect((await probatum('seal', 'photos', '-o', 'direct', ...signing, ...direct)).code).toBe(0)
    const embedded = await probatum('seal', 'embed', 'of-log', '--signature', signed('of-log'), '-o', 'from-log')
    expect(embedded.code).toBe(0)
    const compared = await probatum('compare', 'from-log', 'direct')
    expect(compared.out).not.toContain('FORK')
    const lines = (bundle: string) => readFileSync(at(bundle, 'record/custody.jsonl'), 'utf8').trimEnd().split('\n')
    expect(lines('from-log')).toHaveLength(event + 1)
    expect(lines('direct').slice(0, event + 1)).toEqual(lines('from-log'))
    expect(lines('direct').filter((line) => line.includes('"type":"export"'))).toHaveLength(3)
  })

  it('redacts for several recipients, whose signatures come in any order', async () => {
    const policy = (identifier: string) => ({
      disclosurePolicy: 'probatum/disclosure-policy/1-draft',
      recipient: null,
      identifier,
      items: [{ seq: [0], payload: true, fields: [] }],
    })
    for (const name of ['court', 'defence'])
      writeFileSync(at(`${name}.json`), JSON.stringify(policy(`Example ${name}`)))
    const policies = ['--policy', 'court.json', '--policy', 'defence.json']
    const master = ['direct', '--log', 'log', '--log-key', 'log-key.pem', ...policies]
    const signing = ['--chain', server.signer.certificate, '--tsa', `a=${server.url('good')}`]
    const prepared = await probatum('redact', 'prepare', ...master, '-o', 'shared', ...signing)
    expect(prepared.code).toBe(0)
    const events = /^The log has the exports already: event (\d+), (\d+)\./m.exec(prepared.out)?.slice(1).map(Number)
    for (const event of events ?? expect.fail(prepared.out))
      expect(lineOf('log/custody.jsonl', event)).toContain('"type":"export"')
    const files = readdirSync(at('shared/to-sign')).filter((name) => name.endsWith('.der'))
    expect(files).toEqual([`court.${SIGNATURE}.attributes.der`, `defence.${SIGNATURE}.attributes.der`])
    const [court, defence] = ['court', 'defence'].map((name) => signed('shared', `${name}.${SIGNATURE}`))
    const one = await probatum('redact', 'embed', 'shared', '--signature', `${court}`, '-o', 'shares')
    expect(one.err).toContain('the signature over tagmanifest-sha256.txt is missing')
    const both = [`${defence}`, `${court}`]
    const { code, out } = await probatum('redact', 'embed', 'shared', '--signature', ...both, '-o', 'shares')
    expect(code).toBe(0)
    expect(out).toContain('Keep, and do not send: the files whose names begin with INTERNAL.')
    expect(readdirSync(at('shares')).sort()).toEqual([
      'INTERNAL-disclosure-matrix.csv',
      'INTERNAL-disclosure-matrix.json',
      'court',
      'defence',
    ])
    expect(readdirSync(at('shares/court/seal/1'))).toHaveLength(2)
    const verified = await probatum('verify', 'shares/court', '--json')
    expect(JSON.parse(verified.out).body.assessment.axes.bytes.value).toBe('PASSED')
  })
})
