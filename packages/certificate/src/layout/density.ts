import type { Sizes } from './setter.ts'

/** How close text stands; lengths in points. */
export interface Density {
  readonly body: Sizes
  readonly facts: Sizes
  /** Of the title. */
  readonly title: number
  /** The space between blocks. */
  readonly gap: number
  /** Above and below the text of a fact. */
  readonly cellPadding: number
  /** Of the height that a font asks for a line. */
  readonly leading: number
  readonly answer: {
    readonly question: Sizes
    readonly word: Sizes
    readonly sign: number
    readonly padding: number
    /** The word stands behind its question where both have room on one line. */
    readonly isShort: boolean
  }
}

const sizes = (size: number, codeSize: number): Sizes => ({ size, codeSize })

/** All pages but the first, and that too where it has the room. */
export const ROOMY: Density = {
  body: sizes(10, 8.5),
  facts: sizes(9, 7.5),
  title: 18,
  gap: 6,
  cellPadding: 2,
  leading: 1,
  answer: { question: sizes(9, 8), word: sizes(13, 12), sign: 30, padding: 7, isShort: false },
}

const CLOSER: Density = {
  ...ROOMY,
  body: sizes(9.5, 8),
  title: 16,
  gap: 4,
  cellPadding: 1.5,
  leading: 0.95,
  answer: { question: sizes(9, 8), word: sizes(12, 11), sign: 24, padding: 4, isShort: true },
}

/**
 * Nothing that is read is smaller than 9 points. Burmese and Arabic lines are 1.9 and 1.7 times their size by themselves, so
 * that they keep enough of it for stacked letters.
 */
const CLOSEST: Density = {
  ...CLOSER,
  body: sizes(9, 7.5),
  title: 13,
  gap: 2,
  cellPadding: 0.5,
  leading: 0.8,
  answer: { question: sizes(9, 8), word: sizes(11, 10), sign: 20, padding: 2, isShort: true },
}

/** The roomiest first: the first page is set with the first of them with which it is one page. */
export const DENSITIES: readonly [Density, ...Density[]] = [ROOMY, CLOSER, CLOSEST]
