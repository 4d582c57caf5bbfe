import { concatBytes, encodeUtf8 } from '@probatum/core'
import { algorithm, digest } from '../../test-vectors/make/cms.ts'
import { type Der, integer, octets, oid, sequence, set, tlv } from '../../test-vectors/make/der.ts'
import { granted, token } from './cms.ts'
import { authority, type Issued, issue, TIME_STAMP_UNIT } from './pki.ts'
import { RENEWAL_PKI } from './renewal-bases.ts'

/**
 * RFC 4998 evidence records of invented files, from 2012 to 2036, with one part wrong each. Of the authorities of 2026, 2031 and
 * 2036 the first ended with 2032; two older ones are for records that begin under SHA-1.
 */

const DIGESTS = {
  sha1: '1.3.14.3.2.26',
  sha256: '2.16.840.1.101.3.4.2.1',
  sha512: '2.16.840.1.101.3.4.2.3',
} as const
type Name = keyof typeof DIGESTS

const OLD_ROOT = await authority('Example Time Root of 2010', { from: '100101000000Z', to: '391231235959Z' })
const old = async (name: string, from: string, to: string, serial: number): Promise<Issued> =>
  issue({ name, issuer: OLD_ROOT, extensions: TIME_STAMP_UNIT, from, to, serial })
const UNITS = {
  of2010: await old('Example Time-Stamp Unit of 2010', '100101000000Z', '191231235959Z', 0x3001),
  of2015: await old('Example Time-Stamp Unit of 2015', '150101000000Z', '391231235959Z', 0x3002),
  of2025: RENEWAL_PKI.first,
  of2030: RENEWAL_PKI.second,
  of2035: RENEWAL_PKI.third,
} as const

/** Roots that the records' time-stamps lead to, DER. */
export const EVIDENCE_RECORD_ROOTS: readonly Der[] = [
  OLD_ROOT,
  RENEWAL_PKI.firstRoot,
  RENEWAL_PKI.secondRoot,
  RENEWAL_PKI.thirdRoot,
].map(({ der }) => der)

export const LETTER = 'A letter (sample).\n'
const ANNEX = 'An annex to the letter (sample).\n'
const PHOTO = 'A photo to the letter (sample).\n'
const OTHER = 'Another file of the archive (sample).\n'

const hashOf = (name: Name, content: string): Uint8Array => digest(name, encodeUtf8(content))
const joined = (name: Name, ...hashes: readonly Uint8Array[]): Uint8Array =>
  digest(name, concatBytes(...[...hashes].sort(Buffer.compare)))
const flipped = (bytes: Uint8Array): Uint8Array => bytes.map((octet, at) => (at === 0 ? octet ^ 1 : octet))

/** The root as RFC 4998 §4.2 makes it. */
function rootOf(name: Name, lists: readonly (readonly Uint8Array[])[]): Uint8Array {
  const [first = [], ...rest] = lists
  const group = (hashes: readonly Uint8Array[]) =>
    hashes.length === 1 ? (hashes[0] ?? new Uint8Array()) : joined(name, ...hashes)
  return rest.reduce((below, list) => joined(name, below, ...list), group(first))
}

interface StampRecipe {
  readonly unit: Issued
  /** GeneralizedTime. */
  readonly genTime: string
  readonly digest?: Name
  /** Null: no tree; the time-stamp is over `over`. */
  readonly lists: readonly (readonly Uint8Array[])[] | null
  /** What the time-stamp is over. Default: the root of the lists. */
  readonly over?: Uint8Array
  /** What stands in the record instead of the lists. */
  readonly written?: readonly (readonly Uint8Array[])[]
  /** Of the messageImprint. Default: as `digest`. */
  readonly imprint?: Name
  /** digestAlgorithm [0]; null: absent. Default: as `digest`. */
  readonly field?: string | null
  readonly timeStamp?: (token: Der) => Der
}

interface Stamp {
  readonly der: Der
  readonly timeStamp: Der
}

async function stamp(recipe: StampRecipe): Promise<Stamp> {
  const { unit, genTime, digest: name = 'sha256', lists, written = lists, imprint = name } = recipe
  const over = recipe.over ?? rootOf(name, lists ?? [])
  const hashed = sequence(algorithm(DIGESTS[imprint]), octets(over))
  const made = await token({
    data: over,
    unit,
    genTime,
    imprint: hashed,
    digest: name === 'sha512' ? 'sha512' : 'sha256',
  })
  const timeStamp = recipe.timeStamp?.(made) ?? made
  const { field = DIGESTS[name] } = recipe
  const parts = [
    ...(field === null ? [] : [tlv(0xa0, oid(field))]),
    ...(written === null ? [] : [tlv(0xa2, ...written.map((list) => sequence(...list.map(octets))))]),
    timeStamp,
  ]
  return { der: sequence(...parts), timeStamp }
}

const chainOf = (...stamps: readonly Stamp[]): Der => sequence(...stamps.map(({ der }) => der))

interface RecordRecipe {
  readonly version?: number
  readonly announced?: readonly string[]
  /** Further members of the head. */
  readonly more?: readonly Der[]
}

function recordOf(
  chains: readonly Der[],
  { version = 1, announced = [DIGESTS.sha256, DIGESTS.sha512, DIGESTS.sha1], more = [] }: RecordRecipe = {},
): Der {
  return sequence(integer(version), sequence(...announced.map((one) => algorithm(one))), ...more, sequence(...chains))
}

// The parts that most records have.
const L = hashOf('sha256', LETTER)
const GROUP = [hashOf('sha256', ANNEX), hashOf('sha256', PHOTO)]
const TREE = [[L, joined('sha256', ...GROUP)], [hashOf('sha256', OTHER)]]
const GROUP_TREE = [GROUP, [L], [hashOf('sha256', OTHER)]]
const of2026 = { unit: UNITS.of2025, genTime: '20260401120000Z' } as const
const of2031 = { unit: UNITS.of2030, genTime: '20310601120000Z' } as const
const of2036 = { unit: UNITS.of2035, genTime: '20360601120000Z' } as const
const alone = await stamp({ ...of2026, lists: null, over: L })
const tree = await stamp({ ...of2026, lists: TREE })
const renewalOf = (before: Stamp, name: Name = 'sha256') => [
  [digest(name, before.timeStamp), hashOf(name, 'the digest of another time-stamp (sample)')],
]
const renewed = await stamp({ ...of2031, lists: renewalOf(tree) })
const twice = await stamp({ ...of2036, lists: renewalOf(renewed) })
const older = (name: Name, ...chains: readonly Der[]) => digest(name, sequence(...chains))
const again = (name: Name, content: string, ...chains: readonly Der[]) =>
  digest(name, concatBytes(hashOf(name, content), older(name, ...chains)))
const CHAIN = chainOf(tree, renewed)
const SECOND = [[again('sha512', LETTER, CHAIN), hashOf('sha512', OTHER)]]
const rehashed = await stamp({ ...of2036, digest: 'sha512', lists: SECOND })
const hashedAnew = recordOf([CHAIN, chainOf(rehashed)])
const GROUP_CHAIN = chainOf(await stamp({ ...of2026, lists: GROUP_TREE }))
const groupAnew = await stamp({
  ...of2031,
  digest: 'sha512',
  lists: [[again('sha512', ANNEX, GROUP_CHAIN), again('sha512', PHOTO, GROUP_CHAIN)], [hashOf('sha512', OTHER)]],
})

const firstOf2031 = await stamp({ ...of2031, lists: TREE })
const CHAIN_A = chainOf(tree)
const CHAIN_B = chainOf(
  await stamp({ ...of2031, digest: 'sha512', lists: [[again('sha512', LETTER, CHAIN_A), hashOf('sha512', OTHER)]] }),
)
const CHAIN_C = chainOf(
  await stamp({
    ...of2036,
    digest: 'sha512',
    lists: [[again('sha512', LETTER, CHAIN_A, CHAIN_B), hashOf('sha512', OTHER)]],
  }),
)

// Records that begin under SHA-1, which counts until 2017-02-23.
const weak = await stamp({
  unit: UNITS.of2010,
  genTime: '20120601120000Z',
  digest: 'sha1',
  lists: [[hashOf('sha1', LETTER), hashOf('sha1', OTHER)]],
})
const WEAK_CHAIN = chainOf(weak)
const afterWeak = (genTime: string) =>
  stamp({ unit: UNITS.of2015, genTime, lists: [[again('sha256', LETTER, WEAK_CHAIN), hashOf('sha256', OTHER)]] })

export interface EvidenceRecordVector {
  readonly name: string
  /** Null: nothing is wrong. */
  readonly mutation: string | null
  readonly why: string
  readonly effect: string
  readonly record: Der
  /** The files, in order. */
  readonly data: readonly string[]
  readonly validationTime: string
  readonly indication: 'TOTAL-PASSED' | 'TOTAL-FAILED' | 'INDETERMINATE'
  /** `id VALUE:reason` of every finding that is not a plain PASSED, but for candidate paths and what nobody asked for. */
  readonly findings: readonly string[]
  /** What the record proves; null without. */
  readonly bestSignatureTime: string | null
}

const AT_2028 = '2028-01-01T00:00:00Z'
const AT_2040 = '2040-01-01T00:00:00Z'
const PROVED_2026 = '2026-04-01T12:00:01Z'

type Given = Omit<
  EvidenceRecordVector,
  'name' | 'mutation' | 'data' | 'validationTime' | 'indication' | 'bestSignatureTime'
> &
  Partial<EvidenceRecordVector>

const good = (name: string, given: Given): EvidenceRecordVector => ({
  name,
  mutation: null,
  data: [LETTER],
  validationTime: AT_2028,
  indication: 'TOTAL-PASSED',
  bestSignatureTime: PROVED_2026,
  ...given,
})
const open = (name: string, mutation: string, given: Given): EvidenceRecordVector => ({
  ...good(name, given),
  mutation,
  indication: 'INDETERMINATE',
  bestSignatureTime: null,
  ...given,
})
const failed = (name: string, mutation: string, given: Given): EvidenceRecordVector => ({
  ...open(name, mutation, given),
  indication: 'TOTAL-FAILED',
})

export const EVIDENCE_RECORDS: readonly EvidenceRecordVector[] = [
  good('one-file', {
    why: 'the time-stamp is over the digest of the file, without a tree',
    effect: 'refusing it would lose the simplest record there is',
    record: recordOf([chainOf(alone)]),
    findings: ['evidence.hash-tree PASSED:no-tree'],
  }),
  good('tree', {
    why: 'a file in a tree over four',
    effect: 'refusing it would lose every record of an archive that stamps many files at once',
    record: recordOf([chainOf(tree)]),
    findings: [],
  }),
  good('digest-of-the-time-stamp', {
    why: 'without digestAlgorithm the digest of the time-stamp counts (RFC 4998 §4.1)',
    effect: 'refusing it would lose a form that the standard allows',
    record: recordOf([chainOf(await stamp({ ...of2026, lists: TREE, field: null }))]),
    findings: [],
  }),
  good('group', {
    why: 'two files that belong together, whose digests are joined to one in the tree',
    effect: 'refusing it would lose records of documents with their signatures',
    record: recordOf([GROUP_CHAIN]),
    data: [PHOTO, ANNEX],
    findings: [],
  }),
  good('part-of-a-group', {
    why: 'one file of a group of two: the record is over it all the same, and says that there was another',
    effect: 'refusing it would make a file worthless when another one is lost',
    record: recordOf([GROUP_CHAIN]),
    data: [ANNEX],
    findings: [],
  }),
  good('single-digest', {
    why: 'a group of one file, whose digest stands for itself (RFC 4998 §4.2)',
    effect: 'refusing it would lose records of trees with one file',
    record: recordOf([chainOf(await stamp({ ...of2026, lists: [[L], [hashOf('sha256', OTHER)]] }))]),
    findings: [],
  }),
  good('single-digest-hashed', {
    why: 'a group of one file, whose digest is hashed once more, as RFC 4998 §4.3 reads to the letter',
    effect: 'refusing it would call a file changed because its archive read the standard another way',
    record: recordOf([chainOf(await stamp({ ...of2026, lists: [[L]], over: digest('sha256', L) }))]),
    findings: [],
  }),
  good('reordered', {
    why: 'the digests of a list stand in another order: they are put in order before they are joined',
    effect: 'refusing it would make a meaning of an order that has none',
    record: recordOf([
      chainOf(await stamp({ ...of2026, lists: TREE, written: TREE.map((list) => [...list].reverse()) })),
    ]),
    findings: [],
  }),
  good('time-stamp-renewal', {
    why: 'a second time-stamp of 2031 over the first, whose authority ended with 2032',
    effect: 'refusing it would let every record end with its first certificate',
    record: recordOf([CHAIN]),
    validationTime: AT_2040.replace('2040', '2034'),
    findings: ['timestamp.believed PASSED:renewed', 'evidence.renewal PASSED:time-stamp'],
  }),
  good('hash-tree-renewal', {
    why: 'then a third of 2036, over the file under SHA-512 and all that stood in the record before',
    effect: 'refusing it would let every record end with its digest',
    record: hashedAnew,
    validationTime: AT_2040,
    findings: [
      'timestamp.believed PASSED:renewed',
      'timestamp.believed PASSED:renewed',
      'evidence.renewal PASSED:time-stamp',
      'evidence.renewal PASSED:hash-tree',
    ],
  }),
  good('group-hashed-anew', {
    why: 'a group of two files under SHA-512: each digest is joined with that of the older chains by itself',
    effect: 'refusing it would lose renewed records of groups',
    record: recordOf([GROUP_CHAIN, chainOf(groupAnew)]),
    data: [ANNEX, PHOTO],
    validationTime: AT_2040.replace('2040', '2034'),
    findings: ['timestamp.believed PASSED:renewed', 'evidence.renewal PASSED:hash-tree'],
  }),
  good('three-chains', {
    why: 'two hash-tree renewals: the last is over the file and both older chains',
    effect: 'refusing it would end every record with its second digest',
    record: recordOf([CHAIN_A, CHAIN_B, CHAIN_C]),
    validationTime: AT_2040,
    findings: [
      'timestamp.believed PASSED:renewed',
      'timestamp.believed PASSED:renewed',
      'evidence.renewal PASSED:hash-tree',
      'evidence.renewal PASSED:hash-tree',
    ],
  }),
  good('before-its-renewals', {
    why: 'judged as of 2028, when neither renewal was there yet',
    effect: 'refusing it would make what is shown of an earlier day worse by renewing',
    record: hashedAnew,
    findings: ['evidence.renewal NOT-CHECKED:in-future', 'evidence.renewal NOT-CHECKED:in-future'],
  }),
  good('sha1-replaced-in-time', {
    why: 'SHA-1 of 2012, and SHA-256 in its place in 2016, while SHA-1 counted',
    effect: 'refusing it would lose every record that was renewed as it should be',
    record: recordOf([WEAK_CHAIN, chainOf(await afterWeak('20160601120000Z'))]),
    bestSignatureTime: '2012-06-01T12:00:01Z',
    findings: [
      'timestamp.believed PASSED:renewed',
      'evidence.renewal PASSED:hash-tree',
      'evidence.digest PASSED:replaced',
    ],
  }),
  failed('file-altered', 'one letter of the file', {
    why: 'the record does not hold the digest of this file',
    effect: 'accepting it would let anybody alter files that were archived',
    record: recordOf([chainOf(tree)]),
    data: [LETTER.replace('A', 'a')],
    findings: ['evidence.data FAILED:differs'],
  }),
  failed('file-altered-after-renewal', 'one letter of the file', {
    why: 'neither the first list nor that of the new digest holds the file',
    effect: 'accepting it would let a renewal wash an altered file',
    record: hashedAnew,
    data: [LETTER.replace('A', 'a')],
    validationTime: AT_2040,
    findings: [
      'timestamp.believed INDETERMINATE:expired',
      'timestamp.believed INDETERMINATE:expired',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.data FAILED:differs',
      'evidence.renewal PASSED:time-stamp',
      'evidence.renewal INDETERMINATE:not-linked',
    ],
  }),
  failed('one-file-not-covered', 'a second file that is not in the record', {
    why: 'one of two files is not in the first list',
    effect: 'accepting it would let a file ride along with another one',
    record: recordOf([chainOf(tree)]),
    data: [LETTER, 'A file from elsewhere (sample).\n'],
    findings: ['evidence.data FAILED:differs'],
  }),
  failed('tree-node-flipped', 'one bit of a digest in the second list', {
    why: 'the lists lead to another root than the time-stamp is over',
    effect: 'accepting it would let anybody lay a tree around any file',
    record: recordOf([
      chainOf(await stamp({ ...of2026, lists: TREE, written: [TREE[0] ?? [], [flipped(hashOf('sha256', OTHER))]] })),
    ]),
    findings: [
      'timestamp.message-imprint FAILED:differs',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.hash-tree FAILED:differs',
    ],
  }),
  failed('token-of-another-tree', 'the time-stamp of another record', {
    why: 'a good time-stamp, over another root',
    effect: 'accepting it would let any time-stamp date any file',
    record: recordOf([
      chainOf(await stamp({ ...of2026, lists: TREE, over: rootOf('sha256', GROUP_TREE.slice(0, 1)) })),
    ]),
    findings: [
      'timestamp.message-imprint FAILED:differs',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.hash-tree FAILED:differs',
    ],
  }),
  failed('list-extended', 'the digest of another file put into the first list', {
    why: 'whoever keeps a record can write any digest into its lists, and only the root tells',
    effect: 'accepting it would date a file that was never archived',
    record: recordOf([
      chainOf(
        await stamp({ ...of2026, lists: TREE, written: [[...(TREE[0] ?? []), hashOf('sha256', 'new (sample)')]] }),
      ),
    ]),
    data: ['new (sample)'],
    findings: [
      'timestamp.message-imprint FAILED:differs',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.hash-tree FAILED:differs',
    ],
  }),
  failed('order-swapped', 'the renewal before what it renews', {
    why: 'the first time-stamp is not over the file',
    effect: 'accepting it would take a time-stamp over another one for one over the file',
    record: recordOf([chainOf(renewed, tree)]),
    validationTime: AT_2040.replace('2040', '2032'),
    findings: [
      'evidence.data FAILED:differs',
      'evidence.renewal INDETERMINATE:not-linked',
      'evidence.order INDETERMINATE:not-later',
    ],
  }),
  failed('first-chain-dropped', 'the first chain is gone', {
    why: 'what is left is over the file together with a chain that is not here, and so not over the file',
    effect: 'accepting it would date a file by what cannot be shown',
    record: recordOf([chainOf(rehashed)]),
    validationTime: AT_2040,
    findings: ['evidence.data FAILED:differs'],
  }),
  open('renewal-missing', 'the second of three time-stamps of a chain is gone', {
    why: 'the third is over a time-stamp that is not here',
    effect: 'accepting it would believe a time-stamp that nobody renewed in time',
    record: recordOf([chainOf(tree, twice)]),
    validationTime: AT_2040,
    findings: [
      'timestamp.believed INDETERMINATE:expired',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.renewal INDETERMINATE:not-linked',
    ],
  }),
  open('renewal-of-another-record', 'a renewal from another record, appended', {
    why: 'it is over the time-stamp of another record; anybody can append it',
    effect: 'calling the file changed would let anybody bury a good record',
    record: recordOf([chainOf(tree, await stamp({ ...of2031, lists: renewalOf(alone) }))]),
    validationTime: AT_2040.replace('2040', '2032'),
    findings: ['evidence.renewal INDETERMINATE:not-linked'],
    bestSignatureTime: PROVED_2026,
  }),
  open('renewal-tree-flipped', 'one bit of a digest in the list of the renewal', {
    why: 'the renewal is over another tree than the one that stands with it',
    effect: 'accepting it would believe a renewal that is over nothing',
    record: recordOf([
      chainOf(
        tree,
        await stamp({
          ...of2031,
          lists: renewalOf(tree),
          written: [[digest('sha256', tree.timeStamp), flipped(L)]],
        }),
      ),
    ]),
    validationTime: AT_2040.replace('2040', '2034'),
    findings: [
      'timestamp.message-imprint INDETERMINATE:unprotected',
      'timestamp.believed INDETERMINATE:expired',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.hash-tree INDETERMINATE:unprotected',
      'evidence.renewal PASSED:time-stamp',
    ],
  }),
  open('renewed-too-late', 'the renewal is of 2036, four years after the first authority ended', {
    why: 'whoever has the old key could have made the first time-stamp in between',
    effect: 'accepting it would let a stolen key of an ended authority date anything',
    record: recordOf([chainOf(tree, await stamp({ ...of2036, lists: renewalOf(tree) }))]),
    validationTime: AT_2040,
    findings: [
      'timestamp.believed INDETERMINATE:expired',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.renewal PASSED:time-stamp',
    ],
  }),
  open('not-renewed', 'no renewal, judged after the authority ended', {
    why: 'nothing keeps the time-stamp any more',
    effect: 'accepting it would believe an authority that ended',
    record: recordOf([chainOf(tree)]),
    validationTime: AT_2040,
    findings: ['timestamp.believed INDETERMINATE:expired', 'timestamp.threshold INDETERMINATE:too-few'],
  }),
  open('renewed-earlier', 'the renewal states 2030, and the time-stamp that it renews 2031', {
    why: 'RFC 4998 §5.1: ascending order of time; it holds the digest of something that was not there yet',
    effect: 'accepting it would believe a clock that cannot be right',
    record: recordOf([
      chainOf(
        firstOf2031,
        await stamp({ unit: UNITS.of2030, genTime: '20300601120000Z', lists: renewalOf(firstOf2031) }),
      ),
    ]),
    validationTime: AT_2040.replace('2040', '2032'),
    findings: ['evidence.renewal PASSED:time-stamp', 'evidence.order INDETERMINATE:not-later'],
    bestSignatureTime: '2031-06-01T12:00:01Z',
  }),
  open('chain-dropped', 'the second of three chains is gone', {
    why: 'the third chain is over the file together with two chains, of which one is not here',
    effect: 'accepting it would believe chains that nobody can follow',
    record: recordOf([CHAIN_A, CHAIN_C]),
    validationTime: AT_2040,
    findings: [
      'timestamp.believed INDETERMINATE:expired',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.renewal INDETERMINATE:not-linked',
    ],
  }),
  open('older-chains-not-covered', 'the renewal under SHA-512 is over the file alone', {
    why: 'RFC 4998 §5.2: it must be over the older chains too, or nothing carries their time on',
    effect: 'accepting it would carry over a time that the new time-stamp does not keep',
    record: recordOf([
      CHAIN,
      chainOf(
        await stamp({ ...of2036, digest: 'sha512', lists: [[hashOf('sha512', LETTER), hashOf('sha512', OTHER)]] }),
      ),
    ]),
    validationTime: AT_2040,
    findings: [
      'timestamp.believed INDETERMINATE:expired',
      'timestamp.believed INDETERMINATE:expired',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.renewal PASSED:time-stamp',
      'evidence.renewal INDETERMINATE:not-linked',
    ],
  }),
  open('sha1-replaced-too-late', 'SHA-256 took the place of SHA-1 in 2018', {
    why: 'SHA-1 counts until 2017-02-23: since then another file with the same digest can have been put in',
    effect: 'accepting it would date a file by a digest that was broken',
    record: recordOf([WEAK_CHAIN, chainOf(await afterWeak('20180601120000Z'))]),
    findings: [
      'timestamp.believed INDETERMINATE:expired',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.renewal PASSED:hash-tree',
      'evidence.digest INDETERMINATE:ended',
    ],
  }),
  open('sha1-kept', 'time-stamp renewals under SHA-1 alone', {
    why: 'a renewed time-stamp keeps the time-stamp, and not the digest of the file',
    effect: 'accepting it would date a file by a digest that was broken',
    record: recordOf([
      chainOf(
        weak,
        await stamp({ unit: UNITS.of2015, genTime: '20160601120000Z', digest: 'sha1', lists: renewalOf(weak, 'sha1') }),
      ),
    ]),
    findings: [
      'timestamp.believed INDETERMINATE:expired',
      'timestamp.believed INDETERMINATE:algorithm-ended',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.renewal PASSED:time-stamp',
      'evidence.digest INDETERMINATE:ended',
    ],
  }),
  open('chain-of-two-digests', 'a time-stamp renewal under another digest than its chain', {
    why: 'RFC 4998 §5.3: all time-stamps of a chain use the same digest',
    effect: 'passing over it would hide that the file is kept by the older digest alone',
    record: recordOf([chainOf(tree, await stamp({ ...of2031, digest: 'sha512', lists: renewalOf(tree, 'sha512') }))]),
    validationTime: AT_2040.replace('2040', '2032'),
    findings: [
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.renewal PASSED:time-stamp',
      'evidence.digest INDETERMINATE:mixed',
    ],
  }),
  open('imprint-of-another-digest', 'the tree under SHA-256, the messageImprint under SHA-512', {
    why: 'RFC 4998 §4.3: both are the same, or the one does not lead to the other',
    effect: 'accepting it would compare digests of two kinds',
    record: recordOf([
      chainOf(await stamp({ ...of2026, lists: TREE, imprint: 'sha512', over: hashOf('sha512', LETTER) })),
    ]),
    findings: [
      'timestamp.message-imprint INDETERMINATE:unsupported',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.hash-tree INDETERMINATE:digest-differs',
    ],
  }),
  open('digest-cut', 'a digest of the second list has 31 octets', {
    why: 'digests of odd lengths can be cut out of the bytes of others',
    effect: 'accepting it would let lists be divided anew',
    record: recordOf([
      chainOf(await stamp({ ...of2026, lists: TREE, written: [TREE[0] ?? [], [hashOf('sha256', OTHER).subarray(1)]] })),
    ]),
    findings: [
      'timestamp.message-imprint INDETERMINATE:unsupported',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.hash-tree INDETERMINATE:hash-length',
    ],
  }),
  open('digest-unknown', 'digestAlgorithm is one that nobody knows', {
    why: 'what it gives cannot be computed here',
    effect: 'calling the file changed would be a guess',
    record: recordOf([chainOf(await stamp({ ...of2026, lists: TREE, field: '2.999.4998.1' }))]),
    findings: [
      'timestamp.message-imprint INDETERMINATE:unsupported',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.structure PASSED:digest-not-announced',
      'evidence.data INDETERMINATE:unsupported',
      'evidence.hash-tree INDETERMINATE:unsupported',
      'evidence.digest INDETERMINATE:unsupported',
    ],
  }),
  open('encryption-info', 'encryptionInfo is there, and another file is given', {
    why: 'RFC 4998 §6: the digests may be those of encrypted files, which are not made again here',
    effect: 'calling the file changed would be a guess',
    record: recordOf([chainOf(tree)], { more: [tlv(0xa1, oid('2.999.4998.2'), octets(new Uint8Array(4)))] }),
    data: [OTHER.slice(1)],
    findings: ['evidence.data INDETERMINATE:encryption-info'],
  }),
  good('crypto-infos', {
    why: 'cryptoInfos and attributes are there: they are named, and nothing rests on them',
    effect: 'refusing it would lose records that carry more than is needed',
    record: recordOf([chainOf(tree)], {
      more: [tlv(0xa0, sequence(oid('2.999.4998.3'), set(octets(new Uint8Array(4)))))],
    }),
    findings: [],
  }),
  good('digest-not-announced', {
    why: 'the head names other digests than are used; nothing is worked out from it',
    effect: 'refusing it would cost a record for a list that nobody reads',
    record: recordOf([chainOf(tree)], { announced: [DIGESTS.sha512] }),
    findings: ['evidence.structure PASSED:digest-not-announced'],
  }),
  open('version-2', 'version 2', {
    why: 'RFC 4998 §3.1: 1; what a later version means is not known',
    effect: 'accepting it would read members that may mean something else',
    record: recordOf([chainOf(tree)], { version: 2 }),
    findings: ['evidence.structure INDETERMINATE:version'],
    bestSignatureTime: PROVED_2026,
  }),
  open('truncated', 'the last 20 octets are gone', {
    why: 'it begins as an evidence record and breaks off',
    effect: 'calling the file changed would blame it for a bad copy of the record',
    record: recordOf([chainOf(tree)]).slice(0, -20),
    findings: ['evidence.structure INDETERMINATE:malformed', 'evidence.data INDETERMINATE:not-read'],
  }),
  open('trailing', 'one octet behind the record', {
    why: 'nothing may stand behind it',
    effect: 'accepting it would let two readers see two records',
    record: concatBytes(recordOf([chainOf(tree)]), Uint8Array.of(0)),
    findings: ['evidence.structure INDETERMINATE:malformed', 'evidence.data INDETERMINATE:not-read'],
  }),
  open('no-chain', 'a sequence without chains', {
    why: 'there is no time-stamp',
    effect: 'accepting it would prove a time with nothing',
    record: recordOf([]),
    findings: ['evidence.structure INDETERMINATE:malformed', 'evidence.data INDETERMINATE:not-read'],
  }),
  failed('response-inside', 'a TimeStampResp where the time-stamp belongs', {
    why: 'RFC 4998 §4.1: timeStamp is a ContentInfo',
    effect: 'accepting it would let a renewal be over other bytes than the time-stamp',
    record: recordOf([chainOf(await stamp({ ...of2026, lists: TREE, timeStamp: granted }))]),
    findings: [
      'timestamp.structure FAILED:malformed',
      'timestamp.threshold INDETERMINATE:too-few',
      'evidence.hash-tree INDETERMINATE:not-read',
    ],
  }),
]
