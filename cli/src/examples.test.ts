import { asTyped, messagesIn } from '@probatum/words'
import { describe, expect, it } from 'vitest'
import { readWholly } from './command-line.ts'
import { EXAMPLES } from './examples.ts'
import { EVIDENCE_RECORD_VERIFY, SIGNATURE_VERIFY } from './rows/alone.ts'
import { CERTIFICATE_FILE } from './rows/certificate.ts'
import { COMMANDS } from './rows/commands.ts'
import { CUSTODY } from './rows/custody.ts'
import { GATE } from './rows/gate.ts'
import { GROUPS } from './rows/groups.ts'
import { NOTICE, RECEIPT } from './rows/notice.ts'
import { PAGE } from './rows/page.ts'
import { POLICY } from './rows/policy.ts'
import { TRUST } from './rows/trust.ts'
import { TWO_STEPS } from './rows/two-steps.ts'

/** The commands of one block, long lines put together again. */
function commandsIn(block: string): readonly string[] {
  return block
    .replaceAll(/\\\n\s+/g, '')
    .split('\n')
    .flatMap((line) => line.split(/; | \| /))
    .map((line) => line.trim())
    .filter((line) => line.startsWith('probatum '))
}

/** Words as a shell makes them; remarks stand behind four spaces, and what is read or written beside is the shell's. */
function wordsOf(command: string): readonly string[] {
  const [typed = ''] = command.split(/ {4,}| [<>] /)
  return [...typed.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', '')).slice(1)
}

const ALL = Object.values(EXAMPLES).flatMap(commandsIn)
const LINES = [...new Set(ALL)]

describe('examples in the help', () => {
  it.each(LINES)('are understood as they stand: %s', (line) => {
    const words = wordsOf(line)
    expect(words.length).toBeGreaterThan(0)
    expect(readWholly(words)).toBeDefined()
  })

  const rows = [
    ...COMMANDS,
    ...[CERTIFICATE_FILE, CUSTODY, GATE, NOTICE, RECEIPT, PAGE, POLICY, TRUST].flat(),
    ...Object.values(TWO_STEPS).flat(),
  ]
  it.each(rows.map(({ name }) => name))('are there for %s', (name) => {
    const block = EXAMPLES[name] ?? EXAMPLES[name.split(' ')[0] ?? ''] ?? ''
    expect(commandsIn(block).filter((line) => `${line} `.startsWith(`probatum ${name} `))).not.toEqual([])
  })

  it('and in sentences are written as they are typed where only the source is at hand, whatever the command', () => {
    for (const { name } of [...COMMANDS, ...GROUPS, { name: 'help' }, { name: '--version' }])
      expect(asTyped(`Type \`probatum ${name} x\`.\n  probatum ${name} x`, 'npm start --'), name).toBe(
        `Type \`npm start -- ${name} x\`.\n  npm start -- ${name} x`,
      )
  })

  it('and all sentences about findings name options that exist', () => {
    const known = new Set(
      [...rows, SIGNATURE_VERIFY, EVIDENCE_RECORD_VERIFY].flatMap(({ options = {} }) =>
        Object.entries(options).flatMap(([name, option]) => [name, ...[option.alias ?? []].flat()]),
      ),
    )
    const { findings, missing, answers } = messagesIn()
    // Between brackets or alone; what stands in a command goes to another tool or is parsed above.
    const said = JSON.stringify([findings, missing, answers]).replaceAll(/`[^`]+`/g, '')
    const named = [...said.matchAll(/(?<![\w-])--([a-z][a-z-]+)/g)].map(([, name = '']) => name)
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((name) => !known.has(name))).toEqual([])
  })
})
