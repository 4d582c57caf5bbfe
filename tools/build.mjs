import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { joinedInParts, OWN_ADDRESS } from './parts.mjs'
import { programBuild } from './program-build.mjs'
import { endWithError, ensureInstalled, isProgram, ROOT, readIfPresent, SetupError, writeWhole } from './setup.mjs'

/** The command line: what `npm start` runs and what the package `probatum-cli` ships. Its rarer parts lie beside it. */
export const BUNDLE = join(ROOT, 'cli', 'dist', 'probatum.mjs')

/**
 * Runs before everything else in the bundle. CommonJS among the dependencies calls `require`, which a module does not have.
 * Node ends with 1 when something is thrown and not caught, even while modules are loading; but 1 is a verdict, so it
 * ends with 70, unless the command line has said what to do. A worker's errors go to the thread that started it.
 */
const PREAMBLE = `\
import { createRequire as createRequireHere } from 'node:module'
let requireHere = process.getBuiltinModule
const require = (name) => requireHere?.(name) ?? (requireHere = createRequireHere(${OWN_ADDRESS}))(name)
process.on('uncaughtException', (error) => {
  if (process.listenerCount('uncaughtException') > 1) return
  console.error(error)
  process.exit(70)
})`

/**
 * yargs loads what lays out its help before it knows whether anybody asks for help, and the patterns of that (every
 * emoji there is) take a fifth of the time of a small verification. Here it is loaded at the first call,
 * and what tells of a failed assertion when one fails.
 * @type {import('esbuild').Plugin}
 */
const helpLayoutWhenAsked = {
  name: 'help-layout-when-asked',
  setup({ onResolve, onLoad }) {
    const namespace = 'when-asked'
    /** @param {string} name @param {string} holds */
    const assertion = (name, holds) =>
      `export const ${name} = (a, b, ...rest) => { if (!(${holds})) require('node:assert').${name}(a, b, ...rest) }`
    /** @type {Readonly<Record<string, string>>} */
    const contents = {
      cliui: "export { layOut as default } from './tools/help-layout.mjs'",
      'string-width': "export { widthOf as default } from './tools/help-layout.mjs'",
      assert: `${assertion('strictEqual', 'Object.is(a, b)')}\n${assertion('notStrictEqual', '!Object.is(a, b)')}`,
    }
    onResolve({ filter: /^(?:cliui|string-width|assert)$/ }, ({ path, importer }) =>
      /[\\/]yargs[\\/]lib[\\/]platform-shims[\\/]/.test(importer) ? { path, namespace } : undefined,
    )
    onLoad({ filter: /./, namespace }, ({ path }) => ({ contents: contents[path] ?? '', resolveDir: ROOT }))
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
  const files = [
    'package-lock.json',
    'tsconfig.base.json',
    'tools/build.mjs',
    'tools/parts.mjs',
    'tools/direct-imports.mjs',
    'tools/program-build.mjs',
    'tools/help-layout.mjs',
    ...CERTIFICATE_FILES,
  ].map((name) => join(ROOT, name))
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

/** @type {import('esbuild').BuildOptions} */
const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  conditions: ['probatum-source'],
  charset: 'ascii',
  logLevel: 'silent',
}

/** What every verification needs; all the rest is compiled when it is asked for. */
const ALWAYS = ['cli/src/read-arguments.ts', 'cli/src/commands/verify.ts']

/** Modules of functions that few verifications need. */
const CALLED = [
  'cli/src/input/encrypted-input.ts',
  'cli/src/gate/recipient-input.ts',
  'packages/core/src/authorisation/unmet-conditions.ts',
  'packages/core/src/bundle/open-archive.ts',
  'packages/core/src/bundle/tar.ts',
  'packages/core/src/bundle/zip.ts',
  'packages/core/src/checks/authorisation.approvals.ts',
  'packages/core/src/checks/authorisation.conditions.ts',
  'packages/core/src/checks/authorisation.consents.ts',
  'packages/core/src/checks/authorisation.exceptions.ts',
  'packages/core/src/checks/evidence-record-judge.ts',
  'packages/core/src/checks/evidence-record.ts',
  'packages/core/src/checks/lone-certificate.ts',
  'packages/core/src/checks/lone.ts',
  'packages/core/src/checks/renewal.coverage.ts',
  'packages/core/src/checks/renewal.order.ts',
  'packages/core/src/checks/renewal.sums.ts',
  'packages/core/src/checks/renewal.token.ts',
  'packages/core/src/compare/comparison.ts',
  'packages/core/src/compare/item-table.ts',
  'packages/core/src/compare/log-lines.ts',
  'packages/core/src/custody/given-disclosures.ts',
  'packages/core/src/custody/later-disclosures.ts',
  'packages/core/src/custody/later-consents.ts',
  'packages/core/src/custody/later-values.ts',
  'packages/core/src/encryption/age-armor.ts',
  'packages/core/src/encryption/age-header.ts',
  'packages/core/src/encryption/auth-enveloped-data.ts',
  'packages/core/src/encryption/cms-recipients.ts',
  'packages/core/src/encryption/segmented-content.ts',
  'packages/core/src/establish-alone.ts',
  'packages/core/src/establish-document.ts',
  'packages/core/src/facts-file.ts',
  'packages/core/src/pki/access-locations.ts',
  'packages/core/src/pki/begins-as.ts',
  'packages/core/src/pki/certificate-policies.ts',
  'packages/core/src/pki/crl-parse.ts',
  'packages/core/src/pki/ocsp-parse.ts',
  'packages/core/src/pki/path-name-match.ts',
  'packages/core/src/pki/revocation-signer.ts',
  'packages/core/src/pki/validation-file.ts',
  'packages/core/src/pki/validation-select.ts',
  'packages/core/src/pki/verify-path.ts',
  'packages/core/src/proofs/merkle-proof.ts',
  'packages/core/src/statements/establish-receipt.ts',
  'packages/core/src/trust/describe-trust-set.ts',
  'packages/core/src/trust/next-trust-set.ts',
  'packages/core/src/trust/rests-on.ts',
  'packages/core/src/trust/succession.ts',
  'packages/core/src/verify-timestamps.ts',
  'packages/platform/src/encryption/identities.ts',
  'packages/platform/src/encryption/open-age.ts',
  'packages/platform/src/encryption/open-cms.ts',
  'packages/platform/src/encryption/open-encrypted.ts',
  'packages/platform/src/node/copy-worker.ts',
  'packages/platform/src/node/file-copier.ts',
  'packages/platform/src/signatures/curve-arithmetic.ts',
  'packages/platform/src/signatures/rsa-arithmetic.ts',
  'packages/words/src/certificate/document.ts',
  'packages/words/src/compare.ts',
  'packages/words/src/en/certificate-words.ts',
  'packages/words/src/en/finding-words.ts',
  'packages/words/src/inspection.ts',
  'packages/words/src/render-explanation.ts',
  'packages/words/src/render-opened.ts',
  'packages/words/src/render-rests-on.ts',
  'packages/words/src/steps-log.ts',
  'packages/words/src/steps-statement.ts',
  'packages/words/src/steps.ts',
  'packages/words/src/trust.ts',
  'tools/help-layout.mjs',
]

/** @returns {Promise<string>} the digest worker as one script */
async function digestWorker() {
  const { build } = await import('esbuild')
  const entryPoint = 'packages/platform/src/node/digest-worker-main.ts'
  const { outputFiles } = await build({ ...OPTIONS, entryPoints: [entryPoint], format: 'cjs', write: false })
  const text = outputFiles[0]?.text
  if (text === undefined) throw new SetupError(`esbuild gave no output for ${entryPoint}.`)
  return text
}

/** Beside the program: what certificates are set with. Each file is compared with its digest when it is used. */
const CERTIFICATE_FOLDER = 'certificate'
const CERTIFICATE_FILES = [
  ...readdirSync(join(ROOT, 'packages/certificate/fonts')).map((name) => join('packages/certificate/fonts', name)),
  ...['harfbuzz.wasm', 'harfbuzz-subset.wasm'].map((name) => join('node_modules/harfbuzzjs/dist', name)),
]

function copyCertificateFiles() {
  const folder = join(ROOT, 'cli', 'dist', CERTIFICATE_FOLDER)
  mkdirSync(folder, { recursive: true })
  for (const file of CERTIFICATE_FILES) copyFileSync(join(ROOT, file), join(folder, basename(file)))
}

const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000

/** Parts of an earlier build: a run that began before this one may still need them. @param {string} partsName of this build */
function removeOldParts(partsName) {
  const folder = dirname(BUNDLE)
  for (const name of readdirSync(folder)) {
    if (!name.endsWith('.parts') || name === partsName) continue
    const path = join(folder, name)
    const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - written > KEPT_MILLISECONDS) rmSync(path, { force: true })
  }
}

/**
 * @returns {Promise<string>} the name of the file that lies beside the program
 * @throws {SetupError}
 */
async function bundle() {
  try {
    // A thread that loaded the whole command line would be ready when the others have done half of the work.
    const worker = await digestWorker()
    const options = {
      ...OPTIONS,
      banner: { js: PREAMBLE },
      define: {
        PROBATUM_DIGEST_WORKER: JSON.stringify(worker),
        PROBATUM_BUILD: JSON.stringify(programBuild(ROOT)),
        PROBATUM_CERTIFICATE_FOLDER: JSON.stringify(`./${CERTIFICATE_FOLDER}/`),
      },
      plugins: [helpLayoutWhenAsked],
    }
    copyCertificateFiles()
    const rules = { always: ALWAYS, called: CALLED }
    const { code, partsName, parts } = await joinedInParts(options, 'cli/src/main.ts', rules)
    writeWhole(join(dirname(BUNDLE), partsName), parts)
    writeWhole(BUNDLE, `#!/usr/bin/env node\n${code}`, 0o755)
    removeOldParts(partsName)
    return partsName
  } catch (error) {
    if (error instanceof SetupError) throw error
    const { formatMessages } = await import('esbuild')
    const messages = error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors : []
    const lines = await formatMessages(messages, { kind: 'error' })
    throw new SetupError(lines.length > 0 ? lines.join('\n') : String(error))
  }
}

/**
 * Builds the command line when a source, a package.json or the lock file has changed since the last build.
 * @param {{ force?: boolean }} [options]
 * @throws {SetupError}
 */
export async function ensureBuilt({ force = false } = {}) {
  const stamp = sourcesDigest()
  const hasFiles = existsSync(join(ROOT, 'cli', 'dist', CERTIFICATE_FOLDER))
  const [builtFrom, partsName = ''] = (readIfPresent(STAMP) ?? '').split('\n')
  const hasParts = partsName !== '' && existsSync(join(dirname(BUNDLE), partsName))
  const isWhole = existsSync(BUNDLE) && hasParts && hasFiles
  if (!force && isWhole && `${builtFrom}\n` === stamp) return
  writeWhole(STAMP, `${stamp}${await bundle()}\n`)
}

if (isProgram(import.meta.url)) {
  try {
    ensureInstalled()
    await ensureBuilt({ force: true })
  } catch (error) {
    endWithError(error)
  }
}
