import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isProgram, ROOT } from '../setup.mjs'
import { type CertificateCase, sampleCertificate } from './cases.ts'

/**
 * The sample certificate for people to look at: `node tools/run.mjs tools/certificates/sample.ts` makes it, with a picture of
 * each page (pdftoppm); with `--check` it says whether what is there is current, and ends with 1 if not.
 */
const FOLDER = join(ROOT, 'docs', 'certificate-sample')
const CASE: CertificateCase = {
  name: 'sample',
  template: { id: 'general', choice: null },
  language: 'en',
  paper: 'a4',
}
const DOTS_PER_INCH = 72

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** What says which PDF the pictures were drawn from: drawing differs between versions of poppler, the PDF does not. */
interface Drawn {
  readonly pdf: string
  readonly pages: Readonly<Record<string, string>>
}

/** What is not current about the sample in the repository; empty when nothing is. */
export async function staleParts(): Promise<readonly string[]> {
  const { pdf, sidecar } = await sampleCertificate(CASE)
  const same = (name: string, bytes: Uint8Array) => {
    const path = join(FOLDER, name)
    return existsSync(path) && sha256(readFileSync(path)) === sha256(bytes)
  }
  const stale = [
    ...(same('certificate.pdf', pdf) ? [] : ['certificate.pdf']),
    ...(same('certificate.pdf.json', sidecar) ? [] : ['certificate.pdf.json']),
  ]
  const path = join(FOLDER, 'pages.json')
  const drawn: Drawn = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { pdf: '', pages: {} }
  if (drawn.pdf !== sha256(pdf)) stale.push('pages.json')
  const pictures = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.png')) : []
  for (const name of new Set([...Object.keys(drawn.pages), ...pictures]))
    if (!existsSync(join(FOLDER, name)) || sha256(readFileSync(join(FOLDER, name))) !== drawn.pages[name])
      stale.push(name)
  return stale
}

async function make(): Promise<void> {
  const { pdf, sidecar } = await sampleCertificate(CASE)
  mkdirSync(FOLDER, { recursive: true })
  for (const name of readdirSync(FOLDER)) if (name.endsWith('.png')) rmSync(join(FOLDER, name))
  const path = join(FOLDER, 'certificate.pdf')
  writeFileSync(path, pdf)
  writeFileSync(`${path}.json`, sidecar)
  execFileSync('pdftoppm', ['-r', String(DOTS_PER_INCH), '-gray', '-png', path, join(FOLDER, 'page')])
  const pages = Object.fromEntries(
    readdirSync(FOLDER)
      .filter((name) => name.endsWith('.png'))
      .sort()
      .map((name) => [name, sha256(readFileSync(join(FOLDER, name)))]),
  )
  writeFileSync(join(FOLDER, 'pages.json'), `${JSON.stringify({ pdf: sha256(pdf), pages }, null, 2)}\n`)
}

if (isProgram(import.meta.url)) {
  if (process.argv.includes('--check')) {
    const stale = await staleParts()
    for (const name of stale) console.log(`docs/certificate-sample/${name} is not current`)
    process.exitCode = stale.length > 0 ? 1 : 0
  } else await make()
}
