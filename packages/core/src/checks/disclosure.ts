import { DISCLOSURES, ITEMS } from '../bundle/layout.ts'
import type { DisclosureFacts, GroundProblem, PayloadBindingProblem } from '../custody/history-facts.ts'
import { comparePaths } from '../model/bytes.ts'
import type { Exception, Finding } from '../model/finding.ts'
import type { FindingId } from './catalogue.ts'
import { disclosedPlace, firstOf, lineExceptions, notReadFinding, outcomeFinding, sides } from './history-finding.ts'

const SUBJECT = { kind: 'record', name: DISCLOSURES } as const
const ITEMS_SUBJECT = { kind: 'record', name: ITEMS } as const

/** Every finding about what is shown of the lines, and about the items as far as they are shown. */
export function checkDisclosure(facts: DisclosureFacts): readonly Finding[] {
  const notRead = (id: FindingId) => notReadFinding(id, facts.state, SUBJECT)
  const noItems = (id: FindingId) => notReadFinding(id, facts.items.state, ITEMS_SUBJECT)
  return [
    notRead('disclosure.openings') ?? checkOpenings(facts),
    notRead('disclosure.grounds') ?? checkGrounds(facts),
    notRead('disclosure.payload') ?? noItems('disclosure.payload') ?? checkPayload(facts),
    notRead('disclosure.copies') ?? noItems('disclosure.copies') ?? checkCopies(facts),
    noItems('disclosure.items') ?? checkItems(facts),
    notRead('disclosure.fields') ?? checkFields(facts),
  ]
}

const OPENING_FAILED = ['no-slot', 'other-slot', 'twice', 'clear-member', 'no-such-field', 'no-line'] as const
const OPENING_OPEN = ['line-withheld', 'line-unread', 'own-export', 'malformed', 'malformed-value'] as const

/** Whether every opening stands in the slot of its own name, once, and says something of the kind that this name has. */
export function checkOpenings({ openings, holding, saltsAgain, problems }: DisclosureFacts): Finding {
  const id = 'disclosure.openings'
  const exceptions = problems.first.map(
    ({ file, line, field, code }): Exception => ({
      ...disclosedPlace(file, line, field),
      value: OPENING_FAILED.some((one) => one === code) ? 'FAILED' : 'INDETERMINATE',
      reason: code,
    }),
  )
  const given = { counts: { openings, hold: holding, saltsAgain }, ...placed(exceptions, problems.count) }
  const failed = firstOf(OPENING_FAILED, problems.by)
  if (failed !== undefined) return outcomeFinding(id, `FAILED:${failed}`, SUBJECT, given)
  const open = firstOf(OPENING_OPEN, problems.by)
  if (open !== undefined) return outcomeFinding(id, `INDETERMINATE:${open}`, SUBJECT, given)
  if (openings === 0) return outcomeFinding(id, 'NOT-CHECKED:none', SUBJECT, given)
  // Every value is still the one that was committed to: what is at risk is the secrecy of those that are withheld.
  return outcomeFinding(id, saltsAgain > 0 ? 'PASSED:salt-again' : 'PASSED', SUBJECT, given)
}

/** Whether what is said to be withheld is not shown all the same. */
export function checkGrounds({ grounds, groundProblems }: DisclosureFacts): Finding {
  const id = 'disclosure.grounds'
  const exceptions = groundProblems.first.map(
    ({ file, line, field, code }: GroundProblem): Exception => ({
      ...disclosedPlace(file, line, field),
      value: code === 'line-unread' ? 'INDETERMINATE' : 'FAILED',
      reason: code,
    }),
  )
  const given = { counts: { grounds, problems: groundProblems.count }, ...placed(exceptions, groundProblems.count) }
  const failed = firstOf(['field-opened', 'line-shown', 'no-such-field', 'no-line'], groundProblems.by)
  if (failed === 'field-opened' || failed === 'line-shown') return outcomeFinding(id, 'FAILED:opened', SUBJECT, given)
  if (failed !== undefined) return outcomeFinding(id, `FAILED:${failed}`, SUBJECT, given)
  if ((groundProblems.by['line-unread'] ?? 0) > 0)
    return outcomeFinding(id, 'INDETERMINATE:line-unread', SUBJECT, given)
  return outcomeFinding(id, grounds > 0 ? 'PASSED' : 'NOT-CHECKED:none', SUBJECT, given)
}

function placed(exceptions: readonly Exception[], count: number) {
  const ordered = exceptions.toSorted((a, b) => comparePaths(a.path, b.path))
  const omitted = count - ordered.length
  return {
    ...(ordered.length > 0 ? { exceptions: ordered } : {}),
    ...(omitted > 0 ? { exceptionsOmitted: omitted } : {}),
  }
}

const BINDING_REASON: Readonly<Record<PayloadBindingProblem['code'], string>> = {
  'sha256-differs': 'differs',
  'sha512-differs': 'differs',
  'size-differs': 'differs',
  'several-items': 'several-items',
  closed: 'closed',
  'no-item': 'no-item',
  'no-file': 'no-file',
}

/** Whether every payload file belongs to exactly one item, whose opened digest and size are those of the manifest. */
export function checkPayload({ payload }: DisclosureFacts): Finding {
  const id = 'disclosure.payload'
  const subject = { kind: 'payload', name: '' } as const
  if (payload === null) return outcomeFinding(id, 'INDETERMINATE:not-compared', subject)
  const { files, bound, problems, allPathsOpened } = payload
  const isFailed = (code: PayloadBindingProblem['code']) =>
    code === 'no-item' ? allPathsOpened : code !== 'closed' && code !== 'no-file'
  const exceptions = problems.first.map(
    ({ path, line, code }): Exception => ({
      path: path === '' ? ITEMS : path,
      ...(line === null ? {} : { at: `${ITEMS} line ${line}` }),
      value: isFailed(code) ? 'FAILED' : 'INDETERMINATE',
      reason: code,
    }),
  )
  const given = { counts: { files, bound }, ...placed(exceptions, problems.count) }
  const codes = Object.keys(BINDING_REASON) as PayloadBindingProblem['code'][]
  const failed = firstOf(codes.filter(isFailed), problems.by)
  if (failed !== undefined) return outcomeFinding(id, `FAILED:${BINDING_REASON[failed]}`, subject, given)
  const open = firstOf(codes, problems.by)
  if (open !== undefined) return outcomeFinding(id, `INDETERMINATE:${BINDING_REASON[open]}`, subject, given)
  if (files === 0) return outcomeFinding(id, 'INDETERMINATE:no-payload', subject, given)
  return outcomeFinding(id, bound === files ? 'PASSED' : 'INDETERMINATE:not-compared', subject, given)
}

/** Whether the original of each redacted copy is the line that the copy names. That it shows the rest faithfully, nothing proves. */
export function checkCopies({ copies }: DisclosureFacts): Finding {
  const id = 'disclosure.copies'
  const given = {
    counts: { copies: copies.count },
    ...lineExceptions(ITEMS, copies.problems, ({ line, code }) => ({
      line,
      at: 'copyOf',
      value: code === 'malformed-value' ? ('INDETERMINATE' as const) : ('FAILED' as const),
    })),
  }
  const failed = firstOf(['original-differs', 'no-original'], copies.problems.by)
  if (failed !== undefined) return outcomeFinding(id, `FAILED:${failed}`, ITEMS_SUBJECT, given)
  if (copies.problems.count > 0) return outcomeFinding(id, 'INDETERMINATE:malformed-value', ITEMS_SUBJECT, given)
  return outcomeFinding(id, copies.count > 0 ? 'PASSED' : 'NOT-CHECKED:none', ITEMS_SUBJECT, given)
}

/** How many items are shown. Of a withheld one nothing shows but its place and its commitments. */
export function checkItems({ items }: DisclosureFacts): Finding {
  const id = 'disclosure.items'
  const { lines, withheld, opened, unread } = items
  const closed = lines - withheld.count - opened - unread
  const given = {
    counts: { items: lines, shown: opened, withheld: withheld.count, closed },
    ...lineExceptions(ITEMS, withheld, ({ line, ground }) => ({ line, value: 'WITHHELD', ...sides(null, ground) })),
  }
  if (unread > 0) return outcomeFinding(id, 'INDETERMINATE:line-unread', ITEMS_SUBJECT, given)
  if (withheld.count > 0) return outcomeFinding(id, 'WITHHELD:withheld', ITEMS_SUBJECT, given)
  return outcomeFinding(id, closed > 0 ? 'WITHHELD:closed' : 'PASSED', ITEMS_SUBJECT, given)
}

/** How many fields of shown lines are opened. A closed one is withheld or absent; only a ground says that it is there. */
export function checkFields({ fields }: DisclosureFacts): Finding {
  const { slots, opened, grounded } = fields
  const given = { counts: { fields: slots, opened, withheld: grounded, closed: slots - opened } }
  const outcome = slots === opened ? 'PASSED' : grounded > 0 ? 'WITHHELD:withheld' : 'WITHHELD:closed'
  return outcomeFinding('disclosure.fields', outcome, SUBJECT, given)
}
