import { FACTS_FILE } from './facts-shapes/facts-shape.ts'
import { canonicalise } from './json/canonicalise.ts'
import { parseJson } from './json/parse.ts'
import { readClosed } from './json/shape.ts'
import type { FactsFile } from './model/facts.ts'
import { LIMITS } from './model/limits.ts'

/**
 * RFC 8785 bytes of a facts file. Opened values, the certificates of hand-overs among them, are in it only when they are
 * asked for.
 */
export function serializeFacts(file: FactsFile, show: { readonly opened?: boolean } = {}): Uint8Array {
  return canonicalise(show.opened === true ? file : withoutOpened(file))
}

/**
 * The facts without opened values: what a certificate carries, so what its report has to follow from. Hand-overs and
 * consents that are opened are open questions then.
 */
export function withoutOpened({ facts, container }: FactsFile): FactsFile {
  return { facts, container }
}

/**
 * Reads a facts file that this version wrote. Facts are believed as they are given (docs/limits.md); that every member
 * is there and of its type is judged here, so that no check meets anything else.
 * @throws ParseError ERR_JSON_*, ERR_FACTS
 */
export function parseFacts(bytes: Uint8Array, where = 'facts'): FactsFile {
  return readClosed(
    FACTS_FILE,
    parseJson(bytes, where, { limit: LIMITS.factsBytes, canonical: true }),
    where,
    'ERR_FACTS',
  )
}
