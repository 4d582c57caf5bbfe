import {
  AUTHORISATION,
  CHECKPOINT,
  CUSTODY,
  canonicalise,
  canonicalText,
  DISCLOSURES,
  encodeUtf8,
  formatInstant,
  ITEMS,
  lineDigest,
  type Opening,
  PROOFS,
  type SmallDigest,
  toBase64,
  toHex,
} from '@probatum/core'
import { smallDigest, startPureDigest } from '../digest.ts'
import { disclosureLines } from '../gate/disclosure-lines.ts'
import { authorisationRecord, type ExportGate, requireFresh, requireGates } from '../gate/export-gate.ts'
import { consentOpenings, showingUnder } from '../gate/gate-private.ts'
import type { SealableFile } from '../sealing/bundle-sink.ts'
import { CoveredFiles } from '../sealing/covered-files.ts'
import { type ExportedPayload, exportThroughStore, shownItems } from '../sealing/export-payload.ts'
import type { PayloadStore } from '../sealing/payload-store.ts'
import { DRAFT_AUTHORISATION, present } from '../sealing/seal-bundle.ts'
import {
  manifestAlgorithms,
  requireSealable,
  type SealOutcome,
  type SealStatement,
  wholeSeconds,
  writeBundleRecord,
  writeSeal,
  writeTagFiles,
} from '../sealing/seal-writing.ts'
import { makeCheckpoint } from './checkpoint.ts'
import { cosigned, type Witnesses } from './checkpoint-witness.ts'
import { type CustodyLog, type LoggedLine, typeOfLine } from './custody-log.ts'
import { type LineMaking, type MadeLine, makeEventLine } from './custody-log-lines.ts'
import { isLineShown, type Showing, showingUntil } from './custody-log-showing.ts'
import { LogTree } from './custody-log-tree.ts'
import { ExportedItemsCheck } from './exported-items.ts'
import { jsonLines } from './record-lines.ts'

/** The log has export events for which there is no bundle: something failed between them and the last signature. */
export class ExportUnfinished extends Error {
  override readonly name = 'ExportUnfinished'
  /** Positions of the events, ascending. */
  readonly events: readonly number[]

  constructor(events: readonly number[], cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.events = events
  }
}

/** What was asked for cannot be exported from this log: a mistake of the caller that shows while the bundle is made. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused'
}

/** What a bundle over a kept log is made from. */
export interface LogExportInput extends SealStatement {
  readonly custody: CustodyLog
  readonly showing: Showing
  readonly purpose?: string
  /**
   * The request that it is made under: without one a recipient is named in samples only. Recipient, purpose, identifier and what is
   * shown are then those of the request, whatever else is given.
   */
  readonly gate?: ExportGate
  /** The file of an item, or undefined when it is not at hand. */
  readonly payload: (item: {
    readonly seq: number
    readonly path: string
    readonly sha256: string
  }) => SealableFile | undefined
  /**
   * Writes the files and reads them again before anything is signed; then `finish` appends an event `fixity-check` before the export.
   * Without one they go through the sink.
   */
  readonly payloadStore?: PayloadStore
  /** Cosign the checkpoint, one after the other, before it is sealed. */
  readonly witnesses?: Witnesses
  /** For lines and tree nodes. Default: JavaScript alone. */
  readonly smallDigest?: SmallDigest
  /**
   * Called before the export event is appended. Who keeps what it is given can tell after an interruption whether the log has an
   * event without a bundle.
   * @param event `line` is the line digest, hex
   */
  readonly beforeExport?: (event: { readonly seq: number; readonly line: string }) => Promise<void>
}

/** A bundle of which everything is written that has values in it. Nothing is signed, and the log is as it was. */
export interface PreparedExport {
  /**
   * Appends the export event to the log, then signs: checkpoint, records, manifests, seal. What is signed is a beginning of
   * the log whatever happens, so that no bundle can contradict the next one. When an authority fails, the log has
   * an export event without a bundle, which is true and harmless: then it throws ExportUnfinished, which names the event.
   */
  finish(): Promise<SealOutcome & { readonly exportNumber: string; readonly size: number }>
}

/**
 * Begins a bundle over a log at its present size: payload, items and disclosures. Throws TypeError for what
 * the statement has wrong, ExportRefused when no file is shown, or one is not at hand or not the item's; before anything is written
 * GateRefused, with every condition of the request that is not met.
 */
export async function prepareExport(given: LogExportInput): Promise<PreparedExport> {
  const input = underGate(given)
  requireSealable(input)
  if (input.log.origin !== input.custody.origin) throw new TypeError('the key is that of another log')
  if (input.log.verifierKey !== input.custody.verifierKey) throw new TypeError('the key is not the log’s present one')
  const { gate } = input
  if (gate !== undefined) await requireGates([{ ...input, gate }])
  else if (input.recipient !== null && !input.sample)
    throw new ExportRefused('a recipient is named, and there is no approved request to share with it')
  const files = new CoveredFiles(input.sink, input.startDigest ?? startPureDigest, manifestAlgorithms(input.longTerm))
  const { custody } = input
  const events = custody.events

  const payload = await writeShownPayload(input, files)
  if (payload.files === 0) throw new ExportRefused('nothing to seal: no file is shown')
  const items = await writeItems(input, files)
  await requireExportedItems(custody, items)
  const opened = gate === undefined ? [] : consentOpenings(gate.kept)
  await files.write(DISCLOSURES, jsonLines(disclosureLines(custody, input.showing, opened)))
  const authorisation = canonicalise(gate === undefined ? DRAFT_AUTHORISATION : authorisationRecord(gate))
  const { digests } = await files.write(AUTHORISATION, authorisation)

  return {
    async finish() {
      if (gate !== undefined) await requireFresh({ gate, custody }, events)
      const exportNumber = gate?.request.exportNumber ?? toHex(input.random(16))
      const making = { random: input.random, ...(input.smallDigest === undefined ? {} : { digest: input.smallDigest }) }
      const checked = fixityCheck(input, payload, making)
      const line = makeEventLine(
        { seq: custody.events + checked.length, previous: checked[0]?.digest ?? custody.head },
        'export',
        {
          authorisation: digests.sha256 ?? '',
          exportNumber,
          itemCount: items.size,
          itemRoot: toHex(items.root()),
        },
        present({
          time: formatInstant(input.now),
          agent: input.issuer,
          recipient: input.recipient ?? undefined,
          purpose: input.purpose,
        }),
        making,
      )
      if (custody.items !== items.size) throw new RangeError('items were added to the log in the meantime')
      await input.beforeExport?.({ seq: line.seq, line: toHex(line.digest) })
      await custody.append([...checked, line].map((each) => ({ ...each, file: 'custody.jsonl' })))
      try {
        return await signExport(line.openings, exportNumber)
      } catch (error) {
        throw new ExportUnfinished([line.seq], error)
      }
    },
  }

  async function signExport(keptOpenings: readonly Opening[], exportNumber: string) {
    const tree = new LogTree(input.smallDigest ?? smallDigest)
    await files.write(CUSTODY, jsonLines(eventTexts(input, tree)))
    const earlier = custody.checkpoints.filter(({ size }) => size < tree.size)
    const checkpoint = await makeCheckpoint(input.log, tree.size, tree.root())
    await custody.keepCheckpoint({ size: tree.size, root: toHex(tree.root()), note: toBase64(checkpoint) })
    // A witness begins most likely where the log's last export was.
    const firstTry = earlier.at(-1)?.size ?? 0
    await files.write(CHECKPOINT, await cosigned(checkpoint, input.witnesses, tree, firstTry, input.now))
    await files.write(PROOFS, jsonLines(earlier.map(({ size, root }) => proofLine(tree, size, root))))
    await writeBundleRecord(input, files, { id: custody.id, itemCount: items.size })
    await writeTagFiles(input, files, payload)
    const sealed = await writeSeal(input, files)
    return {
      ...sealed,
      logId: custody.id,
      payloadFiles: payload.files,
      payloadBytes: payload.bytes,
      keptOpenings,
      exportNumber,
      size: tree.size,
    }
  }
}

/** A bundle over items that an export of the log contradicts would be refused by whoever verifies it. */
async function requireExportedItems(custody: CustodyLog, items: LogTree): Promise<void> {
  const exported = new ExportedItemsCheck()
  for await (const { seq, text } of custody.lines('custody.jsonl')) exported.add(seq, text)
  const [seq] = exported.contradictedBy(items)
  if (seq !== undefined)
    throw new ExportRefused(`event ${seq} of the log is an export over other items than the log begins with now`)
}

/** What an export states and shows is what was approved. What comes after its head is other exports: real lines, their fields closed. */
function underGate(given: LogExportInput): LogExportInput {
  const now = wholeSeconds(given.now)
  const { gate, custody } = given
  if (gate === undefined) return { ...given, showing: showingUntil(given.showing, custody.events), now }
  const { request, kept } = gate
  return {
    ...given,
    now,
    showing: showingUntil(showingUnder(kept), Math.min(request.head.size, custody.events)),
    recipient: request.recipient?.name ?? null,
    externalIdentifier: kept.identifier,
    ...(request.purpose === null ? {} : { purpose: request.purpose }),
  }
}

/** The event of reading again what was written, where that was done: a real line, its fields closed, as the export's own. */
function fixityCheck(input: LogExportInput, payload: ExportedPayload, making: LineMaking): MadeLine[] {
  const { readAgain, files, bytes } = payload
  if (readAgain === null) return []
  const digests = manifestAlgorithms(input.longTerm).join(' and ')
  const fields = {
    time: formatInstant(input.now),
    agent: input.issuer,
    instrument: input.softwareAgent,
    objects: readAgain,
    outcome: 'equal',
    note: `read again after writing: ${files} files, ${bytes} bytes, ${digests}`,
  }
  const place = { seq: input.custody.events, previous: input.custody.head }
  return [makeEventLine(place, 'fixity-check', {}, fields, making)]
}

function proofLine(tree: LogTree, first: number, firstRoot: string): string {
  return canonicalText({ consistencyPath: tree.consistencyPath(first).map(toHex), first, firstRoot, second: tree.size })
}

async function writeShownPayload(input: LogExportInput, files: CoveredFiles): Promise<ExportedPayload> {
  const missing = (seq: number) => new ExportRefused(`the file of item ${seq} is not at hand`)
  const { custody, showing, payload, payloadStore } = input
  const shown = shownItems(custody, (seq) => showing.showsPayload(seq), payload, missing)
  if (payloadStore !== undefined) return exportThroughStore(payloadStore, shown, files, input)
  const done = { files: 0, bytes: 0 }
  for await (const { seq, path, sha256, size: said, file } of shown) {
    const { size, digests } = await files.write(path, file.open(), (count) => {
      done.bytes += count
      input.onProgress?.(done)
    })
    if (size !== said || digests.sha256 !== sha256)
      throw new ExportRefused(`the file given for item ${seq} is not the item’s: ${path}`)
    done.files += 1
    input.onProgress?.(done)
  }
  return { ...done, readAgain: null }
}

/** items.jsonl, and the tree over all line digests. */
async function writeItems(input: LogExportInput, files: CoveredFiles): Promise<LogTree> {
  const tree = new LogTree(input.smallDigest ?? smallDigest)
  const { custody, showing } = input
  async function* texts() {
    for await (const line of custody.lines('items.jsonl'))
      yield lineText(line, showing.showsLine('items.jsonl', line.seq, 'item'), tree, input.smallDigest)
  }
  await files.write(ITEMS, jsonLines(texts()))
  return tree
}

async function* eventTexts(input: LogExportInput, tree: LogTree): AsyncIterable<string> {
  for await (const line of input.custody.lines('custody.jsonl')) {
    const isShown = isLineShown(input.showing, 'custody.jsonl', line.seq, typeOfLine(line))
    yield lineText(line, isShown, tree, input.smallDigest)
  }
}

function lineText(line: LoggedLine, isShown: boolean, tree: LogTree, digest: SmallDigest = smallDigest): string {
  const own = lineDigest(encodeUtf8(line.text), digest)
  tree.append(own)
  return isShown ? line.text : canonicalText({ seq: line.seq, withheld: toHex(own) })
}
