import { AXES, CATALOGUE, catalogueEntry, type Finding, type FindingId, type FindingValue } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { messagesIn, outcomeKey, sayException, sayFinding, sayMissing, wordsOfOutcome } from './sentences.ts'

const messages = messagesIn()
const rows: readonly { readonly id: FindingId; readonly outcomes?: readonly string[] }[] = CATALOGUE

function makeFinding(
  id: FindingId,
  value: FindingValue,
  given: Pick<Finding, 'subject' | 'reason' | 'counts'>,
): Finding {
  const { axis, spec } = catalogueEntry(id)
  return { id, axis, value, spec, evidence: [], ...given }
}

/** Every text of the catalogue with the place that it stands at. */
function* texts(value: unknown, at: string): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [at, value]
  else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) yield* texts(inner, `${at}.${key}`)
}

describe('the message catalogue', () => {
  it('has a sentence for every outcome of every check', () => {
    const without = rows.flatMap(({ id, outcomes = [] }) =>
      outcomes.filter((outcome) => wordsOfOutcome(id, outcome) === undefined).map((outcome) => `${id} ${outcome}`),
    )
    expect(without).toEqual([])
    expect(rows.flatMap(({ outcomes = [] }) => outcomes).length).toBeGreaterThan(200)
  })

  it('has no sentence for an outcome that a check cannot give', () => {
    const known = new Set(rows.flatMap(({ id, outcomes = [] }) => outcomes.map((outcome) => `${id} ${outcome}`)))
    const values = new Set(['PASSED', 'FAILED', 'INDETERMINATE', 'NOT-CHECKED', 'WITHHELD'])
    const dead = rows.flatMap(({ id }) =>
      Object.keys(messages.findings[id]?.outcomes ?? {})
        // A value alone is what is said of a reason that nobody has explained.
        .filter((outcome) => !values.has(outcome) && !known.has(`${id} ${outcome}`))
        .map((outcome) => `${id} ${outcome}`),
    )
    expect(dead).toEqual([])
  })

  it('asks a question for every check', () => {
    for (const { id } of rows) expect(messages.findings[id]?.question, id).toMatch(/^[A-Z].*\?$/)
  })

  it('says what to do about everything that failed or is missing a trust set', () => {
    for (const [id, outcome] of [
      ['payload.digest', 'FAILED:mismatch'],
      ['payload.present', 'FAILED:missing'],
      ['payload.listed', 'FAILED:unlisted'],
      ['signature.value', 'FAILED:invalid'],
      ['signer.path', 'INDETERMINATE:no-trust-set'],
      ['signer.path', 'INDETERMINATE:anchor-missing'],
      ['timestamp.believed', 'INDETERMINATE:expired'],
    ] as const)
      expect(wordsOfOutcome(id, outcome)?.todo, `${id} ${outcome}`).toMatch(/\.$/)
  })

  it('never says of what was not decided that it is wrong', () => {
    for (const { id, outcomes = [] } of rows)
      for (const outcome of outcomes.filter((one) => /^(INDETERMINATE|NOT-CHECKED)/.test(one)))
        expect(wordsOfOutcome(id, outcome)?.say, `${id} ${outcome}`).not.toMatch(
          /\b(forged|corrupt|invalid|suspicious|untrusted|is different from what was sealed)\b/i,
        )
  })

  it('keeps away from words that judge people and from exclamation marks', () => {
    for (const [at, text] of texts(messages, 'en'))
      expect(text, at).not.toMatch(/!|\b(forged|fake|corrupt|suspicious|untrusted|successfully|invalid)\b/i)
  })

  it('has a title for every axis', () => {
    for (const axis of AXES) expect(messages.axes[axis].title).not.toBe('')
  })
})

describe('a finding in words', () => {
  const subject = { kind: 'manifest', name: 'manifest-sha256.txt' } as const

  it('puts subject and counts into the sentence', () => {
    const finding = makeFinding('payload.digest', 'FAILED', {
      subject,
      reason: 'mismatch',
      counts: { passed: 4, failed: 1 },
    })
    expect(outcomeKey(finding)).toBe('FAILED:mismatch')
    expect(sayFinding(finding).say).toBe(
      'Evidence files are different from what was sealed (1 under manifest-sha256.txt; 4 match).',
    )
  })

  it('says no more than the value, and shows the code, for a reason that nobody has explained', () => {
    const finding = makeFinding('payload.digest', 'INDETERMINATE', { subject, reason: 'new-reason' })
    expect(sayFinding(finding).say).toBe('This could not be decided. (new-reason)')
  })

  it('escapes what comes from the bundle', () => {
    const name = 'a\u202eb\u001b[31m'
    const finding = makeFinding('tag.digest', 'PASSED', { subject: { kind: 'manifest', name } })
    expect(sayFinding(finding).say).toContain('a\\u{202e}b\\u{1b}[31m')
  })

  it('explains one object, with the look of its difference', () => {
    const exception = { path: 'data/00/000001.jpg', value: 'FAILED', reason: 'mismatch' } as const
    expect(sayException(exception)).toBe('is different from what was sealed')
    expect(sayException({ ...exception, diagnosis: { id: 'truncated', at: 512 } })).toBe(
      'is different from what was sealed: the end is missing from byte 512 on (a transfer that was cut off?)',
    )
    expect(sayException({ ...exception, diagnosis: { id: 'other-item', path: 'data/00/000002.jpg' } })).toContain(
      'the bytes of data/00/000002.jpg',
    )
  })

  it('gives words that can be sent to who may have what is missing, also for a name that is not in the catalogue', () => {
    expect(sayMissing('trust-set').ask).toMatch(/^Please send me your trust set/)
    expect(sayMissing('record/items.jsonl').ask).toContain('record/items.jsonl')
  })
})
