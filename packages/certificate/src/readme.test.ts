import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')

test('the example in the README makes a PDF', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  const [, example = ''] = /^```ts\n([\s\S]*?)^```$/m.exec(readme) ?? []
  const folder = join(root, '.cache', `readme-certificate-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(join(folder, 'note.ts'), example)
    const options = { cwd: root, encoding: 'utf8' as const }
    const answer = spawnSync(process.execPath, ['tools/run.mjs', join(folder, 'note.ts')], options)
    expect(answer.stderr).toBe('')
    expect(answer.stdout).toMatch(/^%PDF-1\.7, [0-9]{5} bytes\n$/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
