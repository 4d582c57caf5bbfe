// Needs: sh, openssl.
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE, ensureBuilt } from '../../tools/build.mjs'

const guide = readFileSync(join(import.meta.dirname, '../../docs/guide/sharing.md'), 'utf8')
const blocks = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
const place = realpathSync(mkdtempSync(join(tmpdir(), 'probatum-sharing-')))
const read = (name: string) => readFileSync(join(place, name), 'utf8')

beforeAll(async () => {
  await ensureBuilt()
  mkdirSync(join(place, 'bin'))
  writeFileSync(join(place, 'bin', 'probatum'), `#!/bin/sh\nexec "${process.execPath}" "${BUNDLE}" "$@"\n`)
  chmodSync(join(place, 'bin', 'probatum'), 0o755)
}, 120_000)
afterAll(() => rmSync(place, { recursive: true }))

/** What the blocks that hold these words said, in their order. */
const said: string[] = []
const sayingOf = (words: string) => said[blocks.findIndex((block) => block.includes(words))] ?? expect.fail(words)

describe('the guide to deciding about a sharing', () => {
  it.each(blocks.map((block, at) => [block.trim().split('\n')[0] ?? '', at] as const))(
    '%s',
    (_first, at) => {
      const env = { ...process.env, PATH: `${join(place, 'bin')}:${process.env.PATH}` }
      const run = spawnSync('sh', ['-eu', '-c', blocks[at] ?? ''], { cwd: place, encoding: 'utf8', env })
      expect(run.stderr, run.stdout).not.toContain('probatum: ')
      expect(run.status, run.stderr).toBe(0)
      said.push(run.stdout)
    },
    120_000,
  )

  it('says what the page says that it says', () => {
    expect(sayingOf('--out first.json')).toContain('item 2: the consent does not cover recipients of the kind')
    expect(sayingOf('--out request.json')).not.toContain('[consent-')
    expect(sayingOf('probatum gate check request.json')).toContain('Everything is met: it can be sealed.')
    const seen = sayingOf('probatum verify shared/request')
    expect(seen).toMatch(/Authorisation +PASSED/)
    expect(seen).toContain('(authorisation.consents)')
    expect(seen).not.toContain('Source 17')
    const changed = sayingOf('--out third.json')
    expect(changed).toContain('[head-stale]')
    expect(changed).toContain('item 0: the consent was withdrawn  [consent-withdrawn]')
    expect(sayingOf('gate except')).toContain('excepted   consent-withdrawn, item 0, by')
  })

  it('leads to a bundle that holds the request, two approvals, and no name of a source', () => {
    const record = JSON.parse(read('shared/request/record/authorisation.json'))
    expect(record.approvals).toHaveLength(2)
    expect(record.request).toEqual(JSON.parse(read('request.json')))
    for (const name of ['authorisation.json', 'disclosures.jsonl', 'custody.jsonl', 'bundle.json'])
      expect(read(`shared/request/record/${name}`)).not.toContain('Source 17')
  })
})
