import type { TypesetterFiles } from '@probatum/certificate'
import {
  type EvidenceDigest,
  establishBundleFacts,
  establishCertificateFacts,
  establishEvidenceRecordFacts,
  establishSignatureFacts,
  establishTimestampFacts,
  type FactsFile,
  LIMITS,
  type OpenedField,
  parseFacts,
  toHex,
} from '@probatum/core'
import type { WebPorts } from '@probatum/platform/browser'
import { digestsOf, progressOf } from './digesting.ts'
import { establishDocument } from './document.ts'
import { type Choice, EngineError, type OnProgress, type Subject } from './engine.ts'
import { type GivenBeside, sidecarOf } from './given-beside.ts'
import type { IntakeDesk, KeptFile } from './intake.ts'

/** Facts, and what lies beside them: the inventory as lines of JSON, and opened values where they were asked for. */
type Established = {
  readonly opened: readonly OpenedField[] | null
  readonly factsFile: FactsFile
  readonly inventory: Uint8Array
  readonly listed?: Uint8Array | null
}

/** What the arithmetic of a run needs. */
interface EstablishPorts {
  readonly desk: IntakeDesk
  readonly ports: WebPorts
  /** Null where the page has no fonts: then no certificate as PDF is read. */
  readonly typesetter: TypesetterFiles | null
  /** Of the program, as certificates state it. */
  readonly build: string
  readonly onProgress: OnProgress
}

/** The facts of one subject. @throws {EngineError} where the choice does not fit it */
export async function establish(
  subject: Subject,
  choice: Choice,
  given: GivenBeside,
  { desk, ports, typesetter, build, onProgress }: EstablishPorts,
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
  const { name, access } = desk.fileOf(subject.file)
  const bytes = await access.read(0, access.size)
  const lone = { name: name.slice(name.lastIndexOf('/') + 1), bytes }
  const certificates = await Promise.all(
    desk.intake.subjects.flatMap((each) =>
      each.kind === 'certificate' && each.id !== subject.id
        ? [desk.fileOf(each.file).access].map((file) => file.read(0, file.size))
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
      const { factsFile, listed } = await establishDocument(document, typesetter, ports, build)
      return { ...alone(factsFile), listed }
    }
    case 'report':
      // It is told, and never judged.
      throw new EngineError({ kind: 'choice', what: 'subject' })
    case 'evidence-record': {
      const chosen = choice.data ?? subject.data
      if (chosen.length === 0) throw new EngineError({ kind: 'choice', what: 'data' })
      const data = chosen.map((id) => evidenceOf(desk.fileOf(id), ports, onProgress))
      return alone(await establishEvidenceRecordFacts(lone, data, ports, { certificates, revocation }))
    }
    case 'certificate':
      return alone(establishCertificateFacts(lone, choice.role ?? 'signer', ports, { certificates, revocation }))
    case 'timestamp': {
      const over = choice.over ?? subject.data
      if (over === null) throw new EngineError({ kind: 'choice', what: 'over' })
      const evidence = evidenceOf(desk.fileOf(over), ports, onProgress)
      return alone(await establishTimestampFacts(lone, evidence, ports, { certificates, revocation }))
    }
    case 'signature': {
      const over = choice.over ?? subject.content
      if (over === null) throw new EngineError({ kind: 'choice', what: 'over' })
      const content = desk.fileOf(over)
      const { size } = content.access
      const tokens = await Promise.all(
        subject.tokens.map((id) => desk.fileOf(id).access).map((file) => file.read(0, file.size)),
      )
      return alone(
        await establishSignatureFacts(
          lone,
          {
            digest: evidenceOf(content, ports, onProgress),
            bytes: size > LIMITS.cmsBytes ? null : await content.access.read(0, size),
          },
          ports,
          { tokens, certificates, revocation },
        ),
      )
    }
  }
}

/** Digests that a structure asks for, each computed once. */
function evidenceOf(file: KeptFile, ports: WebPorts, onProgress: OnProgress): EvidenceDigest {
  const known = new Map<string, Promise<string | null>>()
  return (algorithm) => {
    const compute = async () => {
      if (algorithm === 'shake128' || algorithm === 'shake256') {
        const { size } = file.access
        // As on the command line: nobody signs or stamps large files with them.
        return size > 268_435_456 ? null : toHex(ports.smallDigest(algorithm, await file.access.read(0, size)))
      }
      return (await digestsOf(file, [algorithm], ports.digester, onProgress)).digests[algorithm] ?? null
    }
    const digest = known.get(algorithm) ?? compute()
    known.set(algorithm, digest)
    return digest
  }
}
