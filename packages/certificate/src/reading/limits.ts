/** What one document may cost its reader. A certificate of 10,000 files has some 20,000 objects and 150 pages. */
export const PDF_LIMITS = {
  /** Nested arrays and dictionaries; ours have 4. */
  depth: 40,
  /** Names, numbers, strings, arrays and dictionaries that are read from one stream, most of them kept for a moment. */
  values: 4_000_000,
  /**
   * Those of one object, or of one operand of a content stream, which are held at once: an empty string or dictionary costs
   * some 250 bytes. The list of 10,000 rows has 10,000 references.
   */
  valuesHeld: 300_000,
  /** One string; the room for a signature has some 60,000. */
  stringBytes: 4_194_304,
  /** Object numbers: 10,000 exhibits have 62,000, and twice as many with a form that lists them again. */
  objects: 400_000,
  /** The decoded cross-references of one section: so many objects in the widest entries there are. */
  referenceBytes: 8_400_000,
  /** Sections of cross-references; each update adds one. */
  sections: 32,
  /** A decoded stream of structure: object streams, cross-references, page contents. */
  streamBytes: 67_108_864,
  /** The decoded list of files: 1,000,000 lines of 500 bytes, as `certify` takes them. */
  attachmentBytes: 536_870_912,
  /**
   * What all streams of a document may unpack to together, beside its own size: a list of digests is a sixth of its size at
   * best, since digests do not shrink below half, and the text of pages an eighth. A file of 1 MB that unpacks to more than 48 MB is
   * none of ours.
   */
  decodedBytes: 33_554_432,
  /** So many times its own size may be added to that. */
  decodedRatio: 16,
  /** Pages that are looked at. */
  pages: 20_000,
  /** Pieces of text on all pages together; 10,000 exhibits have 55,000, and twice as many with a form that lists them again. */
  pieces: 250_000,
  /** Signatures and document time-stamps. */
  signatures: 32,
  /** What is named of a later revision. */
  changesNamed: 20,
} as const
