import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { makeCertificate } from '@probatum/certificate'
import {
  describeGivenBeside,
  establishBundleFacts,
  type FactsFile,
  judge,
  LIMITS,
  makeFileTree,
  type OpenedValue,
  parseFacts,
  type Report,
  type ReportInputs,
  recipientAsked,
  SourceFault,
  toHex,
  withoutOpened,
} from '@probatum/core'
import { type NodePorts, nodePorts } from '@probatum/platform/node'
import {
  type ExitCode,
  escapeForDisplay,
  exitCodeOf,
  messagesIn,
  originalNamesIn,
  renderSummary,
} from '@probatum/words'
import {
  COMMAND_LINE,
  type ListMode,
  type Paper,
  type Recorded,
  readRecorded,
  readRecords,
} from '@probatum/words/certificate'
import type { Parsed } from 'yargs'
import { openTypesetterHere } from '../certificate-files.ts'
import { UsageError } from '../errors.ts'
import { readWhole, requireNew, requireReplaceable, writeNew, writeOver } from '../files.ts'
import { readRecipient } from '../gate/recipient-input.ts'
import { openBundle } from '../input/bundle-input.ts'
import { chooseLanguage, chooseOffset, chooseTemplate, readLabels } from '../input/certificate-options.ts'
import { readGivenBeside } from '../input/given-beside.ts'
import { chooseJudgement } from '../input/judgement-input.ts'
import { parseFile } from '../input/parse-file.ts'
import { readRevocation, revocationInFacts } from '../input/revocation-files.ts'
import { readIdentities } from '../keys/identity-option.ts'
import { ProgressLine } from '../progress.ts'
import { BUILD } from '../version.ts'
import { judgementOf, terminalOf, textOf } from './report-output.ts'
import { DIGEST_WORKER } from './verify.ts'

/** The sidecar's name: docs/spec/certificate-1-draft.md, section 6. */
const sidecarPath = (pdf: string) => `${pdf}.json`

/** Verifies a bundle and makes its certificate, whatever the result; ends as `verify` does. */
export async function certify(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.bundle)
  const out = String(argv.out)
  const isForced = argv.force === true
  const template = chooseTemplate(argv)
  const language = chooseLanguage(textOf(argv, 'language'))
  for (const file of [out, sidecarPath(out)])
    await (isForced
      ? requireReplaceable(file, '--out', [path])
      : requireNew(file, '--out', [path], 'Name a file that does not exist yet, or write over it with --force.'))
  const utcOffset = chooseOffset(textOf(argv, 'utc-offset'))
  const labels = await readLabels(textOf(argv, 'labels'))
  const chosen = await chooseJudgement(judgementOf(argv))
  const isNamed = argv.names === true
  const recipient = await readRecipient(argv)
  const ports = nodePorts({ ...DIGEST_WORKER, jobs: Math.min(availableParallelism(), 8) })
  try {
    const typesetter = await openTypesetterHere()
    const saved = textOf(argv, 'inventory')
    const examined =
      saved === undefined
        ? await examineBundle(path, argv, terminal.isWatched && argv.quiet !== true, ports)
        : await readSaved(path, saved, ports)
    const { factsFile, inventory, recorded } = examined
    const judgement = chosen.judgement({
      digests: factsFile.facts.digests,
      part: argv.part === true,
      names: isNamed,
      files: examined.files,
      recipient: recipient ?? examined.recipient,
    })
    // From what the certificate carries: whoever checks it has no opened values.
    const report = await judge(withoutOpened(factsFile), judgement, ports)
    const made = makeCertificate(
      {
        report,
        facts: factsFile,
        inventory,
        policy: judgement.policy,
        trustSet: judgement.trustSet,
        recorded,
        maker: COMMAND_LINE,
        template,
        language,
        paper: (textOf(argv, 'paper') ?? 'a4') as Paper,
        list: (textOf(argv, 'list') ?? 'auto') as ListMode,
        labels,
        names: isNamed ? originalNamesIn(openedIn(factsFile)) : null,
        utcOffset,
      },
      { typesetter, smallDigest: ports.smallDigest, build: BUILD },
    )
    const write = isForced ? writeOver : writeNew
    await write(out, made.pdf)
    await write(sidecarPath(out), made.sidecar)
    if (argv.quiet !== true)
      await terminal.result(
        `${renderSummary(report, terminal.style, undefined, { isFromFacts: saved !== undefined })}\n${said(out, made, report)}`,
      )
    return exitCodeOf(report.body.assessment.indication)
  } finally {
    await ports.close()
  }
}

interface Examined {
  readonly factsFile: FactsFile
  readonly inventory: Uint8Array
  readonly recorded: Recorded
  /** Files that were given beside the bundle. */
  readonly files: ReportInputs['files']
  readonly recipient: ReportInputs['recipient']
}

async function examineBundle(path: string, argv: Parsed, isWatched: boolean, ports: NodePorts): Promise<Examined> {
  const given = await readRevocation(argv)
  const beside = await readGivenBeside(argv)
  const identities = await readIdentities(argv)
  const bundle = await openBundle(path, ports, 'any', { identities })
  const progress = isWatched ? new ProgressLine('', bundle.total) : undefined
  try {
    ports.digester.prepare(bundle.total)
    const { factsFile, inventory } = await establishBundleFacts(bundle.source, ports, {
      digests: 'all',
      revocation: given.revocation,
      ...beside,
      // Opened values are not even read, unless names are asked for.
      showOpened: argv.names === true,
      name: bundle.name,
      bytes: bundle.bytes,
      onProgress: (done) => progress?.show(done),
    })
    progress?.clear()
    const { tree } = await makeFileTree(bundle.source)
    const records = await readRecords(tree, factsFile, inventory, ports.smallDigest)
    const container = bundle.bytes === null ? {} : { container: await digestOfFile(path, bundle.bytes) }
    const recorded = readRecorded({ ...records, ...container }, ports.smallDigest)
    const files = [...given.files, ...describeGivenBeside(factsFile.facts)]
    return { factsFile, inventory, recorded, files, recipient: recipientAsked(factsFile.facts, bundle.recipient) }
  } finally {
    progress?.clear()
    await bundle.close()
  }
}

/** SHA-256 of an archive as it was handed in. @throws {SourceFault} when it is no longer as long as it was */
async function digestOfFile(path: string, size: number): Promise<string> {
  const hash = createHash('sha256')
  let read = 0
  for await (const piece of createReadStream(path)) {
    hash.update(piece)
    read += piece.length
  }
  if (read !== size) throw new SourceFault('changed', basename(path), 'size')
  return hash.digest('hex')
}

/** What `verify --save-facts --inventory` saved, where the bundle itself is elsewhere. @throws {UsageError | ParseError} */
async function readSaved(facts: string, inventory: string, ports: NodePorts): Promise<Examined> {
  const factsFile = parseFile(facts, await readWhole(facts, LIMITS.factsBytes), parseFacts)
  const { kind, inventory: stated } = factsFile.facts
  if (kind !== 'bundle' && kind !== 'bag')
    throw new UsageError(`${escapeForDisplay(facts)} holds facts about no bundle.`, 'A certificate is about a bundle.')
  const bytes = await readWhole(inventory, INVENTORY_BYTES)
  if (toHex(ports.smallDigest('sha256', bytes)) !== stated.sha256)
    throw new UsageError(
      `--inventory: ${escapeForDisplay(inventory)} is not the inventory that these facts were saved with.`,
      `Its SHA-256 must be ${stated.sha256}. Save both in one run: probatum verify BUNDLE --save-facts FILE --inventory FILE.`,
    )
  return {
    factsFile,
    inventory: bytes,
    recorded: {
      container: null,
      events: null,
      custody: null,
      items: null,
      sharing: { state: 'not-at-hand' },
    },
    files: [...revocationInFacts(factsFile.facts), ...describeGivenBeside(factsFile.facts)],
    recipient: null,
  }
}

/** 1,000,000 lines of 500 bytes. */
const INVENTORY_BYTES = 536_870_912

/** @throws {UsageError} when names are asked for and facts were saved without what was opened */
function openedIn({ opened, facts }: FactsFile): readonly OpenedValue[] {
  if (opened === undefined && facts.kind === 'bundle')
    throw new UsageError(
      '--names: these facts hold no opened values.',
      'Give the bundle itself, or save facts with --show-opened.',
    )
  return opened ?? []
}

function said(out: string, { certificateId, pdf }: { certificateId: string; pdf: Uint8Array }, report: Report): string {
  const isSample = report.body.subject.sample || report.body.trustSet?.sample === true
  return [
    `certificate     ${escapeForDisplay(out)} (${pdf.length} bytes)`,
    `beside it       ${escapeForDisplay(sidecarPath(out))}`,
    `certificate id  ${certificateId}`,
    ...(isSample ? [messagesIn().verdict.sample] : []),
    '',
  ].join('\n')
}
