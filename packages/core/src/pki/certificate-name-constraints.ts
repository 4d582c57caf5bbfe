import type { DerCursor } from '../asn1/cursor.ts'
import { contextConstructed, contextPrimitive, TAG } from '../asn1/tag.ts'
import type { GeneralSubtree, NameConstraints } from './certificate.ts'
import { readGeneralName } from './general-name.ts'

/**
 * RFC 5280 §4.2.1.10: never an empty SEQUENCE, and no empty list in it. Authorities in use write an empty list of what is excluded
 * beside what is permitted, which excludes nothing; an empty list of what is permitted could mean all or nothing.
 */
export function readNameConstraints(cursor: DerCursor): NameConstraints {
  const sequence = cursor.enter(TAG.SEQUENCE, '')
  const offset = sequence.offset
  const permitted =
    sequence.tag === contextConstructed(0)
      ? readSubtrees(sequence.enter(contextConstructed(0), 'permittedSubtrees'))
      : []
  const list = sequence.tag === contextConstructed(1) ? sequence.enter(contextConstructed(1), 'excludedSubtrees') : null
  const hasEmptyList = list?.done === true && permitted.length > 0
  const excluded = list === null || hasEmptyList ? [] : readSubtrees(list)
  if (permitted.length === 0 && excluded.length === 0) {
    sequence.fail('ERR_DER_VALUE', '', offset, 'RFC 5280 §4.2.1.10', 'at least one subtree', undefined)
  }
  sequence.finish()
  return { permitted, excluded, hasEmptyList }
}

function readSubtrees(list: DerCursor): GeneralSubtree[] {
  const subtrees: GeneralSubtree[] = []
  do {
    const subtree = list.enter(TAG.SEQUENCE, `${subtrees.length}`)
    const base = readGeneralName(subtree, 'base')
    // DER leaves a minimum of 0 out; one that is written says the same.
    const distance = (number: number, field: string) =>
      subtree.tag === contextPrimitive(number) ? subtree.smallInteger(field, contextPrimitive(number)) : null
    const minimum = distance(0, 'minimum')
    const maximum = distance(1, 'maximum')
    subtree.finish()
    subtrees.push({ base, isWhole: (minimum ?? 0) === 0 && maximum === null })
  } while (!list.done)
  return subtrees
}
