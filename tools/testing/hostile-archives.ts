import { establishBundleFacts, type FindingId, judge, ParseError } from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import { openArchive } from '../../packages/core/src/bundle/open-archive.ts'
import { memoryContainer } from '../../test-vectors/archives/adapters.ts'
import { buildArchive } from '../../test-vectors/archives/build.ts'
import type { Recipe } from '../../test-vectors/archives/recipe.ts'
import { judgement } from './hostile-inputs.ts'

/** Archives that are small for what could be kept of them: the sweep hostile-records judges each in a child of its own. */
const DECLARATION = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n'

/** A bag in an archive, and what the finding says. */
const asBag =
  (recipe: Recipe, asked: FindingId = 'payload.listed') =>
  async () => {
    const archive = memoryContainer(buildArchive(recipe))
    return async () => {
      const ports = nodePorts()
      try {
        const source = await openArchive(archive, ports.inflater)
        const { factsFile } = await establishBundleFacts(source, ports, { digests: 'all', name: 'sample', bytes: null })
        const { body } = await judge(factsFile, judgement(), ports)
        const { value, reason } = body.findings.find(({ id }) => id === asked) ?? {}
        return `${value}:${reason}`
      } catch (error) {
        if (error instanceof ParseError) return error.code
        throw error
      } finally {
        await ports.close()
      }
    }
  }

const tagFiles = (manifest: string) => [
  { name: 'bag/bagit.txt', content: DECLARATION },
  { name: 'bag/manifest-sha256.txt', content: manifest },
]

/** Each in folders of its own: their names are as long, once for each folder. */
const deepNames = (count: number) =>
  Array.from({ length: count }, (_, at) => `data/${String(at).padStart(6, '0')}/${'a/'.repeat(2000)}x`)
const deep = (count: number) => [...tagFiles(''), ...deepNames(count).map((name) => ({ name: `bag/${name}` }))]

/** One name, each of whose eighteen letters is written in one way or in the other. */
const spelling = (at: number) =>
  Array.from({ length: 18 }, (_, bit) => ((at >> bit) & 1 ? '\u00e9' : 'e\u0301')).join('')

/** Every input by name, with what is answered. Made when asked for. */
export const ARCHIVE_INPUTS = new Map([
  [
    'a ZIP of 3,000 names 2,000 folders deep',
    { make: () => asBag({ zip: { entries: deep(3000) } })(), answer: 'FAILED:unlisted' },
  ],
  [
    'a tar of 3,000 names 2,000 folders deep',
    {
      make: () =>
        asBag({
          tar: {
            entries: deep(3000).map(({ name, ...entry }) => ({ ...entry, name: 'x', pax: [['path', name]] as const })),
          },
        })(),
      answer: 'FAILED:unlisted',
    },
  ],
  [
    'a manifest of 3,000 names 2,000 folders deep that are not there, and a link',
    {
      make: () => {
        const lines = deepNames(3000).map((name) => `${'0'.repeat(64)}  ${name}\n`)
        const link = { name: 'bag/data/link', type: '2', linkName: '/nowhere' }
        return asBag({ tar: { entries: [...tagFiles(lines.join('')), link] } }, 'payload.present')()
      },
      answer: 'FAILED:missing',
    },
  ],
  [
    'a manifest of 10,000 spellings of a name, and files of 10,000 others',
    {
      make: () => {
        const lines = Array.from({ length: 10_000 }, (_, at) => `${'0'.repeat(64)}  data/${spelling(at + 131_072)}\n`)
        const files = Array.from({ length: 10_000 }, (_, at) => ({ name: `bag/data/${spelling(at)}` }))
        return asBag({ zip: { entries: [...tagFiles(lines.join('')), ...files] } }, 'payload.present')()
      },
      answer: 'INDETERMINATE:other-spelling',
    },
  ],
])
