import type { PageFile } from './page-file.ts'
import type { PageRelease } from './page-releases.ts'

/** What a file is next to the pages that this program knows. */
export type Standing =
  /** Byte for byte a page that was published, or one with an institution's lists in it. */
  | { readonly is: 'release' | 'edition'; readonly release: PageRelease }
  /** The same of the page that belongs to this program, which was not published. */
  | { readonly is: 'unreleased' | 'unreleased-edition' }
  | { readonly is: 'damaged' }
  /** Calls itself a version whose page is known, and is another page. */
  | { readonly is: 'other-content'; readonly release: PageRelease | null; readonly scriptOf: PageRelease | null }
  /** Calls itself a version that this program does not know. */
  | { readonly is: 'unknown'; readonly scriptOf: PageRelease | null }

/** @param own the page that belongs to this program */
export function standingOf(page: PageFile, own: PageFile, releases: readonly PageRelease[]): Standing {
  if (!page.isScriptAllowed || page.isEditionDamaged) return { is: 'damaged' }
  const isPlain = page.edition === null
  // Of a plain page the digest of all but an edition's block is that of its file, read as a browser reads it.
  const release = releases.find((one) => one.page === page.coreSha256)
  if (release !== undefined) return { is: isPlain ? 'release' : 'edition', release }
  if (page.coreSha256 === own.coreSha256) return { is: isPlain ? 'unreleased' : 'unreleased-edition' }
  const scriptOf = releases.find(({ script }) => script === page.scriptHash) ?? null
  const named = releases.find(({ version }) => version === page.version) ?? null
  if (named !== null || page.version === own.version) return { is: 'other-content', release: named, scriptOf }
  return { is: 'unknown', scriptOf }
}

/** A page that this program knows byte for byte, whatever lists an institution put into it. */
export function isKnownPage({ is }: Standing): boolean {
  return is === 'release' || is === 'edition' || is === 'unreleased' || is === 'unreleased-edition'
}
