/**
 * A document to be read by people, before anything is known of pages, fonts or screens: made from a report by
 * `certificateDocument`, set as a PDF by @probatum/certificate and as HTML here. Plain data, in reading order.
 */

/** A stretch of text on one line of thought. `lang` where it is not the document's language (BCP 47). */
export interface TextRun {
  readonly text: string
  /**
   * `strong` bold; `code` fixed width, without ligatures, broken only where it is wider than its column; `name` a file name
   * or another text that came with the evidence: set left to right, escaped by the rules for hostile names.
   */
  readonly style?: 'strong' | 'code' | 'name'
  readonly lang?: string
}

/** One of the four families of a result; never shown by colour alone. */
export type Tone = 'match' | 'mismatch' | 'undecided' | 'not-checked'

export interface TableColumn {
  readonly header: string
  /** A share of the width that is left after `fit` columns, or `fit`: as wide as its widest cell needs. */
  readonly width: number | 'fit'
}

/** A cell's runs; a row is never split over pages. */
export type TableCell = readonly TextRun[]

export type DocumentBlock =
  /** `runs`: the same text, where some of it is in another language. */
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string; readonly runs?: readonly TextRun[] }
  /** `number` is the sentence's number, the same in every language. */
  | { readonly kind: 'paragraph'; readonly runs: readonly TextRun[]; readonly number?: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly TextRun[])[] }
  /** Names and their values, in two columns. `lang` of the name, where it is not the document's language. */
  | {
      readonly kind: 'facts'
      readonly rows: readonly { readonly term: string; readonly lang?: string; readonly value: readonly TextRun[] }[]
    }
  | {
      readonly kind: 'table'
      /** Said to who cannot see the table; printed above it. */
      readonly caption: string
      readonly columns: readonly TableColumn[]
      readonly rows: readonly (readonly TableCell[])[]
    }
  /** The three answers and the whole: a box with a word, a sign and a sentence. */
  | {
      readonly kind: 'answer'
      readonly tone: Tone
      /** The question, or empty for the whole. */
      readonly question: string
      /** The word beside the sign. */
      readonly word: string
      readonly runs: readonly TextRun[]
    }
  /** A framed part with a title ("What this shows"). */
  | { readonly kind: 'box'; readonly title: string; readonly blocks: readonly DocumentBlock[] }
  /** Framed lists side by side ("What this shows", "What this does not show"), read one after the other. */
  | {
      readonly kind: 'columns'
      readonly columns: readonly { readonly title: string; readonly items: readonly (readonly TextRun[])[] }[]
    }
  /**
   * What should stand on one page: the first block of a document, or none. Where it takes more room it is set closer; what
   * does not fit even then goes on, in order.
   */
  | { readonly kind: 'page'; readonly blocks: readonly DocumentBlock[] }
  /** Commands to type, one a line, unbroken where the width allows; a continued line is marked. */
  | { readonly kind: 'commands'; readonly lines: readonly string[] }
  /** A QR code, level M. `alt` says what it holds. */
  | { readonly kind: 'qr'; readonly text: string; readonly alt: string; readonly caption: string }
  /** Lines for a person to fill in by hand; never prefilled. `ticks` are empty boxes with words. `lang` of all its words, where it is another. */
  | {
      readonly kind: 'form'
      readonly fields: readonly { readonly label: string; readonly lines: number }[]
      readonly ticks: readonly string[]
      readonly lang?: string
    }
  | { readonly kind: 'page-break' }

export interface ReadableDocument {
  /** Printed once at the top, as the one heading above level 1, and kept as the title of the file. */
  readonly title: string
  /** BCP 47: en, fr, es, ar, my. */
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  /** At the top of every page, beside the page's number at its foot. */
  readonly header: readonly TextRun[]
  /** At the foot of every page. `{page}` and `{pages}` are the numbers. */
  readonly footer: string
  readonly footerRuns: readonly TextRun[]
  readonly blocks: readonly DocumentBlock[]
}
