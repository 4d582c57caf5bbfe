import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Programs beside Node and git that tests compare with. */
export const STOCK_TOOLS = [
  'age',
  'base32',
  'certutil',
  'chromium',
  'find',
  'java',
  'md5sum',
  'mutool',
  'openssl',
  'pdfdetach',
  'pdfinfo',
  'pdfsig',
  'pdftoppm',
  'pdftotext',
  'pkcs11-tool',
  'python3',
  'qpdf',
  'sh',
  'sha256sum',
  'sha512sum',
  'softhsm2-util',
  'tar',
  'tr',
  'unzip',
  'xargs',
  'zip',
]

const NEEDS = /^\/\/ Needs: ([a-z0-9, -]+)\.$/m

/**
 * The stock tools that a test file says it needs, in a line `// Needs: openssl, zip.`
 * @param {string} text
 * @returns {string[]}
 */
export function neededTools(text) {
  return NEEDS.exec(text)?.[1]?.split(', ') ?? []
}

/** @param {string} tool */
function isInstalled(tool) {
  const names = process.platform === 'win32' ? [`${tool}.exe`, `${tool}.cmd`] : [tool]
  return (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => names.some((name) => folder !== '' && existsSync(join(folder, name))))
}

/**
 * Test files that cannot run here, with the tools that they lack.
 * @param {readonly string[]} files
 * @param {(tool: string) => boolean} installed
 * @returns {{ file: string, missing: string[] }[]}
 */
export function withoutTheirTools(files, installed = isInstalled) {
  return files.flatMap((file) => {
    const missing = neededTools(readFileSync(file, 'utf8')).filter((tool) => !installed(tool))
    return missing.length > 0 ? [{ file, missing }] : []
  })
}

const FOLDERS = ['packages', 'cli', 'web-verifier', 'tools', 'test-vectors']

/**
 * Every test file of the repository, as paths with `/` below `root`.
 * @param {string} root
 * @returns {string[]}
 */
export function testFiles(root) {
  return FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => path.endsWith('.test.ts') && !/(^|\/)(node_modules|dist)\//.test(path)),
  )
}
