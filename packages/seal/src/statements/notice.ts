import {
  encodeUtf8,
  fromBase64,
  type Instant,
  lineDigest,
  NOTICE_EVENT_TYPES,
  type NoticeCode,
  type NoticeKind,
  type NoticeStatement,
  noticeFile,
  noticeStatement,
  ParseError,
  parseCheckpoint,
  parseInstant,
  parseNotice,
  type SmallDigest,
  toHex,
} from '@probatum/core'
import { type CustodyLog, type LoggedLine, typeOfLine } from '../custody-log/custody-log.ts'
import { LogTree } from '../custody-log/custody-log-tree.ts'
import { type SealDigest, smallDigest } from '../digest.ts'
import type { SigningKey } from '../keys/signing-key.ts'
import { signDetached } from '../signatures/sign-detached.ts'

/** What was asked for would be no notice that anybody can believe: a mistake of the caller. Its message says which. */
export class NoticeRefused extends Error {
  override readonly name = 'NoticeRefused'
}

/** A bundle that a notice is to be about. */
export interface BundleOfNotice {
  /** Bundle id and seal id, hex. */
  readonly bundle: string
  readonly seal: string
  /** Items that the bundle has lines of. */
  readonly itemCount: number
  /** Size in its checkpoint, and the root there, hex; null where only the size is known. */
  readonly size: number
  readonly root: string | null
}

/** What a notice says (docs/spec/notice-1.md, section 2). */
export interface NoticeInput {
  readonly custody: CustodyLog
  /** The checkpoint to be shown: the signed note of one that the log keeps, or a new one. */
  readonly checkpoint: Uint8Array
  readonly bundles: readonly BundleOfNotice[]
  readonly kind: NoticeKind
  readonly code: NoticeCode
  /** RFC 3339 time in UTC. */
  readonly date: string
  /** Positions, from 0; null for everything in the bundles. */
  readonly items: readonly number[] | null
  readonly replacement: string | null
  /** Position of the log's line that records it; null to show none. */
  readonly event: number | null
  /** For lines and tree nodes. Default: JavaScript alone. */
  readonly smallDigest?: SmallDigest
}

/** Who signs a notice or receipt. */
export interface StatementSigner {
  readonly key: SigningKey
  /** DER: the signer's first, no root. */
  readonly certificates: readonly Uint8Array[]
  readonly digest?: SealDigest
}

const HEX_64 = /^[0-9a-f]{64}$/

/**
 * What a notice says, with its proofs, before it is signed.
 * Throws NoticeRefused for ids that are none, items beyond a bundle, an event that the log has not or that is of another
 * type, and a bundle or checkpoint that is not of this log.
 */
export async function prepareNotice(input: NoticeInput): Promise<NoticeStatement> {
  const { custody, items, replacement } = input
  const digest = input.smallDigest ?? smallDigest
  if (input.bundles.length === 0) throw new NoticeRefused('a notice is about a bundle at least')
  const bundles = [...input.bundles].sort((a, b) => (a.bundle < b.bundle ? -1 : 1))
  for (const [at, { bundle, seal }] of bundles.entries()) {
    if (!HEX_64.test(bundle)) throw new NoticeRefused(`a bundle id is 64 hexadecimal digits, lower case: ${bundle}`)
    if (!HEX_64.test(seal)) throw new NoticeRefused(`a seal id is 64 hexadecimal digits, lower case: ${seal}`)
    if (bundles[at - 1]?.bundle === bundle) throw new NoticeRefused(`a bundle was named twice: ${bundle}`)
  }
  if (replacement !== null && !HEX_64.test(replacement))
    throw new NoticeRefused(`a bundle id is 64 hexadecimal digits, lower case: ${replacement}`)
  if (replacement !== null && input.kind !== 'superseded')
    throw new NoticeRefused('only what is superseded has something in its place')
  const positions = items === null ? null : [...new Set(items)].sort((a, b) => a - b)
  const last = positions?.at(-1) ?? 0
  const short = bundles.find(({ itemCount }) => positions !== null && last >= itemCount)
  if (short !== undefined)
    throw new NoticeRefused(`item ${last} is beyond the bundle ${short.bundle}, which has ${short.itemCount}`)
  if (parseInstant(input.date) === undefined || input.date.length <= 10)
    throw new NoticeRefused(`no time in UTC: ${input.date}`)

  const { size, root, origin } = readNote(input.checkpoint)
  if (origin !== custody.origin) throw new NoticeRefused('the checkpoint is that of another log')
  const tree = new LogTree(digest)
  let event: LoggedLine | null = null
  for await (const line of custody.lines('custody.jsonl')) {
    if (line.seq >= size) break
    tree.append(lineDigest(encodeUtf8(line.text), digest))
    if (line.seq === input.event) event = line
  }
  if (tree.size < size || toHex(tree.root()) !== root) throw new NoticeRefused('the checkpoint is not of this log')
  return {
    bundles: bundles.map((one) => ({
      bundle: one.bundle,
      consistencyPath: consistencyFrom(one, tree),
      seal: one.seal,
      size: one.size,
    })),
    checkpoint: new TextDecoder().decode(input.checkpoint),
    code: input.code,
    date: input.date,
    event: input.event === null ? null : shownEvent(input.event, event, tree),
    items: positions,
    kind: input.kind,
    log: { id: custody.id, origin },
    replacement,
    statement: 'probatum/notice/1',
  }
}

function readNote(note: Uint8Array) {
  try {
    return parseCheckpoint(note, 'checkpoint')
  } catch (error) {
    if (error instanceof ParseError) throw new NoticeRefused('the checkpoint is not in form')
    throw error
  }
}

function consistencyFrom({ bundle, size, root }: BundleOfNotice, tree: LogTree): string[] {
  if (size < 1 || size > tree.size)
    throw new NoticeRefused(
      `the checkpoint is older than the bundle ${bundle}, whose log has ${size} lines: sign a new one`,
    )
  if (root !== null && toHex(tree.root(size)) !== root)
    throw new NoticeRefused(`the bundle ${bundle} is not of this log`)
  return tree.consistencyPath(size).map(toHex)
}

function shownEvent(seq: number, line: LoggedLine | null, tree: LogTree): NonNullable<NoticeStatement['event']> {
  if (line === null) throw new NoticeRefused(`the checkpoint has no line ${seq}: sign a new one`)
  const type = typeOfLine(line)
  if (!NOTICE_EVENT_TYPES.some((one) => one === type))
    throw new NoticeRefused(`line ${seq} is of the type ${type}; a notice shows ${NOTICE_EVENT_TYPES.join(', ')}`)
  return { line: line.text, path: tree.inclusionPath(seq).map(toHex) }
}

/** Signs a notice: the file that is sent. */
export async function signNotice(
  notice: NoticeStatement,
  { key, certificates, digest = 'sha256' }: StatementSigner,
  signingTime: Instant,
): Promise<Uint8Array> {
  const content = noticeStatement(notice)
  const cms = await signDetached({ content, certificates, privateKey: key, signingTime, digest })
  const file = noticeFile(notice, cms)
  // What is written is what is read.
  parseNotice(file)
  return file
}

/** The last checkpoint that a log keeps, as it was signed; undefined before the first. */
export function lastCheckpoint({ checkpoints }: Pick<CustodyLog, 'checkpoints'>): Uint8Array | undefined {
  const last = checkpoints.at(-1)
  return last === undefined ? undefined : fromBase64(last.note)
}
