import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { BUNDLE, ensureBuilt } from './build.mjs'
import { testPlace } from './testing/place.ts'

const { place: folder } = testPlace('parts')

let code = ''
let name = ''
let parts = ''
beforeAll(async () => {
  await ensureBuilt()
  code = readFileSync(BUNDLE, 'utf8')
  name = /"(probatum-[0-9a-f]{16}\.parts)"/.exec(code)?.[1] ?? ''
  parts = readFileSync(join(dirname(BUNDLE), name), 'utf8')
}, 60_000)

/** Runs the program with these parts beside it, or with none. */
function run(beside: string | undefined, ...args: string[]) {
  for (const file of readdirSync(folder)) rmSync(join(folder, file))
  const program = join(folder, 'program.mjs')
  writeFileSync(program, code)
  if (beside !== undefined) writeFileSync(join(folder, name), beside)
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('what only another command needs is not loaded at the start, and is there when that command is called', () => {
  expect(code).toContain('function establishBundleFacts(')
  // The last two only `explain` and `compare` call; the package that they are in everybody imports.
  for (const late of ['listPolicies', 'openArchive', 'sealBundle', 'weierstrass', 'parseReport', 'relateLogs'])
    expect(code).not.toContain(`function ${late}(`)
  expect(run(parts, 'policy', 'list').stdout).toMatch(/^fixity/)
})

test('both files are of ASCII alone, however the sources are written', () => {
  expect(/^[\x00-\x7f]*$/.test(code)).toBe(true)
  expect(/^[\x00-\x7f]*$/.test(parts)).toBe(true)
})

test('a part that is not the one that was built ends the run without a verdict', () => {
  const place = parts.indexOf('listPolicies')
  const { status, stdout, stderr } = run(`${parts.slice(0, place)}x${parts.slice(place + 1)}`, 'policy', 'list')
  expect([status, stdout]).toEqual([70, ''])
  expect(stderr).toContain('was changed')
})

test('so does a file whose end is missing, and one that is not there', () => {
  expect(run(parts.slice(0, 1000), 'policy', 'list')).toMatchObject({ status: 70, stdout: '' })
  const { status, stdout, stderr } = run(undefined, 'policy', 'list')
  expect([status, stdout]).toEqual([70, ''])
  expect(stderr).toContain(name)
})

test('a part loads in its turn what is loaded when it is called', () => {
  // The help is a part that yargs calls; the report that `explain` lacks is told of by the code of the start.
  expect(run(parts, 'verify', '--help').stdout).toContain('--trust-set')
  const { status, stderr } = run(parts, 'compare', join(folder, 'no.json'), join(folder, 'none.json'))
  expect([status, stderr.includes('defect')]).toEqual([4, false])
})

test('every name that a part uses is given to it', () => {
  // Of a stub in a part: the loader must be a parameter of the part, not a name of the module around it.
  const late = parts.split('\n').filter((line) => line.includes('requireProbatumModule('))
  expect(late.length).toBeGreaterThan(0)
  expect(code).toMatch(/PARAMETERS = \[.*"requireProbatumModule"\]/)
  expect(parts).not.toContain('requireProbatumModuleHere')
})
