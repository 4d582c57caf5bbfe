import {
  AUTHORISATION,
  authorisationFileSignatures,
  compareInstants,
  type FileTree,
  type Instant,
  LIMITS,
  layoutRole,
  ParseError,
  parseCertificate,
  readValidationFile,
  revocationInFile,
  signatureSigners,
  tokenSigners,
  type ValidationObject,
  type ValidationTarget,
} from '@probatum/core'
import type { NodePorts } from '@probatum/platform/node'
import { chooseTime } from '../input/judgement-input.ts'
import { answerPorts } from '../network/time-stamp-authorities.ts'
import { approversOf, latestOf } from '../network/validation-input.ts'

/** What the files under seal/ and record/validation/ are, read once. */
export interface SealContent {
  readonly targets: readonly ValidationTarget[]
  readonly certificates: readonly Uint8Array[]
  readonly here: readonly ValidationObject[]
  readonly latest: Instant | null
}

/**
 * Each certificate is asked about at the time at which it signed, and while it has not ended again now: the new level proves that
 * it was not known to be withdrawn by then.
 */
export async function readSeal(tree: FileTree, ports: Pick<NodePorts, 'smallDigest'>): Promise<SealContent> {
  const now = chooseTime(undefined)
  const targets: ValidationTarget[] = []
  const certificates: Uint8Array[] = []
  const here: ValidationObject[] = []
  const moments: Instant[] = []
  const signatures: Uint8Array[] = []
  const add = (given: {
    readonly targets: readonly ValidationTarget[]
    readonly certificates: readonly Uint8Array[]
  }) => {
    const alive = given.targets.filter(
      ({ certificate }) => compareInstants(now, parseCertificate(certificate).notAfter) <= 0,
    )
    targets.push(...given.targets, ...alive.map((target) => ({ ...target, time: now })))
    certificates.push(...given.certificates)
  }
  const readHints = (bytes: Uint8Array, path: string) => {
    try {
      here.push(...readValidationFile(bytes, path, ports.smallDigest))
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
    }
  }
  for (const { path } of tree.entries.filter(({ path: each }) => /^(?:seal|record\/validation)\//.test(each))) {
    const place = layoutRole(path)
    const isSigned = place?.role === 'signature' || place?.role === 'token' || place?.role === 'level-token'
    if (!isSigned && place?.role !== 'validation-hint') continue
    const bytes = await tree.read(path, isSigned ? LIMITS.cmsBytes : LIMITS.crlBytes)
    if (!isSigned) readHints(bytes, path)
    else if (place.role === 'signature') signatures.push(bytes)
    else {
      const signers = await tokenSigners(bytes, answerPorts())
      if (signers.latest !== null) moments.push(signers.latest)
      add(signers)
    }
    if (!isSigned) continue
    const inside = revocationInFile(path, bytes, place.role === 'signature' ? 'signature' : 'token')
    for (const { bytes: each } of inside) if (each !== null) readHints(each, path)
  }
  const latest = latestOf(moments) ?? null
  // Those who approved signed in this bundle too, and are judged at the time of its seal.
  if (tree.byPath.has(AUTHORISATION)) {
    const approvals = authorisationFileSignatures(await tree.read(AUTHORISATION, LIMITS.authorisationBytes))
    add(await approversOf(approvals, latest ?? now))
  }
  for (const bytes of signatures) add(await signatureSigners(bytes, latest ?? now, answerPorts()))
  return { targets, certificates, here, latest }
}
