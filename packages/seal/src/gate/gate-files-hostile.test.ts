import { encodeUtf8, type JsonValue, ParseError, parseAuthorisationRequest } from '@probatum/core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { GateSample, SOME } from '../../../../tools/testing/gate-sample.ts'
import { CONSENT_REGISTER, parseConsentRegister } from './consent-register.ts'
import { parseGateApproval, serializeGateApproval } from './gate-approval.ts'
import { parseGatePrivate, serializeGatePrivate } from './gate-private.ts'
import { serializeGateRequest } from './gate-request.ts'
import { parseRecipientFile, RECIPIENT_FILE } from './recipient-file.ts'

type Parse = (bytes: Uint8Array, where: string) => unknown

/** A file of each kind that its parser takes, and the parser. */
const files: [string, Parse, Uint8Array][] = []
const json = (value: unknown) => encodeUtf8(JSON.stringify(value))

beforeAll(async () => {
  const sample = await GateSample.make()
  const { request, kept } = await sample.request(await sample.log(), { policy: SOME })
  const approval = await sample.approval(request, await sample.person('Ada'))
  files.push(
    ['request', parseAuthorisationRequest, serializeGateRequest(request)],
    ['private file', parseGatePrivate, serializeGatePrivate(kept)],
    ['approval', parseGateApproval, serializeGateApproval(approval)],
    [
      'recipient',
      parseRecipientFile,
      json({ recipientFile: RECIPIENT_FILE, name: 'A', kind: 'b', key: '0'.repeat(64) }),
    ],
    [
      'register',
      parseConsentRegister,
      json({
        consentRegister: CONSENT_REGISTER,
        consents: [{ items: [0, [1, 2]], giver: 'A', purposes: ['x'], recipients: ['y'], from: '2026-01-01' }],
      }),
    ],
  )
})

/** Whether it is taken; anything thrown that is not one of the two errors is a defect. */
function isTaken(parse: Parse, bytes: Uint8Array): boolean {
  try {
    parse(bytes, 'test')
    return true
  } catch (error) {
    if (error instanceof ParseError || error instanceof TypeError) {
      // Of the language itself, not of a reader that names a place.
      expect(String(error)).not.toMatch(/undefined|is not a function|Cannot read/)
      return false
    }
    throw error
  }
}

/** Places in a value: each member and element, however deep. */
function* placesIn(value: JsonValue, path: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  if (path.length > 0) yield path
  if (typeof value !== 'object' || value === null) return
  for (const [key, each] of Object.entries(value))
    yield* placesIn(each as JsonValue, [...path, Array.isArray(value) ? Number(key) : key])
}

function changed(value: JsonValue, path: readonly (string | number)[], given: JsonValue): JsonValue {
  const [key, ...rest] = path
  if (key === undefined) return given
  const copy = structuredClone(value) as never as Record<string | number, JsonValue>
  copy[key] = changed(copy[key] ?? null, rest, given)
  return copy as never as JsonValue
}

describe('files of the gate from anybody', () => {
  it('are taken as they are written', () => {
    for (const [name, parse, bytes] of files) expect([name, isTaken(parse, bytes)]).toEqual([name, true])
  })

  it('are refused with one of two errors, whatever stands where, and never with a member that is not known', () => {
    const others: readonly JsonValue[] = [
      null,
      true,
      -1,
      1.5,
      1e300,
      '',
      'x'.repeat(2000),
      '\u0000',
      [],
      {},
      [[]],
      { a: 1 },
    ]
    for (const [, parse, bytes] of files) {
      const value = JSON.parse(new TextDecoder().decode(bytes)) as JsonValue
      for (const path of placesIn(value)) {
        for (const other of others) isTaken(parse, json(changed(value, path, other)))
        const there = path.reduce<unknown>((each, key) => (each as Record<string | number, unknown>)[key], value)
        // A policy is read by its own rules, which have a test of their own.
        if (typeof there === 'object' && there !== null && !Array.isArray(there) && path[0] !== 'policy')
          expect([path, isTaken(parse, json(changed(value, [...path, 'unless'], 'x')))]).toEqual([path, false])
      }
      expect(isTaken(parse, json({ ...(value as object), unless: 'x' }))).toBe(false)
    }
  })

  it('are refused when a byte is lost, added or another one, or nothing changed of what they say', () => {
    fc.assert(
      fc.property(fc.nat(files.length - 1), fc.nat(), fc.nat(255), fc.nat(2), (kind, where, byte, how) => {
        const [, parse, bytes] = files[kind] ?? expect.fail('none')
        const at = where % bytes.length
        const rest = how === 0 ? bytes.subarray(at + 1) : bytes.subarray(at + (how === 1 ? 1 : 0))
        const put = how === 0 ? [] : [byte]
        isTaken(parse, Uint8Array.from([...bytes.subarray(0, at), ...put, ...rest]))
      }),
      { seed: 15, numRuns: 1000 },
    )
  })
})
