import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isNewEnough, OLDEST_NODE } from './node-version.mjs'
import { installedMatches, writeWhole } from './setup.mjs'
import { testPlace } from './testing/place.ts'

const { place: folder } = testPlace('setup')

describe('the version of Node', () => {
  test.each([
    ['20.19.0', true],
    ['20.20.2', true],
    ['20.100.0', true],
    ['24.0.0', true],
    ['100.0.0', true],
    ['20.18.9', false],
    ['20.2.0', false],
    ['18.99.99', false],
    ['9.0.0', false],
    ['20.19.0-nightly20260101', true],
  ])('%s: %s', (running, enough) => {
    expect(isNewEnough(running, '20.19.0')).toBe(enough)
  })

  test('is the one that every package.json names', () => {
    const root = join(import.meta.dirname, '..')
    const folders = ['.', 'cli', ...readdirSync(join(root, 'packages')).map((name) => join('packages', name))]
    const engines = folders.map(
      (folder) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')).engines.node,
    )
    expect(new Set(engines.map((range: string) => `${range.replace('>=', '')}.0`))).toEqual(new Set([OLDEST_NODE]))
  })
})

describe('an installed tree', () => {
  const locked = {
    '': { version: '0.1.0' },
    cli: { version: '0.1.0' },
    'node_modules/plain': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/probatum-cli': { resolved: 'cli', link: true },
    'node_modules/binary-linux-x64': {
      version: '1.0.0',
      integrity: 'sha512-b',
      optional: true,
      os: ['linux'],
      cpu: ['x64'],
    },
    'node_modules/binary-darwin': {
      version: '1.0.0',
      integrity: 'sha512-c',
      optional: true,
      os: ['darwin'],
      cpu: ['x64'],
    },
    'node_modules/binary-musl': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'], libc: ['musl'] },
    'node_modules/wasm-runtime': { version: '1.0.0', integrity: 'sha512-d', optional: true },
  }
  const {
    'node_modules/binary-darwin': _,
    'node_modules/binary-musl': __,
    'node_modules/wasm-runtime': ___,
    ...installed
  } = locked
  const matches = (tree: object | undefined, system = { platform: 'linux', arch: 'x64' }) =>
    installedMatches(
      JSON.stringify({ packages: locked }),
      tree === undefined ? undefined : JSON.stringify({ packages: tree }),
      system,
    )

  test('is the one of the lock file without the binaries of other platforms', () => {
    expect(matches(installed)).toBe(true)
    expect(matches(locked)).toBe(true)
  })

  test.each([
    ['there is none', undefined],
    ['a package is missing', { ...installed, 'node_modules/plain': undefined }],
    ["this platform's binary is missing", { ...installed, 'node_modules/binary-linux-x64': undefined }],
    ['a workspace is missing', { ...installed, 'node_modules/probatum-cli': undefined }],
    ['a version differs', { ...installed, 'node_modules/plain': { version: '1.0.1', integrity: 'sha512-a' } }],
    ['the bytes differ', { ...installed, 'node_modules/plain': { version: '1.0.0', integrity: 'sha512-e' } }],
    ['there is one package more', { ...installed, 'node_modules/more': { version: '1.0.0' } }],
  ])('is another one when %s', (_reason, tree) => {
    expect(matches(tree)).toBe(false)
  })

  test('made on another platform is another one', () => {
    expect(matches(installed, { platform: 'darwin', arch: 'x64' })).toBe(false)
  })
})

test('a file is written whole, with its mode, and nothing is left beside it', () => {
  writeWhole(join(folder, 'a', 'b'), 'new', 0o755)
  writeWhole(join(folder, 'a', 'b'), 'newer', 0o755)
  expect(readFileSync(join(folder, 'a', 'b'), 'utf8')).toBe('newer')
  expect(readdirSync(join(folder, 'a'))).toEqual(['b'])
  expect(statSync(join(folder, 'a', 'b')).mode & 0o700).toBe(0o700)
  writeFileSync(join(folder, 'file'), '')
  expect(() => writeWhole(join(folder, 'file', 'b'), '')).toThrow()
})
