import { createHash } from 'node:crypto'
import {
  establishBundleFacts,
  type FactsFile,
  judge,
  parseCertificate,
  parseTrustSet,
  type Report,
  type RequestFacts,
} from '@probatum/core'
import { nodePorts } from '@probatum/platform/node'
import { sealSample, seededRandom } from '@probatum/seal'
import { instant, judgementOf, shippedPolicy } from '../../tools/testing/judgement.ts'
import { memorySource } from '../../tools/testing/memory-source.ts'
import type { TrustSetChoice } from '../src/engine/engine.ts'
import { HOSTILE } from './hostile-texts.ts'

/** A result made in Node by the same core, for pictures and tests of the view. */
export interface MadeResult {
  readonly report: Report
  readonly facts: FactsFile
  /** JSON lines. */
  readonly inventory: string
}

export interface MadeResults {
  readonly results: Readonly<Record<string, MadeResult>>
  readonly trustSet: TrustSetChoice
  /** What every file of a bundle is where the page reads one. */
  readonly authorisation: string
}

type Files = ReadonlyMap<string, Uint8Array>

const NOW = '2026-03-14T09:12:00Z'
const CHECKED = '2026-03-20T10:00:00Z'

const text = (content: string) => new TextEncoder().encode(content)

let made: Promise<MadeResults> | undefined

/**
 * The sealed sample and what became of its copies: every family of result, with the sample's own list and without. Made once for all
 * tests that one process runs; nobody writes into it.
 */
export function makeResults(): Promise<MadeResults> {
  made ??= newResults()
  return made
}

async function newResults(): Promise<MadeResults> {
  const ports = nodePorts({ jobs: 1 })
  try {
    const sealed = await sealSample({ now: instant(NOW), random: seededRandom('web verifier') })
    const trustSet = parseTrustSet(sealed.trustSet, parseCertificate, ports.smallDigest)
    const first = [...sealed.files.keys()].find((path) => path.startsWith('data/')) ?? ''
    const altered = (change: (files: Map<string, Uint8Array>) => void): Files => {
      const files = new Map(sealed.files)
      change(files)
      return files
    }
    const changed = altered((files) => {
      const bytes = Uint8Array.from(files.get(first) ?? [])
      bytes[0] = (bytes[0] ?? 0) ^ 1
      files.set(first, bytes)
    })
    const missing = altered((files) => files.delete(first))
    const added = altered((files) => {
      for (const [index, name] of HOSTILE.entries())
        if (!/[/\0]|^$/.test(name)) files.set(`data/00/${index}${name}`, text('x'))
    })
    const make = async (files: Files, name: string, policyId: string, isListed: boolean): Promise<MadeResult> => {
      const request = { digests: 'all', name, bytes: null } as const
      const { factsFile, inventory } = await establishBundleFacts(memorySource(files), ports, request)
      const policy = shippedPolicy(policyId)
      const judgement = judgementOf({ policy, trustSet: isListed ? sealed.trustSet : null, at: CHECKED })
      const report = await judge(factsFile, judgement, ports)
      return { report, facts: withConditions(factsFile), inventory: new TextDecoder().decode(inventory) }
    }
    const results = {
      sealed: await make(sealed.files, 'example-case-1-sample.zip', 'sealed', true),
      changed: await make(changed, 'example-case-1-sample-changed.zip', 'sealed', true),
      missing: await make(missing, 'example-case-1-sample-missing.zip', 'sealed', true),
      added: await make(added, 'example-case-1-sample-added.zip', 'sealed', true),
      unknown: await make(sealed.files, 'example-case-1-sample-unknown.zip', 'sealed', false),
      court: await make(sealed.files, 'example-case-1-sample-court.zip', 'court', true),
    }
    const { file } = trustSet
    return {
      results,
      trustSet: {
        id: 'sample',
        from: 'sample',
        file: null,
        sha256: trustSet.sha256,
        issuer: file.issuer,
        number: file.number,
        date: file.date,
        reviewBy: file.reviewBy,
        sample: true,
        code: '',
        anchors: file.anchors.map(({ label, role, source, certificate }) => ({
          label,
          role,
          source,
          subject: certificate === undefined ? null : parseCertificate(Buffer.from(certificate, 'base64')).subject.text,
          sha256:
            certificate === undefined
              ? ''
              : createHash('sha256').update(Buffer.from(certificate, 'base64')).digest('hex'),
        })),
      },
      authorisation: JSON.stringify({ approvals: [], authorisation: 'probatum/authorisation/1-draft', request: null }),
    }
  } finally {
    await ports.close()
  }
}

/** With a sharing decision, of which the page shows the conditions. */
function withConditions(file: FactsFile): FactsFile {
  const { records } = file.facts
  if (records?.authorisation == null) return file
  const digest = '00'.repeat(32)
  const request: RequestFacts = {
    sha256: digest,
    statement: {
      assurances: [],
      conditions: [
        { kind: 'use', text: 'For the proceedings of Example case 1 (sample) only.' },
        {
          kind: 'onward-disclosure',
          text: 'Not to be handed on without written consent of the sender (sample).',
        },
      ],
      disclosures: digest,
      exportNumber: '00'.repeat(16),
      grounds: [],
      head: { root: digest, size: 1 },
      itemCount: 0,
      itemRoot: digest,
      logId: '00'.repeat(16),
      purpose: null,
      recipient: null,
    },
    disclosures: digest,
    headRoot: digest,
    since: { lines: 0, problems: { count: 0, by: {}, first: [] } },
    consents: { count: 0, needed: 0, problems: { count: 0, by: {}, first: [] }, closed: 0, partly: 0, opened: 0 },
    exceptions: [],
    exceptionsOmitted: 0,
  }
  return {
    ...file,
    facts: { ...file.facts, records: { ...records, authorisation: { ...records.authorisation, request } } },
  }
}

/** The same result with a text that means harm in every place that the evidence fills. */
export function poisoned(made: MadeResult, harm: string): MadeResult {
  const poison = (value: unknown, key: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => poison(each, key))
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, poison(each, name)]))
    return typeof value === 'string' && FREE.has(key) ? `${harm}${value}` : value
  }
  return poison(made, '') as MadeResult
}

/** Members whose text comes from the evidence or from its maker, and is only ever shown. */
const FREE = new Set([
  'name',
  'issuer',
  'subject',
  'authority',
  'file',
  'path',
  'expected',
  'found',
  'claimedTime',
  'at',
  'externalIdentifier',
  'recipient',
  'outside',
  'leftovers',
  'label',
  'origin',
])
