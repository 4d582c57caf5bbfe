import { join } from 'node:path'
import { defaultClientConditions, type InlineConfig } from 'vite'

/**
 * How one script of the page is built: everything in one text, for a classic script or worker, because browsers load no
 * modules from a `file:` page. tools/build-page.mjs calls it for each script and puts the page together.
 * @param root the repository's top folder
 * @param entry the script's first module
 * @param define constants that the script has
 */
export function scriptConfig(root: string, entry: string, define: Readonly<Record<string, string>>): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'error',
    define: { ...define, 'process.env.NODE_ENV': '"production"' },
    resolve: {
      conditions: ['probatum-source', ...defaultClientConditions],
      // Translated catalogues are data blocks of the page.
      alias: { '@probatum/words/languages': join(root, 'web-verifier/src/page/languages.ts') },
    },
    build: {
      write: false,
      target: ['chrome111', 'firefox115', 'safari16.4'],
      minify: true,
      sourcemap: false,
      reportCompressedSize: false,
      // A font or module of WebAssembly is a data block of its own, never a part of a script.
      assetsInlineLimit: 0,
      lib: { entry, formats: ['iife'], name: 'probatum', fileName: () => 'script.js' },
    },
  }
}
