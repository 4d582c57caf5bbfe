import {
  AXES,
  type Axis,
  assess,
  catalogueEntry,
  type Finding,
  type FindingId,
  type FindingValue,
  type Report,
} from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { shippedPolicy } from '../../../tools/testing/judgement.ts'
import { ARABIC } from './ar/index.ts'
import { availableLanguages, messagesOf } from './languages.ts'
import { sayRenamedTogether } from './renamed-together.ts'
import { renderExplanation } from './render-explanation.ts'
import { renderText } from './render-text.ts'
import { answersOf } from './report-answers.ts'
import { commandOf } from './report-command.ts'
import { doesNotShowOf } from './sentences.ts'
import { tallyOf } from './tally.ts'
import { adviceOf } from './telling.ts'
import {
  headlineOf,
  isPayloadMatched,
  isToHeed,
  isWholeToHeed,
  nextOf,
  problemsOf,
  problemsTold,
  verdictLabel,
} from './verdict.ts'

function finding(id: FindingId, value: FindingValue, given: Partial<Finding> = {}): Finding {
  const { axis, spec } = catalogueEntry(id)
  return { id, axis, value, spec, evidence: [], subject: { kind: 'bundle', name: '' }, ...given }
}

const SHA = '0'.repeat(64)

/** An invented report over these findings. */
function reportOf(findings: readonly Finding[], policyId = 'sealed', body: Partial<Report['body']> = {}): Report {
  return {
    body: {
      report: 'probatum/report/1-draft',
      engine: { name: 'probatum', version: '0.1.0' },
      content: { sha256: SHA, files: 9, bytes: 5000 },
      inventory: { sha256: SHA, lines: 9 },
      subject: {
        kind: 'bundle',
        bundleId: SHA,
        sealIds: [],
        externalIdentifier: null,
        format: '1-draft',
        issuer: null,
        recipient: null,
        sample: false,
        payloadFiles: 1203,
        payloadBytes: 4_000,
      },
      inputs: { digests: 'all', part: false, names: false, setCode: 'not-confirmed', files: [], recipient: null },
      policy: { id: policyId, sha256: SHA },
      trustSet: null,
      validationTime: '2026-06-01T00:00:00Z',
      bestSignatureTime: null,
      signatures: [],
      findings,
      assessment: assess(findings, shippedPolicy(policyId)),
      ...body,
    },
    envelope: {
      container: { kind: 'zip', name: 'bundle.zip', bytes: 1, oddities: [], leftovers: [], outside: [] },
      digests: { facts: SHA, findings: SHA, whole: SHA },
    },
  }
}

const one: Readonly<Record<Axis, FindingId>> = {
  bytes: 'payload.digest',
  completeness: 'payload.present',
  signer: 'signature.value',
  time: 'timestamp.threshold',
  custody: 'custody.chain',
  log: 'log.checkpoint',
  disclosure: 'disclosure.openings',
  authorisation: 'authorisation.request',
}

function withAxes(values: Partial<Record<Axis, FindingValue>>): readonly Finding[] {
  return AXES.flatMap((axis) => {
    const value = values[axis]
    return value === undefined ? [] : [finding(one[axis], value)]
  })
}

const passed = { bytes: 'PASSED', completeness: 'PASSED', signer: 'PASSED', time: 'PASSED' } as const
const bag = { subject: { ...reportOf([]).body.subject, kind: 'bag', format: 'BagIt 1.0' } } as const

describe('the label', () => {
  it('names the axes of a pass, and what was not asked', () => {
    expect(verdictLabel(reportOf(withAxes(passed)))).toBe(
      'TOTAL-PASSED (bytes, completeness, signer, time only; custody, log, disclosure, authorisation not asked)',
    )
    expect(verdictLabel(reportOf(withAxes({ bytes: 'PASSED', completeness: 'PASSED' }), 'fixity', bag))).toBe(
      'TOTAL-PASSED (bytes, completeness only; signer, time not asked)',
    )
  })

  it('names what failed first, on any axis', () => {
    expect(verdictLabel(reportOf(withAxes({ ...passed, bytes: 'FAILED', custody: 'FAILED' })))).toBe(
      'TOTAL-FAILED (bytes, custody FAILED; completeness, signer, time PASSED; log, disclosure, authorisation not asked)',
    )
  })

  it('counts what is withheld in an axis that is asked for, and in no other', () => {
    const withheld = [
      finding('custody.shown', 'WITHHELD', { reason: 'withheld', counts: { events: 1040, shown: 2, withheld: 1038 } }),
      finding('disclosure.items', 'PASSED', { counts: { items: 6, shown: 6, withheld: 0, closed: 0 } }),
      finding('disclosure.fields', 'WITHHELD', { reason: 'closed', counts: { fields: 72, opened: 30, closed: 42 } }),
      finding('authorisation.consents', 'WITHHELD', {
        reason: 'closed',
        counts: { items: 6, opened: 1, partly: 2, closed: 3 },
      }),
    ]
    const all = { ...passed, custody: 'PASSED', log: 'PASSED', disclosure: 'PASSED', authorisation: 'PASSED' } as const
    expect(verdictLabel(reportOf([...withAxes(all), ...withheld], 'court'))).toBe(
      'TOTAL-PASSED (bytes, completeness, signer, time, custody (2 of 1,040 events shown), log, disclosure (30 of 72 fields opened), authorisation (1 of 6 consents opened))',
    )
    expect(verdictLabel(reportOf([...withAxes(passed), ...withheld]))).not.toContain('(2')
    expect(
      renderText(reportOf([...withAxes(all), ...withheld], 'court'), { width: 200, ascii: false, colour: false }),
    ).toContain('2 of 1,040 events shown')
  })

  it('has between its parts what its language writes there', () => {
    expect(verdictLabel(reportOf(withAxes(passed)), ARABIC)).toMatch(/^TOTAL-PASSED \([^;؛]+؛ [^;؛]+\)$/)
  })

  it('names what is open', () => {
    expect(verdictLabel(reportOf(withAxes({ ...passed, time: 'INDETERMINATE' })))).toMatch(
      /^INDETERMINATE \(time INDETERMINATE; bytes, completeness, signer PASSED; /,
    )
  })
})

describe('the headline', () => {
  it('of a file of later openings that is contradicted says nothing against the bundle', () => {
    const given = { subject: { kind: 'disclosures', name: SHA }, reason: 'no-slot' } as const
    const contradicted = finding('disclosure.later-openings', 'FAILED', given)
    const report = reportOf([...withAxes(passed), contradicted])
    expect(headlineOf(report)).toBe('openings-contradicted')
    const text = renderText(report, { width: 200, ascii: false, colour: false })
    expect(text).toContain('Nothing says that the bundle was changed.')
    expect(text).not.toContain('fresh copy')
    const both = reportOf([...withAxes({ ...passed, bytes: 'FAILED' }), contradicted])
    expect(headlineOf(both)).toBe('mismatch')
  })

  it('of consents that are opened later and contradict speaks of the sharing', () => {
    const given = { subject: { kind: 'disclosures', name: SHA }, reason: 'consent-purpose' } as const
    const consents = finding('authorisation.later-consents', 'FAILED', given)
    expect(headlineOf(reportOf([...withAxes(passed), consents]))).toBe('sharing-contradicted')
    const openings = finding('disclosure.later-openings', 'FAILED', { ...given, reason: 'no-slot' })
    expect(headlineOf(reportOf([...withAxes(passed), consents, openings]))).toBe('openings-contradicted')
  })

  it('of an evidence record beside the bundle that proves nothing keeps what the seal proves', () => {
    const given = { subject: { kind: 'evidence-record', name: SHA }, reason: 'foreign' } as const
    const record = finding('evidence.record', 'INDETERMINATE', given)
    expect(headlineOf(reportOf([...withAxes(passed), record]))).toBe('match-but-open')
    expect(headlineOf(reportOf([...withAxes({ ...passed, time: 'INDETERMINATE' }), record]))).toBe('when')
  })

  it('of a sharing decision that is contradicted says that the files match', () => {
    const contradicted = finding('authorisation.approvals', 'FAILED', {
      subject: { kind: 'record', name: 'record/authorisation.json' },
      reason: 'other-content',
    })
    const report = reportOf([...withAxes(passed), contradicted])
    expect(headlineOf(report)).toBe('sharing-contradicted')
    const text = renderText(report, { width: 200, ascii: false, colour: false })
    expect(text).toContain('The files match, but the decision to share them')
    expect(text).not.toContain('fresh copy')
    for (const axis of ['bytes', 'custody'] as const) {
      const both = reportOf([...withAxes({ ...passed, [axis]: 'FAILED' }), contradicted])
      expect(headlineOf(both), axis).toBe('mismatch')
    }
  })

  it('of what a notice says, or of another recipient, says that and not that something is undecided', () => {
    const sealed = [finding('signature.message-digest', 'PASSED'), finding('tag.digest', 'PASSED')]
    const all = { ...passed, custody: 'PASSED', log: 'PASSED', disclosure: 'PASSED' } as const
    const headline = (...open: readonly Finding[]) =>
      headlineOf(reportOf([...withAxes(all), ...sealed, ...open], 'court'))
    const recalled = finding('authorisation.notices', 'INDETERMINATE', { reason: 'recalled' })
    const unproved = finding('authorisation.notices', 'INDETERMINATE', { reason: 'not-believed' })
    const another = finding('authorisation.recipient', 'INDETERMINATE', { reason: 'another' })
    const request = finding('authorisation.request', 'INDETERMINATE', { reason: 'no-request' })
    expect(headline(recalled)).toBe('match-but-noticed')
    expect(headline(request, recalled, another)).toBe('match-but-noticed')
    expect(headline(request, another)).toBe('match-but-for-another')
    expect(headline(request)).toBe('match-but-open')
    expect(headline(unproved)).toBe('match-but-open')
    expect([recalled, another, unproved, request].map(isToHeed)).toEqual([true, true, false, false])
    const whole = (...open: readonly Finding[]) =>
      isWholeToHeed(reportOf([...withAxes(all), ...sealed, ...open], 'court'))
    expect([whole(recalled), whole(request, another), whole(unproved), whole(request)]).toEqual([
      true,
      true,
      false,
      false,
    ])
    expect(headlineOf(reportOf([...withAxes({ ...all, signer: 'INDETERMINATE' }), recalled], 'court'))).toBe('who')
  })

  it('says that questions are about the same renamed file, and keeps each of them', () => {
    const exception = (path: string, reason: string, more = {}) => ({ path, reason, value: 'INDETERMINATE', ...more })
    const renamed = [
      finding('payload.present', 'INDETERMINATE', {
        reason: 'renamed',
        exceptions: [exception('data/a', 'renamed', { found: 'data/b' })],
      } as Partial<Finding>),
      finding('payload.listed', 'INDETERMINATE', {
        reason: 'renamed',
        exceptions: [exception('data/b', 'renamed-from')],
      } as Partial<Finding>),
    ]
    const placed = finding('bundle.layout', 'INDETERMINATE', {
      reason: 'no-place',
      exceptions: [exception('data/b', 'payload-name')],
    } as Partial<Finding>)
    const other = { ...placed, exceptions: [exception('data/c', 'payload-name')] } as Finding
    expect(sayRenamedTogether([...renamed, placed])).toMatch(/^3 of these questions.*: data\/b \(listed as data\/a\)\./)
    expect(sayRenamedTogether([...renamed, other])).toMatch(/^2 of these/)
    expect(sayRenamedTogether([...renamed.slice(1), placed])).toBeNull()
    const text = renderText(reportOf([...renamed, placed]), { width: 200, ascii: false, colour: false })
    expect(text).toContain('Problems: 3')
    expect(text.match(/INDETERMINATE:(?:renamed|no-place)/g)).toHaveLength(3)
  })

  it('of a PDF certificate beside another bundle does not say that the certificate was changed', () => {
    const subject = { ...reportOf([]).body.subject, kind: 'document' } as const
    const beside = (value: FindingValue, reason: string, more: readonly Finding[] = []) =>
      reportOf(
        [
          finding('document.base', 'PASSED'),
          finding('document.bundle', value, { reason }),
          finding('document.signed', 'INDETERMINATE', { reason: 'none' }),
          ...more,
        ],
        'sealed',
        { subject },
      )
    const changed = finding('document.data', 'FAILED', { reason: 'altered' })
    const uncovered = finding('document.coverage', 'FAILED', { reason: 'altered' })
    const unread = finding('document.shown', 'INDETERMINATE', { reason: 'unread' })
    expect(headlineOf(beside('FAILED', 'differs'))).toBe('document-other-state')
    expect(headlineOf(beside('INDETERMINATE', 'facts-differ'))).toBe('document-other-state')
    expect(headlineOf(beside('INDETERMINATE', 'other-bundle'))).toBe('document-other-bundle')
    expect(headlineOf(beside('INDETERMINATE', 'no-data'))).toBe('document-undecided')
    for (const other of [changed, uncovered])
      expect(headlineOf(beside('FAILED', 'differs', [other]))).toBe('document-contradicted')
    expect(headlineOf(beside('INDETERMINATE', 'other-bundle', [unread]))).toBe('document-undecided')
    expect(answersOf(beside('FAILED', 'differs'))[0]?.word).toBe('Yes')
    expect(answersOf(beside('FAILED', 'differs', [unread]))[0]?.word).toBe('Cannot tell')
    expect(answersOf(beside('FAILED', 'differs', [changed]))[0]?.word).toBe('No')
    // Nobody signed it: of lists of files nothing was asked.
    expect(answersOf(beside('FAILED', 'differs'))[1]).toMatchObject({
      word: 'Nobody is shown',
      doesNotShow: 'who made it',
    })
  })

  it('of a certificate alone speaks of no files, and sends nobody for a fresh copy', () => {
    const subject = { ...reportOf([]).body.subject, kind: 'certificate' } as const
    const contradicted = reportOf([finding('signer.key-usage', 'FAILED')], 'sealed', { subject })
    expect(nextOf(contradicted)).toBe('certificate')
    for (const language of availableLanguages()) {
      const messages = messagesOf(language)
      if (messages === undefined) expect.fail(language)
      const { next, doesNotMean } = adviceOf(contradicted, messages)
      expect([next, doesNotMean]).toEqual([messages.verdict.next.certificate, messages.verdict.doesNotMeanCertificate])
      const about = { sealed: true, alone: true, certificate: true }
      expect(doesNotShowOf({ id: 'signer.path' }, messages, about)).not.toBe(
        doesNotShowOf({ id: 'signer.path' }, messages, { sealed: true, alone: true }),
      )
    }
  })

  it.each([
    ['match', passed],
    ['mismatch', { ...passed, completeness: 'FAILED' }],
    ['mismatch', { ...passed, log: 'FAILED' }],
    ['who', { ...passed, signer: 'INDETERMINATE' }],
    ['when', { ...passed, time: 'INDETERMINATE' }],
    ['who-and-when', { ...passed, signer: 'NOT-CHECKED', time: 'NOT-CHECKED' }],
    ['undecided', { ...passed, bytes: 'INDETERMINATE' }],
    ['undecided', {}],
  ] as const)('is %s for %j', (headline, values) => {
    expect(headlineOf(reportOf(withAxes(values)))).toBe(headline)
  })

  it('says no more than that the list fits where no seal was asked for', () => {
    expect(headlineOf(reportOf(withAxes(passed), 'fixity'))).toBe('match-list')
  })
})

describe('what lies beside the bundle', () => {
  const beside = (outside: readonly string[], kind: 'zip' | 'directory' = 'zip'): string => {
    const report = reportOf(withAxes(passed))
    const container = { ...report.envelope.container, kind, outside }
    return answersOf({ ...report, envelope: { ...report.envelope, container } })[0]?.text ?? ''
  }

  it('is said with the first answer, and is no part of what was not added', () => {
    expect(beside([])).not.toMatch(/beside/)
    expect(beside(['mail.txt'])).toMatch(
      /none was added\. .*1 file lies beside the bundle in this archive and is no part of it: mail\.txt\.$/,
    )
    expect(beside(['a', 'b'], 'directory')).toMatch(
      / 2 files lie beside the bundle in this folder and are no part of it: a, b\.$/,
    )
  })

  it('is escaped, and named in short', () => {
    const many = Array.from({ length: 1200 }, (_, index) => `f${index}\u202e`)
    expect(beside(many)).toMatch(/ 1,200 files lie .*: f0\\u\{202e\}, .* and 1,195 more\.$/)
  })
})

describe('a seal that could not be read', () => {
  it('is not called absent', () => {
    const findings = [
      ...withAxes({ bytes: 'PASSED', completeness: 'PASSED' }),
      finding('signature.present', 'INDETERMINATE', { reason: 'unreadable' }),
    ]
    const who = answersOf(reportOf(findings))[1]
    expect(who?.word).toBe('Cannot tell')
    expect(who?.text).toBe('There is a seal, and it could not be read; see below.')
  })
})

describe('what is counted', () => {
  const mismatch = { path: 'data/00/000001.jpg', value: 'FAILED', reason: 'mismatch' } as const

  it('is each path once, however many lists name it', () => {
    const twice = ['manifest-sha256.txt', 'manifest-sha512.txt'].map((name) =>
      finding('payload.digest', 'FAILED', {
        reason: 'mismatch',
        subject: { kind: 'manifest', name },
        exceptions: [mismatch],
      }),
    )
    expect(tallyOf(reportOf(twice)).different).toBe(1)
  })

  it('count evidence files alone: a list that could not be read is none, and no file is missing by that', () => {
    const unread = { path: 'manifest-sha256.txt', value: 'INDETERMINATE', reason: 'unreadable' } as const
    const report = reportOf([
      finding('payload.readable', 'INDETERMINATE', { reason: 'unreadable', exceptions: [unread] }),
      finding('payload.present', 'INDETERMINATE', { reason: 'manifest-not-read', exceptions: [unread] }),
    ])
    expect(tallyOf(report)).toMatchObject({ missing: 0, unreadable: 0 })
  })

  it('do not say that there is no seal where its folder could not be opened', () => {
    const closed = { path: 'seal', value: 'INDETERMINATE', reason: 'unreadable-folder' } as const
    const gone = finding('signature.present', 'INDETERMINATE', { reason: 'declared-missing' })
    const folder = finding('file.regular', 'INDETERMINATE', { reason: 'unreadable-folder', exceptions: [closed] })
    const told = (findings: readonly Finding[]) => answersOf(reportOf(findings)).map(({ text }) => text)
    expect(told([gone]).join(' ')).toContain('There is no seal.')
    const [, who, since] = told([gone, folder])
    expect([who, since]).toEqual(Array(2).fill('There is a seal, and it could not be read; see below.'))
    const elsewhere = { ...closed, path: 'data/00' }
    expect(told([gone, { ...folder, exceptions: [elsewhere] }]).join(' ')).toContain('There is no seal.')
  })

  it('tell files under other names and second copies from missing and added ones', () => {
    const renamed = { path: 'data/00/000001.txt', value: 'INDETERMINATE', reason: 'renamed' } as const
    const copy = { path: 'data/00/000002 (1).txt', value: 'INDETERMINATE', reason: 'copy-of' } as const
    const uncompared = { ...copy, reason: 'not-compared' } as const
    const beside = [finding('payload.coverage', 'INDETERMINATE', { reason: 'not-compared', exceptions: [uncompared] })]
    const report = reportOf([
      finding('payload.coverage', 'INDETERMINATE', { reason: 'not-compared' }),
      finding('payload.present', 'INDETERMINATE', { reason: 'renamed', exceptions: [renamed] }),
      finding('payload.listed', 'INDETERMINATE', { reason: 'renamed', exceptions: [copy] }),
    ])
    expect(tallyOf(report)).toMatchObject({ missing: 0, unlisted: 0, renamed: 1, copies: 1 })
    expect(isPayloadMatched(reportOf([finding('payload.digest', 'PASSED'), ...beside]))).toBe(false)
    expect(isPayloadMatched(reportOf([finding('payload.digest', 'PASSED')]))).toBe(true)
    const [unchanged] = answersOf(report)
    expect(unchanged?.word).toBe('Cannot tell')
    expect(unchanged?.text).toContain('1 has another name than is listed')
    expect(unchanged?.text).toContain('1 is a second copy of another file')
  })

  it('says of an incomplete copy that what is here is unchanged', () => {
    const findings = [
      ...withAxes({ bytes: 'PASSED', signer: 'PASSED', time: 'PASSED' }),
      finding('payload.present', 'FAILED', {
        reason: 'missing',
        exceptions: [{ path: 'data/00/000007.jpg', value: 'FAILED', reason: 'absent' }],
      }),
    ]
    expect(answersOf(reportOf(findings))[0]).toMatchObject({
      word: 'Incomplete',
      text: 'All 1,203 evidence files here are unchanged; 1 listed file is missing from this copy.',
    })
  })
})

describe('the time', () => {
  const proved = { bestSignatureTime: '2026-03-14T09:12:01Z' }
  const seal = ['signature.value', 'signature.message-digest'] as const
  const holding = [...seal, 'tag.digest' as const].map((id) => finding(id, 'PASSED'))
  const since = (findings: readonly Finding[]) => answersOf(reportOf(findings, 'sealed', proved))[2]

  it('is that of the files where they are what was sealed', () => {
    expect(since([...withAxes(passed), ...holding])).toMatchObject({ word: 'No later than 2026-03-14T09:12:01Z' })
    expect(since([...withAxes(passed), ...holding])?.text).not.toMatch(/differs/)
  })

  it('is not that of files which differ from what was sealed', () => {
    const answer = since([...withAxes({ ...passed, bytes: 'FAILED' }), ...holding])
    expect(answer?.text).toMatch(/of what was sealed\. Nothing shows since when what differs from it exists\.$/)
  })

  it('is not that of files which the seal is not over', () => {
    const other = [finding('signature.value', 'PASSED'), finding('signature.message-digest', 'FAILED')]
    const answer = since([...withAxes({ ...passed, signer: 'FAILED' }), ...other, finding('tag.digest', 'PASSED')])
    expect(answer?.word).toBe('Not shown')
    expect(answer?.text).toMatch(/^The seal existed no later than .*not shown to be over these files\.$/)
  })
})

describe('the text', () => {
  const style = { width: 90, ascii: false, colour: false }

  it('prints every problem, failures first, candidate paths apart', () => {
    const findings = [
      finding('timestamp.path', 'INDETERMINATE', { reason: 'none-holds' }),
      finding('timestamp.path-candidate', 'FAILED', { reason: 'expired', role: 'candidate-path' }),
      finding('payload.digest', 'FAILED', { reason: 'mismatch' }),
    ]
    expect(problemsOf(reportOf(findings)).map(({ id }) => id)).toEqual(['payload.digest', 'timestamp.path'])
    expect(renderText(reportOf(findings), style)).toMatch(/Problems: 2/)
  })

  it('tells at once of a signed exception, also under a policy that does not ask for the decision', () => {
    const excepted = finding('authorisation.exceptions', 'INDETERMINATE', { reason: 'excepted' })
    const open = finding('authorisation.assurances', 'INDETERMINATE', { reason: 'assurance-missing' })
    const report = reportOf([excepted, open])
    expect(report.body.assessment.axes.authorisation.required).toBe(false)
    expect(problemsTold(report)).toEqual([excepted])
    expect(renderText(report, { width: 100, colour: false, ascii: false })).toContain('signed exception')
  })

  it('says that a sample is one, right under the verdict', () => {
    const report = reportOf(withAxes(passed), 'sealed', { subject: { ...reportOf([]).body.subject, sample: true } })
    expect(renderText(report, style).split('\n').slice(0, 5).join('\n')).toContain('SAMPLE')
  })

  it('keeps hostile names on one line and counts what it does not print', () => {
    const exceptions = Array.from({ length: 60 }, (_, index) => ({
      path: `data/\u001b[2J\n${index}`,
      value: 'FAILED' as const,
      reason: 'mismatch',
    }))
    const report = reportOf([
      finding('payload.digest', 'FAILED', { reason: 'mismatch', exceptions, exceptionsOmitted: 5 }),
    ])
    const text = renderText(report, style)
    expect(text).not.toContain('\u001b')
    expect(text).toContain('data/\\u{1b}[2J\\u{a}0 is different')
    expect(text).toContain('and 15 more')
  })

  it('retells what it has no words for by its codes, whatever these are called', () => {
    const found: Finding = {
      ...finding('payload.digest', 'FAILED', { reason: 'constructor' }),
      id: 'later.check' as FindingId,
      evidence: [{ name: 'x', missing: 'toString' }],
      exceptions: [{ path: 'data/0', value: 'FAILED', reason: 'constructor', diagnosis: { id: 'valueOf', at: 1 } }],
    }
    const text = renderExplanation(reportOf([found]), style)
    expect(text).toContain('later.check?')
    expect(text).toContain('FAILED: constructor')
    expect(text).toContain('valueOf')
    expect(text).toContain('toString')
  })

  it('ends with the whole command, quoted for a shell', () => {
    const report = reportOf(withAxes(passed))
    const command = commandOf(report, { input: "it's here.zip", policy: './our policy.json', trustSet: 'trust.json' })
    expect(command).toBe("probatum verify 'it'\\''s here.zip' --policy './our policy.json' --at 2026-06-01T00:00:00Z")
    expect(renderText(report, style).trimEnd().split('\n').at(-1)).toBe(
      '  probatum verify bundle.zip --policy sealed --at 2026-06-01T00:00:00Z',
    )
  })

  it('fits its width, commands and digests apart', () => {
    for (const line of renderText(reportOf(withAxes(passed)), { ...style, width: 72 }).split('\n'))
      if (!/[0-9a-f]{64}|probatum verify/.test(line)) expect(line.length, line).toBeLessThanOrEqual(72)
  })
})

describe('files that were compared under a weak digest alone', () => {
  it('are not called the same, because others can be made to agree', () => {
    const matched = [
      finding('payload.digest', 'PASSED'),
      finding('payload.present', 'PASSED'),
      finding('payload.listed', 'PASSED'),
    ]
    const strong = reportOf(
      [...matched, finding('payload.coverage', 'INDETERMINATE', { reason: 'not-compared' })],
      'fixity',
      bag,
    )
    expect(answersOf(strong)[0]?.text).toContain('byte for byte')
    const weak = reportOf(
      [...matched, finding('payload.coverage', 'INDETERMINATE', { reason: 'weak-digest' })],
      'fixity',
      bag,
    )
    expect(answersOf(weak)[0]?.text).toBe('Not everything could be compared; see below.')
    expect(answersOf(weak)[0]?.word).toBe('Cannot tell')
  })
})
