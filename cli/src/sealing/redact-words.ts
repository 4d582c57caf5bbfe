import { join } from 'node:path'
import { ExportRefused, type Leak, type RedactedBundle, type RedactionRefused } from '@probatum/seal'
import { escapeForDisplay, quoteForShell } from '@probatum/words'
import { InputError } from '../errors.ts'
import { sayMissing } from '../network/time-stamp-failures.ts'
import { type EncryptedOutput, type Encryption, sayEncrypted } from '../output/encrypted-output.ts'
import { PROGRAM } from '../program.ts'
import type { Terminal } from '../terminal.ts'
import type { NamedPolicy } from './redact-policies.ts'

/** A bundle that was encrypted after it was made. */
export interface EncryptedBundle {
  readonly encryption: Encryption
  readonly made: EncryptedOutput
}

/** What was made, where it lies, and what to do with it. */
export async function tell(
  terminal: Terminal,
  out: string,
  policies: readonly NamedPolicy[],
  bundles: readonly RedactedBundle[],
  encrypted: ReadonlyMap<string, EncryptedBundle>,
): Promise<void> {
  const lines = [
    `Sealed ${bundles.length} ${bundles.length === 1 ? 'bundle' : 'bundles'} into ${escapeForDisplay(out)}; read again and verified, but for whose keys they are`,
  ]
  for (const [at, { outcome, search }] of bundles.entries()) {
    const path = join(out, policies[at]?.name ?? '')
    const wrapped = encrypted.get(policies[at]?.name ?? '')
    const passed = [
      search.repeated > 0 ? `${search.repeated} that other lines show as well` : '',
      search.stated > 0 ? `${search.stated} that the export itself states` : '',
      search.accepted > 0 ? `${search.accepted} that the policy accepts` : '',
      search.short > 0 ? `${search.short} too short to look for as text` : '',
    ].filter((part) => part !== '')
    lines.push(
      '',
      escapeForDisplay(path),
      `  bundle id  ${outcome.bundleId}`,
      ...outcome.sealIds.map(({ file, sha256 }) => `  seal id    ${sha256}  ${file}`),
      ...(wrapped === undefined ? sayMissing(outcome.missingTimeStamps, path) : []).map((line) => `  ${line}`),
      `  log size   ${outcome.size}; ${outcome.payloadFiles} files`,
      `  searched for ${search.values} withheld values: none stands in it${passed.length === 0 ? '' : `, but for ${passed.join(', ')}`}`,
      ...(wrapped === undefined
        ? [`  check it:  ${PROGRAM} verify ${quoteForShell(path)}`]
        : sayEncrypted(wrapped.made, wrapped.encryption, path).map((line) => `  ${line}`)),
    )
  }
  lines.push('', 'Keep, and do not send: the files whose names begin with INTERNAL.', '')
  await terminal.result(lines.join('\n'))
}

/** Every place in which something stands that was to be withheld. */
export function sayLeaks(error: RedactionRefused, policies: readonly NamedPolicy[]): InputError {
  const lines = error.leaks.flatMap(({ recipient, leaks, omitted }) => [
    `${policies[recipient]?.file}:`,
    ...leaks.slice(0, 30).map(sayLeak),
    ...(leaks.length - 30 + omitted > 0 ? [`and ${Math.max(0, leaks.length - 30) + omitted} more places`] : []),
  ])
  return new InputError(
    `Withheld values stand in what was made. No bundle was made.\n  ${lines.map(escapeForDisplay).join('\n  ')}`,
    'Withhold the file or make a redacted copy of it; open the field; or let the place through with "accept" in the policy, if it gives nothing away.',
    { cause: error },
  )
}

function sayLeak({ withheld, form, path, offset, count, openedAt }: Leak): string {
  const [first] = withheld
  const place = first === undefined ? '' : `${first.file} ${first.seq} ${first.field}`
  const also =
    openedAt === null ? '' : `; the same value is opened at ${openedAt.file} ${openedAt.seq} ${openedAt.field}`
  return `${place}: in ${path} at byte ${offset}${count > 1 ? `, ${count} times` : ''} (${form})${also}`
}

/** Mistakes of the caller that only the making finds. */
export function callersMistake(error: unknown): unknown {
  if (!(error instanceof ExportRefused)) return error
  return new InputError(
    `${escapeForDisplay(error.message)}. No bundle was made.`,
    'Mend the policy, or name the folder with the file (--files).',
    { cause: error },
  )
}
