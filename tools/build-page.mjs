import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { programBuild } from './program-build.mjs'
import { importTypeScript } from './run.mjs'
import { endWithError, ensureInstalled, isProgram, ROOT, readIfPresent, SetupError, writeWhole } from './setup.mjs'

/** The web verifier as one file. */
export const PAGE = join(ROOT, 'web-verifier', 'dist', 'probatum-verifier.html')
/** The same beside the command line, which serves it and makes editions of it. */
export const PAGE_OF_PROGRAM = join(ROOT, 'cli', 'dist', 'probatum-verifier.html')
/** With its fonts; more would be slow to send and to open on old computers. */
export const PAGE_LIMIT = 7_000_000

const STAMP = join(ROOT, '.cache', 'build', 'probatum-verifier.html.sources')

/** What the policy says before and behind the script's hash; the page's own script compares it. */
const POLICY = /** @type {const} */ ([
  "default-src 'none'; script-src '",
  (/** @type {string} */ style) =>
    `' 'wasm-unsafe-eval'; style-src '${style}'; worker-src blob:; connect-src 'none'; img-src 'none'; font-src 'none'; ` +
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types probatum",
])

/**
 * Bundles built into the page, from the vectors: all of one invented case.
 * @type {{ id: string, shows: string, name: string, base: string, over?: string, mutations: object[] }[]}
 */
const SAMPLES = [
  { id: 'sealed', shows: 'sealed', name: 'sample-sealed.zip', base: 'sealed', mutations: [] },
  {
    id: 'changed',
    shows: 'changed',
    name: 'sample-changed.zip',
    base: 'sealed',
    mutations: [{ op: 'xor', path: 'data/00/000001.txt', offset: 0, mask: 1 }],
  },
  {
    id: 'missing',
    shows: 'missing',
    name: 'sample-missing.zip',
    base: 'sealed',
    mutations: [{ op: 'delete', path: 'data/00/000001.txt' }],
  },
  {
    id: 'added',
    shows: 'added',
    name: 'sample-added.zip',
    base: 'sealed',
    mutations: [{ op: 'write', path: 'data/00/000099.txt', content: 'Nobody sealed this (sample).\n' }],
  },
  {
    id: 'unknown',
    shows: 'unknown',
    name: 'sample-unknown-signer.zip',
    base: 'small',
    over: 'signer-of-other-root',
    mutations: [],
  },
  { id: 'weak', shows: 'weak', name: 'sample-weak-method.zip', base: 'small', over: 'rsa-1024', mutations: [] },
  {
    id: 'withheld',
    shows: 'withheld',
    name: 'sample-withheld.zip',
    base: 'small',
    over: 'custody-event-withheld',
    mutations: [],
  },
]
const SAMPLE_TRUST_SET = 'test-vectors/trust-sets/sample.json'

/** @param {string | Uint8Array} bytes @param {'hex' | 'base64'} form */
const sha256 = (bytes, form) => createHash('sha256').update(bytes).digest(form)

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

/** A base, and what is laid over it. @param {{ base: string, over?: string }} sample */
function foldersOf({ base, over }) {
  return [`test-vectors/bundles/base/${base}`, ...(over === undefined ? [] : [`test-vectors/bundles/over/${over}`])]
}

/** Every file that the page is made from. @param {string} root */
function sources(root) {
  const files = [
    ...['package-lock.json', 'tsconfig.base.json', 'tools/build-page.mjs', 'tools/program-build.mjs', SAMPLE_TRUST_SET],
    ...['web-verifier/index.html', 'web-verifier/vite.config.ts', 'test-vectors/vector.ts'],
  ].map((name) => join(root, name))
  const folders = ['web-verifier/src', 'packages/certificate/fonts', 'test-vectors/archives']
  for (const name of ['certificate', 'core', 'platform', 'words']) folders.push(`packages/${name}/src`)
  for (const folder of new Set(SAMPLES.flatMap(foldersOf))) folders.push(folder)
  for (const folder of folders) collect(join(root, folder), files)
  return files.sort()
}

/** @param {string} root */
function sourcesDigest(root) {
  const digest = createHash('sha256')
  for (const file of sources(root)) {
    const bytes = readFileSync(file)
    digest.update(`${relative(root, file).split(sep).join('/')}\0${bytes.length}\0`).update(bytes)
  }
  return `${digest.digest('hex')}\n`
}

/**
 * @param {string} root
 * @param {string} entry
 * @param {Record<string, unknown>} define
 */
async function script(root, entry, define) {
  const { build } = await import('vite')
  const { scriptConfig } = /** @type {typeof import('../web-verifier/vite.config.ts')} */ (
    await importTypeScript(join(root, 'web-verifier', 'vite.config.ts'))
  )
  const constants = Object.fromEntries(Object.entries(define).map(([name, value]) => [name, JSON.stringify(value)]))
  const built = await build(scriptConfig(root, join(root, entry), constants))
  const outputs = [built].flat().flatMap((one) => ('output' in one ? one.output : []))
  const [chunk, another] = outputs
  if (chunk?.type !== 'chunk' || another !== undefined)
    throw new SetupError(
      `${entry}: one script was expected, and ${outputs.map(({ fileName }) => fileName).join(', ')} came.`,
    )
  // A browser reads these as others in HTML; in strings and patterns the escapes mean the same.
  return requirePlain(chunk.code.replaceAll('\0', '\\x00').replaceAll('\ufeff', '\\uFEFF'), entry)
}

/** What a browser would change in reading it, before its hash is taken. @param {string} text @param {string} where */
function requirePlain(text, where) {
  if (/[\r\0\ufeff]/.test(text)) throw new SetupError(`${where} has characters that a browser reads as others.`)
  return text
}

/** A script inside HTML ends where it says so, even in a string. @param {string} code */
function asElementText(code) {
  return code.replaceAll(/<(?=\/script|!--)/gi, '\\x3C')
}

/**
 * @param {string} root
 * @returns {Promise<{ name: string, bytes: Uint8Array }[]>}
 */
async function blockFiles(root) {
  const { FONT_FILES } = /** @type {typeof import('../packages/certificate/src/text/fonts.ts')} */ (
    await importTypeScript(join(root, 'packages/certificate/src/text/fonts.ts'))
  )
  const { applyMutations, containerBytes } = /** @type {typeof import('../test-vectors/vector.ts')} */ (
    await importTypeScript(join(root, 'test-vectors/vector.ts'))
  )
  const read = (/** @type {string} */ path) => new Uint8Array(readFileSync(join(root, path)))
  const blocks = Object.entries(FONT_FILES).map(([name, { file }]) => ({
    name: `font-${name}`,
    bytes: read(`packages/certificate/fonts/${file}`),
  }))
  for (const name of ['harfbuzz', 'harfbuzz-subset'])
    blocks.push({ name, bytes: new Uint8Array(readFileSync(join(ROOT, `node_modules/harfbuzzjs/dist/${name}.wasm`))) })
  blocks.push({ name: 'sample-trust-set', bytes: read(SAMPLE_TRUST_SET) })
  const { availableLanguages, messagesOf } = /** @type {typeof import('../packages/words/src/languages.ts')} */ (
    await importTypeScript(join(root, 'packages/words/src/languages.ts'))
  )
  for (const language of availableLanguages().filter((code) => code !== 'en'))
    blocks.push({
      name: `messages-${language}`,
      bytes: new TextEncoder().encode(JSON.stringify(messagesOf(language))),
    })
  for (const sample of SAMPLES) {
    const { id, mutations } = sample
    /** @type {Map<string, Uint8Array>} */
    const files = new Map()
    for (const name of foldersOf(sample)) {
      const folder = join(root, name)
      /** @type {string[]} */
      const paths = []
      collect(folder, paths)
      for (const path of paths.sort())
        files.set(relative(folder, path).split(sep).join('/'), new Uint8Array(readFileSync(path)))
    }
    const changed = applyMutations(
      files,
      /** @type {import('../test-vectors/vector.ts').Mutation[]} */ (mutations),
      () => {
        throw new SetupError('a sample takes nothing from elsewhere')
      },
    )
    blocks.push({ name: `sample-${id}`, bytes: Uint8Array.from(containerBytes({ kind: 'zip' }, changed.files)) })
  }
  return blocks
}

/** What a person sees before the script runs; the script has its own. @param {string} root */
function versionOf(root) {
  const version = /'([0-9A-Za-z.+-]+)'/.exec(readFileSync(join(root, 'packages/core/src/version.ts'), 'utf8'))?.[1]
  if (version === undefined) throw new SetupError('packages/core/src/version.ts names no version.')
  return version
}

/**
 * Puts the page together.
 * @param {string} root the repository's top folder; another copy of it gives the same bytes
 * @param {string} [entry] the page's own script; tests have another one
 * @returns {Promise<string>}
 */
export async function makePage(root, entry = 'web-verifier/src/main.ts') {
  // Its output is the same on every Node, zlib's is not.
  const { deflateSync } = await import('fflate')
  const digestWorker = await script(root, 'web-verifier/src/engine/digest-worker-main.ts', {})
  const worker = await script(root, 'web-verifier/src/engine/worker-main.ts', {
    PROBATUM_DIGEST_WORKER: digestWorker,
    PROBATUM_BUILD: programBuild(root),
  })
  // The worker's script is a block too: pressed it has a third of the size, and its digest stands in the page's own script.
  const files = [...(await blockFiles(root)), { name: 'worker', bytes: new TextEncoder().encode(worker) }]
  const blocks = files.map(({ name, bytes }) => {
    const text = Buffer.from(deflateSync(bytes, { level: 9 })).toString('base64')
    return { name, size: bytes.length, sha256: sha256(text, 'hex'), text }
  })
  const template = requirePlain(readFileSync(join(root, 'web-verifier/index.html'), 'utf8'), 'index.html')
  const style = requirePlain(readFileSync(join(root, 'web-verifier/src/view/page.css'), 'utf8'), 'page.css')
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\n\s*/g, '\n')
  if (/<\/style/i.test(style)) throw new SetupError('page.css ends its own element.')
  const [before, behind] = POLICY
  const after = behind(`sha256-${sha256(style, 'base64')}`)
  const main = asElementText(
    await script(root, entry, {
      PROBATUM_BLOCKS: blocks.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
      PROBATUM_POLICY: [before, after],
      PROBATUM_SAMPLES: SAMPLES.map(({ id, shows, name }) => ({ id, shows, name })),
    }),
  )
  const policy = `${before}sha256-${sha256(main, 'base64')}${after}`
  const data = blocks.map(
    ({ name, text }) => `<script type="application/octet-stream" id="data-${name}">${text}</script>\n`,
  )
  return replaced(template, [
    [/<!--[\s\S]*?-->\n?/g, () => ''],
    [
      /<meta charset="utf-8">\n/g,
      (found) =>
        `${found}<meta http-equiv="Content-Security-Policy" content="${policy}">\n` +
        `<meta name="generator" content="probatum ${versionOf(root)}">\n`,
    ],
    [/<link rel="stylesheet" href="[^"]*">/g, () => `<style>${style}</style>`],
    [
      /<script type="module" src="[^"]*"><\/script>\n/g,
      () =>
        `<script type="application/octet-stream" id="edition" data-sha256=""></script>\n${data.join('')}<script>${main}</script>\n`,
    ],
  ])
}

/**
 * @param {string} text
 * @param {[pattern: RegExp, by: (found: string) => string][]} edits each must find something
 */
function replaced(text, edits) {
  let edited = text
  for (const [pattern, by] of edits) {
    if (edited.search(pattern) < 0) throw new SetupError(`index.html: nothing fits ${pattern}`)
    edited = edited.replaceAll(pattern, by)
  }
  return edited
}

/**
 * Builds the page when something that it is made from has changed since the last build.
 * @param {{ force?: boolean }} [options]
 * @throws {SetupError}
 */
export async function ensurePageBuilt({ force = false } = {}) {
  const stamp = sourcesDigest(ROOT)
  if (!force && existsSync(PAGE) && existsSync(PAGE_OF_PROGRAM) && readIfPresent(STAMP) === stamp) return
  const page = await makePage(ROOT)
  const bytes = Buffer.byteLength(page)
  if (bytes > PAGE_LIMIT) throw new SetupError(`The page has ${bytes} bytes, and ${PAGE_LIMIT} are the most.`)
  writeWhole(PAGE, page)
  writeWhole(PAGE_OF_PROGRAM, page)
  writeWhole(STAMP, stamp)
}

if (isProgram(import.meta.url)) {
  try {
    ensureInstalled()
    await ensurePageBuilt({ force: true })
    console.log(`${sha256(readFileSync(PAGE), 'hex')}  ${relative(process.cwd(), PAGE)}`)
  } catch (error) {
    endWithError(error)
  }
}
