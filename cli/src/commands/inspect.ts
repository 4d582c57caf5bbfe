import { basename, resolve } from 'node:path'
import {
  LIMITS,
  makeFileTree,
  manifestName,
  ParseError,
  parseCertificate,
  parseCms,
  parsePem,
  parseTimeStampFile,
  parseTstInfo,
  type RandomAccess,
  readAuthEnvelopedData,
  type TimeStampFile,
  unwrapByContent,
} from '@probatum/core'
import { describeEncrypted, nodeInflater, openFileAccess } from '@probatum/platform/node'
import {
  type Description,
  describeCertificate,
  describeCms,
  describeTimestamp,
  type ExitCode,
  groupDigits,
  renderInspection,
  sayBytes,
} from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError } from '../errors.ts'
import { readWhole } from '../files.ts'
import { openBundle } from '../input/bundle-input.ts'
import { readEvidenceRecord, statementReaders } from '../input/inspect-files.ts'
import { fileKind } from '../input/parse-file.ts'
import { terminalOf } from './report-output.ts'

/** Describes a file; never says that anything holds or not, and its exit code does not either. */
export async function inspect(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.file)
  const descriptions = (await describeContainer(path)) ?? describeFile(await readWhole(path, LIMITS.cmsBytes))
  await terminal.result(renderInspection(descriptions, terminal.style))
  return 0
}

async function describeContainer(path: string): Promise<Description[] | undefined> {
  if (path === '-') return undefined
  let bundle: Awaited<ReturnType<typeof openBundle>>
  try {
    bundle = await openBundle(path, { inflater: nodeInflater })
  } catch (error) {
    if (error instanceof ParseError && error.code === 'ERR_ENCRYPTED') return [await describeEncryptedFile(path)]
    // Not an archive at all: perhaps one of the structures.
    if (error instanceof ParseError && error.code === 'ERR_NOT_A_BUNDLE' && error.detail.where === 'file')
      return undefined
    throw error
  }
  try {
    const { tree, topFolder, outside, oddities } = await makeFileTree(bundle.source)
    const payload = tree.entries.filter((entry) => entry.path.startsWith('data/'))
    const bytes = payload.reduce((sum, { size }) => sum + size, 0)
    const manifests = tree.entries.map((entry) => entry.path).filter((name) => manifestName(name) !== undefined)
    const seals = tree.entries.map((entry) => entry.path).filter((name) => /^seal\/.*\.(?:p7s|tsr)$/.test(name))
    return [
      {
        title: `Bag: ${basename(resolve(path))}`,
        rows: [
          ['container', bundle.source.kind],
          ['top folder', topFolder ?? 'none'],
          ['files', groupDigits(tree.entries.length)],
          ['payload files', `${groupDigits(payload.length)}, ${sayBytes(bytes)}`],
          ['lists', manifests.join(', ') || 'none'],
          ['seal files', seals.join(', ') || 'none'],
          ['no ordinary files', groupDigits(tree.irregular.length)],
          ['outside the folder', groupDigits(outside.length)],
          ...oddities.map(({ id, value }) => ['oddity', value === undefined ? id : `${id} ${value}`] as const),
        ],
      },
    ]
  } finally {
    await bundle.close()
  }
}

/** What can be seen without a key. */
async function describeEncryptedFile(path: string): Promise<Description> {
  const file = await openFileAccess(path)
  try {
    const { format, isArmored, recipients } = await describeEncrypted(file)
    return {
      title: `Encrypted file: ${basename(resolve(path))}`,
      rows: [
        ['form', format === 'age' ? 'age-encryption.org/v1' : 'CMS AuthEnvelopedData (RFC 5083), AES-GCM'],
        ['cipher', format === 'age' ? 'ChaCha20-Poly1305, in chunks of 64 KiB' : await cipherOf(file)],
        ...(isArmored ? [['armor', 'yes'] as const] : []),
        ['size', sayBytes(file.size)],
        ['recipients', groupDigits(recipients.length)],
        ...[...new Set(recipients)].map(
          (kind) => ['of the kind', `${kind}: ${recipients.filter((one) => one === kind).length}`] as const,
        ),
        ['content', 'not seen: its recipient checks it with `probatum verify FILE --identity KEY-FILE`'],
      ],
    }
  } finally {
    await file.close()
  }
}

async function cipherOf(file: RandomAccess): Promise<string> {
  const { keyBytes, nonce, mac } = await readAuthEnvelopedData(file)
  return `AES-${keyBytes * 8}-GCM, nonce of ${nonce.length} and tag of ${mac.length} bytes`
}

function describeFile(bytes: Uint8Array): Description[] {
  const readers: (() => Description[])[] = [
    ...statementReaders(bytes),
    () => readEvidenceRecord(bytes),
    () => {
      const file: TimeStampFile = parseTimeStampFile(bytes)
      return describeTimestamp(file, file.token?.eContent ? parseTstInfo(file.token.eContent) : null)
    },
    () => describeCms(parseCms(unwrapByContent(bytes, 'file'))),
    () => [describeCertificate(parseCertificate(unwrapByContent(bytes, 'file')))],
    () =>
      parsePem(bytes)
        .filter(({ label }) => label === 'CERTIFICATE')
        .map(({ der }, index) => describeCertificate(parseCertificate(der), `Certificate ${index + 1}`)),
  ]
  const reasons: string[] = []
  for (const read of readers)
    try {
      const described = read()
      if (described.length > 0) return described
    } catch (error) {
      if (!(error instanceof ParseError || error instanceof TypeError)) throw error
      // A key can be JSON, too: what is wrong is said without what stands there.
      reasons.push(error instanceof ParseError && error.code.startsWith('ERR_JSON') ? error.code : error.message)
    }
  const { looks, todo } = fileKind(bytes)
  // What the readers miss says something of a file that has the outer form of one of them.
  const isOfForm = bytes[0] === 0x30 || bytes[0] === 0x7b
  const why = looks ?? (isOfForm ? `(${[...new Set(reasons)].join('; ')})` : 'It has the form of none of them.')
  throw new InputError(
    `This is no time-stamp, evidence record, signature, certificate, notice, receipt, request, folder or archive that this program reads. ${why}`,
    todo?.includes('inspect FILE') === false ? todo : 'Private keys and other kinds of files are not described.',
  )
}
