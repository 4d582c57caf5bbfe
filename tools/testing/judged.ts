import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CertifyInput } from '@probatum/certificate'
import {
  AUTHORISATION,
  CUSTODY,
  describeGivenBeside,
  establishBundleFacts,
  ITEMS,
  judge,
  makeFileTree,
  type OpenedValue,
  parseCertificate,
  parseTrustSet,
  serializePolicy,
  toHex,
} from '@probatum/core'
import { nodePorts, openDirectory } from '@probatum/platform/node'
import { COMMAND_LINE, readRecorded } from '@probatum/words/certificate'
import { instant, shippedPolicy } from './judgement.ts'

/** Everything of a certificate's input that comes from verifying. */
export type Judged = Pick<
  CertifyInput,
  'report' | 'facts' | 'inventory' | 'policy' | 'trustSet' | 'recorded' | 'maker'
> & {
  readonly opened: readonly OpenedValue[]
}

export interface JudgedOptions {
  readonly policy?: string
  /** A file below test-vectors/trust-sets, without its ending; null for none. */
  readonly trustSet?: string | null
  readonly at?: string
  readonly names?: boolean
  readonly confirmed?: boolean
  readonly disclosures?: readonly Uint8Array[]
  readonly evidenceRecords?: readonly Uint8Array[]
}

/** Verifies a folder, with a trust set of the test vectors, and gives what a certificate is made from. */
export async function judgedFolder(root: string, folder: string, options: JudgedOptions = {}): Promise<Judged> {
  const { policy: id = 'sealed', trustSet = 'sample', at = '2026-06-01T00:00:00Z', names = false } = options
  const policy = shippedPolicy(id)
  const validationTime = instant(at)
  const ports = nodePorts({ jobs: 1 })
  const source = await openDirectory(folder)
  try {
    const request = { digests: 'all' as const, name: 'bundle', bytes: null, showOpened: true }
    const { disclosures = [], evidenceRecords = [] } = options
    const given = { disclosures, evidenceRecords }
    const { factsFile, inventory, opened } = await establishBundleFacts(source, ports, { ...request, ...given })
    const set =
      trustSet === null
        ? null
        : parseTrustSet(
            new Uint8Array(readFileSync(join(root, 'test-vectors', 'trust-sets', `${trustSet}.json`))),
            parseCertificate,
            ports.smallDigest,
          )
    const policySha256 = toHex(ports.smallDigest('sha256', serializePolicy(policy)))
    const report = await judge(
      factsFile,
      {
        policy,
        policySha256,
        trustSet: set,
        validationTime,
        inputs: {
          digests: 'all',
          part: false,
          names,
          setCode: options.confirmed === true ? 'confirmed' : 'not-confirmed',
          files: describeGivenBeside(factsFile.facts),
          recipient: null,
        },
      },
      ports,
    )
    const { tree } = await makeFileTree(source)
    const read = async (path: string) => (tree.byPath.has(path) ? await tree.read(path, 1_000_000) : null)
    const recorded = readRecorded(
      { custody: await read(CUSTODY), items: await read(ITEMS), authorisation: await read(AUTHORISATION) },
      ports.smallDigest,
    )
    // Opened values stand in the facts file here: whoever makes a certificate must leave them out.
    return {
      report,
      facts: factsFile,
      inventory,
      policy,
      trustSet: set,
      recorded,
      maker: COMMAND_LINE,
      opened: opened ?? [],
    }
  } finally {
    await source.close()
    await ports.close()
  }
}

/** A base of the bundle vectors. */
export function judgedBase(root: string, base: string, options: JudgedOptions = {}): Promise<Judged> {
  return judgedFolder(root, join(root, 'test-vectors', 'bundles', 'base', base), options)
}
