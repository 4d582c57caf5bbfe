import {
  type BundleSource,
  DEFAULT_POLICY_ID,
  type Judgement,
  ParseError,
  parseCertificate,
  parseInstant,
  parseTrustSet,
  type RandomAccess,
  SHIPPED_POLICIES,
  type SourceEntry,
  serializePolicy,
  toHex,
  verifyBundle,
} from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import { type SealedSample, sealSample, seededRandom } from '@probatum/seal'
import { sampleChanges } from '../sample-changes.ts'
import type { PieceOptions, PieceResult } from '../sweep.ts'

/** Every small change of the sealed sample is noticed: never TOTAL-PASSED. */
export const name = 'sealed-sample'

const PIECES = 24

export const pieces = (): number => PIECES

const NOW = '2026-03-14T09:12:00Z'
/** A day later: the time at which the changed bundles are judged. */
const VALIDATION_TIME = '2026-03-15T00:00:00Z'

type Files = ReadonlyMap<string, Uint8Array>

/** Verifies files in memory under the default policy; `refused` when they are no bundle at all. */
type Verify = (files: Files) => Promise<string>

export async function runPiece(piece: number, options: PieceOptions): Promise<PieceResult> {
  const ports = nodePorts()
  try {
    const sample = await sealSample({ now: instant(NOW), random: seededRandom('sweep') })
    const verify = verifier(sample, ports)
    const unchanged = await verify(sample.files)
    // Without this every change would be "noticed" by a program that refuses everything.
    if (unchanged !== 'TOTAL-PASSED') return { cases: 1, failures: [`unchanged: ${unchanged}`] }
    const failures: string[] = []
    let cases = 1
    let index = 0
    for (const change of sampleChanges(sample.files)) {
      if (index++ % PIECES !== piece) continue
      cases += 1
      const value = await verify(change.apply(sample.files))
      if (value !== 'TOTAL-FAILED' && value !== 'INDETERMINATE' && value !== 'refused') {
        failures.push(`${change.name}: ${value}`)
      }
      if (cases % 500 === 0) options.progress(`${cases} cases`)
    }
    return { cases, failures }
  } finally {
    await ports.close()
  }
}

function verifier(sample: SealedSample, ports: Parameters<typeof verifyBundle>[1]): Verify {
  const policy = SHIPPED_POLICIES.find(({ id }) => id === DEFAULT_POLICY_ID)
  if (policy === undefined) throw new Error('no default policy')
  const judgement: Judgement = {
    policy,
    policySha256: toHex(ports.smallDigest('sha256', serializePolicy(policy))),
    trustSet: parseTrustSet(sample.trustSet, parseCertificate, ports.smallDigest),
    validationTime: instant(VALIDATION_TIME),
    inputs: { digests: 'all', part: false, names: false, setCode: 'not-confirmed', files: [], recipient: null },
  }
  const request = { digests: 'all', name: 'sample', bytes: null } as const
  return async (files) => {
    try {
      const { report } = await verifyBundle(memorySource(files), ports, request, judgement)
      return report.body.assessment.indication
    } catch (error) {
      // Exit code 4: not a bundle, or ambiguous. Anything else is a defect of the program and ends the sweep.
      if (error instanceof ParseError) return 'refused'
      throw error
    }
  }
}

function instant(text: string) {
  const parsed = parseInstant(text)
  if (parsed === undefined) throw new Error(`no such instant: ${text}`)
  return parsed
}

/** A directory that is in memory. */
function memorySource(files: Files): BundleSource {
  const entries = [...files].map(([path, bytes]): SourceEntry => {
    const container: RandomAccess = {
      size: bytes.length,
      read: async (offset, length) => bytes.slice(offset, offset + length),
      handle: null,
    }
    const extent = { container, offset: 0, length: bytes.length, method: 'stored', size: bytes.length } as const
    return { path, size: bytes.length, extent }
  })
  return {
    kind: 'directory',
    entries,
    irregular: [],
    oddities: [],
    async *open(entry) {
      yield await entry.extent.container.read(0, entry.size)
    },
    close: async () => {},
  }
}
