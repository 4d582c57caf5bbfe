import { ParseError } from '@probatum/core'

/** @throws ParseError ERR_PDF_STRUCTURE, or ERR_LIMIT */
export function refusePdf(where: string, offset: number, detail: { expected?: string; found?: string } = {}): never {
  throw new ParseError('ERR_PDF_STRUCTURE', { where, offset, ...detail })
}

export function refuseLimit(where: string, offset: number): never {
  throw new ParseError('ERR_LIMIT', { where, offset })
}

/** Null where a part of the file does not read: what is said of it then is that it was not found. */
export function orFailure<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (error instanceof ParseError) return null
    throw error
  }
}
