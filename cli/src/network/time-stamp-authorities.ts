import { existsSync } from 'node:fs'
import type { SignaturePorts } from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import {
  type HttpAuthorityInput,
  httpTimeStampAuthority,
  type LaterAuthority,
  platformRandom,
  type TimeStampAuthority,
  TimeStampError,
  tooFewTimeStamps,
} from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { terminalOf, textOf, textsOf } from '../commands/report-output.ts'
import { InputError, UsageError } from '../errors.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { readCertificates } from '../input/trust-files.ts'
import { labelled, readAddress, readCredentials, readThreshold, shown } from './authority-options.ts'
import { sayNote, sayProblem } from './time-stamp-failures.ts'

/** Most people wait longer than this for nothing that works. */
const CONNECT_MILLISECONDS = 10_000
const ATTEMPT_SECONDS = 30

/** What judges an answer before it is taken. */
export const answerPorts = (): SignaturePorts => ({ signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest })

export interface ChosenAuthorities {
  readonly timeStampAuthorities: readonly (TimeStampAuthority | LaterAuthority)[]
  /** How many of those that are asked must answer. */
  readonly timeStampThreshold: number
}

/**
 * The authorities of `--tsa` and `--tsa-later`. Those of `--tsa` are asked once for who they are: one that does not answer is
 * named, and left out where the threshold allows it.
 * @throws {UsageError | InputError | TimeStampError}
 */
export async function chooseAuthorities(argv: Parsed): Promise<ChosenAuthorities> {
  const asked = textsOf(argv, 'tsa').map(readAddress)
  const later: LaterAuthority[] = []
  for (const given of textsOf(argv, 'tsa-later')) {
    const [label, named] = labelled(given, '--tsa-later', 'acme=acme-tsa.pem')
    later.push({ label, subject: await laterSubject(named), stamp: null })
  }
  const labels = [...asked, ...later].map(({ label }) => label)
  if (new Set(labels).size !== labels.length)
    throw new UsageError('--tsa: two authorities have the same label.', 'Give each its own.')
  const threshold = readThreshold(argv, asked.length)
  const { opened, failed } = await openEnough(argv, asked, threshold)
  for (const { label, error } of failed)
    terminalOf(argv).note(`No time-stamp of ${label}: ${sayProblem(error)} The bundle does not name it.\n`)
  const timeStampAuthorities = [...opened, ...later]
  for (const { label, subject } of timeStampAuthorities) {
    const same = timeStampAuthorities.find((other) => other.subject === subject && other.label !== label)
    // Specification, section 8.23: the same one under two labels counts once, so that such a bundle would never be whole.
    if (same !== undefined)
      throw new UsageError(
        `--tsa: ${label} and ${same.label} are the same authority, ${escapeForDisplay(subject)}.`,
        'Name it once, and others of other organisations beside it.',
      )
  }
  tellSameRoot(argv, opened)
  return { timeStampAuthorities, timeStampThreshold: threshold }
}

/** RFC 4514, as the program writes a name: no white space around `=`, no slashes before the types. */
const NAME = /^(?:[A-Za-z][A-Za-z0-9-]*|[0-9]+(?:\.[0-9]+)+)=[^\s=]/
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'

/**
 * The subject of an authority that is asked later: as it is given, or of its certificate. What a bundle names is sealed: of a
 * name that no answer has, the bundle would never be whole.
 * @throws {UsageError | InputError | ParseError}
 */
async function laterSubject(named: string): Promise<string> {
  if (existsSync(named)) {
    const [certificate] = await readCertificates(named)
    if (certificate?.extendedKeyUsage?.purposes.includes(TIME_STAMPING) === true) return certificate.subject.text
    throw new InputError(
      `--tsa-later: the first certificate in ${escapeForDisplay(named)} is none that makes time-stamps (its extended key usage does not say timeStamping). Nothing was sealed.`,
      'Give the certificate of the authority itself, not that of its root: it stands in each of its answers.',
    )
  }
  if (NAME.test(named) && !/\s=|=\s/.test(named)) return named
  throw new UsageError(
    `--tsa-later: ${escapeForDisplay(named)} is no file that is there, and no name as certificates have it. Nothing was sealed.`,
    'Give a file with the authority’s certificate, --tsa-later acme=acme-tsa.pem; or its subject, written as `probatum inspect` writes it: acme="CN=Acme TSA,O=Acme". Answers under any other name cannot be put into the bundle.',
  )
}

/** Recipients count authorities by their roots (specification, section 8.23): better known now than when a bundle is refused. */
function tellSameRoot(argv: Parsed, opened: readonly TimeStampAuthority[]): void {
  for (const root of new Set(opened.map(({ topIssuer }) => topIssuer))) {
    const labels = opened.filter(({ topIssuer }) => topIssuer === root).map(({ label }) => label)
    if (root !== undefined && labels.length > 1)
      terminalOf(argv).note(
        `${labels.join(' and ')} seem to have one root, ${escapeForDisplay(root)}: recipients then count them as one authority. Name one of another root, or lower --tsa-threshold.\n`,
      )
  }
}

/** Those that say who they are. @throws {TimeStampError} when they are fewer than the threshold */
async function openEnough(
  argv: Parsed,
  asked: readonly { readonly label: string; readonly url: string; readonly policy?: string | null }[],
  threshold: number,
) {
  const inputs = await authorityInputs(argv, asked)
  const answers = await Promise.allSettled(inputs.map(openAuthority))
  const opened: TimeStampAuthority[] = []
  const failed: { label: string; error: TimeStampError }[] = []
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 'fulfilled') opened.push(answer.value)
    else if (answer.reason instanceof TimeStampError)
      failed.push({ label: asked[index]?.label ?? '', error: answer.reason })
    else throw answer.reason
  }
  const [first] = failed
  if (first !== undefined && opened.length < threshold) throw tooFewTimeStamps(failed, first.error)
  return { opened, failed }
}

/** An authority that a bundle names, and where it is asked; `url` is null where it is asked later. */
export interface AuthorityAddress {
  readonly label: string
  readonly subject: string
  readonly url: string | null
  readonly policy: string | null
}

/** What the options say of authorities that were chosen. */
export function addressesOf(
  argv: Parsed,
  { timeStampAuthorities }: Pick<ChosenAuthorities, 'timeStampAuthorities'>,
): readonly AuthorityAddress[] {
  const urls = new Map(textsOf(argv, 'tsa').map((given) => [readAddress(given).label, readAddress(given).url]))
  const policies = new Map(textsOf(argv, 'tsa-policy').map((given) => labelled(given, '--tsa-policy', 'acme=1.2.3.4')))
  return timeStampAuthorities.map(({ label, subject }) => ({
    label,
    subject,
    url: urls.get(label) ?? null,
    policy: policies.get(label) ?? null,
  }))
}

/**
 * The authorities that an unsealed bundle names already; `--tsa` gives one another address. One that does not answer is left for
 * later where the threshold allows it.
 * @throws {UsageError | InputError | TimeStampError}
 */
export async function reopenAuthorities(
  argv: Parsed,
  named: readonly AuthorityAddress[],
  threshold: number,
): Promise<ChosenAuthorities> {
  const given = new Map(textsOf(argv, 'tsa').map((each) => [readAddress(each).label, readAddress(each).url]))
  for (const label of given.keys())
    if (!named.some((each) => each.label === label))
      throw new UsageError(
        `--tsa: what was prepared names no authority ${label}.`,
        `It names ${named.map((each) => each.label).join(', ')}: what a bundle says about its seal was fixed when it was prepared.`,
      )
  const asked = named.flatMap(({ label, url, policy }) => {
    const address = given.get(label) ?? url
    return address === null ? [] : [{ label, url: address, policy }]
  })
  const { opened, failed } = await openEnough(argv, asked, threshold)
  for (const { label, error } of failed) terminalOf(argv).note(`No time-stamp of ${label}: ${sayProblem(error)}\n`)
  const timeStampAuthorities = named.map(({ label, subject }): TimeStampAuthority | LaterAuthority => {
    const authority = opened.find((each) => each.label === label)
    if (authority === undefined) return { label, subject, stamp: null }
    if (authority.subject !== subject)
      throw new InputError(
        `${label} now is ${escapeForDisplay(authority.subject)}; when the bundle was prepared it was ${escapeForDisplay(subject)}. Nothing was sealed.`,
        'The bundle names the former, and its time-stamp would not count: prepare anew, or ask the former authority (--tsa label=URL).',
      )
    return authority
  })
  return { timeStampAuthorities, timeStampThreshold: Math.min(threshold, opened.length) }
}

/** The one authority of an option that has no label; so have `--tsa-policy` and `--tsa-login`. */
export async function authorityAt(argv: Parsed, url: string): Promise<TimeStampAuthority> {
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new UsageError(`--tsa: ${shown(url)} is no address.`, 'Write for example --tsa https://tsa.example/.')
  const alone = Object.fromEntries(
    ['tsa-policy', 'tsa-login'].flatMap((name) => {
      const value = textOf(argv, name)
      return value === undefined ? [] : [[name, [`tsa=${value}`]]]
    }),
  )
  const [input] = await authorityInputs({ ...argv, ...alone }, [{ label: 'tsa', url }])
  if (input === undefined) throw new RangeError('no authority')
  return openAuthority(input)
}

/** The settings of each label, from the options. */
async function authorityInputs(
  argv: Parsed,
  asked: readonly { readonly label: string; readonly url: string; readonly policy?: string | null }[],
): Promise<HttpAuthorityInput[]> {
  const settings = (option: string, example: string) => {
    const given = textsOf(argv, option).map((each) => labelled(each, `--${option}`, example))
    for (const [label] of given)
      if (!asked.some((each) => each.label === label))
        throw new UsageError(`--${option}: no --tsa has the label ${label}.`, 'Use a label of --tsa.')
    return new Map(given)
  }
  const policies = settings('tsa-policy', 'acme=1.2.3.4')
  const logins = settings('tsa-login', 'acme=acme-login.txt')
  for (const policy of policies.values())
    if (!/^[0-2](?:\.(?:0|[1-9]\d{0,14})){1,30}$/.test(policy))
      throw new UsageError(
        `--tsa-policy: ${escapeForDisplay(policy)} is no object identifier.`,
        'Write it with dots, as 1.2.3.4.',
      )
  const seconds = Number(argv['tsa-timeout'] ?? ATTEMPT_SECONDS)
  if (!Number.isSafeInteger(seconds) || seconds < 1 || seconds > 3600)
    throw new UsageError('--tsa-timeout: seconds from 1 to 3600 are expected.', 'For example --tsa-timeout 60.')
  const terminal = terminalOf(argv)
  const inputs: HttpAuthorityInput[] = []
  for (const { label, url, policy: earlier } of asked) {
    // Where nobody is asked, code for a network is not in memory.
    const { authorityTransport } = await import('./authority-transport.ts')
    const policy = policies.get(label) ?? earlier ?? undefined
    const credentials = await readCredentials(label, logins.get(label), (line) => terminal.note(line))
    inputs.push({
      label,
      url,
      fetch: authorityTransport(Math.min(CONNECT_MILLISECONDS, seconds * 1000)),
      random: platformRandom,
      ports: answerPorts(),
      now: () => chooseTime(undefined),
      timeoutMilliseconds: seconds * 1000,
      totalMilliseconds: seconds * 4000,
      onNote: once((note) => terminal.note(`${sayNote(label, note)}\n`)),
      ...(policy === undefined ? {} : { policy }),
      ...(credentials === undefined ? {} : { credentials }),
    })
  }
  return inputs
}

/** A bundle has several signatures, and an authority is asked for each: what is always the same is told once. */
function once(tell: NonNullable<HttpAuthorityInput['onNote']>): NonNullable<HttpAuthorityInput['onNote']> {
  const told = new Set<string>()
  return (note) => {
    if (note.kind !== 'retry' && told.has(note.kind)) return
    told.add(note.kind)
    tell(note)
  }
}

async function openAuthority(input: HttpAuthorityInput): Promise<TimeStampAuthority> {
  try {
    return await httpTimeStampAuthority(input)
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new UsageError(
      `--tsa ${input.label}: ${escapeForDisplay(error.message)}.`,
      'The address is plain http or https; user and password come from --tsa-login.',
    )
  }
}
