import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')

it('has an example in its README that runs', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8')
  const [, example = ''] = /^```ts\n([\s\S]*?)^```$/m.exec(readme) ?? []
  const folder = join(root, '.cache', `readme-${process.pid}`)
  mkdirSync(folder, { recursive: true })
  try {
    writeFileSync(join(folder, 'seal.ts'), example)
    const answer = spawnSync(process.execPath, ['tools/run.mjs', join(folder, 'seal.ts')], {
      cwd: root,
      encoding: 'utf8',
    })
    expect(answer.stderr).toBe('')
    expect(answer.stdout).toMatch(/^bundle id [0-9a-f]{64}, 15 files\nas a ZIP: [0-9]+ bytes\n$/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
