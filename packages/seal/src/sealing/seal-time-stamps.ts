import type { LaterAuthority, TimeStampAuthority } from '../time-stamps/time-stamp-authority.ts'
import { TimeStampError } from '../time-stamps/time-stamp-error.ts'
import type { MessageImprint } from '../time-stamps/time-stamp-token.ts'

/** A token that a bundle has room for. */
export interface MissingTimeStamp {
  /** Signature file that it is to be over. */
  readonly file: string
  readonly label: string
  readonly error: TimeStampError | null
}

/** Who is asked for time-stamps, and how many must answer. */
export interface AskedAuthorities {
  readonly timeStampAuthorities: readonly (TimeStampAuthority | LaterAuthority)[]
  /**
   * How many of the authorities that are asked must answer, for each signature file; default: all. The bundle declares that
   * many, and one more for each that is asked later.
   */
  readonly timeStampThreshold?: number
}

/** Those that answer at once. */
export const askedOf = ({
  timeStampAuthorities,
}: Pick<AskedAuthorities, 'timeStampAuthorities'>): TimeStampAuthority[] =>
  timeStampAuthorities.filter((authority): authority is TimeStampAuthority => authority.stamp !== null)

/** Asks all at once, so that a slow one does not make the others wait. Rejects when too few answer. */
export async function askAll(input: AskedAuthorities, file: string, imprint: MessageImprint) {
  const asked = askedOf(input)
  const answers = await Promise.allSettled(asked.map((authority) => authority.stamp(imprint)))
  const responses: { label: string; response: Uint8Array }[] = []
  const missing: { file: string; label: string; error: TimeStampError }[] = []
  for (const [index, answer] of answers.entries()) {
    const label = asked[index]?.label ?? ''
    if (answer.status === 'fulfilled') responses.push({ label, response: answer.value })
    else if (answer.reason instanceof TimeStampError) missing.push({ file, label, error: answer.reason })
    else throw answer.reason
  }
  const [first] = missing
  if (first !== undefined && responses.length < (input.timeStampThreshold ?? asked.length))
    throw tooFewTimeStamps(missing, first.error)
  const later = input.timeStampAuthorities.filter(({ stamp }) => stamp === null)
  return { responses, missing: [...missing, ...later.map(({ label }) => ({ file, label, error: null }))] }
}

/** One error for the authorities that failed, each named by its label. */
export function tooFewTimeStamps(
  failed: readonly { readonly label: string; readonly error: TimeStampError }[],
  first: TimeStampError,
): TimeStampError {
  const problems = failed.flatMap(({ label, error }) =>
    error.problems.map(({ reason, detail }) => ({ reason, detail: `${label}: ${detail}` })),
  )
  const others = failed.slice(1).map(({ label, error }) => `${label}: ${error.reason}: ${error.detail}`)
  const detail = [`${failed[0]?.label ?? ''}: ${first.detail}`, ...others].join('; ')
  return new TimeStampError(first.reason, detail, { cause: first, problems })
}
