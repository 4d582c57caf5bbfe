import {
  canonicalText,
  encodeUtf8,
  fromHex,
  isJsonObject,
  lineDigest,
  type NoticeStatement,
  noticeFile,
  noticeStatement,
  type SmallDigest,
  toHex,
} from '@probatum/core'
import { LogTree, makeCheckpoint, makeEventLine, seededRandom, signDetached, smallDigest } from '@probatum/seal'
import { instant } from '../testing/judgement.ts'
import { LOG_ANCHORS, LOG_KEYS } from './log-bases.ts'
import { authority, type Issued, issue, PKI } from './pki.ts'
import { type Files, fileAt, hex, text } from './seal.ts'

/** Certifies who sends notices, in the trust set `notices`. */
export const NOTICE_ROOT = await authority('Example Notices')
const OFFICE = await issue({ name: 'Example Notices Office', issuer: NOTICE_ROOT })
const RETIRED = await issue({ name: 'Example Retired Office', issuer: NOTICE_ROOT, to: '260501000000Z' })
const STRANGER = await issue({ name: 'Example Stranger', issuer: PKI.otherRoot })
const COURIER = await issue({ name: 'Example Courier', issuer: LOG_ANCHORS.handoverRoot })

const digest = smallDigest as SmallDigest
const linesOf = (files: Files) =>
  new TextDecoder().decode(fileAt(files, 'record/custody.jsonl')).split('\n').slice(0, -1)

/** The log of the bundle `custody` as it goes on: a consent withdrawn, and an access. */
function grown(custody: Files, rewritten = false) {
  const digests = linesOf(custody).map((line) => {
    const value = JSON.parse(line)
    const withheld = isJsonObject(value) && typeof value.withheld === 'string' ? value.withheld : undefined
    return withheld === undefined ? lineDigest(encodeUtf8(line), digest) : (fromHex(withheld) ?? new Uint8Array(0))
  })
  const size = digests.length
  if (rewritten) digests[1] = digest('sha256', text('another history (sample)'))
  const making = (seq: number) => ({ random: seededRandom(`vector notice event ${seq}`) })
  const withdrawal = makeEventLine(
    { seq: size, previous: digests[size - 1] ?? null },
    'consent-withdrawal',
    {},
    { time: '2026-04-20T08:00:00Z', agent: 'Example Archivist (sample)', objects: [[1, 1]] },
    making(size),
  )
  const access = makeEventLine({ seq: size + 1, previous: withdrawal.digest }, 'access', {}, {}, making(size + 1))
  const tree = new LogTree(digest)
  for (const one of [...digests, withdrawal.digest, access.digest]) tree.append(one)
  return { size, tree, withdrawal }
}

interface Recipe {
  readonly signer?: Issued
  readonly statement?: (own: NoticeStatement) => object
  /** Done to the file, after it was signed. */
  readonly file?: (written: string) => string
  readonly cms?: (cms: Uint8Array) => Uint8Array
  readonly rewritten?: boolean
  readonly stranger?: boolean
}

/** Notices about the bundle `custody`, by name: good ones, and such as depart from a good one in what their name says. */
export async function notices(custody: Files): Promise<ReadonlyMap<string, Uint8Array>> {
  const bundle = hex('sha256', fileAt(custody, 'tagmanifest-sha256.txt'))
  const seal = hex('sha256', fileAt(custody, 'seal/1/tagmanifest-sha256.txt.p7s'))
  const { id, origin } = JSON.parse(new TextDecoder().decode(fileAt(custody, 'record/bundle.json'))).log

  async function make(recipe: Recipe = {}): Promise<Uint8Array> {
    const { size, tree, withdrawal } = grown(custody, recipe.rewritten)
    const key = recipe.stranger === true ? LOG_KEYS.stranger : LOG_KEYS.second
    const own: NoticeStatement = {
      bundles: [{ bundle, consistencyPath: tree.consistencyPath(size).map(toHex), seal, size }],
      checkpoint: new TextDecoder().decode(await makeCheckpoint(key, tree.size, tree.root())),
      code: 'consent-withdrawn',
      date: '2026-04-20T09:00:00Z',
      event: { line: withdrawal.text, path: tree.inclusionPath(withdrawal.seq).map(toHex) },
      items: [1],
      kind: 'withdrawn',
      log: { id, origin },
      replacement: null,
      statement: 'probatum/notice/1',
    }
    const statement = (recipe.statement?.(own) ?? own) as NoticeStatement
    const { der, key: signing } = recipe.signer ?? PKI.signer
    const cms = await signDetached({
      content: noticeStatement(statement),
      certificates: [der],
      privateKey: signing,
      signingTime: instant('2026-04-20T09:00:00Z'),
      digest: 'sha256',
    })
    const written = noticeFile(statement, recipe.cms?.(cms) ?? cms)
    return recipe.file === undefined ? written : text(recipe.file(new TextDecoder().decode(written)))
  }
  const said = (more: Partial<NoticeStatement>): Recipe => ({ statement: (own) => ({ ...own, ...more }) })
  const zeros = '0'.repeat(64)
  const recipes: Readonly<Record<string, Recipe>> = {
    'by-sealer': {},
    'by-office': { signer: OFFICE },
    whole: said({ items: null, event: null }),
    'superseded-items': said({
      kind: 'superseded',
      items: [1, 2, 3],
      code: 'corrected',
      replacement: zeros,
      event: null,
    }),
    recalled: said({ kind: 'recalled', items: null, code: 'shared-in-error', event: null }),
    'other-bundle': {
      statement: (own) => ({ ...own, bundles: own.bundles.map((one) => ({ ...one, bundle: zeros })) }),
    },
    'other-bundle-by-stranger': {
      signer: STRANGER,
      statement: (own) => ({ ...own, bundles: own.bundles.map((one) => ({ ...one, bundle: zeros })) }),
    },
    'other-log': said({ log: { id: '0'.repeat(32), origin } }),
    'other-seal': { statement: (own) => ({ ...own, bundles: own.bundles.map((one) => ({ ...one, seal: zeros })) }) },
    forked: { rewritten: true },
    'proof-altered': {
      statement: (own) => ({
        ...own,
        bundles: own.bundles.map((one) => ({ ...one, consistencyPath: [...one.consistencyPath.slice(1), zeros] })),
      }),
    },
    'checkpoint-by-stranger': { stranger: true },
    'checkpoint-altered': {
      statement: (own) => ({
        ...own,
        checkpoint: own.checkpoint.replace(
          /(.)(.)(=*\n)$/,
          (_all, one, last, end) => `${one === 'A' ? 'B' : 'A'}${last}${end}`,
        ),
      }),
    },
    'event-not-included': {
      statement: (own) => ({ ...own, event: own.event && { ...own.event, path: [...own.event.path.slice(1), zeros] } }),
    },
    'item-beyond': said({ items: [1, 4] }),
    'by-stranger': { signer: STRANGER },
    'by-courier': { signer: COURIER },
    'by-retired-office': { signer: RETIRED },
    'dated-before-the-seal': said({ date: '2026-03-14T09:00:00Z' }),
    'dated-later': said({ date: '2026-09-01T00:00:00Z' }),
    'signature-altered': {
      cms: (cms) => {
        const altered = cms.slice()
        altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1
        return altered
      },
    },
    'statement-altered': { file: (written) => written.replace('"items":[1]', '"items":[2]') },
    'signature-of-another-statement': {
      file: (written) => written.replace('"kind":"withdrawn"', '"kind":"recalled"'),
    },
    'no-signature': { cms: () => text('none') },
    'unknown-version': said({ statement: 'probatum/notice/2' } as never),
    'unknown-member': { statement: (own) => ({ ...own, reason: 'a name (sample)' }) },
    'not-canonical': { file: (written) => `${written}\n` },
    'twice-one-member': { file: (written) => written.replace('"items":[1]', '"items":[2],"items":[1]') },
    'code-not-on-the-list': said({ code: 'because' } as never),
  }
  const made = new Map<string, Uint8Array>()
  for (const [name, recipe] of Object.entries(recipes)) made.set(name, await make(recipe))
  made.set('no-json', text('INVENTED SAMPLE: this is a letter.\n'))
  made.set('no-notice', text(canonicalText({ letter: 'INVENTED SAMPLE' })))
  return made
}
