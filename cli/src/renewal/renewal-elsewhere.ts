import { type Instant, tokenSigners } from '@probatum/core'
import { type LevelStamps, platformRandom, positiveSerial, TimeStampError, timeStampRequest } from '@probatum/seal'
import { type ExitCode, escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textsOf } from '../commands/report-output.ts'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, writeNew } from '../files.ts'
import { readAnswer, requireGivenAnswer } from '../input/time-stamp-answer.ts'
import { answerPorts } from '../network/time-stamp-authorities.ts'
import { timeStampFailed } from '../network/time-stamp-failures.ts'
import type { Terminal } from '../terminal.ts'
import { requireLater } from './renewal-level.ts'

/** A response with a chain of certificates has some 10 kB. */
const ANSWER_BYTES = 16_777_216
const NOTHING = 'Nothing was renewed.'

interface GivenAnswer {
  readonly label: string
  readonly path: string
}

/** `--answer label=FILE`, each label once. @throws {UsageError} */
export function readAnswerOptions(argv: Parsed): readonly GivenAnswer[] {
  const answers = textsOf(argv, 'answer').map((given) => {
    const [, label, path] = /^([a-z0-9-]{1,32})=(.+)$/.exec(given) ?? []
    if (label === undefined || path === undefined)
      throw new UsageError(
        `--answer: ${escapeForDisplay(given)} is not label=FILE.`,
        'Write for example --answer acme=acme.tsr (label: a-z, 0-9, -).',
      )
    return { label, path }
  })
  if (new Set(answers.map(({ label }) => label)).size < answers.length)
    throw new UsageError('--answer: two answers have the same label.', 'Give each its own.')
  return answers
}

/** The request for a level that is made when the answers are there: the bundle stays as it is. */
export async function writeRequest(
  terminal: Terminal,
  out: string,
  { imprint, files, level }: { readonly imprint: Uint8Array; readonly files: number; readonly level: number },
): Promise<ExitCode> {
  const nonce = positiveSerial(platformRandom(8))
  await writeNew(out, timeStampRequest({ algorithm: 'sha512', digest: imprint }, nonce))
  await terminal.result(
    [
      `${escapeForDisplay(out)}: the request for seal/${level}/, over the list of ${files} files`,
      'Send it to each authority as Content-Type application/timestamp-query. The bundle was not altered, and must stay as it is.',
      'Then: the same command with --answer label=FILE in place of --request.',
      '',
    ].join('\n'),
  )
  return 0
}

/**
 * Answers that were fetched elsewhere, checked as those of authorities that are asked here, but for the nonce. All of them, or none.
 * @throws {InputError}
 */
export async function answeredInOrder(
  answers: readonly GivenAnswer[],
  imprint: Uint8Array,
  latest: Instant | null,
): Promise<LevelStamps> {
  const tokens: LevelStamps['tokens'][number][] = []
  const subjects = new Map<string, string>()
  for (const { label, path } of answers) {
    try {
      const { bytes } = readAnswer(await readWhole(path, ANSWER_BYTES))
      const { subject } = await requireGivenAnswer(bytes, { algorithm: 'sha512', digest: imprint })
      const same = subjects.get(subject)
      // Specification, section 8.23: the same one under two labels counts once.
      if (same !== undefined)
        throw new UsageError(
          `--answer: ${label} and ${same} are of the same authority, ${escapeForDisplay(subject)}. ${NOTHING}`,
          'Give one of them.',
        )
      subjects.set(subject, label)
      const { earliest, targets } = await tokenSigners(bytes, answerPorts())
      const genTime = targets[0]?.time
      if (earliest === null || genTime === undefined) throw new TimeStampError('unreadable', 'no time')
      tokens.push({ label, response: bytes, genTime, earliest })
    } catch (error) {
      if (!(error instanceof TimeStampError)) throw error
      if (error.reason !== 'other-imprint') throw timeStampFailed(error, `${escapeForDisplay(path)}: ${NOTHING}`)
      throw new InputError(
        `${escapeForDisplay(path)} is no answer about this bundle as it is now (${escapeForDisplay(error.detail)}). ${NOTHING}`,
        'The bundle and --validation must be what they were when the request was written. Else write a new request.',
        { cause: error },
      )
    }
  }
  requireLater(tokens, latest)
  return { tokens, missing: [] }
}
