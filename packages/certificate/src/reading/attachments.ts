import { decodeLatin1, decodeUtf16 } from '@probatum/core'
import { PDF_LIMITS } from './limits.ts'
import { refuseLimit, refusePdf } from './pdf-error.ts'
import type { PdfFile } from './pdf-file.ts'
import { isString, type PdfDict, type PdfValue, textOfValue } from './values.ts'

/**
 * The files that a document carries, by the names under which its name tree has them (ISO 32000-1 §7.11.4, §7.9.6).
 * @throws ParseError where the tree does not read, has a name twice, or readers that go other ways would find another file
 */
export function attachmentsOf(file: PdfFile): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  const specifications = new Map<string, PdfValue>()
  const names = file.dict(file.catalog.entries.get('Names'))
  const tree = file.dict(names?.entries.get('EmbeddedFiles'))
  let nodes = 0
  const walk = (node: PdfDict, depth: number): void => {
    nodes += 1
    if (depth > PDF_LIMITS.depth || nodes > 1000) refuseLimit('EmbeddedFiles', 0)
    const pairs = file.items(node.entries.get('Names'))
    for (let at = 0; at + 1 < pairs.length; at += 2) {
      const name = textOf(file.resolve(pairs[at]))
      if (name === null) refusePdf('EmbeddedFiles', 0, { expected: 'names' })
      if (files.has(name)) refusePdf('EmbeddedFiles', 0, { found: `${name} twice` })
      if (files.size >= 1000) refuseLimit('EmbeddedFiles', 0)
      const specification = file.dict(pairs[at + 1])
      const embedded = file.dict(specification?.entries.get('EF'))
      const [first, ...others] = EMBEDDED_KEYS.flatMap((key) => embedded?.entries.get(key) ?? [])
      // §7.11.3, table 44: which of them a reader takes is its own choice.
      if (others.some((other) => textOfValue(other) !== textOfValue(first)))
        refusePdf('EmbeddedFiles', 0, { found: `two files under ${name}` })
      const stream = file.stream(first)
      if (stream === null) refusePdf('EmbeddedFiles', 0, { expected: `the file ${name}` })
      specifications.set(name, pairs[at + 1] ?? null)
      const size = file.resolve(file.dict(stream.dict.entries.get('Params'))?.entries.get('Size'))
      const stated = typeof size === 'number' && Number.isSafeInteger(size) && size > 0 ? size : 0
      files.set(name, file.decode(stream, PDF_LIMITS.attachmentBytes, stated))
    }
    for (const kid of file.items(node.entries.get('Kids'))) {
      const next = file.dict(kid)
      if (next === null) refusePdf('EmbeddedFiles', 0, { expected: 'a name tree' })
      walk(next, depth + 1)
    }
  }
  if (tree !== null) walk(tree, 0)
  for (const associated of file.items(file.catalog.entries.get('AF'))) {
    const specification = file.dict(associated)
    for (const key of ['F', 'UF']) {
      const name = textOf(file.resolve(specification?.entries.get(key)))
      const attached = name === null ? undefined : specifications.get(name)
      if (attached !== undefined && textOfValue(attached) !== textOfValue(associated))
        refusePdf('AF', 0, { found: `another file of the name ${name}` })
    }
  }
  return files
}

const EMBEDDED_KEYS = ['F', 'UF', 'DOS', 'Mac', 'Unix'] as const

/** A text string: UTF-16 with its mark, else Latin. */
export function textOf(value: PdfValue): string | null {
  if (!isString(value)) return null
  const { bytes } = value
  return bytes[0] === 0xfe && bytes[1] === 0xff ? (decodeUtf16(bytes.subarray(2)) ?? null) : decodeLatin1(bytes)
}
