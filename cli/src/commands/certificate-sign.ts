import { createHash } from 'node:crypto'
import { preparePdf, signedBytes } from '@probatum/certificate'
import { parseCertificate } from '@probatum/core'
import {
  certificatesFromPem,
  padesFromSignature,
  padesToSign,
  signatureValueOf,
  signPades,
  TimeStampError,
  timeStampRequest,
  timeStampToken,
  withSignatureTimeStamp,
} from '@probatum/seal'
import { type ExitCode, escapeForDisplay, escapeInLine, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import {
  askAuthority,
  embed,
  extended,
  imprintOf,
  nonce,
  orInputError,
  PDF_BYTES,
  padesInput,
  ROOM,
  requireHolding,
  signatureIn,
  withPorts,
} from '../certificate-signature.ts'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { BY_LENGTH, readAnswer, readRequests, requireGivenAnswer } from '../input/time-stamp-answer.ts'
import { readSigner } from '../keys/signer-input.ts'
import { PROGRAM } from '../program.ts'
import { terminalOf, textOf, textsOf } from './report-output.ts'

/** Signs a PDF certificate with a key that is here (PAdES B-B; B-T with `--tsa`; B-LT with what proves it later). */
export async function signCertificate(argv: Parsed): Promise<ExitCode> {
  return withPorts(argv, async (write, ports) => {
    const { key, certificates } = await readSigner(argv)
    const bytes = await readWhole(String(argv.pdf), PDF_BYTES)
    const prepared = preparePdf(bytes, {
      kind: 'signature',
      claimedTime: chooseTime(textOf(argv, 'signing-time'), '--signing-time'),
      room: ROOM + certificates.reduce((sum, der) => sum + der.length, 0),
    })
    const content = signedBytes(prepared)
    let cms = await orInputError(() => signPades({ content, certificates, digest: 'sha256' }, key))
    if (textOf(argv, 'tsa') !== undefined)
      cms = withSignatureTimeStamp(cms, await askAuthority(argv, signatureValueOf(cms)))
    await requireHolding(cms, content, ports)
    await write(await extended(argv, embed(prepared, cms)))
    const stamped = textOf(argv, 'tsa') === undefined ? '' : ', with a time-stamp over the signature'
    await sayWritten(argv, `signed by ${signerIn(certificates)}${stamped}`)
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
      claimedTime: chooseTime(textOf(argv, 'signing-time'), '--signing-time'),
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
        `then            ${PROGRAM} certificate embed ${quoteForShell(out)} --signature FILE --chain ${quoteForShell(String(argv.chain))} -o SIGNED.pdf`,
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
    await sayWritten(argv, `signed by ${signerIn(certificates)}`)
  })
}

/** Writes the request for a time-stamp over the signature, or over the document. */
export async function prepareTimestamp(argv: Parsed): Promise<ExitCode> {
  return withPorts(argv, async (write) => {
    const bytes = await readWhole(String(argv.pdf), PDF_BYTES)
    const { cms } = signatureIn(bytes, 'filled')
    await write(timeStampRequest(imprintOf(signatureValueOf(cms)), nonce()))
    const [pdf, out] = [quoteForShell(String(argv.pdf)), quoteForShell(String(argv.out))]
    await terminalOf(argv).result(
      [
        `Wrote ${escapeForDisplay(String(argv.out))}: the request for a time-stamp over the signature. Keep it: the answer is compared with it.`,
        'Send it to the authority as Content-Type application/timestamp-query.',
        `Then:  ${PROGRAM} certificate embed-timestamp ${pdf} --response ANSWER --request ${out} -o STAMPED.pdf`,
        '',
      ].join('\n'),
    )
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
    await sayWritten(argv, 'its signature has a time-stamp now')
  })
}

/** The answer of `--response`, judged as one that was just asked for, but for its age. @throws {TimeStampError | InputError} */
async function requireAnswer(argv: Parsed, signatureValue: Uint8Array): Promise<Uint8Array> {
  const { bytes, hashedMessage } = readAnswer(await readWhole(String(argv.response), 1_048_576))
  const algorithm = BY_LENGTH[hashedMessage.length]
  if (algorithm === undefined) throw new TimeStampError('other-imprint', `${hashedMessage.length} octets`)
  const [request] = await readRequests(textsOf(argv, 'request'))
  const digest = new Uint8Array(createHash(algorithm).update(signatureValue).digest())
  await requireGivenAnswer(bytes, { algorithm, digest }, request)
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
      await sayWritten(argv, 'what was given is stored in it')
      return
    }
    const prepared = preparePdf(after, { kind: 'document-timestamp', claimedTime: null, room: ROOM })
    await write(embed(prepared, timeStampToken(await askAuthority(argv, signedBytes(prepared)))))
    await sayWritten(argv, 'a time-stamp over all of it stands at its end')
  })
}

const signerIn = (certificates: readonly Uint8Array[]): string =>
  escapeInLine(parseCertificate(certificates[0] ?? new Uint8Array()).subject.text)

/** Whether it holds, and for whom, its readers ask with their own list. */
async function sayWritten(argv: Parsed, what: string): Promise<void> {
  const out = String(argv.out)
  await terminalOf(argv).result(
    `Wrote ${escapeForDisplay(out)}: ${what}.\nCheck it:  ${PROGRAM} certificate check ${quoteForShell(out)} --trust-set FILE\n`,
  )
}
