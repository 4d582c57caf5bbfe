import { toHex } from '@probatum/core'
import type { PdfDict, PdfValue } from '../reading/values.ts'

/** A name as it is written (ISO 32000-1 §7.3.5). */
function writeName(name: string): string {
  return `/${name.replace(/[^!-~]|[#()<>[\]{}/%]/g, (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}`
}

/** A value as it is written; strings in hex. A number that needs an exponent is refused, for PDF has none. */
export function writeValue(value: PdfValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    const text = String(value)
    if (/e/.test(text)) throw new TypeError('a number that PDF cannot write')
    return text
  }
  switch (value.kind) {
    case 'name':
      return writeName(value.name)
    case 'string':
      return `<${toHex(value.bytes)}>`
    case 'ref':
      return `${value.number} ${value.generation} R`
    case 'array':
      return `[${value.items.map(writeValue).join(' ')}]`
    case 'dict':
      return writeDict(value)
  }
}

export function writeDict({ entries }: PdfDict): string {
  return `<<${[...entries].map(([name, value]) => `${writeName(name)} ${writeValue(value)}`).join(' ')}>>`
}

/** The dictionary with further entries, or with others under the same names. */
export function withEntries({ entries }: PdfDict, more: Readonly<Record<string, PdfValue>>): PdfDict {
  return { kind: 'dict', entries: new Map([...entries, ...Object.entries(more)]) }
}
