// Needs: sha256sum.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { testPlace } from '../../../tools/testing/place.ts'

const { place: folder } = testPlace('readme')

test('the example in the README runs, and gives what sha256sum gives', async () => {
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
  writeFileSync(join(folder, 'note (invented).txt'), 'invented\n')
  const lines = execFileSync(process.execPath, [program], { cwd: folder, encoding: 'utf8' })
  expect(lines.split('\n')).toHaveLength(3)
  execFileSync('sha256sum', ['--strict', '--quiet', '-c', '-'], { cwd: folder, input: lines })
})
