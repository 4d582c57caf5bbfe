import { ParseError } from '../model/parse-error.ts'
import { decodeLatin1 } from '../model/utf8.ts'
import { refusedPathProblem } from './entry-path.ts'

/**
 * Characters of all folders that are kept one by one. A million files in a hundred thousand folders are some 10,000,000; names
 * that are thousands of folders deep have their own length once more for each.
 */
const FOLDER_CHARACTERS = 33_554_432

/**
 * The names of one archive as they come: each contained, each once, none both a file and a folder.
 * Equal names are a refusal even when their contents are equal: readers differ about which one counts.
 */
export class EntryNames {
  readonly #kind: 'zip' | 'tar'
  /** Files so far, as long as each came behind the one before in order: none of them can be there twice. */
  #ascending: string[] | undefined = []
  /** The same once one did not. */
  #files = new Set<string>()
  /** Folders that entries lie in or are; beyond FOLDER_CHARACTERS without those above them. */
  readonly #folders = new Set<string>()
  /** Characters of folders that may still be kept. */
  #room: number
  #lastFolder = ''

  constructor(kind: 'zip' | 'tar', folderCharacters = FOLDER_CHARACTERS) {
    this.#kind = kind
    this.#room = folderCharacters
  }

  /**
   * @param name as the archive has it; a folder's may end with `/`
   * @param raw the name's bytes, when they are not UTF-8
   * @throws {ParseError} ERR_PATH_UNSAFE, ERR_ZIP_BACKSLASH, ERR_PATH_DUPLICATE
   */
  add(name: string, isFolder: boolean, raw?: Uint8Array): void {
    const path = isFolder && name.endsWith('/') ? name.slice(0, -1) : name
    // The visible form of bytes that are not UTF-8 has backslashes of its own.
    const judged = raw === undefined ? path : decodeLatin1(raw).replace(isFolder ? /\/$/ : '', '')
    this.#requireContained(judged, name)
    if (isFolder) {
      this.#addFolder(path)
      return
    }
    if (!this.#isNewFile(path)) throw new ParseError('ERR_PATH_DUPLICATE', { where: name, field: 'name' })
    const slash = path.lastIndexOf('/')
    // Mostly it is the folder of the file before.
    if (slash <= 0 || (slash === this.#lastFolder.length && path.startsWith(this.#lastFolder))) return
    this.#lastFolder = path.slice(0, slash)
    this.#addFolder(this.#lastFolder)
  }

  /** @throws {ParseError} ERR_PATH_DUPLICATE when a name is a file and a folder */
  finish(): void {
    for (const folder of this.#folders) if (this.#hasFile(folder)) throw bothKinds(folder)
    if (this.#room >= 0) return
    const folder = fileAbove([...(this.#ascending ?? this.#files), ...Array.from(this.#folders, (path) => `${path}/`)])
    if (folder !== undefined) throw bothKinds(folder)
  }

  #isNewFile(path: string): boolean {
    const ascending = this.#ascending
    if (ascending !== undefined) {
      const last = ascending[ascending.length - 1]
      if (last === undefined || path > last) {
        ascending.push(path)
        return true
      }
      this.#ascending = undefined
      this.#files = new Set(ascending)
    }
    const before = this.#files.size
    return this.#files.add(path).size > before
  }

  #hasFile(path: string): boolean {
    const ascending = this.#ascending
    if (ascending === undefined) return this.#files.has(path)
    let low = 0
    let high = ascending.length
    while (low < high) {
      const middle = (low + high) >> 1
      // The order in which they were found to ascend.
      if ((ascending[middle] ?? '') < path) low = middle + 1
      else high = middle
    }
    return ascending[low] === path
  }

  #addFolder(folder: string): void {
    for (
      let path = folder;
      path !== '' && !this.#folders.has(path);
      path = path.slice(0, Math.max(0, path.lastIndexOf('/')))
    ) {
      this.#folders.add(path)
      this.#room -= path.length
      if (this.#room < 0) return
    }
  }

  #requireContained(path: string, name: string): void {
    const problem = refusedPathProblem(path)
    if (problem === undefined) return
    // Windows writers of old used `\` between folders. What would be safe with `/` gets its own advice.
    if (
      this.#kind === 'zip' &&
      problem === 'backslash' &&
      refusedPathProblem(path.replaceAll('\\', '/').replace(/\/$/, '')) === undefined
    ) {
      throw new ParseError('ERR_ZIP_BACKSLASH', { where: name, field: 'name' })
    }
    throw new ParseError('ERR_PATH_UNSAFE', { where: name, field: problem })
  }
}

/**
 * A file that another name lies below. In order of code units a name is followed by all that begin with it, so that only the
 * longest that begins the next has to be looked at: those that begin both were looked at with it.
 */
function fileAbove(names: string[]): string | undefined {
  const beginnings: string[] = []
  for (const name of names.sort()) {
    let last = beginnings.at(-1)
    while (last !== undefined && !name.startsWith(last)) {
      beginnings.pop()
      last = beginnings.at(-1)
    }
    if (last !== undefined && name[last.length] === '/') return last
    if (!name.endsWith('/')) beginnings.push(name)
  }
  return undefined
}

function bothKinds(folder: string): ParseError {
  return new ParseError('ERR_PATH_DUPLICATE', { where: folder, field: 'name', found: 'a file and a folder' })
}
