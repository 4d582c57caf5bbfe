/**
 * The answer among the last ones that fits, or a new one. What was asked for least lately goes, so that what comes once does not
 * push out what comes again. `fits` must look at everything that the answer depends on; one that depends on more is not kept.
 */
export function lastAnswer<Answer>(
  known: Answer[],
  most: number,
  fits: (answer: Answer) => boolean,
  compute: () => Answer,
  isKept: (answer: Answer) => boolean = () => true,
): Answer {
  const place = known.findLastIndex(fits)
  const before = known[place]
  // Nearly always the one that was asked for last.
  if (before !== undefined && place === known.length - 1) return before
  if (before !== undefined) known.splice(place, 1)
  const answer = before ?? compute()
  if (!isKept(answer)) return answer
  if (known.length >= most) known.shift()
  known.push(answer)
  return answer
}
