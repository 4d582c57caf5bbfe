import { canonicalise } from './json/canonicalise.ts'
import { parseJson } from './json/parse.ts'
import { isJsonObject } from './json/value.ts'
import type { FactsFile } from './model/facts.ts'
import { LIMITS } from './model/limits.ts'
import { ParseError } from './model/parse-error.ts'

/** RFC 8785 bytes of a facts file. */
export function serializeFacts(file: FactsFile): Uint8Array {
  return canonicalise(file)
}

const MEMBERS: readonly (keyof FactsFile['facts'])[] = [
  'bag',
  'bundleId',
  'certificates',
  'content',
  'digests',
  'facts',
  'inventory',
  'kind',
  'records',
  'revocation',
  'signatures',
  'smallFiles',
  'token',
]

/**
 * Reads a facts file that this version wrote. Facts are believed as they are given (docs/limits.md); only their form
 * is judged here, and deeper members are read by the checks.
 * @throws ParseError ERR_JSON_*, ERR_FACTS
 */
export function parseFacts(bytes: Uint8Array, where = 'facts'): FactsFile {
  const value = parseJson(bytes, where, { limit: LIMITS.factsBytes, canonical: true })
  const refuse = (expected: string): ParseError => new ParseError('ERR_FACTS', { where, expected })
  if (!isJsonObject(value) || Object.keys(value).sort().join() !== 'container,facts') {
    throw refuse('an object with the members container and facts')
  }
  const { facts, container } = value
  if (facts === undefined || !isJsonObject(facts) || container === undefined || !isJsonObject(container)) {
    throw refuse('container and facts to be objects')
  }
  if (facts.facts !== 'probatum/facts/1-draft') throw refuse('facts of the form probatum/facts/1-draft')
  const members = facts.kind === 'certificate' ? [...MEMBERS, 'target'].sort() : MEMBERS
  if (Object.keys(facts).sort().join() !== members.join()) throw refuse(`the members ${members.join(', ')}`)
  return value as unknown as FactsFile
}
