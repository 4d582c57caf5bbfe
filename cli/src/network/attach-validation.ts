import { join } from 'node:path'
import { makeFileTree, tokenSigners } from '@probatum/core'
import { nodeSmallDigest, openDirectory } from '@probatum/platform/node'
import type { Parsed } from 'yargs'
import { readSeal } from '../sealing/seal-content.ts'
import type { Terminal } from '../terminal.ts'
import { answerPorts } from './time-stamp-authorities.ts'
import { chooseValidation } from './validation-choice.ts'
import { refuseRevoked, tellRest, tellStored } from './validation-words.ts'

/** What is stored beside time-stamps that are attached. */
export interface AttachedValidation {
  readonly files: readonly { readonly target: string; readonly bytes: Uint8Array }[]
  /** What was stored, what was not, and what is missing. After the writing. */
  report(terminal: Terminal): void
}

const FOLDER = 'seal/1/validation'

/**
 * Collects what is not in the bundle yet about every certificate that signed in it, those of the given answers among them.
 * @param answers time-stamp responses that are going to be attached
 * @throws {UsageError | InputError | SourceFault} also where an authority that stamped is said to be revoked
 */
export async function collectForAttached(
  argv: Parsed,
  folder: string,
  answers: readonly Uint8Array[],
): Promise<AttachedValidation | null> {
  const chosen = await chooseValidation(argv)
  if (chosen === null) return null
  const source = await openDirectory(folder)
  try {
    const { tree } = await makeFileTree(source)
    const content = await readSeal(tree, { smallDigest: nodeSmallDigest })
    const signers = await Promise.all(answers.map((bytes) => tokenSigners(bytes, answerPorts())))
    const collected = await chosen.collector.collect({
      targets: [...content.targets, ...signers.flatMap(({ targets }) => targets)],
      certificates: [...content.certificates, ...signers.flatMap(({ certificates }) => certificates)],
      here: content.here,
      isLast: true,
    })
    // The bundle is signed already: what is said of its signer is kept, whatever it is. An answer can still be refused.
    const stamping = new Set(signers.flatMap(({ targets }) => targets.map(({ certificate }) => toKey(certificate))))
    refuseRevoked(
      collected.statuses.filter(({ certificate }) => stamping.has(toKey(certificate.der))),
      'Nothing was written.',
    )
    const files = collected.files.filter(({ name }) => !tree.byPath.has(`${FOLDER}/${name}`))
    return {
      files: files.map(({ name, bytes }) => ({ target: join(folder, ...FOLDER.split('/'), name), bytes })),
      report(terminal) {
        tellStored(terminal, FOLDER, [{ ...collected, files }])
        tellRest(terminal, chosen, collected)
      },
    }
  } finally {
    await source.close()
  }
}

const toKey = (der: Uint8Array): string => Buffer.from(der).toString('base64')
