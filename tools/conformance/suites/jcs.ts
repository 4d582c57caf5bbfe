import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalise, equalBytes, fromHex, ParseError, parseJson } from '@probatum/core'
import type { CaseResult, Suite } from '../suite.ts'

/** RFC 8785: every input has one canonical form, and that form is read as canonical. */
export const suite: Suite = {
  name: 'jcs',
  run: async (data) => {
    const names = readdirSync(join(data, 'jcs/input')).filter((name) => name.endsWith('.json'))
    return names.sort().map((name) => judge(join(data, 'jcs'), name))
  },
}

function judge(folder: string, name: string): CaseResult {
  const id = name.replace(/\.json$/, '')
  const input = readFileSync(join(folder, 'input', name))
  const expected = fromHex(readFileSync(join(folder, 'outhex', `${id}.txt`), 'latin1').replace(/\s+/g, ''))
  if (expected === undefined) throw new Error(`${name}: outhex is not hexadecimal`)
  const problem = differences(input, expected)
  return { id, expected: 'valid', got: problem === undefined ? 'PASSED' : 'FAILED', detail: problem ?? 'equal' }
}

function differences(input: Uint8Array, expected: Uint8Array): string | undefined {
  try {
    const written = canonicalise(parseJson(input, 'input', { limit: input.length, canonical: false }))
    if (!equalBytes(written, expected)) return 'the canonical form differs'
    const reread = parseJson(expected, 'output', { limit: expected.length, canonical: true })
    return equalBytes(canonicalise(reread), expected) ? undefined : 'the canonical form does not survive'
  } catch (error) {
    if (error instanceof ParseError) return error.message
    throw error
  }
}
