import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { ROOT } from './setup.mjs'

/** `export * from`, `export { … } from`; `export type` is erased. */
const EXPORTS_FROM = /^export (\*|\{[^}]*\}) from '([^']+)'/gm
const EXPORTED_HERE = /^export (?:async )?(?:function\*?|const|let|(?:abstract )?class) *(\w+)/gm
const IMPORT = /^import (\{[^}]*\}) from '(@probatum\/[^']+)'/gm

/**
 * Has each import from a package of ours name the module that it is from. esbuild takes whoever imports a package's index for one
 * who needs everything that anybody imports from it, so that all of it would be compiled at the start.
 * @returns {import('esbuild').Plugin}
 */
export function directImports() {
  /** @type {Map<string, ReadonlyMap<string, string>>} */
  const known = new Map()
  const homesIn = (/** @type {string} */ name) => {
    const homes = known.get(name) ?? homesOf(indexOf(name))
    known.set(name, homes)
    return homes
  }
  return {
    name: 'direct-imports',
    setup({ onLoad }) {
      onLoad({ filter: /[\\/](?:cli|packages[\\/]\w+)[\\/]src[\\/].*\.ts$/, namespace: 'file' }, ({ path }) => {
        const text = readFileSync(path, 'utf8')
        const contents = text.replaceAll(IMPORT, (whole, list, name) =>
          namesIn(list)
            .map((each) => {
              const home = homesIn(name).get(each.split(' ')[0] ?? '')
              return `import { ${each} } from '${home === undefined ? name : addressOf(home, path)}';`
            })
            .join(' ')
            // Lines stay what they are.
            .concat('\n'.repeat(whole.split('\n').length - 1)),
        )
        return { contents, loader: 'ts' }
      })
    },
  }
}

/** @param {string} list between braces; what is a type stands for nothing at run time */
function namesIn(list) {
  const names = list.slice(1, -1).split(',')
  return names.map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type '))
}

/** @param {string} name of a package, or of one of its entries */
function indexOf(name) {
  const [, folder = '', ...entry] = name.split('/')
  const home = join(ROOT, 'packages', folder)
  const { exports } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  return join(home, exports[['.', ...entry].join('/')]['probatum-source'])
}

/**
 * Where each name is defined that a module exports; a name that is exported as another one is left to the index.
 * @param {string} module
 * @returns {Map<string, string>}
 */
function homesOf(module) {
  const text = readFileSync(module, 'utf8')
  /** @type {Map<string, string>} */
  const homes = new Map()
  for (const [, name = ''] of text.matchAll(EXPORTED_HERE)) homes.set(name, module)
  for (const [, what = '', from = ''] of text.matchAll(EXPORTS_FROM)) {
    const path = join(dirname(module), from)
    if (!existsSync(path)) continue
    const there = homesOf(path)
    const names = what === '*' ? [...there.keys()] : namesIn(what).filter((name) => !name.includes(' '))
    for (const name of names) homes.set(name, there.get(name) ?? path)
  }
  return homes
}

/** @param {string} module @param {string} importer */
function addressOf(module, importer) {
  const path = relative(dirname(importer), module).split(sep).join('/')
  return path.startsWith('.') ? path : `./${path}`
}
