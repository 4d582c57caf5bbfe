import { readFileSync } from 'node:fs'
import { CONSENT_SLOTS, encodeUtf8, UNMET_CONDITIONS } from '@probatum/core'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { GateSample, SOME } from '../../../../tools/testing/gate-sample.ts'
import { CONSENT_REGISTER, parseConsentRegister } from './consent-register.ts'
import { parseGateApproval, serializeGateApproval } from './gate-approval.ts'
import { parseGatePrivate, serializeGatePrivate } from './gate-private.ts'
import { GATE_FAULTS } from './gate-problems.ts'
import { parseRecipientFile, RECIPIENT_FILE } from './recipient-file.ts'

interface Schema {
  readonly $defs: Readonly<Record<string, { readonly enum?: readonly string[] }>>
}
const schema: Schema = JSON.parse(
  readFileSync(new URL('../../../../docs/spec/gate-1.schema.json', import.meta.url), 'utf8'),
)
const validate = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false }).compile(schema)

const PARSERS = [parseConsentRegister, parseGateApproval, parseGatePrivate, parseRecipientFile]
/** Whether one of the parsers takes it. */
const isRead = (value: unknown) =>
  PARSERS.some((parse) => {
    try {
      parse(encodeUtf8(JSON.stringify(value)), 'test')
      return true
    } catch {
      return false
    }
  })

const CONSENT = { items: [0], giver: 'A (sample)', purposes: [], recipients: ['x'], from: '2026-01-01' }
const register = (consent: object) => ({ consentRegister: CONSENT_REGISTER, consents: [{ ...CONSENT, ...consent }] })
const RECIPIENT = { recipientFile: RECIPIENT_FILE, name: 'A (sample)', kind: 'x' }

describe('gate-1.schema.json', () => {
  it.each([
    ['a recipient', RECIPIENT, true],
    ['a recipient with an age key', { ...RECIPIENT, age: `age1${'q'.repeat(58)}` }, true],
    ['two keys', { ...RECIPIENT, age: `age1${'q'.repeat(58)}`, key: '0'.repeat(64) }, false],
    ['a recipient without a kind', { recipientFile: RECIPIENT_FILE, name: 'A' }, false],
    ['handling', { ...RECIPIENT, conditions: [{ kind: 'use', text: 'x', until: '2027-01-01' }] }, true],
    ['handling of no kind', { ...RECIPIENT, conditions: [{ kind: 'care', text: 'x' }] }, false],
    ['a register', register({ until: null, withdrawn: '2026-02-01' }), true],
    ['a register by digests', register({ sha256: ['A'.repeat(64)] }), true],
    ['a consent of an unknown member', register({ unless: 1 }), false],
    ['a consent of no item', register({ items: [] }), false],
    ['a position below zero', register({ items: [-1] }), false],
    ['something else', { disclosurePolicy: 'probatum/disclosure-policy/1-draft' }, false],
  ])('and the program agree on %s', (_, value, isGood) => {
    expect(isRead(value)).toBe(isGood)
    expect(validate(value)).toBe(isGood)
  })

  it('accepts what the program writes, which the program reads as it was', async () => {
    const sample = await GateSample.make()
    const { request, kept } = await sample.request(await sample.log(), { policy: SOME, openedConsents: ['until'] })
    const bytes = serializeGatePrivate(kept)
    const written = JSON.parse(new TextDecoder().decode(bytes))
    expect([validate(written), validate.errors]).toEqual([true, null])
    expect(parseGatePrivate(bytes, 'kept')).toEqual(kept)
    const approval = await sample.approval(request, await sample.person('Ada'))
    const file = serializeGateApproval(approval)
    expect(validate(JSON.parse(new TextDecoder().decode(file)))).toBe(true)
    expect(parseGateApproval(file, 'approval')).toEqual(approval)
    for (const value of [
      { ...written, more: 1 },
      { ...written, opened: ['name'] },
      { ...written, items: [{}] },
    ]) {
      expect(isRead(value)).toBe(false)
      expect(validate(value)).toBe(false)
    }
  })

  it('has the codes and fields of the program', () => {
    const { conditionCode, faultCode } = schema.$defs
    expect([...(conditionCode?.enum ?? [])].sort()).toEqual([...UNMET_CONDITIONS].sort())
    expect(faultCode?.enum).toEqual([...GATE_FAULTS])
    expect(JSON.stringify(schema)).toContain(JSON.stringify(CONSENT_SLOTS))
  })
})
