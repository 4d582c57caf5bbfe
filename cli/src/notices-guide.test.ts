// Needs: sh, openssl.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NOTICE_CODES } from '@probatum/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE, ensureBuilt } from '../../tools/build.mjs'

const guide = readFileSync(join(import.meta.dirname, '../../docs/guide/notices.md'), 'utf8')
const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
const place = realpathSync(mkdtempSync(join(tmpdir(), 'probatum-notices-guide-')))

beforeAll(async () => {
  await ensureBuilt()
  mkdirSync(join(place, 'bin'))
  writeFileSync(join(place, 'bin', 'probatum'), `#!/bin/sh\nexec "${process.execPath}" "${BUNDLE}" "$@"\n`)
  chmodSync(join(place, 'bin', 'probatum'), 0o755)
}, 120_000)
afterAll(() => rmSync(place, { recursive: true }))

describe('the guide to notices', () => {
  it('does what it says, from the first line to the last', () => {
    expect(blocks.length).toBeGreaterThan(5)
    const env = { ...process.env, PATH: `${join(place, 'bin')}:${process.env.PATH}` }
    // One shell, as whoever reads the guide has one.
    const run = spawnSync('sh', ['-eu', '-c', blocks.join('\n')], { cwd: place, encoding: 'utf8', env })
    expect(run.status, run.stderr).toBe(0)
    const said = run.stdout.replace(/\s+/g, ' ')
    expect(said).toContain('The files are unchanged. On 2030-05-06 the issuer withdrew permission to use item 1.')
    expect(said).toContain('Unchanged? Yes')
    const notice = readFileSync(join(place, 'item-1.notice.json'), 'utf8')
    for (const withheld of ['Archivist', 'source 17', 'telephone']) expect(notice).not.toContain(withheld)
    expect(readFileSync(join(place, 'item-2.notice.json'), 'utf8')).toContain('"kind":"recalled"')
    expect(readFileSync(join(place, 'log/custody-openings.jsonl'), 'utf8')).toContain('"field":"receiver"')
  }, 120_000)

  it('names codes that there are', () => {
    const named = [...guide.matchAll(/(?:--code |code `)([a-z-]+)/g)].map((match) => match[1] ?? '')
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter((code) => !NOTICE_CODES.some((one) => one === code))).toEqual([])
  })
})
