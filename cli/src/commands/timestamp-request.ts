import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { platformRandom, positiveSerial, type SealDigest, timeStampRequest } from '@probatum/seal'
import { type ExitCode, escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { UsageError } from '../errors.ts'
import { isDirectory, readWhole, requireNew, writeNew } from '../files.ts'
import { readSealedFolder } from '../sealing/sealed-folder.ts'
import { terminalOf, textOf, textsOf } from './report-output.ts'

interface Target {
  /** Name of its request, without `.tsq`. */
  readonly name: string
  readonly algorithm: SealDigest
  readonly digest: Uint8Array
}

/** Writes TimeStampReq files (RFC 3161 §2.4.1) for whoever carries them to an authority. */
export async function requestTimestamp(argv: Parsed): Promise<ExitCode> {
  const out = String(argv.out)
  const given = textsOf(argv, 'file')
  await requireNew(out, '--out', given)
  const policy = textOf(argv, 'policy') ?? null
  if (policy !== null && !/^[0-2](?:\.(?:0|[1-9]\d{0,14})){1,30}$/.test(policy))
    throw new UsageError(
      `--policy: ${escapeForDisplay(policy)} is no object identifier.`,
      'Write it with dots, as 1.2.3.4.',
    )
  const targets: Target[] = []
  for (const path of given) targets.push(...(await targetsAt(path, textOf(argv, 'digest') as SealDigest | undefined)))
  const requests = targets.map(({ name, algorithm, digest }) => ({
    name: `${name}.tsq`,
    algorithm,
    digest,
    bytes: timeStampRequest({ algorithm, digest }, positiveSerial(platformRandom(8)), policy),
  }))
  const names = requests.map(({ name }) => name.toLowerCase())
  const twice = requests.find(({ name }, index) => names.indexOf(name.toLowerCase()) !== index)
  if (twice !== undefined)
    throw new UsageError(
      `Two of the files would have the request ${escapeForDisplay(twice.name)}.`,
      'Call the program once for each.',
    )
  const [only, another] = requests
  if (only !== undefined && another === undefined) await writeNew(out, only.bytes)
  else await writeFolder(out, requests)
  const lines = requests.map(
    ({ name, algorithm, digest }) =>
      `${escapeForDisplay(another === undefined ? out : join(out, name))}  ${algorithm} ${Buffer.from(digest).toString('hex')}`,
  )
  await terminalOf(argv).result(
    [
      ...lines,
      'Send each to the authority as Content-Type application/timestamp-query, and keep it: `timestamp attach --request` compares the answer with it.',
      '',
    ].join('\n'),
  )
  return 0
}

async function targetsAt(path: string, digest: SealDigest | undefined): Promise<Target[]> {
  if (await isDirectory(path)) {
    const { files } = await readSealedFolder(path)
    return files.map(({ file, bytes }) => {
      // Spec 6.2: over the SHA-512 manifest nothing weaker is of use.
      const algorithm = digest ?? (file.startsWith('tagmanifest-sha512') ? 'sha512' : 'sha256')
      return { name: file, algorithm, digest: new Uint8Array(createHash(algorithm).update(bytes).digest()) }
    })
  }
  const algorithm = digest ?? 'sha256'
  if (path === '-') {
    const hash = createHash(algorithm).update(await readWhole('-'))
    return [{ name: 'standard-input', algorithm, digest: new Uint8Array(hash.digest()) }]
  }
  // The system's reason, in words, when it cannot be opened.
  const { openFileAccess } = await import('@probatum/platform/node')
  await (await openFileAccess(path)).close()
  const hash = createHash(algorithm)
  for await (const piece of createReadStream(path)) hash.update(piece)
  return [{ name: basename(resolve(path)), algorithm, digest: new Uint8Array(hash.digest()) }]
}

/** All or none. */
async function writeFolder(
  out: string,
  requests: readonly { readonly name: string; readonly bytes: Uint8Array }[],
): Promise<void> {
  const unfinished = join(dirname(resolve(out)), `.${basename(out)}.${process.pid}.unfinished`)
  await mkdir(unfinished)
  try {
    for (const { name, bytes } of requests) await writeNew(join(unfinished, name), bytes)
    await rename(unfinished, out)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}
