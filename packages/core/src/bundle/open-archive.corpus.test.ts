import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { memoryContainer, wholeInflater } from '../../../../test-vectors/archives/adapters.ts'
import { buildArchive, bytesOf } from '../../../../test-vectors/archives/build.ts'
import type { ArchiveCase, Expectation } from '../../../../test-vectors/archives/recipe.ts'
import { ParseError } from '../model/parse-error.ts'
import { openArchive } from './open-archive.ts'
import type { BundleSource } from './source.ts'
import type { ArchiveOptions } from './zip.ts'

const FOLDER = new URL('../../../../test-vectors/archives/', import.meta.url)

for (const file of ['hostile-zip.json', 'honest-zip.json', 'tar.json']) {
  const cases = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as readonly ArchiveCase[]
  describe(file, () => {
    it('has no id twice and no case without its reason', () => {
      expect(new Set(cases.map((each) => each.id)).size).toBe(cases.length)
      expect(cases.filter((each) => each.why.length < 5)).toEqual([])
    })
    for (const each of cases) {
      it(`${each.id}: ${each.why}`, async () => {
        expect(await outcomeOf(buildArchive(each.recipe), each.expect)).toEqual(wanted(each.expect))
      })
    }
    it('is judged alike when what stands before the data is looked at later', async () => {
      for (const { id, recipe, expect: wish } of cases) {
        const later = await outcomeOf(buildArchive(recipe), wish, { postpones: true })
        expect({ id, outcome: later }).toEqual({ id, outcome: wanted(wish) })
      }
    })
  })
}

/** What happened, with no more detail than the expectation has. */
async function outcomeOf(
  archive: Uint8Array,
  expectation: Expectation,
  options: ArchiveOptions = {},
): Promise<unknown> {
  let source: BundleSource
  try {
    source = await openArchive(memoryContainer(archive), wholeInflater, options)
    await source.postponed?.settle()
  } catch (error) {
    return refusal(error, expectation)
  }
  if ('unreadable' in expectation) {
    const entry = source.entries.find((each) => each.path === expectation.unreadable)
    try {
      for await (const _ of entry === undefined ? [] : source.open(entry));
    } catch (error) {
      return { ...(refusal(error, expectation) as object), unreadable: expectation.unreadable }
    }
    return 'readable'
  }
  const contents: [string, string][] = []
  for (const entry of source.entries) {
    const parts: Uint8Array[] = []
    for await (const part of source.open(entry)) parts.push(part)
    contents.push([entry.path, Buffer.concat(parts).toString('hex')])
  }
  const irregular = source.irregular.map(({ path, what }) => [path, what])
  return { contents: contents.sort(), irregular }
}

function refusal(error: unknown, expectation: Expectation): unknown {
  if (!(error instanceof ParseError)) throw error
  const { field, where, found } = error.detail
  return {
    refused: error.code,
    ...('field' in expectation ? { field } : {}),
    ...('where' in expectation ? { where } : {}),
    ...('found' in expectation ? { found } : {}),
  }
}

function wanted(expectation: Expectation): unknown {
  if (!('contents' in expectation)) return expectation
  // A name like __proto__ must survive, so the pairs are compared and not an object.
  const contents = Object.entries(expectation.contents).map(([path, bytes]) => [
    path,
    Buffer.from(bytesOf(bytes)).toString('hex'),
  ])
  return { contents: contents.sort(), irregular: Object.entries(expectation.irregular ?? {}) }
}
