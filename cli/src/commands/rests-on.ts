import {
  describeGivenBeside,
  establishBundleFacts,
  establishRestsOn,
  type FactsFile,
  LIMITS,
  ParseError,
  parseFacts,
  recipientAsked,
} from '@probatum/core'
import { nodePorts, openFileAccess } from '@probatum/platform/node'
import { type ExitCode, escapeForDisplay, renderRestsOn } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError, UsageError } from '../errors.ts'
import { isDirectory, readWhole } from '../files.ts'
import { readRecipient } from '../gate/recipient-input.ts'
import { openBundle } from '../input/bundle-input.ts'
import { readGivenBeside } from '../input/given-beside.ts'
import { chooseJudgement } from '../input/judgement-input.ts'
import { parseFile } from '../input/parse-file.ts'
import { readRevocation, revocationInFacts } from '../input/revocation-files.ts'
import { readIdentities } from '../keys/identity-option.ts'
import { RESTS_ON_BUNDLE } from '../rows/verify.ts'
import { judgementOf, terminalOf } from './report-output.ts'

type NodePorts = ReturnType<typeof nodePorts>

/** Judges facts, or a bundle, again and again with one thing taken away. Its exit code is no verdict. */
export async function explainRestsOn(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const chosen = await chooseJudgement(judgementOf(argv))
  const ports = nodePorts({ jobs: 1 })
  try {
    const recipient = await readRecipient(argv)
    const { file, openedBy } = await factsOf(String(argv.report), argv, ports)
    const judgement = chosen.judgement({
      digests: file.facts.digests,
      part: argv.part === true,
      names: false,
      recipient: recipient ?? recipientAsked(file.facts, openedBy),
      files: [...revocationInFacts(file.facts), ...describeGivenBeside(file.facts)],
    })
    const rests = await establishRestsOn(file, judgement, ports)
    await terminal.result(
      argv.json === true ? `${JSON.stringify(rests.falls)}\n` : renderRestsOn(rests, terminal.style),
    )
    return 0
  } finally {
    await ports.close()
  }
}

interface Examined {
  readonly file: FactsFile
  /** By whose key a bundle was opened; null where none was needed. */
  readonly openedBy: string | null
}

/** Saved facts are JSON; everything else is opened as a bundle. */
async function factsOf(path: string, argv: Parsed, ports: NodePorts): Promise<Examined> {
  const given = RESTS_ON_BUNDLE.find((name) => argv[name] !== undefined)
  const requireNothing = () => {
    if (given !== undefined)
      throw new UsageError(
        `--${given} goes with a bundle: saved facts have what was given when they were made.`,
        'Give the bundle itself, or leave it out.',
      )
  }
  if (path === '-') {
    requireNothing()
    return { file: parseFile('-', await readWhole('-'), parseFacts), openedBy: null }
  }
  if (!(await isDirectory(path)) && (await startsAsJson(path))) {
    requireNothing()
    try {
      return { file: parseFile(path, await readWhole(path, LIMITS.factsBytes), parseFacts), openedBy: null }
    } catch (error) {
      if (!(error instanceof ParseError) || error.code !== 'ERR_FACTS') throw error
      throw new InputError(
        `${escapeForDisplay(path)} holds no saved facts. A report holds conclusions, and what they rest on cannot be taken away from it.`,
        'Give the bundle itself, or what `probatum verify BUNDLE --save-facts FILE` saves.',
        { cause: error },
      )
    }
  }
  const { revocation } = await readRevocation(argv)
  const beside = { revocation, ...(await readGivenBeside(argv)) }
  const bundle = await openBundle(path, ports, 'any', { identities: await readIdentities(argv) })
  try {
    const request = { digests: 'all', name: bundle.name, bytes: bundle.bytes, ...beside } as const
    return { file: (await establishBundleFacts(bundle.source, ports, request)).factsFile, openedBy: bundle.recipient }
  } finally {
    await bundle.close()
  }
}

async function startsAsJson(path: string): Promise<boolean> {
  const file = await openFileAccess(path)
  try {
    return file.size > 0 && (await file.read(0, 1))[0] === 0x7b
  } finally {
    await file.close()
  }
}
