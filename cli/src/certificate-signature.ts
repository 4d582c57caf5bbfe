import { createHash, randomBytes } from 'node:crypto'
import {
  addValidationMaterial,
  embedContents,
  PdfFile,
  type PreparedPdf,
  revisionsOf,
  signaturesOf,
  signedBytes,
} from '@probatum/certificate'
import {
  digestOfBytes,
  establishSignatureFacts,
  ParseError,
  type SignatureInDocument,
  unwrapByContent,
} from '@probatum/core'
import { type NodePorts, nodePorts } from '@probatum/platform/node'
import { certificatesFromPem, type SealDigest, TimeStampError } from '@probatum/seal'
import { type ExitCode, escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { readAll, textOf, textsOf } from './commands/report-output.ts'
import { fileOf, InputError, tellFile } from './errors.ts'
import { readWhole, requireNew, requireReplaceable, writeNew, writeOver } from './files.ts'
import { fileKind } from './input/parse-file.ts'
import { authorityAt } from './network/time-stamp-authorities.ts'
import { timeStampFailed } from './network/time-stamp-failures.ts'

/** A certificate of a bundle of 1,000,000 files, with the list attached. */
export const PDF_BYTES = 536_870_912
/** A signature with a chain of five certificates and a time-stamp with as many has some 20,000 bytes. */
export const ROOM = 16_384

/** Does a command's work, whose result goes into a new file, or over one with `--force`. @throws {InputError | OutputError} */
export async function withPorts(
  argv: Parsed,
  work: (write: (bytes: Uint8Array) => Promise<void>, ports: NodePorts) => Promise<void>,
): Promise<ExitCode> {
  const out = String(argv.out)
  const isForced = argv.force === true
  await (isForced
    ? requireReplaceable(out, '--out', [String(argv.pdf)])
    : requireNew(
        out,
        '--out',
        [String(argv.pdf)],
        'Name a file that does not exist yet, or write over it with --force.',
      ))
  const ports = nodePorts({ jobs: 1 })
  try {
    await work((bytes) => (isForced ? writeOver : writeNew)(out, bytes), ports)
    return 0
  } catch (error) {
    if (error instanceof ParseError && fileOf(error) === undefined) {
      const pdf = String(argv.pdf)
      tellFile(error, { path: pdf, ...fileKind(await readWhole(pdf, PDF_BYTES)) })
    }
    if (!(error instanceof TimeStampError)) throw error
    throw timeStampFailed(error, 'Nothing was written.')
  } finally {
    await ports.close()
  }
}

/** What is signed, as the options say. */
export function padesInput(argv: Parsed, prepared: PreparedPdf, certificates: readonly Uint8Array[]) {
  return {
    content: signedBytes(prepared),
    certificates,
    digest: (textOf(argv, 'digest') ?? 'sha256') as SealDigest,
    rsa: argv['rsa-pss'] === true ? ('rsa-pss' as const) : ('rsa-pkcs1' as const),
  }
}

/** What a TypeError of the seal package says, for people. @throws {InputError} */
export async function orInputError<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new InputError(
      `What was given cannot be used: ${escapeForDisplay(error.message)}.`,
      'Check that key, certificates, signature and time-stamp are the ones meant.',
      { cause: error },
    )
  }
}

/** @throws {InputError} where the room is too small */
export function embed(prepared: PreparedPdf, contents: Uint8Array): Uint8Array {
  try {
    return embedContents(prepared, contents)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new InputError(
      `The room that was left for the signature is too small: ${escapeForDisplay(error.message)}.`,
      'Leave out certificates that a reader has, the root first.',
      { cause: error },
    )
  }
}

/** The last signature of a certificate, empty or not. */
export function signatureIn(
  bytes: Uint8Array,
  wanted: 'empty' | 'filled',
): { readonly prepared: PreparedPdf; readonly cms: Uint8Array; readonly isLast: boolean } {
  const file = new PdfFile(bytes)
  const { signatures } = signaturesOf(file, revisionsOf(file))
  const isWanted = ({ facts }: SignatureInDocument) => facts.kind === 'signature' && facts.contents === wanted
  const found = signatures.findLast(isWanted)
  const [a, b, c, d] = found?.facts.byteRange ?? []
  if (
    found === undefined ||
    found.facts.coverage !== 'covers' ||
    a === undefined ||
    b === undefined ||
    c === undefined ||
    d === undefined
  )
    throw new InputError(
      wanted === 'empty' ? 'This certificate has no room for a signature.' : 'This certificate has no signature.',
      wanted === 'empty'
        ? 'Make room with `probatum certificate prepare`.'
        : 'Sign it first: `probatum certificate sign`.',
    )
  return {
    prepared: { bytes, byteRange: [a, b, c, d] },
    cms: found.cms ?? new Uint8Array(),
    isLast: signatures.at(-1) === found,
  }
}

/** A signature that is not over these bytes, or not by this certificate's key, is never written. */
export async function requireHolding(cms: Uint8Array, content: Uint8Array, ports: NodePorts): Promise<void> {
  const over = { digest: digestOfBytes(content, ports), bytes: content }
  const { facts } = await establishSignatureFacts({ name: '', bytes: cms }, over, ports)
  const [file] = facts.signatures
  const [signer] = file?.cms?.signers ?? []
  const holds =
    signer?.messageDigest === signer?.contentDigest && signer?.candidates.some(({ signature }) => signature === 'valid')
  if (holds !== true)
    throw new InputError(
      'The signature is not over this certificate, or not made with the key of the first certificate of --chain. Nothing was written.',
      'Sign exactly the bytes that `probatum certificate prepare` wrote, with the same --chain and --digest.',
    )
  const stray = file?.tokens.find(({ tstInfo }) => tstInfo === null || tstInfo.hashedMessage !== tstInfo.dataDigest)
  if (stray !== undefined)
    throw new InputError(
      'The time-stamp is not over this signature. Nothing was written.',
      'Send exactly the request that `probatum certificate prepare-timestamp` wrote.',
    )
}

/** Of a time-stamp over these bytes. */
export function imprintOf(bytes: Uint8Array) {
  return { algorithm: 'sha256' as const, digest: new Uint8Array(createHash('sha256').update(bytes).digest()) }
}

/** Eight octets that read as a positive number. */
export function nonce(): Uint8Array {
  const drawn = new Uint8Array(randomBytes(8))
  drawn[0] = ((drawn[0] ?? 0) & 0x7f) | 0x40
  return drawn
}

/** The answer of the authority of `--tsa` over these bytes. @throws {TimeStampError | UsageError} */
export async function askAuthority(argv: Parsed, bytes: Uint8Array): Promise<Uint8Array> {
  const authority = await authorityAt(argv, textOf(argv, 'tsa') ?? '')
  return authority.stamp(imprintOf(bytes))
}

/** The certificate with what `--certificates`, `--crl` and `--ocsp` name; itself without any. */
export async function extended(argv: Parsed, bytes: Uint8Array): Promise<Uint8Array> {
  const files = (option: string) => readAll(textsOf(argv, option))
  const [pems, crls, ocsps] = [await files('certificates'), await files('crl'), await files('ocsp')]
  if (pems.length + crls.length + ocsps.length === 0) return bytes
  const certificates = pems.flatMap((file) => {
    try {
      return certificatesFromPem(file)
    } catch (error) {
      if (error instanceof TypeError || error instanceof ParseError) return [file]
      throw error
    }
  })
  return addValidationMaterial(bytes, {
    certificates,
    crls: crls.map((file) => unwrapByContent(file, 'CRL')),
    ocsps,
  })
}
