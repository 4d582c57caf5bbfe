/** What one document may cost its reader. A certificate of 10,000 files has some 20,000 objects and 150 pages. */
export const PDF_LIMITS = {
  /** Nested arrays and dictionaries; ours have 4. */
  depth: 40,
  /** Names, numbers, strings, arrays and dictionaries of one object or one content stream. */
  values: 4_000_000,
  /** One string; the room for a signature has some 60,000. */
  stringBytes: 4_194_304,
  /** Object numbers: as many as 10,000 pages of the fullest tables take. */
  objects: 1_000_000,
  /** Sections of cross-references; each update adds one. */
  sections: 32,
  /** A decoded stream of structure: object streams, cross-references, page contents. */
  streamBytes: 67_108_864,
  /** The decoded list of files: 1,000,000 lines of 500 bytes, as `certify` takes them. */
  attachmentBytes: 536_870_912,
  /** All decoded streams of a document together: twice its largest attachment. */
  decodedBytes: 1_073_741_824,
  /** Pages that are looked at. */
  pages: 20_000,
  /** Pieces of text on all pages together; 10,000 exhibits have 150,000. */
  pieces: 2_000_000,
  /** Signatures and document time-stamps. */
  signatures: 32,
  /** What is named of a later revision. */
  changesNamed: 20,
} as const
