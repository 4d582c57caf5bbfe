import {
  ANCHOR_ROLES,
  type AnchorRole,
  type Certificate,
  decodeUtf8,
  formatInstant,
  nextTrustSet,
  serializeTrustSet,
  type TrustAnchorEntry,
  type TrustSet,
  type TrustSetHead,
  toBase64,
  trustSetCode,
} from '@probatum/core'
import {
  commonNameOf,
  type ExitCode,
  escapeForDisplay,
  escapeInLine,
  fingerprintLines,
  renderTrustSetChanges,
  TRUST_WORDS,
} from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { readCertificates, readTrustSet, requireSet } from '../input/trust-files.ts'
import { ask, canAsk } from '../keys/ask.ts'
import { PROGRAM } from '../program.ts'
import type { Terminal } from '../terminal.ts'
import { terminalOf, textOf } from './report-output.ts'

/** A first set, or the next number after one. A set that was handed out is never altered. */
export async function addTrust(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const to = String(argv.to)
  await requireNewSet(to)
  const after = textOf(argv, 'after')
  const last = after === undefined ? null : await readTrustSet(after)
  const role = await chooseRole(argv)
  const files = [argv.file].flat().map(String)
  const found = role === 'log' ? await readKeys(files) : await readAll(files)
  const source = await chooseText(argv, 'source', 'Where is it from, and how was that checked? ')
  const label = textOf(argv, 'label')
  if (label !== undefined && found.length > 1)
    throw new UsageError(`--label names one anchor, and there are ${found.length}.`, 'Add them one by one.')
  const interval = {
    ...(textOf(argv, 'from') === undefined ? {} : { from: String(argv.from) }),
    ...(textOf(argv, 'until') === undefined ? {} : { until: String(argv.until) }),
  }
  const added = found.map(
    (one): TrustAnchorEntry => ({
      role,
      label: label ?? one.label,
      source,
      ...(one.certificate === null ? {} : { certificate: toBase64(one.certificate.der) }),
      ...(one.verifierKey === null ? {} : { verifierKey: one.verifierKey }),
      ...interval,
    }),
  )
  const head = await chooseHead(argv, last)
  return writeSet(terminal, last, head, [...(last?.file.anchors ?? []), ...added], to)
}

/** An anchor that counts no longer, from a day on: for a stolen key, or an authority that was closed. */
export async function endTrust(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const to = String(argv.to)
  await requireNewSet(to)
  const last = await readTrustSet(String(argv.after))
  const wanted = String(argv.fingerprint).toLowerCase().replace(/[\s:]/g, '')
  if (!/^[0-9a-f]{8,64}$/.test(wanted))
    throw new UsageError(
      `${escapeForDisplay(String(argv.fingerprint))} is no fingerprint.`,
      'Give the SHA-256 of `probatum trust list SET`, or at least its first 8 digits.',
    )
  const certificates = new Set(
    last.anchors.filter(({ sha256 }) => sha256.startsWith(wanted)).map(({ der }) => toBase64(der)),
  )
  if (certificates.size !== 1)
    throw new UsageError(
      certificates.size === 0
        ? 'There is no certificate of this fingerprint in the set.'
        : 'Several certificates of the set begin with these digits.',
      '`probatum trust list SET` shows the fingerprints.',
    )
  const until = String(argv.until)
  const anchors = last.file.anchors.map((entry) =>
    entry.certificate !== undefined && certificates.has(entry.certificate) ? { ...entry, until } : entry,
  )
  return writeSet(terminal, last, await chooseHead(argv, last), anchors, to)
}

async function requireNewSet(to: string): Promise<void> {
  try {
    await requireNew(to, '--to', [])
  } catch (error) {
    if (!(error instanceof UsageError) || !/exists already/.test(error.message)) throw error
    throw new UsageError(
      error.message,
      'A set is never altered: name a new file behind --to, and the present one behind --after. It gets the next number.',
    )
  }
}

async function writeSet(
  terminal: Terminal,
  last: TrustSet | null,
  head: TrustSetHead,
  anchors: readonly TrustAnchorEntry[],
  to: string,
): Promise<ExitCode> {
  const bytes = serializeTrustSet(nextTrustSet(last?.file ?? null, head, anchors))
  const set = requireSet(bytes)
  await writeNew(to, bytes)
  const { number } = set.file
  await terminal.result(
    `Trust set number ${number}: ${escapeForDisplay(to)}\nset code  ${trustSetCode(set.sha256)}\n${renderTrustSetChanges(
      last?.file ?? { ...set.file, anchors: [] },
      set.file,
      terminal.style,
    )}`,
  )
  const named = escapeForDisplay(to)
  terminal.note(
    `Compare each fingerprint with its owner by another way (telephone, letter) before you use or send the set.\n\`${PROGRAM} trust explain ${named}\` shows them, \`${PROGRAM} trust card ${named}\` makes the letter.\n`,
  )
  return 0
}

interface Found {
  readonly label: string
  readonly certificate: Certificate | null
  readonly verifierKey: string | null
}

async function readAll(files: readonly string[]): Promise<Found[]> {
  const found: Found[] = []
  for (const file of files)
    for (const certificate of await readCertificates(file)) {
      found.push({ label: commonNameOf(certificate.subject.text).slice(0, 200), certificate, verifierKey: null })
      if (canAsk())
        process.stderr.write(
          `${escapeInLine(certificate.subject.text)}\n  ${fingerprintLines(certificate.sha256).join('\n  ')}\n`,
        )
    }
  return found
}

/** A log's key is one line of text: name+hash+key. */
async function readKeys(files: readonly string[]): Promise<Found[]> {
  const found: Found[] = []
  for (const file of files) {
    const verifierKey = decodeUtf8(await readWhole(file, 65_536))?.trim()
    if (verifierKey === undefined || !/^[^\s+]+\+[0-9a-f]{8}\+\S+$/.test(verifierKey))
      throw new InputError(
        `${escapeForDisplay(file)} does not read as the key of a log.`,
        'It is one line, name+hash+key, as the log’s keeper publishes it.',
      )
    found.push({ label: verifierKey.slice(0, verifierKey.indexOf('+')), certificate: null, verifierKey })
  }
  return found
}

async function chooseRole(argv: Parsed): Promise<AnchorRole> {
  const given = textOf(argv, 'role')
  const role = ANCHOR_ROLES.find((known) => known === given)
  if (role !== undefined) return role
  if (!canAsk())
    throw new UsageError('A role is needed: --role.', `The roles are ${ANCHOR_ROLES.join(', ')}. None is assumed.`)
  const lines = ANCHOR_ROLES.map((each, index) => `  ${index + 1}  ${each.padEnd(22)} ${TRUST_WORDS.roles[each].is}`)
  const question = `In which role is it to be believed?\n${lines.join('\n')}\nNumber or name: `
  return ask(question, (typed) => ANCHOR_ROLES[Number(typed) - 1] ?? ANCHOR_ROLES.find((each) => each === typed))
}

async function chooseText(argv: Parsed, option: string, question: string): Promise<string> {
  const given = textOf(argv, option)
  if (given !== undefined) return given
  if (!canAsk())
    throw new UsageError(
      `--${option} is needed.`,
      option === 'source'
        ? 'Say where the certificate was had from, as --source "letter of the authority of 3 March 2026". It stands in the set.'
        : 'Say who compiles the set, as --issuer "Example Court (sample)".',
    )
  return ask(question, (typed) => (typed === '' ? undefined : typed))
}

async function chooseHead(argv: Parsed, last: TrustSet | null): Promise<TrustSetHead> {
  const now = chooseTime(undefined)
  const day = (epochSeconds: number) => formatInstant({ epochSeconds, fraction: '' }).slice(0, 10)
  const date = textOf(argv, 'date') ?? day(now.epochSeconds)
  const issuer =
    last === null
      ? await chooseText(argv, 'issuer', 'Who compiles this set? ')
      : (textOf(argv, 'issuer') ?? last.file.issuer)
  return {
    issuer,
    date,
    reviewBy: textOf(argv, 'review-by') ?? day(chooseTime(date).epochSeconds + 365 * 86_400),
    sample: argv.sample === true || last?.file.sample === true,
  }
}
