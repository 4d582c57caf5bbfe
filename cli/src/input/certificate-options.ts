import { basename } from 'node:path'
import { decodeUtf8 } from '@probatum/core'
import { escapeForDisplay, type Language } from '@probatum/words'
import { CERTIFICATE_TEMPLATES } from '@probatum/words/certificate'
import { availableLanguages } from '@probatum/words/languages'
import type { Parsed } from 'yargs'
import { textOf } from '../commands/report-output.ts'
import { UsageError } from '../errors.ts'
import { readWhole } from '../files.ts'
import { inAnyCase } from '../nearest.ts'

/** The template of a certificate, and the variant of it that was chosen. @throws {UsageError} */
export function chooseTemplate(argv: Parsed): { readonly id: string; readonly choice: string | null } {
  const id = textOf(argv, 'template') ?? 'general'
  const template = CERTIFICATE_TEMPLATES.find((one) => one.id === id)
  if (template === undefined)
    throw new UsageError(
      `--template: there is no template of the name ${escapeForDisplay(id)}.`,
      `The names are ${CERTIFICATE_TEMPLATES.map((one) => one.id).join(', ')}.`,
    )
  const typed = textOf(argv, 'choice') ?? null
  const { choices } = template
  const choice =
    typed === null
      ? null
      : (inAnyCase(
          typed,
          choices.map((one) => one.id),
        ) ?? typed)
  if (choices.length === 0 && choice !== null)
    throw new UsageError(`--choice: the template ${id} has no variants.`, 'Leave --choice out.')
  if (choices.length > 0 && !choices.some((one) => one.id === choice))
    throw new UsageError(
      `--choice: the template ${id} has variants, and one of them must be chosen.`,
      `--choice ${choices.map((one) => `${one.id} (${one.describe})`).join(', or --choice ')}.`,
    )
  return { id, choice }
}

/** @throws {UsageError} */
export function chooseLanguage(given: string | undefined): Language {
  const languages = availableLanguages()
  const language = languages.find((code) => code === (given ?? 'en'))
  if (language === undefined)
    throw new UsageError(
      `--language: there is no ${escapeForDisplay(given ?? '')} here.`,
      `The languages are ${languages.join(', ')}.`,
    )
  return language
}

/** @throws {UsageError} */
export function chooseOffset(given: string | undefined): string | null {
  if (given === undefined || /^[+-](?:0[0-9]|1[0-4]):[0-5][0-9]$/.test(given)) return given ?? null
  throw new UsageError(
    `--utc-offset: ${escapeForDisplay(given)} is no offset from UTC.`,
    'Write it with a sign, two digits, a colon and two digits: +06:30, -05:00, +00:00.',
  )
}

/** `DIGEST  LABEL` a line, as sha256sum writes its lines, and `#` for a remark. @throws {UsageError | SourceFault} */
export async function readLabels(path: string | undefined): Promise<readonly { sha256: string; label: string }[]> {
  if (path === undefined) return []
  const text = decodeUtf8(await readWhole(path))
  const wrong = (line: number, what: string): never => {
    throw new UsageError(
      `--labels: line ${line} of ${escapeForDisplay(basename(path))} ${what}.`,
      'A line is the SHA-256 of a file (64 hex digits), two spaces, and its exhibit number.',
    )
  }
  if (text === undefined) return wrong(1, 'is not text in UTF-8')
  const labels = new Map<string, string>()
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const match = /^([0-9a-fA-F]{64}) [ *](\S.{0,199})$/u.exec(line.trimEnd())
    const [, digest = '', label = ''] = match ?? []
    if (match === null) wrong(index + 1, 'is not a digest with a label of at most 200 characters')
    const sha256 = digest.toLowerCase()
    if (labels.has(sha256)) wrong(index + 1, 'names a digest that an earlier line names')
    labels.set(sha256, label)
  }
  return [...labels].map(([sha256, label]) => ({ sha256, label }))
}
