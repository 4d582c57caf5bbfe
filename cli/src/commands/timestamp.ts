import { basename, resolve } from 'node:path'
import { establishTimestampFacts, judge, type Report, serializeFacts } from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import { type ExitCode, worstExitCode } from '@probatum/words'
import type { Parsed } from 'yargs'
import { UsageError } from '../errors.ts'
import { sayFailure } from '../failures.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { openEvidence } from '../input/evidence-file.ts'
import { chooseJudgement } from '../input/judgement-input.ts'
import { aboutFile } from '../input/parse-file.ts'
import { readRevocation } from '../input/revocation-files.ts'
import { between, judgementOf, putReport, readAll, terminalOf, textOf, textsOf } from './report-output.ts'

/** One report for each token. Several tokens are not counted together: what a file needs is for `verify` and `signature verify`. */
export async function verifyTimestamp(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const tokens = [argv.token].flat().map(String)
  const data = String(argv.data)
  if ([...tokens, data].filter((path) => path === '-').length > 1)
    throw new UsageError('Only one of tokens and data can come from standard input.', 'Save the others to files.')
  for (const option of ['save', 'save-facts']) {
    const target = textOf(argv, option)
    if (target !== undefined) await requireNew(target, `--${option}`, [])
    if (target !== undefined && tokens.length > 1)
      throw new UsageError(
        `--${option} saves what belongs to one time-stamp, and several were given.`,
        'Call the program once for each of them, or use --json, which prints one line for each.',
      )
  }
  const chosen = await chooseJudgement(judgementOf(argv))
  const intermediates = textsOf(argv, 'intermediates')
  const certificates = await readAll(intermediates)
  const given = await readRevocation(argv)
  const hints = { certificates, revocation: given.revocation }
  const ports = nodePorts({ jobs: 1 })
  try {
    const evidence = await openEvidence(data, ports)
    try {
      const examine = async (path: string): Promise<Report> => {
        const name = path === '-' ? '-' : basename(resolve(path))
        const token = { name, bytes: await readWhole(path) }
        const factsFile = await aboutFile(path, token.bytes, IS_TOKEN, () =>
          establishTimestampFacts(token, evidence.digest, ports, hints),
        )
        const saveFacts = textOf(argv, 'save-facts')
        if (saveFacts !== undefined) await writeNew(saveFacts, serializeFacts(factsFile))
        const judgement = chosen.judgement({ digests: 'all', part: false, names: false, files: given.files })
        return judge(factsFile, judgement, ports)
      }
      const codes: ExitCode[] = []
      for await (const [index, { of: path, answer }] of ahead(tokens, examine)) {
        if (index > 0) await between(argv, terminal)
        try {
          const names = { input: path, data, intermediates, ...given.names, ...chosen.names }
          codes.push(await putReport(await answer, argv, terminal, names))
        } catch (error) {
          // One token that cannot be read does not keep the others from being checked.
          const { text, code } = sayFailure(error, path)
          if (code === 2 || tokens.length === 1) throw error
          terminal.note(text)
          codes.push(code)
        }
      }
      return worstExitCode(codes)
    } finally {
      await evidence.close()
    }
  } finally {
    await ports.close()
  }
}

const IS_TOKEN =
  'Is it the time-stamp? The time-stamp is named first, and the file that it is over with --data. Else ask for the file again.'

/** Tokens that are examined before their turn: signatures that a thread computes then overlap, and the order stays. */
const AHEAD = 4

/** Each of `all` in order, with its answer, which may have failed. */
async function* ahead<Of, Answer>(
  all: readonly Of[],
  ask: (of: Of) => Promise<Answer>,
): AsyncGenerator<[number, { readonly of: Of; readonly answer: Promise<Answer> }]> {
  const started = new Map<number, Promise<Answer>>()
  let next = 0
  for (const [index, of] of all.entries()) {
    for (; next < Math.min(all.length, index + AHEAD); next++) {
      const answer = ask(all[next] as Of)
      // Whoever has its turn says what failed; until then it is no failure that nobody looked at.
      answer.catch(() => {})
      started.set(next, answer)
    }
    const answer = started.get(index)
    if (answer === undefined) throw new RangeError(`no answer ${index}`)
    // Not kept: there may be many thousand.
    started.delete(index)
    yield [index, { of, answer }]
  }
}
