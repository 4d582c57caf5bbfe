import { decodeUtf8, encodeUtf8, toHex } from '@probatum/core'
import { inflateWhole, nobleSmallDigest } from '@probatum/platform/browser'

/** One block of data that the build put beside the script; its digest stands in the script. */
export interface Block {
  readonly name: string
  /** Bytes after inflating. */
  readonly size: number
  /** SHA-256 of the block's text, hex. */
  readonly sha256: string
}

/** What an edition's block holds: `probatum page make`. */
export interface EditionFile {
  readonly edition: 'probatum/page-edition/1-draft'
  readonly name: string
  /** Whole files, base64. */
  readonly policies: readonly string[]
  readonly trustSets: readonly string[]
}

/** Why the page must not check anything; for experts, in the console. */
export class DamagedPage extends Error {
  override readonly name = 'DamagedPage'
}

const EDITION_ID = 'edition'
const blockId = (name: string) => `data-${name}`

/** SHA-256 of bytes; the browser's own where it has one. */
export async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle
  return subtle === undefined
    ? nobleSmallDigest('sha256', bytes)
    : new Uint8Array(await subtle.digest('SHA-256', bytes))
}

/** The page's own data, after every block was compared with the digest in the script. */
export class PageData {
  readonly #document: Document
  readonly #blocks: ReadonlyMap<string, Block>

  private constructor(document: Document, blocks: readonly Block[]) {
    this.#document = document
    this.#blocks = new Map(blocks.map((block) => [block.name, block]))
  }

  /** @throws DamagedPage */
  static async check(document: Document, blocks: readonly Block[]): Promise<PageData> {
    for (const { name, sha256 } of blocks) {
      const text = textOf(document, blockId(name))
      const found = toHex(await sha256Of(encodeUtf8(text) as Uint8Array<ArrayBuffer>))
      if (found !== sha256) throw new DamagedPage(`block ${name}: SHA-256 ${found}, expected ${sha256}`)
    }
    return new PageData(document, blocks)
  }

  names(prefix: string): string[] {
    return [...this.#blocks.keys()].filter((name) => name.startsWith(prefix))
  }

  sizeOf(name: string): number {
    return this.#block(name).size
  }

  bytes(name: string): Uint8Array<ArrayBuffer> {
    const { size } = this.#block(name)
    return inflateWhole(fromBase64(textOf(this.#document, blockId(name))), size) as Uint8Array<ArrayBuffer>
  }

  #block(name: string): Block {
    const block = this.#blocks.get(name)
    if (block === undefined) throw new TypeError(`no block ${name}`)
    return block
  }
}

/**
 * The edition that an institution made of the page, with the SHA-256 of its block's text; null on the plain page. Its
 * digest cannot stand in the script, which is the same in every edition: it stands in the block itself against accidents,
 * and on the screen and in every output for whoever compares.
 * @throws DamagedPage
 */
export async function readEdition(
  document: Document,
): Promise<{ readonly file: EditionFile; readonly sha256: string } | null> {
  const element = document.getElementById(EDITION_ID)
  const stated = element?.getAttribute('data-sha256') ?? ''
  const text = element?.textContent ?? ''
  if (stated === '' && text === '') return null
  const bytes = encodeUtf8(text) as Uint8Array<ArrayBuffer>
  const sha256 = toHex(await sha256Of(bytes))
  if (stated !== sha256) throw new DamagedPage(`edition: SHA-256 ${sha256}, stated ${stated}`)
  try {
    const json = decodeUtf8(fromBase64(text)) ?? ''
    const file = JSON.parse(json) as EditionFile
    if (
      file.edition !== 'probatum/page-edition/1-draft' ||
      typeof file.name !== 'string' ||
      !isTextList(file.policies) ||
      !isTextList(file.trustSets)
    )
      throw new TypeError('not an edition')
    return { file, sha256 }
  } catch (error) {
    throw new DamagedPage('edition: not readable', { cause: error })
  }
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at)
  return bytes
}

function textOf(document: Document, id: string): string {
  const element = document.getElementById(id)
  if (element === null) throw new DamagedPage(`no block ${id}`)
  return element.textContent ?? ''
}
