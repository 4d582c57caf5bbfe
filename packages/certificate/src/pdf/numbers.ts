/** A number of a content stream, in points: three decimals at most, the same text in every engine. */
export function number(value: number): string {
  const rounded = Math.round(value * 1000)
  if (rounded === 0) return '0'
  const sign = rounded < 0 ? '-' : ''
  const digits = String(Math.abs(rounded)).padStart(4, '0')
  const fraction = digits.slice(-3).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -3)}${fraction === '' ? '' : `.${fraction}`}`
}
