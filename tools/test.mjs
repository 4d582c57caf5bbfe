import { requireNode } from './node-version.mjs'

/**
 * Everything that `npm test` does: set-up, type check, then all unit, vector and command-line tests.
 * PROBATUM_TEST_REPORT names a file for Vitest's JSON report (.ci/run reads it).
 * @param {string[]} args handed on to Vitest
 */
async function test(args) {
  // Imported only after the check of the version: an old Node cannot read their syntax.
  const { spawnSync } = await import('node:child_process')
  const { existsSync } = await import('node:fs')
  const { relative } = await import('node:path')
  const { CONFORMANCE_DATA, endWithError, ensureInstalled, ROOT } = await import('./setup.mjs')
  const { ensureBuilt } = await import('./build.mjs')
  const { ensurePageBuilt } = await import('./build-page.mjs')

  /**
   * Runs a Node script to its end and ends this process with its exit code when that is not 0.
   * @param {string} label
   * @param {string[]} command
   */
  const step = (label, command) => {
    console.log(`\n${label}`)
    const { status, error, signal } = spawnSync(process.execPath, command, { cwd: ROOT, stdio: 'inherit' })
    if (error !== undefined) console.error(`${label}: ${error.message}`)
    if (signal !== null) console.error(`${label}: stopped by ${signal}`)
    if (status !== 0) process.exit(status === null ? 70 : status)
  }

  try {
    ensureInstalled()
    await ensureBuilt()
    await ensurePageBuilt()
  } catch (error) {
    endWithError(error)
  }
  step('Type check (tsc -b)', ['node_modules/typescript/bin/tsc', '-b', '--pretty', 'false'])
  const report = process.env.PROBATUM_TEST_REPORT
  const reporters = report ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : []
  step('Tests (vitest)', ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...args])
  const place = relative(ROOT, CONFORMANCE_DATA)
  console.log(
    existsSync(CONFORMANCE_DATA)
      ? `\nConformance data found in ${place}: npm run conformance judges it.`
      : `\nConformance data not found in ${place}: not run here; see CONTRIBUTING.md, "Conformance".`,
  )
}

requireNode()
test(process.argv.slice(2))
