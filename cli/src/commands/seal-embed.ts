import { rmSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, rmdir, stat, unlink } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { AUTHORISATION, authorisationFileSignatures, equalBytes } from '@probatum/core'
import { nodeSignatureVerifier, openDirectory } from '@probatum/platform/node'
import {
  type BundleSink,
  matchSignatures,
  type SealableFile,
  type SignatureMade,
  SignatureRefused,
  signatureFile,
  stampSeal,
  TimeStampError,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError, UsageError } from '../errors.ts'
import { isDirectory, readWhole, requireNew, writeNew } from '../files.ts'
import { requireConsentsStill } from '../gate/gate-input.ts'
import { type ChosenAuthorities, reopenAuthorities } from '../network/time-stamp-authorities.ts'
import { sayMissing, timeStampFailed } from '../network/time-stamp-failures.ts'
import { readValidationFiles } from '../network/validation-files.ts'
import { validationForEmbedding } from '../network/validation-input.ts'
import { PROGRAM } from '../program.ts'
import { undoOnCancel } from '../run.ts'
import {
  attributesFile,
  digestFile,
  OPENINGS,
  OUTPUT,
  type Prepared,
  type PreparedBundle,
  readPrepared,
} from '../sealing/prepared-seal.ts'
import { writeArchive } from '../sealing/seal-placing.ts'
import { terminalOf, textsOf } from './report-output.ts'
import { checkOwnBundle, requireUnbroken, tellOpen } from './seal-check.ts'

const NOTHING = 'Nothing was sealed.'
/** The largest signature here, one of ML-DSA-65, has 3309 octets. */
const SIGNATURE_BYTES = 65_536

/**
 * `probatum seal embed` and `probatum redact embed`: puts signatures that were made elsewhere into what was prepared. They are
 * checked under the certificate before anything else; then that nothing has changed; then the authorities are asked.
 */
export async function embedSeal(argv: Parsed): Promise<ExitCode> {
  const folder = String(argv.prepared)
  const out = String(argv.out)
  const prepared = await readPrepared(folder)
  const { state } = prepared
  await requireNew(out, '--out', [join(folder, OUTPUT)])
  const isZip = argv.zip === true
  if (isZip && state.command === 'redact')
    throw new UsageError('--zip: there are several bundles.', 'Leave it out; each folder can be packed afterwards.')
  const openings = await readIfThere(join(folder, OPENINGS))
  const openingsOut = `${out.replace(/[\\/]+$/, '')}.openings.jsonl`
  const there = await readIfThere(openingsOut)
  // A run that was killed between the last two steps may have written them.
  const hasOpenings = openings !== undefined && there !== undefined && equalBytes(openings, there)
  if (openings !== undefined && !hasOpenings) await requireNew(openingsOut, '--out', [])
  if (!isZip) await requireSameDisk(folder, out)

  const signed = await signaturesOf(argv, prepared)
  await tidyInterrupted(prepared, (line) => terminalOf(argv).note(line))
  for (const { path } of state.bundles) await requireUnchanged(join(folder, OUTPUT, path))
  const records = await Promise.all(
    state.bundles.map(({ path }) => readWhole(join(folder, OUTPUT, path, AUTHORISATION))),
  )
  await requireConsentsStill(argv, records)
  const signers = new Set([...prepared.awaited, ...prepared.made].map(({ plan }) => plan.by))
  const validation = await validationForEmbedding(argv, [...signers])
  const authorities = await reopenAuthorities(argv, state.authorities, state.threshold).catch(failed)

  const written: string[] = []
  const undo = () => {
    for (const path of written) rmSync(path, { force: true })
  }
  undoOnCancel.add(undo)
  let isMade = false
  try {
    const outcomes = new Map<PreparedBundle, Awaited<ReturnType<typeof stampSeal>>>()
    for (const [at, bundle] of state.bundles.entries()) {
      const sink = addingTo(join(folder, OUTPUT, bundle.path), written)
      const files = signed.get(bundle) ?? []
      for (const { file, bytes } of files) if (bundle.made[file] === undefined) await sink.write(file, bytes)
      const known = join(folder, OUTPUT, bundle.path, 'record/validation')
      const here = validation === null || !(await isDirectory(known)) ? [] : (await readValidationFiles([known])).given
      const hints =
        validation === null
          ? {}
          : { validation: validation.of(here, authorisationFileSignatures(records[at] ?? new Uint8Array(0))) }
      outcomes.set(bundle, await stampSeal({ sink, ...authorities, ...hints }, files).catch(failed))
    }
    await requireVerifiable(argv, folder, prepared, authorities)
    validation?.report(terminalOf(argv))
    if (openings !== undefined && !hasOpenings) {
      await writeNew(openingsOut, openings)
      written.push(openingsOut)
    }
    if (isZip) await writeArchive(await archiveSource(join(folder, OUTPUT), out), out)
    else await rename(join(folder, OUTPUT), out)
    isMade = true
    await removePrepared(prepared)
    await tell(argv, out, prepared, outcomes, openings === undefined ? undefined : openingsOut)
    return 0
  } finally {
    if (!isMade) undo()
    undoOnCancel.delete(undo)
  }
}

function failed(error: unknown): never {
  throw error instanceof TimeStampError ? timeStampFailed(error, NOTHING) : error
}

/** The signature files of each bundle, in order. @throws {InputError} with every signature that does not fit */
async function signaturesOf(
  argv: Parsed,
  { awaited, made, state }: Prepared,
): Promise<ReadonlyMap<PreparedBundle, readonly SignatureMade[]>> {
  const given: { name: string; bytes: Uint8Array }[] = []
  for (const name of textsOf(argv, 'signature')) given.push({ name, bytes: await readWhole(name, SIGNATURE_BYTES) })
  const verifier = nodeSignatureVerifier()
  try {
    const plans = awaited.map(({ plan }) => plan)
    const values = await matchSignatures(plans, given, (check) => verifier.verify(check))
    const all = [
      ...awaited.map(({ bundle, plan }) => {
        const bytes = signatureFile(plan, values.get(plan) ?? new Uint8Array(0))
        return { bundle, plan, bytes }
      }),
      ...made,
    ]
    return new Map(
      state.bundles.map((bundle) => [
        bundle,
        all.filter((each) => each.bundle === bundle).map(({ plan, bytes }) => ({ ...plan, bytes })),
      ]),
    )
  } catch (error) {
    throw error instanceof SignatureRefused ? refused(error, awaited) : error
  }
}

function refused(error: SignatureRefused, awaited: Prepared['awaited']): InputError {
  const lines = error.problems.map(({ reason, name, detail }) => {
    const file = escapeForDisplay(name)
    if (reason === 'form') return `${file} is no signature of this key: ${detail}`
    if (reason === 'twice') return `${file} is over the same bytes as another one: ${detail}`
    if (reason === 'missing') return `the signature over ${detail} is missing`
    return `${file} is not over what was to be signed (${detail}), or not by the key of the certificate, or with another padding or digest`
  })
  const [first] = awaited
  const hint =
    first?.plan.scheme === 'rsa-pss' ? ' The salt is as long as the digest, and MGF1 uses the same digest.' : ''
  return new InputError(
    `${lines.join('; ')}. ${NOTHING}`,
    `Sign exactly the bytes of ${[...new Set(awaited.map(({ bundle, plan }) => attributesFile(bundle, plan)))].join(', ')} with ${[...new Set(awaited.map(({ plan }) => `${plan.scheme}${plan.scheme === 'ed25519' || plan.scheme === 'ml-dsa-65' ? '' : ` and ${plan.digest}`}`))].join(', ')}.${hint}`,
    { cause: error },
  )
}

/** @throws {UsageError} where a folder cannot be moved */
async function requireSameDisk(folder: string, out: string): Promise<void> {
  const [from, to] = [await stat(folder), await stat(dirname(resolve(out)))]
  if (from.dev !== to.dev)
    throw new UsageError(
      '--out lies on another disk than what was prepared.',
      'Name a place on the same disk and copy the bundle afterwards, or write a ZIP with --zip.',
    )
}

/** What an embedding that was cut off wrote: nothing of it counts, because it is made again now. */
async function tidyInterrupted({ folder, state }: Prepared, note: (line: string) => void): Promise<void> {
  for (const { path, made } of state.bundles) {
    const seal = join(folder, OUTPUT, path, 'seal', '1')
    for (const name of await readdir(seal).catch(() => [])) {
      if (made[`seal/1/${name}`] !== undefined) continue
      await rm(join(seal, name), { recursive: true, force: true })
      note(`Removed what an interrupted run left: ${escapeForDisplay(join(seal, name))}\n`)
    }
  }
}

/** Reads everything again: what was signed is what the bundle holds, as it was prepared. @throws {InputError} */
async function requireUnchanged(root: string): Promise<void> {
  const { broken } = await checkOwnBundle(root, [], false)
  if (broken.length > 0)
    throw new InputError(
      `Something in ${escapeForDisplay(root)} is not as it was prepared: ${broken.join('; ')}. ${NOTHING}`,
      'Prepare anew. Nothing in the folder may be changed between the two steps.',
    )
}

/** As `seal` does: read again from the disk, and judged as a recipient will. @throws {InputError} */
async function requireVerifiable(
  argv: Parsed,
  folder: string,
  { state }: Prepared,
  { timeStampAuthorities }: ChosenAuthorities,
): Promise<void> {
  const open = new Set<string>()
  for (const { path } of state.bundles) {
    const check = await checkOwnBundle(join(folder, OUTPUT, path), timeStampAuthorities)
    requireUnbroken(check.broken, NOTHING, 'Check that the time-stamp authority is the right one, and prepare anew.')
    for (const line of check.open) open.add(line)
  }
  tellOpen(terminalOf(argv), open)
}

/** Writes further files of a bundle; nothing is replaced. */
function addingTo(root: string, written: string[]): BundleSink {
  return {
    async write(path, content) {
      const target = join(root, ...path.split('/'))
      await mkdir(dirname(target), { recursive: true })
      const file = await open(target, 'wx')
      written.push(target)
      try {
        for await (const piece of content instanceof Uint8Array ? [content] : content) await file.writeFile(piece)
        await file.sync()
      } finally {
        await file.close()
      }
    },
  }
}

/** Packed beside the place where it belongs, which may be on another disk. */
async function archiveSource(folder: string, out: string) {
  const source = await openDirectory(folder)
  const files = new Map(
    source.entries.map((entry): [string, SealableFile] => [
      entry.path,
      { size: entry.size, open: () => source.open(entry) },
    ]),
  )
  return { root: join(dirname(resolve(out)), `.${basename(out)}.${process.pid}.unfinished`), files: () => files }
}

/** Everything that this program put into the folder; what somebody else put there stays. */
async function removePrepared({ folder, awaited }: Prepared): Promise<void> {
  await rm(join(folder, OUTPUT), { recursive: true, force: true })
  const files = awaited.flatMap(({ bundle, plan }) => [attributesFile(bundle, plan), digestFile(bundle, plan)])
  for (const name of [...files, 'prepared.json', 'chain.pem', 'pq-chain.pem', OPENINGS])
    await unlink(join(folder, name)).catch(ignoreMissing)
  for (const name of ['to-sign', '']) await rmdir(join(folder, name)).catch(() => {})
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path))
  } catch (error) {
    ignoreMissing(error)
    return undefined
  }
}

async function tell(
  argv: Parsed,
  out: string,
  { state }: Prepared,
  outcomes: ReadonlyMap<PreparedBundle, Awaited<ReturnType<typeof stampSeal>>>,
  openingsOut: string | undefined,
): Promise<void> {
  const lines = [`Sealed ${escapeForDisplay(out)}; read again and verified, but for whose keys they are`]
  for (const [bundle, { sealIds, missingTimeStamps }] of outcomes) {
    const path = join(out, bundle.path)
    lines.push(
      ...(bundle.path === '' ? [] : ['', escapeForDisplay(path)]),
      `bundle id  ${bundle.tagManifests['tagmanifest-sha256.txt'] ?? ''}`,
      ...sealIds.map(({ file, sha256 }) => `seal id    ${sha256}  ${file}`),
      ...sayMissing(missingTimeStamps, path),
      `Check it:  ${PROGRAM} verify ${quoteForShell(path)}`,
    )
  }
  if (openingsOut !== undefined)
    lines.push(`Keep, and do not send: ${escapeForDisplay(openingsOut)} (openings of what the bundle withholds)`)
  if (state.command === 'redact') lines.push('', 'Keep, and do not send: the files whose names begin with INTERNAL.')
  lines.push('Tell the recipient bundle id and seal id by another way than the bundle goes.', '')
  await terminalOf(argv).result(lines.join('\n'))
}
