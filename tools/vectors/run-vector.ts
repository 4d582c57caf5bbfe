import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import {
  type BundleSource,
  type DigestAlgorithm,
  describeGivenBeside,
  establishBundleFacts,
  type Finding,
  judge,
  openArchive,
  ParseError,
  type Policy,
  type Ports,
  parseCertificate,
  parsePolicy,
  parseTrustSet,
  type RandomAccess,
  type Report,
  SHIPPED_POLICIES,
  SourceFault,
  serializePolicy,
  type TrustSet,
  toHex,
} from '@probatum/core'
import { openDirectory, openFileAccess } from '@probatum/platform/node'
import { bytesOf } from '../../test-vectors/archives/build.ts'
import {
  applyMutations,
  containerBytes,
  type Expectation,
  type Vector,
  type VectorFiles,
} from '../../test-vectors/vector.ts'
import { instant } from '../testing/judgement.ts'

type Files = ReadonlyMap<string, Uint8Array>

/** Every file below a folder, by its path there. */
export function readTree(folder: string): Map<string, Uint8Array> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    found.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), new Uint8Array(readFileSync(path))]
    }),
  )
}

export interface Outcome {
  readonly found: Expectation
  /** Null when the container was refused. */
  readonly report: Report | null
}

/** Runs vectors that lie in `folder` (test-vectors/), through directories and files made below `scratch`. */
export class VectorRunner {
  readonly #folder: string
  readonly #scratch: string
  readonly #ports: Ports
  readonly #trees = new Map<string, Files>()
  #count = 0

  constructor(folder: string, scratch: string, ports: Ports) {
    this.#folder = folder
    this.#scratch = scratch
    this.#ports = ports
  }

  /** The files that a vector speaks of, after its mutations. */
  filesOf(vector: Vector): VectorFiles {
    const base = vector.base === null ? new Map() : this.#tree(`bundles/base/${vector.base}`)
    const over = vector.over === undefined ? new Map() : this.#tree(`bundles/over/${vector.over}`)
    return applyMutations(new Map([...base, ...over]), vector.mutations, (path) =>
      readFileSync(join(this.#folder, path)),
    )
  }

  async run(vector: Vector): Promise<Outcome> {
    const place = join(this.#scratch, `${this.#count++}`)
    const { container } = vector
    try {
      const made = this.filesOf(vector)
      if (container.kind === 'directory') {
        const files = new Map(made.files)
        const prefix = container.topFolder === undefined ? '' : `${container.topFolder}/`
        putTree(place, files, made.links, prefix)
        putTree(place, new Map(container.extra?.map(({ path, content }) => [path, bytesOf(content)])), new Map(), '')
        return await this.#judged(vector, withFaults(await openDirectory(place), made.faults), null)
      }
      const bytes = containerBytes(container, made.files)
      if (container.kind === 'zip' && container.hole !== undefined) {
        const holed = withHole(bytes, container.hole)
        return await this.#judged(vector, await openArchive(holed, this.#ports.inflater), holed.size)
      }
      mkdirSync(dirname(place), { recursive: true })
      writeFileSync(place, bytes)
      const file = await openFileAccess(place)
      try {
        return await this.#judged(vector, await openArchive(file, this.#ports.inflater), bytes.length)
      } finally {
        await file.close()
      }
    } catch (error) {
      if (error instanceof ParseError) return { found: { exit: 4, error: error.code }, report: null }
      if (error instanceof SourceFault) return { found: { exit: 4, error: error.reason }, report: null }
      throw error
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  }

  trustSet(name: string): TrustSet {
    const bytes = readFileSync(join(this.#folder, 'trust-sets', `${name}.json`))
    return parseTrustSet(new Uint8Array(bytes), (der) => parseCertificate(der), this.#ports.smallDigest)
  }

  /** A shipped policy, or one of policies/. */
  policy(name: string): Policy {
    const shipped = SHIPPED_POLICIES.find(({ id }) => id === name)
    return shipped ?? parsePolicy(new Uint8Array(readFileSync(join(this.#folder, 'policies', `${name}.json`))))
  }

  async #judged(vector: Vector, source: BundleSource, bytes: number | null): Promise<Outcome> {
    const report = await this.judge(vector, source, bytes)
    return { found: foundIn(report), report }
  }

  /** Judges a source as a vector asks, whatever its own files are. */
  async judge(vector: Vector, source: BundleSource, bytes: number | null): Promise<Report> {
    const policy = this.policy(vector.policy)
    const validationTime = instant(vector.validationTime)
    const digests = vector.inputs.digests ?? 'all'
    const judgement = {
      policy,
      policySha256: toHex(this.#ports.smallDigest('sha256', serializePolicy(policy))),
      trustSet: vector.trustSet === null ? null : this.trustSet(vector.trustSet),
      validationTime,
      inputs: {
        digests,
        part: vector.inputs.part ?? false,
        names: false,
        setCode: 'not-confirmed',
        files: [],
        recipient: vector.inputs.recipient ?? null,
      },
    } as const
    const disclosures = (vector.inputs.disclosures ?? []).map(
      (name) => new Uint8Array(readFileSync(join(this.#folder, 'disclosures', `${name}.jsonl`))),
    )
    const notices = (vector.inputs.notices ?? []).map(
      (name) => new Uint8Array(readFileSync(join(this.#folder, 'notices', `${name}.json`))),
    )
    const request = { digests: digests as 'all' | DigestAlgorithm[], name: vector.name, bytes, disclosures, notices }
    const { factsFile } = await establishBundleFacts(source, this.#ports, request)
    const files = describeGivenBeside(factsFile.facts)
    return judge(factsFile, { ...judgement, inputs: { ...judgement.inputs, files } }, this.#ports)
  }

  #tree(path: string): Files {
    const tree = this.#trees.get(path) ?? readTree(join(this.#folder, path))
    this.#trees.set(path, tree)
    return tree
  }
}

export function outcomeOf({ value, reason }: Pick<Finding, 'value' | 'reason'>): string {
  return reason === undefined ? value : `${value}:${reason}`
}

const EXIT = { 'TOTAL-PASSED': 0, 'TOTAL-FAILED': 1, INDETERMINATE: 3 } as const

function foundIn({ body, envelope }: Report): Expectation {
  const { indication } = body.assessment
  const said = body.findings.map((finding) => ({ finding, line: `${finding.id} ${outcomeOf(finding)}` }))
  const isQuiet = ({ value }: Finding) => value === 'PASSED' || value === 'NOT-CHECKED'
  const exceptions = body.findings.flatMap((finding) => finding.exceptions ?? [])
  return {
    indication,
    exit: EXIT[indication],
    findings: said.filter(({ finding }) => !isQuiet(finding)).map(({ line }) => line),
    also: said.filter(({ finding }) => isQuiet(finding)).map(({ line }) => line),
    diagnoses: [
      ...new Set(exceptions.flatMap(({ path, diagnosis }) => (diagnosis ? [`${path} ${diagnosis.id}`] : []))),
    ],
    leftovers: envelope.container.leftovers,
    outside: envelope.container.outside,
  }
}

/** An archive with more zeros inside than anybody would write to a disk for a test. */
function withHole(bytes: Uint8Array, hole: { readonly offset: number; readonly length: number }): RandomAccess {
  const behind = hole.offset + hole.length
  return {
    size: bytes.length + hole.length,
    handle: null,
    async read(offset, length) {
      return Uint8Array.from({ length }, (_, i) => {
        const at = offset + i
        return (at < hole.offset ? bytes[at] : at < behind ? 0 : bytes[at - hole.length]) ?? 0
      })
    },
  }
}

function putTree(place: string, files: Files, links: ReadonlyMap<string, string>, prefix: string): void {
  mkdirSync(place, { recursive: true })
  const folders = new Set<string>()
  for (const [path, bytes] of files) {
    const target = join(place, prefix + path)
    const folder = dirname(target)
    if (!folders.has(folder)) mkdirSync(folder, { recursive: true })
    folders.add(folder)
    writeFileSync(target, bytes)
  }
  for (const [path, to] of links) {
    rmSync(join(place, prefix + path), { force: true })
    symlinkSync(to, join(place, prefix + path))
  }
}

/** The same source, some of whose files cannot be read: what a lost permission or an unplugged disk does. */
function withFaults(source: BundleSource, faults: VectorFiles['faults']): BundleSource {
  if (faults.size === 0) return source
  const faultOf = (path: string) => {
    const reason = faults.get(path)
    return reason === undefined ? undefined : new SourceFault(reason, path, reason === 'vanished' ? 'ENODEV' : 'EACCES')
  }
  return {
    ...source,
    entries: source.entries.map((entry) => {
      const fault = faultOf(entry.path)
      if (fault === undefined) return entry
      const read = () => Promise.reject(fault)
      return { ...entry, extent: { ...entry.extent, container: { size: entry.size, read, handle: null } } }
    }),
    async *open(entry) {
      const fault = faultOf(entry.path)
      if (fault !== undefined) throw fault
      yield* source.open(entry)
    },
  }
}
