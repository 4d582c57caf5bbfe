import type { LevelFacts, RenewalFacts, SumsFacts, UnlistedFile, UnmatchedLine } from '../bundle/level-facts.ts'
import { integer, listOf, object, orNull } from '../json/shape.ts'
import { LIMITS } from '../model/limits.ts'
import { anyText, COUNTS_BY_CODE, codes, count, hexText, listedOf, suchThat } from './parts.ts'
import { TOKEN_FACTS } from './signature-shape.ts'

const UNMATCHED = object<UnmatchedLine>({
  path: anyText,
  code: codes<UnmatchedLine['code']>({ mismatch: true, missing: true, unreadable: true, 'own-level': true }),
  expected: orNull(hexText),
  found: orNull(hexText),
})

const UNLISTED = object<UnlistedFile>({
  path: anyText,
  code: codes<UnlistedFile['code']>({ seal: true, 'tag-manifest': true, hint: true, file: true }),
})

const SUMS = object<SumsFacts>({
  path: anyText,
  state: codes<SumsFacts['state']>({ read: true, absent: true, unreadable: true, 'too-large': true }),
  lines: count,
  problems: COUNTS_BY_CODE,
  matched: count,
  notCompared: count,
  unmatched: listedOf(UNMATCHED),
  unlisted: listedOf(UNLISTED),
  covers: listOf(anyText, { maximum: LIMITS.sealFiles }),
})

const LEVEL = object<LevelFacts>({
  level: integer(2),
  misplaced: listOf(anyText, { maximum: LIMITS.sealFiles }),
  sums: SUMS,
  tokens: listOf(TOKEN_FACTS, { maximum: LIMITS.sealFiles }),
})

export const RENEWAL_FACTS = object<RenewalFacts>({
  levels: suchThat(listOf(LEVEL, { maximum: LIMITS.sealLevels }), 'levels by number, each once', (levels) =>
    levels.every(({ level }, index) => index === 0 || level > (levels[index - 1]?.level ?? 0)),
  ),
  omitted: count,
})
