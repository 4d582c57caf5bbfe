import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readTree } from './run-vector.ts'
import { vectorFiles } from './vector-files.ts'

const VECTORS = fileURLToPath(new URL('../../test-vectors/', import.meta.url))

describe('the bases, files of openings and trust sets of the vectors', () => {
  it('are the bytes that fixed keys, times and random numbers give', async () => {
    const made = await vectorFiles()
    const kept = new Map(
      ['bundles/base', 'bundles/over', 'disclosures', 'notices', 'policies', 'trust-sets'].flatMap((folder) =>
        [...readTree(`${VECTORS}${folder}`)].map(
          ([path, bytes]) => [`${folder}/${path}`, bytes] as [string, Uint8Array],
        ),
      ),
    )
    expect([...kept.keys()].sort()).toEqual([...made.keys()].sort())
    const differing = [...made].filter(([path, bytes]) => Buffer.compare(bytes, kept.get(path) ?? bytes) !== 0)
    expect(differing.map(([path]) => path)).toEqual([])
  })

  it('stay small', async () => {
    const size = [...(await vectorFiles()).values()].reduce((sum, bytes) => sum + bytes.length, 0)
    expect(size).toBeLessThan(2_000_000)
  })
})
