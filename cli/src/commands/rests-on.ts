import { establishBundleFacts, establishRestsOn, type FactsFile, LIMITS, ParseError, parseFacts } from '@probatum/core'
import { nodePorts, openFileAccess } from '@probatum/platform/node'
import { type ExitCode, escapeForDisplay, renderRestsOn } from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError } from '../errors.ts'
import { isDirectory, readWhole } from '../files.ts'
import { openBundle } from '../input/bundle-input.ts'
import { chooseJudgement } from '../input/judgement-input.ts'
import { judgementOf, terminalOf } from './report-output.ts'

type NodePorts = ReturnType<typeof nodePorts>

/** Judges facts, or a bundle, again and again with one thing taken away. Its exit code is no verdict. */
export async function explainRestsOn(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const chosen = await chooseJudgement(judgementOf(argv))
  const ports = nodePorts({ jobs: 1 })
  try {
    const file = await factsOf(String(argv.report), ports)
    const judgement = chosen.judgement({ digests: file.facts.digests, part: false, names: false })
    const rests = await establishRestsOn(file, judgement, ports)
    await terminal.result(
      argv.json === true ? `${JSON.stringify(rests.falls)}\n` : renderRestsOn(rests, terminal.style),
    )
    return 0
  } finally {
    await ports.close()
  }
}

/** Saved facts are JSON; everything else is opened as a bundle. */
async function factsOf(path: string, ports: NodePorts): Promise<FactsFile> {
  if (path === '-') return parseFacts(await readWhole('-'))
  if (!(await isDirectory(path)) && (await startsAsJson(path))) {
    try {
      return parseFacts(await readWhole(path, LIMITS.factsBytes))
    } catch (error) {
      if (!(error instanceof ParseError) || error.code !== 'ERR_FACTS') throw error
      throw new InputError(
        `${escapeForDisplay(path)} holds no saved facts. A report holds conclusions, and what they rest on cannot be taken away from it.`,
        'Give the bundle itself, or what `probatum verify BUNDLE --save-facts FILE` saves.',
        { cause: error },
      )
    }
  }
  const bundle = await openBundle(path, ports)
  try {
    const request = { digests: 'all', name: bundle.name, bytes: bundle.bytes } as const
    return (await establishBundleFacts(bundle.source, ports, request)).factsFile
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
