/** Archives as recipes: every byte follows from the recipe, with no compressor, clock or library in between. */

/** Text is UTF-8. */
export type Bytes =
  | string
  | { readonly hex: string }
  | { readonly zeros: number }
  | { readonly repeat: string; readonly times: number }
  | { readonly parts: readonly Bytes[] }
  | { readonly archive: Recipe }

export type Recipe = { readonly zip: ZipRecipe } | { readonly tar: TarRecipe } | { readonly raw: Bytes }

/** Fields of a header that are written as given instead of as they should be. */
export interface ZipFields {
  readonly name?: Bytes
  readonly flags?: number
  readonly method?: number
  readonly crc32?: number
  readonly compressedSize?: number
  readonly size?: number
  readonly extra?: Bytes
  /** Central header only. */
  readonly madeBy?: number
  readonly mode?: number
  readonly dosAttributes?: number
  readonly disk?: number
  readonly offset?: number
  readonly comment?: Bytes
}

export interface ZipEntryRecipe {
  readonly name: Bytes
  readonly content?: Bytes
  /** 8 writes stored blocks of DEFLATE. */
  readonly method?: number
  /** Compressed data as it is, instead of what the method makes of the content. */
  readonly data?: Bytes
  readonly flags?: number
  readonly extra?: Bytes
  /** Host that made it (APPNOTE 4.4.2.2) and Unix mode. */
  readonly madeBy?: number
  readonly mode?: number
  readonly dosAttributes?: number
  /** Sizes and offset go to a ZIP64 field. */
  readonly zip64?: boolean
  readonly descriptor?: 'signed-32' | 'unsigned-32' | 'signed-64' | 'unsigned-64'
  readonly descriptorFields?: { readonly crc32?: number; readonly compressedSize?: number; readonly size?: number }
  readonly local?: ZipFields
  readonly central?: ZipFields
  /** Bytes before the local header that belong to nothing. */
  readonly before?: Bytes
  /** No central header. */
  readonly unlisted?: boolean
  /** No local header and data: the central header speaks of the entry with this index. */
  readonly sameBodyAs?: number
}

export interface ZipRecipe {
  readonly entries: readonly ZipEntryRecipe[]
  readonly prefix?: Bytes
  readonly suffix?: Bytes
  readonly comment?: Bytes
  readonly behindDirectory?: Bytes
  /** The directory lists the entries backwards. */
  readonly reversedDirectory?: boolean
  readonly end?: {
    readonly disk?: number
    readonly directoryDisk?: number
    readonly entriesHere?: number
    readonly entries?: number
    readonly directorySize?: number
    readonly directoryOffset?: number
    readonly commentBytes?: number
  }
  /** Writes a ZIP64 end record and its locator; the members replace its fields. */
  readonly zip64?: {
    readonly recordSize?: number
    readonly disk?: number
    readonly entriesHere?: number
    readonly entries?: number
    readonly directorySize?: number
    readonly directoryOffset?: number
    readonly locatorOffset?: number
    readonly disks?: number
  }
  /** Bytes missing at the end. */
  readonly cut?: number
}

export interface TarEntryRecipe {
  readonly name: Bytes
  readonly content?: Bytes
  /** Type flag; `0` unless given. */
  readonly type?: string
  readonly format?: 'ustar' | 'gnu' | 'v7'
  readonly prefix?: Bytes
  readonly linkName?: Bytes
  /** The size field as text, instead of the content's size in octal. */
  readonly sizeField?: Bytes
  /** Added to the checksum. */
  readonly checksumError?: number
  /** Written before it as a pax header, and as GNU long names. */
  readonly pax?: readonly (readonly [key: string, value: Bytes])[]
  readonly globalPax?: readonly (readonly [key: string, value: Bytes])[]
  readonly longName?: Bytes
}

export interface TarRecipe {
  readonly entries: readonly TarEntryRecipe[]
  /** Blocks of zeros at the end; 2 unless given. */
  readonly endBlocks?: number
  readonly suffix?: Bytes
  readonly cut?: number
}

/** What a reader must make of the archive. */
export type Expectation =
  | { readonly refused: string; readonly field?: string; readonly where?: string; readonly found?: string }
  | { readonly contents: Readonly<Record<string, Bytes>>; readonly irregular?: Readonly<Record<string, string>> }
  /** Opens, and this entry is refused when it is read. */
  | { readonly unreadable: string; readonly refused: string; readonly field?: string }

export interface ArchiveCase {
  readonly id: string
  readonly why: string
  readonly recipe: Recipe
  readonly expect: Expectation
}
