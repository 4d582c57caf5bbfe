// Needs: sh, openssl.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE, ensureBuilt } from '../../tools/build.mjs'

const guide = readFileSync(join(import.meta.dirname, '../../docs/guide/custody.md'), 'utf8')
const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
const place = realpathSync(mkdtempSync(join(tmpdir(), 'probatum-guide-')))
const read = (name: string) => readFileSync(join(place, name), 'utf8')

beforeAll(async () => {
  await ensureBuilt()
  mkdirSync(join(place, 'bin'))
  // A program of its own, so that commands that the program starts find it too.
  writeFileSync(join(place, 'bin', 'probatum'), `#!/bin/sh\nexec "${process.execPath}" "${BUNDLE}" "$@"\n`)
  chmodSync(join(place, 'bin', 'probatum'), 0o755)
}, 120_000)
afterAll(() => rmSync(place, { recursive: true }))

/** What the blocks that hold these words said, in their order. */
const said: string[] = []
const sayingOf = (words: string) => said[blocks.findIndex((block) => block.includes(words))] ?? expect.fail(words)

describe('the guide to custody logs', () => {
  it.each(blocks.map((block, at) => [block.trim().split('\n')[0] ?? '', at] as const))(
    '%s',
    (_first, at) => {
      const env = { ...process.env, PATH: `${join(place, 'bin')}:${process.env.PATH}` }
      const run = spawnSync('sh', ['-eu', '-c', blocks[at] ?? ''], { cwd: place, encoding: 'utf8', env })
      expect(run.stderr, run.stdout).not.toContain('probatum: ')
      expect(run.status, run.stderr).toBe(0)
      said.push(run.stdout)
    },
    60_000,
  )

  it('names every step that it promises', () => {
    expect(blocks.length).toBeGreaterThan(9)
    for (const command of ['init', 'append', 'show', 'change-key', 'cosign', 'verify'])
      expect(guide).toContain(`probatum custody ${command}`)
  })

  it('leads to bundles that show what it says, and nothing else', () => {
    expect(sayingOf('custody show log')).toContain('transfer')
    expect(sayingOf('custody show log')).not.toContain('Example Laboratory')
    expect(sayingOf('cat shared/INTERNAL')).toContain('redacted copy: item 2')
    const defence = read('shared/defence/record/disclosures.jsonl')
    expect(defence).toContain('"ground":"witness-protection"')
    expect(read('opening.jsonl')).toContain('"field":"agent"')
    expect(sayingOf('probatum compare')).toContain('ONE EXTENDS THE OTHER')
    expect(read('log/custody-openings.jsonl')).toContain('"field":"receipt"')
    expect(read('witnessed/record/checkpoint')).toContain('— witness.example/office ')
    expect(sayingOf('custody verify log')).toContain('holds')
  })
})
