import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { equalBytes, toHex } from '@probatum/core'
import { type AcceptedAnswer, TimeStampError, type TimeStampRequest } from '@probatum/seal'
import { type ExitCode, escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { BY_LENGTH, isRequest, readAnswer, readRequests, requireGivenAnswer } from '../input/time-stamp-answer.ts'
import { labelOf } from '../network/authority-options.ts'
import { timeStampFailed } from '../network/time-stamp-failures.ts'
import { readSealedFolder, type SealedFile, type SealedFolder } from '../sealing/sealed-folder.ts'
import { terminalOf, textsOf } from './report-output.ts'

const NOTHING = 'Nothing was written.'
interface Attachment {
  readonly answer: string
  readonly over: SealedFile
  readonly label: string
  readonly target: string
  readonly bytes: Uint8Array
  readonly accepted: AcceptedAnswer
  readonly isCompared: boolean
}

/** Checks answers of authorities as `seal` does, and puts them where the format wants them. All of them, or none. */
export async function attachTimestamp(argv: Parsed): Promise<ExitCode> {
  const folder = String(argv.bundle)
  const sealed = await readSealedFolder(folder)
  const requests = await readRequests(textsOf(argv, 'request'))
  const label = labelOf(argv)
  const attachments: Attachment[] = []
  for (const answer of textsOf(argv, 'answer')) {
    try {
      attachments.push(await judgeAnswer(answer, folder, sealed, requests, label))
    } catch (error) {
      if (error instanceof TimeStampError)
        throw timeStampFailed(error, `${escapeForDisplay(basename(answer))}: ${NOTHING}`)
      throw error
    }
  }
  for (const [index, { target, answer }] of attachments.entries()) {
    if (attachments.findIndex((each) => each.target === target) !== index)
      throw new UsageError(
        `${escapeForDisplay(answer)}: another of the answers is of the same authority over the same file. ${NOTHING}`,
        'Give one of them.',
      )
    await requireNew(target, 'attach', [], 'The bundle has this time-stamp already. Verify it: probatum verify.')
  }
  const validation = await validationOf(argv, folder, attachments)
  for (const { target, bytes } of validation?.files ?? []) {
    await mkdir(dirname(target), { recursive: true })
    await writeNew(target, bytes)
  }
  for (const { target, bytes } of attachments) await writeNew(target, bytes)
  validation?.report(terminalOf(argv))
  await terminalOf(argv).result(`${sayOutcome(sealed, attachments).join('\n')}\n`)
  return 0
}

/** Loaded only where it is asked for: code that fetches is not in memory else. */
async function validationOf(argv: Parsed, folder: string, attachments: readonly Attachment[]) {
  if (['validation', 'online', 'online-host', 'online-timeout'].every((name) => argv[name] === undefined)) return null
  const { collectForAttached } = await import('../network/attach-validation.ts')
  return collectForAttached(
    argv,
    folder,
    attachments.map(({ bytes }) => bytes),
  )
}

async function judgeAnswer(
  answer: string,
  folder: string,
  { record, files }: SealedFolder,
  requests: readonly TimeStampRequest[],
  label: string | undefined,
): Promise<Attachment> {
  const whole = await readWhole(answer, 16_777_216)
  if (isRequest(whole))
    throw new InputError(
      `${escapeForDisplay(answer)} is a request, and no answer to one. ${NOTHING}`,
      'Send it to the authority, and give what came back; the request itself goes behind --request.',
    )
  const { bytes, hashedMessage } = readAnswer(whole)
  const algorithm = BY_LENGTH[hashedMessage.length]
  const over = files.find(
    (file) => algorithm !== undefined && equalBytes(createHash(algorithm).update(file.bytes).digest(), hashedMessage),
  )
  if (algorithm === undefined || over === undefined)
    throw new TimeStampError(
      'other-imprint',
      `${toHex(hashedMessage)} is the digest of none of ${files.map(({ path }) => path).join(', ')}`,
    )
  const request = requests.find(({ imprint }) => equalBytes(imprint.digest, hashedMessage))
  if (requests.length > 0 && request === undefined)
    throw new TimeStampError('other-imprint', 'none of the requests asks for this digest')
  const accepted = await requireGivenAnswer(bytes, { algorithm, digest: hashedMessage }, request)
  const chosen = chooseLabel(record.authorities, accepted.subject, label)
  const target = join(folder, ...`${over.path}.${chosen}.tsr`.split('/'))
  return { answer, over, label: chosen, target, bytes, accepted, isCompared: request?.nonce != null }
}

/** The label under which bundle.json names the authority that signed. */
function chooseLabel(
  authorities: SealedFolder['record']['authorities'],
  subject: string,
  wanted: string | undefined,
): string {
  const named = authorities.filter((authority) => authority.subject === subject)
  const fitting = wanted === undefined ? named : named.filter((authority) => authority.label === wanted)
  const [first, another] = fitting
  if (first !== undefined && another === undefined) return first.label
  const list = authorities.map((authority) => `${authority.label} = ${authority.subject}`).join('; ')
  if (another !== undefined)
    throw new UsageError(
      `The bundle names ${escapeForDisplay(subject)} under several labels. ${NOTHING}`,
      `Choose one with --label: ${named.map((authority) => authority.label).join(', ')}.`,
    )
  throw new InputError(
    `The answer was signed by ${escapeForDisplay(subject)}, which the bundle does not name${wanted === undefined ? '' : ` as ${escapeForDisplay(wanted)}`}. ${NOTHING}`,
    list === ''
      ? 'The bundle names no authority: name them when it is sealed (--tsa, --tsa-later).'
      : `It names: ${escapeForDisplay(list)}. Ask one of these.`,
  )
}

function sayOutcome({ files }: SealedFolder, attachments: readonly Attachment[]): string[] {
  const lines = attachments.flatMap(({ over, label, accepted, isCompared }) => [
    `Added ${over.path}.${label}.tsr: ${accepted.genTime}, ${escapeForDisplay(accepted.subject)}`,
    ...(accepted.isModified ? ['  It was granted with modifications (grantedWithMods).'] : []),
    ...(isCompared ? [] : ['  Its nonce was not compared: no --request was given.']),
  ])
  for (const { path, tokens, timestamps } of files) {
    const here = tokens.length + attachments.filter(({ over }) => over.path === path).length
    lines.push(
      `${path}: ${here} of the ${timestamps} time-stamp${timestamps === 1 ? '' : 's'} that it needs${here < timestamps ? `; ${timestamps - here} missing` : ''}`,
    )
  }
  return lines
}
