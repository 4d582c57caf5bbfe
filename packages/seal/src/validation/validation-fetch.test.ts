import { describe, expect, it } from 'vitest'
import { ValidationFetchError, ValidationFetcher, type ValidationFetchInput } from './validation-fetch.ts'

type Asked = { readonly url: string; readonly method: string }

/** A network that answers by address; `asked` has what was asked. */
function network(
  answers: Readonly<Record<string, (url: string) => Response>>,
  more: Partial<ValidationFetchInput> = {},
) {
  const asked: Asked[] = []
  const fetcher = new ValidationFetcher({
    async fetch(url, { method = '' }) {
      asked.push({ url, method })
      const [, answer] = Object.entries(answers).find(([address]) => url.startsWith(address)) ?? []
      if (answer === undefined) throw Object.assign(new Error('nobody'), { code: 'ECONNREFUSED' })
      return answer(url)
    },
    ...more,
  })
  return { fetcher, asked }
}
const body = (octets = 3) => new Response(new Uint8Array(octets))
const to = (location: string, status = 302) => new Response(null, { status, headers: { Location: location } })
const reasonOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ValidationFetchError)
  return error instanceof ValidationFetchError ? `${error.reason}: ${error.detail}` : ''
}

describe('fetching what certificates name', () => {
  it('asks http and https alone, and no address with a user in it', async () => {
    const { fetcher, asked } = network({})
    for (const url of [
      'ftp://ca.example/a',
      'file:///etc/passwd',
      'ldap://ca.example/a',
      'http://a:b@ca.example/',
      'no',
    ])
      expect(await reasonOf(fetcher.crl(url))).toMatch(/^address: /)
    expect(asked).toEqual([])
  })

  it('follows a redirect within http, to https and no further, and never from https to http', async () => {
    const { fetcher, asked } = network({
      'http://ca.example/a': () => to('/b'),
      'http://ca.example/b': () => to('https://ca.example/c', 308),
      'https://ca.example/c': () => body(),
      'https://ca.example/down': () => to('http://ca.example/b'),
      'http://ca.example/out': () => to('file:///etc/passwd'),
      'http://ca.example/user': () => to('http://a:b@ca.example/'),
      'http://ca.example/loop': () => to('/loop'),
      'http://ca.example/nowhere': () => new Response(null, { status: 301 }),
      'http://ca.example/other': () => new Response(null, { status: 304 }),
    })
    expect(await fetcher.crl('http://ca.example/a')).toHaveLength(3)
    expect(asked.map(({ url }) => url)).toEqual(['http://ca.example/a', 'http://ca.example/b', 'https://ca.example/c'])
    expect(await reasonOf(fetcher.crl('https://ca.example/down'))).toBe('redirect: 302 from https to http')
    expect(await reasonOf(fetcher.crl('http://ca.example/out'))).toBe('redirect: 302 to file:')
    expect(await reasonOf(fetcher.crl('http://ca.example/user'))).toBe('address: a user or password in it')
    expect(await reasonOf(fetcher.crl('http://ca.example/loop'))).toBe('redirect: 302, one too many')
    expect(await reasonOf(fetcher.crl('http://ca.example/nowhere'))).toBe('redirect: 301 to nowhere')
    expect(await reasonOf(fetcher.crl('http://ca.example/other'))).toBe('http-status: 304')
  })

  it('bounds one answer, all answers of a run, and their number', async () => {
    const small = network({ 'http://ca.example/': () => body(1_048_577) })
    expect(await reasonOf(small.fetcher.certificates('http://ca.example/a'))).toBe(
      'too-large: more than 1048576 octets',
    )
    expect(await small.fetcher.crl('http://ca.example/a')).toHaveLength(1_048_577)
    const much = network({ 'http://ca.example/': () => body(600) }, { totalBytes: 1000 })
    await much.fetcher.crl('http://ca.example/a')
    expect(await reasonOf(much.fetcher.crl('http://ca.example/b'))).toBe('budget: too many octets in one run')
    const many = network({ 'http://ca.example/': () => body() }, { requests: 2 })
    await many.fetcher.crl('http://ca.example/a')
    await many.fetcher.crl('http://ca.example/b')
    expect(await reasonOf(many.fetcher.crl('http://ca.example/c'))).toBe('budget: too many requests in one run')
  })

  it('tells a private address, a broken connection and a TLS certificate apart', async () => {
    const failing = (error: Error) => new ValidationFetcher({ fetch: () => Promise.reject(error) })
    const named = Object.assign(new Error('refused'), { name: 'PrivateAddressError', code: 'PRIVATE_ADDRESS' })
    expect(await reasonOf(failing(named).crl('http://ca.example/'))).toMatch(/^private-address: /)
    const expired = Object.assign(new Error('expired'), { code: 'CERT_HAS_EXPIRED' })
    const wrapped = new Error('failed', { cause: expired })
    expect(await reasonOf(failing(wrapped).crl('https://ca.example/'))).toBe('tls: CERT_HAS_EXPIRED')
    expect(await reasonOf(network({}).fetcher.crl('http://ca.example/'))).toBe('network: ECONNREFUSED')
  })

  it('ends when no whole answer comes in time', async () => {
    const fetcher = new ValidationFetcher({
      timeoutMilliseconds: 20,
      fetch: (_url, { signal }) =>
        new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    })
    expect(await reasonOf(fetcher.crl('http://ca.example/'))).toMatch(/^timeout: /)
  })
})

describe('asking a responder', () => {
  const request = Uint8Array.of(0xfb, 0xff, 0xbf, 1)
  const isAnswer = (bytes: Uint8Array) => bytes.length === 3

  it('gets with the request behind the address, as RFC 6960 §A.1 has it', async () => {
    const { fetcher, asked } = network({ 'http://ocsp.example/': () => body() })
    await fetcher.ocsp('http://ocsp.example/', request, isAnswer)
    await fetcher.ocsp('http://ocsp.example/path', request, isAnswer)
    expect(asked).toEqual([
      { method: 'GET', url: `http://ocsp.example/${encodeURIComponent('+/+/AQ==')}` },
      { method: 'GET', url: `http://ocsp.example/path/${encodeURIComponent('+/+/AQ==')}` },
    ])
  })

  it('posts a request that is long, an address with a query, and where a GET gives nothing', async () => {
    const { fetcher, asked } = network({
      'http://ocsp.example/?': () => body(),
      'http://ocsp.example/error/': () => new Response(null, { status: 405 }),
      'http://ocsp.example/error': () => body(),
      'http://ocsp.example/page/': () => body(7),
      'http://ocsp.example/page': () => body(),
      'http://ocsp.example/long': () => body(),
    })
    await fetcher.ocsp('http://ocsp.example/?a=b', request, isAnswer)
    await fetcher.ocsp('http://ocsp.example/error', request, isAnswer)
    await fetcher.ocsp('http://ocsp.example/page', request, isAnswer)
    await fetcher.ocsp('http://ocsp.example/long', new Uint8Array(200), isAnswer)
    expect(asked.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST', 'GET', 'POST', 'POST'])
  })

  it('follows no redirect of a POST, and does not ask twice where nobody answers', async () => {
    const { fetcher, asked } = network({ 'http://ocsp.example/': () => to('/elsewhere', 307) })
    expect(await reasonOf(fetcher.ocsp('http://ocsp.example/?a', request, isAnswer))).toBe(
      'redirect: 307, one too many',
    )
    expect(asked).toHaveLength(1)
    const nobody = network({})
    await reasonOf(nobody.fetcher.ocsp('http://ocsp.example/', request, isAnswer))
    expect(nobody.asked).toHaveLength(1)
  })
})
