import {
  ANCHOR_ROLES,
  type Certificate,
  compareInstants,
  type DescribedAnchor,
  describeTrustSet,
  diffTrustSets,
  formatInstant,
  type Instant,
  type SetComparison,
  type SuccessionAnswer,
  type TrustAnchorEntry,
  type TrustSet,
  type TrustSetFile,
  trustSetCode,
} from '@probatum/core'
import { SUCCESSION_ANSWERS, SUCCESSION_PROBLEMS, TRUST_WORDS } from './en/trust.ts'
import { escapeForDisplay, escapeInLine } from './escape-for-display.ts'
import { Page, type TextStyle } from './layout.ts'
import { writeFinding } from './render-finding.ts'
import { commonNameOf, messagesIn } from './sentences.ts'

/** 64 hex digits in blocks of four, eight to a line: short enough to be read aloud and compared. */
export function fingerprintLines(sha256: string): readonly [string, string] {
  const blocks = (sha256.match(/.{1,4}/g) ?? []).map((block) => block.toUpperCase())
  return [blocks.slice(0, 8).join(' '), blocks.slice(8).join(' ')]
}

function intervalOf({ from, until }: TrustAnchorEntry): string | null {
  if (from === undefined && until === undefined) return null
  return `counts for times proved ${from === undefined ? '' : `from ${from} `}${until === undefined ? 'on' : `until ${until}`}`
}

function head(page: Page, set: TrustSet): void {
  const { file } = set
  page.line(page.paint(escapeInLine(file.issuer), 'strong'))
  page.wrapped(`Trust set number ${file.number} of ${file.date}, to be reviewed by ${file.reviewBy}`)
  if (file.sample === true) page.wrapped(page.paint(messagesIn().verdict.sample, 'open'))
  page.line(`set code  ${trustSetCode(set.sha256)}`)
  page.line(`SHA-256   ${set.sha256}`)
}

function dates(certificate: Certificate): string {
  return `${formatInstant(certificate.notBefore).slice(0, 10)} to ${formatInstant(certificate.notAfter).slice(0, 10)}`
}

/** Who is in a set, one after the other. */
export function renderTrustList(set: TrustSet, style: TextStyle): string {
  const page = new Page(style)
  head(page, set)
  for (const { entry, certificate, isEndEntity } of describeTrustSet(set)) {
    page.blank()
    const end = isEndEntity ? ', END-ENTITY CERTIFICATE' : ''
    page.wrapped(`${TRUST_WORDS.roles[entry.role].title}: ${escapeInLine(entry.label)}${end}`)
    page.line(`  ${certificate === null ? escapeForDisplay(entry.verifierKey ?? '') : certificate.sha256}`)
    const interval = intervalOf(entry)
    if (interval !== null) page.wrapped(interval, 2)
    page.wrapped(`from ${escapeInLine(entry.source)}`, 2)
  }
  return page.text()
}

function writeAnchor(page: Page, described: DescribedAnchor, now: Instant): void {
  const { entry, certificate, isEndEntity, isYoungerThanSet } = described
  page.blank()
  page.wrapped(page.paint(escapeInLine(entry.label), 'strong'), 2)
  const row = (label: string, text: string) => page.wrapped(text, 4, label.padEnd(13))
  const warn = (text: string) => page.wrapped(text, 4, `${page.mark('open')} `)
  if (certificate === null) row('key', escapeForDisplay(entry.verifierKey ?? ''))
  else {
    row('subject', escapeInLine(certificate.subject.text))
    if (certificate.subject.key !== certificate.issuer.key) row('issuer', escapeInLine(certificate.issuer.text))
    row('valid', dates(certificate))
    const [first, second] = fingerprintLines(certificate.sha256)
    row('fingerprint', first)
    row('', second)
  }
  row('source', escapeInLine(entry.source))
  const interval = intervalOf(entry)
  if (interval !== null) row('interval', interval)
  if (certificate === null) return
  if (isEndEntity)
    warn(
      'An end-entity certificate: it stands for itself alone. No authority can withdraw it; only a next list without it, or with an end date, does.',
    )
  if (compareInstants(now, certificate.notBefore) < 0) warn('Its certificate has not begun yet.')
  if (compareInstants(certificate.notAfter, now) < 0)
    warn('Its certificate has ended. What was proved before counts all the same.')
  if (isYoungerThanSet) warn('Its certificate begins after the day of this list.')
}

/** Who is in a set, by role, with everything that deserves a second look. Says of nobody that he should be believed. */
export function renderTrustExplanation(set: TrustSet, now: Instant, style: TextStyle): string {
  const page = new Page(style)
  head(page, set)
  page.blank()
  page.wrapped(
    'Whoever verifies with this list believes the keys below, and what they certify, in the role that they have here and in no other. It says nothing about whether they deserve it.',
  )
  if (formatInstant(now).slice(0, 10) > set.file.reviewBy)
    page.wrapped(
      `The day of review (${set.file.reviewBy}) has passed: ask its issuer for a newer one. It can still be used for what is older.`,
      0,
      `${page.mark('open')} `,
    )
  const anchors = describeTrustSet(set)
  for (const role of ANCHOR_ROLES) {
    const own = anchors.filter(({ entry }) => entry.role === role)
    const { title, is } = TRUST_WORDS.roles[role]
    page.heading(`${title} (${is}): ${own.length === 0 ? 'nobody' : own.length}`)
    for (const anchor of own) writeAnchor(page, anchor, now)
  }
  return page.text()
}

/** Where one certificate stands among the anchors. */
export function renderSetComparison(
  certificate: Certificate,
  comparison: SetComparison,
  set: TrustSet,
  style: TextStyle,
): string {
  const page = new Page(style)
  page.line(page.paint(escapeInLine(certificate.subject.text), 'strong'))
  page.wrapped(`certified by ${escapeInLine(certificate.issuer.text)}, valid ${dates(certificate)}`, 2)
  page.line(`  SHA-256 ${certificate.sha256}`)
  page.wrapped(`in trust set number ${set.file.number} of ${set.file.date}, ${escapeInLine(set.file.issuer)}`, 2)
  page.blank()
  for (const { relation, role, label, sha256 } of comparison.matches) {
    const tone = relation === 'anchor' || relation === 'same-key' ? 'good' : 'open'
    page.wrapped(`${TRUST_WORDS.relations[relation]}.`, 0, `${page.mark(tone)} `)
    page.wrapped(`${TRUST_WORDS.roles[role].title}: ${escapeInLine(label)}`, 4)
    page.line(`    SHA-256 ${sha256}`)
  }
  const roles = new Set(comparison.matches.flatMap(({ relation, role }) => (relation === 'anchor' ? [role] : [])))
  if (roles.size > 0)
    page.wrapped(
      `It counts as ${[...roles].map((role) => TRUST_WORDS.roles[role].title).join(' and ')} only. In another role it is believed for nothing.`,
      0,
      '  ',
    )
  if (comparison.matches.length === 0)
    page.wrapped(
      'Nothing on the list has its name, its key, or the name of its issuer. A path may still lead from it to an anchor, by certificates between them.',
      0,
      `${page.mark('open')} `,
    )
  if (comparison.isYoungerThanSet)
    page.wrapped(
      `The certificate is younger than the list, which cannot have known it. Ask the issuer of the list for a newer one.`,
      0,
      `${page.mark('open')} `,
    )
  page.blank()
  page.wrapped('Nothing was verified. This compares names and keys.')
  return page.text()
}

/** Columns and lines of a printed page, with margins. */
const CARD = { width: 76, lines: 62 } as const

/**
 * The letter that goes with a set by another way than the file: plain ASCII text, one page where the number of anchors
 * allows it. Names that ASCII cannot write stand with their escapes, as everywhere.
 */
export function renderTrustCard(set: TrustSet): string {
  const { file } = set
  const anchors = describeTrustSet(set)
  const room = CARD.lines - 36 - anchors.length
  const page = new Page({ width: CARD.width, ascii: true, colour: false })
  const rule = '-'.repeat(CARD.width)
  page.line(rule)
  page.line('  TRUST SET: WHOSE KEYS WE USE FOR EVIDENCE BUNDLES')
  page.line(rule)
  if (file.sample === true) page.wrapped(messagesIn().verdict.sample, 2)
  page.given(escapeInLine(file.issuer), 2, 'issuer    ')
  page.wrapped(`${file.number} of ${file.date}; ask for a newer one after ${file.reviewBy}`, 2, 'number    ')
  page.blank()
  page.line('  SET CODE (32 signs; no letter I, L, O or U; 0 is zero, 1 is one)')
  page.blank()
  for (const [index, group] of trustSetCode(set.sha256).split('-').entries())
    page.line(`      group ${index + 1}     ${[...group].slice(0, 4).join(' ')}   ${[...group].slice(4).join(' ')}`)
  page.blank()
  page.wrapped(
    'The file comes by another way than this letter. Type the code behind --trust-code, or have it read to you over a telephone number that you had before. With another code the file is another one: do not use it.',
    2,
  )
  page.blank()
  page.line('      probatum verify BUNDLE --trust-set FILE --trust-code CODE')
  page.heading(`  IN THIS SET: ${anchors.length}`)
  for (const { entry, certificate, isEndEntity } of anchors) {
    const interval = intervalOf(entry)
    const notes = [...(isEndEntity ? ['end-entity certificate'] : []), ...(interval === null ? [] : [interval])]
    page.wrapped(
      `${TRUST_WORDS.roles[entry.role].title}: ${escapeInLine(entry.label)}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`,
      2,
    )
    if (certificate === null) page.line(`      ${escapeForDisplay(entry.verifierKey ?? '')}`)
    else if (anchors.length * 3 <= room) {
      const name = escapeInLine(commonNameOf(certificate.subject.text))
      if (name !== escapeInLine(entry.label)) page.wrapped(name, 6)
      for (const line of fingerprintLines(certificate.sha256)) page.line(`      ${line}`)
    } else page.line(`      ${certificate.sha256}`)
  }
  page.blank()
  page.wrapped(
    'Numbers under the names are SHA-256 fingerprints of certificates. Compare them with the authority itself where you can.',
    2,
  )
  page.blank()
  page.line('  Issued by ______________________________   Date ____________________')
  page.blank()
  page.line('  Signature ______________________________   Telephone _______________')
  page.line(rule)
  return page.text()
}

/** What became of a set, entry by entry. */
export function renderTrustSetChanges(last: TrustSetFile, next: TrustSetFile, style: TextStyle): string {
  const page = new Page(style)
  const changes = diffTrustSets(last, next)
  page.line(changes.length === 0 ? 'The same anchors.' : `Changes: ${changes.length}`)
  for (const { kind, entry, before } of changes) {
    page.wrapped(
      `${TRUST_WORDS.changes[kind]}: ${TRUST_WORDS.roles[entry.role].title}, ${escapeInLine(entry.label)}`,
      2,
      '- ',
    )
    for (const member of ['label', 'source', 'from', 'until'] as const)
      if (before !== undefined && before[member] !== entry[member])
        page.wrapped(
          `${member}: ${escapeInLine(before[member] ?? 'none')}, now ${escapeInLine(entry[member] ?? 'none')}`,
          6,
        )
  }
  return page.text()
}

/** Whether a set is signed as the next one, and by whom. */
export function renderSuccession(answer: SuccessionAnswer, last: TrustSet, next: TrustSet, style: TextStyle): string {
  const page = new Page(style)
  const tone = answer.value === 'PASSED' ? 'good' : answer.value === 'FAILED' ? 'bad' : 'open'
  page.line(`${page.mark(tone)} ${page.paint(SUCCESSION_ANSWERS[answer.value], 'strong')}`)
  const say = ({ file }: TrustSet) => `number ${file.number} of ${file.date}, ${escapeInLine(file.issuer)}`
  page.wrapped(say(next), 2, 'next  ')
  page.wrapped(say(last), 2, 'last  ')
  if (answer.signer !== null)
    page.wrapped(`${escapeInLine(answer.signer.subject)}, certificate SHA-256 ${answer.signer.sha256}`, 2, 'says  ')
  page.wrapped(`${answer.time}: nothing proves when it was signed`, 2, 'as of ')
  for (const problem of answer.problems) page.wrapped(SUCCESSION_PROBLEMS[problem], 2, `${page.mark('bad')} `)
  if (!answer.hasSuccessor)
    page.wrapped(
      'The last set has no anchor of the role trust-set: it names nobody who may sign the next one. Ask its issuer for the next set with a new letter.',
      2,
      `${page.mark('open')} `,
    )
  for (const finding of answer.findings)
    if (finding.role === undefined && (finding.value === 'FAILED' || finding.value === 'INDETERMINATE'))
      writeFinding(page, finding, messagesIn(), { sealed: false, alone: true })
  if (answer.value === 'PASSED')
    page.wrapped(
      'Whoever believes the last set has its word that this one follows. Nothing is changed by that: choose the next set yourself with --trust-set.',
      2,
    )
  return page.text()
}
