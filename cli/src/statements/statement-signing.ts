import { createHash } from 'node:crypto'
import {
  establishStatement,
  type GateSigner,
  padesFromSignature,
  padesToSign,
  signDetached,
  signerOf,
} from '@probatum/seal'
import { escapeForDisplay, quoteForShell } from '@probatum/words'
import type { Parsed } from 'yargs'
import { textOf } from '../commands/report-output.ts'
import { InputError, UsageError } from '../errors.ts'
import { readWhole, requireNew, writeNew } from '../files.ts'
import { gatePorts } from '../gate/gate-files.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { readAbsentSigner, readSigner, rsaOf } from '../keys/signer-input.ts'

/** Who signs a statement, and how: with a key that is here, or with one that never leaves its device, in two steps. */
export interface StatementSigning {
  readonly signer: GateSigner
  readonly step: 'sign' | 'prepare' | 'embed'
  /** `prepare`: writes what the device signs, and says so. */
  prepare(statement: Uint8Array, next: string): Promise<string>
  /** `sign`, `embed`: the detached CMS. @throws {InputError} when it does not hold over the statement */
  cms(statement: Uint8Array): Promise<Uint8Array>
}

/** Reads the options before any work. @throws {UsageError | InputError} */
export async function chooseStatementSigning(argv: Parsed): Promise<StatementSigning> {
  const attributes = textOf(argv, 'attributes')
  const signature = textOf(argv, 'signature')
  const step = attributes !== undefined ? 'prepare' : signature !== undefined ? 'embed' : 'sign'
  const isHere = argv.key !== undefined || argv.p12 !== undefined
  if (attributes !== undefined && signature !== undefined)
    throw new UsageError('--attributes is the first step, --signature the second.', 'Give one of them.')
  if (step !== 'sign' && isHere)
    throw new UsageError(
      `--${step === 'prepare' ? 'attributes' : 'signature'} is for a key that is not here.`,
      'Leave --key and --p12 out.',
    )
  if (argv.p12 === undefined && argv.chain === undefined)
    throw new UsageError('A signature needs its certificate.', 'Give --key and --chain, or --p12.')
  if (step === 'sign' && !isHere)
    throw new UsageError(
      'There is no key to sign with.',
      'Give --key; or, where the key is in a device, --attributes and then --signature.',
    )
  if (attributes !== undefined) await requireNew(attributes, '--attributes', [])
  const local = step === 'sign' ? await readSigner(argv) : null
  const { certificates } = local ?? (await readAbsentSigner(argv, 'chain'))
  const signer = signerOf(certificates[0] ?? new Uint8Array(), gatePorts())
  const input = (content: Uint8Array) => ({ content, certificates, digest: 'sha256' as const, rsa: rsaOf(argv) })
  return {
    signer,
    step,
    async prepare(statement, next) {
      const toSign = usable(() => padesToSign(input(statement)))
      const path = String(attributes)
      await writeNew(path, toSign.message)
      const hash = createHash(toSign.digest).update(toSign.message).digest('hex')
      return [
        `to be signed    ${escapeForDisplay(path)} (${toSign.message.length} bytes)`,
        `${toSign.digest.padEnd(15)} ${hash}`,
        `scheme          ${toSign.scheme}${toSign.scheme === 'ed25519' ? ': signs the bytes themselves' : ''}`,
        `then            ${next} --chain ${quoteForShell(String(argv.chain))} --signature FILE`,
        '',
      ].join('\n')
    },
    async cms(statement) {
      const cms =
        local === null
          ? await embedded(String(signature), (value) => padesFromSignature(input(statement), value))
          : await signDetached({
              content: statement,
              certificates,
              privateKey: local.key,
              signingTime: chooseTime(undefined),
              digest: 'sha256',
            })
      const { code } = await establishStatement(cms, statement, gatePorts())
      if (code !== 'holds')
        throw new InputError(
          `The signature does not hold (${code}). Nothing was written.`,
          'Sign exactly the bytes that --attributes wrote, with the key of the first certificate of --chain.',
        )
      return cms
    },
  }
}

async function embedded(path: string, make: (value: Uint8Array) => Uint8Array): Promise<Uint8Array> {
  const value = await readWhole(path, 65_536)
  return usable(() => make(value))
}

function usable<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new InputError(
      `What was given cannot be used: ${escapeForDisplay(error.message)}.`,
      'Check that certificates and signature are the ones meant.',
      { cause: error },
    )
  }
}
