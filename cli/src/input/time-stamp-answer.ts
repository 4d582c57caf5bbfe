import { ParseError, parseTimeStampFile, parseTstInfo, unwrapByContent } from '@probatum/core'
import {
  type AcceptedAnswer,
  readTimeStampRequest,
  requireTimeStampAnswer,
  type SealDigest,
  TimeStampError,
  type TimeStampRequest,
  timeStampResponse,
} from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import { InputError } from '../errors.ts'
import { readWhole } from '../files.ts'
import { answerPorts } from '../network/time-stamp-authorities.ts'
import { chooseTime } from './judgement-input.ts'

/** As for authorities that are asked directly. */
const TOLERANCE_SECONDS = 300
/** Digests of imprints, by their length in octets. */
export const BY_LENGTH: Readonly<Record<number, SealDigest>> = { 32: 'sha256', 48: 'sha384', 64: 'sha512' }

/** The files of `--request`. @throws {InputError | SourceFault} */
export async function readRequests(paths: readonly string[]): Promise<TimeStampRequest[]> {
  const requests: TimeStampRequest[] = []
  for (const path of paths) {
    try {
      requests.push(readTimeStampRequest(await readWhole(path, 65_536)))
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      throw new InputError(
        `${escapeForDisplay(path)} is no request: ${escapeForDisplay(error.message)}. Nothing was written.`,
        'Give the .tsq that `timestamp request` wrote.',
        { cause: error },
      )
    }
  }
  return requests
}

/** Whether a file is a TimeStampReq (RFC 3161 §2.4.1), which people take for the answer to it. */
export function isRequest(bytes: Uint8Array): boolean {
  try {
    return readTimeStampRequest(bytes) !== undefined
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

/** DER as it is stored (specification, section 6.3), and what it is over. @throws {TimeStampError} */
export function readAnswer(given: Uint8Array): { readonly bytes: Uint8Array; readonly hashedMessage: Uint8Array } {
  try {
    const der = unwrapByContent(given, 'TimeStampResp')
    const { form, statusInfo, token } = parseTimeStampFile(der)
    if (token === null) {
      const said = [
        `status ${statusInfo?.status}`,
        ...(statusInfo?.failInfo ?? []),
        ...(statusInfo?.statusString ?? []),
      ]
      throw new TimeStampError((statusInfo?.status ?? 2) > 1 ? 'refused' : 'no-token', said.join(', '))
    }
    if (token.eContent === null) throw new TimeStampError('unreadable', 'no TSTInfo in it')
    const { hashedMessage } = parseTstInfo(token.eContent).messageImprint
    return { bytes: form === 'token' ? timeStampResponse(der) : der, hashedMessage }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    throw new TimeStampError('unreadable', error.message, { cause: error })
  }
}

/** Judges an answer that was had elsewhere as one that was just asked for, but for its age. @throws {TimeStampError} */
export function requireGivenAnswer(
  answer: Uint8Array,
  imprint: TimeStampRequest['imprint'],
  request?: TimeStampRequest,
): Promise<AcceptedAnswer> {
  return requireTimeStampAnswer(
    answer,
    {
      imprint,
      nonce: request?.nonce ?? null,
      policy: request?.policy ?? null,
      now: chooseTime(undefined),
      toleranceSeconds: TOLERANCE_SECONDS,
      isFresh: false,
    },
    answerPorts(),
  )
}
