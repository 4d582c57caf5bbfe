// Needs: openssl.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { concatBytes, encodeUtf8, toHex } from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../../tools/testing/judgement.ts'
import { testPlace } from '../../../../tools/testing/place.ts'
import { type DemonstrationAuthority, demonstrationAuthority } from '../demonstration/demonstration.ts'
import { derInteger, derSequence, derUtf8String } from '../der/der.ts'
import { derInside } from '../der/der-read.ts'
import { digestOf } from '../digest.ts'
import { platformRandom, seededRandom } from '../random.ts'
import { type HttpAuthorityInput, httpTimeStampAuthority, type TimeStampNote } from './http-time-stamp-authority.ts'
import { TimeStampError, type TimeStampErrorReason } from './time-stamp-error.ts'
import { makeTimeStampToken, type TimeStampInput, timeStampResponse } from './time-stamp-token.ts'

const now = instant('2026-03-14T09:12:00Z')
const imprint = { algorithm: 'sha256', digest: digestOf('sha256', encodeUtf8('data')) } as const
const TYPE = { 'Content-Type': 'application/timestamp-reply' }

let authority: DemonstrationAuthority
beforeAll(async () => {
  authority = await demonstrationAuthority({ now, random: seededRandom('http') })
})

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const clock = { ports, now: () => now, sleep: async () => {} }

const client = (fetch: HttpAuthorityInput['fetch'], more: Partial<HttpAuthorityInput> = {}) =>
  httpTimeStampAuthority({
    url: 'https://tsa.example/',
    label: 'example',
    subject: authority.timeStampAuthority.subject,
    fetch,
    random: seededRandom('nonce'),
    ...clock,
    ...more,
  })

/** Answers a request as it asks, with changes. */
async function answer(init: RequestInit, change: Partial<TimeStampInput> = {}): Promise<Uint8Array> {
  const request = derInside(new Uint8Array(await new Response(init.body ?? null).arrayBuffer()), 0x30, 'request')
  const nonce = request.findLast(({ tag }) => tag === 0x02)?.content ?? null
  const token = await makeTimeStampToken({
    imprint,
    policy: '2.999.1',
    serialNumber: Uint8Array.of(7),
    genTime: now ?? expect.fail(),
    accuracy: null,
    nonce,
    tsaName: false,
    ...authority.timeStampAuthority,
    digest: 'sha256',
    ...change,
  })
  return timeStampResponse(token)
}

async function requestedDigest(init: RequestInit): Promise<Uint8Array> {
  const request = derInside(new Uint8Array(await new Response(init.body ?? null).arrayBuffer()), 0x30, 'request')
  return derInside(request[1]?.whole ?? new Uint8Array(0), 0x30, 'imprint')[1]?.content ?? new Uint8Array(0)
}

const body = (bytes: Uint8Array) => new Uint8Array(bytes)

describe('httpTimeStampAuthority', () => {
  it('sends a digest and a nonce, and takes the answer as it came', async () => {
    let sent: RequestInit = {}
    let given = new Uint8Array(0)
    const tsa = await client(async (url, init) => {
      expect(url).toBe('https://tsa.example/')
      sent = init
      given = body(await answer(init))
      return new Response(given, { headers: { 'Content-Type': 'application/timestamp-reply; x=y' } })
    })
    const response = await tsa.stamp(imprint)
    expect(response).toEqual(given)
    expect(sent).toMatchObject({
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': 'application/timestamp-query' },
    })
  })

  const other = digestOf('sha256', encodeUtf8('other'))
  const refused = derSequence(derSequence(derInteger(2), derSequence(derUtf8String('no'))))
  const answers: readonly [TimeStampErrorReason, string, (init: RequestInit) => Promise<Response>][] = [
    ['other-nonce', 'another nonce', async (init) => reply(await answer(init, { nonce: Uint8Array.of(5) }))],
    ['other-nonce', 'no nonce', async (init) => reply(await answer(init, { nonce: null }))],
    [
      'other-imprint',
      'another digest',
      async (init) => reply(await answer(init, { imprint: { algorithm: 'sha256', digest: other } })),
    ],
    [
      'other-imprint',
      'another algorithm',
      async (init) => reply(await answer(init, { imprint: { ...imprint, algorithm: 'sha384' } })),
    ],
    ['refused', 'a refusal', async () => reply(refused)],
    ['no-token', 'granted without a token', async () => reply(derSequence(derSequence(derInteger(0))))],
    ['unreadable', 'cut off', async (init) => reply((await answer(init)).subarray(0, -1))],
    ['unreadable', 'an octet more', async (init) => reply(concatBytes(await answer(init), Uint8Array.of(0)))],
    ['unreadable', 'a token without its response', async (init) => reply((await answer(init)).subarray(9))],
    ['unreadable', 'nothing', async () => reply(new Uint8Array(0))],
    ['content-type', 'a web page', async () => new Response('<html>', { headers: { 'Content-Type': 'text/html' } })],
    ['redirect', 'another address', async () => new Response(null, { status: 302, headers: { Location: '/x' } })],
    ['other-time', 'a time to come', async (init) => reply(await answer(init, { genTime: later(301) }))],
    ['other-time', 'a time long gone', async (init) => reply(await answer(init, { genTime: later(-301) }))],
    ['http-status', 'an error', async () => new Response('', { status: 503, headers: TYPE })],
    ['too-large', 'endless', async () => new Response(endless(), { headers: TYPE })],
    ['other-authority', 'another authority', async (init) => reply(await answer(init))],
    ['other-policy', 'another policy', async (init) => reply(await answer(init))],
    ['network', 'no connection', () => Promise.reject(new TypeError('fetch failed'))],
    [
      'timeout',
      'silence',
      (init) =>
        new Promise((_resolve, reject) => init.signal?.addEventListener('abort', () => reject(init.signal?.reason))),
    ],
  ]
  const later = (seconds: number) => ({ ...now, epochSeconds: now.epochSeconds + seconds })
  const reply = (bytes: Uint8Array) => new Response(body(bytes), { headers: TYPE })
  const endless = () =>
    new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    })

  it.each(answers)('rejects with %s: %s', async (reason, _what, respond) => {
    const more =
      reason === 'other-policy'
        ? { policy: '2.999.2' }
        : reason === 'timeout'
          ? { timeoutMilliseconds: 20 }
          : reason === 'other-authority'
            ? { subject: 'CN=Somebody' }
            : {}
    const tsa = await client((_url, init) => respond(init), more)
    await expect(tsa.stamp(imprint)).rejects.toMatchObject({
      name: 'TimeStampError',
      reason,
    })
  })

  it('learns the subject of an authority with a first question, which may fail like any other', async () => {
    const { subject: _, ...unknown } = { subject: '', url: 'https://tsa.example/', label: 'example' }
    const random = seededRandom('nonce')
    const digests: Uint8Array[] = []
    const tsa = await httpTimeStampAuthority({
      ...unknown,
      ...clock,
      random,
      fetch: async (_url, init) => {
        const digest = await requestedDigest(init)
        digests.push(digest)
        return reply(await answer(init, { imprint: { algorithm: 'sha256', digest } }))
      },
    })
    expect(tsa.subject).toBe(authority.timeStampAuthority.subject)
    await tsa.stamp(imprint)
    expect(digests.map(({ length }) => length)).toEqual([32, 32])
    expect(digests[1]).toEqual(imprint.digest)
    expect(digests[0]).not.toEqual(imprint.digest)
    const dead = httpTimeStampAuthority({
      ...unknown,
      random,
      ...clock,
      fetch: async () => new Response('', { status: 404 }),
    })
    await expect(dead).rejects.toMatchObject({ reason: 'http-status' })
  })

  it.each([299, -299])('takes a time %i s beside our clock', async (seconds) => {
    const tsa = await client(async (_url, init) => reply(await answer(init, { genTime: later(seconds) })))
    await expect(tsa.stamp(imprint)).resolves.toBeInstanceOf(Uint8Array)
  })

  it('tries again after faults on the way, with a nonce of its own, and waits longer each time', async () => {
    const bodies: string[] = []
    const waits: number[] = []
    const notes: TimeStampNote[] = []
    const faults = [
      () =>
        Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNRESET' }) })),
      async () => new Response('', { status: 503, headers: { 'Retry-After': '30' } }),
    ]
    const tsa = await client(
      async (_url, init) => {
        bodies.push(toHex(new Uint8Array(await new Response(init.body ?? null).arrayBuffer())))
        return (await faults.shift()?.()) ?? reply(await answer(init))
      },
      { sleep: async (wait) => void waits.push(wait), onNote: (note) => notes.push(note) },
    )
    await tsa.stamp(imprint)
    expect(new Set(bodies).size).toBe(3)
    expect(waits[0]).toBeGreaterThanOrEqual(1000)
    expect(waits[0]).toBeLessThanOrEqual(1500)
    expect(waits[1]).toBe(30_000)
    expect(notes.map(({ kind }) => kind)).toEqual(['retry', 'retry'])
  })

  it.each([
    ['so many attempts', { attempts: 4 }, 4, 'after 4 attempts'],
    // 1 s to 1.5 s has passed, and the next wait would be 4 s at least.
    ['so long', { attempts: 9, totalMilliseconds: 4000 }, 2, 'after 2 attempts'],
  ])('gives up after %s', async (_what, more, expected, detail) => {
    // Clocks of this kind have fractions.
    let [asked, time] = [0, 0.25]
    const tsa = await client(
      () => {
        asked += 1
        return Promise.reject(new TypeError('fetch failed'))
      },
      {
        ...more,
        elapsed: () => time,
        sleep: async (wait) => {
          time += wait + 0.5
        },
      },
    )
    const error = await tsa.stamp(imprint).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(TimeStampError)
    expect(error).toMatchObject({ reason: 'network', detail: expect.stringContaining(detail) })
    expect(asked).toBe(expected)
  })

  it.each([
    ['a refusal', 'refused', async () => reply(refused)],
    ['a wrong answer', 'other-nonce', async (init: RequestInit) => reply(await answer(init, { nonce: null }))],
    ['an error that stays', 'http-status', async () => new Response('', { status: 403 })],
    [
      'a certificate that does not fit',
      'tls',
      () => Promise.reject(new TypeError('x', { cause: Object.assign(new Error(), { code: 'CERT_HAS_EXPIRED' }) })),
    ],
  ] as const)('does not try again after %s', async (_what, reason, respond) => {
    let asked = 0
    const tsa = await client((_url, init) => {
      asked += 1
      return respond(init)
    })
    await expect(tsa.stamp(imprint)).rejects.toMatchObject({ reason })
    expect(asked).toBe(1)
  })

  it('reports everything that is wrong with an answer', async () => {
    const tsa = await client(
      async (_url, init) => reply(await answer(init, { nonce: null, genTime: later(-600), policy: '2.999.8' })),
      { policy: '2.999.1' },
    )
    const error = await tsa.stamp(imprint).catch((thrown: unknown) => thrown)
    expect((error as TimeStampError).problems.map(({ reason }) => reason)).toEqual([
      'other-nonce',
      'other-policy',
      'other-time',
    ])
  })

  it('passes on no more of an authority’s words than a screen holds', async () => {
    const long = derSequence(derSequence(derInteger(2), derSequence(derUtf8String('x'.repeat(500_000)))))
    const tsa = await client(async () => reply(long))
    const error = await tsa.stamp(imprint).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ reason: 'refused' })
    expect(String(error).length).toBeLessThan(2100)
    expect((error as TimeStampError).problems[0]?.detail.length).toBeLessThan(2100)
  })

  it('takes grantedWithMods, and says so', async () => {
    const notes: TimeStampNote[] = []
    const tsa = await client(
      async (_url, init) => {
        const [, token] = derInside(await answer(init), 0x30, 'response')
        return reply(derSequence(derSequence(derInteger(1)), token?.whole ?? expect.fail()))
      },
      { onNote: (note) => notes.push(note) },
    )
    await tsa.stamp(imprint)
    expect(notes).toEqual([{ kind: 'granted-with-mods' }])
  })

  it('sends credentials as HTTP Basic has them, over https only, and shows them in no error', async () => {
    let sent: RequestInit = {}
    const credentials = { user: 'exämple', password: 'a:secret' }
    const tsa = await client(
      async (_url, init) => {
        sent = init
        throw new TypeError('fetch failed')
      },
      { credentials, url: 'https://tsa.example/path?key=secret' },
    )
    const error = await tsa.stamp(imprint).catch((thrown: unknown) => thrown)
    expect(new Headers(sent.headers).get('Authorization')).toBe(
      `Basic ${Buffer.from('exämple:a:secret').toString('base64')}`,
    )
    expect(JSON.stringify(error) + String(error)).not.toContain('secret')
    const nobody = async () => expect.fail('nothing is to be sent')
    for (const more of [
      { credentials, url: 'http://tsa.example/' },
      { url: 'https://a:secret@tsa.example/' },
      { credentials: { user: 'a:b', password: 'secret' } },
      { credentials: { user: 'a', password: 'secret\n' } },
      { url: 'secret' },
    ]) {
      const refusal = await client(nobody, more).catch((thrown: unknown) => thrown)
      expect(refusal).toBeInstanceOf(TypeError)
      expect(String(refusal)).not.toContain('secret')
    }
  })

  it('tells when it asks over http', async () => {
    const notes: TimeStampNote[] = []
    await client(async () => new Response(''), { url: 'http://tsa.example/', onNote: (note) => notes.push(note) })
    expect(notes).toEqual([{ kind: 'not-encrypted' }])
    for (const url of ['https://tsa.example/', 'http://127.0.0.1:8080/', 'http://localhost/', 'http://[::1]/'])
      await client(async () => new Response(''), { url, onNote: () => expect.fail(url) })
    for (const url of ['http://127.example/', 'http://127.0.0.1.example/', 'http://localhost.example/'])
      await client(async () => new Response(''), { url, onNote: (note) => notes.push(note) })
    expect(notes).toHaveLength(4)
  })

  it('has no other protocol than HTTP', async () => {
    await expect(client(async () => new Response(''), { url: 'file:///etc/passwd' })).rejects.toThrow(TypeError)
  })
})

describe('httpTimeStampAuthority with an authority made of OpenSSL', () => {
  const { place: folder, at } = testPlace('tsa')
  const openssl = (...args: string[]) => spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
  let server: Server
  beforeAll(async () => {
    writeFileSync(at('serial'), '01\n')
    writeFileSync(
      at('tsa.cnf'),
      `[tsa]
default_tsa = t
[t]
serial = serial
signer_cert = tsa.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 2.999.7
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
[req]
distinguished_name = dn
[dn]
[ext]
extendedKeyUsage = critical, timeStamping
`,
    )
    openssl(
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'tsa.key', '-out', 'tsa.pem', '-days', '30'],
      ...['-subj', '/CN=Invented authority (sample)', '-config', 'tsa.cnf', '-extensions', 'ext'],
    )
    server = createServer((request, response) => {
      const pieces: Buffer[] = []
      request.on('data', (piece) => pieces.push(piece))
      request.on('end', () => {
        writeFileSync(at('query.tsq'), Buffer.concat(pieces))
        openssl('ts', '-reply', '-config', 'tsa.cnf', '-section', 't', '-queryfile', 'query.tsq', '-out', 'reply.tsr')
        response.writeHead(200, TYPE).end(readFileSync(at('reply.tsr')))
      })
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => {
    server.close()
  })

  it('gets a time-stamp that OpenSSL verifies, against the request too', async () => {
    const { port } = server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}/`
    const tsa = await httpTimeStampAuthority({
      url,
      label: 'openssl',
      fetch,
      random: platformRandom,
      ports,
      now: () => instant(`${new Date().toISOString().slice(0, 19)}Z`),
    })
    expect(tsa.subject).toBe('CN=Invented authority (sample)')
    const stamp = await tsa.stamp(imprint)
    writeFileSync(at('data'), 'data')
    writeFileSync(at('got.tsr'), stamp)
    const verify = (...what: string[]) =>
      openssl('ts', '-verify', '-in', 'got.tsr', ...what, '-CAfile', 'tsa.pem').status
    expect(verify('-data', 'data')).toBe(0)
    expect(verify('-queryfile', 'query.tsq')).toBe(0)
  })
})
