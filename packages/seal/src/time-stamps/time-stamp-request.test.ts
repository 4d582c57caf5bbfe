import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTimeStampRequest } from './time-stamp-request.ts'
import { timeStampRequest } from './time-stamp-token.ts'

describe('readTimeStampRequest', () => {
  it('reads what was written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('sha256', 'sha384', 'sha512' as const),
        fc.uint8Array({ minLength: 32, maxLength: 64 }),
        fc.uint8Array({ minLength: 7, maxLength: 7 }),
        fc.option(fc.array(fc.integer({ min: 0, max: 2 ** 31 }), { maxLength: 6 })),
        (algorithm, digest, octets, arcs) => {
          const policy = arcs === null ? null : ['2', '999', ...arcs].join('.')
          const nonce = Uint8Array.of(0x41, ...octets)
          const request = readTimeStampRequest(timeStampRequest({ algorithm, digest }, nonce, policy))
          expect(request).toEqual({ imprint: { algorithm, digest }, policy, nonce })
        },
      ),
    )
  })

  it('throws TypeError for anything else', () => {
    const whole = timeStampRequest({ algorithm: 'sha256', digest: new Uint8Array(32) }, Uint8Array.of(0x41))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 80 }),
          fc.nat(whole.length - 1).map((end) => whole.subarray(0, end)),
        ),
        (bytes) => {
          expect(() => readTimeStampRequest(bytes)).toThrow(TypeError)
        },
      ),
    )
  })
})
