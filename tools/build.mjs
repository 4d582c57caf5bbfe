import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { endWithError, ensureInstalled, isProgram, ROOT, readIfPresent, SetupError, writeWhole } from './setup.mjs'

/** The command line as one file: what `npm start` runs and what the package `probatum-cli` ships. */
export const BUNDLE = join(ROOT, 'cli', 'dist', 'probatum.mjs')

/**
 * Runs before everything else in the bundle. CommonJS among the dependencies calls `require`, which a module does not have.
 * Node ends with 1 when something is thrown and not caught, even while modules are loading; but 1 is a verdict, so it
 * ends with 70, unless the command line has said what to do. A worker's errors go to the thread that started it.
 */
const PREAMBLE = `\
import { createRequire as createRequireHere } from 'node:module'
import { isMainThread as isMainThreadHere } from 'node:worker_threads'
const require = createRequireHere(import.meta.url)
if (isMainThreadHere)
  process.on('uncaughtException', (error) => {
    if (process.listenerCount('uncaughtException') > 1) return
    console.error(error)
    process.exit(70)
  })`

/**
 * yargs loads what lays out its help before it knows whether anybody asks for help, and the patterns of that (every
 * emoji there is) take a fifth of the time of a small verification. Here it is loaded at the first call.
 * @type {import('esbuild').Plugin}
 */
const helpLayoutWhenAsked = {
  name: 'help-layout-when-asked',
  setup({ onResolve, onLoad, resolve }) {
    const namespace = 'when-asked'
    onResolve({ filter: /^(?:cliui|string-width)$/ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
      if (pluginData === namespace || !/[\\/]yargs[\\/]lib[\\/]platform-shims[\\/]/.test(importer)) return undefined
      const found = await resolve(path, { importer, resolveDir, kind, pluginData: namespace })
      return found.errors.length > 0 ? found : { path: found.path, namespace }
    })
    onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `export default (...args) => { const it = require(${JSON.stringify(path)}); return (it.default ?? it)(...args) }`,
      resolveDir: ROOT,
    }))
  },
}

const STAMP = join(ROOT, '.cache', 'build', 'probatum.mjs.sources')

/**
 * @param {string} folder
 * @param {string[]} found
 */
function collect(folder, found) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) collect(path, found)
    else if (!/\.test\.[a-z]+$/.test(entry.name)) found.push(path)
  }
}

/** @returns {string} a digest over the names and bytes of everything that the bundle is made from */
function sourcesDigest() {
  /** @type {string[]} */
  const files = ['package-lock.json', 'tsconfig.base.json', 'tools/build.mjs'].map((name) => join(ROOT, name))
  for (const folder of ['cli', ...readdirSync(join(ROOT, 'packages')).map((name) => join('packages', name))]) {
    const source = join(ROOT, folder, 'src')
    if (!existsSync(source)) continue
    files.push(join(ROOT, folder, 'package.json'))
    collect(source, files)
  }
  // By content, not by file times: a checkout of an older commit sets new times, and a copy may keep old ones.
  const digest = createHash('sha256')
  for (const file of files.sort()) {
    const bytes = readFileSync(file)
    digest.update(`${relative(ROOT, file).split(sep).join('/')}\0${bytes.length}\0`).update(bytes)
  }
  return `${digest.digest('hex')}\n`
}

/**
 * @param {string} entryPoint
 * @param {import('esbuild').BuildOptions} options
 * @returns {Promise<string>} the program as one text
 * @throws {SetupError}
 */
async function joined(entryPoint, options) {
  const { build } = await import('esbuild')
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: [entryPoint],
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    conditions: ['probatum-source'],
    charset: 'utf8',
    ...options,
    write: false,
    logLevel: 'silent',
  }).catch(async (error) => {
    const { formatMessages } = await import('esbuild')
    const lines = await formatMessages(error.errors ?? [], { kind: 'error' })
    throw new SetupError(lines.length > 0 ? lines.join('\n') : String(error))
  })
  const text = result.outputFiles?.[0]?.text
  if (text === undefined) throw new SetupError(`esbuild gave no output for ${entryPoint}.`)
  return text
}

/** @throws {SetupError} */
async function bundle() {
  // A thread that loaded the whole command line would be ready when the others have done half of the work.
  const worker = await joined('packages/platform/src/node/digest-worker-main.ts', { format: 'cjs' })
  const main = await joined('cli/src/main.ts', {
    outfile: BUNDLE,
    format: 'esm',
    legalComments: 'eof',
    banner: { js: PREAMBLE },
    define: { PROBATUM_DIGEST_WORKER: JSON.stringify(worker) },
    plugins: [helpLayoutWhenAsked],
  })
  const text = main.startsWith('#!') ? main : `#!/usr/bin/env node\n${main}`
  writeWhole(BUNDLE, text, 0o755)
}

/**
 * Builds the command line when a source, a package.json or the lock file has changed since the last build.
 * @param {{ force?: boolean }} [options]
 * @throws {SetupError}
 */
export async function ensureBuilt({ force = false } = {}) {
  const stamp = sourcesDigest()
  if (!force && existsSync(BUNDLE) && readIfPresent(STAMP) === stamp) return
  await bundle()
  writeWhole(STAMP, stamp)
}

if (isProgram(import.meta.url)) {
  try {
    ensureInstalled()
    await ensureBuilt({ force: true })
  } catch (error) {
    endWithError(error)
  }
}
