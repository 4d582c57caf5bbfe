// Needs: openssl.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { instantOf, type Report } from '@probatum/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AUTHORITY, type Issued, opensslPki, SIGNER, TIME_STAMP_UNIT } from '../../../tools/testing/openssl-pki.ts'
import { opensslRevocation } from '../../../tools/testing/openssl-revocation.ts'
import { probatumPlace } from '../../../tools/testing/place.ts'
import { startProbatum } from '../../../tools/testing/started.ts'

const { place } = probatumPlace('alone')
const at = (name: string) => join(place, name)
let pki: ReturnType<typeof opensslPki>
let signer: Issued
let unit: Issued
let server: Server
let url: string
let asked = 0

/** In the background: the authority answers from this process. */
const probatum = (...args: string[]) => startProbatum(args, { cwd: place }).done

beforeAll(async () => {
  pki = opensslPki()
  const root = pki.issue({ subject: '/CN=Example Signer Root (sample)', extensions: AUTHORITY })
  const tsaRoot = pki.issue({ subject: '/CN=Example Time Root (sample)', extensions: AUTHORITY })
  signer = pki.issue({ subject: '/CN=Example Signer (sample)', extensions: SIGNER, issuer: root })
  unit = pki.issue({ subject: '/CN=Example Time Unit (sample)', extensions: TIME_STAMP_UNIT, issuer: tsaRoot })
  const year = new Date().getUTCFullYear()
  const day = (n: number) => {
    const instant = instantOf(n, 1, 1, 0, 0, 0)
    if (instant === undefined) throw new Error('no such year')
    return instant
  }
  const span = { thisUpdate: day(year), nextUpdate: day(year + 2) }
  const revocation = opensslRevocation(pki)
  writeFileSync(at('good.crl'), revocation.crl({ issuer: root, ...span }))
  const revoked = [{ certificate: signer, date: day(year - 1), reason: 'keyCompromise' }]
  writeFileSync(at('bad.crl'), revocation.crl({ issuer: root, revoked, ...span }))
  const letter = new TextEncoder().encode('an invented letter (sample)')
  writeFileSync(at('letter.txt'), letter)
  writeFileSync(at('letter.p7s'), pki.sign(letter, [signer], []))
  pki.stamp(readFileSync(at('letter.p7s')), unit, [])
  writeFileSync(at('letter.p7s.tsr'), readFileSync(join(pki.folder, 'reply')))
  writeFileSync(at('letter.tsr'), pki.stamp(letter, unit, []))
  writeFileSync(at('roots.pem'), readFileSync(root.certificate))
  writeFileSync(at('tsa-roots.pem'), readFileSync(tsaRoot.certificate))
  writeFileSync(at('key.pem'), readFileSync(signer.key))
  writeFileSync(at('chain.pem'), readFileSync(signer.certificate))
  const source = ['--source', 'this test']
  const first = ['--role', 'signer', '--issuer', 'Example Court (sample)', '--sample', '--to', 'one.json']
  await probatum('trust', 'add', 'roots.pem', ...source, ...first)
  await probatum(
    'trust',
    'add',
    'tsa-roots.pem',
    ...source,
    '--role',
    'time-stamp-authority',
    '--after',
    'one.json',
    '--to',
    'trust.json',
  )
  server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      asked++
      writeFileSync(join(pki.folder, 'query'), Buffer.concat(pieces))
      pki.openssl('ts', '-reply', '-config', 'tsa.cnf', '-section', 'tsa', '-queryfile', 'query', '-out', 'reply')
      response.setHeader('Content-Type', 'application/timestamp-reply')
      response.end(readFileSync(join(pki.folder, 'reply')))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  url = `http://127.0.0.1:${address.port}/`
}, 120_000)

afterAll(() => {
  server.close()
  pki.remove()
})

const trust = ['--trust-set', 'trust.json']
const signed = ['signature', 'verify', 'letter.p7s', '--content', 'letter.txt', '--tokens', 'letter.p7s.tsr', ...trust]

describe('signature verify', () => {
  it('passes a signature with its time-stamp, in words about a signature', async () => {
    const run = await probatum(...signed)
    expect(run.err).toBe('')
    expect(run.out).toMatch(/^✓ The signature holds for this file\./)
    expect(run.out).toMatch(/Who signed it\?\n {2}Example Signer \(sample\)\./)
    expect(run.out.split('The same report elsewhere')[0]).not.toMatch(/\bseal\b|bundle|list of files/)
    expect(run.code).toBe(0)
  })

  it('ends with a command that gives the same report', async () => {
    const run = await probatum(...signed, '--crl', 'good.crl', '--at', '2040-01-01')
    const command = run.out.trimEnd().split('\n').at(-1)?.trim().split(' ').slice(1) ?? []
    expect(command).toContain('good.crl')
    expect((await probatum(...command)).out).toBe(run.out)
  })

  it('takes withdrawal data: a good list passes, a withdrawn key fails, and the report names the file', async () => {
    const good = await probatum(...signed, '--crl', 'good.crl', '--json')
    const { body } = JSON.parse(good.out) as Report
    expect(body.inputs.files).toEqual([{ kind: 'crl', sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }])
    expect(body.findings.find(({ id }) => id === 'signer.revocation')?.value).toBe('PASSED')
    const bad = await probatum(...signed, '--crl', 'bad.crl', '--json')
    const revoked = (JSON.parse(bad.out) as Report).body.findings.find(({ id }) => id === 'signer.revocation')
    expect(revoked).toMatchObject({ value: 'FAILED', subIndication: 'REVOKED' })
    expect([good.code, bad.code]).toEqual([0, 1])
  })

  it('gives facts that judge makes the same report from, withdrawal data included', async () => {
    const options = ['--at', '2040-01-01', '--json']
    const verified = await probatum(...signed, '--crl', 'good.crl', ...options, '--save-facts', 'with-crl.json')
    const judged = await probatum('judge', 'with-crl.json', ...trust, ...options)
    const [one, other] = [JSON.parse(verified.out) as Report, JSON.parse(judged.out) as Report]
    expect(other).toEqual({ body: one.body, envelope: { ...one.envelope, savedFacts: true } })
  })

  it('cannot tell without a time-stamp or without a list of keys, and fails over another file', async () => {
    expect((await probatum(...signed.filter((word) => !/tokens|tsr/.test(word)))).code).toBe(3)
    expect((await probatum('signature', 'verify', 'letter.p7s', '--content', 'letter.txt')).code).toBe(3)
    const other = await probatum('signature', 'verify', 'letter.p7s', '--content', 'key.pem', ...trust)
    expect([other.code, other.out]).toEqual([1, expect.stringContaining('The signature is not over the bytes')])
    expect((await probatum('signature', 'verify', 'gone.p7s', '--content', 'letter.txt')).code).toBe(4)
    expect((await probatum('signature', 'verify', 'letter.p7s')).code).toBe(2)
  })
})

/** `openssl cms -sign` as most people call it: a text is signed as mail would carry it. */
describe('a text that was signed as mail', () => {
  const sign = (...options: string[]) =>
    pki.openssl('cms', '-sign', '-signer', at('chain.pem'), '-inkey', at('key.pem'), '-in', at('two.txt'), ...options)
  const said = async (...args: string[]) => {
    const { body } = JSON.parse((await probatum('signature', 'verify', ...args, '--json')).out) as Report
    const of = (id: string) => body.findings.find((finding) => finding.id === id)
    return { content: of('signature.content'), digest: of('signature.message-digest'), value: of('signature.value') }
  }

  it('is not passed over other line ends, and it is said that nothing else differs', async () => {
    writeFileSync(at('two.txt'), 'an invented letter\nof two lines (sample)\n')
    writeFileSync(at('mail.txt'), 'an invented letter\r\nof two lines (sample)\r\n')
    sign('-outform', 'DER', '-out', at('two.p7s'))
    sign('-nodetach', '-outform', 'DER', '-out', at('inside.p7s'))
    const lineEnds = { name: 'lineEnds', expected: 'CRLF', found: 'other' }
    const detached = await said('two.p7s', '--content', 'two.txt')
    expect(detached.digest).toMatchObject({ value: 'FAILED', reason: 'line-ends', subIndication: 'HASH_FAILURE' })
    expect(detached.digest?.evidence).toContainEqual(lineEnds)
    const attached = await said('inside.p7s', '--content', 'two.txt')
    expect(attached.content).toMatchObject({ value: 'FAILED', reason: 'line-ends' })
    expect(attached.content?.evidence).toContainEqual(lineEnds)
    for (const name of ['two.p7s', 'inside.p7s']) {
      const held = await said(name, '--content', 'mail.txt')
      expect([held.content?.value, held.digest?.value, held.value?.value]).toEqual(['PASSED', 'PASSED', 'PASSED'])
    }
    const other = await said('two.p7s', '--content', 'letter.txt')
    expect(other.digest).toMatchObject({ value: 'FAILED', reason: 'differs' })
  })

  it('into a mail is refused with the commands that take out what can be judged', async () => {
    for (const options of [[], ['-nodetach'], ['-text']]) {
      sign(...options, '-out', at('MAIL'))
      const refused = await probatum('signature', 'verify', 'MAIL', '--content', 'two.txt')
      expect([refused.code, refused.err]).toEqual([4, expect.stringContaining('a signed mail (S/MIME)')])
      for (const [, command = ''] of refused.err.matchAll(/`openssl ([^`]*)`/g))
        pki.openssl(...command.split(' ').map((word) => (word.startsWith('MAIL') ? at(word) : word)))
      const held = await said('MAIL.p7s', '--content', 'MAIL.content')
      expect([held.content?.value, held.digest?.value, held.value?.value]).toEqual(['PASSED', 'PASSED', 'PASSED'])
    }
    expect((await probatum('verify', 'MAIL')).err).toContain('openssl cms -cmsout -inform SMIME')
    expect((await probatum('inspect', 'MAIL')).err).toContain('openssl cms -cmsout -inform SMIME')
  })
})

describe('timestamp verify', () => {
  it('judges several tokens in one call, and ends with the worst', async () => {
    const run = await probatum('timestamp', 'verify', 'letter.tsr', 'letter.p7s.tsr', '--data', 'letter.txt', ...trust)
    expect(run.out).toMatch(/✓ The time-stamp holds[\s\S]*={72}[\s\S]*✗ The time-stamp does not hold/)
    expect(run.code).toBe(1)
    // More than are examined ahead: each has its own report, in the order in which they were named.
    const names = ['letter.tsr', 'letter.p7s.tsr', 'gone.tsr', 'letter.tsr', 'key.pem', 'letter.p7s.tsr', 'letter.tsr']
    const many = await probatum('timestamp', 'verify', ...names, '--data', 'letter.txt', ...trust, '--json')
    const reports = many.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Report)
    const read = names.filter((name) => name !== 'gone.tsr' && name !== 'key.pem')
    expect(reports.map(({ envelope }) => envelope.container.name)).toEqual(read)
    expect(reports.map(({ body }) => body.assessment.indication)).toEqual(
      read.map((name) => (name === 'letter.tsr' ? 'TOTAL-PASSED' : 'TOTAL-FAILED')),
    )
    expect([many.code, many.err]).toEqual([1, expect.stringMatching(/gone\.tsr[\s\S]*key\.pem/)])
    const gone = await probatum('timestamp', 'verify', 'gone.tsr', 'letter.tsr', '--data', 'letter.txt', ...trust)
    expect([gone.code, gone.err]).toEqual([4, expect.stringContaining('gone.tsr')])
    expect(gone.out).toContain('The time-stamp holds for this file.')
  })
})

describe('path verify', () => {
  const path = ['path', 'verify', 'chain.pem', ...trust]

  it('says whether a certificate counts in its role, at the time asked about', async () => {
    const run = await probatum(...path)
    expect(run.err).toBe('')
    expect(run.out).toMatch(/^✓ The certificate counts, by the list that you chose\./)
    expect(run.out).toContain('Example Signer (sample) leads to the list of Example Court (sample)')
    expect(run.code).toBe(0)
    const early = await probatum(...path, '--at', '2001-01-01')
    expect([early.code, early.out]).toEqual([3, expect.stringContaining('INDETERMINATE:not-yet-valid')])
    const other = await probatum(...path, '--role', 'time-stamp-authority')
    expect([other.code === 0, other.out]).toEqual([false, expect.stringContaining('timestamp.path')])
    expect((await probatum('path', 'verify', 'chain.pem')).code).toBe(3)
    expect((await probatum('path', 'verify', 'letter.txt', ...trust)).code).toBe(4)
    expect((await probatum(...path, '--role', 'judge')).code).toBe(2)
  })

  it('refuses a withdrawn one, and tells it without a word about seals and signatures made', async () => {
    const run = await probatum(...path, '--crl', 'bad.crl')
    expect([run.code, run.out]).toEqual([1, expect.stringContaining('REVOKED')])
    expect(run.out.split('What this rests on')[0]).not.toMatch(/\bseal\b|bundle|signature was made/)
    expect(
      (await probatum(...path, '--crl', 'good.crl', '--at', `${new Date().getUTCFullYear() + 1}-01-01`)).code,
    ).toBe(0)
  })

  it.each([
    ['several after one option', ['--crls', 'good.crl', 'bad.crl']],
    ['repeated', ['--crls', 'good.crl', '--crls', 'bad.crl']],
    ['under both spellings', ['--crl', 'good.crl', '--crls', 'bad.crl']],
  ])('takes several withdrawal lists: %s', async (_name, given) => {
    const run = await probatum(...path, ...given, '--json')
    expect(run.code).toBe(1)
    expect((JSON.parse(run.out) as Report).body.inputs.files).toHaveLength(2)
  })

  it('takes what stands before the certificate for one list, so that no certificate is read as a list', async () => {
    const run = await probatum('path', 'verify', '--crls', 'bad.crl', 'chain.pem', ...trust, '--json')
    expect(run.code).toBe(1)
    expect((JSON.parse(run.out) as Report).body.inputs.files).toHaveLength(1)
    expect((await probatum('path', 'verify', 'chain.pem', 'chain.pem', ...trust)).code).toBe(2)
    expect((await probatum(...path, '--role', 'signer', 'good.crl')).code).toBe(2)
  })

  it('makes another policy of the inputs of RFC 5280, and hides it nowhere', async () => {
    const inputs = ['--initial-explicit-policy', '--user-initial-policy-set', '1.3.6.1.4.1.32473.1', '2.999.1']
    const at = ['--at', `${new Date().getUTCFullYear() + 1}-01-01`]
    const [plain, asked] = [
      await probatum(...path, ...at, '--json'),
      await probatum(...path, ...at, ...inputs, '--json'),
    ]
    const [sealed, derived] = [plain, asked].map(({ out }) => (JSON.parse(out) as Report).body)
    expect([sealed?.policy.id, derived?.policy.id]).toEqual(['sealed', 'sealed-path-inputs'])
    expect(derived?.policy.sha256).not.toBe(sealed?.policy.sha256)
    // The certificate is under no policy.
    expect([plain.code, asked.code]).toEqual([0, 3])
    expect(derived?.findings.find(({ id }) => id === 'signer.path-candidate')?.reason).toBe('policy-required')
    const text = await probatum(...path, ...at, ...inputs)
    const command = text.out.trimEnd().split('\n').at(-1)?.trim().split(' ').slice(1) ?? []
    expect(command).toContain('--initial-explicit-policy')
    expect((await probatum(...command)).out).toBe(text.out)
    const wrong = await probatum(...path, '--user-initial-policy-set', 'mine')
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('no object identifier')])
  })

  it('gives facts that can be judged again, and ends with a command that gives the same report', async () => {
    const run = await probatum(...path, '--at', '2040-01-01', '--save-facts', 'path-facts.json')
    const command = run.out.trimEnd().split('\n').at(-1)?.trim().split(' ').slice(1) ?? []
    expect((await probatum(...command)).out).toBe(run.out)
    const judged = await probatum('judge', 'path-facts.json', ...trust)
    expect([judged.code, judged.out]).toEqual([0, expect.stringContaining('The certificate counts')])
  })
})

describe('explain --rests-on', () => {
  it('names what each answer falls without, from saved facts', async () => {
    await probatum(...signed, '--save-facts', 'facts.json')
    const run = await probatum('explain', 'facts.json', '--rests-on', ...trust, '--json')
    const falls = JSON.parse(run.out) as {
      support: { kind: string; role?: string }
      axes: { axis: string; after: string }[]
    }[]
    const without = (kind: string, role?: string) =>
      falls.filter(({ support }) => support.kind === kind && support.role === role).flatMap(({ axes }) => axes)
    expect(without('anchor', 'signer')).toEqual([{ axis: 'signer', before: 'PASSED', after: 'INDETERMINATE' }])
    expect(without('anchor', 'time-stamp-authority')).toEqual([
      { axis: 'time', before: 'PASSED', after: 'INDETERMINATE' },
    ])
    expect(without('token')).toEqual([{ axis: 'time', before: 'PASSED', after: 'INDETERMINATE' }])
    expect(falls.flatMap(({ axes }) => axes).filter(({ after }) => after === 'FAILED')).toEqual([])
  })

  it('wants facts or a bundle, and leaves a saved report as it is', async () => {
    await probatum(...signed, '--save', 'report.json')
    const report = await probatum('explain', 'report.json', '--rests-on')
    expect([report.code, report.err]).toEqual([4, expect.stringContaining('--save-facts')])
    expect((await probatum('explain', 'report.json', '--policy', 'court')).code).toBe(2)
  })
})

describe('seal', () => {
  it('seals with a key, a chain and an authority over HTTP, and what it made passes', async () => {
    mkdirSync(at('evidence'))
    writeFileSync(at('evidence/note.txt'), 'an invented note (sample)')
    const before = asked
    const key = ['--key', 'key.pem', '--chain', 'chain.pem', '--tsa', `loopback=${url}`]
    const run = await probatum('seal', 'evidence', '-o', 'sealed', ...key, '--issuer', 'Example (sample)')
    expect(run.err).toBe('')
    expect(run.out).toMatch(/^Sealed 1 file into sealed; read again and verified/)
    expect(run.code).toBe(0)
    expect(asked).toBeGreaterThan(before)
    const verified = await probatum('verify', 'sealed', ...trust)
    expect(verified.out).toMatch(/^✓ Everything matches\./)
    expect(verified.code).toBe(0)
    expect((await probatum('verify', 'sealed', ...trust, '--crl', 'bad.crl')).code).toBe(1)
    const named = await probatum('which', 'evidence/note.txt', '--in', 'sealed')
    expect([named.code, named.out]).toEqual([0, expect.stringMatching(/is listed as item 0, data\//)])
  })

  it('says before it is too late what a recipient will not be able to decide', async () => {
    const authority = pki.issue({ subject: '/CN=Example Authority (sample)', extensions: AUTHORITY })
    writeFileSync(at('ca-key.pem'), readFileSync(authority.key))
    writeFileSync(at('ca.pem'), readFileSync(authority.certificate))
    const key = ['--key', 'ca-key.pem', '--chain', 'ca.pem', '--tsa', `loopback=${url}`]
    const run = await probatum('seal', 'evidence', '-o', 'by-authority', ...key)
    expect(run.err).toContain('signer.key-usage')
  })

  it('writes nothing when the authority answers about something else', async () => {
    const liar = createServer((_, response) => {
      response.setHeader('Content-Type', 'application/timestamp-reply')
      response.end(readFileSync(at('letter.tsr')))
    })
    await new Promise<void>((done) => liar.listen(0, '127.0.0.1', done))
    const address = liar.address()
    const port = address === null || typeof address === 'string' ? 0 : address.port
    const key = ['--key', 'key.pem', '--chain', 'chain.pem', '--tsa', `liar=http://127.0.0.1:${port}/`]
    const run = await probatum('seal', 'evidence', '-o', 'never', ...key)
    liar.close()
    expect([run.code, run.err]).toEqual([4, expect.stringContaining('Nothing was sealed')])
    expect(() => readFileSync(at('never/bagit.txt'))).toThrow()
  })
})
