import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { BUNDLE, ensureBuilt } from './build.mjs'

const folder = mkdtempSync(join(tmpdir(), 'probatum-parts-'))
afterAll(() => rmSync(folder, { recursive: true }))
beforeAll(() => ensureBuilt(), 60_000)

function run(program: string | Uint8Array, ...args: string[]) {
  const file = join(folder, 'program.mjs')
  writeFileSync(file, program)
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

/** Where the line of a part begins, one that `policy list` reads. */
function placeOfPolicy(text: string): number {
  const place = text.indexOf('listPolicies', text.lastIndexOf('\n/*\n"'))
  expect(place).toBeGreaterThan(0)
  return place
}

test('what another command needs is not compiled, and is there when that command is called', () => {
  const text = readFileSync(BUNDLE, 'utf8')
  const code = text.slice(0, text.lastIndexOf('\n/*\n"'))
  expect(code).toContain('function establishBundleFacts(')
  for (const late of ['function listPolicies(', 'function openArchive(', 'function sealBundle(', 'weierstrass'])
    expect(code).not.toContain(late)
  expect(run(text, 'policy', 'list').stdout).toMatch(/^fixity/)
})

test('a file of ASCII alone, however the sources are written', () => {
  expect(readFileSync(BUNDLE).every((byte) => byte < 0x80)).toBe(true)
})

test('a part that is not the one that was built ends the run without a verdict', () => {
  const text = readFileSync(BUNDLE, 'utf8')
  const place = placeOfPolicy(text)
  const { status, stdout, stderr } = run(`${text.slice(0, place)}x${text.slice(place + 1)}`, 'policy', 'list')
  expect(status).toBe(70)
  expect(stdout).toBe('')
  expect(stderr).toContain('was changed meanwhile')
})

test('so does a file whose end is missing', () => {
  const bytes = readFileSync(BUNDLE)
  const shorter = Buffer.concat([bytes.subarray(0, bytes.length - 4096), Buffer.from('*/\n')])
  const { status, stdout } = run(shorter, 'policy', 'list')
  expect(status).toBe(70)
  expect(stdout).toBe('')
})
