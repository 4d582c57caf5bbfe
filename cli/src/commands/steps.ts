import { statSync } from 'node:fs'
import {
  AUTHORISATION,
  CUSTODY,
  ed25519Spki,
  type FileTree,
  LIMITS,
  layoutRole,
  makeFileTree,
  manifestName,
  parseNoteVerifierKey,
  parseTimeStampFile,
  parseTstInfo,
  type TrustSet,
  toBase64,
} from '@probatum/core'
import { nodeInflater, nodeSmallDigest } from '@probatum/platform/node'
import { type ExitCode, type LevelStep, renderSteps, type SignatureStep, type StepsInput } from '@probatum/words'
import type { Parsed } from 'yargs'
import { openBundle } from '../input/bundle-input.ts'
import { evidenceRecordSteps } from '../input/evidence-record-steps.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { readTrustSet } from '../input/trust-files.ts'
import { readIdentities } from '../keys/identity-option.ts'
import { terminalOf, textOf, textsOf } from './report-output.ts'

/** The stock commands for one bundle. Nothing is hashed, and nothing is said about whether it holds. */
export async function steps(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const path = String(argv.bundle)
  const trustFile = textOf(argv, 'trust-set')
  const later = textsOf(argv, 'disclosures')
  const notices = textsOf(argv, 'notices')
  const records = textsOf(argv, 'evidence-record')
  const at = textOf(argv, 'at')
  const attime = at === undefined ? undefined : chooseTime(at).epochSeconds
  const trustSet = trustFile === undefined ? null : await readTrustSet(trustFile)
  const identities = await readIdentities(argv)
  const bundle = await openBundle(path, { inflater: nodeInflater }, 'any', { identities })
  try {
    const { tree, topFolder } = await makeFileTree(bundle.source)
    const signatures = await signaturesIn(tree, attime)
    const stated = signatures[0]?.tokens.find((token) => token.attime !== null)?.attime ?? null
    const input: StepsInput = {
      // A bundle in a folder of a folder: the commands begin where bagit.txt lies.
      path: statSync(path).isDirectory() && topFolder !== null ? `${path}/${topFolder}` : path,
      kind: bundle.source.kind,
      encryption: bundle.encryption,
      topFolder,
      manifests: tree.entries.flatMap((entry) => {
        const name = manifestName(entry.path)
        return name === undefined ? [] : [{ path: entry.path, kind: name.kind, algorithm: name.algorithm }]
      }),
      signatures,
      levels: await levelsIn(tree, attime),
      roots:
        trustSet === null
          ? null
          : { signer: rootsOf(trustSet, 'signer'), timeStampAuthority: rootsOf(trustSet, 'time-stamp-authority') },
      log: LOG_FILES.some((name) => tree.byPath.has(`record/${name}`))
        ? {
            files: LOG_FILES.filter((name) => tree.byPath.has(`record/${name}`)),
            keys: trustSet === null ? null : logKeysOf(trustSet),
            ...(later.length === 0 ? {} : { later }),
            handovers: { roots: trustSet === null ? null : rootsOf(trustSet, 'handover'), attime: stated },
          }
        : null,
      ...(tree.byPath.has(AUTHORISATION) && tree.byPath.has(CUSTODY)
        ? {
            approvals: {
              roots: trustSet === null ? null : rootsOf(trustSet, 'approver'),
              attime: stated,
            },
          }
        : {}),
      ...(notices.length === 0
        ? {}
        : {
            notices: {
              files: notices,
              roots:
                trustSet === null
                  ? null
                  : [rootsOf(trustSet, 'notice'), rootsOf(trustSet, 'signer')].filter((pem) => pem !== '').join('\n'),
            },
          }),
      ...(records.length === 0 ? {} : { evidenceRecords: await evidenceRecordSteps(records, attime) }),
    }
    await terminal.result(renderSteps(input, textOf(argv, 'shell') === 'powershell' ? 'powershell' : 'sh'))
    return 0
  } finally {
    await bundle.close()
  }
}

const LOG_FILES = ['custody.jsonl', 'items.jsonl', 'disclosures.jsonl', 'checkpoint'] as const

/** The keys of role log, as openssl reads them. */
function logKeysOf(trustSet: TrustSet): readonly { readonly origin: string; readonly pem: string }[] {
  return trustSet.file.anchors.flatMap(({ role, verifierKey }) => {
    const key = role === 'log' ? parseNoteVerifierKey(verifierKey ?? '', nodeSmallDigest) : undefined
    if (key === undefined || key.type !== 'ed25519') return []
    return [{ origin: key.name, pem: pemOf('PUBLIC KEY', ed25519Spki(key.publicKey)) }]
  })
}

function pemOf(label: string, der: Uint8Array): string {
  return `-----BEGIN ${label}-----\n${toBase64(der).replace(/.{1,64}/g, '$&\n')}-----END ${label}-----`
}

const SIGNATURE = /^seal\/1\/(tagmanifest-sha(?:256|512)\.txt)(?:\.mldsa)?\.p7s$/

async function signaturesIn(tree: FileTree, attime: number | undefined): Promise<SignatureStep[]> {
  const found: SignatureStep[] = []
  for (const { path } of tree.entries) {
    const covers = SIGNATURE.exec(path)?.[1]
    if (covers === undefined) continue
    const tokens: { file: string; attime: number | null }[] = []
    for (const entry of tree.entries)
      if (entry.path.startsWith(`${path}.`) && entry.path.endsWith('.tsr'))
        tokens.push({ file: entry.path, attime: attime ?? (await statedTime(tree, entry.path)) })
    found.push({ file: path, covers, tokens })
  }
  return found
}

/** Later levels of the seal, by number; one without a list has nothing to be checked by. */
async function levelsIn(tree: FileTree, attime: number | undefined): Promise<LevelStep[]> {
  const found: (LevelStep & { readonly level: number })[] = []
  const inSeal = tree.entries.filter(({ path }) => path.startsWith('seal/'))
  for (const { path } of inSeal) {
    const place = layoutRole(path)
    if (place?.role !== 'sums') continue
    const tokens: { file: string; attime: number | null }[] = []
    for (const entry of inSeal) {
      const token = layoutRole(entry.path)
      if (token?.role === 'level-token' && token.level === place.level)
        tokens.push({ file: entry.path, attime: attime ?? (await statedTime(tree, entry.path)) })
    }
    found.push({ level: place.level, sums: path, tokens })
  }
  return found.sort((a, b) => a.level - b.level).map(({ sums, tokens }) => ({ sums, tokens }))
}

/** The time that a token states; null when it cannot be read: openssl will say so. */
async function statedTime(tree: FileTree, path: string): Promise<number | null> {
  try {
    const { token } = parseTimeStampFile(await tree.read(path, LIMITS.cmsBytes))
    return token?.eContent ? parseTstInfo(token.eContent).genTime.epochSeconds : null
  } catch {
    return null
  }
}

function rootsOf(trustSet: TrustSet, role: string): string {
  return trustSet.anchors
    .filter((anchor) => anchor.role === role)
    .map(({ der }) => pemOf('CERTIFICATE', der))
    .join('\n')
}
