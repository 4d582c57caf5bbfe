import { createHash } from 'node:crypto'
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, symlinkSync, writeFileSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SHIPPED_POLICIES, serializeReport } from '@probatum/core'
import { bytesOf } from '../../test-vectors/archives/build.ts'
import { containerBytes, type Vector } from '../../test-vectors/vector.ts'
import { type AskedPage, CHOICE, type PageOutcome } from '../testing/engine-page.ts'
import type { VectorRunner } from './run-vector.ts'

/** Vectors of which a page sees something else than the command line, and why. */
export const SEEN_OTHERWISE: ReadonlyMap<string, string> = new Map([
  ['directory-empty', 'a browser hands over no folder without files'],
  ['directory-two-bundles', 'the page lists both and verifies each'],
  ['later-empty', 'nothing in the file says that it holds openings'],
  ['later-no-json', 'nothing in the file says that it holds openings'],
  ['notice-no-json', 'nothing in the file says that it is a notice'],
])

/** Why a vector cannot be shown to a page as it is; undefined for the others. */
export function notForPages(vector: Vector): string | undefined {
  if (vector.mutations.some(({ op }) => op === 'link')) return 'a browser shows no links'
  if (vector.mutations.some(({ op }) => op === 'unreadable' || op === 'vanish'))
    return 'its faults are simulated, and a browser words them in its own way'
  if (vector.inputs.recipient !== undefined)
    return 'a page asks for no recipient but that of the key that opened a bundle'
  return undefined
}

/** Puts vectors before the page's engine, and its reports beside those of Node. */
export class VectorsInPage {
  readonly #page: AskedPage
  readonly #runner: VectorRunner
  readonly #folder: string
  readonly #scratch: string
  readonly #noFolders: boolean
  #count = 0

  /** @param noFolders the browser cannot be handed a folder: it is packed, and the bodies are compared */
  constructor(page: AskedPage, runner: VectorRunner, folder: string, scratch: string, { noFolders = false } = {}) {
    this.#noFolders = noFolders
    this.#page = page
    this.#runner = runner
    this.#folder = folder
    this.#scratch = scratch
  }

  /** @returns how the page differs from Node; undefined when the reports are the same bytes */
  async differenceOf(vector: Vector): Promise<string | undefined> {
    const { report } = await this.#runner.run(vector)
    const found = await this.#inPage(vector)
    if (report === null) {
      if (found === null) return `Node: ${vector.expect.error}, the page: nothing to verify`
      if (!('failure' in found)) return `Node: ${vector.expect.error}, the page: a report`
      const code = found.failure.kind === 'parse' ? found.failure.code : JSON.stringify(found.failure)
      return code === vector.expect.error ? undefined : `Node: ${vector.expect.error}, the page: ${code}`
    }
    if (found === null) return 'the page sees nothing to verify'
    if ('failure' in found) return `the page: ${JSON.stringify(found.failure)}`
    const isPacked = this.#noFolders && vector.container.kind === 'directory'
    const bodyOf = (text: string) => JSON.stringify((JSON.parse(text) as { body: unknown }).body)
    const whole = new TextDecoder().decode(serializeReport(report))
    // Canonical JSON keeps its order through JSON.parse.
    const [expected, own] = isPacked ? [bodyOf(whole), bodyOf(found.report)] : [whole, found.report]
    if (own !== expected) return firstDifference(expected, own)
    const inventory = createHash('sha256').update(found.inventory).digest('hex')
    return inventory === report.body.inventory.sha256 ? undefined : 'another inventory than the report states'
  }

  /** Null when the page found neither a subject nor a refused archive. */
  async #inPage(vector: Vector): Promise<PageOutcome | null> {
    const folder = join(this.#scratch, `page-${this.#count++}`)
    const place = join(folder, vector.name)
    try {
      const isFolder = this.#put(vector, place)
      let intake = await this.#page.give([place], { folder: isFolder })
      const refused = intake.others.find(({ failure }) => failure !== null)?.failure
      const [subject] = intake.subjects
      if (subject?.kind !== 'bundle') {
        if (refused !== undefined && refused !== null) return { failure: refused }
        const looksLike = intake.others[0]?.looksLike
        // What is no archive at all the page explains without a run.
        return looksLike === undefined ? null : { failure: notABundle(looksLike) }
      }
      const disclosures = [
        ...(vector.inputs.disclosures ?? []).map((name) => join(this.#folder, 'disclosures', `${name}.jsonl`)),
        ...(vector.inputs.notices ?? []).map((name) => join(this.#folder, 'notices', `${name}.json`)),
      ]
      const trusted = vector.trustSet === null ? [] : [join(this.#folder, 'trust-sets', `${vector.trustSet}.json`)]
      const isShipped = SHIPPED_POLICIES.some(({ id }) => id === vector.policy)
      const beside = isShipped ? trusted : [...trusted, join(this.#folder, 'policies', `${vector.policy}.json`)]
      if (beside.length + disclosures.length > 0)
        intake = await this.#page.give([...beside, ...disclosures], { keep: true })
      const trustSet = intake.beside.find(({ kind }) => kind === 'trust-set')?.file ?? null
      const policy = intake.beside.find(({ kind }) => kind === 'policy')
      const openings = intake.beside
        .filter(({ kind }) => kind === 'disclosures' || kind === 'notice')
        .map(({ file }) => file)
      return await this.#page.verify(
        {
          ...CHOICE,
          policy: policy?.kind === 'policy' ? policy.policy.id : vector.policy,
          trustSet,
          at: vector.validationTime,
          part: vector.inputs.part ?? false,
          beside: openings,
          ...(vector.inputs.digests === undefined
            ? {}
            : { digests: vector.inputs.digests as NonNullable<typeof CHOICE.digests> }),
        },
        subject.id,
      )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  /** @returns whether it is a folder */
  #put(vector: Vector, place: string): boolean {
    const { container } = vector
    const made = this.#runner.filesOf(vector)
    if (container.kind === 'directory' && this.#noFolders) {
      const { topFolder = '', extra = [] } = container
      const entries = extra.map(({ path, content }) => ({ name: path, content }))
      mkdirSync(dirname(place), { recursive: true })
      writeFileSync(place, containerBytes({ kind: 'zip', topFolder, extra: entries }, made.files))
      return false
    }
    if (container.kind === 'directory') {
      const prefix = container.topFolder === undefined ? '' : `${container.topFolder}/`
      mkdirSync(place, { recursive: true })
      const put = (path: string, bytes: Uint8Array) => {
        mkdirSync(dirname(join(place, path)), { recursive: true })
        writeFileSync(join(place, path), bytes)
      }
      for (const [path, bytes] of made.files) put(prefix + path, bytes)
      for (const [path, to] of made.links) symlinkSync(to, join(place, prefix + path))
      for (const { path, content } of container.extra ?? []) put(path, bytesOf(content))
      return true
    }
    mkdirSync(dirname(place), { recursive: true })
    const bytes = containerBytes(container, made.files)
    if (container.kind !== 'zip' || container.hole === undefined) {
      writeFileSync(place, bytes)
      return false
    }
    // Zeros that the disk need not have.
    const { offset, length } = container.hole
    const file = openSync(place, 'wx')
    writeSync(file, bytes, 0, offset, 0)
    ftruncateSync(file, bytes.length + length)
    writeSync(file, bytes, offset, bytes.length - offset, offset + length)
    closeSync(file)
    return false
  }
}

function notABundle(found: string) {
  return {
    kind: 'parse',
    code: 'ERR_NOT_A_BUNDLE',
    detail: { where: 'file', found },
    message: found,
  } as const
}

function firstDifference(expected: string, found: string): string {
  let at = 0
  while (expected[at] === found[at] && at < expected.length) at++
  const around = (text: string) => text.slice(Math.max(0, at - 60), at + 60)
  return `the report differs at ${at}:\n    Node ${around(expected)}\n    page ${around(found)}`
}
