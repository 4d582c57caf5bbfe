// Needs: sh, sha256sum, openssl, pdfdetach.
import { spawnSync } from 'node:child_process'
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AnchorRole } from '@probatum/core'
import { type DocumentBlock, messagesIn } from '@probatum/words'
import { certificateDocument, inventoryLines } from '@probatum/words/certificate'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../setup.mjs'
import { judgedFolder } from '../testing/judged.ts'
import { testPlace } from '../testing/place.ts'
import { certificateCases, sampleCertificate, sampleJudged } from './cases.ts'

const { place: scratch, newFolder } = testPlace('reproduce')
const BASE = join(ROOT, 'test-vectors/bundles/base/demonstration')
const [sample] = certificateCases()

interface Step {
  readonly commands: readonly string[]
  /** What the certificate says must be printed; null: nothing is printed, and the status is 0. */
  readonly expected: string | null
  /** What is said of the status. */
  readonly ends: 'well' | 'not-well'
}

const textOf = (block: DocumentBlock) => (block.kind === 'paragraph' ? block.runs.map(({ text }) => text).join('') : '')

/** The commands of the part on checking again that say what they must print. */
async function stepsOf(judged: Awaited<ReturnType<typeof sampleJudged>>): Promise<readonly Step[]> {
  if (sample === undefined) throw new Error('no case')
  const { request, certificateId } = await sampleCertificate(sample)
  const inventory = { [Symbol.iterator]: () => inventoryLines(judged.inventory) }
  const { blocks } = certificateDocument({ ...judged, inventory, request, certificateId }, messagesIn())
  const from = blocks.findIndex((block) => block.kind === 'heading' && block.text === 'How to check this again')
  const to = blocks.findIndex((block) => block.kind === 'heading' && block.text === 'Exhibits')
  return blocks.slice(from, to).flatMap((block, index, part): readonly Step[] => {
    const next = part[index + 1]
    if (block.kind !== 'commands' || next === undefined) return []
    const said = textOf(next)
    if (said.startsWith('Expected: nothing')) return [{ commands: block.lines, expected: null, ends: 'well' }]
    if (said.startsWith('Expected here')) return [{ commands: block.lines, expected: null, ends: 'not-well' }]
    if (!said.startsWith('Expected: ')) return []
    return [{ commands: block.lines, expected: said.slice('Expected: '.length), ends: 'well' }]
  })
}

function run(command: string, cwd: string) {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' })
  return { status, out: `${stdout}${stderr}`.trim() }
}

beforeAll(async () => {
  const { trustSet } = await sampleJudged()
  const pem = (role: AnchorRole) =>
    (trustSet?.anchors ?? [])
      .filter((anchor) => anchor.role === role)
      .map(({ der }) => {
        const lines =
          Buffer.from(der)
            .toString('base64')
            .match(/.{1,64}/g) ?? []
        return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
      })
      .join('')
  for (const name of ['bundle', 'changed']) {
    cpSync(BASE, join(scratch, name), { recursive: true })
    writeFileSync(join(scratch, name, 'signer-roots.pem'), pem('signer'))
    writeFileSync(join(scratch, name, 'tsa-roots.pem'), pem('time-stamp-authority'))
  }
  writeFileSync(join(scratch, 'changed', 'data/00/000001.txt'), 'another text (sample)\n')
})

describe('what a certificate says a second expert will see', () => {
  it('is what sha256sum, openssl and pdfdetach print', async () => {
    if (sample === undefined) throw new Error('no case')
    const { pdf } = await sampleCertificate(sample)
    const folder = newFolder('certificate')
    writeFileSync(join(folder, 'certificate.pdf'), pdf)
    const steps = await stepsOf(await sampleJudged())
    // Two lists, seal, time-stamp, bundle id, seal id, certificate id.
    expect(steps).toHaveLength(7)
    for (const { commands, expected } of steps) {
      const isOwn = commands.some((command) => command.includes('certificate.'))
      const outcomes = commands.map((command) => run(command, isOwn ? folder : join(scratch, 'bundle')))
      for (const { status } of outcomes) expect(status, commands.join()).toBe(0)
      const printed = outcomes.at(-1)?.out.split('\n') ?? []
      if (expected === null) expect(printed).toEqual([''])
      else expect(printed, commands.join()).toContain(expected)
    }
  })

  it('is said of a changed copy, too: the list that prints the file, and no word of a match', async () => {
    const changed = await judgedFolder(ROOT, join(scratch, 'changed'), { trustSet: 'demonstration' })
    const steps = await stepsOf(changed)
    const failing = steps.filter(({ ends }) => ends === 'not-well')
    expect(failing).toHaveLength(1)
    const { status, out } = run(failing[0]?.commands[0] ?? '', join(scratch, 'changed'))
    expect(status).not.toBe(0)
    expect(out).toContain('data/00/000001.txt')
  })
})
