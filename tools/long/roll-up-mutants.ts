import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileFunction } from 'node:vm'
import {
  AUTHORISATION_FINDINGS,
  AXES,
  type assess,
  CATALOGUE,
  DISCLOSURE_FINDINGS,
  NOTICES_FINDING,
} from '@probatum/core'
import { transformSync } from 'esbuild'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { EXIT_CODE_PROPERTIES, type ExitCodes } from '../testing/exit-code-properties.ts'
import { type Mutant, type MutantOptions, mutantsOf, withCountedLoops } from '../testing/mutants.ts'
import { POLICY_PROPERTIES, type PolicyRules } from '../testing/policy-properties.ts'
import { ROLL_UP_PROPERTIES } from '../testing/roll-up-properties.ts'

/** Whatever small thing is changed in the roll-up, on the way to its rules or from it to the exit code: a property notices. */
export const name = 'roll-up-mutants'

const PIECES = 12
export const pieces = (): number => PIECES

/** More than any combination of findings needs. */
const STEPS = 20_000

/** How many findings are combined, the fewest first. */
const SIZES = [1, 2, 3]

type Exports = Readonly<Record<string, unknown>>

interface Mutated extends MutantOptions {
  readonly file: string
  /** What the module imports, by the address that it gives. */
  readonly imports: Readonly<Record<string, Exports>>
  /** The property that does not hold, and of what; undefined when all hold. */
  readonly broken: (made: Exports, beginCount: () => void) => string | undefined
}

const MUTATED: readonly Mutated[] = [
  {
    file: 'packages/core/src/model/assess.ts',
    words: ['PASSED', 'FAILED', 'INDETERMINATE', 'NOT-CHECKED', 'WITHHELD', 'TOTAL-PASSED', 'TOTAL-FAILED'],
    names: [
      ['mayBeNotChecked', 'mayBeWithheld'],
      ['failed', 'open'],
      ['reached', 'short'],
      ['NOTHING', 'NOTHING_REQUIRED'],
    ],
    imports: { '../checks/catalogue.ts': { CATALOGUE }, './finding.ts': { AXES } },
    broken: (made, beginCount) => {
      const rollUp = made.assess as typeof assess
      const counted: typeof assess = (findings, policy) => {
        beginCount()
        return rollUp(findings, policy)
      }
      // Most fall soon: few of them need all combinations.
      for (const size of SIZES) {
        const found = firstBroken(ROLL_UP_PROPERTIES, counted, size)
        if (found !== undefined) return found
      }
      return undefined
    },
  },
  {
    file: 'packages/core/src/policies/policy-for.ts',
    words: [
      ...AXES,
      ...['bundle', 'bag', 'timestamp', 'signature', 'certificate', 'document', 'evidence-record'],
      ...['INDETERMINATE', 'PASSED', 'FAILED', 'NOT-CHECKED', 'WITHHELD'],
    ],
    names: [
      ['mayBeNotChecked', 'mayBeWithheld'],
      ['disclosures', 'document', 'evidenceRecords'],
    ],
    imports: {
      '../checks/authorisation.later-consents.ts': { LATER_CONSENTS_FINDING: 'authorisation.later-consents' },
      '../checks/authorisation.notices.ts': { NOTICES_FINDING },
      '../checks/authorisation.ts': { AUTHORISATION_FINDINGS },
      '../checks/disclosure-given.ts': { DISCLOSURE_FINDINGS },
      '../checks/document.ts': { DOCUMENT_BESIDE: ['document.bundle', 'document.sidecar'] },
      '../checks/evidence.record.ts': { RECORD_FINDING: 'evidence.record' },
      '../checks/lone-certificate.ts': { axisOfRole: (role: string) => (role === 'signer' ? 'signer' : 'time') },
      '../model/finding.ts': { AXES },
    },
    broken: (made) => firstBroken(POLICY_PROPERTIES, made as unknown as PolicyRules),
  },
  {
    file: 'packages/words/src/exit-codes.ts',
    only: ['WORST_FIRST', 'worstExitCode', 'exitCodeOf'],
    words: ['INDETERMINATE', 'TOTAL-PASSED', 'TOTAL-FAILED'],
    names: [],
    imports: {},
    broken: (made) => firstBroken(EXIT_CODE_PROPERTIES, made as unknown as ExitCodes),
  },
]

/** A change after which the module says the same of everything: no property can notice it. */
interface Equivalent extends Pick<Mutant, 'line' | 'was' | 'is'> {
  readonly because: string
}
const EQUIVALENT: readonly Equivalent[] = [
  {
    line: 'if (first === undefined || place < first.place || subIndication < first.subIndication)',
    was: 'subIndication < first.subIndication',
    is: 'subIndication <= first.subIndication',
    because: 'the same name in the same place is taken for itself',
  },
  ...[
    "signature: ['signer', 'time'],",
    "certificate: ['signer', 'time'],",
    "document: ['bytes', 'signer', 'time'],",
  ].map((line) => ({
    line,
    was: "'signer', 'time'",
    is: "'time', 'signer'",
    because: 'the order of what is asked is that of the policy',
  })),
  {
    line: "document: ['bytes', 'signer', 'time'],",
    was: "'bytes', 'signer'",
    is: "'signer', 'bytes'",
    because: 'the order of what is asked is that of the policy',
  },
]

function firstBroken<Made, Size extends readonly number[]>(
  properties: readonly {
    readonly name: string
    readonly counterexample: (made: Made, ...size: Size) => string | undefined
  }[],
  made: Made,
  ...size: Size
): string | undefined {
  for (const property of properties) {
    const found = property.counterexample(made, ...size)
    if (found !== undefined) return `${property.name}: ${found}`
  }
  return undefined
}

class EndlessLoop extends Error {}

/** What no longer compiles, throws or never ends is noticed too. */
function noticed(text: string, { file, imports, broken }: Mutated): string | undefined {
  let steps = 0
  const step = (): void => {
    if (++steps > STEPS) throw new EndlessLoop('it does not end')
  }
  const load = (address: string): Exports => {
    const found = imports[address]
    if (found === undefined) throw new TypeError(`${file} imports ${address}: say in MUTATED what that is`)
    return found
  }
  try {
    const { code } = transformSync(withCountedLoops(text, '__step()'), { loader: 'ts', format: 'cjs' })
    const module = { exports: {} }
    compileFunction(`'use strict';${code}`, ['module', 'require', '__step'])(module, load, step)
    return broken(module.exports, () => {
      steps = 0
    })
  } catch (error) {
    return String(error)
  }
}

const isSame = (mutant: Mutant, entry: Equivalent): boolean =>
  entry.line === mutant.line && entry.was === mutant.was && entry.is === mutant.is

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const failures: string[] = []
  const all: { readonly mutant: Mutant; readonly of: Mutated }[] = []
  for (const of of MUTATED) {
    const source = readFileSync(join(root, of.file), 'utf8')
    // Else a mutant would be noticed for what it has in common with its source.
    const own = noticed(source, of)
    if (own !== undefined) throw new Error(`${of.file} itself does not hold: ${own}`)
    all.push(...mutantsOf(source, of).map((mutant) => ({ mutant, of })))
  }
  const entriesOfNone = EQUIVALENT.filter((entry) => !all.some(({ mutant }) => isSame(mutant, entry)))
  for (const { line, was, is } of entriesOfNone)
    failures.push(`there is no such mutant any more: ${was} → ${is} in: ${line}`)

  const chosen = all.filter((_, index) => index % PIECES === piece)
  let equivalent = 0
  for (const { mutant, of } of chosen) {
    const { at, line, was, is, text } = mutant
    const where = `${of.file}:${at}: ${was} → ${is}`
    const entry = EQUIVALENT.find((one) => isSame(mutant, one))
    const notice = noticed(text, of)
    if (entry !== undefined) equivalent++
    if (entry === undefined && notice === undefined) failures.push(`${where} survives, in: ${line}`)
    if (entry !== undefined && notice !== undefined) failures.push(`${where} is listed as equivalent, but: ${notice}`)
  }
  progress(`${chosen.length} of ${all.length} mutants, ${equivalent} of them listed as equivalent`)
  return { cases: chosen.length + entriesOfNone.length, failures }
}
