import { rmSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { nodePorts } from '@probatum/platform/node'
import {
  demonstrationTrustSet,
  ExportUnfinished,
  GateRefused,
  prepareRedaction,
  type RedactedBundle,
  RedactionRefused,
  type RedactRecipient,
} from '@probatum/seal'
import type { ExitCode } from '@probatum/words'
import type { Parsed } from 'yargs'
import { tellRecovery } from '../custody/custody-input.ts'
import { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import {
  exportFailed,
  exportInput,
  type ItemFiles,
  openItemFiles,
  requireOfLog,
  sayUnfinished,
} from '../custody/log-export.ts'
import { requireNew, writeNew } from '../files.ts'
import { chooseGates, gateRefused, signaturesOfGate } from '../gate/gate-input.ts'
import { chooseTime } from '../input/judgement-input.ts'
import {
  chooseEncryptions,
  type Encryption,
  requireApprovedKey,
  requireWholeSeal,
  writeEncrypted,
  zipOf,
} from '../output/encrypted-output.ts'
import { undoOnCancel } from '../run.ts'
import { FolderSink } from '../sealing/folder-sink.ts'
import { OUTPUT } from '../sealing/prepared-seal.ts'
import { writeMatrix } from '../sealing/redact-matrix-files.ts'
import { approvedPolicy, type NamedPolicy, readPolicies, requireNames } from '../sealing/redact-policies.ts'
import { callersMistake, type EncryptedBundle, sayLeaks, tell } from '../sealing/redact-words.ts'
import { forgetKeys, isPreparing, type Signing } from '../sealing/seal-signing.ts'
import { terminalOf, textsOf } from './report-output.ts'
import { checkOwnBundle, requireUnbroken } from './seal-check.ts'
import { finishPreparing } from './seal-prepare.ts'

/** Makes one bundle for each policy over the same log, and the matrix of who sees what. */
export async function redact(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const master = String(argv.master)
  const out = String(argv.out)
  await requireNew(out, '--out', [master, String(argv.log)])
  const gates = await chooseGates(argv)
  const policies = [...(await readPolicies(argv)), ...gates.map(approvedPolicy)]
  requireNames(policies)
  const encryptions = await chooseEncryptions(
    argv,
    policies.map(({ name }) => name),
    chooseTime(undefined),
  )
  if (encryptions.size > 0) requireWholeSeal(argv)
  for (const { name, gate } of policies) {
    const encryption = encryptions.get(name)
    if (encryption !== undefined) requireApprovedKey(encryption, gate?.request.recipient?.key ?? null)
  }
  const ports = nodePorts({ jobs: 1 })
  const log = await CustodyLogFolder.open(String(argv.log), 'write')
  let files: ItemFiles | undefined
  const unfinished = join(dirname(resolve(out)), `.${basename(out)}.${process.pid}.unfinished`)
  const before = log.events
  // Nobody else writes to the log: what it has more by then are exports of this run.
  let isMade = false
  const written = () => (isMade ? [] : Array.from({ length: log.events - before }, (_, at) => before + at))
  const undo = () => {
    rmSync(unfinished, { recursive: true, force: true })
    if (written().length > 0) terminal.note(`${sayUnfinished(written())}\n`)
  }
  undoOnCancel.add(undo)
  try {
    tellRecovery(log, terminal)
    files = await openItemFiles(master, textsOf(argv, 'files'), ports)
    await requireOfLog(log, files, master)
    await mkdir(unfinished)
    const folder = isPreparing(argv) ? join(unfinished, OUTPUT) : unfinished
    if (folder !== unfinished) await mkdir(folder)
    const made = await makeBundles(argv, log, files, policies, folder)
    if (isPreparing(argv)) {
      const bundles = made.bundles.map(({ outcome }, at) => ({
        path: policies[at]?.name ?? '',
        toSign: outcome.toSign,
      }))
      const given = { command: 'redact', signing: made.signing, bundles, exports: written() } as const
      const summary = await finishPreparing(argv, unfinished, given)
      await rename(unfinished, out)
      isMade = true
      await terminal.result(summary)
      return 0
    }
    const encrypted = await encryptEach(made.sinks, encryptions)
    await rename(unfinished, out)
    isMade = true
    await tell(terminal, out, policies, made.bundles, encrypted)
    return 0
  } catch (error) {
    const cause = error instanceof ExportUnfinished ? error.cause : error
    const said =
      cause instanceof GateRefused
        ? gateRefused(cause, gates)
        : cause instanceof RedactionRefused
          ? sayLeaks(cause, policies)
          : callersMistake(cause)
    throw exportFailed(said, error instanceof ExportUnfinished ? error.events : written(), terminal)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
    undoOnCancel.delete(undo)
    await files?.close()
    await log.close()
    await ports.close()
  }
}

/** Puts an encrypted file in the place of each bundle's folder, which has the name of its policy. */
async function encryptEach(
  sinks: readonly FolderSink[],
  encryptions: ReadonlyMap<string, Encryption>,
): Promise<ReadonlyMap<string, EncryptedBundle>> {
  const encrypted = new Map<string, EncryptedBundle>()
  for (const sink of sinks) {
    const name = basename(sink.root)
    const encryption = encryptions.get(name)
    if (encryption === undefined) continue
    const wrapped = join(dirname(sink.root), `.${name}.encrypted`)
    const made = await writeEncrypted(wrapped, encryption, zipOf(sink, name), chooseTime(undefined))
    await rm(sink.root, { recursive: true })
    await rename(wrapped, sink.root)
    encrypted.set(name, { encryption, made })
  }
  return encrypted
}

async function makeBundles(
  argv: Parsed,
  log: CustodyLogFolder,
  files: ItemFiles,
  policies: readonly NamedPolicy[],
  folder: string,
): Promise<{
  readonly bundles: readonly RedactedBundle[]
  readonly sinks: readonly FolderSink[]
  readonly signing: Signing
}> {
  const { input, signing, now } = await exportInput(argv, log)
  const sinks = policies.map(({ name }) => new FolderSink(join(folder, name)))
  const recipients: RedactRecipient[] = []
  for (const [at, { policy, gate }] of policies.entries()) {
    const sink = sinks[at] as FolderSink
    const validation = gate && (await signing.validation?.under(signaturesOfGate(gate)))
    recipients.push({
      policy,
      ...(gate === undefined ? {} : { gate }),
      ...(validation === undefined ? {} : { validation }),
      sink: {
        write: (path: string, content: Uint8Array | AsyncIterable<Uint8Array>) => sink.write(path, content),
        written: () => sink.files(),
      },
    })
  }
  const prepared = await prepareRedaction({ ...input, payload: (item) => files.find(item), recipients })
  // Everything else that can fail comes first: from here on the log has an export event for each bundle.
  await writeMatrix(log, policies, folder)
  const { demonstration } = signing
  if (demonstration !== null)
    await writeNew(
      join(folder, 'INTERNAL-demonstration.trust-set.json'),
      demonstrationTrustSet({ ...demonstration, log: input.log }, now),
    )
  const bundles = await prepared.finish().finally(() => forgetKeys(signing))
  for (const sink of isPreparing(argv) ? [] : sinks) {
    const check = await checkOwnBundle(sink.root, signing.timeStampAuthorities)
    requireUnbroken(check.broken, 'No bundle was made.')
  }
  signing.validation?.report(terminalOf(argv))
  return { bundles, sinks, signing }
}
