import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { directImports } from './direct-imports.mjs'
import { ROOT, SetupError } from './setup.mjs'

/**
 * A program of which only a part is loaded at the start. What every run needs is one module. The rest, a part for each piece of
 * code that is reached by `import()` alone, lies in a second file beside it, a line of JSON for each; a part is read and
 * compiled when it is first imported.
 *
 * esbuild divides the program where an `import()` stands; what two parts share becomes a part of its own, so that every module
 * exists once in a run, as it does in the sources.
 *
 * @typedef {{ readonly name: string, readonly text: string, readonly imports: readonly { readonly path: string, readonly kind: string }[] }} Part
 */

/** How another part is named between the two passes. */
const MARK = 'probatum-part:'

/** Not in one piece: tools/run.mjs puts an address in its place wherever it stands, in texts too. */
export const OWN_ADDRESS = ['import', 'meta', 'url'].join('.')

/** Stands for `import()` of a part. A name that nothing else has. */
const IMPORT = 'importProbatumPart'

/** Gives the exports of a module that is compiled when one of its functions is first called. */
const REQUIRE = 'requireProbatumModule'

/**
 * Puts a function that loads and calls in the place of each function of these modules. For modules that are imported as ever,
 * and needed by few runs: nothing in the sources has to wait for them.
 * @param {readonly string[]} modules relative to the root; they export functions, types, and numbers and texts written out, nothing else
 * @returns {import('esbuild').Plugin}
 */
function whenCalled(modules) {
  const namespace = 'when-called'
  const paths = new Set(modules.map((module) => join(ROOT, module)))
  return {
    name: namespace,
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^\./ }, async ({ path, importer, resolveDir, kind, pluginData }) => {
        if (kind === 'entry-point' || pluginData === namespace) return undefined
        if (!modules.some((module) => basename(module) === basename(path))) return undefined
        const found = await resolve(path, { importer, resolveDir, kind, pluginData: namespace })
        return paths.has(found.path) ? { path: found.path, namespace } : undefined
      })
      onLoad({ filter: /./, namespace }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        const names = [...text.matchAll(/^export (?:async )?function\*? *(\w+)/gm)].map(([, name]) => name)
        // A copy of such a constant is the same value, whoever imports it.
        const constants = [...text.matchAll(/^export const (\w+) = ('[^'\\\n]*'|[\d_]+)$/gm)]
        const others = [...text.matchAll(/^export (?!(?:async )?function|type |interface )/gm)]
        const module = relative(ROOT, path).split(sep).join('/')
        if (names.length === 0 || others.length > constants.length)
          return { errors: [{ text: `${module} exports more than functions.` }] }
        const load = `${REQUIRE}(${JSON.stringify(module)})`
        const contents = [
          ...constants.map(([whole]) => whole),
          ...names.map((name) => `export const ${name} = (...args) => ${load}.${name}(...args)`),
        ]
        return { contents: contents.join('\n') }
      })
    },
  }
}

/** @param {string} path of a chunk, as an import names it */
const nameOf = (path) => basename(path, '.js')

/**
 * @param {import('esbuild').BuildOptions} options without entry points
 * @param {string} entryPoint relative to the root
 * @param {{ readonly always: readonly string[], readonly called: readonly string[] }} rules `always`: modules reached by
 *   `import()` that are compiled at the start all the same; `called`: modules that are not, though they are imported, see `whenCalled`
 * @returns {Promise<{ code: string, partsName: string, parts: string }>} the module, and the file that lies beside it
 */
export async function joinedInParts(options, entryPoint, { always, called }) {
  const { build } = await import('esbuild')
  const { banner: _, ...undecorated } = options
  const divided = await build({
    ...undecorated,
    entryPoints: [entryPoint, ...called],
    entryNames: '[name]-[hash]',
    plugins: [...(options.plugins ?? []), directImports(), whenCalled(called)],
    outdir: 'parts',
    chunkNames: '[name]-[hash]',
    format: 'esm',
    splitting: true,
    legalComments: 'inline',
    metafile: true,
    write: false,
  })
  /** @type {Map<string, Part>} */
  const parts = new Map()
  /** @type {Map<string, string>} */
  const partOfModule = new Map()
  for (const { path, text } of divided.outputFiles) {
    const name = nameOf(path)
    const output = Object.entries(divided.metafile.outputs).find(([file]) => nameOf(file) === name)?.[1]
    if (output === undefined || parts.has(name)) throw new SetupError(`esbuild made a part that nothing names: ${path}`)
    parts.set(name, { name, text, imports: output.imports })
    if (output.entryPoint !== undefined) partOfModule.set(output.entryPoint, name)
  }
  const roots = [entryPoint, ...always].map((module) => {
    const name = partOfModule.get(module)
    if (name === undefined) throw new SetupError(`No import() leads to ${module}, which tools/build.mjs names.`)
    return name
  })
  const early = withImports(roots, parts)
  for (const module of called) {
    const name = partOfModule.get(module)
    if (name === undefined || early.has(name))
      throw new SetupError(`${module} is not apart from what is compiled at the start.`)
  }
  const late = [...parts.values()].filter(({ name }) => !early.has(name))
  const texts = await Promise.all(late.map(async (part) => [part.name, await asFunction(part, options)]))
  return startingModule(roots, [...early].sort(), parts, Object.fromEntries(texts), partOfModule, options)
}

/**
 * The parts that these import, directly and through others, with themselves.
 * @param {readonly string[]} roots
 * @param {ReadonlyMap<string, Part>} parts
 */
function withImports(roots, parts) {
  /** @type {Set<string>} */
  const found = new Set()
  const open = [...roots]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue
    found.add(name)
    for (const { path, kind } of parts.get(name)?.imports ?? [])
      if (kind === 'import-statement' && parts.has(nameOf(path))) open.push(nameOf(path))
  }
  return found
}

/**
 * The body of a function (module, exports, require, address).
 * @param {Part} part
 * @param {import('esbuild').BuildOptions} options
 */
async function asFunction({ name, text }, { target, charset, absWorkingDir = ROOT }) {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    absWorkingDir,
    stdin: { contents: text, sourcefile: `${name}.js`, loader: 'js' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    legalComments: 'eof',
    ...(target === undefined ? {} : { target }),
    ...(charset === undefined ? {} : { charset }),
    supported: { 'dynamic-import': false },
    define: { [OWN_ADDRESS]: 'address' },
    plugins: [othersOutside],
    write: false,
    logLevel: 'silent',
  })
  const body = outputFiles[0]?.text
  if (body === undefined) throw new SetupError(`esbuild gave no output for ${name}.`)
  return body
}

/** Other parts, and Node's own modules, are asked for by name. @type {import('esbuild').Plugin} */
const othersOutside = {
  name: 'others-outside',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined
      return { path: path.startsWith('./') ? MARK + nameOf(path) : path, external: true }
    })
  },
}

/**
 * @param {readonly string[]} roots
 * @param {readonly string[]} early
 * @param {ReadonlyMap<string, Part>} parts
 * @param {Readonly<Record<string, string>>} texts
 * @param {ReadonlyMap<string, string>} partOfModule
 * @param {import('esbuild').BuildOptions} options
 */
async function startingModule(
  roots,
  early,
  parts,
  texts,
  partOfModule,
  { target, charset, banner, absWorkingDir = ROOT },
) {
  const { build } = await import('esbuild')
  const { lines, places } = asLines(texts)
  const partsName = `probatum-${createHash('sha256').update(lines).digest('hex').slice(0, 16)}.parts`
  // The entry point comes last: what it does when it is evaluated may need all the others.
  const inOrder = [...early.filter((name) => name !== roots[0]), roots[0]]
  const contents = [
    ...inOrder.map((name, at) => `import * as part${at} from '${MARK}${name}'`),
    `const made = { ${inOrder.map((name, at) => `${JSON.stringify(name)}: part${at}`).join(', ')} }`,
    `const partsName = ${JSON.stringify(partsName)}`,
    `const places = ${JSON.stringify(places)}`,
    `const partOfModule = ${JSON.stringify(Object.fromEntries([...partOfModule].filter(([, name]) => name in texts)))}`,
    LOADER,
  ].join('\n')
  const { outputFiles } = await build({
    absWorkingDir,
    stdin: { contents, sourcefile: 'start.js', loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    legalComments: 'eof',
    ...(target === undefined ? {} : { target }),
    ...(charset === undefined ? {} : { charset }),
    ...(banner === undefined ? {} : { banner }),
    plugins: [partsInside(parts)],
    // That was done when the program was divided; the loader would go, which nothing calls yet.
    treeShaking: false,
    write: false,
    logLevel: 'silent',
  })
  const text = outputFiles[0]?.text
  if (text === undefined) throw new SetupError('esbuild gave no output for the parts.')
  // Its own names must stay; parameters may be others, where a part has something of the same name.
  if (!text.includes(`function ${IMPORT}(`) || !text.includes(`function ${REQUIRE}Here(`))
    throw new SetupError('The loader of the parts was renamed.')
  const code = withoutImports(text)
    .replaceAll(`${REQUIRE}(`, `${REQUIRE}Here(`)
    .replaceAll(new RegExp(`\\bimport\\("${MARK}([^"]+)"\\)`, 'g'), `${IMPORT}("$1")`)
  // esbuild leaves comments and regular expressions as they are.
  return { code: asAscii(code), partsName, parts: lines }
}

/** Modules of Node's that are loaded when something of theirs is first used, where they are imported as a whole. */
const LOADED_WHEN_USED = new Set(['node:zlib', 'node:worker_threads'])

/**
 * An import asks a module of Node's for everything that it has, and so loads what it would load when asked for.
 * @param {string} text as esbuild writes it: an import is a line
 */
function withoutImports(text) {
  return text.replaceAll(/^import (\{[^{}\n]*\}|\w+) from "([a-z_:/]+)";$/gm, (_, what, path) => {
    const load = `require(${JSON.stringify(path)})`
    if (what.startsWith('{')) return `const ${what.replaceAll(' as ', ': ')} = ${load};`
    if (!LOADED_WHEN_USED.has(path)) return `const ${what} = ${load};`
    return `const ${what} = new Proxy({}, { get: (_, name) => ${load}[name] });`
  })
}

/** An escape means the same in a text, a pattern and a name; a file of ASCII is decoded, kept and read in half the memory. @param {string} text */
function asAscii(text) {
  return text.replaceAll(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/**
 * @param {Readonly<Record<string, string>>} texts
 * @returns a text in ASCII, a line of JSON for each, and where in it each line lies: its first byte, its length, and its SHA-256
 */
function asLines(texts) {
  /** @type {Record<string, readonly [at: number, length: number, sha256: string]>} */
  const places = {}
  let lines = ''
  for (const [name, text] of Object.entries(texts)) {
    const line = asAscii(JSON.stringify(text))
    places[name] = [lines.length, line.length, createHash('sha256').update(line).digest('hex')]
    lines += `${line}\n`
  }
  return { lines, places }
}

/**
 * Early parts are put together; what they import later is left to the loader.
 * @param {ReadonlyMap<string, Part>} parts
 * @returns {import('esbuild').Plugin}
 */
function partsInside(parts) {
  return {
    name: 'parts-inside',
    setup({ onResolve, onLoad }) {
      const namespace = 'part'
      onResolve({ filter: /./ }, ({ path, kind }) => {
        if (kind === 'entry-point') return undefined
        const name = path.startsWith('./') ? nameOf(path) : path.startsWith(MARK) ? path.slice(MARK.length) : undefined
        if (name === undefined) return { path, external: true }
        return kind === 'dynamic-import' ? { path: MARK + name, external: true } : { path: name, namespace }
      })
      onLoad({ filter: /./, namespace }, ({ path }) => {
        const contents = parts.get(path)?.text
        return contents === undefined ? { errors: [{ text: `There is no part ${path}.` }] } : { contents, loader: 'js' }
      })
    },
  }
}

/**
 * Reads, compares and compiles a part. A part that is not there, or not the one that was built with the rest, ends the
 * run with 70 and without a verdict. Its name in a stack tells which part an error comes from.
 */
const LOADER = `\
const PARAMETERS = ['module', 'exports', 'require', 'address', '${REQUIRE}']
function textOf(name) {
  if (!Object.hasOwn(places, name)) throw new Error('This program has no part ' + name)
  const [at, length, sha256] = places[name]
  const fs = require('node:fs')
  const file = fs.openSync(new URL('./' + partsName, ${OWN_ADDRESS}), 'r')
  try {
    const bytes = Buffer.alloc(length)
    const isWhole = fs.readSync(file, bytes, 0, length, at) === length
    if (!isWhole || require('node:crypto').createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new Error(partsName + ' was changed: it is not the one that was built with this program.')
    return JSON.parse(bytes.toString('latin1'))
  } finally {
    fs.closeSync(file)
  }
}
function requirePart(path) {
  if (!path.startsWith('${MARK}')) return require(path)
  const name = path.slice(${MARK.length})
  if (Object.hasOwn(made, name)) return made[name]
  const text = textOf(name)
  const module = { exports: {} }
  made[name] = module.exports
  const evaluate = require('node:vm').compileFunction(text, PARAMETERS, { filename: 'probatum/' + name })
  evaluate(module, module.exports, requirePart, ${OWN_ADDRESS}, ${REQUIRE}Here)
  made[name] = module.exports
  return module.exports
}
async function ${IMPORT}(name) {
  // Not before the whole file is evaluated.
  await undefined
  return requirePart('${MARK}' + name)
}
function ${REQUIRE}Here(path) {
  return requirePart('${MARK}' + partOfModule[path])
}`
