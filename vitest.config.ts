import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { conditions: ['probatum-source'] },
  ssr: { resolve: { conditions: ['probatum-source'] } },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'cli/**/*.test.ts', 'tools/**/*.test.ts', 'test-vectors/**/*.test.ts'],
    testTimeout: 60_000,
  },
})
