import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** Where everything comes from that a report or a certificate says; the lock file names the libraries. */
const FOLDERS = ['packages/core/src', 'packages/words/src', 'packages/certificate/src']
const FILES = ['package-lock.json']

/**
 * Identity of the program among others of its version: SHA-256 over path, size and bytes of its sources, tests left
 * out, hex. The command line and the page of one checkout have the same.
 * @param {string} root the repository's top folder
 * @returns {string}
 */
export function programBuild(root) {
  const files = FILES.map((name) => join(root, name))
  for (const folder of FOLDERS)
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isFile() && !/\.test\.[a-z]+$/.test(entry.name) && !/[\\/]testing[\\/]/.test(path)) files.push(path)
    }
  const digest = createHash('sha256')
  const named = files.map((path) => ({ path, name: relative(root, path).split(sep).join('/') }))
  for (const { path, name } of named.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const bytes = readFileSync(path)
    digest.update(`${name}\0${bytes.length}\0`).update(bytes)
  }
  return digest.digest('hex')
}
