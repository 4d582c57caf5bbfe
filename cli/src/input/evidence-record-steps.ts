import {
  DIGEST_OCTETS,
  decodeLatin1,
  digestAlgorithmOf,
  LIMITS,
  orNull,
  parseEvidenceRecord,
  parseTimeStampFile,
  parseTstInfo,
  sequenceOf,
  type TstInfo,
  toHex,
  unwrapByContent,
} from '@probatum/core'
import type { ArchiveTimeStampStep, EvidenceRecordStep, RecordPlace } from '@probatum/words'
import { readWhole } from '../files.ts'

/** The files of `--evidence-record`, as the steps take them apart. `attime`: undefined for each time-stamp's own. */
export async function evidenceRecordSteps(
  files: readonly string[],
  attime: number | undefined,
): Promise<readonly EvidenceRecordStep[]> {
  const steps: EvidenceRecordStep[] = []
  for (const file of files) steps.push(stepOf(file, await readWhole(file, 2 * LIMITS.evidenceRecordBytes), attime))
  return steps
}

function stepOf(file: string, bytes: Uint8Array, attime: number | undefined): EvidenceRecordStep {
  const isPem = bytes[0] !== 0x30 && decodeLatin1(bytes).includes('-----BEGIN')
  const form = bytes[0] === 0x30 ? 'DER' : isPem ? 'PEM' : 'base64'
  return { file, form, timestamps: orNull(() => timestampsOf(unwrapByContent(bytes, file), attime)) }
}

function timestampsOf(der: Uint8Array, attime: number | undefined): readonly ArchiveTimeStampStep[] {
  const { chains } = parseEvidenceRecord(der)
  // What is read out of DER is a view of it.
  const placeOf = (view: Uint8Array): RecordPlace => ({
    offset: view.byteOffset - der.byteOffset,
    length: view.length,
  })
  const begin = placeOf(chains[0]?.der ?? der).offset
  return chains.flatMap(({ der: whole, timestamps }, chain) =>
    timestamps.map(({ digestAlgorithm, reducedHashtree, timeStamp }, position): ArchiveTimeStampStep => {
      const tstInfo = tstInfoOf(timeStamp)
      const identifier = digestAlgorithm ?? tstInfo?.messageImprint.hashAlgorithm ?? null
      const digest = identifier === null ? null : digestAlgorithmOf(identifier)
      const hashes = (reducedHashtree ?? []).flat()
      const older = placeOf(whole).offset - begin
      return {
        path: `archiveTimeStamp[${chain}][${position}]`,
        position,
        digest: digest !== null && hashes.every(({ length }) => length === DIGEST_OCTETS[digest]) ? digest : null,
        lists: reducedHashtree?.map((list) => spanOf(list.map(placeOf))) ?? null,
        timeStamp: placeOf(timeStamp),
        older:
          chain === 0 || position > 0
            ? null
            : { offset: begin, length: older, header: toHex(headerOf(sequenceOf(chains.slice(0, chain)), older)) },
        attime: attime ?? tstInfo?.genTime.epochSeconds ?? null,
      }
    }),
  )
}

/** From the header of the first digest, of two octets (DER, below 128), to the end of the last. */
function spanOf(places: readonly RecordPlace[]): RecordPlace & { readonly digests: number } {
  const [first, last] = [places[0]?.offset ?? 0, places.at(-1)]
  const offset = first - 2
  return { offset, length: (last?.offset ?? 0) + (last?.length ?? 0) - offset, digests: places.length }
}

const headerOf = (sequence: Uint8Array, content: number) => sequence.subarray(0, sequence.length - content)

/** Null where it does not read: openssl will say so. */
function tstInfoOf(timeStamp: Uint8Array): TstInfo | null {
  return orNull(() => {
    const { token } = parseTimeStampFile(timeStamp)
    return token?.eContent ? parseTstInfo(token.eContent) : null
  })
}
