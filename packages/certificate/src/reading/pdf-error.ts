import { ParseError } from '@probatum/core'

/** @throws ParseError ERR_PDF_STRUCTURE, or ERR_LIMIT */
export function refusePdf(where: string, offset: number, detail: { expected?: string; found?: string } = {}): never {
  throw new ParseError('ERR_PDF_STRUCTURE', { where, offset, ...detail })
}

export function refuseLimit(where: string, offset: number): never {
  throw new ParseError('ERR_LIMIT', { where, offset })
}
