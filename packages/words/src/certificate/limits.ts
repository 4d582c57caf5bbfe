import type { TextRun } from '../document.ts'
import { CHALLENGE_KEYS } from '../en/challenges.ts'
import { sayList } from '../language.ts'
import { leftOpen, writeNotChecked } from './checks.ts'
import { AXIS_ORDER, type Context } from './context.ts'
import { code, type LabelKey, name, strong, type Writer } from './writer.ts'

/** Places of the container that are named; the report has all of them. */
const PLACES_SHOWN = 50

/** Where in the document more stands. */
const CHALLENGE_PARTS = {
  altered: 'headingExhibits',
  listAltered: 'headingSignatures',
  otherKey: 'headingTrust',
  backdated: 'headingSignatures',
  before: 'headingCustody',
  sameDigest: 'headingMethod',
  program: 'headingReproduction',
  leftOut: 'headingWithheld',
  logRewritten: 'headingCustody',
  chosenKeys: 'headingTrust',
  otherMaker: 'headingReproduction',
} as const satisfies Readonly<Record<(typeof CHALLENGE_KEYS)[number], LabelKey>>

/** What the other side may ask, with the answer and where to look. */
export function writeChallenges(writer: Writer, { messages, certificateId }: Context): void {
  writer.heading(1, 'headingChallenges')
  writer.say('challengesIntro')
  writer.table(
    'captionChallenges',
    [
      ['columnQuestion', 2],
      ['columnAnswer', 4],
      ['columnWhere', 1],
    ],
    // A report carries nothing that it could be made from again.
    CHALLENGE_KEYS.filter((key) => key !== 'otherMaker' || certificateId !== null).map((key) => {
      const { ask, answer } = messages.certificate.challenges[key]
      return [[strong(ask)], [{ text: answer }], [{ text: writer.label(CHALLENGE_PARTS[key]) }]]
    }),
  )
}

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
