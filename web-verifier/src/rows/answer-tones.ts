import type { Axis, Finding, FindingValue, Report } from '@probatum/core'
import { documentItself, isListSealed, isToHeed, isWholeToHeed } from '@probatum/words'
import type { TextKey } from '../texts/texts.ts'
import type { Sign } from '../view/signs.ts'

const SIGNS = {
  PASSED: 'match',
  FAILED: 'mismatch',
  INDETERMINATE: 'undecided',
  'NOT-CHECKED': 'not-checked',
  WITHHELD: 'withheld',
} as const satisfies Readonly<Record<FindingValue, Sign>>

export function signOf(value: FindingValue): Sign {
  return SIGNS[value]
}

/** Sign and word family of the whole. */
export function familyOf({ body }: Report): 'match' | 'mismatch' | 'undecided' {
  const { indication } = body.assessment
  return indication === 'TOTAL-PASSED' ? 'match' : indication === 'TOTAL-FAILED' ? 'mismatch' : 'undecided'
}

const FAMILY_WORDS = { match: 'wordMatch', mismatch: 'wordMismatch', undecided: 'wordUndecided' } as const

/** The word beside the sign of the whole. */
export function verdictWord(report: Report): TextKey {
  return isWholeToHeed(report) ? 'valueToHeed' : FAMILY_WORDS[familyOf(report)]
}

/** The word of a value, which its sign stands beside. */
export const VALUE_WORDS = {
  PASSED: 'valuePassed',
  FAILED: 'valueFailed',
  INDETERMINATE: 'valueIndeterminate',
  'NOT-CHECKED': 'valueNotChecked',
  WITHHELD: 'valueWithheld',
} as const satisfies Readonly<Record<FindingValue, TextKey>>

export function findingWord(finding: Finding): TextKey {
  return isToHeed(finding) ? 'valueToHeed' : VALUE_WORDS[finding.value]
}

const WORST = ['FAILED', 'INDETERMINATE', 'NOT-CHECKED', 'PASSED'] as const

function worst({ body }: Report, axes: readonly Axis[]): (typeof WORST)[number] {
  const values = axes.map((axis) => body.assessment.axes[axis].value)
  return WORST.find((value) => values.includes(value)) ?? 'NOT-CHECKED'
}

/**
 * The sign of each answer, in the order of `answersOf`. A tick stands only where the answer itself says yes: a seal's time
 * that is not shown to be over these files, or a list that nobody sealed, gets none.
 */
export function answerSigns(report: Report): readonly Sign[] {
  const { body } = report
  const value = (axis: Axis) => body.assessment.axes[axis].value
  const own = (ids: readonly string[]): Sign => {
    const found = body.findings.filter(({ id, role }) => role === undefined && ids.includes(id))
    if (found.some((finding) => finding.value === 'FAILED')) return 'mismatch'
    const all = ids.every((id) => found.some((finding) => finding.id === id))
    return all && found.every((finding) => finding.value === 'PASSED') ? 'match' : 'undecided'
  }
  const since = (isOver: boolean): Sign => {
    if (value('time') !== 'PASSED') return SIGNS[value('time')]
    return isOver && (body.bestSignatureTime !== null || body.subject.kind === 'timestamp') ? 'match' : 'undecided'
  }
  switch (body.subject.kind) {
    case 'certificate':
      return [familyOf(report)]
    case 'timestamp':
      return [own(['timestamp.message-imprint']), since(true)]
    case 'signature':
      return [
        own(['signature.value', 'signature.message-digest', 'signature.content']),
        SIGNS[value('signer')],
        since(true),
      ]
    case 'evidence-record':
      return [own(['evidence.data', 'evidence.hash-tree']), since(true)]
    case 'document':
      return [SIGNS[documentItself(report)], SIGNS[value('signer')], since(true)]
    default: {
      const files = worst(report, ['bytes', 'completeness'])
      const sealed = isListSealed(report)
      const unsealed: Sign = body.signatures.length === 0 ? 'match' : 'undecided'
      return [
        files === 'PASSED' && !sealed ? unsealed : SIGNS[files],
        body.signatures.length === 0 ? 'not-checked' : SIGNS[value('signer')],
        body.signatures.length === 0 ? 'not-checked' : since(sealed),
      ]
    }
  }
}
