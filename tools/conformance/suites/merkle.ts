import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromBase64, verifyConsistency, verifyInclusion } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import type { CaseResult, Suite } from '../suite.ts'

/** Proofs of RFC 9162: each vector says whether it must be refused. */
export const suite: Suite = {
  name: 'merkle',
  run: async (data) =>
    ['inclusion', 'consistency'].flatMap((kind) => {
      const folder = join(data, 'merkle', kind)
      const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
      return names.sort().map((name) => judge(kind, folder, name))
    }),
}

interface Vector {
  readonly wantErr: boolean
  readonly proof: readonly string[] | null
  readonly root?: string
  readonly leafHash?: string
  readonly leafIdx?: number
  readonly treeSize?: number
  readonly root1?: string
  readonly root2?: string
  readonly size1?: number
  readonly size2?: number
}

const octets = (text = ''): Uint8Array => fromBase64(text) ?? new Uint8Array(0)

function judge(kind: string, folder: string, name: string): CaseResult {
  const vector = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Vector
  const proof = (vector.proof ?? []).map(octets)
  const holds =
    kind === 'inclusion'
      ? verifyInclusion(
          octets(vector.leafHash),
          vector.leafIdx ?? 0,
          vector.treeSize ?? 0,
          proof,
          octets(vector.root),
          nodeSmallDigest,
        )
      : verifyConsistency(
          vector.size1 ?? 0,
          vector.size2 ?? 0,
          proof,
          octets(vector.root1),
          octets(vector.root2),
          nodeSmallDigest,
        )
  return {
    id: `${kind}/${name.replace(/\.json$/, '')}`,
    expected: vector.wantErr ? 'invalid' : 'valid',
    got: holds ? 'PASSED' : 'FAILED',
    detail: holds ? 'the proof holds' : 'the proof does not hold',
  }
}
