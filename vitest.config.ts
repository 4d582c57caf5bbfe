import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { testFiles, withoutTheirTools } from './tools/stock-tools.mjs'

// Node and git are all that a first run needs. Tests that compare with further stock tools are left out where those are
// not installed, by name and aloud; continuous integration never leaves one out.
const root = import.meta.dirname
const left = withoutTheirTools(testFiles(root).map((file) => join(root, file)))
if (left.length > 0) {
  const tools = [...new Set(left.flatMap(({ missing }) => missing))].sort().join(', ')
  if (process.env.CI === 'true')
    throw new Error(`These stock tools are missing: ${tools}. They are never skipped here.`)
  console.log(`Not installed here: ${tools}. ${left.length} files of tests that compare with them are not run.`)
}

export default defineConfig({
  resolve: { conditions: ['probatum-source'] },
  ssr: { resolve: { conditions: ['probatum-source'] } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'cli/**/*.test.ts',
      'web-verifier/**/*.test.ts',
      'tools/**/*.test.ts',
      'test-vectors/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/dist/**', ...left.map(({ file }) => file)],
    testTimeout: 60_000,
    // Vitest leaves one core to its own thread, which waits most of the time.
    maxWorkers: '100%',
  },
})
