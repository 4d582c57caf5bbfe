import { integer, listOf, object, orNull, type Shape } from '../json/shape.ts'
import { LIMITS } from '../model/limits.ts'
import { NOTICE_SHAPE, type NoticeEventType, type NoticeStatement } from '../statements/notice.ts'
import type { NoticeContextFacts, NoticeFacts, NoticesFacts } from '../statements/notice-facts.ts'
import { CHECKPOINT_FACTS } from './history-shape.ts'
import { codes, count, PARSE_FAILURE, sha256, suchThat } from './parts.ts'
import { CMS_FACTS, POOLED_CERTIFICATE } from './signature-shape.ts'

const SIDE = codes<NoticeContextFacts['seal'] & NoticeContextFacts['log']>({ same: true, differs: true, unknown: true })

const NOTICE_CONTEXT = object<NoticeContextFacts>({
  seal: SIDE,
  log: SIDE,
  consistency: codes<NoticeContextFacts['consistency']>({ holds: true, differs: true, unknown: true }),
  items: codes<NoticeContextFacts['items']>({ within: true, beyond: true, unknown: true }),
  event: orNull(
    object<NonNullable<NoticeContextFacts['event']>>({
      state: codes<'included' | 'not-included'>({ included: true, 'not-included': true }),
      seq: count,
      type: codes<NoticeEventType>({ 'consent-withdrawal': true, deaccession: true, export: true, redaction: true }),
    }),
  ),
  checkpoint: CHECKPOINT_FACTS,
})

const NOTICE = object<NoticeFacts>({
  sha256,
  bytes: integer(0),
  state: codes<NoticeFacts['state']>({ read: true, malformed: true, 'unknown-version': true, limit: true }),
  failure: orNull(PARSE_FAILURE),
  statement: orNull(NOTICE_SHAPE as Shape<NoticeStatement>),
  about: orNull(
    codes<NonNullable<NoticeFacts['about']>>({ 'this-bundle': true, 'other-bundle': true, 'not-comparable': true }),
  ),
  context: orNull(NOTICE_CONTEXT),
  cmsFailure: orNull(PARSE_FAILURE),
  cms: orNull(CMS_FACTS),
})

/** What was read has what was read of it, and what was not has nothing. */
function isOfItsState({ state, failure, statement, about, context }: NoticeFacts): boolean {
  const isRead = state === 'read'
  if (isRead !== (failure === null) || isRead !== (statement !== null) || isRead !== (about !== null)) return false
  return (about === 'this-bundle') === (context !== null)
}

/** Those beyond what one run examines are listed too. */
export const NOTICES_FACTS: Shape<NoticesFacts> = object<NoticesFacts>({
  files: listOf(suchThat(NOTICE, 'the members of its state, and no others', isOfItsState)),
  certificates: listOf(POOLED_CERTIFICATE, { maximum: LIMITS.certificatesInPool }),
})
