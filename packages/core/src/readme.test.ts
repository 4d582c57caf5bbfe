import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { testPlace } from '../../../tools/testing/place.ts'

const { place: folder } = testPlace('readme')

test('the example in the README judges a bag, and notices when a byte of it is another', async () => {
  const text = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  const example = /```ts\n([\s\S]*?)```/.exec(text)?.[1] ?? ''
  const program = join(folder, 'example.mjs')
  await build({
    stdin: { contents: example, loader: 'ts', resolveDir: import.meta.dirname },
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['probatum-source'],
    outfile: program,
    logLevel: 'silent',
  })
  mkdirSync(join(folder, 'bag/data'), { recursive: true })
  const put = (name: string, content: string) => writeFileSync(join(folder, 'bag', name), content)
  put('data/note.txt', 'invented\n')
  put('bagit.txt', 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
  put('manifest-sha256.txt', `${createHash('sha256').update('invented\n').digest('hex')}  data/note.txt\n`)
  const run = () => execFileSync(process.execPath, [program], { cwd: folder, encoding: 'utf8' })
  expect(run()).toMatch(/^PASSED payload\.digest$[\s\S]*^TOTAL-PASSED$/m)
  put('data/note.txt', 'Invented\n')
  expect(run()).toMatch(/^FAILED payload\.digest$[\s\S]*^TOTAL-FAILED$/m)
})
