import type { OpenedField } from '@probatum/core'
import {
  type Engine,
  EngineError,
  type FileRow,
  type FileStanding,
  type Given,
  type Intake,
  type Progress,
  type Run,
  type Verified,
} from '../src/engine/engine.ts'
import type { MadeResults } from './results.ts'

/**
 * An engine that answers from results that were made before, for tests and pictures of the view: it can be held at any
 * moment of a run, and it can be given what no honest bundle has. It never ships.
 */

/** What a test may set on the window before it starts a run. */
export interface Held {
  /** Runs stop after this many steps until they are let go. */
  holdAt?: number
  /** Set once a run stands still there. */
  isHeld?: boolean
}

declare global {
  interface Window {
    FIXTURES: MadeResults
    HELD: Held
    /** Rows in the list of files, beside those of the result. */
    MORE_ROWS?: number
    /** Whether the page speaks the language that nobody speaks: pseudo-language.ts. */
    PSEUDO?: boolean
  }
}

const OPENED: readonly OpenedField[] = [
  { file: 'custody.jsonl', seq: 0, field: 'agent', value: 'Example Mechanism (sample)' },
  { file: 'items.jsonl', seq: 2, field: 'originalName', value: 'witness \u202egnp.exe (sample)' },
]
const ORDER = ['mismatch', 'missing', 'unlisted', 'unreadable', 'not-compared', 'match', 'sealing'] as const
const NOTHING: Intake = { subjects: [], beside: [], others: [], notRead: [] }
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
const bytesOf = (text: string) => new TextEncoder().encode(text)
const run = <Result>(done: Promise<Result>): Run<Result> => ({ done, cancel: () => {} })

export function fixtureEngine(): Engine {
  const { results, trustSet, authorisation } = window.FIXTURES
  let intake: Intake = NOTHING
  const made = (id: string) => {
    const found = results[id] ?? results.sealed
    if (found === undefined) throw new TypeError(`no result ${id}`)
    return found
  }
  const verified = (id: string, choice: Verified['choice'], isSample: boolean): Verified => {
    const { report, facts, inventory } = made(id)
    return {
      id,
      subject: id,
      choice,
      report,
      reportBytes: bytesOf(JSON.stringify(report)),
      facts,
      factsBytes: bytesOf(JSON.stringify(facts)),
      inventory: new Blob([inventory]),
      listed: null,
      kind: facts.facts.kind,
      opened: choice.showOpened ? { count: OPENED.length, first: OPENED, all: new Blob() } : null,
      sample: isSample,
    }
  }
  const rowsOf = ({ subject }: Verified): FileRow[] => {
    const lines = made(subject)
      .inventory.trim()
      .split('\n')
      .map((line): FileRow['line'] => JSON.parse(line))
    const rows = lines.map((line): FileRow => {
      const states: readonly string[] = Object.values(line.manifests)
      const standing: FileStanding =
        line.role === 'seal' || line.role === 'tag-manifest'
          ? 'sealing'
          : (ORDER.find((one) => states.includes(one)) ?? 'not-compared')
      return { line, standing }
    })
    for (let more = 0; more < (window.MORE_ROWS ?? 0); more++)
      rows.push({
        line: { digests: {}, manifests: {}, path: `data/more/${more}`, role: 'payload', size: more },
        standing: 'match',
      })
    return rows.sort((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing))
  }
  const isSample = () => intake.subjects.every((subject) => subject.kind === 'bundle' && subject.sample)
  return {
    about: {
      version: '0.1.0',
      scriptHash: 'sha256-fixture',
      scriptSha256: '5a'.repeat(32),
      edition: null,
      hasWasm: true,
      fonts: [],
    },
    policies: ['fixity', 'sealed', 'court', 'long-term'].map((id) => ({
      id,
      sha256: 'b0'.repeat(32),
      from: 'program',
      requiredAxes: [],
    })),
    trustSets: [trustSet],
    samples: Object.keys(results).map((id) => ({ id, shows: id, bytes: 24_135 })),
    outputs: ['html', 'certificate'],
    open: (given, onProgress) =>
      run(
        pause(5).then(async () => {
          const { holdAt } = window.HELD
          if (given.from !== 'sample' && holdAt !== undefined) {
            onProgress?.({
              phase: 'listing',
              bytes: 0,
              totalBytes: null,
              files: holdAt,
              totalFiles: null,
              secondsLeft: null,
            })
            while (window.HELD.holdAt !== undefined) await pause(10)
          }
          intake = intakeOf(given, intake)
          return intake
        }),
      ),
    unlock: (file, passphrase) =>
      run(
        pause(5).then(() => {
          if (passphrase !== 'right') throw new EngineError({ kind: 'passphrase', what: 'not-open' })
          intake = {
            ...intake,
            beside: intake.beside.map((each) =>
              each.file === file ? { kind: 'identity', file, name: each.name, keys: 1 } : each,
            ),
          }
          return intake
        }),
      ),
    tell: (id) => run(pause(1).then(() => ({ report: made(id.replace(/^told-/, '')).report, sample: false }))),
    recipientOf: (typed) =>
      typed === ''
        ? { state: 'nobody' }
        : typed.startsWith('age1')
          ? { state: 'not-age' }
          : { state: 'read', recipient: `name:${typed}` },
    recipientOfFile: async () => ({ state: 'read', recipient: `key:${'7e'.repeat(32)}` }),
    forget: () => {
      intake = NOTHING
    },
    get intake() {
      return intake
    },
    verify: (subject, choice, onProgress) => {
      let isOver = false
      let last: Progress | null = null
      let stop: (error: EngineError) => void = () => {}
      const done = new Promise<Verified>((resolve, reject) => {
        stop = reject
        void (async () => {
          for (let step = 0; step <= 10; step++) {
            while (!isOver && window.HELD.holdAt !== undefined && step >= window.HELD.holdAt) {
              window.HELD.isHeld = true
              await pause(10)
            }
            if (isOver) return
            last = {
              phase: step === 0 ? 'reading' : step === 10 ? 'judging' : 'comparing',
              bytes: step * 500_000_000,
              totalBytes: 5_000_000_000,
              files: step * 120,
              totalFiles: 1204,
              secondsLeft: step < 3 ? null : 95,
            }
            onProgress?.(last)
            await pause(1)
          }
          resolve(verified(subject, choice, isSample()))
        })()
      })
      return {
        done,
        cancel: () => {
          isOver = true
          stop(new EngineError({ kind: 'cancelled', progress: last }))
        },
      }
    },
    judge: ({ subject, sample }, choice) => run(Promise.resolve(verified(subject, choice, sample))),
    output: (_, { kind }) =>
      run(
        Promise.resolve(
          kind === 'html'
            ? { bytes: bytesOf('<!doctype html>'), certificateId: null, sidecar: null }
            : { bytes: bytesOf('%PDF-'), certificateId: 'c1'.repeat(32), sidecar: bytesOf('{}') },
        ),
      ),
    digest: (file) =>
      run(
        Promise.resolve({ file, name: file, bytes: 3, digests: { sha256: 'cd'.repeat(32), sha512: 'ef'.repeat(64) } }),
      ),
    findFile: (file, { subject }) => {
      const [line] = rowsOf(verified(subject, {} as Verified['choice'], true)).map((row) => row.line)
      const rows = file.includes('same') && line !== undefined ? [line] : []
      return run(Promise.resolve({ file: { file, name: file, bytes: 3, digests: {} }, rows }))
    },
    compareTyped: async (typed) => {
      const digits = typed.replace(/[\s-]/g, '').toLowerCase()
      const value = '5a'.repeat(32)
      const odd = /[^0-9a-f]/.exec(digits)
      if (odd !== null) return { state: 'not-hex', character: odd[0], at: odd.index }
      if (digits.length < 16) return { state: 'too-short', digits: digits.length, least: 16 }
      if (value.startsWith(digits))
        return { state: 'equal', digits: digits.length, whole: digits.length === 64, is: [{ what: 'script' }] }
      const at = [...digits].findIndex((digit, index) => digit !== value[index])
      const group = Math.floor(at / 4)
      const four = (of: string) => of.slice(group * 4, group * 4 + 4)
      return {
        state: 'different',
        digits: digits.length,
        nearest: at < 8 ? null : { what: 'script' },
        wrongGroup: group + 1,
        typed: four(digits),
        expected: four(value),
      }
    },
    files: (result) => {
      const rows = rowsOf(result)
      return {
        counts: async () => {
          const counts = Object.fromEntries(ORDER.map((one) => [one, 0])) as Record<FileStanding, number>
          for (const { standing } of rows) counts[standing]++
          return counts
        },
        page: async ({ standing, search, offset, limit }) => {
          const fit = rows.filter(
            (row) => (standing === null || row.standing === standing) && row.line.path.includes(search),
          )
          return { total: fit.length, rows: fit.slice(offset, offset + limit) }
        },
      }
    },
    member: () => run(Promise.resolve(bytesOf(authorisation))),
    confirmTrustSet: (_id, typed) =>
      typed.replace(/[\s-]/g, '').length === 32 ? { state: 'other-set' } : { state: 'length', symbols: typed.length },
  }
}

function intakeOf(given: Given, before: Intake): Intake {
  if (given.from === 'sample')
    return {
      ...NOTHING,
      subjects: [
        {
          id: given.sample,
          name: `example-case-1-sample-${given.sample}.zip`,
          kind: 'bundle',
          container: 'zip',
          bytes: 24_135,
          file: 'sample',
          files: 19,
          inside: null,
          sample: true,
        },
      ],
    }
  if (given.from === 'handles') return before
  const files = given.from === 'files' ? given.files : Array.from(given.files, (file) => ({ path: file.name, file }))
  const ends = (ending: RegExp) => files.filter(({ path }) => ending.test(path))
  return {
    subjects: [
      ...before.subjects,
      ...ends(/\.zip$/).map(({ path }, index) => ({
        id: ['sealed', 'changed', 'unknown'][(before.subjects.length + index) % 3] ?? 'sealed',
        name: path,
        kind: 'bundle' as const,
        container: 'zip' as const,
        bytes: 24_135,
        file: path,
        files: 19,
        inside: null,
        sample: false,
      })),
      ...ends(/\.report\.json$/).map(({ path }) => ({
        id: 'told-changed',
        name: path,
        kind: 'report' as const,
        file: path,
      })),
      ...ends(/\.facts\.json$/).map(({ path }) => ({
        id: 'sealed',
        name: path,
        kind: 'facts' as const,
        file: path,
      })),
      ...ends(/\.ers$/).map(({ path }) => ({
        id: 'sealed-record',
        name: path,
        kind: 'evidence-record' as const,
        file: path,
        candidates: ends(/\.txt$/).map((file) => file.path),
        data: ends(/^in.*\.txt$/).map((file) => file.path),
        bundles: [],
        bundle: null,
      })),
    ],
    beside: [
      ...before.beside,
      ...ends(/trust.*\.json$/).map(({ path }) => ({
        kind: 'trust-set' as const,
        file: path,
        name: path,
        trustSet: { ...window.FIXTURES.trustSet, id: path, from: 'file' as const, file: path, sample: false },
      })),
      ...ends(/\.key$/).map(({ path }) => ({ kind: 'locked-identity' as const, file: path, name: path })),
      ...ends(/\.crl$/).map(({ path }) => ({ kind: 'crl' as const, file: path, name: path, sha256: 'aa'.repeat(32) })),
    ],
    others: [
      ...before.others,
      ...files
        .filter(({ path }) => !/\.zip$|trust.*\.json$|\.report\.json$|\.ers$|\.key$|\.crl$/.test(path))
        .map(({ path, file }) => ({
          file: path,
          name: path,
          bytes: file.size,
          looksLike: /rar$/.test(path) ? 'rar' : 'text',
          failure: null,
        })),
    ],
    notRead: before.notRead,
  }
}
