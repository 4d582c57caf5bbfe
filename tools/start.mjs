import { lostOptions, sayLost } from './lost-options.mjs'
import { requireNode } from './node-version.mjs'

/**
 * Installs and builds what is missing, then runs the command line in this process, so that its exit code and signals
 * are its own. Without arguments it runs the demonstration.
 * @param {string[]} args
 */
async function start(args) {
  // Imported only after the check of the version: an old Node cannot read their syntax.
  const { endWithError, ensureInstalled } = await import('./setup.mjs')
  const { BUNDLE, ensureBuilt } = await import('./build.mjs')
  const { ensurePageBuilt } = await import('./build-page.mjs')
  const { pathToFileURL } = await import('node:url')
  try {
    ensureInstalled()
    await ensureBuilt()
    // Only these commands need it, and it takes longer to build than the program.
    if (args[0] === 'serve' || args[0] === 'page') await ensurePageBuilt()
    // npm runs a script in the package's folder; a path means what it meant where the person typed it.
    if (process.env.npm_lifecycle_event === 'start' && process.env.INIT_CWD) process.chdir(process.env.INIT_CWD)
    process.argv = [process.execPath, BUNDLE, ...(args.length === 0 ? ['demo'] : args)]
    await import(pathToFileURL(BUNDLE).href)
  } catch (error) {
    endWithError(error)
  }
}

requireNode()
const lost = lostOptions(process.env)
if (lost.length > 0) {
  process.stderr.write(sayLost(lost))
  process.exitCode = 2
} else start(process.argv.slice(2))
