import type { BagFacts, ManifestFacts } from '../bundle/bag-facts.ts'
import type { Evidence, Exception, Finding } from '../model/finding.ts'
import { formatInstant } from '../model/instant.ts'
import { type BagContext, isStrongAt, isStrongDigest, manifestsOf, unreadManifests } from './bag-context.ts'
import { BAG, one, summarise, type Trouble } from './bag-summary.ts'
import { notRead } from './payload.ts'

/** Are the manifests' digests known here, and is there one that counts for payload and for tag files? */
export function checkManifestAlgorithm(facts: BagFacts, context: BagContext): Finding {
  const id = 'manifest.algorithm'
  const { policy, validationTime, provedBy = null } = context
  if (facts.manifests.length === 0) return one(id, 'INDETERMINATE', 'no-manifest')
  const unsupported = facts.manifests.filter(({ algorithm }) => algorithm === null)
  const weak: ManifestFacts[] = []
  let besideStrong = false
  let renewed = false
  for (const kind of ['payload', 'tag'] as const) {
    const known = manifestsOf(facts, kind).filter(({ algorithm }) => algorithm !== null)
    const isWeak = ({ algorithm }: ManifestFacts) => algorithm !== null && !isStrongDigest(algorithm, context)
    if (known.every(isWeak)) weak.push(...known)
    else {
      besideStrong ||= known.some(isWeak)
      renewed ||= !known.some(({ algorithm }) => algorithm !== null && isStrongAt(algorithm, validationTime, policy))
    }
  }
  return summarise(id, {
    subject: BAG,
    troubles: [manifestTrouble(unsupported, 'unsupported-algorithm'), manifestTrouble(weak, 'weak-digest')],
    otherwise: {
      value: 'PASSED',
      ...(renewed ? { reason: 'renewed' } : besideStrong ? { reason: 'weak-beside-strong' } : {}),
    },
    ...(renewed && provedBy ? { evidence: [{ name: 'renewed', found: formatInstant(provedBy) }] } : {}),
  })
}

function manifestTrouble(manifests: readonly ManifestFacts[], reason: string): Trouble {
  return {
    value: 'INDETERMINATE',
    reason,
    count: manifests.length,
    exceptions: manifests.map(({ path, algorithmName }) => ({
      path,
      value: 'INDETERMINATE',
      reason,
      found: algorithmName,
    })),
  }
}

/** RFC 8493 §2.1.3: at least one payload manifest. A native bundle has SHA-256 manifests, and SHA-512 as a pair. */
export function checkManifestPresent(facts: BagFacts, { native }: BagContext): Finding {
  const has = (path: string) => facts.manifests.some((manifest) => manifest.path === path)
  const wanted: string[] = []
  if (native) {
    wanted.push('manifest-sha256.txt', 'tagmanifest-sha256.txt')
    if (has('manifest-sha512.txt') || has('tagmanifest-sha512.txt')) {
      wanted.push('manifest-sha512.txt', 'tagmanifest-sha512.txt')
    }
  }
  const missing: Evidence[] = wanted.filter((path) => !has(path)).map((path) => ({ name: path, missing: 'manifest' }))
  if (missing.length === 0 && manifestsOf(facts, 'payload').length === 0) {
    missing.push({ name: 'manifest', missing: 'payload-manifest' })
  }
  return missing.length === 0
    ? one('manifest.present', 'PASSED')
    : one('manifest.present', 'INDETERMINATE', 'missing', missing)
}

/** Does every line say what RFC 8493 §2.1.3 lets it say; in a native bundle, in the one form there is? */
export function checkManifestSyntax(facts: BagFacts, { native }: BagContext): Finding {
  const id = 'manifest.syntax'
  if (facts.manifests.length === 0) return one(id, 'INDETERMINATE', 'no-manifest')
  const read = facts.manifests.filter(({ state }) => state === 'read')
  const unread = [...unreadManifests(facts, 'payload'), ...unreadManifests(facts, 'tag')]
  // A native bundle may carry no other manifests than these; what else is there is judged as layout.
  const foreignForm = native ? read.filter(({ nativeForm }) => !nativeForm) : []
  const malformed = read.filter(({ problems }) => problems.count > 0)
  const exceptions = malformed.flatMap((manifest) =>
    manifest.problems.first.map(({ line, code }): Exception => {
      return { path: manifest.path, value: 'INDETERMINATE', reason: code, at: `line ${line}` }
    }),
  )
  const leniencies = read.flatMap(({ path, leniencies }) =>
    Object.entries(leniencies).map(([code, count]): Evidence => ({ name: code, found: `${path}: ${count}` })),
  )
  return summarise(id, {
    subject: BAG,
    troubles: [
      {
        value: 'FAILED',
        reason: 'not-native-form',
        count: foreignForm.length,
        exceptions: foreignForm.map(({ path }) => ({ path, value: 'FAILED', reason: 'not-native-form' })),
      },
      {
        value: 'INDETERMINATE',
        reason: 'malformed',
        count: malformed.reduce((sum, { problems }) => sum + problems.count, 0),
        exceptions,
      },
      notRead(unread),
    ],
    otherwise: leniencies.length > 0 ? { value: 'PASSED', reason: 'loose' } : { value: 'PASSED' },
    counts: { manifests: facts.manifests.length },
    evidence: leniencies,
  })
}

/** Does every manifest speak of a path once, and is there one manifest for each algorithm (RFC 8493 §2.1.3)? */
export function checkManifestUnique(facts: BagFacts): Finding {
  const id = 'manifest.unique'
  if (facts.manifests.length === 0) return one(id, 'INDETERMINATE', 'no-manifest')
  const contradictory: Exception[] = []
  let contradictions = 0
  let repeated = 0
  const repeats: Evidence[] = []
  for (const { path: manifest, duplicates } of facts.manifests) {
    contradictions += duplicates.by.contradictory ?? 0
    repeated += duplicates.by.repeated ?? 0
    for (const { path, code } of duplicates.first) {
      if (code === 'contradictory') contradictory.push({ path, value: 'FAILED', reason: code, found: manifest })
      else if (repeats.length < 20) repeats.push({ name: 'repeated', found: path, expected: manifest })
    }
  }
  const twins = facts.manifests.filter((manifest) =>
    facts.manifests.some(
      (other) =>
        other.path !== manifest.path &&
        other.kind === manifest.kind &&
        other.algorithm !== null &&
        other.algorithm === manifest.algorithm,
    ),
  )
  return summarise(id, {
    subject: BAG,
    troubles: [
      { value: 'FAILED', reason: 'contradictory', count: contradictions, exceptions: contradictory },
      manifestTrouble(twins, 'same-algorithm'),
    ],
    otherwise: repeated > 0 ? { value: 'PASSED', reason: 'repeated' } : { value: 'PASSED' },
    counts: { contradictory: contradictions, repeated },
    evidence: repeats,
  })
}
