import { type Attributes, svg } from './dom.ts'

/**
 * Signs differ in outline and in what stands in them, never only in colour: in forced colours and in print the outline
 * stays. Each stands beside its word, so it is hidden from readers of the screen.
 */
export type Sign = 'match' | 'mismatch' | 'undecided' | 'stopped' | 'not-read' | 'not-checked' | 'withheld'

const OUTLINES: Readonly<Record<Sign, string>> = {
  // Square, octagon, diamond, circle.
  match: 'M4 4H28V28H4Z',
  mismatch: 'M10.5 3H21.5L29 10.5V21.5L21.5 29H10.5L3 21.5V10.5Z',
  undecided: 'M16 2L30 16L16 30L2 16Z',
  stopped: 'M4 4H28V28H4Z',
  'not-read': 'M16 3A13 13 0 1 1 15.99 3Z',
  'not-checked': 'M16 5A11 11 0 1 1 15.99 5Z',
  withheld: 'M4 8H28V24H4Z',
}

const INNER: Readonly<Record<Sign, string>> = {
  match: 'M9.5 16.5L14 21L22.5 11.5',
  mismatch: 'M11 11L21 21M21 11L11 21',
  undecided: 'M10.5 16H21.5',
  stopped: 'M12.5 10.5V21.5M19.5 10.5V21.5',
  'not-read': 'M12.5 12.5A3.6 3.6 0 1 1 17.5 15.8Q16 16.6 16 18.6M16 22.6V23',
  'not-checked': 'M12 16H12.1M16 16H16.1M20 16H20.1',
  withheld: 'M8 12H24M8 16H24M8 20H24',
}

/** @param size in CSS pixels at the page's own font size */
export function sign(kind: Sign, size = 24): SVGElement {
  const attributes: Attributes = {
    class: `sign sign-${kind}`,
    viewBox: '0 0 32 32',
    width: size,
    height: size,
    'aria-hidden': 'true',
    focusable: 'false',
  }
  return svg(
    'svg',
    attributes,
    svg('path', { class: 'outline', d: OUTLINES[kind] }),
    svg('path', { class: 'inner', d: INNER[kind] }),
  )
}
