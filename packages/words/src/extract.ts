import type { Report } from '@probatum/core'
import { escapeForDisplay } from './escape-for-display.ts'
import { groupDigits } from './layout.ts'
import { verdictLabel } from './verdict.ts'

/** Why an item was not verified, or not taken out. */
export type ItemDoubt =
  | 'mismatch'
  | 'unreadable'
  | 'unlisted'
  | 'not-compared'
  | 'weak-digest'
  | 'missing'
  | 'list-altered'
  | 'seal-contradicted'
  | 'no-item'
  | 'item-differs'
  | 'several-items'
  | 'changed-while-copied'

export const ITEM_DOUBTS: Readonly<Record<ItemDoubt, string>> = {
  mismatch: 'its bytes are not those that a manifest lists',
  unreadable: 'it could not be read',
  unlisted: 'a manifest does not list it',
  'not-compared': 'it was not compared under every manifest',
  'weak-digest':
    'it was compared under a weak digest alone (MD5 or SHA-1), under which another file can be made to agree',
  missing: 'it is not in this copy',
  'list-altered': 'the lists that name the files are not those that were sealed',
  'seal-contradicted': 'a signature of the bundle is contradicted',
  'no-item': 'no item opens its path, digest and size',
  'item-differs': 'its item names another digest or size',
  'several-items': 'several items claim it',
  'changed-while-copied': 'it changed while it was copied, and the copy was thrown away',
}

/** What was taken out of a bundle, or not. Plain data: the file extracted.json. */
export interface Extraction {
  readonly extracted: 'probatum/extracted/1-draft'
  /** Null when the whole is TOTAL-PASSED. */
  readonly warning: string | null
  readonly indication: Report['body']['assessment']['indication']
  readonly bundleId: string | null
  /** SHA-256 of the content. */
  readonly content: string
  readonly policy: Report['body']['policy']
  readonly trustSet: string | null
  readonly validationTime: string
  readonly report: string
  readonly items: readonly ExtractedItem[]
  readonly notExtracted: readonly {
    readonly item: number | null
    readonly path: string
    readonly doubts: readonly ItemDoubt[]
  }[]
  /** Items of the log that are withheld, or whose file is. */
  readonly withheld: number
}

export interface ExtractedItem {
  readonly item: number | null
  /** In the bundle. */
  readonly path: string
  /** Below the target. */
  readonly name: string
  /** `original`; `escaped` by the written rule, or with a mark because another item has it; `default`: closed, or too long. */
  readonly naming: 'original' | 'escaped' | 'default'
  readonly sha256: string
  readonly size: number
  readonly state: 'verified' | 'NOT-VERIFIED'
  readonly doubts: readonly ItemDoubt[]
}

/** What stands above everything else when the whole did not pass. */
export function extractionWarning(report: Report): string | null {
  const { indication } = report.body.assessment
  if (indication === 'TOTAL-PASSED') return null
  const isWeak = report.body.findings.some(({ id, reason }) => id === 'payload.coverage' && reason === 'weak-digest')
  if (isWeak && indication !== 'TOTAL-FAILED')
    return 'NOTE: the files were compared under a weak digest alone. They are not called verified: they agree with their list under it, and another file can be made to agree, too; who made that list, and when, is not shown.'
  return indication === 'TOTAL-FAILED'
    ? 'WARNING: the bundle as a whole does NOT hold: something in it contradicts what was sealed. What is called verified here has the bytes that its list names; read the report before you rely on any of it.'
    : 'NOTE: the bundle as a whole is neither proved nor contradicted. What is called verified here has the bytes that its list names; who made that list, and when, is not shown.'
}

/** The file EXTRACTED.txt. */
export function renderExtraction(extraction: Extraction, report: Report): string {
  const { warning, items, notExtracted, withheld } = extraction
  const unverified = items.filter(({ state }) => state === 'NOT-VERIFIED')
  return [
    ...(warning === null ? [] : [warning, '']),
    'What was taken out of a sealed bundle',
    '',
    `verdict over the whole  ${verdictLabel(report)}`,
    `bundle id               ${extraction.bundleId ?? 'none'}`,
    `content                 ${extraction.content}`,
    `policy                  ${extraction.policy.id} ${extraction.policy.sha256}`,
    `trust set               ${extraction.trustSet ?? 'none'}`,
    `as of                   ${extraction.validationTime}`,
    '',
    `${groupDigits(items.length - unverified.length)} verified, ${groupDigits(unverified.length)} NOT verified and taken out because they were asked for, ${groupDigits(notExtracted.length)} not taken out, ${groupDigits(withheld)} withheld.`,
    'The copies are checked again with: sha256sum -c extracted-sha256.txt',
    'In names, % and two digits stand for one octet that could do harm in a file name.',
    '',
    ...items.map(
      ({ item, name, state, doubts }) =>
        `${state === 'verified' ? '' : 'NOT VERIFIED: '}item ${item ?? '?'}  ${escapeForDisplay(name)}${sayDoubts(doubts)}`,
    ),
    ...(notExtracted.length === 0 ? [] : ['', 'Not taken out:']),
    ...notExtracted.map(
      ({ item, path, doubts }) => `item ${item ?? '?'}  ${escapeForDisplay(path)}${sayDoubts(doubts)}`,
    ),
    '',
  ].join('\n')
}

function sayDoubts(doubts: readonly ItemDoubt[]): string {
  return doubts.length === 0 ? '' : ` (${doubts.map((doubt) => ITEM_DOUBTS[doubt]).join('; ')})`
}
