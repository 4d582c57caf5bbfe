import { ParseError, SourceFault } from '@probatum/core'
import { EngineError, type Failure } from './engine.ts'

/** An error as the page can show it. What is not about the input is a defect of the program. */
export function failureOf(error: unknown): Failure {
  if (error instanceof EngineError) return error.failure
  if (error instanceof ParseError)
    return { kind: 'parse', code: error.code, detail: error.detail, message: error.message }
  if (error instanceof SourceFault)
    return { kind: 'source', reason: error.reason, path: error.path, systemCode: error.systemCode }
  return { kind: 'defect', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) }
}
