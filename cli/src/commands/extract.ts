import { rmSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { basename, dirname, extname, join, resolve } from 'node:path'
import {
  canonicalise,
  encodeUtf8,
  establishBundleFacts,
  type FileTree,
  judge,
  makeFileTree,
  type Report,
  recipientAsked,
} from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import {
  type ExitCode,
  type ExtractedItem,
  type Extraction,
  escapeForDisplay,
  exitCodeOf,
  extractionWarning,
  type ItemDoubt,
  renderExtraction,
  verdictLabel,
  worstExitCode,
} from '@probatum/words'
import type { Parsed } from 'yargs'
import { UsageError } from '../errors.ts'
import { copyItem } from '../extract/extract-copy.ts'
import { type ExtractableItem, extractableItems } from '../extract/extract-items.ts'
import { NamesOnDisk, nameOnDisk } from '../extract/extract-names.ts'
import { requireNew } from '../files.ts'
import { openBundle } from '../input/bundle-input.ts'
import { chooseJudgement } from '../input/judgement-input.ts'
import { readIdentities } from '../keys/identity-option.ts'
import { undoOnCancel } from '../run.ts'
import { FolderSink } from '../sealing/folder-sink.ts'
import { judgementOf, terminalOf, textsOf } from './report-output.ts'

const OWN_FILES = ['EXTRACTED.txt', 'extracted.json', 'extracted-sha256.txt'] as const
const NOT_VERIFIED = 'NOT-VERIFIED '

/** Copies verified items out of a bundle, so that people can open what they verified. */
export async function extract(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.bundle)
  const out = String(argv.out)
  const asked = askedItems(argv)
  await requireNew(out, '--out', [path])
  const chosen = await chooseJudgement(judgementOf(argv))
  const identities = await readIdentities(argv)
  const unfinished = join(dirname(resolve(out)), `.${basename(out)}.${process.pid}.unfinished`)
  const undo = () => rmSync(unfinished, { recursive: true, force: true })
  const ports = nodePorts({ jobs: Math.min(availableParallelism(), 8) })
  undoOnCancel.add(undo)
  try {
    const bundle = await openBundle(path, ports, 'any', { identities })
    try {
      const { factsFile, inventory } = await establishBundleFacts(bundle.source, ports, {
        digests: 'all',
        name: bundle.name,
        bytes: bundle.bytes,
      })
      const judgement = chosen.judgement({
        digests: 'all',
        part: argv.part === true,
        names: true,
        recipient: recipientAsked(factsFile.facts, bundle.recipient),
      })
      const report = await judge(factsFile, judgement, ports)
      const { tree } = await makeFileTree(bundle.source)
      const { items, withheld } = await extractableItems(tree, factsFile.facts, report, inventory, ports.smallDigest)
      requireKnown(asked, items)
      const sink = new FolderSink(unfinished)
      const copied = await copyItems(items, asked, tree, sink)
      const extraction = describe(report, copied, withheld)
      await writeOwnFiles(sink, extraction, report)
      await requireNew(out, '--out', [path])
      await rename(unfinished, out)
      await terminal.result(summary(extraction, report, out))
      if (extraction.warning !== null) terminal.note(`${extraction.warning}\n`)
      return worstExitCode([
        exitCodeOf(report.body.assessment.indication),
        ...(extraction.items.length === 0 ? [3 as const] : []),
        ...(extraction.items.some(({ state }) => state === 'NOT-VERIFIED') ? [3 as const] : []),
        ...(copied.hasFaults ? [4 as const] : []),
      ])
    } finally {
      await bundle.close()
    }
  } finally {
    await ports.close()
    await rm(unfinished, { recursive: true, force: true })
    undoOnCancel.delete(undo)
  }
}

/** @throws {UsageError} */
function askedItems(argv: Parsed): ReadonlySet<number> {
  const numbers = textsOf(argv, 'also-unverified').flatMap((given) => given.split(','))
  const wrong = numbers.find((number) => !/^\d{1,15}$/.test(number))
  if (wrong !== undefined)
    throw new UsageError(
      `--also-unverified: ${escapeForDisplay(wrong)} is not the number of an item.`,
      'Name each item by its number, for example --also-unverified 3,17. There is no way to name all of them.',
    )
  return new Set(numbers.map(Number))
}

function requireKnown(asked: ReadonlySet<number>, items: readonly ExtractableItem[]): void {
  const known = new Set(items.map(({ item }) => item))
  const unknown = [...asked].find((number) => !known.has(number))
  if (unknown !== undefined)
    throw new UsageError(
      `--also-unverified: there is no file of item ${unknown} in this bundle.`,
      'Items are counted from 0; `probatum verify --details` names those that did not pass.',
    )
}

interface Copied {
  readonly items: readonly ExtractedItem[]
  readonly notExtracted: Extraction['notExtracted']
  readonly hasFaults: boolean
}

async function copyItems(
  items: readonly ExtractableItem[],
  asked: ReadonlySet<number>,
  tree: FileTree,
  sink: FolderSink,
): Promise<Copied> {
  const names = new NamesOnDisk(OWN_FILES)
  const done: ExtractedItem[] = []
  const left: { item: number | null; path: string; doubts: readonly ItemDoubt[] }[] = []
  let hasFaults = false
  for (const one of [...items].sort((a, b) => (a.item ?? 0) - (b.item ?? 0))) {
    const { item, path, doubts } = one
    const isVerified = doubts.length === 0
    if (!tree.byPath.has(path) || (!isVerified && (item === null || !asked.has(item)))) {
      left.push({ item, path, doubts })
      continue
    }
    const { name, naming } = nameOf(one, names, isVerified)
    const fault = await copyItem(one, tree, sink, name)
    if (typeof fault === 'string') {
      hasFaults = true
      left.push({ item, path, doubts: [...doubts, fault] })
    } else done.push({ item, path, name, naming, ...fault, state: isVerified ? 'verified' : 'NOT-VERIFIED', doubts })
  }
  return { items: done, notExtracted: left, hasFaults }
}

function nameOf(
  { item, path, originalName }: ExtractableItem,
  names: NamesOnDisk,
  isVerified: boolean,
): Pick<ExtractedItem, 'name' | 'naming'> {
  const ending = /^\.[a-z0-9]{1,8}$/.test(extname(path)) ? extname(path) : ''
  const safe = originalName === null ? null : nameOnDisk(originalName)
  const mark = isVerified ? '' : NOT_VERIFIED
  const { name, isDefault } = names.take(safe, { item: item ?? 0, ending, mark })
  return { name, naming: isDefault ? 'default' : name === originalName ? 'original' : 'escaped' }
}

function describe(report: Report, { items, notExtracted }: Copied, withheld: number): Extraction {
  const { body, envelope } = report
  return {
    extracted: 'probatum/extracted/1-draft',
    warning: extractionWarning(report),
    indication: body.assessment.indication,
    bundleId: body.subject.bundleId,
    content: body.content.sha256,
    policy: body.policy,
    trustSet: body.trustSet?.sha256 ?? null,
    validationTime: body.validationTime,
    report: envelope.digests.whole,
    items,
    notExtracted,
    withheld,
  }
}

async function writeOwnFiles(sink: FolderSink, extraction: Extraction, report: Report): Promise<void> {
  const [text, json, sums] = OWN_FILES
  await sink.write(text, encodeUtf8(renderExtraction(extraction, report)))
  await sink.write(json, canonicalise(extraction))
  await sink.write(sums, encodeUtf8(extraction.items.map(({ sha256, name }) => `${sha256}  ${name}\n`).join('')))
}

function summary({ items, notExtracted, withheld }: Extraction, report: Report, out: string): string {
  const verified = items.filter(({ state }) => state === 'verified').length
  return [
    `${verified} verified ${verified === 1 ? 'file' : 'files'} copied to ${escapeForDisplay(out)}`,
    ...(items.length > verified
      ? [`${items.length - verified} NOT VERIFIED, copied because asked for, and marked`]
      : []),
    ...(notExtracted.length > 0 ? [`${notExtracted.length} not copied: EXTRACTED.txt says why`] : []),
    ...(withheld > 0 ? [`${withheld} withheld`] : []),
    `verdict over the whole: ${verdictLabel(report)}`,
    '',
  ].join('\n')
}
