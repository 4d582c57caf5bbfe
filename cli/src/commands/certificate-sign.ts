import { createHash, randomBytes } from 'node:crypto'
import {
  addValidationMaterial,
  embedContents,
  PdfFile,
  type PreparedPdf,
  preparePdf,
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
import {
  certificatesFromPem,
  padesFromSignature,
  padesToSign,
  requireTimeStampAnswer,
  type SealDigest,
  signatureValueOf,
  signPades,
  TimeStampError,
  timeStampRequest,
  timeStampToken,
  withSignatureTimeStamp,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, requireNew, requireReplaceable, writeNew, writeOver } from '../files.ts'
import { chooseTime } from '../judgement-input.ts'
import { readSigner } from '../signer-input.ts'
import { answerPorts, authorityAt } from '../time-stamp-authorities.ts'
import { timeStampFailed } from '../time-stamp-failures.ts'
import { readAll, terminalOf, textOf, textsOf } from './report-output.ts'
import { BY_LENGTH, readAnswer, readRequests, TOLERANCE_SECONDS } from './timestamp-attach.ts'

/** A certificate of a bundle of 1,000,000 files, with the list attached. */
export const PDF_BYTES = 536_870_912
/** A signature with a chain of five certificates and a time-stamp with as many has some 20,000 bytes. */
const ROOM = 16_384

/** Signs a PDF certificate with a key that is here (PAdES B-B; B-T with `--tsa`; B-LT with what proves it later). */
export async function signCertificate(argv: Parsed): Promise<ExitCode> {
  return withPorts(argv, async (write, ports) => {
    const { key, certificates } = await readSigner(argv)
    const bytes = await readWhole(String(argv.pdf), PDF_BYTES)
    const prepared = preparePdf(bytes, {
      kind: 'signature',
      claimedTime: chooseTime(textOf(argv, 'signing-time')),
      room: ROOM + certificates.reduce((sum, der) => sum + der.length, 0),
    })
    const content = signedBytes(prepared)
    let cms = await orInputError(() => signPades({ content, certificates, digest: 'sha256' }, key))
    if (textOf(argv, 'tsa') !== undefined)
      cms = withSignatureTimeStamp(cms, await askAuthority(argv, signatureValueOf(cms)))
    await requireHolding(cms, content, ports)
    await write(await extended(argv, embed(prepared, cms)))
  })
}

/** Makes room for a signature, and writes what a key that is elsewhere signs. */
export async function prepareCertificate(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  return withPorts(argv, async (write) => {
    const out = String(argv.out)
    const attributes = textOf(argv, 'attributes') ?? `${out}.attributes.der`
    await requireNew(attributes, '--attributes', [])
    const certificates = certificatesFromPem(await readWhole(String(argv.chain), 1_048_576))
    const bytes = await readWhole(String(argv.pdf), PDF_BYTES)
    const prepared = preparePdf(bytes, {
      kind: 'signature',
      claimedTime: chooseTime(textOf(argv, 'signing-time')),
      room: 2 * ROOM + certificates.reduce((sum, der) => sum + der.length, 0),
    })
    const toSign = await orInputError(async () => padesToSign(padesInput(argv, prepared, certificates)))
    await write(prepared.bytes)
    await writeNew(attributes, toSign.message)
    const hash = createHash(toSign.digest).update(toSign.message).digest('hex')
    await terminal.result(
      [
        `prepared        ${escapeForDisplay(out)}`,
        `to be signed    ${escapeForDisplay(attributes)} (${toSign.message.length} bytes)`,
        `${toSign.digest.padEnd(15)} ${hash}`,
        `scheme          ${toSign.scheme}${toSign.scheme === 'ed25519' ? ': signs the bytes themselves' : ''}`,
        `then            probatum certificate embed ${escapeForDisplay(out)} --signature FILE --chain ${escapeForDisplay(String(argv.chain))} -o SIGNED.pdf`,
        '',
      ].join('\n'),
    )
  })
}

/** Puts a signature that was made elsewhere into a prepared certificate. */
export async function embedSignature(argv: Parsed): Promise<ExitCode> {
  return withPorts(argv, async (write, ports) => {
    const certificates = certificatesFromPem(await readWhole(String(argv.chain), 1_048_576))
    const bytes = await readWhole(String(argv.pdf), PDF_BYTES)
    const { prepared } = signatureIn(bytes, 'empty')
    const signature = await readWhole(String(argv.signature), 65_536)
    const input = padesInput(argv, prepared, certificates)
    const cms = await orInputError(async () => padesFromSignature(input, signature))
    await requireHolding(cms, input.content, ports)
    await write(await extended(argv, embed(prepared, cms)))
  })
}

/** Writes the request for a time-stamp over the signature, or over the document. */
export async function prepareTimestamp(argv: Parsed): Promise<ExitCode> {
  return withPorts(argv, async (write) => {
    const bytes = await readWhole(String(argv.pdf), PDF_BYTES)
    const { cms } = signatureIn(bytes, 'filled')
    await write(timeStampRequest(imprintOf(signatureValueOf(cms)), nonce()))
  })
}

/** Puts the answer into the signature: B-T. */
export async function embedTimestamp(argv: Parsed): Promise<ExitCode> {
  return withPorts(argv, async (write, ports) => {
    const bytes = await readWhole(String(argv.pdf), PDF_BYTES)
    const { prepared, cms, isLast } = signatureIn(bytes, 'filled')
    if (!isLast)
      throw new InputError(
        'Behind this signature stands a time-stamp over the document, which an addition to the signature would break.',
        'Embed the time-stamp first, and extend the certificate afterwards.',
      )
    const response = await requireAnswer(argv, signatureValueOf(cms))
    const stamped = await orInputError(async () => withSignatureTimeStamp(cms, response))
    await requireHolding(stamped, signedBytes(prepared), ports)
    await write(await extended(argv, embed(prepared, stamped)))
  })
}

/** The answer of `--response`, judged as one that was just asked for, but for its age. @throws {TimeStampError | InputError} */
async function requireAnswer(argv: Parsed, signatureValue: Uint8Array): Promise<Uint8Array> {
  const { bytes, hashedMessage } = readAnswer(await readWhole(String(argv.response), 1_048_576))
  const algorithm = BY_LENGTH[hashedMessage.length]
  if (algorithm === undefined) throw new TimeStampError('other-imprint', `${hashedMessage.length} octets`)
  const [request] = await readRequests(textsOf(argv, 'request'))
  const digest = new Uint8Array(createHash(algorithm).update(signatureValue).digest())
  await requireTimeStampAnswer(
    bytes,
    {
      imprint: { algorithm, digest },
      nonce: request?.nonce ?? null,
      policy: request?.policy ?? null,
      now: chooseTime(undefined),
      toleranceSeconds: TOLERANCE_SECONDS,
      isFresh: false,
    },
    answerPorts(),
  )
  return bytes
}

/** Adds certificates, CRLs and OCSP responses (B-LT), and a time-stamp over the document (B-LTA). */
export async function extendCertificate(argv: Parsed): Promise<ExitCode> {
  return withPorts(argv, async (write) => {
    const bytes = await readWhole(String(argv.pdf), PDF_BYTES)
    signatureIn(bytes, 'filled')
    const after = await extended(argv, bytes)
    if (textOf(argv, 'tsa') === undefined) {
      if (after === bytes)
        throw new UsageError('Nothing was given to add.', 'Give --certificates, --crl, --ocsp or --tsa.')
      await write(after)
      return
    }
    const prepared = preparePdf(after, { kind: 'document-timestamp', claimedTime: null, room: ROOM })
    await write(embed(prepared, timeStampToken(await askAuthority(argv, signedBytes(prepared)))))
  })
}

async function withPorts(
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
    if (!(error instanceof TimeStampError)) throw error
    throw timeStampFailed(error, 'Nothing was written.')
  } finally {
    await ports.close()
  }
}

function padesInput(argv: Parsed, prepared: PreparedPdf, certificates: readonly Uint8Array[]) {
  return {
    content: signedBytes(prepared),
    certificates,
    digest: (textOf(argv, 'digest') ?? 'sha256') as SealDigest,
    rsa: argv['rsa-pss'] === true ? ('rsa-pss' as const) : ('rsa-pkcs1' as const),
  }
}

async function orInputError<T>(work: () => Promise<T>): Promise<T> {
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

function embed(prepared: PreparedPdf, contents: Uint8Array): Uint8Array {
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
function signatureIn(
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
async function requireHolding(cms: Uint8Array, content: Uint8Array, ports: NodePorts): Promise<void> {
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

function imprintOf(bytes: Uint8Array) {
  return { algorithm: 'sha256' as const, digest: new Uint8Array(createHash('sha256').update(bytes).digest()) }
}

function nonce(): Uint8Array {
  const drawn = new Uint8Array(randomBytes(8))
  drawn[0] = ((drawn[0] ?? 0) & 0x7f) | 0x40
  return drawn
}

async function askAuthority(argv: Parsed, bytes: Uint8Array): Promise<Uint8Array> {
  const authority = await authorityAt(argv, textOf(argv, 'tsa') ?? '')
  return authority.stamp(imprintOf(bytes))
}

/** The certificate with what `--certificates`, `--crl` and `--ocsp` name; itself without any. */
async function extended(argv: Parsed, bytes: Uint8Array): Promise<Uint8Array> {
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
