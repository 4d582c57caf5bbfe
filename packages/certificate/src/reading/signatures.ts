import { concatBytes, type DocumentRevision, decodeLatin1, type SignatureInDocument } from '@probatum/core'
import { PDF_LIMITS } from './limits.ts'
import { refuseLimit } from './pdf-error.ts'
import type { PdfFile, PdfObject } from './pdf-file.ts'
import { isDict, isRef, isString, itemsOf, nameOf, type PdfDict, type PdfString, type PdfValue } from './values.ts'

/** The values of signature fields (ISO 32000-1 §12.7.4.5), in the order of the form. */
function signatureObjects(file: PdfFile): readonly PdfObject[] {
  const found: PdfObject[] = []
  const seen = new Set<number>()
  const walk = (value: PdfValue, inherited: string | null, depth: number): void => {
    if (depth > PDF_LIMITS.depth || seen.size > 10_000) refuseLimit('AcroForm', 0)
    if (isRef(value)) {
      if (seen.has(value.number)) return
      seen.add(value.number)
    }
    const field = file.dict(value)
    if (field === null) return
    const type = nameOf(file.resolve(field.entries.get('FT'))) ?? inherited
    const own = field.entries.get('V')
    if (type === 'Sig' && isRef(own)) {
      const object = file.object(own.number)
      if (object !== null && isDict(object.value)) found.push(object)
    }
    for (const kid of file.items(field.entries.get('Kids'))) walk(kid, type, depth + 1)
  }
  const form = file.dict(file.catalog.entries.get('AcroForm'))
  for (const field of file.items(form?.entries.get('Fields'))) walk(field, null, 0)
  return found
}

/** Signatures and document time-stamps, each with what it says that it is over. */
export function signaturesOf(
  file: PdfFile,
  revisions: readonly DocumentRevision[],
): { readonly signatures: readonly SignatureInDocument[]; readonly omitted: number } {
  const objects = signatureObjects(file)
  const numbers = { signature: 0, 'document-timestamp': 0, other: 0 }
  const signatures = objects.slice(0, PDF_LIMITS.signatures).map((object): SignatureInDocument => {
    const dict = object.value as PdfDict
    const subFilter = nameOf(file.resolve(dict.entries.get('SubFilter')))
    const isStamp = nameOf(file.resolve(dict.entries.get('Type'))) === 'DocTimeStamp' || subFilter === 'ETSI.RFC3161'
    const kind = isStamp ? 'document-timestamp' : 'signature'
    const at = object.at
    const index = at === null ? -1 : revisions.findIndex(({ from, to }) => at >= from && at < to)
    const contents = dict.entries.get('Contents')
    const room = isString(contents) && at !== null ? contents : null
    const range = itemsOf(dict.entries.get('ByteRange'))
    const byteRange = range?.every((one): one is number => typeof one === 'number') ? range.slice(0, 8) : null
    const end = revisions[index]?.to ?? file.bytes.length
    const coverage = coverageOf(byteRange, room, end, file.bytes)
    const { cms, state } = isString(contents) ? structureIn(contents.bytes) : { cms: null, state: 'absent' as const }
    const claimed = file.resolve(dict.entries.get('M'))
    const number = numbers[kind]++
    return {
      facts: {
        path: `${kind}[${number}]`,
        kind,
        revision: index < 0 ? null : index,
        subFilter,
        claimedTime: isString(claimed) ? decodeLatin1(claimed.bytes).slice(0, 40) : null,
        byteRange,
        coverage,
        contents: state,
      },
      cms,
      signed: coverage === 'covers' || index > 0 ? rangesOf(byteRange, file.bytes) : null,
    }
  })
  return { signatures, omitted: Math.max(0, objects.length - PDF_LIMITS.signatures) }
}

type Coverage = SignatureInDocument['facts']['coverage']

function coverageOf(range: readonly number[] | null, room: PdfString | null, end: number, bytes: Uint8Array): Coverage {
  if (room === null) return 'packed'
  if (range === null || range.length !== 4) return 'not-four'
  const [from = 0, length = 0, then = 0, rest = 0] = range
  if (range.some((one) => !Number.isSafeInteger(one) || one < 0)) return 'out-of-range'
  if (from + length > bytes.length || then + rest > bytes.length || from + length > then) return 'out-of-range'
  if (from + length !== room.start || then !== room.end || !room.hex) return 'not-its-contents'
  // A writer may leave the line end behind %%EOF out of its range.
  const isWhole =
    then + rest === end || (then + rest < end && end - then - rest <= 2 && isLineEnd(bytes, then + rest, end))
  return from === 0 && isWhole ? 'covers' : 'not-whole'
}

function isLineEnd(bytes: Uint8Array, from: number, to: number): boolean {
  return bytes.subarray(from, to).every((byte) => byte === 10 || byte === 13)
}

function rangesOf(range: readonly number[] | null, bytes: Uint8Array): Uint8Array | null {
  if (range === null || range.length !== 4) return null
  const [from = 0, length = 0, then = 0, rest = 0] = range
  if (range.some((one) => !Number.isSafeInteger(one) || one < 0)) return null
  if (from + length > bytes.length || then + rest > bytes.length) return null
  return concatBytes(bytes.subarray(from, from + length), bytes.subarray(then, then + rest))
}

/** The structure at the beginning of its room. DER says how long it is; what follows should be zeros. */
function structureIn(room: Uint8Array): {
  readonly cms: Uint8Array | null
  readonly state: SignatureInDocument['facts']['contents']
} {
  if (room.every((byte) => byte === 0)) return { cms: null, state: 'empty' }
  const first = room[1] ?? 0
  const octets = first & 0x7f
  // Without a length of its own (BER) it ends where its reader says.
  if (room[0] !== 0x30 || first === 0x80 || octets > 4 + (first < 0x80 ? 128 : 0)) return { cms: room, state: 'filled' }
  const length =
    first < 0x80 ? first + 2 : room.subarray(2, 2 + octets).reduce((sum, octet) => sum * 256 + octet, 0) + 2 + octets
  if (length > room.length) return { cms: room, state: 'filled' }
  const isTrailing = room.subarray(length).some((byte) => byte !== 0)
  return { cms: room.subarray(0, length), state: isTrailing ? 'trailing' : 'filled' }
}

/** What the document carries to judge its signatures by (ETSI EN 319 142-1 §5.4.2); what does not read tells nothing. */
export function storeOf(file: PdfFile): {
  readonly certificates: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
  readonly ocsps: readonly Uint8Array[]
} {
  const store = file.dict(file.catalog.entries.get('DSS'))
  const list = (key: string) =>
    file
      .items(store?.entries.get(key))
      .slice(0, 1000)
      .flatMap((value) => {
        const stream = file.stream(value)
        return stream === null ? [] : [file.decode(stream, 16_777_216)]
      })
  return { certificates: list('Certs'), crls: list('CRLs'), ocsps: list('OCSPs') }
}
