export * from './compare.ts'
export type * from './document.ts'
export { COMPARE_WORDS, type CompareWords } from './en/compare.ts'
export { SUCCESSION_PROBLEMS, TRUST_WORDS } from './en/trust.ts'
export * from './escape-for-display.ts'
export * from './exit-codes.ts'
export * from './extract.ts'
export * from './gate.ts'
export * from './inspection.ts'
export * from './inspection-statements.ts'
export * from './language.ts'
export { groupDigits, sayBytes, type TextStyle, toAscii, wrapText } from './layout.ts'
export type {
  Answer,
  AnswerFacts,
  Counted,
  FindingWords,
  GlossaryEntry,
  Language,
  LanguageRules,
  Messages,
  MissingWords,
  PluralForm,
  Said,
  Translated,
  VerdictWords,
} from './messages.ts'
export { type OriginalName, originalNamesIn } from './original-names.ts'
export { asTyped } from './program.ts'
export * from './quote.ts'
export { sayRenamedTogether } from './renamed-together.ts'
export { renderExplanation } from './render-explanation.ts'
export { renderNames, renderOpened } from './render-opened.ts'
export { nameOfSupport, renderRestsOn } from './render-rests-on.ts'
export { renderSummary, renderText, type TextOptions, toneOf } from './render-text.ts'
export { answersOf } from './report-answers.ts'
export { type CommandNames, commandOf } from './report-command.ts'
export * from './sentences.ts'
export * from './steps.ts'
export * from './steps-evidence-record.ts'
export * from './steps-statement.ts'
export * from './stock-commands.ts'
export * from './tally.ts'
export { isolatedParts, type TextPart, technicalParts } from './technical-parts.ts'
export { adviceOf, isAlone, tellingOf } from './telling.ts'
export * from './trust.ts'
export * from './verdict.ts'
