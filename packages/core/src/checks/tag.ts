import type { BagFacts, UnlistedFacts } from '../bundle/bag-facts.ts'
import type { Finding } from '../model/finding.ts'
import { type BagContext, hasUnreadLines, manifestsOf, unreadManifests } from './bag-context.ts'
import { BAG, one, summarise, troubleOf } from './bag-summary.ts'
import { checkManifestDigests, checkPresence, movedTroubles, notRead } from './payload.ts'

/** One finding for each tag manifest, under every algorithm there is. */
export function checkTagDigest(facts: BagFacts, { native }: BagContext): readonly Finding[] {
  const manifests = manifestsOf(facts, 'tag')
  if (manifests.length === 0) return [noTagManifest('tag.digest', native)]
  return manifests.map((manifest) => checkManifestDigests('tag.digest', manifest))
}

/** Is every tag file that a tag manifest lists here? */
export function checkTagPresent(facts: BagFacts, context: BagContext): Finding {
  if (manifestsOf(facts, 'tag').length === 0) return noTagManifest('tag.present', context.native)
  return checkPresence('tag', facts, context)
}

function noTagManifest(id: 'tag.digest' | 'tag.present', native: boolean): Finding {
  const evidence = [{ name: 'manifest', missing: 'tag-manifest' }]
  return one(id, native ? 'INDETERMINATE' : 'NOT-CHECKED', 'no-tag-manifest', evidence)
}

/** Files named as evidence of a finding that passed; its counts tell how many there are. */
const NAMED = 20

/**
 * Is every tag file protected by the tag manifests? A native bundle has nothing outside seal/ that they do not list;
 * in any other bag RFC 8493 §2.2.1 leaves it open, and the policy decides. Unprotected files are never silent.
 */
export function checkTagListed(facts: BagFacts, { native, policy }: BagContext): Finding {
  const { tag } = facts.unlisted
  const unread = unreadManifests(facts, 'tag')
  const isSeal = (item: UnlistedFacts) => item.path.startsWith('seal/')
  const codes = ['nowhere', 'some', 'ambiguous', 'renamed', 'copy']
  const seal = codes.map((code) => `seal:${code}`)
  const count = codes.reduce((sum, code) => sum + (tag.by[code] ?? 0), 0)
  const sealCount = tag.count - count
  const refused = policy.strict.unlistedTagFiles === 'refused'
  const hasManifest = manifestsOf(facts, 'tag').length > unread.length
  const isWholeList = hasManifest && unread.length === 0 && !hasUnreadLines(facts, 'tag')
  const value = native && isWholeList ? 'FAILED' : 'INDETERMINATE'
  const troubles = native
    ? [
        troubleOf(
          tag,
          ['nowhere', 'some'],
          value,
          'unlisted',
          undefined,
          (item) => !isSeal(item) && (item.code === 'nowhere' || item.code === 'some'),
        ),
        ...movedTroubles(tag),
        troubleOf(
          tag,
          ['ambiguous'],
          'INDETERMINATE',
          'other-spelling',
          undefined,
          (item) => !isSeal(item) && item.code === 'ambiguous',
        ),
      ]
    : refused
      ? [troubleOf(tag, [...codes, ...seal], 'INDETERMINATE', 'unlisted', undefined, () => true)]
      : []
  const unprotected = native ? count : count + sealCount
  return summarise('tag.listed', {
    subject: BAG,
    troubles: [...troubles, notRead(unread)],
    otherwise: unprotected > 0 ? { value: 'PASSED', reason: 'unlisted-allowed' } : { value: 'PASSED' },
    counts: { files: facts.tagFiles, unlisted: unprotected },
    evidence:
      native || refused
        ? []
        : tag.first.slice(0, NAMED).map(({ path, code }) => ({ name: `unlisted-${code}`, found: path })),
  })
}
