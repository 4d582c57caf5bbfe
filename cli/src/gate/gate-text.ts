import type { HandlingCondition } from '@probatum/core'
import type { ExportState, GateState } from '@probatum/seal'
import { escapeForDisplay, sayPositions, sayProblems } from '@probatum/words'
import type { GateFiles } from './gate-files.ts'

/** A request in lines, for whoever decides about it. Names and consents are told with `showOpened` alone. */
export function sayRequest({ path, request, kept, sha256 }: GateFiles, showOpened: boolean): string[] {
  const { recipient, assurances, conditions, grounds, purpose } = request
  const { items, events } = kept
  const row = (name: string, text: string) => `${name.padEnd(11)}${escapeForDisplay(text)}`
  const files = items.filter(({ payload }) => payload).map(({ seq }) => seq)
  const whole = items.filter(({ payload }) => !payload).map(({ seq }) => seq)
  return [
    row('request', path),
    row('sha256', sha256),
    row('recipient', recipient === null ? 'none' : `${recipient.name} (${recipient.kind})`),
    row('key', recipient?.key ?? 'none is known'),
    row('purpose', purpose ?? 'none'),
    ...grounds.map((ground) => row('ground', ground)),
    ...assurances.map(({ assurance, by, date, reference }) =>
      row('assured', `${assurance}, by ${by}, ${date}, ${reference}`),
    ),
    ...conditions.map((condition) => row('handling', sayHandling(condition))),
    row('bundle', kept.identifier),
    row(
      'items',
      `${items.length} of ${request.itemCount} are shown${files.length === 0 ? '' : `, with their files ${sayPositions(files)}`}${whole.length === 0 ? '' : `, without their files ${sayPositions(whole)}`}`,
    ),
    ...(showOpened ? items.map((item) => row('', sayItem(item))) : []),
    row('events', `${events.shown} of ${request.head.size} are shown, ${events.opened} of their fields are opened`),
    row('consents', `${request.consents.length}; the recipient sees ${kept.opened.join(', ') || 'nothing of them'}`),
    ...request.exceptions.map(({ condition, item, ground }) =>
      row('exception', `${condition}${item === null ? '' : `, item ${item}`}: ${ground}`),
    ),
  ]
}

const sayHandling = ({ kind, text, until }: HandlingCondition) =>
  `${kind}: ${text}${until === undefined ? '' : ` (until ${until})`}`

const sayItem = ({ seq, name, opened, payload }: GateFiles['kept']['items'][number]) =>
  `${seq}  ${name ?? 'no name that is text'}${payload ? '' : ', without its file'}; opened: ${opened.join(', ') || 'nothing'}`

/** What stands between a request and its seal, in lines. */
export function sayState(
  state: GateState,
  seen: { readonly log: ExportState | null; readonly sealer: boolean },
  showOpened: boolean,
): string[] {
  const { problems, excepted, approvers } = state
  return [
    ...approvers.map(({ name }) => `approved   ${escapeForDisplay(name)}`),
    ...excepted.map(
      ({ unmet, signer }) =>
        `excepted   ${unmet.condition}${unmet.item === null ? '' : `, item ${unmet.item}`}, by ${escapeForDisplay(signer.name)}`,
    ),
    ...(seen.log === null ? ['not compared with the log: --log LOG compares it'] : []),
    ...(seen.sealer ? [] : ['not compared with whoever seals: --sealer CERTIFICATE compares it']),
    '',
    ...(problems.length === 0 ? [] : [`Not met (${problems.length}):`, ...sayProblems(problems, showOpened)]),
  ]
}
