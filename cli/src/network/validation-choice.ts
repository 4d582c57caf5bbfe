import { DEFAULT_POLICY_ID, SHIPPED_POLICIES } from '@probatum/core'
import { ValidationCollector, ValidationFetcher } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textsOf } from '../commands/report-output.ts'
import { UsageError } from '../errors.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { answerPorts } from './time-stamp-authorities.ts'
import { readValidationFiles } from './validation-files.ts'

/** Most people wait longer than this for nothing that works. */
const CONNECT_MILLISECONDS = 10_000
const SECONDS = 30

/** What --validation and --online ask for. */
export interface ChosenValidation {
  readonly collector: ValidationCollector
  readonly isOnline: boolean
  /** Files that hold nothing of use. */
  readonly useless: readonly { readonly path: string; readonly why: string }[]
}

/** Null where neither was asked for. @throws {UsageError | InputError | SourceFault} */
export async function chooseValidation(argv: Parsed): Promise<ChosenValidation | null> {
  const paths = textsOf(argv, 'validation')
  const isOnline = argv.online === true
  const hosts = textsOf(argv, 'online-host')
  for (const name of ['online-host', 'online-timeout'])
    if (!isOnline && argv[name] !== undefined)
      throw new UsageError(`--${name} goes with --online.`, 'Without it nothing is fetched.')
  if (paths.length === 0 && !isOnline) return null
  const { given, useless } = await readValidationFiles(paths)
  const policy = SHIPPED_POLICIES.find(({ id }) => id === DEFAULT_POLICY_ID)
  if (policy === undefined) throw new RangeError('no default policy')
  const collector = new ValidationCollector({
    given,
    online: isOnline ? await openFetcher(argv, hosts) : null,
    policy,
    ports: answerPorts(),
    now: () => chooseTime(undefined),
  })
  return { collector, isOnline, useless }
}

async function openFetcher(argv: Parsed, hosts: readonly string[]): Promise<ValidationFetcher> {
  const seconds = Number(argv['online-timeout'] ?? SECONDS)
  if (!Number.isSafeInteger(seconds) || seconds < 1 || seconds > 3600)
    throw new UsageError('--online-timeout: seconds from 1 to 3600 are expected.', 'For example --online-timeout 60.')
  const allowed = hosts.map((host) => {
    const url = `http://${host}/`
    if (!URL.canParse(url) || new URL(url).pathname !== '/' || /[@/?#]/.test(host))
      throw new UsageError(
        `--online-host: ${escapeForDisplay(host)} is no host.`,
        'Write a name or address, with its port where it is not the usual one: ca.example.internal or 10.0.0.5:8080.',
      )
    return new URL(url).host
  })
  const { validationTransport } = await import('./validation-transport.ts')
  return new ValidationFetcher({
    fetch: validationTransport(Math.min(CONNECT_MILLISECONDS, seconds * 1000), new Set(allowed)),
    timeoutMilliseconds: seconds * 1000,
  })
}
