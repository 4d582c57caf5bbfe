/** The one of these names that was typed, in capitals or not; undefined where none is. */
export function inAnyCase<Name extends string>(typed: string, names: readonly Name[]): Name | undefined {
  const small = typed.toLowerCase()
  return names.find((name) => name === typed) ?? names.find((name) => name.toLowerCase() === small)
}

/** Names that may be meant by one that there is not: but for capitals and hyphens, begun only, or up to so many slips away. */
export function nearest(typed: string, names: readonly string[], slips: number): readonly string[] {
  const plain = (name: string) => name.toLowerCase().replace(/[-_]/g, '')
  const same = names.filter((name) => plain(name) === plain(typed))
  if (same.length > 0) return same
  const begun = typed.length < 3 ? [] : names.filter((name) => plain(name).startsWith(plain(typed)))
  if (begun.length > 0 && begun.length <= 3) return begun
  // Of a short name, half of it is another name.
  const most = Math.min(slips, Math.floor(typed.length / 2))
  const distances = names.map((name) => distance(name.toLowerCase(), typed.toLowerCase()))
  const least = Math.min(...distances)
  return least <= most ? names.filter((_, index) => distances[index] === least) : []
}

/** Letters to change, add or leave out (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      )
    row = next
  }
  return row.at(-1) ?? 0
}
