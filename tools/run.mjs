import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, unlinkSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { endWithError, ensureInstalled, isProgram, ROOT, SetupError, writeWhole } from './setup.mjs'

const FOLDER = join(ROOT, '.cache', 'run')
const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000

/**
 * What `import.meta.url` says in a bundle is the bundle's own address; here it stays the source file's, so that a tool
 * finds the files that lie beside it.
 * @type {import('esbuild').Plugin}
 */
const ownAddress = {
  name: 'own-address',
  setup({ onLoad }) {
    onLoad({ filter: /\.[mc]?[jt]s$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8')
      if (!text.includes('import.meta.')) return undefined
      return {
        contents: text
          .replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(path).href))
          .replaceAll(/\bimport\.meta\.filename\b/g, JSON.stringify(path)),
        loader: /ts$/.test(path) ? 'ts' : 'js',
      }
    })
  },
}

/** Packages from node_modules are imported from there; the workspaces are part of the program. @type {import('esbuild').Plugin} */
const packagesOutside = {
  name: 'packages-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@probatum/') ? undefined : { path, external: true },
    )
  },
}

/** Removes what earlier versions of the same program left. A bundle of the last day may still be in use. @param {string} name */
function removeOld(name) {
  for (const file of readdirSync(FOLDER)) {
    if (!file.startsWith(`${name}-`)) continue
    const path = join(FOLDER, file)
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > KEPT_MILLISECONDS) unlinkSync(path)
  }
}

/**
 * Loads a TypeScript module of this repository with its imports, on a Node that cannot read TypeScript itself.
 * The module is made anew at each call, named by its content, so no stale one is ever loaded.
 * @param {string} path
 * @returns {Promise<Record<string, unknown>>} the module's exports
 * @throws {SetupError} when it cannot be built; whatever the module itself throws
 */
export async function importTypeScript(path) {
  const { build, formatMessages } = await import('esbuild')
  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: [path],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: `node${process.versions.node}`,
    conditions: ['probatum-source'],
    charset: 'utf8',
    sourcemap: 'inline',
    sourcesContent: false,
    plugins: [ownAddress, packagesOutside],
    outdir: FOLDER,
    write: false,
    logLevel: 'silent',
  }).catch(async (error) => {
    const lines = await formatMessages(error.errors ?? [], { kind: 'error' })
    throw new SetupError(lines.length > 0 ? lines.join('\n') : String(error))
  })
  const bytes = result.outputFiles[0]?.contents
  if (bytes === undefined) throw new SetupError(`esbuild gave no output for ${path}.`)
  const name = basename(path).replace(/\.[mc]?[jt]s$/, '')
  const digest = createHash('sha256').update(bytes).digest('hex')
  const file = join(FOLDER, `${name}-${digest.slice(0, 32)}.mjs`)
  if (!existsSync(file)) {
    writeWhole(file, bytes)
    removeOld(name)
  }
  process.setSourceMapsEnabled(true)
  return import(pathToFileURL(file).href)
}

/** @param {string[]} args a TypeScript file and its arguments */
async function run([file, ...args]) {
  if (file === undefined) {
    console.error('usage: node tools/run.mjs FILE.ts [ARGUMENT…]')
    process.exit(2)
  }
  const path = resolve(file)
  if (!existsSync(path)) throw new SetupError(`There is no file ${relative(process.cwd(), path)}.`)
  ensureInstalled()
  process.argv = [process.execPath, path, ...args]
  await importTypeScript(path)
}

if (isProgram(import.meta.url)) await run(process.argv.slice(2)).catch(endWithError)
