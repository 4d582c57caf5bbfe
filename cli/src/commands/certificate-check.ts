import { availableParallelism } from 'node:os'
import { basename, resolve } from 'node:path'
import { type AttachedJudgement, type BundleRead, establishCertificate } from '@probatum/certificate'
import {
  describeGivenBeside,
  establishBundleFacts,
  type FactsFile,
  judge,
  makeFileTree,
  parseInstant,
  type Report,
  recipientAsked,
  serializeFacts,
} from '@probatum/core'
import { type Identity, type NodePorts, nodePorts } from '@probatum/platform/node'
import { type ExitCode, escapeForDisplay, quoteForShell, worstExitCode } from '@probatum/words'
import { readRecorded, readRecords } from '@probatum/words/certificate'
import type { Parsed } from 'yargs'
import { openTypesetterHere } from '../certificate-files.ts'
import { PDF_BYTES } from '../certificate-signature.ts'
import { UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { openBundle } from '../input/bundle-input.ts'
import { type GivenBeside, namesGivenBeside, readGivenBeside } from '../input/given-beside.ts'
import { chooseJudgement } from '../input/judgement-input.ts'
import { aboutFile } from '../input/parse-file.ts'
import { type GivenFiles, readRevocation } from '../input/revocation-files.ts'
import { readIdentities } from '../keys/identity-option.ts'
import type { Terminal } from '../terminal.ts'
import { BUILD } from '../version.ts'
import { between, judgementOf, putReport, readAll, terminalOf, textOf, textsOf } from './report-output.ts'
import { DIGEST_WORKER } from './verify.ts'

/**
 * Judges a PDF certificate, and the facts that it carries under what was chosen here; with `--bundle` the bundle, as of the
 * certificate's time, under what is attached and under what was chosen. The exit code is that of the certificate and of the last.
 */
export async function checkCertificate(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.pdf)
  for (const option of ['save', 'save-facts']) {
    const target = textOf(argv, option)
    if (target !== undefined) await requireNew(target, `--${option}`, [])
  }
  const printed = textsOf(argv, 'printed').map(readDigest)
  const chosen = await chooseJudgement(judgementOf(argv))
  const intermediates = textsOf(argv, 'intermediates')
  const certificates = await readAll(intermediates)
  const given = await readRevocation(argv)
  const asked = await readBundleQuestion(argv)
  const bytes = await readWhole(path, PDF_BYTES)
  const sidecarPath = textOf(argv, 'sidecar')
  const sidecar = sidecarPath === undefined ? null : await readWhole(sidecarPath, PDF_BYTES)
  if (printed.length > 0 && sidecar === null)
    throw new UsageError('--printed is compared with what lies beside the certificate.', 'Add --sidecar NAME.pdf.json.')
  const ports = nodePorts({ ...DIGEST_WORKER, jobs: Math.min(availableParallelism(), 8) })
  try {
    const typesetter = await openTypesetterHere()
    const name = path === '-' ? '-' : basename(resolve(path))
    const checkPorts = { ...ports, typesetter, build: BUILD }
    const input = { name, bytes, certificates, revocation: given.revocation, sidecar, printed }
    const bundlePath = textOf(argv, 'bundle')
    const read: { bundle: OpenedBundle | null } = { bundle: null }
    const reading =
      bundlePath === undefined
        ? null
        : async (attached: AttachedJudgement | null) => {
            read.bundle = await readBundle(bundlePath, attached, { ...asked, given }, ports)
            return read.bundle
          }
    const checked = await aboutFile(path, bytes, IS_CERTIFICATE, () =>
      establishCertificate({ ...input, bundle: reading }, checkPorts),
    )
    const saveFacts = textOf(argv, 'save-facts')
    if (saveFacts !== undefined) await writeNew(saveFacts, serializeFacts(checked.factsFile))
    const files = [
      ...given.files,
      ...(sidecar === null ? [] : [{ kind: 'sidecar', sha256: hex(ports.smallDigest('sha256', sidecar)) }]),
    ]
    const judgement = chosen.judgement({ digests: 'all', part: false, names: false, files })
    const report = await judge(checked.factsFile, judgement, ports)
    const beside = [
      ...(bundlePath === undefined ? [] : ['--bundle', quoteForShell(bundlePath)]),
      ...(sidecarPath === undefined ? [] : ['--sidecar', quoteForShell(sidecarPath)]),
      ...printed.flatMap((digest) => ['--printed', digest]),
      ...(argv.part === true ? ['--part'] : []),
      ...(
        ['disclosures', 'notices', 'evidence-record', 'identity', 'identity-password-file', 'recipient'] as const
      ).flatMap((name) => textsOf(argv, name).flatMap((value) => [`--${name}`, quoteForShell(value)])),
    ]
    const names = { input: path, intermediates, pathInputs: beside, ...given.names, ...chosen.names }
    const code = await putReport(report, argv, terminal, names)
    const { attached } = checked
    const factsFile = read.bundle?.factsFile ?? attached?.facts
    if (factsFile === undefined) return code
    // Whoever opens it with a key asks whether it was made for that key.
    const recipient =
      asked.recipient ?? (read.bundle === null ? null : recipientAsked(factsFile.facts, read.bundle.openedBy))
    const question = { bundlePath, factsFile, attached, chosen, given, recipient }
    return worstExitCode([code, await judgeBundle(argv, terminal, question, ports)])
  } finally {
    await ports.close()
  }
}

/** What is given beside the bundle, and whose key opens it. */
interface BundleAsked {
  readonly beside: GivenBeside
  readonly identities: readonly Identity[] | undefined
  /** Who is named; null: nobody. */
  readonly recipient: string | null
}

/** The same readers as `verify` has. @throws {UsageError | InputError | SourceFault} */
async function readBundleQuestion(argv: Parsed): Promise<BundleAsked> {
  const beside = await readGivenBeside(argv)
  const identities = await readIdentities(argv)
  const isAsked = argv.recipient !== undefined
  const recipient = isAsked ? await (await import('../gate/recipient-input.ts')).readRecipient(argv) : null
  return { beside, identities, recipient }
}

interface OpenedBundle extends BundleRead {
  /** By whose key it was opened; null for a bundle that was not encrypted. */
  readonly openedBy: string | null
}

/** As it was read then: under the digests that the attached facts state. */
async function readBundle(
  path: string,
  attached: AttachedJudgement | null,
  { beside, identities, given }: BundleAsked & { readonly given: GivenFiles },
  ports: NodePorts,
): Promise<OpenedBundle> {
  const bundle = await openBundle(path, ports, 'any', { identities })
  try {
    ports.digester.prepare(bundle.total)
    const { factsFile, inventory } = await establishBundleFacts(bundle.source, ports, {
      digests: attached?.facts.facts.digests ?? 'all',
      revocation: given.revocation,
      ...beside,
      name: bundle.name,
      bytes: bundle.bytes,
    })
    const { tree } = await makeFileTree(bundle.source)
    const records = await readRecords(tree, factsFile, inventory, ports.smallDigest)
    const recorded = readRecorded(records, ports.smallDigest)
    return { factsFile, inventory, recorded, openedBy: bundle.recipient }
  } finally {
    await bundle.close()
  }
}

interface BundleQuestion {
  /** Undefined where no bundle was given: then the facts are those that the certificate carries. */
  readonly bundlePath: string | undefined
  readonly factsFile: FactsFile
  readonly attached: AttachedJudgement | null
  readonly chosen: Awaited<ReturnType<typeof chooseJudgement>>
  readonly given: GivenFiles
  readonly recipient: string | null
}

/** What is said of the bundle, as of the certificate's time; the exit code is that of the checker's own policy and trust set. */
async function judgeBundle(
  argv: Parsed,
  terminal: Terminal,
  { bundlePath, factsFile, attached, chosen, given, recipient }: BundleQuestion,
  ports: NodePorts,
): Promise<ExitCode> {
  // A report is saved once, and that is the certificate's.
  const options = Object.fromEntries(Object.entries(argv).filter(([name]) => name !== 'save')) as Parsed
  const beside = describeGivenBeside(factsFile.facts)
  const files = bundlePath === undefined ? (attached?.report.body.inputs.files ?? []) : [...given.files, ...beside]
  const part = argv.part === true
  const own = chosen.judgement({ digests: factsFile.facts.digests, part, names: false, recipient, files })
  const time = attached === null ? undefined : parseInstant(attached.report.body.validationTime)
  const names = {
    input: bundlePath ?? factsFile.container.name,
    ...given.names,
    ...namesGivenBeside(argv),
    identity: textsOf(argv, 'identity'),
  }
  if (bundlePath !== undefined && attached !== null && time !== undefined) {
    const theirs = await judge(
      factsFile,
      {
        policy: attached.policy,
        policySha256: attached.policySha256,
        trustSet: attached.trustSet,
        validationTime: time,
        inputs: { ...attached.report.body.inputs, files, setCode: 'not-confirmed' },
      },
      ports,
    )
    await between(argv, terminal)
    await say(argv, terminal, 'THE BUNDLE, AS OF THE CERTIFICATE’S TIME, UNDER ITS OWN POLICY AND TRUST SET')
    const trustSet = attached.trustSet === null ? null : 'trust-set.json'
    await putReport(theirs, options, terminal, { ...names, policy: attached.policy.id, trustSet })
  }
  const mine: Report = await judge(factsFile, { ...own, validationTime: time ?? own.validationTime }, ports)
  await between(argv, terminal)
  const what =
    bundlePath === undefined
      ? 'WHAT THE ATTACHED FACTS SAY OF THE BUNDLE, WHICH WAS NOT READ,'
      : 'THE BUNDLE, AS OF THE CERTIFICATE’S TIME,'
  await say(argv, terminal, `${what} UNDER THE POLICY AND TRUST SET THAT YOU CHOSE`)
  return putReport(mine, options, terminal, { ...names, ...chosen.names })
}

async function say(argv: Parsed, terminal: Terminal, heading: string): Promise<void> {
  if (argv.json !== true && argv.quiet !== true) await terminal.result(`${heading}\n\n`)
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** @throws {UsageError} */
function readDigest(typed: string): string {
  const digest = typed.replaceAll(/[\s:]/g, '').toLowerCase()
  if (/^[0-9a-f]{64}$/.test(digest)) return digest
  throw new UsageError(
    `--printed: ${escapeForDisplay(typed)} is no SHA-256.`,
    'Type the 64 hex digits that stand at the foot of each page.',
  )
}

const IS_CERTIFICATE =
  'Give the PDF as `probatum certify` made it, or as it was signed. A bundle is checked with `probatum verify`.'
