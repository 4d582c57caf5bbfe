import type { FileTree } from './file-tree.ts'
import { FORMAT_VERSION, PROFILE_PREFIX } from './layout.ts'
import type { RecordFacts } from './record-facts.ts'
import { establishLayout } from './record-layout.ts'
import { type BundleRecordReading, type RecordPorts, RecordReading, type RecordRequest } from './record-reading.ts'

/**
 * Reads the records of a bundle: what they are, whether each is in the form of its format version, whether what they
 * state beside each other can hold, and what the chain, the commitments and the tree prove.
 * @throws SourceFault when the whole source is gone (`vanished`); other faults are facts
 */
export async function establishRecords(
  tree: FileTree,
  ports: RecordPorts,
  request: RecordRequest = { payload: null },
): Promise<RecordFacts> {
  const reading = new RecordReading(tree, ports, request)
  return recordFacts(tree, reading, await reading.readBundleRecord())
}

/**
 * The same for a tree that may be any bag, and null when it is none of our bundles: a bag has no records, and looking
 * for the place of each of its files would be lost time.
 * @param profiles every BagIt-Profile-Identifier of bag-info.txt
 */
export async function establishRecordsOfBundle(
  tree: FileTree,
  ports: RecordPorts,
  profiles: readonly string[],
  request: RecordRequest = { payload: null },
): Promise<RecordFacts | null> {
  const reading = new RecordReading(tree, ports, request)
  const bundle = await reading.readBundleRecord()
  return namesBundleFormat(bundle, profiles) ? recordFacts(tree, reading, bundle) : null
}

async function recordFacts(tree: FileTree, reading: RecordReading, bundle: BundleRecordReading): Promise<RecordFacts> {
  const others = bundle.unknownFormat ? null : await reading.readOthers(bundle.record)
  return {
    format: bundle.format,
    formatKnown: bundle.format === FORMAT_VERSION,
    unknown: reading.unknown.kept,
    unknownOmitted: reading.unknown.omitted,
    record: bundle.record,
    files: others === null ? [] : [bundle.file, ...others.files],
    history: others?.history ?? null,
    authorisation: others?.authorisation ?? null,
    verifyText: await reading.readVerifyText(bundle.format ?? FORMAT_VERSION),
    ...establishLayout(tree, bundle.record),
  }
}

/**
 * Whether this is one of our bundles, of whatever version: bag-info.txt or bundle.json says so. Another bag may well
 * have a folder named record/.
 * @param profiles every BagIt-Profile-Identifier of bag-info.txt
 */
export function namesBundleFormat({ format }: Pick<RecordFacts, 'format'>, profiles: readonly string[]): boolean {
  return format !== null || profiles.some((profile) => profile.startsWith(PROFILE_PREFIX))
}
