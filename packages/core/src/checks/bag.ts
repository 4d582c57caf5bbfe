import { versionClass } from '../bundle/bag-declaration.ts'
import { type BagFacts, type InfoProblem, infoValues } from '../bundle/bag-facts.ts'
import type { Evidence, Finding } from '../model/finding.ts'
import type { BagContext } from './bag-context.ts'
import { one, summarise, troubleOf } from './bag-summary.ts'
import { checkFileLeftover, checkFileRegular } from './file.ts'
import { checkManifestAlgorithm, checkManifestPresent, checkManifestSyntax, checkManifestUnique } from './manifest.ts'
import { checkPathCollision, checkPathSafe } from './path.ts'
import {
  checkPayloadContainerAgrees,
  checkPayloadCoverage,
  checkPayloadDigest,
  checkPayloadListed,
  checkPayloadNotEmpty,
  checkPayloadOxum,
  checkPayloadPresent,
  checkPayloadReadable,
  isInfoUnread,
} from './payload.ts'
import { checkTagDigest, checkTagListed, checkTagPresent } from './tag.ts'

/** Judges the facts of a bag: every finding on bytes and completeness of RFC 8493, in the catalogue's order. */
export function checkBag(facts: BagFacts, context: BagContext): Finding[] {
  return [
    ...checkPayloadDigest(facts),
    checkPayloadCoverage(facts, context),
    checkPayloadReadable(facts),
    checkPayloadContainerAgrees(facts, context),
    ...checkTagDigest(facts, context),
    checkManifestAlgorithm(facts, context),
    checkBagDeclaration(facts),
    checkBagVersion(facts, context),
    checkBagInfo(facts, context),
    checkBagFetch(facts, context),
    checkBagPart(facts, context),
    checkPayloadOxum(facts, context),
    checkPayloadPresent(facts, context),
    checkPayloadListed(facts),
    checkPayloadNotEmpty(facts),
    checkManifestPresent(facts, context),
    checkManifestSyntax(facts, context),
    checkManifestUnique(facts),
    checkPathSafe(facts),
    checkPathCollision(facts),
    checkTagPresent(facts, context),
    checkTagListed(facts, context),
    checkFileRegular(facts, context),
    checkFileLeftover(context),
  ]
}

/** Is bagit.txt what RFC 8493 §2.1.1 says? Without it nothing says by which rules the rest is to be read. */
export function checkBagDeclaration(facts: BagFacts): Finding {
  const id = 'bag.declaration'
  const { state, encoding, problems } = facts.declaration
  const subject = { kind: 'tag-file', name: 'bagit.txt' } as const
  if (state === 'absent') {
    return one(id, 'INDETERMINATE', 'missing', [{ name: 'bagit.txt', missing: 'bag-declaration' }], subject)
  }
  if (state === 'unreadable' || state === 'too-large') return one(id, 'INDETERMINATE', 'unreadable', [], subject)
  const evidence: Evidence[] = problems.map((problem) => ({ name: 'problem', found: problem }))
  // Before 1.0 the form was given by example; spaces more or less leave the meaning certain.
  const isOlder = ['old', 'draft'].includes(versionClass(facts.declaration))
  const forgiven = problems.filter((problem) => isOlder && problem === 'whitespace')
  const severe = problems.filter((problem) => !forgiven.includes(problem) && problem !== 'encoding-unsupported')
  if (severe.length > 0 || state !== 'read') return one(id, 'INDETERMINATE', 'malformed', evidence, subject)
  if (problems.includes('encoding-unsupported')) {
    const found = encoding ?? ''
    return one(id, 'INDETERMINATE', 'unsupported-encoding', [{ name: 'Tag-File-Character-Encoding', found }], subject)
  }
  return forgiven.length > 0 ? one(id, 'PASSED', 'loose', evidence, subject) : one(id, 'PASSED', undefined, [], subject)
}

/** Is the version known here, and does the policy take it? */
export function checkBagVersion(facts: BagFacts, { native, policy }: BagContext): Finding {
  const id = 'bag.version'
  const found = facts.declaration.version
  const subject = { kind: 'tag-file', name: 'bagit.txt' } as const
  const evidence = found === null ? [] : [{ name: 'BagIt-Version', found }]
  const version = versionClass(facts.declaration)
  if (version === 'not-stated') return one(id, 'INDETERMINATE', 'not-stated', evidence, subject)
  if (version === 'unknown') return one(id, 'INDETERMINATE', 'unknown-version', evidence, subject)
  if (native && version !== 'current') return one(id, 'INDETERMINATE', 'native-version', evidence, subject)
  if (version === 'old') {
    const value = policy.strict.oldBagVersions === 'allowed' ? 'PASSED' : 'INDETERMINATE'
    return one(id, value, 'old-version', evidence, subject)
  }
  return one(id, 'PASSED', undefined, evidence, subject)
}

const LOOSE_INFO: readonly InfoProblem[] = ['space-before-colon', 'byte-order-mark']

/** Can bag-info.txt be read to the last line (RFC 8493 §2.2.2)? A bag need not have one. */
export function checkBagInfo(facts: BagFacts, { native }: BagContext): Finding {
  const id = 'bag.info'
  const { path, state, problems } = facts.info
  if (path === null) {
    return native
      ? one(id, 'INDETERMINATE', 'missing', [{ name: 'bag-info.txt', missing: 'bag-info' }])
      : one(id, 'PASSED', 'absent')
  }
  const subject = { kind: 'tag-file', name: path } as const
  if (state !== 'read') return one(id, 'INDETERMINATE', 'unreadable', [{ name: 'state', found: state }], subject)
  const evidence = problems.slice(0, 20).map(({ line, code }) => ({ name: code, found: `line ${line}` }))
  if (problems.length === 0) return one(id, 'PASSED', undefined, [], subject)
  // These leave label and value certain. A native bundle is written by one program in one form.
  const isLoose = !native && problems.every(({ code }) => LOOSE_INFO.includes(code))
  return isLoose
    ? one(id, 'PASSED', 'loose', evidence, subject)
    : one(id, 'INDETERMINATE', 'malformed', evidence, subject)
}

/** What does fetch.txt leave to be had elsewhere (RFC 8493 §2.2.3)? Nothing is ever fetched. */
export function checkBagFetch(facts: BagFacts, { native }: BagContext): Finding {
  const id = 'bag.fetch'
  const { fetch } = facts
  if (fetch.state === 'absent') return one(id, 'PASSED', 'no-fetch')
  const subject = { kind: 'tag-file', name: 'fetch.txt' } as const
  if (native) return one(id, 'FAILED', 'not-allowed', [], subject)
  if (fetch.state !== 'read')
    return one(id, 'INDETERMINATE', 'unreadable', [{ name: 'state', found: fetch.state }], subject)
  const codes = (reason: string) => () => ({ reason })
  const absent = { ...fetch.absent, first: fetch.absent.first.map(({ path }) => ({ path, code: 'absent' })) }
  const unlisted = { ...fetch.unlisted, first: fetch.unlisted.first.map(({ path }) => ({ path, code: 'unlisted' })) }
  return summarise(id, {
    subject,
    troubles: [
      troubleOf(absent, ['absent'], 'INDETERMINATE', 'not-fetched', codes('not-fetched')),
      troubleOf(unlisted, ['unlisted'], 'INDETERMINATE', 'not-listed', codes('not-listed')),
      { value: 'INDETERMINATE', reason: 'malformed', count: fetch.malformed, exceptions: [] },
    ],
    otherwise: { value: 'PASSED', reason: 'already-here' },
    counts: { entries: fetch.entries, malformed: fetch.malformed },
  })
}

/** Does the bag call itself one of several (RFC 8493 §2.2.2)? The others are not looked at here. */
export function checkBagPart(facts: BagFacts, { part }: BagContext): Finding {
  const id = 'bag.part'
  const group = infoValues(facts.info, 'Bag-Group-Identifier')
  const count = infoValues(facts.info, 'Bag-Count')
  const evidence: Evidence[] = [
    ...group.map((found) => ({ name: 'Bag-Group-Identifier', found })),
    ...count.map((found) => ({ name: 'Bag-Count', found })),
  ]
  const numbers = count.map((value) => /^([1-9][0-9]{0,8}) of ([1-9][0-9]{0,8}|\?)$/.exec(value))
  // The label is for people: what is not a number says nothing, the fifth of three contradicts itself.
  const isWrong = numbers.some((match) => match !== null && match[2] !== '?' && Number(match[1]) > Number(match[2]))
  if (isWrong) return one(id, 'INDETERMINATE', 'malformed', evidence)
  if (group.length > 0 || count.length > 0) return one(id, 'NOT-CHECKED', 'part-of-group', evidence)
  if (part) return one(id, 'NOT-CHECKED', 'declared-part')
  return one(id, 'NOT-CHECKED', isInfoUnread(facts) ? 'info-not-read' : 'no-group')
}
