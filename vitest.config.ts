import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
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

/**
 * The dearest files, the dearest first: begun last, one of them would run alone on one core at the end. Vitest itself begins with
 * the largest files, which are not the dearest ones.
 */
const DEAREST = [
  'web-verifier/testing/view.test.ts',
  'packages/platform/src/conformance/digester.test.ts',
  'cli/src/network/time-stamp-authorities.test.ts',
  'web-verifier/testing/page.test.ts',
  'web-verifier/testing/page-file.test.ts',
  'web-verifier/testing/intake.test.ts',
  'cli/src/commands/certificate-file.test.ts',
  'tools/hostile-inputs.test.ts',
].map((file) => join(root, file))

class DearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = DEAREST.indexOf(moduleId)
      return index === -1 ? DEAREST.length : index
    }
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
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
    // A browser on a busy machine takes longer than ten seconds to end.
    hookTimeout: 60_000,
    // The files that one worker runs share its modules: to load them again for each file took a fifth of the whole time. What a test
    // changes besides (the working folder, the time zone, a mock) it puts back.
    isolate: false,
    sequence: { sequencer: DearestFirst },
    // Vitest leaves one core to its own thread, which waits most of the time.
    maxWorkers: '100%',
  },
})
