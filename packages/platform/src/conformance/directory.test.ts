import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import {
  type BundleSource,
  compareBytes,
  comparePaths,
  encodeUtf8,
  type SourceEntry,
  SourceFault,
} from '@probatum/core'
import { beforeEach, expect, test } from 'vitest'
import { testPlace } from '../../../../tools/testing/place.ts'
import { openDirectory, openFileAccess, visibleName } from '../node/index.ts'
import { faultReason } from '../node/source-fault.ts'

const { place, newFolder } = testPlace('folder')
// One test reads them as another user.
chmodSync(place, 0o755)
let folder: string
let root: string
beforeEach(() => {
  folder = newFolder('case')
  chmodSync(folder, 0o755)
  root = join(folder, 'root')
  mkdirSync(root)
})

const at = (...names: string[]) => join(root, ...names)
const pathsOf = ({ entries }: BundleSource) => entries.map(({ path }) => path).sort(comparePaths)

async function bytesOf(source: BundleSource, path: string): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of source.open(entryOf(source, path))) pieces.push(piece)
  return Buffer.concat(pieces)
}

function entryOf(source: BundleSource, path: string): SourceEntry {
  const entry = source.entries.find((candidate) => candidate.path === path)
  if (entry === undefined) throw new Error(`no entry ${path}`)
  return entry
}

async function faultOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof SourceFault) return error.reason
    throw error
  }
  return 'none'
}

test('every file is listed with its path, size and bytes, folders are not entries', async () => {
  mkdirSync(at('data', '00'), { recursive: true })
  mkdirSync(at('empty'))
  const large = Buffer.alloc(2_500_000, 'invented ')
  writeFileSync(at('bagit.txt'), 'a')
  writeFileSync(at('data', '00', 'large'), large)
  writeFileSync(at('data', 'none'), '')
  const source = await openDirectory(root)
  expect(source.kind).toBe('directory')
  expect(source.irregular).toEqual([])
  expect(pathsOf(source)).toEqual(['bagit.txt', 'data/00/large', 'data/none'])
  const { size, extent } = entryOf(source, 'data/00/large')
  expect([size, extent.offset, extent.length, extent.size, extent.method]).toEqual([
    2_500_000,
    0,
    2_500_000,
    2_500_000,
    'stored',
  ])
  expect((await bytesOf(source, 'data/00/large')).equals(large)).toBe(true)
  expect((await bytesOf(source, 'data/none')).length).toBe(0)
  expect(Buffer.from(await extent.container.read(2_499_990, 10)).equals(large.subarray(-10))).toBe(true)
  await expect(extent.container.read(2_499_990, 11)).rejects.toThrow(RangeError)
  await expect(extent.container.read(-1, 1)).rejects.toThrow(RangeError)
})

test('odd names come through as they are', async () => {
  const names = [
    'a b',
    ' ',
    'back\\slash',
    'new\nline',
    'e\u0301',
    '\u00e9',
    '%0A',
    '-rf',
    '\ufffd',
    '\u{1f600}',
    '*?',
    'CON',
    'x.',
  ]
  for (const name of names) writeFileSync(at(name), name)
  const source = await openDirectory(root)
  expect(pathsOf(source)).toEqual([...names].sort(comparePaths))
  expect(source.entries.every(({ rawPath }) => rawPath === undefined)).toBe(true)
  for (const name of names) expect((await bytesOf(source, name)).toString()).toBe(name)
})

test('a name that is not UTF-8 keeps its bytes, and can be read', async () => {
  const bytes = Buffer.from([0x61, 0xff, 0xc3, 0xa9, 0xc3, 0x2e])
  mkdirSync(at('sub'))
  const raw = Buffer.concat([Buffer.from(`${at('sub')}/`), bytes])
  writeFileSync(raw, 'inside')
  const below = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xfe])])
  mkdirSync(below)
  writeFileSync(Buffer.concat([below, Buffer.from('/plain')]), 'deeper')
  const source = await openDirectory(root)
  expect(pathsOf(source)).toEqual(['\\xfe/plain', 'sub/a\\xff\u00e9\\xc3.'])
  const rawPaths = source.entries.map(({ rawPath }) => rawPath ?? new Uint8Array()).sort(compareBytes)
  expect(rawPaths[0]).toEqual(new Uint8Array([...encodeUtf8('sub/'), ...bytes]))
  expect(rawPaths[1]).toEqual(new Uint8Array([0xfe, ...encodeUtf8('/plain')]))
  expect((await bytesOf(source, 'sub/a\\xff\u00e9\\xc3.')).toString()).toBe('inside')
  expect((await bytesOf(source, '\\xfe/plain')).toString()).toBe('deeper')
})

test('a visible name shows each byte that is not UTF-8', () => {
  expect(visibleName(Uint8Array.of(0xf0, 0x9f, 0x98, 0x80, 0xf0, 0x9f))).toBe('\u{1f600}\\xf0\\x9f')
  // A surrogate in UTF-8 is no UTF-8 (RFC 3629 §3).
  expect(visibleName(Uint8Array.of(0xed, 0xa0, 0x80))).toBe('\\xed\\xa0\\x80')
})

test('links, pipes and sockets are listed, never followed or opened', async () => {
  const outside = join(folder, 'outside')
  mkdirSync(outside)
  writeFileSync(join(outside, 'secret'), 'not part of the bundle (sample)')
  mkdirSync(at('data'))
  symlinkSync(outside, at('data', 'folder-link'))
  symlinkSync(join(outside, 'secret'), at('data', 'file-link'))
  symlinkSync('nowhere', at('data', 'broken-link'))
  symlinkSync('.', at('data', 'loop'))
  execFileSync('mkfifo', [at('data', 'pipe')])
  const server = createServer()
  await new Promise<void>((listening) => server.listen(at('data', 'socket'), listening))
  try {
    const source = await openDirectory(root)
    expect(source.entries).toEqual([])
    expect([...source.irregular].sort((a, b) => comparePaths(a.path, b.path))).toEqual([
      { path: 'data/broken-link', what: 'symbolic-link' },
      { path: 'data/file-link', what: 'symbolic-link' },
      { path: 'data/folder-link', what: 'symbolic-link' },
      { path: 'data/loop', what: 'symbolic-link' },
      { path: 'data/pipe', what: 'fifo' },
      { path: 'data/socket', what: 'socket' },
    ])
  } finally {
    server.close()
  }
})

test('a hard link is a file like any other', async () => {
  writeFileSync(at('a'), 'same')
  linkSync(at('a'), at('b'))
  const source = await openDirectory(root)
  expect(pathsOf(source)).toEqual(['a', 'b'])
  expect((await bytesOf(source, 'b')).toString()).toBe('same')
})

/** Runs as somebody who may not read everything, also where the tests run as root. */
async function asNobody<Result>(run: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return run()
  process.seteuid?.(65_534)
  try {
    return await run()
  } finally {
    process.seteuid?.(0)
  }
}

test('a folder that may not be read is listed, a file that may not be read is an entry with a fault', async () => {
  mkdirSync(at('closed'))
  writeFileSync(at('closed', 'inside'), 'x')
  mkdirSync(at('names-only'))
  writeFileSync(at('names-only', 'inside'), 'x')
  writeFileSync(at('private'), 'x')
  writeFileSync(at('public'), 'x')
  chmodSync(at('closed'), 0o300)
  chmodSync(at('names-only'), 0o444)
  chmodSync(at('private'), 0o200)
  try {
    await asNobody(async () => {
      const source = await openDirectory(root)
      expect(pathsOf(source)).toEqual(['private', 'public'])
      expect([...source.irregular].sort((a, b) => comparePaths(a.path, b.path))).toEqual([
        { path: 'closed', what: 'unreadable-folder' },
        { path: 'names-only', what: 'unreadable-folder' },
      ])
      expect(await faultOf(bytesOf(source, 'private'))).toBe('permission')
      expect((await bytesOf(source, 'public')).toString()).toBe('x')
    })
  } finally {
    for (const name of ['closed', 'names-only']) chmodSync(at(name), 0o700)
  }
})

test('what changed since it was listed is a fault, never other bytes', async () => {
  const names = ['grown', 'cut', 'touched', 'replaced', 'linked', 'piped', 'gone', 'emptied', 'filled']
  for (const name of names) writeFileSync(at(name), name === 'filled' ? '' : 'content')
  const source = await openDirectory(root)
  appendFileSync(at('grown'), '+')
  truncateSync(at('cut'), 3)
  utimesSync(at('touched'), 1, 1)
  writeFileSync(at('new'), 'CONTENT')
  renameSync(at('new'), at('replaced'))
  for (const name of ['linked', 'piped', 'gone']) rmSync(at(name))
  symlinkSync(at('grown'), at('linked'))
  execFileSync('mkfifo', [at('piped')])
  truncateSync(at('emptied'), 0)
  writeFileSync(at('filled'), 'x')
  const found: Record<string, string> = {}
  for (const name of names) found[name] = await faultOf(bytesOf(source, name))
  expect(found).toEqual({
    grown: 'changed',
    cut: 'changed',
    touched: 'changed',
    replaced: 'changed',
    linked: 'not-a-file',
    piped: 'not-a-file',
    gone: 'changed',
    emptied: 'changed',
    filled: 'changed',
  })
})

test('when the folder itself is gone the source has vanished', async () => {
  writeFileSync(at('a'), 'content')
  const source = await openDirectory(root)
  renameSync(root, join(folder, 'elsewhere'))
  expect(await faultOf(bytesOf(source, 'a'))).toBe('vanished')
  expect(await faultOf(openDirectory(root))).toBe('vanished')
  writeFileSync(root, 'a file')
  expect(await faultOf(openDirectory(root))).toBe('not-a-file')
})

test('a folder named by a link is that folder', async () => {
  writeFileSync(at('a'), 'content')
  symlinkSync(root, join(folder, 'link'))
  expect(pathsOf(await openDirectory(join(folder, 'link')))).toEqual(['a'])
})

test('one file gives exactly the bytes asked for, until it changes', async () => {
  const path = at('archive')
  writeFileSync(path, 'abcdefghij')
  symlinkSync(path, at('link'))
  const file = await openFileAccess(at('link'))
  expect(file.size).toBe(10)
  expect(Buffer.from(await file.read(3, 4)).toString()).toBe('defg')
  expect((await file.read(10, 0)).length).toBe(0)
  await expect(file.read(8, 3)).rejects.toThrow(RangeError)
  appendFileSync(path, 'k')
  expect(await faultOf(file.read(0, 1))).toBe('changed')
  await file.close()
  await file.close()
  await expect(file.read(0, 1)).rejects.toThrow(TypeError)
})

test('what is not a file is not opened as one', async () => {
  expect(await faultOf(openFileAccess(root))).toBe('not-a-file')
  expect(await faultOf(openFileAccess(at('nothing')))).toBe('vanished')
  execFileSync('mkfifo', [at('pipe')])
  expect(await faultOf(openFileAccess(at('pipe')))).toBe('not-a-file')
  expect(await faultOf(openFileAccess('/dev/zero'))).toBe('not-a-file')
})

test("the system's codes have one meaning each", () => {
  const onLinux = ['EACCES', 'EPERM', 'EBUSY', 'EIO', 'ENODEV', 'EISDIR', 'ELOOP', 'EFBIG', 'EMFILE', 'UNKNOWN']
  expect(onLinux.map((code) => faultReason(code, 'linux'))).toEqual([
    'permission',
    'permission',
    'busy',
    'bad-sector',
    'vanished',
    'not-a-file',
    'not-a-file',
    'too-large',
    'other',
    'other',
  ])
  expect(faultReason('UNKNOWN', 'win32')).toBe('placeholder')
  expect(faultReason('EDEADLK', 'darwin')).toBe('placeholder')
})
