import type { Bases } from './bases.ts'
import { type Files, list, text } from './seal.ts'

interface BagRecipe {
  readonly version?: string
  readonly encoding?: string
  readonly algorithms?: readonly string[]
  readonly tagAlgorithms?: readonly string[]
  readonly info?: Uint8Array | null
  readonly payload?: Readonly<Record<string, string>>
  readonly tags?: Readonly<Record<string, string>>
  /** Name of the file that bag-info.txt is; before 0.96 it had another. */
  readonly infoName?: string
}

const PAYLOAD = {
  'data/letter (sample).txt': 'INVENTED SAMPLE\nA letter that nobody wrote.\n',
  'data/pictures/one.txt': 'INVENTED SAMPLE, first picture\n',
  'data/pictures/two.txt': 'INVENTED SAMPLE, second picture\n',
} as const

/** Foreign bags (RFC 8493): what archives and libraries make. */
async function bag(recipe: BagRecipe = {}): Promise<Files> {
  const { version = '1.0', encoding = 'UTF-8', algorithms = ['sha256'], payload = PAYLOAD } = recipe
  const bytes = Object.values(payload).reduce((sum, content) => sum + text(content).length, 0)
  const info =
    recipe.info ??
    text(`Source-Organization: Example Archive (sample)\nPayload-Oxum: ${bytes}.${Object.keys(payload).length}\n`)
  const files: Files = new Map([
    ['bagit.txt', text(`BagIt-Version: ${version}\nTag-File-Character-Encoding: ${encoding}\n`)],
    ...(recipe.info === null ? [] : [[recipe.infoName ?? 'bag-info.txt', info] as const]),
    ...Object.entries({ ...payload, ...recipe.tags }).map(([path, content]) => [path, text(content)] as const),
  ])
  for (const name of algorithms) list(files, `manifest-${name}.txt`, (path) => path.startsWith('data/'))
  const tags = [...files.keys()].filter((path) => !path.startsWith('data/'))
  for (const name of recipe.tagAlgorithms ?? algorithms)
    list(files, `tagmanifest-${name}.txt`, (path) => tags.includes(path))
  return files
}

const latin1 = (content: string) => new Uint8Array(Buffer.from(content, 'latin1'))

export const bags: Bases = {
  bag: () => bag(),
  'bag-md5': () => bag({ algorithms: ['md5'] }),
  'bag-md5-and-sha512': () => bag({ algorithms: ['md5', 'sha512'] }),
  'bag-sha1': () => bag({ algorithms: ['sha1'] }),
  'bag-two-digests': () => bag({ algorithms: ['sha256', 'sha512'] }),
  'bag-0.97': () => bag({ version: '0.97' }),
  'bag-0.96': () => bag({ version: '0.96' }),
  'bag-0.93': () =>
    bag({
      version: '0.93',
      infoName: 'package-info.txt',
      info: text('Source-Organization: Example Archive (sample)\n'),
    }),
  'bag-minimal': () => bag({ info: null, tagAlgorithms: [] }),
  'bag-latin-1': () =>
    bag({
      encoding: 'ISO-8859-1',
      info: latin1('Source-Organization: Exemple d’archive (échantillon)\n'.replace('’', "'")),
    }),
  'bag-utf-16-declared': () => bag({ encoding: 'UTF-16' }),
  'bag-version-9': () => bag({ version: '9.0' }),
  'bag-empty': () => bag({ payload: {} }),
  'bag-group': () => bag({ info: text('Bag-Group-Identifier: example-1 (sample)\nBag-Count: 1 of 3\n') }),
  'bag-group-impossible': () => bag({ info: text('Bag-Group-Identifier: example-1 (sample)\nBag-Count: 4 of 3\n') }),
  'bag-info-malformed': () => bag({ info: text('Source-Organization\n') }),
  'bag-unlisted-tag-files': () => bag({ tagAlgorithms: [] }),
  'bag-unknown-algorithm': async () => {
    const files = await bag({ tagAlgorithms: [] })
    files.set('manifest-whirlpool.txt', files.get('manifest-sha256.txt') ?? text(''))
    files.delete('manifest-sha256.txt')
    return files
  },
}
