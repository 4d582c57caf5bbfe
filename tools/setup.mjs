import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { requireNode } from './node-version.mjs'

/** The repository's top folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))

/** Where third-party conformance data is looked for when no `--data DIR` names another place. */
export const CONFORMANCE_DATA = join(dirname(ROOT), 'shared', 'conformance')

/** A failure whose message is all that a person needs: it is printed without a stack. */
export class SetupError extends Error {}

/**
 * Writes a file so that another process sees the old bytes or the new ones, never a part.
 * @param {string} path
 * @param {string | Uint8Array} bytes
 * @param {number} [mode]
 */
export function writeWhole(path, bytes, mode = 0o644) {
  mkdirSync(dirname(path), { recursive: true })
  const unfinished = `${path}.${process.pid}.tmp`
  writeFileSync(unfinished, bytes, { mode })
  renameSync(unfinished, path)
}

/**
 * @param {string} path
 * @returns {string | undefined} the text, undefined when there is no such file
 */
export function readIfPresent(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return
    throw error
  }
}

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, os?: string[], cpu?: string[] }} LockedPackage */

/**
 * Whether an installed tree is the one that the lock file describes, by npm's own record of the installation.
 * A package of another platform may be missing, nothing else may, and nothing may be there besides.
 * @param {string} lockText package-lock.json
 * @param {string | undefined} installedText node_modules/.package-lock.json
 * @param {{ platform: string, arch: string }} system
 */
export function installedMatches(lockText, installedText, system) {
  if (installedText === undefined) return false
  /** @type {Record<string, LockedPackage>} */
  const locked = JSON.parse(lockText).packages
  /** @type {Record<string, LockedPackage>} */
  const installed = JSON.parse(installedText).packages
  for (const [path, entry] of Object.entries(locked)) {
    if (!path.startsWith('node_modules/')) continue
    const found = installed[path]
    if (found === undefined) {
      // Optional packages are one platform's binaries, and what only those need. libc is left to npm to judge.
      const ours = entry.os?.includes(system.platform) && entry.cpu?.includes(system.arch) && !('libc' in entry)
      if (entry.optional === true && !ours) continue
      return false
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity || found.link !== entry.link)
      return false
  }
  return Object.keys(installed).every((path) => !path.startsWith('node_modules/') || path in locked)
}

/**
 * npm as it was started, so that `npm start` installs with the npm that runs it.
 * @param {string[]} args
 */
function runNpm(args) {
  const npm = process.env.npm_execpath
  /** @type {import('node:child_process').SpawnSyncOptionsWithStringEncoding} */
  const options = { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 }
  if (npm !== undefined && basename(npm) === 'npm-cli.js') return spawnSync(process.execPath, [npm, ...args], options)
  // On Windows npm is a .cmd file, which only a shell can start; every argument here is a constant.
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

/**
 * Installs the dependencies when node_modules is missing or is not what package-lock.json says. Silent when there is
 * nothing to do; one line on stderr when there is; npm's own output only when it fails.
 * @throws {SetupError}
 */
export function ensureInstalled() {
  const lock = readIfPresent(join(ROOT, 'package-lock.json'))
  if (lock === undefined) throw new SetupError('package-lock.json is missing: this is not a whole checkout.')
  const stampFile = join(ROOT, 'node_modules', '.probatum-lock')
  const stamp = `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`
  if (readIfPresent(stampFile) === stamp) return
  // A tree that `npm install` has just made is kept: `npm ci` would delete and fetch it again.
  const installed = readIfPresent(join(ROOT, 'node_modules', '.package-lock.json'))
  if (!installedMatches(lock, installed, process)) {
    process.stderr.write('Installing the dependencies that package-lock.json names …\n')
    const npm = runNpm(['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
    if (npm.error !== undefined) throw new SetupError(`npm could not be started: ${npm.error.message}`)
    if (npm.signal !== null) throw new SetupError(`npm ci was stopped (${npm.signal}).`)
    if (npm.status !== 0) {
      process.stderr.write(npm.stdout + npm.stderr)
      throw new SetupError(
        `The dependencies could not be installed: npm ci ended with ${npm.status}; its words stand above.\n` +
          'The first run needs the network, later ones do not.',
      )
    }
  }
  writeWhole(stampFile, stamp)
}

/**
 * Prints why a tool could not go on and ends with 70, never with 1: 1 is a verdict.
 * @param {unknown} error
 * @returns {never}
 */
export function endWithError(error) {
  if (error instanceof SetupError) console.error(error.message)
  else console.error(error)
  process.exit(70)
}

/**
 * @param {string} moduleUrl `import.meta.url` of the caller
 * @returns {boolean} whether that module is the program that Node was started with
 */
export function isProgram(moduleUrl) {
  const started = process.argv[1]
  // Node's own module address has no symbolic links in it, what was typed may.
  return started !== undefined && existsSync(started) && moduleUrl === pathToFileURL(realpathSync(started)).href
}

if (isProgram(import.meta.url)) {
  requireNode()
  try {
    ensureInstalled()
  } catch (error) {
    endWithError(error)
  }
}
