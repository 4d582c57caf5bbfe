/** Digits of the SHA-256 that stand in a published page's file name: enough for people to tell copies apart, no proof. */
const DIGITS = 8

/** Behind it may stand what browsers and systems add to a second copy: ` (1)`, ` - Copy`. */
const PUBLISHED = /^probatum-verifier-(\d[0-9A-Za-z.+-]{0,39})-([0-9a-f]{8})(?![0-9A-Za-z])/i

/** What a file's name says of the page in it. */
export interface PageName {
  readonly version: string
  /** Eight hexadecimal digits, in lower case. */
  readonly digits: string
}

/**
 * The name under which a page is published: `probatum-verifier-0.1.0-500f67fc.html`.
 * @param sha256 of the file, hex
 */
export function publishedName(version: string, sha256: string): string {
  return `probatum-verifier-${version}-${sha256.slice(0, DIGITS)}.html`
}

/** Null for any other name, and for other numbers in one: a day, a case. @param name without folders */
export function readPublishedName(name: string): PageName | null {
  const [, version, digits] = PUBLISHED.exec(name) ?? []
  return version === undefined || digits === undefined ? null : { version, digits: digits.toLowerCase() }
}

/** Whether the file in it may have been published under this name. */
export function isNameOf(name: PageName, page: { readonly version: string; readonly sha256: string }): boolean {
  // Some systems alter the case of names.
  return name.version.toLowerCase() === page.version.toLowerCase() && page.sha256.startsWith(name.digits)
}
