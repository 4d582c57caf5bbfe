import {
  AUTHORISATION,
  CUSTODY,
  type DigestAlgorithm,
  describeGivenBeside,
  type FactsFile,
  ITEMS,
  judge,
  LIMITS,
  recipientAsked,
  serializeFacts,
  withoutOpened,
} from '@probatum/core'
import { webPorts } from '@probatum/platform/browser'
import { makeOutput } from '../outputs/make-output.ts'
import { addLanguage } from '../page/languages.ts'
import { startScriptWorker } from '../page/script-worker.ts'
import { leaveNetwork } from '../page/without-network.ts'
import { readMember, verifiedRecord } from './bundle-member.ts'
import { digestsOf } from './digesting.ts'
import { type Choice, EngineError, type FilePage, type FileQuery, type FileRow, type OnProgress } from './engine.ts'
import { establish } from './establish-subject.ts'
import { failureOf } from './failure.ts'
import { FileRows } from './file-rows.ts'
import { filesInFacts, readBeside, sidecarFiles } from './given-beside.ts'
import { treeOfFiles, treeOfHandles } from './given-files.ts'
import { IntakeDesk } from './intake.ts'
import { chooseJudgement, judgedReport, type Lists, listsOf } from './judging.ts'
import { originalNamesOf, packOpened } from './opened-fields.ts'
import { readSavedReport } from './saved-report.ts'
import { matchTyped } from './typed-match.ts'
import type { Call, FromWorker, PageLists, ToWorker, WorkerCalls } from './worker-protocol.ts'

leaveNetwork(globalThis)

/** The text of digest-worker-main.ts as one script; set by the build. */
declare const PROBATUM_DIGEST_WORKER: string
declare const PROBATUM_BUILD: string

interface WorkerScope {
  onmessage: ((event: MessageEvent<ToWorker>) => void) | null
  postMessage(message: FromWorker, transfer?: Transferable[]): void
}
const scope = globalThis as unknown as WorkerScope

const ports = webPorts({
  // Some browsers have no workers inside workers: then this one hashes.
  ...(typeof Worker === 'undefined' ? {} : { startWorker: () => startScriptWorker(PROBATUM_DIGEST_WORKER) }),
})
const desk = new IntakeDesk(ports)
let pageLists: PageLists = { policies: [], trustSets: [] }
let lists: Lists | undefined
let sent: { readonly path: string; readonly file: File }[] = []

type Handlers = {
  [Name in keyof WorkerCalls]: (
    onProgress: OnProgress,
    ...args: Parameters<WorkerCalls[Name]>
  ) => ReturnType<WorkerCalls[Name]> | Promise<ReturnType<WorkerCalls[Name]>>
}

/** A table is made once for a result and asked many times. */
let table: { readonly of: string; readonly rows: FileRows; names?: ReadonlyMap<string, string> } | undefined

async function rowsOf(of: string, inventory: Blob): Promise<FileRows> {
  if (table?.of !== of) table = { of, rows: new FileRows(new Uint8Array(await inventory.arrayBuffer())) }
  return table.rows
}

/** The rows that fit, with the original names that were asked for. */
async function pageOf(of: string, inventory: Blob, opened: Blob | null, query: FileQuery): Promise<FilePage> {
  const page = (await rowsOf(of, inventory)).page(query)
  if (opened === null || table === undefined) return page
  table.names ??= new Map(((await originalNamesOf(opened)) ?? []).map(({ path, name }) => [path, name]))
  const { names } = table
  const named = (row: FileRow): FileRow => {
    const name = names.get(row.line.path)
    return name === undefined ? row : { ...row, name }
  }
  return { ...page, rows: page.rows.map(named) }
}

const handlers: Handlers = {
  async open(onProgress, given) {
    const listed = (files: number) => onProgress({ ...NOTHING, phase: 'listing', files })
    const looked = (files: number) => onProgress({ ...NOTHING, phase: 'looking', files })
    const checked = (bytes: number, totalBytes: number) =>
      onProgress({ ...NOTHING, phase: 'looking', bytes, totalBytes })
    if (given.from === 'sample') {
      const file = new File([given.bytes as Uint8Array<ArrayBuffer>], given.name)
      await desk.take(treeOfFiles([{ path: given.name, file }]), looked, true)
    } else if (given.from === 'handles') {
      await desk.take(await treeOfHandles(given.handles, listed), looked, false, checked)
    } else {
      const files = [...sent, ...given.files]
      sent = []
      await desk.take(treeOfFiles(files), looked, false, checked)
    }
    return desk.intake
  },

  async unlock(_, file, passphrase) {
    await desk.unlock(file, passphrase)
    return desk.intake
  },

  async verify(onProgress, id, choice, typesetter) {
    const subject = desk.subjectOf(id)
    const chosen = chooseJudgement(choice, currentLists())
    onProgress({ ...NOTHING, phase: 'reading' })
    const given = await readBeside(desk, choice, ports.smallDigest)
    const established = await establish(subject, choice, given, {
      desk,
      ports,
      typesetter,
      build: PROBATUM_BUILD,
      onProgress,
    })
    onProgress({ ...NOTHING, phase: 'judging' })
    const { factsFile, inventory, listed = null, opened } = established
    const judgement = chosen.judgement({
      digests: factsFile.facts.digests,
      recipient: recipientOf(id, factsFile, choice),
      files:
        subject.kind === 'facts'
          ? filesInFacts(factsFile)
          : [
              ...given.files,
              ...describeGivenBeside(factsFile.facts),
              ...sidecarFiles(desk, subject, given, ports.smallDigest),
            ],
    })
    return {
      ...(await judgedReport(factsFile, judgement, ports, subject.kind === 'facts')),
      facts: withoutValues(factsFile),
      factsBytes: serializeFacts(factsFile) as Uint8Array<ArrayBuffer>,
      inventory: linesBlob(inventory),
      listed: listed === null ? null : linesBlob(listed),
      opened: packOpened(opened),
    }
  },

  async tell(_, id) {
    const subject = desk.subjectOf(id)
    if (subject.kind !== 'report') throw new EngineError({ kind: 'choice', what: 'subject' })
    const { access } = desk.fileOf(subject.file)
    return readSavedReport(await access.read(0, access.size), ports.smallDigest)
  },

  async judge(onProgress, id, facts, choice) {
    onProgress({ ...NOTHING, phase: 'judging' })
    const chosen = chooseJudgement(choice, currentLists())
    const recipient = recipientOf(id, facts, choice)
    const judgement = chosen.judgement({ digests: facts.facts.digests, files: filesInFacts(facts), recipient })
    return judgedReport(facts, judgement, ports, desk.subjectOf(id).kind === 'facts')
  },

  digest: (onProgress, id, algorithms) => digestsOf(desk.fileOf(id), algorithms, ports.digester, onProgress),

  async findFile(onProgress, id, inventory) {
    const bytes = new Uint8Array(await inventory.arrayBuffer())
    const lines = [...new FileRows(bytes).lines()]
    const algorithms = new Set(lines.flatMap(({ digests }) => Object.keys(digests) as DigestAlgorithm[]))
    const file = await digestsOf(desk.fileOf(id), [...algorithms], ports.digester, onProgress)
    const rows = lines.filter(({ digests, size }) => {
      const own = Object.entries(digests)
      return (
        size === file.bytes &&
        own.length > 0 &&
        own.every(([name, hex]) => file.digests[name as DigestAlgorithm] === hex)
      )
    })
    return { file, rows }
  },

  counts: async (_, of, inventory) => (await rowsOf(of, inventory)).counts,
  page: (_, of, inventory, names, query) => pageOf(of, inventory, names, query),
  async compareTyped(_, of, inventory, known, typed) {
    const rows = await rowsOf(of, inventory)
    return matchTyped(typed, known, () => rows.lines())
  },

  async output(
    onProgress,
    id,
    { report, facts, inventory, names: opened },
    choice,
    wanted,
    typesetter,
    messages,
    maker,
  ) {
    if (messages !== null) addLanguage(messages.language, () => messages)
    onProgress({ ...NOTHING, phase: 'reading' })
    const chosen = chooseJudgement({ ...choice, at: report.body.validationTime }, currentLists())
    const judgement = chosen.judgement({ digests: 'all', files: [] })
    const { policy, trustSet } = judgement
    const bytes = new Uint8Array(await inventory.arrayBuffer())
    const subject = desk.subjectOf(id)
    const record = (path: string, limit: number) =>
      verifiedRecord(desk.bundles.get(id), path, limit, bytes, ports.smallDigest)
    const records =
      subject.kind === 'bundle' && facts.facts.records?.formatKnown === true
        ? {
            custody: await record(CUSTODY, LIMITS.jsonLinesWholeBytes),
            items: await record(ITEMS, LIMITS.jsonLinesWholeBytes),
            authorisation: await record(AUTHORISATION, LIMITS.authorisationBytes),
          }
        : { custody: null, items: null, authorisation: null }
    const hasOpened = facts.handovers !== undefined || facts.consents !== undefined
    // A certificate's report follows from what it carries: whoever checks it has no opened values.
    const own =
      wanted.kind === 'html' || !hasOpened
        ? report
        : await judge(withoutOpened(facts), { ...judgement, inputs: report.body.inputs }, ports)
    const names = await originalNamesOf(opened)
    return makeOutput({ report: own, facts, inventory: bytes, policy, trustSet, records, names, maker }, wanted, {
      smallDigest: ports.smallDigest,
      build: PROBATUM_BUILD,
      typesetterFiles: typesetter === null ? null : async () => typesetter,
    })
  },

  async member(_, id, path) {
    const bytes = await readMember(desk.bundles.get(id), path, LIMITS.jsonLinesWholeBytes)
    if (bytes === null) throw new EngineError({ kind: 'choice', what: 'subject' })
    return Uint8Array.from(bytes)
  },
}
const NOTHING = { bytes: 0, totalBytes: null, files: 0, totalFiles: null, secondsLeft: null } as const

/** Who is named, else the key by which an encrypted bundle was opened: whoever opens it asks whether it was made for that key. */
function recipientOf(id: string, { facts }: FactsFile, { recipient }: Choice): string | null {
  return recipient ?? recipientAsked(facts, desk.bundles.get(id)?.recipient ?? null)
}

/** Without the list of opened values, which stands in `opened`: nothing is judged by it, and the page's thread would have to copy it. */
function withoutValues({ opened: _, ...file }: FactsFile): FactsFile {
  return file
}

function linesBlob(lines: Uint8Array): Blob {
  return new Blob([lines as Uint8Array<ArrayBuffer>], { type: 'application/jsonl' })
}

function currentLists(): Lists {
  lists ??= listsOf(pageLists, desk)
  return lists
}

async function serve({ id, name, args }: Call): Promise<void> {
  try {
    const handler = handlers[name] as (onProgress: OnProgress, ...given: unknown[]) => unknown
    const result = await handler((progress) => scope.postMessage({ id, progress }), ...args)
    scope.postMessage({ id, result: result as never })
  } catch (error) {
    scope.postMessage({ id, failure: failureOf(error) })
  }
}
let work: Promise<void> = Promise.resolve()

scope.onmessage = ({ data }) => {
  work = work.then(async () => {
    if ('lists' in data) pageLists = data.lists
    else if ('files' in data) sent.push(...data.files)
    else {
      // What was given may have brought new lists.
      lists = undefined
      await serve(data)
    }
  })
}
