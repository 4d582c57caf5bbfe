import type { Evidence } from '../model/finding.ts'
import { LIMITS } from '../model/limits.ts'
import type { Certificate, GeneralName, GeneralSubtree, NameConstraints } from './certificate.ts'
import { generalNameText } from './general-name.ts'
import { type CandidatePath, isSelfIssued } from './path.ts'
import { isUtf8Mailbox, matchCost, matchSubtree, type SubtreeList } from './path-name-match.ts'

/** A name that an authority above may not certify, or that could not be compared. */
export interface NameObstacle {
  readonly value: 'FAILED' | 'INDETERMINATE'
  readonly reason: 'name-not-permitted' | 'name-excluded' | 'name-constraints' | 'name-constraints-limit'
  /** SHA-256 of the certificate that has the name. */
  readonly certificate: string
  readonly evidence: Evidence
}

/** In the evidence of one problem; an authority may have a million constraints. */
const SUBTREES_SHOWN = 8

type Form = GeneralName['kind']
type SubtreesByForm = ReadonlyMap<Form, readonly GeneralSubtree[]>

/** The constraints of one authority. A name needs leave from each of them, which is the intersection of §6.1.4 (g) (1). */
interface Layer {
  readonly permitted: SubtreesByForm
  readonly excluded: SubtreesByForm
}

/** Null as value: an emailAddress that is no text. */
interface NameInPlace {
  readonly place: 'subject' | 'emailAddress' | 'subjectAltName'
  readonly name: GeneralName | null
  readonly form: Form
}

/**
 * RFC 5280 §6.1.3 (b) and (c), §6.1.4 (g), from the anchor down, whose own constraints come first (RFC 5937 §4). A
 * self-issued certificate in between is exempt, the target never.
 */
export function problemsOfNames(path: CandidatePath): NameObstacle[] {
  const problems: NameObstacle[] = []
  const layers: Layer[] = []
  const budget = { left: LIMITS.nameConstraintComparisons as number }
  const { nameConstraints } = path.anchor
  if (path.links.length > 0 && nameConstraints !== null) layers.push(layerOf(nameConstraints))
  for (let index = path.certificates.length - 1; index >= 0; index--) {
    const certificate = path.certificates[index]
    if (certificate === undefined) continue
    if (layers.length > 0 && (index === 0 || !isSelfIssued(certificate))) {
      problems.push(...problemsOfCertificate(certificate, layers, budget))
      if (budget.left < 0) return problems
    }
    if (certificate.nameConstraints !== null) layers.push(layerOf(certificate.nameConstraints))
  }
  return problems
}

function problemsOfCertificate(
  certificate: Certificate,
  layers: readonly Layer[],
  budget: { left: number },
): NameObstacle[] {
  const problems: NameObstacle[] = []
  for (const { place, name, form } of namesOf(certificate)) {
    if (problems.length >= LIMITS.problemsOfCertificate) return problems
    const note = (
      value: NameObstacle['value'],
      reason: NameObstacle['reason'],
      subtrees: readonly GeneralSubtree[],
    ) => {
      const shown = subtrees.slice(0, SUBTREES_SHOWN).map(({ base }) => generalNameText(base))
      const more = subtrees.length - shown.length
      const expected = [...shown, ...(more > 0 ? [`+${more}`] : [])].join(' ')
      const found = name === null ? 'no text' : generalNameText(name)
      problems.push({ value, reason, certificate: certificate.sha256, evidence: { name: place, expected, found } })
    }
    for (const { permitted, excluded } of layers) {
      // A name that no constraint is about is looked at all the same.
      budget.left--
      const lists = [
        ['permitted', permitted.get(form)],
        ['excluded', excluded.get(form)],
      ] as const
      for (const [list, subtrees] of lists) {
        if (subtrees === undefined) continue
        const standing = name === null ? 'unknown' : standingIn(name, subtrees, list, budget)
        if (standing === 'limit') {
          const found = `${LIMITS.nameConstraintComparisons}`
          const reason = 'name-constraints-limit'
          const evidence = { name: 'comparisons', found }
          problems.push({ value: 'INDETERMINATE', reason, certificate: certificate.sha256, evidence })
          return problems
        }
        if (standing === 'unknown') note('INDETERMINATE', 'name-constraints', subtrees)
        else if (list === 'permitted' && standing === 'outside') note('FAILED', 'name-not-permitted', subtrees)
        else if (list === 'excluded' && standing === 'inside') note('FAILED', 'name-excluded', subtrees)
      }
    }
  }
  return problems
}

/** Inside any subtree is inside; a subtree that could not be compared leaves the rest open. */
function standingIn(
  name: GeneralName,
  subtrees: readonly GeneralSubtree[],
  list: SubtreeList,
  budget: { left: number },
): 'inside' | 'outside' | 'unknown' | 'limit' {
  let standing: 'outside' | 'unknown' = 'outside'
  for (const subtree of subtrees) {
    budget.left -= matchCost(name, subtree.base)
    if (budget.left < 0) return 'limit'
    const match = matchSubtree(name, subtree, list)
    if (match === 'inside') return match
    if (match === 'unknown') standing = match
  }
  return standing
}

function* namesOf(certificate: Certificate): Generator<NameInPlace> {
  const { subject, subjectAltName } = certificate
  if (!subject.isEmpty) {
    yield { place: 'subject', name: { kind: 'directoryName', name: subject }, form: 'directoryName' }
  }
  // §4.2.1.10 asks for it where there is no subjectAltName; one beside it must be no way around the constraint.
  for (const value of subject.emailAddresses) {
    yield { place: 'emailAddress', name: value === null ? null : { kind: 'rfc822Name', value }, form: 'rfc822Name' }
  }
  for (const name of subjectAltName ?? []) {
    yield { place: 'subjectAltName', name, form: name.kind }
    // RFC 9598 §6: constraints on rfc822Name cover it; it cannot be compared here.
    if (isUtf8Mailbox(name)) yield { place: 'subjectAltName', name, form: 'rfc822Name' }
  }
}

function layerOf({ permitted, excluded }: NameConstraints): Layer {
  return { permitted: byForm(permitted), excluded: byForm(excluded) }
}

function byForm(subtrees: readonly GeneralSubtree[]): SubtreesByForm {
  const forms = new Map<Form, GeneralSubtree[]>()
  for (const subtree of subtrees) {
    const known = forms.get(subtree.base.kind)
    if (known === undefined) forms.set(subtree.base.kind, [subtree])
    else known.push(subtree)
  }
  return forms
}
