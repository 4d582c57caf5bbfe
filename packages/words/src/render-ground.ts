import type { CommonCore, Report } from '@probatum/core'
import { escapeForDisplay, escapeInLine } from './escape-for-display.ts'
import { groupDigits, type Page, sayBytes } from './layout.ts'
import { OBJECTS_SHOWN } from './render-finding.ts'

/** Of a bundle with a log: the code to be read out to whoever has another bundle of it. */
export type ShownCore = Pick<CommonCore, 'code' | 'size' | 'itemCount'>

function sayCore({ size, itemCount }: ShownCore): string {
  const count = (number: number, what: string) => `${groupDigits(number)} ${what}${number === 1 ? '' : 's'}`
  return `common core of ${count(size, 'event')}, ${count(itemCount, 'item')}`
}

/** Everything that the report rests on, and what is compared and printed: digests in one piece. */
export function writeGround(page: Page, { body, envelope }: Report, core: ShownCore | null = null): void {
  const { trustSet, policy, inputs, subject } = body
  page.heading('What this rests on')
  const row = (label: string, text: string) => page.wrapped(text, 2, label.padEnd(18))
  // In one piece, to be compared and copied.
  const exact = (label: string, digest: string, rest = '') =>
    page.line(`  ${label.padEnd(18)}${`${digest}  ${rest}`.trimEnd()}`)
  row('policy', `${escapeForDisplay(policy.id)}, SHA-256 ${policy.sha256}`)
  if (trustSet === null) row('trust set', 'none was chosen')
  else {
    const confirmed =
      inputs.setCode === 'confirmed' ? 'its code was typed and agrees' : 'its code was not typed (--trust-code)'
    const sample = trustSet.sample ? '; SAMPLE, for demonstrations only' : ''
    row(
      'trust set',
      `${escapeInLine(trustSet.issuer)}, number ${trustSet.number} of ${escapeForDisplay(trustSet.date)}, review by ${escapeForDisplay(trustSet.reviewBy)}; ${confirmed}${sample}`,
    )
    row('', `SHA-256 ${trustSet.sha256}`)
  }
  row('time of check', body.validationTime)
  for (const { kind, sha256 } of inputs.files)
    row('given', `${escapeForDisplay(kind)}, SHA-256 ${escapeForDisplay(sha256)}`)
  if (inputs.part) row('part', 'this copy was declared to be a part (--part)')
  if (inputs.digests !== 'all') row('digests', `only ${inputs.digests.map(escapeForDisplay).join(', ')} (--digests)`)
  if (inputs.names) row('names', 'opened original file names may be shown (--names)')
  row('program', `probatum ${escapeForDisplay(body.engine.version)}`)
  for (const { file, signer, timestamps } of body.signatures) {
    if (signer !== null)
      row('signer', `${escapeInLine(signer.subject)}; certificate SHA-256 ${signer.sha256}; ${escapeForDisplay(file)}`)
    for (const token of timestamps) {
      const accuracy = token.accuracy === null ? '' : `, accuracy ${escapeForDisplay(token.accuracy)}`
      row(
        'time-stamp',
        `${escapeForDisplay(token.genTime ?? 'no time')}${accuracy}, ${escapeInLine(token.authority ?? 'no name')}; ${escapeForDisplay(token.file)} over ${escapeForDisplay(file)}`,
      )
    }
  }

  page.heading('To compare and to print')
  if (subject.externalIdentifier !== null) row('identifier', escapeInLine(subject.externalIdentifier))
  if (subject.issuer !== null) row('issuer', `${escapeInLine(subject.issuer)} (as the bundle says)`)
  if (subject.recipient !== null) row('recipient', `${escapeInLine(subject.recipient)} (as the bundle says)`)
  row('format', escapeForDisplay(subject.format))
  if (subject.bundleId !== null) exact('bundle id', subject.bundleId)
  for (const { file, sha256 } of subject.sealIds) exact('seal id', sha256, escapeForDisplay(file))
  exact(
    'content',
    body.content.sha256,
    `${groupDigits(body.content.files)} ${body.content.files === 1 ? 'file' : 'files'}, ${sayBytes(body.content.bytes)}`,
  )
  if (core !== null) exact('common core', core.code, sayCore(core))
  exact('inventory', body.inventory.sha256, `${groupDigits(body.inventory.lines)} lines`)
  exact('facts', envelope.digests.facts)
  exact('findings', envelope.digests.findings)
  exact('whole report', envelope.digests.whole)

  const { leftovers, oddities, outside } = envelope.container
  if (leftovers.length + oddities.length + outside.length === 0) return
  page.heading('About this copy only (not part of the report)')
  for (const path of leftovers.slice(0, OBJECTS_SHOWN))
    page.wrapped(`${escapeForDisplay(path)}: in the form of what operating systems leave behind, not sealed`, 2, '- ')
  for (const path of outside.slice(0, OBJECTS_SHOWN))
    page.wrapped(`${escapeForDisplay(path)}: lies outside the bundle's folder, not sealed`, 2, '- ')
  for (const { id, path, value } of oddities.slice(0, OBJECTS_SHOWN))
    page.wrapped(
      [id, path, value].flatMap((text) => (text === undefined ? [] : [escapeForDisplay(text)])).join(' '),
      2,
      '- ',
    )
  const rest = [leftovers, outside, oddities].reduce((sum, { length }) => sum + Math.max(0, length - OBJECTS_SHOWN), 0)
  if (rest > 0) page.wrapped(`and ${groupDigits(rest)} more; --json has all of them`, 2, '- ')
}

/** Who is believed, as of when, and the numbers that are compared with what the sender says. */
export function writeGroundInShort(page: Page, { body, envelope }: Report, core: ShownCore | null = null): void {
  const { trustSet, policy, inputs, subject } = body
  page.heading('What this rests on')
  const row = (label: string, text: string) => page.wrapped(text, 2, label.padEnd(11))
  const exact = (label: string, digest: string, rest = '') =>
    page.line(`  ${label.padEnd(11)}${`${digest}  ${rest}`.trimEnd()}`)
  const given = [
    ...(inputs.part ? ['a part (--part)'] : []),
    ...(inputs.files.length > 0
      ? [`${inputs.files.length} further ${inputs.files.length === 1 ? 'file' : 'files'} given`]
      : []),
    ...(inputs.digests === 'all' ? [] : [`digests ${inputs.digests.map(escapeForDisplay).join(', ')}`]),
  ]
  row(
    'policy',
    [
      `${escapeForDisplay(policy.id)}, as of ${body.validationTime}, probatum ${escapeForDisplay(body.engine.version)}`,
      ...given,
    ].join('; '),
  )
  if (trustSet === null) row('trust set', 'none was chosen')
  else
    row(
      'trust set',
      `${escapeInLine(trustSet.issuer)}, number ${trustSet.number} of ${escapeForDisplay(trustSet.date)}; ${
        inputs.setCode === 'confirmed' ? 'its code was typed and agrees' : 'its code was not typed (--trust-code)'
      }`,
    )
  if (subject.bundleId !== null) exact('bundle id', subject.bundleId)
  for (const { file, sha256 } of subject.kind === 'bundle' ? subject.sealIds : [])
    exact('seal id', sha256, subject.sealIds.length > 1 ? escapeForDisplay(file) : '')
  if (core !== null) exact('core', core.code, sayCore(core))
  exact('content', body.content.sha256)
  exact('report', envelope.digests.whole)
  const { leftovers, oddities, outside } = envelope.container
  const beside = leftovers.length + oddities.length + outside.length
  if (beside > 0)
    row(
      'this copy',
      `has ${groupDigits(beside)} ${beside === 1 ? 'peculiarity' : 'peculiarities'} of its own, not sealed (--details)`,
    )
}
