import { basename, dirname, join } from 'node:path'
import { type AuthorisationRequest, type Instant, ParseError, parseAuthorisationRequest, toHex } from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import {
  consentOpenings,
  type ExportState,
  establishExportState,
  type GateApproval,
  type GatePrivate,
  type GateSigner,
  parseGateApproval,
  parseGatePrivate,
  showingUnder,
  signerOf,
} from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import { tellRecovery } from '../custody/custody-input.ts'
import { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import { startNodeDigest } from '../custody/log-export.ts'
import { InputError } from '../errors.ts'
import { exists, readWhole } from '../files.ts'
import { readCertificates } from '../input/trust-files.ts'
import type { Terminal } from '../terminal.ts'

/** Signatures of approvals and exceptions are verified with these. */
export const gatePorts = () => ({ signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest })

/** A request with the private file that lies beside it. */
export interface GateFiles {
  readonly path: string
  readonly request: AuthorisationRequest
  readonly kept: GatePrivate
  /** SHA-256 of the request file, hex: what approvals sign. */
  readonly sha256: string
}

/** Where the private file of a request is. */
export const keptPathOf = (path: string): string => join(dirname(path), `INTERNAL-${basename(path)}`)

/** What a file of the gate may be called: its name becomes that of others beside it, and of a bundle. */
export const isGateName = (path: string): boolean => /^(?!internal)[A-Za-z0-9][A-Za-z0-9._-]*$/i.test(basename(path))

/** @throws {InputError} */
export async function readGateFiles(path: string): Promise<GateFiles> {
  const bytes = await readWhole(path)
  const sha256 = toHex(nodeSmallDigest('sha256', bytes))
  const request = understood(path, 'the request file', () => parseAuthorisationRequest(bytes, path))
  const keptPath = keptPathOf(path)
  if (!(await exists(keptPath)))
    throw new InputError(
      `${escapeForDisplay(keptPath)} is not here; it was made with the request, and has what the request only commits to.`,
      'Ask whoever made the request for it. It is never sent to the recipient.',
    )
  const keptBytes = await readWhole(keptPath)
  const kept = understood(keptPath, 'the private file of a request', () => parseGatePrivate(keptBytes, keptPath))
  return { path, request, kept, sha256 }
}

/** @throws {InputError} */
export async function readApprovals(paths: readonly string[]): Promise<GateApproval[]> {
  const approvals: GateApproval[] = []
  for (const path of paths) {
    const bytes = await readWhole(path)
    approvals.push(understood(path, 'an approval', () => parseGateApproval(bytes, path)))
  }
  return approvals
}

/** Runs a parser of the gate; what is not understood is never passed over. @throws {InputError} */
export function understood<T>(path: string, what: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof ParseError)) throw error
    const detail =
      error instanceof ParseError
        ? [error.code, error.detail.where, error.detail.expected && `expected ${error.detail.expected}`]
            .filter(Boolean)
            .join(', ')
        : error.message
    throw new InputError(
      `${escapeForDisplay(path)} does not read as ${what} (${escapeForDisplay(detail)}).`,
      'docs/spec/gate-1.md describes the files. What is not understood is never passed over: it may have been meant to limit something.',
      { cause: error },
    )
  }
}

/** The log as a request sees it; null where none is given: then nothing is compared with it. */
export async function readState(
  log: string | undefined,
  { request, kept }: GateFiles,
  terminal: Terminal,
): Promise<ExportState | null> {
  if (log === undefined) return null
  const custody = await CustodyLogFolder.open(log, 'read')
  try {
    tellRecovery(custody, terminal)
    return await establishExportState({
      custody,
      showing: showingUnder(kept),
      consentOpenings: consentOpenings(kept),
      headSize: request.head.size,
      smallDigest: nodeSmallDigest,
      startDigest: startNodeDigest,
    })
  } finally {
    await custody.close()
  }
}

/** Who will sign the seal, from the certificate of `--sealer`; nobody where none is given. */
export async function readSealers(path: string | undefined): Promise<GateSigner[]> {
  if (path === undefined) return []
  const [certificate] = await readCertificates(path)
  return certificate === undefined ? [] : [signerOf(certificate.der, { smallDigest: nodeSmallDigest })]
}

/** Whole seconds: a day is judged at the same moment wherever it is asked for. */
export const atSecond = ({ epochSeconds }: Instant): Instant => ({ epochSeconds, fraction: '' })
