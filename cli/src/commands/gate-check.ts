import { canonicalText } from '@probatum/core'
import { checkGate, type GateProblem, type GateState } from '@probatum/seal'
import {
  type ExitCode,
  explainGate,
  FAULT_CODES,
  GATE_CONDITIONS,
  isGateFault,
  type SaidProblem,
} from '@probatum/words'
import type { Parsed } from 'yargs'
import { UsageError } from '../errors.ts'
import { atSecond, gatePorts, readApprovals, readGateFiles, readSealers, readState } from '../gate/gate-files.ts'
import { sayRequest, sayState } from '../gate/gate-text.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { inAnyCase } from '../nearest.ts'
import { terminalOf, textOf, textsOf } from './report-output.ts'

/** Says whether a request may be sealed, and everything that is missing. Signs and writes nothing. */
export async function checkRequest(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const showOpened = argv['show-opened'] === true
  const files = await readGateFiles(String(argv.request))
  const approvals = await readApprovals(textsOf(argv, 'approvals'))
  const log = await readState(textOf(argv, 'log'), files, terminal)
  const sealers = await readSealers(textOf(argv, 'sealer'))
  const at = atSecond(chooseTime(textOf(argv, 'at')))
  const state = await checkGate({ ...files, approvals, at, sealers, state: log, ports: gatePorts() })
  if (argv.json === true) await terminal.result(`${canonicalText(jsonOf(files.sha256, state, showOpened))}\n`)
  else
    await terminal.result(
      [
        ...sayRequest(files, showOpened),
        '',
        ...sayState(state, { log, sealer: sealers.length > 0 }, showOpened),
        state.problems.length > 0
          ? 'It will not be sealed as it is. `probatum gate explain` says what each point means.'
          : state.excepted.length > 0
            ? 'Everything is met but for what was excepted: it can be sealed, and every recipient sees the exceptions.'
            : 'Everything is met: it can be sealed.',
        '',
      ].join('\n'),
    )
  return exitCodeOfGate(state.problems)
}

/** 0 met; 3 something is missing; 1 files or signatures contradict each other or the log. */
function exitCodeOfGate(problems: readonly GateProblem[]): ExitCode {
  if (problems.length === 0) return 0
  return problems.some(({ code }) => isGateFault(code)) ? 1 : 3
}

function jsonOf(request: string, { problems, excepted, approvers }: GateState, showOpened: boolean) {
  const told = ({ code, item, expected, found }: GateProblem) => ({
    code,
    item,
    ...(expected === undefined ? {} : { expected }),
    // What stands in a consent is told only when that is asked for.
    ...(found === undefined || (code.startsWith('consent-') && !showOpened) ? {} : { found }),
  })
  return {
    approvers: approvers.map(({ key, name }) => ({ key, name })),
    excepted: excepted.map(({ unmet, signer }) => ({
      condition: unmet.condition,
      item: unmet.item,
      signer: signer.name,
    })),
    gateCheck: 'probatum/gate-check/1-draft',
    problems: problems.map(told),
    request,
  }
}

/** Says what conditions mean and who can meet them. */
export async function explainConditions(argv: Parsed): Promise<ExitCode> {
  const given = textOf(argv, 'condition')
  const codes: readonly SaidProblem['code'][] = [...GATE_CONDITIONS, ...FAULT_CODES]
  const code = given === undefined ? undefined : inAnyCase(given, codes)
  if (given !== undefined && code === undefined)
    throw new UsageError('There is no condition of this name.', `They are ${codes.join(', ')}.`)
  await terminalOf(argv).result(explainGate(code))
  return 0
}
