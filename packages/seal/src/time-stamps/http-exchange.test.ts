import { describe, expect, it } from 'vitest'
import { bodyWithin, codesOf, isNamed, isTlsFailure } from './http-exchange.ts'

const failure = (code: string, cause?: unknown) => Object.assign(new Error(code, { cause }), { code })

describe('what went wrong in an exchange', () => {
  it('is said by the causes of the error too', () => {
    const error = new TypeError('fetch failed', { cause: failure('CERT_HAS_EXPIRED') })
    expect(codesOf(error)).toEqual(['CERT_HAS_EXPIRED'])
    expect([isTlsFailure(error), isNamed(error, 'TypeError'), isNamed(error, 'RangeError')]).toEqual([
      true,
      true,
      false,
    ])
    expect(isTlsFailure(failure('ECONNRESET'))).toBe(false)
  })

  it('ends with an error that is its own cause', () => {
    const error = failure('ECONNRESET')
    error.cause = error
    expect(isNamed(error, 'ConnectTimeoutError')).toBe(false)
    expect(codesOf(error)).toHaveLength(4)
  })
})

describe('a body', () => {
  const tooLarge = () => new RangeError('too large')
  const inPieces = (pieces: number) => {
    let left = pieces
    return new Response(
      new ReadableStream<Uint8Array>({
        pull: (controller) => (left-- > 0 ? controller.enqueue(Uint8Array.of(left & 255)) : controller.close()),
      }),
    )
  }

  it('is read whole in however many pieces it comes', async () => {
    const body = await bodyWithin(inPieces(150_000), 150_000, tooLarge)
    expect([body.length, body[0], body.at(-1)]).toEqual([150_000, 149_999 & 255, 0])
  })

  it('is left at the limit, whatever it says of its length', async () => {
    await expect(bodyWithin(inPieces(11), 10, tooLarge)).rejects.toThrow(RangeError)
    const said = new Response('short', { headers: { 'Content-Length': '11' } })
    await expect(bodyWithin(said, 10, tooLarge)).rejects.toThrow(RangeError)
  })
})
