export * from './escape-for-display.ts'
export * from './exit-codes.ts'
export { groupDigits, sayBytes, type TextStyle, toAscii } from './layout.ts'
export type {
  Answer,
  AnswerFacts,
  FindingWords,
  Language,
  Messages,
  MissingWords,
  Said,
  VerdictWords,
} from './messages.ts'
export * from './quote.ts'
export { answersOf, type CommandNames, commandOf, renderText, type TextOptions, toneOf } from './render-text.ts'
export * from './sentences.ts'
export * from './verdict.ts'
