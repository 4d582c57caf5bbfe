import { createHash } from 'node:crypto'
import { AUTHORISATION, CUSTODY, encodeUtf8, type FactsFile, type FileTree, ITEMS, SourceFault } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { readRecords } from './read-records.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const smallDigest = (_: string, bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
const bundle = { facts: { kind: 'bundle', records: { formatKnown: true } } } as unknown as FactsFile

/** A bundle of these records, with a file of evidence before them. */
function given(files: Readonly<Record<string, string>>) {
  const tree = {
    byPath: new Map(Object.entries(files).map(([path, text]) => [path, { size: text.length }])),
    read: async (path: string) => encodeUtf8(files[path] ?? ''),
  } as unknown as FileTree
  const line = (path: string, text: string, role: string) =>
    `{"digests":{"sha256":"${sha256(text)}"},"manifests":{},"path":${JSON.stringify(path)},"role":"${role}","size":${text.length}}\n`
  const evidence = line('data/00/a', 'x', 'payload') + line(CUSTODY, 'another file', 'payload')
  const inventory =
    evidence +
    Object.entries(files)
      .map(([path, text]) => line(path, text, 'tag'))
      .join('')
  return { tree, inventory: encodeUtf8(inventory) }
}

describe('the records that a certificate repeats', () => {
  const files = { [CUSTODY]: '{"seq":0}\n', [ITEMS]: '{"seq":0,"x":1}\n', [AUTHORISATION]: '{}' }

  it('are those that were verified', async () => {
    const { tree, inventory } = given(files)
    const read = await readRecords(tree, bundle, inventory, smallDigest)
    expect(Object.values(read).map((bytes) => Buffer.from(bytes ?? []).toString())).toEqual(Object.values(files))
    const none = await readRecords(given({}).tree, bundle, given({}).inventory, smallDigest)
    expect(none).toEqual({ custody: null, items: null, authorisation: null })
  })

  it('are refused when they are others than a moment ago', async () => {
    const { inventory } = given(files)
    const { tree } = given({ ...files, [ITEMS]: '{"seq":0,"x":2}\n' })
    await expect(readRecords(tree, bundle, inventory, smallDigest)).rejects.toThrow(SourceFault)
  })

  it('are not read out of what is no bundle of a known format', async () => {
    const { tree, inventory } = given(files)
    const bag = { facts: { kind: 'bag', records: null } } as unknown as FactsFile
    expect((await readRecords(tree, bag, inventory, smallDigest)).custody).toBeNull()
  })
})
