import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { importsOf, ScanError, scanSource } from './scan-source.mjs'
import { isProgram, ROOT } from './setup.mjs'

/** @typedef {{ path: string, line: number, message: string }} Violation */
/** @typedef {{ at: RegExp, message: string }} Ban */
/** @typedef {import('./scan-source.mjs').ScannedSource} ScannedSource */

/**
 * What each package may import besides its own files. Lower layers know nothing of upper ones: a check that could
 * reach the network, a clock or the terminal could not be trusted to say the same thing everywhere.
 * @type {Record<string, { allowed: RegExp[], node?: RegExp }>}
 */
const LAYERS = {
  'packages/core': { allowed: [/^@noble\/hashes\//] },
  'packages/words': { allowed: [/^@probatum\/core$/] },
  'packages/platform': {
    allowed: [/^@probatum\/core$/, /^@noble\//, /^age-encryption$/, /^hash-wasm(\/|$)/],
    node: /^src\/node\//,
  },
  'packages/seal': {
    allowed: [
      /^@probatum\/core$/,
      /^@noble\//,
      /^pkijs$/,
      /^asn1js$/,
      /^@peculiar\/x509$/,
      /^reflect-metadata$/,
      /^age-encryption$/,
    ],
  },
  'packages/certificate': {
    allowed: [
      /^@probatum\/(core|words(\/(certificate|languages))?)$/,
      /^@noble\/hashes\//,
      /^pdf-lib$/,
      /^harfbuzzjs(\/|$)/,
      /^bidi-js$/,
      /^uqr$/,
    ],
  },
  // Of seal only what reads private keys: a page that verifies has nothing that seals.
  'web-verifier': {
    allowed: [
      /^@probatum\/(core|words(\/(certificate|languages))?|certificate|seal\/keys)$/,
      /^@probatum\/platform\/browser$/,
    ],
  },
  cli: { allowed: [/^@probatum\//, /^yargs(\/|$)/], node: /^src\// },
}

/** What core may not contain: a clock, randomness, the network, a host, a locale. @type {Ban[]} */
const IMPURE = [
  { at: /(?<![\w$.])Date\s*\.\s*now\b/g, message: 'core has no clock: Date.now' },
  { at: /(?<![\w$.])new\s+Date\b/g, message: 'core has no clock: new Date' },
  { at: /(?<![\w$.])performance\s*\./g, message: 'core has no clock: performance' },
  { at: /(?<![\w$.])set(Timeout|Interval|Immediate)\b/g, message: 'core has no clock: timers' },
  { at: /(?<![\w$.])Math\s*\.\s*random\b/g, message: 'core has no randomness: Math.random' },
  { at: /(?<![\w$.])crypto\s*\./g, message: 'core has no host: crypto (use a port)' },
  { at: /(?<![\w$.])process\s*(\?\.|\.|\[)/g, message: 'core has no host: process' },
  { at: /(?<![\w$.])globalThis\b/g, message: 'core has no host: globalThis' },
  { at: /(?<![\w$.])Buffer\b/g, message: 'core has no host: Buffer (use Uint8Array)' },
  { at: /(?<![\w$.])(document|window|self|navigator)\s*(\?\.|\.|\[)/g, message: 'core has no host: the DOM' },
  { at: /(?<![\w$.])fetch\s*\(/g, message: 'core has no network: fetch' },
  {
    at: /\blocaleCompare\b|\btoLocale\w*|(?<![\w$.])Intl\b/g,
    message: 'core has no locale: compare bytes or code units',
  },
  { at: /(?<![\w$.])eval\s*\(|(?<![\w$.])new\s+Function\b/g, message: 'core runs no text as code' },
]

/**
 * What is remembered of a path or of revocation is given again for times that no comparison tells apart (model/instant.ts): a look
 * into a moment that goes past its functions would not be seen. Reading a certificate is no judgement.
 * @type {Ban}
 */
const INSIDE_INSTANT = {
  at: /\b(epochSeconds|fraction)\b/g,
  message: 'a moment is compared, written or reckoned with by model/instant.ts alone',
}
const PARSES_TIMES = 'packages/core/src/pki/certificate-parse.ts'

/** Verify and chain calls of the libraries: they accept what they must refuse, so they never decide. @type {Ban[]} */
const LIBRARY_JUDGEMENT = [
  'CertificateChainValidationEngine',
  'X509ChainBuilder',
  'isCertificateRevoked',
  'getCertificateStatus',
  'findRevoked',
].map((name) => ({ at: new RegExp(`\\b${name}\\b`, 'g'), message: `a library must not judge: ${name}` }))
/** `.verify(` on anything but WebCrypto's own, where objects of those libraries exist. @type {Ban} */
const LIBRARY_VERIFY = {
  at: /(?<!\bsubtle\s*)(\?\.|\.)\s*verify\s*\(/g,
  message: 'a library must not judge: .verify( on what may be an object of pkijs or @peculiar/x509',
}

/**
 * What the page may not do with texts: names in evidence are hostile, so that nothing here reads a text as markup or as a
 * program, and nothing asks the browser how to say a date or number, because browsers differ. @type {Ban[]}
 */
const MARKUP = [
  {
    at: /\b(innerHTML|outerHTML|insertAdjacentHTML|srcdoc|createContextualFragment|DOMParser|(set|parse)HTML(Unsafe)?)\b|(?<![\w$])document\s*\.\s*write(ln)?\b/g,
    message: 'the page makes no element from text: createElement and textContent',
  },
  { at: /(?<![\w$.])eval\s*\(|(?<![\w$.])new\s+Function\b/g, message: 'the page runs no text as code' },
  {
    at: /\blocaleCompare\b|\btoLocale\w*|(?<![\w$.])Intl\b/g,
    message: 'the page asks no browser for its words: texts/rules.ts',
  },
]

/** Sources that the page is made of. */
const IN_PAGE =
  /^(web-verifier\/|packages\/(words|certificate)\/|packages\/platform\/src\/(?!node\/)|packages\/seal\/src\/(keys|der)\/)/

/** Ways out of the page, whether or not its policy stops them (docs/adr/0013-a-page-that-checks-itself.md). @type {Ban[]} */
const NETWORK = [
  {
    at: /\b(fetch|fetchLater|sendBeacon|importScripts)\s*\(|\b(XMLHttpRequest|WebSocket(Stream)?|WebTransport|EventSource|RTCPeerConnection|webkitRTCPeerConnection|SharedWorker|serviceWorker)\b/g,
    message: 'the page reaches no network',
  },
  {
    at: /(?<![\w$.])(window|globalThis|self)\s*\.\s*open\b|(?<![\w$.#])open\s*\(\s*['"`]/g,
    message: 'the page opens no other page',
  },
  {
    at: /(?<![\w$])location\s*(\.\s*(href|hash|search)\s*)?=(?!=)|\blocation\s*\.\s*(assign|replace)\s*\(/g,
    message: 'the page goes nowhere',
  },
]

/** Where sentences for people stand. */
const SPEAKS = new Set(['packages/words', 'packages/certificate', 'cli', 'web-verifier'])
/** Words that claim more than a verification can know. Such a line may stand where it defines this ban. */
const CLAIMS = /\b(authentic(ity)?|genuine(ly|ness)?|(in)?admissib(le|ility)|tamper(ed|ing|s)?)\b/gi
const CLAIMS_EXEMPT = /\/\/ word-list\b/

/** Modules of Node that open a connection, or look up an address. */
const NODE_NETWORK = /^node:(http|https|http2|net|tls|dns|dgram)(\/|$)/
/** The files of the command line that may: to ask somebody; to tell addresses apart; to serve a page on this computer. */
const IMPORTS_NETWORK = new Set([
  'cli/src/network/authority-transport.ts',
  'cli/src/network/private-address.ts',
  'cli/src/network/validation-transport.ts',
  'cli/src/commands/serve.ts',
])
/**
 * Who loads what asks: what `--tsa` and `--online` stand for, which seal, certificate sign, redact and renew have. By import() where
 * it is used, so that no other command has code for a network in memory.
 */
const ASKING = /^cli\/src\/network\/(authority|validation)-transport\.ts$/
const ASKED_BY = new Set(['cli/src/network/time-stamp-authorities.ts', 'cli/src/network/validation-choice.ts'])
/** The platform's own ways out, where a transport is a parameter. @type {Ban} */
const OWN_FETCH = {
  at: /(?<![\w$.#])fetch\s*\(|\bglobalThis\s*\.\s*fetch\b|\b(XMLHttpRequest|WebSocket|EventSource)\b/g,
  message: 'only authority-transport.ts asks somebody: fetch is a parameter',
}

const TEST = /\.test\.[a-z]+$/
const SCRIPT = /\.[cm]?[jt]sx?$/

/**
 * @param {string} text
 * @param {number} offset
 */
function lineOf(text, offset) {
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line += 1
  return line
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]} paths with `/`, relative to `root`, in order
 */
function filesUnder(root, folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path))
    .sort()
}

/**
 * @param {string} specifier
 * @returns {string} the package that a bare specifier names
 */
function packageOf(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/**
 * Why a module may not import another one.
 * @param {string} owner the folder of its package
 * @param {string} path the importing file, relative to the root
 * @param {string} specifier
 * @param {ReadonlySet<string>} declared run-time dependencies in the package's package.json
 * @returns {string | undefined}
 */
function whyNot(owner, path, specifier, declared) {
  const isTest = TEST.test(path)
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier)
    const inside = owner.startsWith('packages/') ? `${owner}/src/` : `${owner}/`
    // Test data and the tools that make it lie outside the packages.
    const forTests = isTest && /^(test-vectors|tools|examples)\//.test(target)
    if (!target.startsWith(inside) && !forTests) return `a relative import leaves ${inside.slice(0, -1)}: ${specifier}`
    if (/^packages\/platform\/src\/browser\//.test(path) && /^packages\/platform\/src\/node\//.test(target))
      return `the browser's adapters import Node's: ${specifier}`
    return undefined
  }
  if (specifier.startsWith('/') || specifier.startsWith('#'))
    return `an import that is neither relative nor a package: ${specifier}`
  if (owner !== 'cli' && /^(probatum-cli|cli)(\/|$)/.test(specifier))
    return `nothing in packages imports the command line: ${specifier}`
  if (isTest) return undefined
  const layer = LAYERS[owner]
  if (layer === undefined) return `no rule says what ${owner} may import: ${specifier}`
  if (NODE_NETWORK.test(specifier) && !IMPORTS_NETWORK.has(path)) return `no network here: ${specifier}`
  if (specifier.startsWith('node:')) {
    if (layer.node?.test(path.slice(owner.length + 1))) return undefined
    return `${owner} has no Node here: ${specifier}`
  }
  if (!layer.allowed.some((pattern) => pattern.test(specifier))) return `${owner} may not import ${specifier}`
  if (!declared.has(packageOf(specifier)))
    return `${packageOf(specifier)} is not among the dependencies of ${owner}/package.json`
  return undefined
}

/**
 * Why a module may not load one that asks the network.
 * @param {string} path the importing file
 * @param {string} specifier
 * @param {string} before what stands before it
 * @returns {string | undefined}
 */
function whyNotAsk(path, specifier, before) {
  const target = posix.join(posix.dirname(path), specifier)
  if (!specifier.startsWith('.') || !ASKING.test(target) || TEST.test(path) || ASKING.test(path)) return undefined
  if (!ASKED_BY.has(path)) return `only --tsa and --online ask the network: ${specifier}`
  return /import\s*\(\s*$/.test(before) ? undefined : `load it where it is used, with import(): ${specifier}`
}

/**
 * @param {string} owner
 * @param {string} path
 * @param {string} text
 * @param {ScannedSource} source
 * @returns {{ offset: number, message: string }[]}
 */
function bannedIn(owner, path, text, source) {
  /** @type {{ offset: number, message: string }[]} */
  const found = []
  const search = (/** @type {string} */ where, /** @type {Ban} */ { at, message }) => {
    for (const match of where.matchAll(at)) found.push({ offset: match.index, message })
  }
  if (owner === 'packages/core') {
    for (const ban of IMPURE) search(source.bare, ban)
    const imports = new Set(importsOf(source).map(({ offset }) => offset))
    for (const { start, text: words } of source.strings)
      if (words.startsWith('node:') && !imports.has(start))
        found.push({ offset: start, message: 'core has no Node: node:' })
    search(text, { at: /^\s*\/\/\/\s*<reference\b/gm, message: 'core takes no types from elsewhere: /// <reference' })
    search(text, { at: /@ts-(ignore|expect-error|nocheck)\b/g, message: 'core is checked without exceptions' })
    if (path !== 'packages/core/src/model/utf8.ts')
      search(source.bare, {
        at: /^\s*(export\s+)?declare\b/gm,
        message: 'core declares what the host has in model/utf8.ts only',
      })
  }
  if (path.startsWith('packages/core/src/pki/') && path !== PARSES_TIMES) search(source.bare, INSIDE_INSTANT)
  if (owner === 'cli' || owner === 'packages/seal') search(source.bare, OWN_FETCH)
  if (owner === 'web-verifier') for (const ban of MARKUP) search(source.bare, ban)
  if (IN_PAGE.test(path)) for (const ban of NETWORK) search(source.bare, ban)
  for (const ban of LIBRARY_JUDGEMENT) search(source.bare, ban)
  const hasLibraryObjects = importsOf(source).some(({ specifier }) => /^(pkijs|@peculiar\/x509)$/.test(specifier ?? ''))
  if (owner === 'packages/seal' || hasLibraryObjects) search(source.bare, LIBRARY_VERIFY)
  if (SPEAKS.has(owner)) {
    const lines = text.split('\n')
    for (const { from, text: words } of source.strings)
      for (const match of words.matchAll(CLAIMS)) {
        const offset = from + match.index
        if (!CLAIMS_EXEMPT.test(lines[lineOf(text, offset) - 1] ?? ''))
          found.push({ offset, message: `a word that claims too much: ${match[0]}` })
      }
  }
  return found
}

/**
 * @param {string} root
 * @param {string} owner
 * @param {ReadonlySet<string>} declared
 * @returns {{ checked: number, violations: Violation[] }}
 */
function checkPackage(root, owner, declared) {
  /** @type {Violation[]} */
  const violations = []
  const files = filesUnder(root, `${owner}/src`)
  for (const path of files) {
    const text = readFileSync(join(root, path), 'utf8')
    const add = (/** @type {number} */ offset, /** @type {string} */ message) =>
      violations.push({ path, line: lineOf(text, offset), message })
    if (!SCRIPT.test(path)) {
      if (SPEAKS.has(owner))
        for (const match of text.matchAll(CLAIMS)) add(match.index, `a word that claims too much: ${match[0]}`)
      continue
    }
    try {
      const source = scanSource(text)
      for (const { specifier, offset } of importsOf(source)) {
        const message =
          specifier === undefined
            ? 'an import whose target is not a plain string cannot be checked'
            : (whyNot(owner, path, specifier, declared) ?? whyNotAsk(path, specifier, text.slice(0, offset)))
        if (message !== undefined) add(offset, message)
      }
      if (!TEST.test(path)) for (const { offset, message } of bannedIn(owner, path, text, source)) add(offset, message)
    } catch (error) {
      if (!(error instanceof ScanError)) throw error
      add(error.offset, `cannot be read: ${error.message}`)
    }
  }
  return { checked: files.length, violations }
}

/**
 * Exact versions, and a reason in docs/dependencies.md for each package that comes from elsewhere.
 * @param {string} root
 * @param {string} path a package.json
 * @returns {{ declared: Set<string>, violations: Violation[] }}
 */
function checkManifest(root, path) {
  /** @type {Violation[]} */
  const violations = []
  const text = readFileSync(join(root, path), 'utf8')
  const manifest = JSON.parse(text)
  const reasons = existsSync(join(root, 'docs/dependencies.md'))
    ? readFileSync(join(root, 'docs/dependencies.md'), 'utf8')
    : ''
  const add = (/** @type {string} */ name, /** @type {string} */ message) =>
    violations.push({ path, line: lineOf(text, text.indexOf(`"${name}"`)), message })
  for (const section of ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'])
    for (const [name, version] of Object.entries(manifest[section] ?? {})) {
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) add(name, `not an exact version: ${name} ${version}`)
      if (section !== 'devDependencies' && !name.startsWith('@probatum/') && !reasons.includes(`\`${name}\``))
        add(name, `no reason in docs/dependencies.md: ${name}`)
    }
  return { declared: new Set(Object.keys(manifest.dependencies ?? {})), violations }
}

/**
 * Judges every package and the command line.
 * @param {string} root the repository's top folder
 * @returns {{ checked: number, violations: Violation[] }} how many files were read, and what they may not contain
 */
export function checkBoundaries(root) {
  const packages = existsSync(join(root, 'packages')) ? readdirSync(join(root, 'packages')).sort() : []
  const owners = [...packages.map((name) => `packages/${name}`), 'cli', 'web-verifier'].filter((owner) =>
    existsSync(join(root, owner, 'package.json')),
  )
  const results = owners.map((owner) => {
    const manifest = checkManifest(root, `${owner}/package.json`)
    const sources = checkPackage(root, owner, manifest.declared)
    return { checked: sources.checked, violations: [...manifest.violations, ...sources.violations] }
  })
  const top = existsSync(join(root, 'package.json')) ? checkManifest(root, 'package.json').violations : []
  return {
    checked: results.reduce((sum, { checked }) => sum + checked, 0),
    violations: [...top, ...results.flatMap(({ violations }) => violations)],
  }
}

if (isProgram(import.meta.url)) {
  const { checked, violations } = checkBoundaries(process.argv[2] ?? ROOT)
  for (const { path, line, message } of violations) console.error(`${path}:${line}: ${message}`)
  if (checked === 0) console.error('Not one source file was found to check.')
  else console.log(`Boundaries: ${checked} files checked, ${violations.length} violations`)
  process.exit(violations.length > 0 || checked === 0 ? 1 : 0)
}
