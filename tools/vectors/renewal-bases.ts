import { comparePaths } from '@probatum/core'
import { algorithm, digest } from '../../test-vectors/make/cms.ts'
import { bits, type Der, explicit, integer, octets, sequence, utcTime } from '../../test-vectors/make/der.ts'
import type { Bases } from './bases.ts'
import { granted, token } from './cms.ts'
import { authority, type Issued, issue, PKI, TIME_STAMP_UNIT } from './pki.ts'
import { crlNumber, type EntryRecipe, entryOf } from './pki-revocation-make.ts'
import { type Files, fileAt, hex, seal, text } from './seal.ts'

/**
 * One bundle in three lives: sealed in 2026 under SHA-256, renewed in 2031 and in 2036 under SHA-512. Of its authorities the
 * first ended with the year 2032, the second lost its unit's key in June 2037, the third stands until 2045.
 */
const SHA512 = '2.16.840.1.101.3.4.2.3'
const later = { digest: 'sha512', extensions: TIME_STAMP_UNIT } as const

const FIRST_ROOT = await authority('Example Time Root of 2020', { to: '331231235959Z' })
const SECOND_ROOT = await authority('Example Time Root of 2028', { from: '280101000000Z', digest: 'sha512' })
const THIRD_ROOT = await authority('Example Time Root of 2034', {
  from: '340101000000Z',
  to: '491231235959Z',
  digest: 'sha512',
})

export const RENEWAL_PKI = {
  firstRoot: FIRST_ROOT,
  first: await issue({
    name: 'Example Time-Stamp Unit of 2025',
    issuer: FIRST_ROOT,
    extensions: TIME_STAMP_UNIT,
    to: '321231235959Z',
    serial: 0x2001,
  }),
  secondRoot: SECOND_ROOT,
  second: await issue({
    ...later,
    name: 'Example Time-Stamp Unit of 2030',
    issuer: SECOND_ROOT,
    from: '300101000000Z',
    to: '391231235959Z',
    serial: 0x2002,
  }),
  thirdRoot: THIRD_ROOT,
  third: await issue({
    ...later,
    name: 'Example Time-Stamp Unit of 2035',
    issuer: THIRD_ROOT,
    from: '350101000000Z',
    to: '451231235959Z',
    serial: 0x2003,
  }),
} as const

export interface LevelRecipe {
  readonly level: number
  readonly unit: Issued
  /** GeneralizedTime. */
  readonly genTime: string
  readonly label?: string
  /** Further authorities at the same time, by label. */
  readonly others?: Readonly<Record<string, Issued>>
  /** Of the files outside the level. Default: all. */
  readonly lists?: (path: string) => boolean
  /** Alters the list before it is stamped. */
  readonly sums?: (lines: string) => string
  /** Names and bytes of `validation/`, laid there after the time-stamp. */
  readonly validation?: Readonly<Record<string, Uint8Array>>
}

/** Adds a seal level: the list of what is here, a time-stamp over it, and what was collected afterwards. */
export async function addLevel(files: Files, recipe: LevelRecipe): Promise<void> {
  const { level, genTime, label = 'example-tsa', lists = () => true, validation = {} } = recipe
  const folder = `seal/${level}/`
  const paths = [...files.keys()].filter((path) => !path.startsWith(folder) && lists(path)).sort(comparePaths)
  const lines = paths.map((path) => `${hex('sha512', fileAt(files, path))}  ${path}\n`).join('')
  const data = text(recipe.sums?.(lines) ?? lines)
  files.set(`${folder}sums-sha512.txt`, data)
  const imprint = sequence(algorithm(SHA512), octets(digest('sha512', data)))
  for (const [name, unit] of Object.entries({ [label]: recipe.unit, ...recipe.others }))
    files.set(`${folder}${name}.tsr`, granted(await token({ data, unit, genTime, imprint, digest: 'sha512' })))
  for (const [name, bytes] of Object.entries(validation)) files.set(`${folder}validation/${name}`, bytes)
}

interface ListRecipe {
  readonly issuer: Issued
  /** UTCTime. */
  readonly thisUpdate: string
  readonly nextUpdate: string
  readonly entries?: readonly EntryRecipe[]
  readonly digest?: 'sha256' | 'sha512'
}

/** A CRL (RFC 5280 §5.1). */
export async function crl(recipe: ListRecipe): Promise<Der> {
  const { issuer, thisUpdate, nextUpdate, entries = [], digest: name = 'sha512' } = recipe
  const signatureAlgorithm = issuer.key.signatureAlgorithm(name)
  const tbs = sequence(
    integer(1),
    signatureAlgorithm,
    issuer.subject,
    utcTime(thisUpdate),
    utcTime(nextUpdate),
    ...(entries.length === 0 ? [] : [sequence(...entries.map(entryOf))]),
    explicit(0, sequence(crlNumber(1))),
  )
  return sequence(tbs, signatureAlgorithm, bits(await issuer.key.sign(tbs, name)))
}

/** What the first authority said in 2026 of its unit, under SHA-256. */
const FIRST_CRL = await crl({
  issuer: FIRST_ROOT,
  thisUpdate: '260401000000Z',
  nextUpdate: '261001000000Z',
  digest: 'sha256',
})
/** What the second authority said in 2037: the unit's key was in other hands. */
const SECOND_CRL = await crl({
  issuer: SECOND_ROOT,
  thisUpdate: '370602000000Z',
  nextUpdate: '371201000000Z',
  entries: [{ serial: RENEWAL_PKI.second.serial, date: '370601000000Z', reason: 'keyCompromise' }],
})

export interface Lives {
  readonly first?: (files: Files) => void
  readonly second?: Partial<LevelRecipe>
  readonly third?: Partial<LevelRecipe> | null
}

export async function renewed({ first, second = {}, third = {} }: Lives = {}): Promise<Files> {
  const files = await seal({ units: { 'example-tsa': RENEWAL_PKI.first } })
  files.set('seal/1/validation/time-root-of-2020.crl', FIRST_CRL)
  first?.(files)
  await addLevel(files, { level: 2, unit: RENEWAL_PKI.second, genTime: '20310501091200Z', ...second })
  if (third !== null) {
    const validation = { 'time-root-of-2028.crl': SECOND_CRL }
    await addLevel(files, { level: 3, unit: RENEWAL_PKI.third, genTime: '20360501091200Z', validation, ...third })
  }
  return files
}

const isOfSeal = (path: string) => path.startsWith('seal/') || path.startsWith('tagmanifest-')

export const renewalBases: Bases = {
  renewed: () => renewed(),
  'renewed-once': () => renewed({ third: null }),
}

/** Laid over `renewed`: what their names say was so when the levels were made. */
export const RENEWAL_OVERS: Bases = {
  'renewed-first-too-late': () => renewed({ second: { genTime: '20330301091200Z' } }),
  'renewed-second-too-late': () => renewed({ third: { genTime: '20370901091200Z' } }),
  'renewed-list-of-seal-alone': () => renewed({ second: { lists: isOfSeal } }),
  'renewed-lists-of-seal-alone': () => renewed({ second: { lists: isOfSeal }, third: { lists: isOfSeal } }),
  'renewed-without-payload': () =>
    renewed({
      second: { lists: (path) => !path.startsWith('data/') },
      third: { lists: (path) => !path.startsWith('data/') },
    }),
  'renewed-without-first-signature': () =>
    renewed({ third: { lists: (path) => path !== 'seal/1/tagmanifest-sha256.txt.p7s' } }),
  'renewed-before-what-it-renews': () =>
    renewed({ second: { genTime: '20360601091200Z' }, third: { genTime: '20360501091200Z' } }),
  'renewed-within-its-accuracy': () =>
    renewed({ second: { genTime: '20360501091159Z' }, third: { genTime: '20360501091200Z' } }),
  'renewed-list-in-capitals': () =>
    renewed({ third: { sums: (lines) => lines.replace(/^[0-9a-f]+/, (hexadecimal) => hexadecimal.toUpperCase()) } }),
  'renewed-by-stranger': async () =>
    renewed({
      third: {
        unit: await issue({
          ...later,
          name: 'Example Strange Unit',
          issuer: PKI.otherRoot,
          from: '350101000000Z',
          to: '451231235959Z',
        }),
      },
    }),
  'renewed-by-key-of-signer': async () =>
    renewed({
      third: {
        unit: await issue({
          ...later,
          name: 'Example Time-Stamp Unit of 2035',
          issuer: THIRD_ROOT,
          from: '350101000000Z',
          to: '451231235959Z',
          key: PKI.signer.key,
        }),
      },
    }),
  'renewed-list-uncovered': async () =>
    renewed({
      second: { lists: (path) => !path.startsWith('seal/1/validation/') },
      third: { lists: (path) => !path.startsWith('seal/1/validation/') },
    }),
}
