import { availableParallelism } from 'node:os'
import { basename, resolve } from 'node:path'
import { type CheckedCertificate, establishCertificate } from '@probatum/certificate'
import { establishBundleFacts, type FactsFile, judge, parseInstant, type Report, serializeFacts } from '@probatum/core'
import { type NodePorts, nodePorts } from '@probatum/platform/node'
import { type ExitCode, escapeForDisplay, worstExitCode } from '@probatum/words'
import type { Parsed } from 'yargs'
import { openBundle } from '../bundle-input.ts'
import { openTypesetterHere } from '../certificate-files.ts'
import { UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { chooseJudgement } from '../judgement-input.ts'
import { type GivenFiles, readRevocation } from '../revocation-files.ts'
import type { Terminal } from '../terminal.ts'
import { PDF_BYTES } from './certificate-sign.ts'
import { between, judgementOf, putReport, readAll, terminalOf, textOf, textsOf } from './report-output.ts'
import { DIGEST_WORKER } from './verify.ts'

/**
 * Judges a PDF certificate; with `--bundle` the bundle too, as of the certificate's time, under what is attached and under
 * what was chosen here. The exit code is that of the certificate and of the second one.
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
  const bytes = await readWhole(path, PDF_BYTES)
  const sidecarPath = textOf(argv, 'sidecar')
  const sidecar = sidecarPath === undefined ? null : await readWhole(sidecarPath, PDF_BYTES)
  if (printed.length > 0 && sidecar === null)
    throw new UsageError('--printed is compared with what lies beside the certificate.', 'Add --sidecar NAME.pdf.json.')
  const ports = nodePorts({ ...DIGEST_WORKER, jobs: Math.min(availableParallelism(), 8) })
  try {
    const typesetter = await openTypesetterHere()
    const name = path === '-' ? '-' : basename(resolve(path))
    const checkPorts = { ...ports, typesetter }
    const input = { name, bytes, certificates, revocation: given.revocation, sidecar, printed }
    // The bundle is read as it was read then: under the digests that the facts state.
    const first = await establishCertificate({ ...input, bundle: null }, checkPorts)
    const bundlePath = textOf(argv, 'bundle')
    const bundle = bundlePath === undefined ? null : await readBundle(bundlePath, first, given, ports)
    const checked = bundle === null ? first : await establishCertificate({ ...input, bundle }, checkPorts)
    const saveFacts = textOf(argv, 'save-facts')
    if (saveFacts !== undefined) await writeNew(saveFacts, serializeFacts(checked.factsFile))
    const files = [
      ...given.files,
      ...(sidecar === null ? [] : [{ kind: 'sidecar', sha256: hex(ports.smallDigest('sha256', sidecar)) }]),
    ]
    const judgement = chosen.judgement({ digests: 'all', part: false, names: false, files })
    const report = await judge(checked.factsFile, judgement, ports)
    const names = { input: path, intermediates, ...given.names, ...chosen.names }
    const code = await putReport(report, argv, terminal, names)
    if (bundle === null || bundlePath === undefined) return code
    return worstExitCode([
      code,
      await judgeBundle(argv, terminal, { bundlePath, bundle, checked, chosen, given }, ports),
    ])
  } finally {
    await ports.close()
  }
}

interface BundleRead {
  readonly factsFile: FactsFile
  readonly inventory: Uint8Array
}

async function readBundle(
  path: string,
  { attached }: CheckedCertificate,
  given: GivenFiles,
  ports: NodePorts,
): Promise<BundleRead> {
  const bundle = await openBundle(path, ports)
  try {
    ports.digester.prepare(bundle.total)
    const { factsFile, inventory } = await establishBundleFacts(bundle.source, ports, {
      digests: attached?.facts.facts.digests ?? 'all',
      revocation: given.revocation,
      name: bundle.name,
      bytes: bundle.bytes,
    })
    return { factsFile, inventory }
  } finally {
    await bundle.close()
  }
}

interface BundleQuestion {
  readonly bundlePath: string
  readonly bundle: BundleRead
  readonly checked: CheckedCertificate
  readonly chosen: Awaited<ReturnType<typeof chooseJudgement>>
  readonly given: GivenFiles
}

/** Two reports as of the certificate's time; the exit code is that of the second. */
async function judgeBundle(
  argv: Parsed,
  terminal: Terminal,
  { bundlePath, bundle, checked, chosen, given }: BundleQuestion,
  ports: NodePorts,
): Promise<ExitCode> {
  const { attached } = checked
  const options = Object.fromEntries(Object.entries(argv).filter(([name]) => name !== 'save')) as Parsed
  const inputs = { digests: bundle.factsFile.facts.digests, part: false, names: false, files: given.files }
  const own = chosen.judgement(inputs)
  const time = attached === null ? undefined : parseInstant(attached.report.body.validationTime)
  const names = { input: bundlePath, ...given.names }
  if (attached !== null && time !== undefined) {
    const theirs = await judge(
      bundle.factsFile,
      {
        policy: attached.policy,
        policySha256: attached.policySha256,
        trustSet: attached.trustSet,
        validationTime: time,
        inputs: { ...attached.report.body.inputs, files: given.files, setCode: 'not-confirmed' },
      },
      ports,
    )
    await between(argv, terminal)
    await say(argv, terminal, 'THE BUNDLE, AS OF THE CERTIFICATE’S TIME, UNDER ITS OWN POLICY AND TRUST SET')
    await putReport(theirs, options, terminal, {
      ...names,
      policy: attached.policy.id,
      trustSet: attached.trustSet === null ? null : 'trust-set.json',
    })
  }
  const mine: Report = await judge(bundle.factsFile, { ...own, validationTime: time ?? own.validationTime }, ports)
  await between(argv, terminal)
  await say(argv, terminal, 'THE BUNDLE, AS OF THE CERTIFICATE’S TIME, UNDER THE POLICY AND TRUST SET THAT YOU CHOSE')
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
