import { decodeLatin1 } from '@probatum/core'

export interface PdfRef {
  readonly kind: 'ref'
  readonly number: number
  readonly generation: number
}

/** Its place is that of the string with its delimiters, in the bytes that were read. */
export interface PdfString {
  readonly kind: 'string'
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  readonly hex: boolean
}

export interface PdfDict {
  readonly kind: 'dict'
  readonly entries: ReadonlyMap<string, PdfValue>
}

export type PdfValue =
  | null
  | boolean
  | number
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
  | PdfString
  | PdfDict
  | PdfRef

/** An operator of a content stream, or a keyword of a file. */
export interface PdfKeyword {
  readonly kind: 'keyword'
  readonly word: string
  readonly start: number
}

export function isKeyword(token: PdfValue | PdfKeyword): token is PdfKeyword {
  return typeof token === 'object' && token !== null && token.kind === 'keyword'
}

export function isDict(value: PdfValue | undefined): value is PdfDict {
  return typeof value === 'object' && value !== null && value.kind === 'dict'
}

export function isRef(value: PdfValue | undefined): value is PdfRef {
  return typeof value === 'object' && value !== null && value.kind === 'ref'
}

export function isString(value: PdfValue | undefined): value is PdfString {
  return typeof value === 'object' && value !== null && value.kind === 'string'
}

export function nameOf(value: PdfValue | undefined): string | null {
  return typeof value === 'object' && value !== null && value.kind === 'name' ? value.name : null
}

export function itemsOf(value: PdfValue | undefined): readonly PdfValue[] | null {
  return typeof value === 'object' && value !== null && value.kind === 'array' ? value.items : null
}

/** One value has one text: to compare values wherever they stand. */
export function textOfValue(value: PdfValue | undefined): string {
  if (value === undefined) return ''
  if (value === null || typeof value !== 'object') return String(value)
  switch (value.kind) {
    case 'name':
      return `/${JSON.stringify(value.name)}`
    case 'ref':
      return `${value.number} ${value.generation} R`
    case 'string':
      return `(${JSON.stringify(decodeLatin1(value.bytes))})`
    case 'array':
      return `[${value.items.map(textOfValue).join(' ')}]`
    case 'dict':
      return `<<${[...value.entries]
        .map(([name, entry]) => `/${JSON.stringify(name)} ${textOfValue(entry)}`)
        .sort()
        .join(' ')}>>`
  }
}
