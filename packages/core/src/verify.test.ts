import { nodePorts } from '@probatum/platform/node'
import { expect, test } from 'vitest'
import { resealed, sampleBag } from '../../../test-vectors/support/memory-tree.ts'
import { instant, shippedPolicy } from '../../../tools/testing/judgement.ts'
import type { BundleSource } from './bundle/source.ts'
import { establishBundleFacts } from './establish.ts'
import { canonicalText } from './json/canonicalise.ts'
import type { Judgement } from './model/judgement.ts'
import { PLAIN_INPUTS } from './model/report.ts'
import { encodeUtf8 } from './model/utf8.ts'
import { judge } from './verify.ts'

/** A folder in memory: what establishBundleFacts reads. */
function sourceOf(files: Readonly<Record<string, Uint8Array>>): BundleSource {
  const contentOf = (path: string) => files[path] ?? new Uint8Array()
  return {
    kind: 'directory',
    entries: Object.entries(files).map(([path, bytes]) => {
      const container = {
        size: bytes.length,
        handle: null,
        read: async (offset: number, length: number) => bytes.slice(offset, offset + length),
        stream: async function* (offset: number, length: number) {
          yield bytes.slice(offset, offset + length)
        },
      }
      return {
        path,
        size: bytes.length,
        extent: { container, offset: 0, length: bytes.length, method: 'stored', size: bytes.length } as const,
      }
    }),
    irregular: [],
    oddities: [],
    async *open({ path }) {
      yield contentOf(path)
    },
    async close() {},
  }
}

async function failures(files: Readonly<Record<string, Uint8Array>>): Promise<string[]> {
  const policy = shippedPolicy('sealed')
  const validationTime = instant('2026-03-01T00:00:00Z')
  const judgement: Judgement = {
    policy,
    policySha256: '00'.repeat(32),
    trustSet: null,
    validationTime,
    inputs: PLAIN_INPUTS,
  }
  const ports = nodePorts({ jobs: 1 })
  try {
    const { factsFile } = await establishBundleFacts(sourceOf(files), ports, { digests: 'all', name: '', bytes: null })
    const { body } = await judge(factsFile, judgement, ports)
    return body.findings.filter(({ value }) => value === 'FAILED').map(({ id, reason }) => `${id}:${reason}`)
  } finally {
    await ports.close()
  }
}

test('a bundle of an unknown format version is not called changed for what only version 1 forbids', async () => {
  const bundle = (format: string) => {
    const bag = { ...sampleBag(), 'record/bundle.json': canonicalText({ format: `probatum/bundle/${format}` }) }
    const files = { ...resealed(bag as Record<string, string>), 'fetch.txt': '', 'extra.txt': 'listed nowhere\n' }
    return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, encodeUtf8(String(text))]))
  }
  expect(await failures(bundle('1-draft'))).toEqual(['bag.fetch:not-allowed', 'tag.listed:unlisted'])
  expect(await failures(bundle('2'))).toEqual([])
})
