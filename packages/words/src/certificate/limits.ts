import type { TextRun } from '../document.ts'
import { sayList } from '../language.ts'
import { leftOpen, writeNotChecked } from './checks.ts'
import { AXIS_ORDER, type Context } from './context.ts'
import { code, name, type Writer } from './writer.ts'

/** Places of the container that are named; the report has all of them. */
const PLACES_SHOWN = 50

/** What all this rests on, what was not checked, and what is peculiar to this copy. */
export function writeLimits(writer: Writer, context: Context): void {
  const { container } = context
  writer.heading(1, 'headingLimits')
  for (const key of [
    'limitNotTruth',
    'limitBefore',
    'limitMathematics',
    'limitKeys',
    'limitAuthorities',
    'limitAnchors',
    'limitComputer',
  ] as const)
    writer.say(key)
  for (const sentence of leftOpen(context)) writer.paragraph([{ text: sentence }])
  const { axes } = context.report.body.assessment
  const { messages } = context
  const notAsked = AXIS_ORDER.flatMap((axis) => (axes[axis].required ? [] : [messages.axes[axis].name]))
  if (notAsked.length > 0) writer.say('limitNotAsked', { axes: sayList(notAsked, messages.rules) })
  writeNotChecked(writer, context)
  const places: (readonly TextRun[])[] = [
    ...container.leftovers.map((path) => [name(path), { text: `: ${writer.label('copyLeftover')}` }]),
    ...container.outside.map((path) => [name(path), { text: `: ${writer.label('copyOutside')}` }]),
    ...container.oddities.map(({ id, path, value }) => [
      code(id),
      ...(path === undefined ? [] : [{ text: ' ' }, name(path)]),
      ...(value === undefined ? [] : [{ text: ' ' }, name(value)]),
    ]),
  ]
  if (places.length === 0) return
  writer.say('copyIntro')
  writer.list(places.slice(0, PLACES_SHOWN))
  const rest = places.length - Math.min(places.length, PLACES_SHOWN)
  if (rest > 0) writer.count('moreInReport', rest)
}
