import { createHash } from 'node:crypto'
import { type BundleRecord, canonicalise, comparePaths, parseCertificate } from '@probatum/core'
import {
  fileOf,
  type LogKey,
  localTimeStampAuthority,
  logKey,
  memorySink,
  type PayloadFile,
  sampleEd25519Key,
  sealBundle,
  sealSample,
  seededRandom,
  signDetached,
} from '@probatum/seal'
import { instant } from '../testing/judgement.ts'
import { granted, token } from './cms.ts'
import { type Issued, PKI } from './pki.ts'

export type Files = Map<string, Uint8Array>

export const SEALED_AT = instant('2026-03-14T09:12:00Z')

export interface SealRecipe {
  /** Seed of salts and log. Default: those of the base `small`, so that only the seal differs. */
  readonly name?: string
  readonly payload?: readonly PayloadFile[]
  readonly longTerm?: boolean
  readonly signer?: Issued
  /** Signs beside, with ML-DSA-65; not where content is altered. */
  readonly postQuantum?: Issued
  /** Certificates between the signer's and the root. */
  readonly chain?: readonly Issued[]
  /** By label. */
  readonly units?: Readonly<Record<string, Issued>>
  /** Changes bundle.json before it is sealed. */
  readonly record?: (record: BundleRecord) => unknown
  /** Changes other files before the tag manifests are written. */
  readonly files?: (files: Files) => void
  /** Stands in the place of the tag manifest. */
  readonly tagManifest?: Uint8Array
  /** Makes the signature instead of the product. */
  readonly signature?: (covered: Uint8Array) => Promise<Uint8Array>
  /** Makes each response instead of the product. */
  readonly response?: (signature: Uint8Array, unit: Issued, label: string) => Promise<Uint8Array>
}

export const text = (content: string): Uint8Array => new TextEncoder().encode(content)

const SMALL: readonly PayloadFile[] = [
  { name: 'note (sample).txt', ...fileOf(text('INVENTED SAMPLE\nA blue van, twelve minutes past nine.\n')) },
]

/** The log of a bundle of these vectors; `random` is that of its recipe. */
async function logOf(name: string, random: (octets: number) => Uint8Array): Promise<LogKey> {
  return logKey(`vectors.example/log/${name}`, await sampleEd25519Key(random(32)))
}

/** The key of the log of a bundle of these vectors. */
export const logKeyOf = (name: string): Promise<LogKey> => logOf(name, seededRandom(`vector ${name}`))

/** The log's key as a trust set holds it. */
export const logVerifierKey = async (name: string): Promise<string> => (await logKeyOf(name)).verifierKey

/** Seals with the product; what a recipe alters is laid by hand, and everything above it is made anew. */
export async function seal(recipe: SealRecipe): Promise<Files> {
  const { name = 'small', signer = PKI.signer, units = { 'example-tsa': PKI.unit } } = recipe
  const random = seededRandom(`vector ${name}`)
  const sink = memorySink()
  const certificates = [signer, ...(recipe.chain ?? [])].map(({ der }) => der)
  const authorities = Object.entries(units).map(([label, unit]) =>
    localTimeStampAuthority({
      label,
      subject: parseCertificate(unit.der).subject.text,
      key: unit.key,
      certificates: [unit.der],
      policy: '2.999.3161.1',
      now: () => SEALED_AT,
      random,
    }),
  )
  await sealBundle({
    files: recipe.payload ?? SMALL,
    sink,
    now: SEALED_AT,
    random,
    issuer: 'Example Mechanism (sample)',
    recipient: 'Example Prosecution Service (sample)',
    externalIdentifier: 'Example case 1 (sample), export 1',
    longTerm: recipe.longTerm ?? false,
    sample: true,
    signer: { key: signer.key, certificates },
    ...(recipe.postQuantum === undefined
      ? {}
      : { postQuantum: { key: recipe.postQuantum.key, certificates: [recipe.postQuantum.der] } }),
    timeStampAuthorities: authorities,
    log: await logOf(name, random),
    softwareAgent: 'probatum test vectors',
  })
  const files = new Map(sink.files)
  const altersContent = recipe.record !== undefined || recipe.files !== undefined || recipe.tagManifest !== undefined
  if (recipe.record !== undefined) {
    const record = JSON.parse(new TextDecoder().decode(fileAt(files, 'record/bundle.json')))
    files.set('record/bundle.json', canonicalise(recipe.record(record) as Parameters<typeof canonicalise>[0]))
  }
  recipe.files?.(files)
  if (altersContent) listTagFiles(files)
  if (recipe.tagManifest !== undefined) files.set('tagmanifest-sha256.txt', recipe.tagManifest)
  const covered = fileAt(files, 'tagmanifest-sha256.txt')
  const path = 'seal/1/tagmanifest-sha256.txt.p7s'
  if (altersContent || recipe.signature !== undefined) {
    files.set(
      path,
      await (recipe.signature?.(covered) ??
        signDetached({
          content: covered,
          certificates,
          privateKey: signer.key,
          signingTime: SEALED_AT,
          digest: 'sha256',
        })),
    )
  }
  if (altersContent || recipe.signature !== undefined || recipe.response !== undefined) {
    const signature = fileAt(files, path)
    for (const [label, unit] of Object.entries(units))
      files.set(
        `${path}.${label}.tsr`,
        await (recipe.response?.(signature, unit, label) ?? token({ data: signature, unit }).then(granted)),
      )
  }
  return files
}

export function fileAt(files: ReadonlyMap<string, Uint8Array>, path: string): Uint8Array {
  const bytes = files.get(path)
  if (bytes === undefined) throw new TypeError(`no file ${path}`)
  return bytes
}

export function replaceText(files: Files, path: string, from: string, to: string): void {
  const before = new TextDecoder().decode(fileAt(files, path))
  if (before.split(from).length !== 2) throw new TypeError(`not exactly one ${from} in ${path}`)
  files.set(path, text(before.replace(from, () => to)))
}

export const hex = (algorithm: string, bytes: Uint8Array): string => createHash(algorithm).update(bytes).digest('hex')

/** Writes a manifest over the files that `covers` chooses. */
export function list(files: Files, manifest: string, covers: (path: string) => boolean): void {
  const algorithm = /manifest-(.+)\.txt$/.exec(manifest)?.[1] ?? ''
  const paths = [...files.keys()].filter(covers).sort(comparePaths)
  files.set(manifest, text(paths.map((path) => `${hex(algorithm, fileAt(files, path))}  ${path}\n`).join('')))
}

export function listTagFiles(files: Files, algorithm = 'sha256'): void {
  list(files, `tagmanifest-${algorithm}.txt`, (path) => !/^(?:data\/|seal\/|tagmanifest-)/.test(path))
}

/** The sample of `npm start`, with a fixed time and seed. */
export const demonstration = (): ReturnType<typeof sealSample> =>
  sealSample({ now: SEALED_AT, random: seededRandom('vectors: the demonstration') })
