import file from './page-releases.json' with { type: 'json' }

/** A page that was published. */
export interface PageRelease {
  readonly version: string
  /** Day on which it was published, RFC 3339. */
  readonly date: string
  readonly bytes: number
  /** SHA-256 of the plain page's file, hex: what the release notes say. */
  readonly page: string
  /** CSP hash of the script that it runs: `sha256-<base64>`. */
  readonly script: string
}

/** The form of page-releases.json. */
export interface PageReleases {
  readonly pages: 'probatum/page-releases/1'
  /** Oldest first. Nothing is ever taken out or altered: old pages are kept by those who have them. */
  readonly releases: readonly PageRelease[]
}

/**
 * Every page that was published before this program was made, and its own when it was published. Written by
 * tools/release-page.ts, and part of no page: so a page can be listed without being another one then.
 */
export const PAGE_RELEASES: readonly PageRelease[] = file.releases
