import { basename } from 'node:path'
import { parseCertificate, parsePolicy, parseTrustSet, trustSetCode } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { type ExitCode, escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { type Edition, type PageFile, pageWithEdition, readOwnPage, readPage } from '../page-file.ts'
import { isNameOf, readPublishedName } from '../page-name.ts'
import { PAGE_RELEASES } from '../page-releases.ts'
import { type Standing, standingOf } from '../page-standing.ts'
import { terminalOf, textOf, textsOf } from './report-output.ts'

const CODES: Readonly<Record<Standing['is'], ExitCode>> = {
  release: 0,
  edition: 0,
  unreleased: 0,
  'unreleased-edition': 0,
  damaged: 1,
  'other-content': 1,
  unknown: 3,
}

/** The sentence that is the answer. */
function sayStanding(standing: Standing, { version }: PageFile): string {
  switch (standing.is) {
    case 'release':
      return `It is the web verifier released as version ${standing.release.version} on ${standing.release.date}, byte for byte.`
    case 'edition':
      return `It is an institution\u2019s edition of the web verifier released as version ${standing.release.version} on ${standing.release.date}: lists were added, and everything else is byte for byte that release.`
    case 'unreleased':
      return `It is an unreleased build of the web verifier, byte for byte the one that belongs to this program. Version ${version} was not released when this program was made.`
    case 'unreleased-edition':
      return `It is an institution\u2019s edition of an unreleased build of the web verifier: lists were added, and everything else is byte for byte the page that belongs to this program. Version ${version} was not released when this program was made.`
    case 'damaged':
      return 'It is damaged, or was changed by hand: a browser would not let it run, or the page itself would refuse to.'
    case 'other-content':
      return standing.release === null
        ? `It calls itself version ${version}, and is not the page that belongs to this program. Do not use it.`
        : `It calls itself version ${version}, and is not the page that was released as that version. Do not use it.`
    default:
      return `It is unknown here: it calls itself version ${version}, which this program knows no page of. Whether it is that version\u2019s own page, only a program of that version or a later one can tell, or its release notes.`
  }
}

/** A name is given by whoever saves a file: it is compared for people who go by it, and decides nothing. */
function sayOtherName(page: PageFile, name: string): string[] {
  const said = readPublishedName(name)
  if (said === null || isNameOf(said, page)) return []
  return [
    `The file\u2019s name is that of another file: it says version ${said.version} and ${said.digits}, and this one calls itself version ${page.version} and has a SHA-256 that begins with ${page.sha256.slice(0, said.digits.length)}. It was renamed, or changed after it got this name. The answer goes by the SHA-256, never by the name.`,
  ]
}

function releaseLine(standing: Standing): string {
  if ('release' in standing && standing.release !== null)
    return `${standing.release.version} of ${standing.release.date}`
  if (standing.is === 'damaged') return 'none: nobody released a page that does not run'
  return standing.is === 'unknown' ? 'unknown' : 'none: this version was not released when this program was made'
}

/** Says which page a file is. */
export async function checkPage(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.file)
  const page = await readPage(path)
  const standing = standingOf(page, await readOwnPage(), PAGE_RELEASES)
  await terminal.result(describePage(page, standing, basename(path)))
  return CODES[standing.is]
}

/** All that is said of a page. @param name of its file, which alters nothing of the answer */
export function describePage(page: PageFile, standing: Standing, name: string): string {
  const scriptOf = 'scriptOf' in standing ? standing.scriptOf : null
  const lines = [
    sayStanding(standing, page),
    ...(scriptOf === null
      ? []
      : [`Its script is that of version ${scriptOf.version}; what was changed are data or text around it.`]),
    ...sayOtherName(page, name),
    '',
    `version it names  ${page.version}`,
    `release           ${releaseLine(standing)}`,
    `SHA-256           ${inFours(page.sha256)}`,
    `script            ${page.scriptHash}`,
    ...(page.edition === null ? [] : editionLines(page.edition)),
    '',
  ]
  return lines.join('\n')
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
