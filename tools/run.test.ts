import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeEach, expect, test } from 'vitest'
import { testPlace } from './testing/place.ts'

const program = join(import.meta.dirname, 'run.mjs')

// Inside the repository, so that its packages are found.
const { newFolder } = testPlace('run', { within: join(import.meta.dirname, '..', '.cache') })
let folder: string
beforeEach(() => {
  folder = newFolder('case')
})

function run(text: string, ...args: string[]) {
  const file = join(folder, 'main.ts')
  writeFileSync(file, text)
  writeFileSync(
    join(folder, 'beside.ts'),
    'export interface Beside { readonly a: number }\nexport const here: string = import.meta.url',
  )
  return { file, ...spawnSync(process.execPath, [program, file, ...args], { encoding: 'utf8' }) }
}

test('a TypeScript file runs with its arguments, its imports and its exit code', () => {
  const { file, status, stdout } = run(
    `import type { Beside } from './beside.ts'
     const given: Beside = { a: 5 }
     console.log(JSON.stringify(process.argv.slice(1)))
     process.exitCode = given.a`,
    '--flag',
    'x y',
  )
  expect(JSON.parse(stdout)).toEqual([file, '--flag', 'x y'])
  expect(status).toBe(5)
})

test('every module keeps its own address', () => {
  const { file, stdout } = run(`import { here } from './beside.ts'\nconsole.log(import.meta.url)\nconsole.log(here)`)
  expect(stdout.split('\n').slice(0, 2)).toEqual([
    pathToFileURL(file).href,
    pathToFileURL(join(folder, 'beside.ts')).href,
  ])
})

test('the workspaces are taken from their sources, other packages from node_modules', () => {
  const { stdout, stderr } = run(
    `import { catalogueEntry } from '@probatum/core'
     import { sha256 } from '@noble/hashes/sha2.js'
     console.log(catalogueEntry.toString().length > 0, sha256(new Uint8Array()).length)`,
  )
  expect(stderr).toBe('')
  expect(stdout).toBe('true 32\n')
})

test('an error names the line of the TypeScript file, and ends with 70', () => {
  const { file, status, stderr } = run(`interface Gone { readonly a: 1 }\n\nthrow new Error('on line three')`)
  expect(stderr).toContain(`${file}:3`)
  expect(status).toBe(70)
})

test('a file that cannot be built is named, and ends with 70', () => {
  const { status, stderr } = run('const = 1')
  expect(stderr).toContain('main.ts:1:6')
  expect(status).toBe(70)
})

test('a file that is not there, and no file at all, are said', () => {
  const missing = spawnSync(process.execPath, [program, 'nowhere.ts'], { encoding: 'utf8' })
  expect(missing).toMatchObject({ status: 70, stderr: 'There is no file nowhere.ts.\n' })
  expect(spawnSync(process.execPath, [program], { encoding: 'utf8' })).toMatchObject({ status: 2 })
})
