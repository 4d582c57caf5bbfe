// Needs: chromium.
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runVectors, vectorsOf } from '../../tools/long/vectors-in-page.ts'
import { ROOT } from '../../tools/setup.mjs'

test('one vector in sixteen gives the same bytes in Chromium as in Node, and reaches nothing', async () => {
  const vectors = vectorsOf(join(ROOT, 'test-vectors'), 5, 16)
  const { cases, failures } = await runVectors(vectors, ROOT)
  expect(failures).toEqual([])
  expect(cases).toBeGreaterThan(15)
}, 240_000)
