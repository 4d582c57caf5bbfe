import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  establishBundleFacts,
  judge,
  PLAIN_INPUTS,
  type Ports,
  parseCertificate,
  parseTrustSet,
  type Report,
} from '@probatum/core'
import { nodePorts, nodeSmallDigest } from '@probatum/platform/node'
import { certificatePem, platformRandom, sealSample } from '@probatum/seal'
import {
  cmsCommand,
  type ExitCode,
  messagesIn,
  quoteForShell,
  renderSummary,
  signatureSteps,
  tsCommand,
  wrapText,
} from '@probatum/words'
import type { Parsed } from 'yargs'
import { InputError } from '../errors.ts'
import { openBundle } from '../input/bundle-input.ts'
import { choosePolicy, chooseTime } from '../input/judgement-input.ts'
import { PROGRAM } from '../program.ts'
import { FolderSink } from '../sealing/folder-sink.ts'
import { terminalOf } from './report-output.ts'

const FOLDER = 'probatum-sample'

/** Makes a folder of its own, a new one each time: nothing is ever replaced. */
async function freshFolder(): Promise<string> {
  for (let number = 1; number < 1000; number++) {
    const name = number === 1 ? FOLDER : `${FOLDER}-${number}`
    try {
      await mkdir(name)
      return name
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : ''
      if (code !== 'EEXIST')
        throw new InputError(
          `A folder for the sample cannot be made here (${code}).`,
          'Go to a folder in which you may write.',
        )
    }
  }
  throw new InputError('There are a thousand samples here already.', `Delete some of the folders ${FOLDER}-….`)
}

/** Seals the invented sample, verifies it, changes one bit in a copy, and shows that the copy is refused. */
export async function demo(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const folder = await freshFolder()
  const { sample } = messagesIn().verdict
  await terminal.result(`${wrapText(sample, terminal.style)}\n1. Sealing an invented case in ${folder}/ …\n`)
  const sealed = await sealSample({ now: chooseTime(undefined), random: platformRandom })
  const bundle = join(folder, 'bundle')
  const changed = join(folder, 'changed-copy')
  const trustSet = join(folder, 'trust-set.json')
  const target = [...sealed.files.keys()].find((path) => path.startsWith('data/') && path.endsWith('.txt'))
  if (target === undefined) throw new Error('the sample has no text that could be changed')
  const flip = await writeBundles(sealed.files, bundle, changed, target)
  await writeFile(trustSet, sealed.trustSet)
  const { roots } = sealed.authority
  await writeFile(join(folder, 'signer-roots.pem'), certificatePem(roots.signer))
  await writeFile(join(folder, 'tsa-roots.pem'), certificatePem(roots.timeStampAuthority))

  const ports = nodePorts({ jobs: 1 })
  try {
    await terminal.result('\n2. Verifying it, with the list of the demonstration\u2019s own keys\n\n')
    const good = await verifySample(bundle, sealed.trustSet, ports)
    await terminal.result(renderSummary(good, terminal.style))
    await terminal.result(
      `\n${wrapText(`3. Verifying a copy in which one bit of ${target} was changed (${flip})`, terminal.style)}\n`,
    )
    const bad = await verifySample(changed, sealed.trustSet, ports)
    await terminal.result(renderSummary(bad, terminal.style))
    requireExpected(good, bad)
    await terminal.result(whatNext(good, { folder, bundle, changed, trustSet }))
    return 0
  } finally {
    await ports.close()
  }
}

async function writeBundles(
  files: ReadonlyMap<string, Uint8Array>,
  bundle: string,
  changed: string,
  target: string,
): Promise<string> {
  const whole = new FolderSink(bundle)
  const copy = new FolderSink(changed)
  let flip = ''
  for (const [path, bytes] of files) {
    await whole.write(path, bytes)
    const other = bytes.slice()
    if (path === target) {
      const at = other.length >> 1
      const before = other[at] ?? 0
      other[at] = before ^ 1
      const hex = (byte: number) => `0x${byte.toString(16).padStart(2, '0')}`
      flip = `byte ${at}, ${hex(before)} to ${hex(before ^ 1)}`
    }
    await copy.write(path, other)
  }
  return flip
}

async function verifySample(path: string, trustSet: Uint8Array, ports: Ports): Promise<Report> {
  const { policy, sha256 } = await choosePolicy(undefined)
  const open = await openBundle(path, ports)
  try {
    const request = { digests: 'all', name: path, bytes: open.bytes } as const
    const { factsFile } = await establishBundleFacts(open.source, ports, request)
    return await judge(
      factsFile,
      {
        policy,
        policySha256: sha256,
        trustSet: parseTrustSet(trustSet, parseCertificate, nodeSmallDigest),
        validationTime: chooseTime(undefined),
        inputs: PLAIN_INPUTS,
      },
      ports,
    )
  } finally {
    await open.close()
  }
}

/** A demonstration that shows anything else is a defect, and ends as one. */
function requireExpected(good: Report, bad: Report): void {
  const [first, second] = [good, bad].map(({ body }) => body.assessment.indication)
  if (first !== 'TOTAL-PASSED' || second !== 'TOTAL-FAILED')
    throw new Error(`the sample must pass and the changed copy fail, and they came out as ${first} and ${second}`)
}

interface Places {
  readonly folder: string
  readonly bundle: string
  readonly changed: string
  readonly trustSet: string
}

function whatNext(report: Report, places: Places): string {
  const q = quoteForShell
  const lines = [
    '',
    '4. What to try next',
    '',
    `  ${PROGRAM} verify ${q(places.bundle)} --trust-set ${q(places.trustSet)}`,
    `  ${PROGRAM} explain ${q(places.bundle)} --rests-on --trust-set ${q(places.trustSet)}`,
    '      what each answer rests on',
    `  ${PROGRAM} verify ${q(places.bundle)}`,
    '      without the list of keys: nobody is known',
    `  ${PROGRAM} verify ${q(places.changed)} --json`,
    `  ${PROGRAM} steps ${q(places.bundle)} --trust-set ${q(places.trustSet)}`,
    `  ${PROGRAM} help`,
    '',
    '5. The same by hand, with sha256sum and openssl alone',
    '',
    `  cd ${q(places.bundle)}`,
    '  sha256sum --strict --quiet -c tagmanifest-sha256.txt manifest-sha256.txt',
  ]
  for (const signature of signatureSteps(report)) {
    lines.push(`  ${cmsCommand(signature, q, '../signer-roots.pem', '/dev/null')}`)
    for (const token of signature.tokens) lines.push(`  ${tsCommand(token, signature.file, q, '../tsa-roots.pem')}`)
  }
  lines.push('', `The folder ${places.folder}/ can be deleted at any time.`, '')
  return lines.join('\n')
}
