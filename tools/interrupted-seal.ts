import { spawnSync } from 'node:child_process'
import { createHash, randomBytes, randomInt } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUNDLE } from './build.mjs'

export type State = 'nothing' | 'unfinished' | 'sealed'

/**
 * A folder in which `probatum seal` is interrupted: `files` are sealed into `out`, over a log that is kept where there is one. What
 * must hold of what a run leaves is asked here, for every sweep that interrupts.
 */
export class InterruptedSeal {
  readonly place: string
  readonly isLogged: boolean
  /** SHA-256 of every content that a file ever had. */
  readonly #contents = new Set<string>()

  constructor(place: string, isLogged: boolean) {
    this.place = place
    this.isLogged = isLogged
  }

  path(...names: string[]): string {
    return join(this.place, ...names)
  }

  probatum(
    args: readonly string[],
    options: { readonly env?: NodeJS.ProcessEnv; readonly node?: readonly string[] } = {},
  ) {
    const { env = process.env, node = [] } = options
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [...node, BUNDLE, ...args], {
      ...{ cwd: this.place, encoding: 'utf8', env },
    })
    return { code: status, signal, out: stdout, text: `${stdout}${stderr}` }
  }

  put(name: string, bytes: Uint8Array): void {
    this.#contents.add(createHash('sha256').update(bytes).digest('hex'))
    writeFileSync(this.path('files', name), bytes)
  }

  /** Makes the log, and keeps a copy of it as it begins. */
  makeLog(): void {
    if (!this.isLogged) return
    const key = ['--log-key', 'log-key.pem', '--new-key', '--origin', 'sample.example/interrupted']
    const { code, text } = this.probatum(['custody', 'init', 'log', ...key])
    if (code !== 0) throw new Error(`no log was made: ${text}`)
    cpSync(this.path('log'), this.path('fresh-log'), { recursive: true })
  }

  /** As before the first run; the files stay as they are. */
  reset(): void {
    for (const made of ['out', 'out.trust-set.json', '.out.unfinished', '.out.finished', 'copy'])
      rmSync(this.path(made), { recursive: true, force: true })
    this.#contents.clear()
    for (const digest of this.#digestsIn(this.path('files'))) this.#contents.add(digest)
    if (!this.isLogged) return
    rmSync(this.path('log'), { recursive: true })
    cpSync(this.path('fresh-log'), this.path('log'), { recursive: true })
  }

  /** Arguments of the run that comes next: it goes on where something was left. */
  get next(): string[] {
    const isLeft = existsSync(this.path('.out.unfinished'))
    return [...this.#begin(), ...(isLeft ? ['--resume'] : [])]
  }

  #begin(): string[] {
    const log = this.isLogged ? ['--log', 'log', '--log-key', 'log-key.pem'] : []
    return ['seal', 'files', '-o', 'out', ...log, '--demo-authority']
  }

  get state(): State {
    if (existsSync(this.path('.out.unfinished'))) return 'unfinished'
    return existsSync(this.path('out')) ? 'sealed' : 'nothing'
  }

  /** Sealed, and only waiting for its place: then the files must stay as they are. */
  get isFinished(): boolean {
    return existsSync(this.path('.out.unfinished', 'finished.json'))
  }

  /** Changes a file, adds one before all others, or takes one away: positions shift. */
  changeOne(): void {
    const names = readdirSync(this.path('files', 'below'))
    const chosen = join('below', names[randomInt(0, names.length)] ?? '')
    const kind = randomInt(0, 3)
    if (kind === 0) this.put(chosen, randomBytes(randomInt(1, 3000)))
    else if (kind === 1) this.put(`- added ${randomInt(1e9)} (sample).txt`, randomBytes(100))
    else if (names.length > 5) rmSync(this.path('files', chosen))
  }

  /** What does not hold of what a run left that was cut off. */
  *wrong(): Iterable<string> {
    if (this.state !== 'unfinished') return
    const folder = this.path('.out.unfinished')
    const refused = this.probatum(this.#begin())
    if (refused.code !== 4 || !refused.text.includes('--resume'))
      yield `begun anew over what was left: ${refused.code} ${refused.text}`
    if (!existsSync(join(folder, 'bundle'))) return
    for (const named of ['.out.unfinished', '.out.unfinished/bundle']) {
      const verified = this.probatum(['verify', named, '--policy', 'fixity'])
      if (!existsSync(join(folder, 'SEALING-NOT-FINISHED.txt'))) continue
      if (verified.code !== 4 || !verified.text.includes('not finished'))
        yield `${named} is taken for a bundle: ${verified.code} ${verified.text}`
    }
    // The same without the note beside it: nothing but its own bytes tells that it is not whole.
    const copy = this.path('copy')
    cpSync(join(folder, 'bundle'), copy, { recursive: true })
    const { code } = this.probatum(['verify', copy, '--policy', 'fixity'])
    if (code === 0 && !existsSync(join(copy, 'seal/1/tagmanifest-sha256.txt.p7s.demonstration.tsr')))
      yield 'it verifies as whole, and has no seal'
    rmSync(copy, { recursive: true })
    yield* this.#journalled(folder)
  }

  *#journalled(folder: string): Iterable<string> {
    const journal = join(folder, 'journal.jsonl')
    if (!existsSync(journal)) return
    const named = new Map<string, string>()
    for (const line of readFileSync(journal, 'utf8').split('\n').slice(0, -1)) {
      const entry = JSON.parse(line)
      if ('forget' in entry) named.delete(entry.forget)
      else named.set(entry.path, entry.digests.sha256)
    }
    for (const [path, sha256] of named) {
      const target = join(folder, 'bundle', path)
      const bytes = existsSync(target) ? readFileSync(target) : undefined
      if (bytes === undefined || createHash('sha256').update(bytes).digest('hex') !== sha256)
        yield `${path} is in the journal and not on the disk`
    }
  }

  /** Goes on to the end: the bundle has every file, with the bytes that it has now, and the log nothing twice. */
  *finish(): Iterable<string> {
    if (!existsSync(this.path('out')) || existsSync(this.path('.out.unfinished'))) {
      const { code, text } = this.probatum(this.next)
      if (code !== 0) {
        yield `not resumed: ${code} ${text}`
        return
      }
    }
    if (existsSync(this.path('.out.unfinished'))) yield 'something was left behind'
    const verified = this.probatum(['verify', 'out', '--trust-set', 'out.trust-set.json'])
    if (verified.code !== 0) yield `the bundle does not verify: ${verified.text}`
    const ours = this.#digestsIn(this.path('files')).sort()
    const theirs = this.#digestsIn(this.path('out', 'data')).sort()
    if (ours.join() !== theirs.join()) yield 'the bundle has other bytes than the files'
    if (this.isLogged) yield* this.#wrongInLog(ours.length)
  }

  *#wrongInLog(files: number): Iterable<string> {
    const lines = (path: string) => readFileSync(this.path(path), 'utf8').split('\n').slice(0, -1)
    const items = lines('log/items.jsonl').length
    if (items < files || items > this.#contents.size)
      yield `the log has ${items} items for ${files} files of ${this.#contents.size} contents`
    for (const record of ['custody.jsonl', 'items.jsonl']) {
      const [sealed, kept] = [lines(`out/record/${record}`), lines(`log/${record}`)]
      if (sealed.some((line, at) => line !== kept[at])) yield `${record} is no beginning of the log’s`
    }
    const looked = this.probatum(['custody', 'verify', 'log'])
    if (looked.code !== 0) yield `the log does not verify: ${looked.text}`
  }

  #digestsIn(folder: string): string[] {
    return readdirSync(folder).flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory()
        ? this.#digestsIn(path)
        : [createHash('sha256').update(readFileSync(path)).digest('hex')]
    })
  }

  /** Few large ones and some small ones, of random bytes. */
  makeFiles(count: number, largest: number, large: number): void {
    mkdirSync(this.path('files', 'below'), { recursive: true })
    for (let at = 0; at < count; at++)
      this.put(join(at % 2 === 0 ? '' : 'below', `${at} (sample).txt`), randomBytes(randomInt(1, largest)))
    for (let at = 0; at < large; at++) this.put(`large ${at} (sample).bin`, randomBytes(4_000_000 + at))
  }
}
