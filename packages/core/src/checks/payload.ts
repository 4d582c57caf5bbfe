import {
  type BagFacts,
  infoValues,
  type ManifestFacts,
  type MissingFacts,
  type UnlistedFacts,
  type UnmatchedFacts,
} from '../bundle/bag-facts.ts'
import type { Exception, Finding } from '../model/finding.ts'
import { type BagContext, hasUnreadLines, isStrongDigest, manifestsOf, unreadManifests } from './bag-context.ts'
import { BAG, one, summarise, type Trouble, troubleOf } from './bag-summary.ts'

/** One finding for each payload manifest. Absent files are not its question: it speaks of the bytes that are here. */
export function checkPayloadDigest(facts: BagFacts): readonly Finding[] {
  const manifests = manifestsOf(facts, 'payload')
  if (manifests.length === 0) {
    return [one('payload.digest', 'INDETERMINATE', 'no-manifest', [{ name: 'manifest', missing: 'payload-manifest' }])]
  }
  return manifests.map((manifest) => checkManifestDigests('payload.digest', manifest))
}

export function checkManifestDigests(id: 'payload.digest' | 'tag.digest', manifest: ManifestFacts): Finding {
  const subject = { kind: 'manifest', name: manifest.path } as const
  const algorithm = [{ name: 'algorithm', found: manifest.algorithmName }]
  if (manifest.state !== 'read') return one(id, 'INDETERMINATE', 'manifest-not-read', [], subject)
  if (manifest.algorithm === null) return one(id, 'INDETERMINATE', 'unsupported-algorithm', algorithm, subject)
  if (!manifest.asked) return one(id, 'NOT-CHECKED', 'not-asked', algorithm, subject)
  const { by } = manifest.unmatched
  const compared = manifest.matched + (by.mismatch ?? 0)
  return summarise(id, {
    subject,
    troubles: [
      troubleOf(manifest.unmatched, ['mismatch'], 'FAILED', 'mismatch', sidesOf),
      troubleOf(manifest.unmatched, ['unreadable'], 'INDETERMINATE', 'unreadable'),
      troubleOf(manifest.unmatched, ['malformed-digest'], 'INDETERMINATE', 'malformed-digest'),
    ],
    // Nothing listed is here, or nothing is listed: nothing was compared, and that is no pass. What is here and could not be
    // compared says so itself.
    otherwise:
      compared > 0 || manifest.unmatched.count > 0
        ? { value: 'PASSED' }
        : { value: 'INDETERMINATE', reason: 'nothing-compared' },
    counts: {
      passed: manifest.matched,
      failed: by.mismatch ?? 0,
      indeterminate: manifest.unmatched.count - (by.mismatch ?? 0),
    },
    evidence: algorithm,
  })
}

function sidesOf({ expected, found, diagnosis }: UnmatchedFacts): Partial<Exception> {
  return {
    ...(expected === null ? {} : { expected }),
    ...(found === null ? {} : { found }),
    ...(diagnosis === null
      ? {}
      : {
          diagnosis: {
            id: diagnosis.id,
            ...(diagnosis.at === null ? {} : { at: diagnosis.at }),
            ...(diagnosis.path === null ? {} : { path: diagnosis.path }),
          },
        }),
  }
}

/** Was every payload file compared under a digest that counts, and under each that the policy wants? */
export function checkPayloadCoverage(facts: BagFacts, context: BagContext): Finding {
  if (facts.payload.files === 0) return one('payload.coverage', 'INDETERMINATE', 'no-payload')
  const troubles: Trouble[] = []
  const counts: Record<string, number> = {}
  for (const { algorithms, files } of facts.coverage) {
    for (const algorithm of algorithms) counts[algorithm] = (counts[algorithm] ?? 0) + files.count
    const wanting = context.policy.payload.digests.filter((algorithm) => !algorithms.includes(algorithm))
    const reason =
      algorithms.length === 0
        ? 'not-compared'
        : wanting.length > 0
          ? 'required-digest'
          : algorithms.some((algorithm) => isStrongDigest(algorithm, context))
            ? undefined
            : 'weak-digest'
    if (reason === undefined) continue
    const found = algorithms.join(' ')
    troubles.push({
      value: 'INDETERMINATE',
      reason,
      count: files.count,
      exceptions: files.first.map(({ path }) => ({
        path,
        value: 'INDETERMINATE',
        reason,
        ...(wanting.length > 0 ? { expected: wanting.join(' ') } : {}),
        ...(found === '' ? {} : { found }),
      })),
    })
  }
  return summarise('payload.coverage', { subject: BAG, troubles, otherwise: { value: 'PASSED' }, counts })
}

/** What a container contradicts itself by; a limit is none. */
const DAMAGE = ['crc', 'size', 'deflate'] as const

/** Could every file be read, whatever its role? */
export function checkPayloadReadable(facts: BagFacts): Finding {
  const { unreadable } = facts
  return summarise('payload.readable', {
    subject: BAG,
    troubles: [troubleOf(unreadable, Object.keys(unreadable.by), 'INDETERMINATE', 'unreadable')],
    otherwise: facts.files > 0 ? { value: 'PASSED' } : { value: 'INDETERMINATE', reason: 'no-files' },
    counts: { passed: facts.files - unreadable.count, indeterminate: unreadable.count },
  })
}

/**
 * Does what the container says of each entry hold: its CRC, its size, its compressed form? A folder says nothing. What is
 * added under seal/ costs certainty only, in whatever state it was added.
 */
export function checkPayloadContainerAgrees(facts: BagFacts, { declaredSeal }: BagContext): Finding {
  const sides = ({ expected, found }: { expected: string; found: string }) => ({ expected, found })
  const { contradictions } = facts
  const isOutside = ({ path }: { path: string }) => !path.startsWith('seal/')
  const isSeal = (isDeclared: boolean) => (item: { path: string; code: string }) =>
    !isOutside(item) && item.code !== 'limit' && declaredSeal.has(item.path) === isDeclared
  const isDamage = (item: { path: string; code: string }) => isOutside(item) && item.code !== 'limit'
  const declared = contradictions.first.filter(isSeal(true))
  const inSeal = DAMAGE.reduce((sum, code) => sum + (contradictions.by[`seal:${code}`] ?? 0), 0)
  return summarise('payload.container-agrees', {
    subject: BAG,
    troubles: [
      troubleOf(contradictions, DAMAGE, 'FAILED', 'contradiction', sides, isDamage),
      {
        value: 'FAILED',
        reason: 'contradiction',
        count: declared.length,
        exceptions: declared.map((item) => ({ path: item.path, value: 'FAILED', reason: item.code, ...sides(item) })),
      },
      {
        ...troubleOf(contradictions, [], 'INDETERMINATE', 'undeclared', sides, isSeal(false)),
        count: inSeal - declared.length,
      },
      troubleOf(
        contradictions,
        ['limit', 'seal:limit'],
        'INDETERMINATE',
        'limit',
        sides,
        ({ code }) => code === 'limit',
      ),
    ],
    otherwise: { value: 'PASSED' },
  })
}

/** What a file says that could not be read is not known; it is not absent. */
export function isInfoUnread({ info }: BagFacts): boolean {
  return info.path !== null && info.state !== 'read'
}

/** RFC 8493 §2.2.2: octets and streams of the payload. */
export function checkPayloadOxum(facts: BagFacts, { native, part }: BagContext): Finding {
  const id = 'payload.oxum'
  const values = infoValues(facts.info, 'Payload-Oxum')
  const [value] = values
  const found = `${facts.payload.bytes}.${facts.payload.files}`
  if (value === undefined) {
    if (isInfoUnread(facts))
      return one(id, 'INDETERMINATE', 'info-not-read', [{ name: 'state', found: facts.info.state }])
    return native
      ? one(id, 'INDETERMINATE', 'missing', [{ name: 'Payload-Oxum', missing: 'Payload-Oxum' }])
      : one(id, 'NOT-CHECKED', 'absent')
  }
  const evidence = [{ name: 'Payload-Oxum', expected: value, found }]
  if (new Set(values).size > 1) return one(id, 'INDETERMINATE', 'repeated', evidence)
  const oxum = /^([0-9]{1,15})\.([0-9]{1,15})$/.exec(value)
  if (oxum === null) return one(id, 'INDETERMINATE', 'malformed', evidence)
  const bytes = Number(oxum[1])
  const files = Number(oxum[2])
  if (bytes === facts.payload.bytes && files === facts.payload.files) return one(id, 'PASSED', undefined, evidence)
  // Less than stated is explained where something is known to be elsewhere or out of sight; more never is.
  const isLess = facts.payload.bytes <= bytes && facts.payload.files < files
  const { by } = facts.missing.payload
  const more = facts.unlisted.payload.by
  // Renamed files still lie in data/, or elsewhere in the bag.
  const renamed = Math.max(0, (by.renamed ?? 0) - (more.renamed ?? 0))
  const elsewhere = (by['in-fetch'] ?? 0) + (by['unreadable-folder'] ?? 0) + (by.irregular ?? 0) + renamed
  if (isLess && part) return one(id, 'INDETERMINATE', 'part', evidence)
  if (isLess && elsewhere === files - facts.payload.files) return one(id, 'INDETERMINATE', 'not-all-here', evidence)
  // Second copies of what is listed are more, and nothing new.
  const isMore = facts.payload.bytes >= bytes && facts.payload.files > files
  if (isMore && (more.copy ?? 0) === facts.payload.files - files) return one(id, 'INDETERMINATE', 'copies', evidence)
  return one(id, 'FAILED', 'mismatch', evidence)
}

/** Is every listed payload file here? */
export function checkPayloadPresent(facts: BagFacts, context: BagContext): Finding {
  if (manifestsOf(facts, 'payload').length === 0) return one('payload.present', 'INDETERMINATE', 'no-manifest')
  return checkPresence('payload', facts, context)
}

export function checkPresence(role: 'payload' | 'tag', facts: BagFacts, { native, part }: BagContext): Finding {
  const missing = facts.missing[role]
  const absent = part ? 'INDETERMINATE' : 'FAILED'
  const unread = unreadManifests(facts, role)
  const spelled = (value: 'FAILED' | 'INDETERMINATE', reason: string, codes: readonly string[]) =>
    troubleOf(
      facts.spellings,
      codes.map((code) => `${role}:${code}`),
      value,
      reason,
      ({ found, how }) => ({ reason: `spelling-${how}`, found }),
      (item) => item.role === role && codes.includes(item.code),
    )
  const otherSpelling = facts.spellings.by[`${role}:agrees`] ?? 0
  const expectedOf = ({ manifests }: MissingFacts) => ({ expected: manifests.join(' ') })
  return summarise(`${role}.present`, {
    subject: BAG,
    troubles: [
      troubleOf(missing, ['absent'], absent, 'missing', expectedOf),
      // The names of a native bundle have one spelling: a file of another is not the listed one.
      ...(native ? [spelled(absent as 'FAILED', 'missing', ['agrees', 'unproved'])] : []),
      // The bytes are here under another name: nothing is lost, and only a person can say what the name is worth.
      troubleOf(missing, ['renamed'], 'INDETERMINATE', 'renamed', (item) => ({
        ...expectedOf(item),
        ...(item.elsewhere === undefined ? {} : { found: item.elsewhere }),
      })),
      troubleOf(missing, ['in-fetch'], 'INDETERMINATE', 'in-fetch', expectedOf),
      troubleOf(missing, ['unreadable-folder'], 'INDETERMINATE', 'unreadable-folder', expectedOf),
      troubleOf(missing, ['irregular'], 'INDETERMINATE', 'irregular', expectedOf),
      troubleOf(missing, ['ambiguous'], 'INDETERMINATE', 'other-spelling', expectedOf),
      troubleOf(missing, ['malformed'], 'INDETERMINATE', 'malformed-line', (item) => ({
        ...expectedOf(item),
        reason: 'malformed-line',
      })),
      ...(native ? [] : [spelled('INDETERMINATE', 'other-spelling', ['unproved'])]),
      notRead(unread),
    ],
    otherwise: otherSpelling > 0 && !native ? { value: 'PASSED', reason: 'other-spelling' } : { value: 'PASSED' },
    counts: { missing: missing.count, 'other-spelling': otherSpelling },
    evidence: facts.spellings.first
      .filter((spelling) => spelling.role === role && spelling.code === 'agrees' && !native)
      .slice(0, NAMED)
      .map(({ path, found, how }) => ({ name: `spelling-${how}`, expected: path, found })),
  })
}

/** Names given as evidence of a finding that passed; its counts tell how many there are. */
const NAMED = 20

export function notRead(unread: readonly ManifestFacts[]): Trouble {
  return {
    value: 'INDETERMINATE',
    reason: 'manifest-not-read',
    count: unread.length,
    exceptions: unread.map(({ path, state }) => ({ path, value: 'INDETERMINATE', reason: state })),
  }
}

/** Is every payload file listed, since 1.0 in every manifest (RFC 8493 §2.1.3)? An added file is a contradiction. */
export function checkPayloadListed(facts: BagFacts): Finding {
  const manifests = manifestsOf(facts, 'payload')
  if (manifests.length === 0) return one('payload.listed', 'INDETERMINATE', 'no-manifest')
  const unread = unreadManifests(facts, 'payload')
  const { payload } = facts.unlisted
  // What a manifest lists that could not be read is not known; so an unlisted file may be listed there, or in a line.
  const partly = hasUnreadLines(facts, 'payload')
  const open = partly ? ['nowhere', 'some'] : unread.length > 0 ? ['nowhere'] : []
  const contradicting = ['nowhere', 'some'].filter((code) => !open.includes(code))
  return summarise('payload.listed', {
    subject: BAG,
    troubles: [
      troubleOf(payload, contradicting, 'FAILED', 'unlisted'),
      ...movedTroubles(payload),
      troubleOf(payload, ['ambiguous'], 'INDETERMINATE', 'other-spelling'),
      troubleOf(payload, open, 'INDETERMINATE', 'manifest-not-read'),
      notRead(unread),
    ],
    otherwise: { value: 'PASSED' },
    counts: { files: facts.payload.files, unlisted: payload.count },
  })
}

/** Files in no list whose bytes were sealed all the same: under another name, or a second time. */
export function movedTroubles(list: BagFacts['unlisted']['payload']): Trouble[] {
  const sides = (reason: string) => (item: UnlistedFacts) => ({
    reason,
    ...(item.of === undefined ? {} : { expected: item.of }),
  })
  return [
    troubleOf(list, ['renamed'], 'INDETERMINATE', 'renamed', sides('renamed-from')),
    troubleOf(list, ['copy'], 'INDETERMINATE', 'copy', sides('copy-of')),
  ]
}

export function checkPayloadNotEmpty(facts: BagFacts): Finding {
  return facts.payload.files > 0
    ? one('payload.not-empty', 'PASSED')
    : one('payload.not-empty', 'INDETERMINATE', 'empty', [{ name: 'payload', missing: 'payload' }])
}
