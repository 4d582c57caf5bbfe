import type { UnmetCondition } from '@probatum/core'
import { CONDITION_WORDS, FAULT_WORDS, type GateFaultCode, type GateWords } from './en/gate.ts'
import { escapeForDisplay } from './escape-for-display.ts'
import { fillPlaces } from './language.ts'

export { type GateFaultCode, type GateWords, SIGNER_DOUBTS } from './en/gate.ts'

/** One reason not to share, as the gate gives it. */
export interface SaidProblem {
  readonly code: UnmetCondition | GateFaultCode
  /** Position of the item; null for the whole request. */
  readonly item: number | null
  readonly expected?: string
  /** Of a consent an opened value. */
  readonly found?: string
}

export const wordsOfGate = (code: SaidProblem['code']): GateWords =>
  code in CONDITION_WORDS ? CONDITION_WORDS[code as UnmetCondition] : FAULT_WORDS[code as GateFaultCode]

/** Conditions that an exception can stand for, in the order in which they are told. */
export const GATE_CONDITIONS = Object.keys(CONDITION_WORDS) as readonly UnmetCondition[]

export const FAULT_CODES = Object.keys(FAULT_WORDS) as readonly GateFaultCode[]

/** Whether files, signatures or the log contradict each other; else a condition of sharing is not met. */
export const isGateFault = (code: SaidProblem['code']): code is GateFaultCode => code in FAULT_WORDS

/** `0-3, 7` */
export function sayPositions(positions: readonly number[]): string {
  const ranges: [number, number][] = []
  for (const at of positions) {
    const last = ranges.at(-1)
    if (last !== undefined && at === last[1] + 1) last[1] = at
    else ranges.push([at, at])
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(', ')
}

/** Whether what was found comes from a consent that is closed. */
const isOpenedValue = (code: SaidProblem['code']) => !isGateFault(code) && code.startsWith('consent-')

/**
 * Every reason, in lines: what is not met, of which items, and what would meet it. Items of which the same is to be said share a line.
 * Opened values of consents are told with `showOpened` alone.
 */
export function sayProblems(problems: readonly SaidProblem[], showOpened: boolean): string[] {
  const groups = new Map<string, { readonly first: SaidProblem; readonly items: number[] }>()
  for (const problem of problems) {
    const { code, item, expected, found } = problem
    const isTold = showOpened || !isOpenedValue(code)
    const key = JSON.stringify([code, expected, isTold ? found : null, item === null])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { first: problem, items: item === null ? [] : [item] })
    else if (item !== null) group.items.push(item)
  }
  return [...groups.values()].flatMap(({ first, items }) => {
    const { say, todo } = wordsOfGate(first.code)
    const value = (text: string | undefined) => escapeForDisplay(text ?? '')
    const filled = fillPlaces(say, { expected: value(first.expected), found: value(first.found) })
    const about = items.length === 0 ? '' : `item${items.length === 1 ? '' : 's'} ${sayPositions(items)}: `
    const opened =
      isOpenedValue(first.code) && showOpened && first.found !== undefined ? ` (${value(first.found)})` : ''
    return [`- ${about}${filled}${opened}  [${first.code}]`, `    ${todo}`]
  })
}

/** What every condition means and who can meet it; of one code alone when it is given. */
export function explainGate(code?: SaidProblem['code']): string {
  const entry = (one: SaidProblem['code']) => {
    const { means, todo } = wordsOfGate(one)
    return `${one}\n  ${means}\n  To meet it: ${todo}\n`
  }
  if (code !== undefined) return entry(code)
  return [
    'A bundle is sealed for a recipient only when each of these is met, or a signed exception inside the request stands for it.',
    'There is no option that passes over one.',
    '',
    'Conditions of sharing',
    '',
    ...GATE_CONDITIONS.map(entry),
    'Rules about the request itself, for which there is no exception',
    '',
    ...FAULT_CODES.map(entry),
  ].join('\n')
}
