import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type PageFile, readPage } from '../cli/src/page-file.ts'
import { publishedName } from '../cli/src/page-name.ts'
import type { PageRelease, PageReleases } from '../cli/src/page-releases.ts'
import { makePage, PAGE } from './build-page.mjs'
import { endWithError, isProgram, ROOT, SetupError, writeWhole } from './setup.mjs'

const LIST = join(ROOT, 'cli/src/page-releases.json')
const USAGE = `usage: node tools/run.mjs tools/release-page.ts --date YYYY-MM-DD [--list FILE] [--out FOLDER]
Adds the page of this version to the list of releases by which \`probatum page check\` knows it, writes it under the name by
which it is published, with its version and the first 8 digits of its SHA-256, beside the built one or into FOLDER, and prints
what the release notes say of it. The page is built anew; it must be the one that was built before, so that what is listed is
what is published.`

/**
 * The list with this page as a release.
 * @throws {SetupError} for an edition, for a page that would not run, and where the version is there with another page
 */
export function withRelease(list: PageReleases, page: PageFile, bytes: number, date: string): PageReleases {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new SetupError(`--date: a day as 2026-12-01, not ${date}.`)
  if (!page.isScriptAllowed || page.isEditionDamaged || page.edition !== null)
    throw new SetupError('Only the plain page is released: this one is an edition, or would not run.')
  const { version, sha256, scriptHash } = page
  if (sha256 !== page.coreSha256) throw new SetupError('The page is not as it was built: its line ends were changed.')
  const known = list.releases.find((one) => one.version === version)
  const release: PageRelease = { version, date, bytes, page: sha256, script: scriptHash }
  if (known === undefined) return { ...list, releases: [...list.releases, release] }
  if (known.page === sha256) return list
  throw new SetupError(
    `Version ${version} was released on ${known.date} with another page. A release is never altered: raise the version.`,
  )
}

/**
 * Writes the page under the name by which people tell copies apart. The build itself keeps its name: its own digest could
 * not stand in what is digested.
 * @param text the page as it was built
 * @returns the new file's path
 * @throws {SetupError} when the text is not the release's page
 */
export function writePublished(text: string, { version, page }: PageRelease, folder: string): string {
  if (createHash('sha256').update(text).digest('hex') !== page)
    throw new SetupError('The page was altered while it was released: run npm run build first.')
  const path = join(folder, publishedName(version, page))
  writeWhole(path, text)
  return path
}

/** For the release notes: what a reader compares. */
export function releaseNotes({ version, bytes, page, script }: PageRelease): string {
  return [
    `${publishedName(version, page)}, ${bytes} bytes`,
    `SHA-256  ${page.match(/.{4}/g)?.join(' ')}`,
    `script   ${script}`,
    'Compare both with what `sha256sum` and the page itself ("Which copy of this page is this?") say.',
    '',
  ].join('\n')
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      date: { type: 'string' },
      list: { type: 'string' },
      out: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true || values.date === undefined) {
    console.log(USAGE)
    if (values.help !== true) process.exitCode = 2
    return
  }
  const path = values.list ?? LIST
  const built = readFileSync(PAGE, 'utf8')
  if ((await makePage(ROOT)) !== built)
    throw new SetupError('The built page is not what the sources give: run npm run build first.')
  const page = await readPage(PAGE)
  const before = JSON.parse(readFileSync(path, 'utf8')) as PageReleases
  const after = withRelease(before, page, Buffer.byteLength(built), values.date)
  if (after !== before) writeWhole(path, `${JSON.stringify(after, null, 2)}\n`)
  const release = after.releases.find(({ version }) => version === page.version)
  if (release === undefined) throw new SetupError('The list does not have the page that was put into it.')
  console.error(writePublished(built, release, values.out ?? dirname(PAGE)))
  process.stdout.write(releaseNotes(release))
}

if (isProgram(import.meta.url)) await main().catch(endWithError)
