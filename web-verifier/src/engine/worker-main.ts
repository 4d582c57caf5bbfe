import type { TypesetterFiles } from '@probatum/certificate'
import {
  AUTHORISATION,
  CUSTODY,
  type DigestAlgorithm,
  type DigestProgress,
  describeGivenBeside,
  describeGivenRevocation,
  digestWhole,
  type EvidenceDigest,
  establishBundleFacts,
  establishCertificateFacts,
  establishEvidenceRecordFacts,
  establishSignatureFacts,
  establishTimestampFacts,
  type FactsFile,
  type GivenRevocation,
  ITEMS,
  judge,
  LIMITS,
  makeFileTree,
  type OpenedField,
  type PooledRevocation,
  parseFacts,
  type ReportInputs,
  recipientAsked,
  SourceFault,
  serializeFacts,
  toHex,
  withoutOpened,
} from '@probatum/core'
import { webPorts } from '@probatum/platform/browser'
import { makeOutput } from '../outputs/make-output.ts'
import { addLanguage } from '../page/languages.ts'
import { startScriptWorker } from '../page/script-worker.ts'
import { leaveNetwork } from '../page/without-network.ts'
import { establishDocument } from './document.ts'
import {
  type Choice,
  EngineError,
  type FileDigests,
  type FileId,
  type FilePage,
  type FileQuery,
  type FileRow,
  type Progress,
  type Subject,
} from './engine.ts'
import { failureOf } from './failure.ts'
import { FileRows } from './file-rows.ts'
import { treeOfFiles, treeOfHandles } from './given-files.ts'
import { IntakeDesk, type KeptFile } from './intake.ts'
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

type OnProgress = (progress: Progress) => void
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
    const subject = subjectOf(id)
    const chosen = chooseJudgement(choice, currentLists())
    onProgress({ ...NOTHING, phase: 'reading' })
    const given = await readBeside(choice)
    const established = await establish(subject, choice, given, typesetter, onProgress)
    onProgress({ ...NOTHING, phase: 'judging' })
    const { factsFile, inventory, listed = null, opened } = established
    const judgement = chosen.judgement({
      digests: factsFile.facts.digests,
      recipient: recipientOf(id, factsFile, choice),
      files:
        subject.kind === 'facts'
          ? filesInFacts(factsFile)
          : [...given.files, ...describeGivenBeside(factsFile.facts), ...sidecarFiles(subject, given)],
    })
    return {
      ...(await judgedReport(factsFile, judgement, ports)),
      facts: withoutValues(factsFile),
      factsBytes: serializeFacts(factsFile) as Uint8Array<ArrayBuffer>,
      inventory: linesBlob(inventory),
      listed: listed === null ? null : linesBlob(listed),
      opened: packOpened(opened),
    }
  },

  async tell(_, id) {
    const subject = subjectOf(id)
    if (subject.kind !== 'report') throw new EngineError({ kind: 'choice', what: 'subject' })
    const { access } = fileOf(subject.file)
    return readSavedReport(await access.read(0, access.size), ports.smallDigest)
  },

  async judge(onProgress, id, facts, choice) {
    onProgress({ ...NOTHING, phase: 'judging' })
    const chosen = chooseJudgement(choice, currentLists())
    const recipient = recipientOf(id, facts, choice)
    const judgement = chosen.judgement({ digests: facts.facts.digests, files: filesInFacts(facts), recipient })
    return judgedReport(facts, judgement, ports)
  },

  digest: (onProgress, id, algorithms) => digestsOf(fileOf(id), algorithms, onProgress),

  async findFile(onProgress, id, inventory) {
    const bytes = new Uint8Array(await inventory.arrayBuffer())
    const lines = [...new FileRows(bytes).lines()]
    const algorithms = new Set(lines.flatMap(({ digests }) => Object.keys(digests) as DigestAlgorithm[]))
    const file = await digestsOf(fileOf(id), [...algorithms], onProgress)
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
    const subject = subjectOf(id)
    const records =
      subject.kind === 'bundle' && facts.facts.records?.formatKnown === true
        ? {
            custody: await verifiedRecord(id, CUSTODY, LIMITS.jsonLinesWholeBytes, bytes),
            items: await verifiedRecord(id, ITEMS, LIMITS.jsonLinesWholeBytes, bytes),
            authorisation: await verifiedRecord(id, AUTHORISATION, LIMITS.authorisationBytes, bytes),
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
    const bytes = await readMember(id, path, LIMITS.jsonLinesWholeBytes)
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

function subjectOf(id: string): Subject {
  const subject = desk.intake.subjects.find((each) => each.id === id)
  if (subject === undefined) throw new EngineError({ kind: 'choice', what: 'subject' })
  return subject
}

function fileOf(id: FileId): KeptFile {
  const file = desk.files.get(id)
  if (file === undefined) throw new EngineError({ kind: 'choice', what: 'beside' })
  return file
}

function currentLists(): Lists {
  lists ??= listsOf(pageLists, desk)
  return lists
}

interface GivenBeside {
  readonly revocation: readonly GivenRevocation[]
  readonly disclosures: readonly Uint8Array[]
  readonly notices: readonly Uint8Array[]
  readonly evidenceRecords: readonly Uint8Array[]
  /** What lies beside certificates as PDF. */
  readonly sidecars: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  readonly files: ReportInputs['files']
}

/** CRLs, OCSP responses, later openings, notices and evidence records that were chosen with the run. */
async function readBeside(choice: Choice): Promise<GivenBeside> {
  const revocation: GivenRevocation[] = []
  const disclosures: Uint8Array[] = []
  const notices: Uint8Array[] = []
  const evidenceRecords: Uint8Array[] = []
  const { beside, subjects } = desk.intake
  const sidecars: GivenBeside['sidecars'][number][] = []
  for (const id of choice.beside) {
    const isRecord = subjects.some((each) => each.kind === 'evidence-record' && each.file === id)
    const kind = isRecord ? 'evidence-record' : beside.find(({ file }) => file === id)?.kind
    const { name, access } = fileOf(id)
    const bytes = await access.read(0, access.size)
    if (kind === 'crl' || kind === 'ocsp') revocation.push({ name, bytes })
    else if (kind === 'disclosures') disclosures.push(bytes)
    else if (kind === 'notice') notices.push(bytes)
    else if (kind === 'evidence-record') evidenceRecords.push(bytes)
    else if (kind === 'sidecar') sidecars.push({ name, bytes })
    else throw new EngineError({ kind: 'choice', what: 'beside' })
  }
  const files = describeGivenRevocation(revocation, ports.smallDigest)
  return { revocation, disclosures, notices, evidenceRecords, sidecars, files }
}

/** Of a certificate as PDF the sidecar that it was compared with. */
function sidecarFiles(subject: Subject, { sidecars }: GivenBeside): ReportInputs['files'] {
  const sidecar = subject.kind === 'document' ? sidecarOf(fileOf(subject.file).name, sidecars) : undefined
  return sidecar === undefined ? [] : [{ kind: 'sidecar', sha256: toHex(ports.smallDigest('sha256', sidecar.bytes)) }]
}

/** What was given when facts were made: the same report states it again. */
function filesInFacts({ facts }: FactsFile): ReportInputs['files'] {
  const of = (kind: 'crl' | 'ocsp', pool: readonly PooledRevocation[]) =>
    pool.filter(({ source }) => source === 'given').map(({ sha256 }) => ({ kind, sha256 }))
  return [...of('crl', facts.revocation.crls), ...of('ocsp', facts.revocation.ocsp), ...describeGivenBeside(facts)]
}

type Established = {
  readonly opened: readonly OpenedField[] | null
  readonly factsFile: FactsFile
  readonly inventory: Uint8Array
  readonly listed?: Uint8Array | null
}

async function establish(
  subject: Subject,
  choice: Choice,
  given: GivenBeside,
  typesetter: TypesetterFiles | null,
  onProgress: OnProgress,
): Promise<Established> {
  const alone = (factsFile: FactsFile): Established => ({ factsFile, inventory: new Uint8Array(), opened: null })
  const { revocation } = given
  if (subject.kind === 'bundle') {
    const bundle = desk.bundles.get(subject.id)
    if (bundle === undefined) throw new EngineError({ kind: 'choice', what: 'subject' })
    let totalBytes = 0
    for (const { extent } of bundle.source.entries) totalBytes += extent.length
    return establishBundleFacts(bundle.source, ports, {
      digests: choice.digests ?? 'all',
      name: bundle.name,
      bytes: bundle.bytes,
      revocation,
      disclosures: given.disclosures,
      notices: given.notices,
      evidenceRecords: given.evidenceRecords,
      showOpened: choice.showOpened,
      onProgress: progressOf(totalBytes, bundle.source.entries.length, onProgress),
    })
  }
  const { name, access } = fileOf(subject.file)
  const bytes = await access.read(0, access.size)
  const lone = { name: name.slice(name.lastIndexOf('/') + 1), bytes }
  const certificates = await Promise.all(
    desk.intake.subjects.flatMap((each) =>
      each.kind === 'certificate' && each.id !== subject.id
        ? [fileOf(each.file).access].map((file) => file.read(0, file.size))
        : [],
    ),
  )
  switch (subject.kind) {
    case 'facts':
      return alone(parseFacts(bytes))
    case 'document': {
      if (typesetter === null) throw new EngineError({ kind: 'choice', what: 'subject' })
      const chosen = choice.over ?? subject.bundle
      const bundle = chosen === null || chosen === '' ? null : desk.bundles.get(chosen)
      if (bundle === undefined) throw new EngineError({ kind: 'choice', what: 'over' })
      const sidecar = sidecarOf(name, given.sidecars)?.bytes ?? null
      const document = { ...lone, certificates, revocation, sidecar, bundle }
      const { factsFile, listed } = await establishDocument(document, typesetter, ports, PROBATUM_BUILD)
      return { ...alone(factsFile), listed }
    }
    case 'report':
      // It is told, and never judged.
      throw new EngineError({ kind: 'choice', what: 'subject' })
    case 'evidence-record': {
      const chosen = choice.data ?? subject.data
      if (chosen.length === 0) throw new EngineError({ kind: 'choice', what: 'data' })
      const data = chosen.map((id) => evidenceOf(fileOf(id), onProgress))
      return alone(await establishEvidenceRecordFacts(lone, data, ports, { certificates, revocation }))
    }
    case 'certificate':
      return alone(establishCertificateFacts(lone, choice.role ?? 'signer', ports, { certificates, revocation }))
    case 'timestamp': {
      const over = choice.over ?? subject.data
      if (over === null) throw new EngineError({ kind: 'choice', what: 'over' })
      const evidence = evidenceOf(fileOf(over), onProgress)
      return alone(await establishTimestampFacts(lone, evidence, ports, { certificates, revocation }))
    }
    case 'signature': {
      const over = choice.over ?? subject.content
      if (over === null) throw new EngineError({ kind: 'choice', what: 'over' })
      const content = fileOf(over)
      const { size } = content.access
      const tokens = await Promise.all(
        subject.tokens.map((id) => fileOf(id).access).map((file) => file.read(0, file.size)),
      )
      return alone(
        await establishSignatureFacts(
          lone,
          {
            digest: evidenceOf(content, onProgress),
            bytes: size > LIMITS.cmsBytes ? null : await content.access.read(0, size),
          },
          ports,
          { tokens, certificates, revocation },
        ),
      )
    }
  }
}

/** The sidecar of a certificate: the one that is named after it, else the only one. */
function sidecarOf(name: string, sidecars: GivenBeside['sidecars']): GivenBeside['sidecars'][number] | undefined {
  const named = sidecars.find((each) => each.name === `${name}.json`)
  return named ?? (sidecars.length === 1 ? sidecars[0] : undefined)
}

/** Digests that a structure asks for, each computed once. */
function evidenceOf(file: KeptFile, onProgress: OnProgress): EvidenceDigest {
  const known = new Map<string, Promise<string | null>>()
  return (algorithm) => {
    const compute = async () => {
      if (algorithm === 'shake128' || algorithm === 'shake256') {
        const { size } = file.access
        // As on the command line: nobody signs or stamps large files with them.
        return size > 268_435_456 ? null : toHex(ports.smallDigest(algorithm, await file.access.read(0, size)))
      }
      return (await digestsOf(file, [algorithm], onProgress)).digests[algorithm] ?? null
    }
    const digest = known.get(algorithm) ?? compute()
    known.set(algorithm, digest)
    return digest
  }
}

async function digestsOf(
  { id, name, access }: KeptFile,
  algorithms: readonly DigestAlgorithm[],
  onProgress: OnProgress,
): Promise<FileDigests> {
  const { size } = access
  const { digests, fault } = await digestWhole(access, algorithms, ports.digester, {
    onProgress: progressOf(size, 1, onProgress),
  })
  if (fault !== undefined) throw new SourceFault(fault.reason, name, fault.systemCode)
  return { file: id, name, bytes: size, digests }
}

const ESTIMATE_AFTER = 5000
const part = (done: number, total: number) => (total === 0 ? 0 : done / total)

function progressOf(totalBytes: number, totalFiles: number, onProgress: OnProgress): (done: DigestProgress) => void {
  const begun = performance.now()
  return ({ bytes, files }) => {
    const passed = performance.now() - begun
    // Small files cost by the file, large ones by the byte.
    const share = (part(bytes, totalBytes) + part(files, totalFiles)) / 2
    const left = share > 0 && passed > ESTIMATE_AFTER ? (passed * Math.max(0, 1 - share)) / share / 1000 : null
    onProgress({
      phase: 'comparing',
      bytes,
      totalBytes,
      files,
      totalFiles,
      secondsLeft: left === null ? null : Math.ceil(left),
    })
  }
}

async function readMember(id: string, path: string, limit: number): Promise<Uint8Array | null> {
  const bundle = desk.bundles.get(id)
  if (bundle === undefined) return null
  const { tree } = await makeFileTree(bundle.source)
  const entry = tree.byPath.get(path)
  return entry === undefined || entry.size > limit ? null : tree.read(path, limit)
}

/** A record, when it is the one that was verified. */
async function verifiedRecord(
  id: string,
  path: string,
  limit: number,
  inventory: Uint8Array,
): Promise<Uint8Array | null> {
  const bytes = await readMember(id, path, limit)
  if (bytes === null) return null
  const sha256 = toHex(ports.smallDigest('sha256', bytes))
  for (const line of new FileRows(inventory).lines()) {
    if (line.path === path && line.digests.sha256 === sha256) return bytes
  }
  throw new SourceFault('changed', path, 'digest')
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
