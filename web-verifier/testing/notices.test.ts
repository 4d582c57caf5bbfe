// Needs: chromium.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BUNDLE, ensureBuilt } from '../../tools/build.mjs'
import { runVectors, vectorsOf } from '../../tools/long/vectors-in-page.ts'
import { ROOT } from '../../tools/setup.mjs'
import { type AskedPage, CHOICE, openEnginePage } from '../../tools/testing/engine-page.ts'

const VECTORS = join(ROOT, 'test-vectors')
const CUSTODY = join(VECTORS, 'bundles/base/custody')
const AT = '2026-06-01T00:00:00Z'
const notice = (name: string) => join(VECTORS, 'notices', `${name}.json`)
const SET = join(VECTORS, 'trust-sets/notices.json')

let engine: AskedPage
beforeAll(async () => {
  await ensureBuilt()
  engine = await openEnginePage()
}, 180_000)
afterAll(() => engine?.close())

function byCommand(...names: readonly string[]): string {
  const given = names.flatMap((name) => ['--notices', notice(name)])
  const args = ['verify', CUSTODY, '--trust-set', SET, '--at', AT, '--json', ...given]
  return spawnSync(process.execPath, [BUNDLE, ...args], { encoding: 'utf8' }).stdout.trimEnd()
}

describe('notices beside a bundle', () => {
  test('are told by their content, judged as the command line judges them, and by nothing when left out', async () => {
    await engine.give([CUSTODY], { folder: true })
    const names = ['by-office', 'superseded-items', 'other-bundle', 'by-stranger']
    const { subjects, beside } = await engine.give([SET, ...names.map(notice)], { keep: true })
    expect(beside.map(({ kind }) => kind).sort()).toEqual(['notice', 'notice', 'notice', 'notice', 'trust-set'])
    const trustSet = beside.find(({ kind }) => kind === 'trust-set')?.file ?? null
    const files = beside.filter(({ kind }) => kind === 'notice').map(({ file }) => file)
    const reportOf = async (chosen: readonly string[]) => {
      const outcome = await engine.verify({ ...CHOICE, trustSet, at: AT, beside: chosen }, subjects[0]?.id)
      return 'report' in outcome ? outcome.report : expect.fail(JSON.stringify(outcome))
    }
    expect(await reportOf(files)).toBe(byCommand(...names))
    expect(await reportOf([])).toBe(byCommand())
  })

  // The sweep vectors-in-page has all of them.
  test('of one vector in six give the same bytes in Chromium as in Node', async () => {
    const all = vectorsOf(VECTORS, 0, 1).filter(({ name }) => name.startsWith('notice-'))
    const vectors = all.filter((_, place) => place % 6 === 0)
    const { cases, failures } = await runVectors(vectors, ROOT)
    expect(failures).toEqual([])
    expect(cases).toBeGreaterThan(5)
  }, 120_000)
})

// Their file begins with an opening of authorisation.json, where others begin with one of a line.
test('consents that are opened later are judged in Chromium as in Node', async () => {
  const vectors = vectorsOf(VECTORS, 0, 1).filter(({ name }) => name.startsWith('later-consents'))
  const { cases, failures } = await runVectors(vectors, ROOT)
  expect(failures).toEqual([])
  expect(cases).toBeGreaterThan(1)
}, 120_000)
