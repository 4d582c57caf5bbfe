/** Names of the evidence bundle, format 1. The specification's section 2 in code: the only place that knows them. */

/** What `format` of bundle.json begins with. */
export const FORMAT_PREFIX = 'probatum/bundle/'
/** How every BagIt-Profile-Identifier of our bundles begins. */
export const PROFILE_PREFIX = 'https://probatum.example/bundle/'
/** The version of the bundle format that is read and written here. */
export const FORMAT_VERSION = '1-draft'
/** BagIt-Profile-Identifier of this version. */
export const PROFILE_IDENTIFIER = `${PROFILE_PREFIX}${FORMAT_VERSION}`

/** Paths of the records and of VERIFY.txt in a bundle (format, section 2.1). */
export const BUNDLE_RECORD = 'record/bundle.json'
export const ITEMS = 'record/items.jsonl'
export const CUSTODY = 'record/custody.jsonl'
export const DISCLOSURES = 'record/disclosures.jsonl'
export const CHECKPOINT = 'record/checkpoint'
export const PROOFS = 'record/proofs.jsonl'
export const AUTHORISATION = 'record/authorisation.json'
export const VERIFY_TEXT_FILE = 'VERIFY.txt'

/** Files that every bundle has from its first seal on; manifest-sha512.txt comes with the long-term class. */
export const MANDATORY_FILES: readonly string[] = [
  'bagit.txt',
  'bag-info.txt',
  'manifest-sha256.txt',
  'tagmanifest-sha256.txt',
  BUNDLE_RECORD,
  ITEMS,
  CUSTODY,
  DISCLOSURES,
  CHECKPOINT,
  PROOFS,
  AUTHORISATION,
  VERIFY_TEXT_FILE,
]

const LONG_TERM_FILES: readonly string[] = ['manifest-sha512.txt', 'tagmanifest-sha512.txt']
const VALIDATION_NAME = /^[a-z0-9-]{1,64}\.(?:cer|crl|ocsp)$/
const SIGNATURE_NAME = /^(tagmanifest-sha(?:256|512)\.txt)(?:\.mldsa)?\.p7s$/
const TOKEN_NAME = /^(tagmanifest-sha(?:256|512)\.txt(?:\.mldsa)?\.p7s)\.([a-z0-9-]{1,32})\.tsr$/
const LEVEL_TOKEN_NAME = /^([a-z0-9-]{1,32})\.tsr$/
const PAYLOAD_NAME = /^data\/[0-9]{2,}\/[0-9]{6,}(?:\.[a-z0-9]{1,8})?$/

/** What each seal level from the second on lists, in the level's folder: SHA-512 of the files that came before it. */
export const SUMS = 'sums-sha512.txt'

/** What a path of a native bundle is for; `undefined` when the format has no place for it. */
export type LayoutRole =
  | { readonly role: 'payload' }
  | { readonly role: 'tag' }
  | { readonly role: 'validation-hint' }
  | { readonly role: 'signature'; readonly file: string; readonly covers: string }
  | { readonly role: 'token'; readonly signatureFile: string; readonly label: string }
  | { readonly role: 'sums'; readonly level: number }
  | { readonly role: 'level-token'; readonly level: number; readonly label: string }

/** The place that the format gives a path; undefined for a path that it does not know. */
export function layoutRole(path: string): LayoutRole | undefined {
  if (path.startsWith('data/')) return PAYLOAD_NAME.test(path) ? { role: 'payload' } : undefined
  if (MANDATORY_FILES.includes(path) || LONG_TERM_FILES.includes(path)) return { role: 'tag' }
  if (path.startsWith('record/validation/')) {
    return VALIDATION_NAME.test(path.slice('record/validation/'.length)) ? { role: 'validation-hint' } : undefined
  }
  const level = /^seal\/([1-9][0-9]{0,3})\/(.+)$/.exec(path)
  if (level === null) return undefined
  const name = level[2] ?? ''
  if (name.startsWith('validation/')) {
    return VALIDATION_NAME.test(name.slice('validation/'.length)) ? { role: 'validation-hint' } : undefined
  }
  if (level[1] !== '1') {
    if (name === SUMS) return { role: 'sums', level: Number(level[1]) }
    const label = LEVEL_TOKEN_NAME.exec(name)?.[1]
    return label === undefined ? undefined : { role: 'level-token', level: Number(level[1]), label }
  }
  const signature = SIGNATURE_NAME.exec(name)
  if (signature !== null) return { role: 'signature', file: name, covers: signature[1] ?? '' }
  const token = TOKEN_NAME.exec(name)
  if (token !== null) return { role: 'token', signatureFile: token[1] ?? '', label: token[2] ?? '' }
  return undefined
}

/** The seal level that a path lies in, 1 for the first; null outside `seal/N/`. */
export function sealLevelOf(path: string): number | null {
  const level = /^seal\/([1-9][0-9]{0,3})\/./.exec(path)?.[1]
  return level === undefined ? null : Number(level)
}

/**
 * What lies under seal/N/validation/ by the name of a hint is one: useless at worst, never undeclared. Under another name
 * it is none, because the format has no place for it.
 */
export function isSealHint(path: string): boolean {
  return path.startsWith('seal/') && layoutRole(path)?.role === 'validation-hint'
}
