import { parseCertificate, parsePolicy, parseTrustSet, trustSetCode } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { type ExitCode, escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { type Edition, type PageFile, pageWithEdition, readOwnPage, readPage } from '../page-file.ts'
import { VERSION } from '../version.ts'
import { terminalOf, textOf, textsOf } from './report-output.ts'

/** What a file is next to the page that belongs to this program. */
export type Standing = 'own' | 'edition' | 'damaged' | 'other-content' | 'other-version'

export function standingOf(page: PageFile, own: PageFile): Standing {
  if (!page.isScriptAllowed || page.isEditionDamaged) return 'damaged'
  if (page.coreSha256 === own.coreSha256) return page.edition === null ? 'own' : 'edition'
  return page.version === own.version ? 'other-content' : 'other-version'
}

const CODES: Readonly<Record<Standing, ExitCode>> = {
  own: 0,
  edition: 0,
  damaged: 1,
  'other-content': 1,
  'other-version': 3,
}

const SAID: Readonly<Record<Standing, string>> = {
  own: `It is the web verifier of version ${VERSION}, byte for byte the one that belongs to this program.`,
  edition: `It is an institution’s edition of the web verifier of version ${VERSION}: lists were added, and everything else is byte for byte the page that belongs to this program.`,
  damaged: 'It is damaged, or was changed by hand: a browser would not let it run, or the page itself would refuse to.',
  'other-content': `It calls itself version ${VERSION}, and is not the page that belongs to this program. Do not use it.`,
  'other-version':
    'It is a page of another version than this program. Whether it is that version’s own page, only the program of that version can tell, or its release notes.',
}

/** Says which page a file is. */
export async function checkPage(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const page = await readPage(String(argv.file))
  const standing = standingOf(page, await readOwnPage())
  const lines = [
    SAID[standing],
    '',
    `version it names  ${page.version}`,
    `SHA-256           ${inFours(page.sha256)}`,
    `script            ${page.scriptHash}`,
    ...(page.edition === null ? [] : editionLines(page.edition)),
    '',
  ]
  await terminal.result(lines.join('\n'))
  return CODES[standing]
}

/** To be read out and compared. */
function inFours(hex: string): string {
  return hex.match(/.{1,4}/g)?.join(' ') ?? hex
}

function editionLines(edition: Edition): string[] {
  return [
    '',
    `edition           ${escapeForDisplay(edition.name)}`,
    `SHA-256 of it     ${inFours(edition.sha256)}`,
    ...edition.policies.map((bytes) => `policy            ${escapeForDisplay(parsePolicy(bytes).id)}`),
    ...edition.trustSets.map((bytes) => {
      const set = parseTrustSet(bytes, (der) => parseCertificate(der), nodeSmallDigest)
      const { issuer, number, date } = set.file
      return `trust set         ${escapeForDisplay(issuer)}, number ${number} of ${date}, code ${trustSetCode(set.sha256)}`
    }),
  ]
}

/** Longer names do not fit on the first line of a page. */
const NAME = /^[^\p{Cc}\p{Cf}]{1,120}$/u

/** Makes an institution's edition of the page. */
export async function makePage(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const out = String(argv.out)
  const name = (textOf(argv, 'name') ?? '').trim()
  if (!NAME.test(name))
    throw new UsageError('--name: 1 to 120 characters, none of them invisible.', 'Name the institution that makes it.')
  const [sets, policies] = [textsOf(argv, 'trust-set'), textsOf(argv, 'policy')]
  if (sets.length + policies.length === 0)
    throw new UsageError('An edition holds at least one trust set or policy.', 'Add --trust-set FILE or --policy FILE.')
  await requireNew(out, '--out', [])
  const own = await readOwnPage()
  const trustSets: Uint8Array[] = []
  for (const path of sets) {
    const bytes = await readWhole(path)
    // What the page could not read it must not carry.
    parseTrustSet(bytes, (der) => parseCertificate(der), nodeSmallDigest)
    trustSets.push(bytes)
  }
  const files: Uint8Array[] = []
  for (const path of policies) {
    const bytes = await readWhole(path)
    parsePolicy(bytes)
    files.push(bytes)
  }
  await writeNew(out, pageWithEdition(own, { name, policies: files, trustSets }))
  const made = await readPage(out)
  const lines = [
    `${escapeForDisplay(out)} is the page of version ${made.version} with your lists in it.`,
    '',
    `SHA-256           ${inFours(made.sha256)}`,
    `script            ${made.scriptHash} (as on the plain page)`,
    ...(made.edition === null ? [] : editionLines(made.edition)),
    '',
    'Publish both numbers by another way than the page, and the set’s code by letter: `probatum trust card SET`.',
    '',
  ]
  await terminal.result(lines.join('\n'))
  return 0
}
