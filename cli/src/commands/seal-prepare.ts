import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type ExitCode, escapeForDisplay, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { addressesOf } from '../network/time-stamp-authorities.ts'
import { PROGRAM } from '../program.ts'
import {
  attributesFile,
  digestFile,
  OUTPUT,
  signsDigest,
  type ToPrepare,
  writePrepared,
} from '../sealing/prepared-seal.ts'
import type { Signing } from '../sealing/seal-signing.ts'
import { checkOwnBundle, requireUnbroken } from './seal-check.ts'

/** `probatum seal prepare`: as `seal`, up to the signatures. */
export async function prepareSeal(argv: Parsed): Promise<ExitCode> {
  const preparing = { ...argv, prepare: true }
  return argv.log === undefined
    ? (await import('./seal.ts')).seal(preparing)
    : (await import('./seal-log.ts')).sealOverLog(preparing)
}

/** `probatum redact prepare`. */
export async function prepareRedact(argv: Parsed): Promise<ExitCode> {
  return (await import('./redact.ts')).redact({ ...argv, prepare: true })
}

/**
 * The end of `prepare`: reads the unsealed bundles below `folder` again, and writes what is to be signed. Returns what to say when
 * the folder has its name.
 * @throws {InputError}
 */
export async function finishPreparing(
  argv: Parsed,
  folder: string,
  given: Omit<ToPrepare, 'authorities' | 'longTerm' | 'signing'> & { readonly signing: Signing },
): Promise<string> {
  const { signing } = given
  for (const { path } of given.bundles) {
    const { broken } = await checkOwnBundle(join(folder, OUTPUT, path), signing.timeStampAuthorities, false)
    requireUnbroken(broken, 'Nothing was prepared.', 'Leave the folder alone while it is prepared.')
  }
  const authorities = addressesOf(argv, signing)
  await writePrepared(folder, { ...given, authorities, longTerm: argv['long-term'] === true })
  return `${sayPrepared(String(argv.out), given).join('\n')}\n`
}

function sayPrepared(out: string, { command, bundles, exports }: Pick<ToPrepare, 'command' | 'bundles' | 'exports'>) {
  const lines = [`prepared        ${escapeForDisplay(out)}`]
  for (const bundle of bundles)
    for (const plan of bundle.toSign) {
      const { message, digest, scheme } = plan
      const hash = createHash(digest).update(message).digest('hex')
      const isDigest = signsDigest(plan)
      lines.push(
        `to be signed    ${escapeForDisplay(join(out, attributesFile(bundle, plan)))} (${message.length} bytes)`,
        `${digest.padEnd(15)} ${hash}`,
        ...(isDigest ? [`its octets      ${escapeForDisplay(join(out, digestFile(bundle, plan)))}`] : []),
        `scheme          ${scheme}${isDigest ? '' : ': signs the bytes themselves'}`,
      )
    }
  const signatures = bundles.flatMap(({ toSign }) => toSign).map(() => '--signature FILE')
  lines.push(`then            ${PROGRAM} ${command} embed ${quoteForShell(out)} ${signatures.join(' ')} -o SEALED`)
  if (exports.length > 0)
    lines.push(
      `The log has the ${exports.length === 1 ? 'export' : 'exports'} already: event ${exports.join(', ')}. Given up, ${exports.length === 1 ? 'it' : 'each'} stays an export without a bundle, which is true and harmless.`,
    )
  lines.push('Change nothing in the folder in between.')
  return lines
}
