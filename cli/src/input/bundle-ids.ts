import {
  type BundleRecord,
  type CertificateSource,
  collectCertificates,
  establishRecords,
  LIMITS,
  makeFileTree,
  SEAL_ID_FILE,
  type SealFileFacts,
  toHex,
} from '@probatum/core'
import { type NodePorts, nodeSmallDigest } from '@probatum/platform/node'
import { signerOf } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import { InputError } from '../errors.ts'
import { openBundle } from './bundle-input.ts'
import type { OpenOptions } from './encrypted-input.ts'

/** What a bundle is known by, from its own files. Nothing is said about whether they hold. */
export interface BundleIds {
  /** SHA-256 of tagmanifest-sha256.txt and of the signature file over it, hex. */
  readonly bundle: string
  readonly seal: string
  readonly logId: string
  readonly exportNumber: string
  readonly itemCount: number
  /** Of its checkpoint, the root in hex. */
  readonly size: number
  readonly root: string
  /** Whether it came encrypted, as this file. */
  readonly isEncrypted: boolean
  /** Keys of whoever signed the seal, as its record names their certificates. */
  readonly sealers: readonly string[]
}

/** @throws {InputError | SourceFault | ParseError} where one of them cannot be read */
export async function readBundleIds(path: string, ports: NodePorts, options: OpenOptions = {}): Promise<BundleIds> {
  const bundle = await openBundle(path, ports, 'any', options)
  try {
    const { tree } = await makeFileTree(bundle.source)
    const digestOf = async (file: string) => {
      if (!tree.byPath.has(file)) throw lacking(path, file)
      return toHex(nodeSmallDigest('sha256', await tree.read(file, LIMITS.manifestBytes)))
    }
    const id = await digestOf('tagmanifest-sha256.txt')
    const seal = await digestOf(SEAL_ID_FILE)
    const { history, record, seal: sealFiles } = await establishRecords(tree, ports)
    const { logStart, ownExport } = history?.custody ?? {}
    const { checkpoint, itemLines } = history?.log ?? {}
    const logId = logStart?.logId ?? null
    const exportNumber = ownExport?.exportNumber ?? null
    if (logId === null || exportNumber === null) throw lacking(path, 'record/custody.jsonl')
    if (checkpoint === undefined || checkpoint === null) throw lacking(path, 'record/checkpoint')
    if (itemLines === undefined || itemLines === null) throw lacking(path, 'record/items.jsonl')
    const { size, root } = checkpoint
    const isEncrypted = bundle.encryption !== null
    const read = (file: string) => tree.read(file, LIMITS.cmsBytes)
    const sealers = await sealersOf(record, sealFiles, read)
    return { bundle: id, seal, logId, exportNumber, itemCount: itemLines, size, root, isEncrypted, sealers }
  } finally {
    await bundle.close()
  }
}

async function sealersOf(
  record: BundleRecord | null,
  files: readonly SealFileFacts[],
  read: (path: string) => Promise<Uint8Array>,
): Promise<readonly string[]> {
  const named = new Set((record?.seal ?? []).map(({ signer }) => signer))
  const sources: CertificateSource[] = []
  for (const { file, present } of files)
    if (present) sources.push({ path: file, bytes: await read(`seal/1/${file}`), kind: 'signature' })
  const { certificates } = collectCertificates(sources, nodeSmallDigest)
  return certificates
    .filter(({ sha256 }) => named.has(sha256))
    .map(({ der }) => signerOf(der, { smallDigest: nodeSmallDigest }).key)
}

function lacking(path: string, file: string): InputError {
  return new InputError(
    `${escapeForDisplay(path)} has no ${file} that can be read, so it is no bundle that this can be about.`,
    'Give the sealed bundle as it was sent.',
  )
}
