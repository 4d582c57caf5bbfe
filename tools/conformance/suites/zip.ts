import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { openArchive, ParseError, type ParseErrorCode, type RandomAccess } from '@probatum/core'
import { nodeInflater } from '@probatum/platform/node'
import type { CaseResult, Suite } from '../suite.ts'

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** Contents of the Go archives, which have no folder beside them: SHA-256 by path, as Python's zipfile and unzip both read them. */
const GO_CONTENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'crc32-not-streamed.zip': {
    'foo.txt': 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
    'bar.txt': '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730',
  },
  'dd.zip': { filename: '7d33d9ba6defc9dca6e8c24e3d1d286650a5d11912f0abf1475c76af28cf77ce' },
  'dupdir.zip': { 'a/b': EMPTY, 'a/b/c': EMPTY },
  'go-no-datadesc-sig.zip.base64': {
    'foo.txt': 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
    'bar.txt': '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730',
  },
  'go-with-datadesc-sig.zip': {
    'foo.txt': 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
    'bar.txt': '7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730',
  },
  'readme.zip': { README: 'd96fcb76e5604417d3408833bbbec380eb07fe0bf56067436cd8cb27148532f9' },
  'subdir.zip': { 'a/b/c': EMPTY },
  'symlink.zip': { symlink: 'b4d371f570d910a6d7956a5f8ddff022a601c2dd958fa285de41b8b8c7048219' },
  'test-prefix.zip': {
    'test.txt': '3162f80e9db2a1c7229ce55d6dbc8c4496936f66c7df5136d24e8f9973cf64bc',
    'gophercolor16x16.png': 'f29bb9177d08fb50027e74a37eb00a69906a5994dc55a041670703efe4ecfdc9',
  },
  'test-trailing-junk.zip': {
    'test.txt': '3162f80e9db2a1c7229ce55d6dbc8c4496936f66c7df5136d24e8f9973cf64bc',
    'gophercolor16x16.png': 'f29bb9177d08fb50027e74a37eb00a69906a5994dc55a041670703efe4ecfdc9',
  },
  'test.zip': {
    'test.txt': '3162f80e9db2a1c7229ce55d6dbc8c4496936f66c7df5136d24e8f9973cf64bc',
    'gophercolor16x16.png': 'f29bb9177d08fb50027e74a37eb00a69906a5994dc55a041670703efe4ecfdc9',
  },
  'time-22738.zip': { file: EMPTY },
  'time-7zip.zip': { 'test.txt': EMPTY },
  'time-go.zip': { 'test.txt': EMPTY },
  'time-infozip.zip': { 'test.txt': EMPTY },
  'time-osx.zip': { 'test.txt': EMPTY },
  'time-win7.zip': { 'test.txt': EMPTY },
  'time-winrar.zip': { 'test.txt': EMPTY },
  'time-winzip.zip': { 'test.txt': EMPTY },
  'unix.zip': {
    hello: '6536d4feae10cf69a35efe7b0e4abedbc7c8c7bac12d89232b7dfcf5f387927c',
    'dir/bar': '39dd73e4dae46b506e7f9b41066f7f21e5d61dadd4d2b5806d31e364886c2d08',
    readonly: '779ea758cdca523be3302725bd89ced1d0c3499db16fa80580bcf731a7de2099',
  },
  'utf8-7zip.zip': { 世界: EMPTY },
  'utf8-infozip.zip': { 世界: EMPTY },
  'utf8-osx.zip': { 世界: EMPTY },
  'utf8-winrar.zip': { 世界: EMPTY },
  'utf8-winzip.zip': { 世界: EMPTY },
  'winxp.zip': {
    hello: '6536d4feae10cf69a35efe7b0e4abedbc7c8c7bac12d89232b7dfcf5f387927c',
    'dir/bar': '39dd73e4dae46b506e7f9b41066f7f21e5d61dadd4d2b5806d31e364886c2d08',
    readonly: '779ea758cdca523be3302725bd89ced1d0c3499db16fa80580bcf731a7de2099',
  },
  'zip64-2.zip': { README: '4fe486822766313001f00f7a4ce2176271e19a65f0a915d98c8777fdbb9eb142' },
  'zip64.zip': { README: '4fe486822766313001f00f7a4ce2176271e19a65f0a915d98c8777fdbb9eb142' },
}

/**
 * Archives that are refused on purpose, and why. Everything else that has contents must open; a refusal that is not
 * here is a false reject.
 */
const REFUSED: Readonly<Record<string, ParseErrorCode>> = {
  // A file and a folder of one name.
  'go/dupdir.zip': 'ERR_PATH_DUPLICATE',
  // A byte behind the comment; text before and behind the archive; text behind it.
  'go/readme.zip': 'ERR_ZIP_AMBIGUOUS',
  'go/test-prefix.zip': 'ERR_ZIP_AMBIGUOUS',
  'go/test-trailing-junk.zip': 'ERR_ZIP_AMBIGUOUS',
  'go/symlink.zip': 'ERR_ENTRY_TYPE',
  // The directory's size is wrong.
  'go/test-baddirsz.zip': 'ERR_ZIP_AMBIGUOUS',
  // Method 7, Tokenise.
  'yauzl/bogus-compression-method.zip': 'ERR_ZIP_UNSUPPORTED',
  'yauzl/sloppy-filenames.zip': 'ERR_ZIP_BACKSLASH',
  'yauzl/traditional-encryption.zip': 'ERR_ZIP_ENCRYPTED',
  'yauzl/traditional-encryption_deprecated.zip': 'ERR_ZIP_ENCRYPTED',
  'yauzl/traditional-encryption-and-compression.zip': 'ERR_ZIP_ENCRYPTED',
  'yauzl/traditional-encryption-and-compression_deprecated.zip': 'ERR_ZIP_ENCRYPTED',
  // Control characters as the name, and four Unicode Path fields with other names.
  'yauzl/unicode-path-extra-field.zip': 'ERR_ZIP_AMBIGUOUS',
}

/** Where the folder beside an archive is known not to show its contents as they are. */
const SEEN_BESIDE: Readonly<Record<string, (path: string, sha256: string) => string | undefined>> = {
  // The folder leaves out a thousand empty files.
  'yauzl/everything.zip': (path, sha256) => (/^a\/b\/[0-9]{3}$/.test(path) && sha256 === EMPTY ? undefined : path),
  // The folder has the names without their diacritics.
  'yauzl/unicode.zip': (path) => path.normalize('NFD').replace(/\p{M}/gu, ''),
}

/**
 * Go's archive/zip and yauzl: right is the contents of the folder beside, or a refusal with its reason; other contents are a
 * false accept.
 */
export const suite: Suite = {
  name: 'zip',
  async run(data) {
    const results: CaseResult[] = []
    const go = join(data, 'zip', 'go')
    for (const file of readdirSync(go).sort()) {
      const bytes = readFileSync(join(go, file))
      const archive = file.endsWith('.base64') ? Buffer.from(bytes.toString('latin1'), 'base64') : bytes
      results.push(await judge(`go/${file}`, archive, GO_CONTENTS[file]))
    }
    const yauzl = join(data, 'zip', 'yauzl', 'success')
    for (const file of readdirSync(yauzl).sort()) {
      if (!file.endsWith('.zip')) continue
      const beside = contentsOf(join(yauzl, file.slice(0, -'.zip'.length)))
      results.push(await judge(`yauzl/${file}`, readFileSync(join(yauzl, file)), beside))
    }
    return results
  },
}

async function judge(
  id: string,
  archive: Uint8Array,
  contents: Readonly<Record<string, string>> | undefined,
): Promise<CaseResult> {
  try {
    const found = await read(archive)
    const same = contents !== undefined && isSame(asBeside(id, found), contents)
    return { id, expected: same ? 'valid' : 'invalid', got: 'PASSED', detail: same ? 'contents' : 'other contents' }
  } catch (error) {
    if (!(error instanceof ParseError)) throw error
    const detail = `${error.code} ${JSON.stringify(error.detail.where)} ${error.detail.field ?? ''}`
    return { id, expected: REFUSED[id] === error.code ? 'either' : 'valid', got: 'FAILED', detail }
  }
}

async function read(archive: Uint8Array): Promise<Record<string, string>> {
  const container: RandomAccess = {
    size: archive.length,
    async read(offset, length) {
      if (offset < 0 || offset + length > archive.length) throw new RangeError(`bytes ${offset} to ${offset + length}`)
      return archive.subarray(offset, offset + length)
    },
    handle: null,
  }
  const source = await openArchive(container, nodeInflater)
  const found: Record<string, string> = {}
  for (const entry of source.entries) {
    const hash = createHash('sha256')
    for await (const bytes of source.open(entry)) hash.update(bytes)
    found[entry.path] = hash.digest('hex')
  }
  return found
}

/** SHA-256 by path of the files in a folder. Names that only keep an empty folder in version control are no contents. */
function contentsOf(folder: string): Record<string, string> {
  const contents: Record<string, string> = {}
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (!statSync(path).isFile() || /(?:^|[\\/])\.(?:git_please_make_this_directory|dont_expect_)/.test(name)) continue
    contents[relative(folder, path).split(sep).join('/')] = createHash('sha256')
      .update(readFileSync(path))
      .digest('hex')
  }
  return contents
}

function asBeside(id: string, found: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const seen = SEEN_BESIDE[id]
  if (seen === undefined) return found
  return Object.fromEntries(
    Object.entries(found).flatMap(([path, sha256]) => {
      const beside = seen(path, sha256)
      return beside === undefined ? [] : [[beside, sha256]]
    }),
  )
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const paths = Object.keys(a)
  return paths.length === Object.keys(b).length && paths.every((path) => a[path] === b[path])
}
