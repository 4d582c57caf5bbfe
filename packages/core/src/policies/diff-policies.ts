import { canonicalText } from '../json/canonicalise.ts'
import { parseJson } from '../json/parse.ts'
import { isJsonObject, type JsonValue } from '../json/value.ts'
import { LIMITS } from '../model/limits.ts'
import type { Policy } from '../model/policy.ts'
import { serializePolicy } from './parse-policy.ts'

/** A member of which two policies say different things. */
export interface PolicyDifference {
  /** Dotted: `strict.systemLeftovers`. */
  readonly member: string
  /** `undefined` where the policy has no such member. */
  readonly a: JsonValue | undefined
  readonly b: JsonValue | undefined
}

/** Where two policies ask for different things, in the order of their canonical form; lists are compared whole. */
export function diffPolicies(a: Policy, b: Policy): readonly PolicyDifference[] {
  return diffMembers('', asJson(a), asJson(b))
}

function asJson(policy: Policy): JsonValue {
  return parseJson(serializePolicy(policy), 'policy', { limit: LIMITS.recordBytes, canonical: true })
}

function diffMembers(member: string, a: JsonValue | undefined, b: JsonValue | undefined): readonly PolicyDifference[] {
  if (a !== undefined && b !== undefined && isJsonObject(a) && isJsonObject(b)) {
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()
    return names.flatMap((name) => diffMembers(member === '' ? name : `${member}.${name}`, a[name], b[name]))
  }
  const equal = a !== undefined && b !== undefined && canonicalText(a) === canonicalText(b)
  return equal ? [] : [{ member, a, b }]
}
