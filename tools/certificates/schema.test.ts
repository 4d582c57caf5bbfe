import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRequest } from '@probatum/certificate'
import { canonicalise } from '@probatum/core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../setup.mjs'
import { certificateCases, sampleCertificate } from './cases.ts'

const SCHEMA = JSON.parse(readFileSync(join(ROOT, 'docs/spec/certificate-1.schema.json'), 'utf8')) as object
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(SCHEMA)
const [sample] = certificateCases()

describe('certificate-1.schema.json', () => {
  it('accepts what is made, and refuses a member more, fewer or of another type', async () => {
    if (sample === undefined) throw new Error('no case')
    const { request, sidecar } = await sampleCertificate(sample)
    for (const value of [request, JSON.parse(Buffer.from(sidecar).toString()) as object]) {
      expect(validate(value), JSON.stringify(validate.errors)).toBe(true)
      expect(validate({ ...value, hurry: true })).toBe(false)
      for (const [name, member] of Object.entries(value)) {
        expect(validate({ ...value, [name]: typeof member === 'number' ? 'x' : 7 }), name).toBe(false)
        expect(validate(Object.fromEntries(Object.entries(value).filter(([key]) => key !== name))), name).toBe(false)
      }
    }
  })

  it('agrees with the reader about what is recorded', async () => {
    if (sample === undefined) throw new Error('no case')
    const { request } = await sampleCertificate(sample)
    const sharing = {
      state: 'request' as const,
      purpose: 'Trial (sample)',
      grounds: [],
      conditions: ['For case 1 (sample)'],
      assurances: [
        { assurance: 'no-death-penalty', by: 'Example Office (sample)', date: '2026-03-01', reference: '4' },
      ],
      consents: 1,
      approvals: 2,
      exceptions: 0,
    }
    const isRead = (value: object) => {
      try {
        parseRequest(canonicalise(value))
        return true
      } catch {
        return false
      }
    }
    for (const recorded of [
      { container: 'ab'.repeat(32), events: { transfer: 3 }, sharing },
      { container: null, events: null, sharing: { state: 'not-at-hand' } },
      { container: null, events: null, sharing: { state: 'request' } },
      { container: null, events: null, sharing: { state: 'absent', purpose: 'x' } },
      { container: null, events: { transfer: -1 }, sharing: { state: 'absent' } },
      { container: 'x', events: null, sharing: { state: 'absent' } },
      { events: null, sharing: { state: 'absent' } },
    ]) {
      const value = { ...request, recorded }
      expect(isRead(value), JSON.stringify(recorded)).toBe(validate(value))
    }
  })
})
