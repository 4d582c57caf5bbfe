import type { Counted } from '../messages.ts'

/** The six forms of a number in their order (CLDR: zero, one, two, few 3–10, many 11–99, other); one that is left out is as the one before. */
export function forms(zero: string, one: string, two: string, few: string, many = few, other = many): Counted {
  return { zero, one, two, few, many, other }
}
