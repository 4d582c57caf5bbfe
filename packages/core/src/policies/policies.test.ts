import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { shippedPolicy } from '../../../../tools/testing/judgement.ts'
import { catalogueEntry, type FindingId } from '../checks/catalogue.ts'
import { canonicalText } from '../json/canonicalise.ts'
import { ParseError } from '../model/parse-error.ts'
import type { Policy } from '../model/policy.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { diffPolicies } from './diff-policies.ts'
import { parsePolicy, serializePolicy } from './parse-policy.ts'
import { DEFAULT_POLICY_ID, SHIPPED_POLICIES } from './shipped.ts'

function codeOf(text: string): string {
  try {
    parsePolicy(encodeUtf8(text))
  } catch (error) {
    if (error instanceof ParseError) return error.code
    throw error
  }
  return 'none'
}

test('a published policy never changes', () => {
  const digests = SHIPPED_POLICIES.map((policy) => [
    `${policy.id} ${policy.number}`,
    createHash('sha256').update(serializePolicy(policy)).digest('hex'),
  ])
  expect(Object.fromEntries(digests)).toEqual({
    'fixity 1': 'd4840b403309f66dc1fc303acb0ce44634a2121a98a6c329af192cb464f93986',
    'sealed 1': '0559856bd00ed098043446be07aad6ec485f9646fb56faabf39792759acbd51c',
    'court 1': '5b3ec67e394ecbd714be54f0446d90dd48f82d6ba5104d02510e272f5522473f',
    'long-term 1': 'c5a906d806328e9b0a91ff827c86ac9bed62c49504840d4494652abd54923a3a',
  })
})

test('what is written is read back', () => {
  for (const policy of SHIPPED_POLICIES) expect(parsePolicy(serializePolicy(policy))).toEqual(policy)
})

test('the inputs of RFC 5280 §6.1.1 and its profile may be asked for', () => {
  const asked: Policy = {
    ...shippedPolicy('sealed'),
    id: 'asked',
    paths: {
      maxDepth: 8,
      maxSignatureChecks: 64,
      userInitialPolicySet: ['1.2.3', '2.5.29.32.0'],
      initialPolicyMappingInhibit: true,
      initialExplicitPolicy: true,
      initialAnyPolicyInhibit: false,
      certificateProfile: 'required',
    },
  }
  expect(parsePolicy(serializePolicy(asked))).toEqual(asked)
  for (const policy of ['1', '1.', '3.1', '1.02', 'x']) {
    const wrong = { ...asked, paths: { ...asked.paths, userInitialPolicySet: [policy] } }
    expect(codeOf(canonicalText(wrong as never))).toBe('ERR_POLICY')
  }
})

test('a policy that is another one has another name than those of the program', () => {
  for (const policy of SHIPPED_POLICIES) {
    for (const other of [
      { ...policy, number: 2 },
      { ...policy, requiredAxes: ['bytes'] as const },
    ])
      expect(codeOf(canonicalText(other))).toBe('ERR_POLICY')
    expect(codeOf(canonicalText({ ...policy, id: `our-${policy.id}`, requiredAxes: ['bytes'] }))).toBe('none')
  }
})

describe('parsePolicy refuses', () => {
  const written = canonicalText({ ...shippedPolicy('sealed'), id: 'ours' })

  test.each([
    ['white space', ` ${written}`, 'ERR_JSON_NOT_CANONICAL'],
    ['a line feed at the end', `${written}\n`, 'ERR_JSON_NOT_CANONICAL'],
    ['a member twice', written.replace('"id":', '"id":"x","id":'), 'ERR_JSON_DUPLICATE_KEY'],
    ['an unknown member', written.replace('"id":', '"hurry":true,"id":'), 'ERR_POLICY'],
    ['an unknown member further down', written.replace('"strict":{', '"strict":{"lax":1,'), 'ERR_POLICY'],
    ['an unknown check', written.replace('"bag.part"', '"bag.party"'), 'ERR_POLICY'],
    ['an unknown axis', written.replace('"signer"', '"singer"'), 'ERR_POLICY'],
    ['an axis twice', written.replace('"signer"', '"bytes"'), 'ERR_POLICY'],
    ['an unknown digest', written.replace('"md5":', '"md4":'), 'ERR_POLICY'],
    ['a day that does not exist', written.replace('2017-02-23', '2017-02-30'), 'ERR_POLICY'],
    ['a missing member', written.replace('"revocation":"if-present",', ''), 'ERR_POLICY'],
    ['a fraction of a time-stamp', written.replace('"atLeast":1', '"atLeast":1.5'), 'ERR_POLICY'],
    ['a later version', written.replace('policy/1-draft', 'policy/2'), 'ERR_POLICY'],
    ['a limit that is none', written.replace('"maxDepth":8', '"maxDepth":1000000'), 'ERR_POLICY'],
    [
      'revocation that is required and costs nothing',
      written.replace('"revocation":"if-present"', '"revocation":"required"'),
      'ERR_POLICY',
    ],
    ['an array', '[]', 'ERR_POLICY'],
  ])('%s', (_name, text, code) => {
    expect(text).not.toBe(written)
    expect(codeOf(text)).toBe(code)
  })

  test('any other bytes with a ParseError', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(codeOf(text)).toMatch(/^ERR_/)
      }),
    )
  })
})

test('a difference is named by its member, with both sides', () => {
  expect(diffPolicies(shippedPolicy('court'), shippedPolicy('court'))).toEqual([])
  const before = shippedPolicy('court').mayBeNotChecked
  const after = before.filter((id) => id !== 'payload.digest' && id !== 'renewal.coverage')
  expect(diffPolicies(shippedPolicy('court'), shippedPolicy('long-term'))).toEqual([
    { member: 'id', a: 'court', b: 'long-term' },
    { member: 'mayBeNotChecked', a: before, b: after },
    { member: 'payload.digests', a: ['sha256'], b: ['sha256', 'sha512'] },
    { member: 'strict.systemLeftovers', a: 'set-aside', b: 'refused' },
  ])
  const digests = { md5: {} }
  const { algorithms } = shippedPolicy('court')
  const other = { ...shippedPolicy('court'), algorithms: { ...algorithms, digests } }
  expect(diffPolicies(shippedPolicy('court'), other)[0]).toEqual({
    member: 'algorithms.digests.md5.until',
    a: '2008-12-30',
    b: undefined,
  })
})

test('each policy asks for at least what the one before it asks', () => {
  expect(SHIPPED_POLICIES.map(({ id }) => id)).toEqual(['fixity', 'sealed', 'court', 'long-term'])
  for (const [index, policy] of SHIPPED_POLICIES.slice(1).entries()) {
    const looser = SHIPPED_POLICIES[index]
    expect(policy.requiredAxes).toEqual(expect.arrayContaining([...(looser?.requiredAxes ?? [])]))
    expect(policy.payload.digests).toEqual(expect.arrayContaining([...(looser?.payload.digests ?? [])]))
    expect(policy.timestamps.atLeast).toBeGreaterThanOrEqual(looser?.timestamps.atLeast ?? 0)
    // What may stay unchecked on an axis that was required before may not grow.
    const axisOf = (id: FindingId) => catalogueEntry(id).axis
    const old = policy.mayBeNotChecked.filter((id) => looser?.requiredAxes.includes(axisOf(id)))
    expect(looser?.mayBeNotChecked).toEqual(expect.arrayContaining(old))
  }
})

test('later seal levels may be absent under every policy that asks for a time; what they list is compared under long-term', () => {
  for (const id of ['sealed', 'court', 'long-term'])
    expect(shippedPolicy(id).mayBeNotChecked).toEqual(
      expect.arrayContaining(['renewal.levels', 'renewal.token', 'renewal.due']),
    )
  const mayLeaveOut = SHIPPED_POLICIES.filter(({ mayBeNotChecked }) => mayBeNotChecked.includes('renewal.coverage'))
  expect(mayLeaveOut.map(({ id }) => id)).toEqual(['sealed', 'court'])
})

test('no policy lets an axis rest on checks that may all stay away', () => {
  for (const policy of SHIPPED_POLICIES) {
    for (const id of policy.mayBeNotChecked) expect(policy.requiredAxes).toContain(catalogueEntry(id).axis)
    for (const id of policy.mayBeWithheld)
      expect(['custody', 'disclosure', 'authorisation']).toContain(catalogueEntry(id).axis)
  }
})

test('the default is one of them', () => {
  expect(shippedPolicy(DEFAULT_POLICY_ID).requiredAxes).toEqual(['bytes', 'completeness', 'signer', 'time'])
})
