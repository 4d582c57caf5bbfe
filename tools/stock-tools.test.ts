import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from './setup.mjs'
import { neededTools, STOCK_TOOLS, testFiles, withoutTheirTools } from './stock-tools.mjs'
import { testPlace } from './testing/place.ts'

const { place: folder } = testPlace('needs')

test('a test file that needs a missing tool is named with that tool, and no other file is', () => {
  const a = join(folder, 'a.test.ts')
  const b = join(folder, 'b.test.ts')
  writeFileSync(a, '// Needs: openssl, zip.\n')
  writeFileSync(b, '// Needs: openssl.\n')
  const left = withoutTheirTools([a, b], (tool) => tool !== 'zip')
  expect(left).toEqual([{ file: a, missing: ['zip'] }])
})

test('every test that starts a stock tool says so in its head', () => {
  const silent = testFiles(ROOT)
    .filter((file) => file !== 'tools/stock-tools.test.ts')
    .flatMap((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8')
      const started = STOCK_TOOLS.filter((tool) =>
        new RegExp(`\\b(?:spawnSync|execFileSync|spawn|execFile)\\(\\s*'${tool}'`).test(text),
      )
      if (text.includes('openssl-pki')) started.push('openssl')
      const said = neededTools(text)
      return started.filter((tool) => !said.includes(tool)).map((tool) => `${file}: ${tool}`)
    })
  expect(silent).toEqual([])
})

test('tools that a test file names are known', () => {
  const named = testFiles(ROOT).flatMap((file) =>
    file === 'tools/stock-tools.test.ts' ? [] : neededTools(readFileSync(join(ROOT, file), 'utf8')),
  )
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((tool) => !STOCK_TOOLS.includes(tool))).toEqual([])
})
