import { equalBytes } from '../model/bytes.ts'
import type { GeneralName, GeneralSubtree } from './certificate.ts'

/**
 * How a name stands to one subtree. `unknown`: the form or the distance is not processed, the constraint is none by
 * RFC 5280 §4.2.1.10, or the name cannot be read as what it says.
 */
export type SubtreeMatch = 'inside' | 'outside' | 'unknown'

/** What a doubtful match means for the holder: nothing is permitted or left free by doubt. */
export type SubtreeList = 'permitted' | 'excluded'

/** RFC 5280 §4.2.1.10: one name against one subtree of the same form. */
export function matchSubtree(name: GeneralName, { base, isWhole }: GeneralSubtree, list: SubtreeList): SubtreeMatch {
  if (!isWhole) return 'unknown'
  switch (name.kind) {
    case 'directoryName':
      return base.kind === name.kind ? insideIf(isPrefix(base.name.rdns, name.name.rdns)) : 'unknown'
    case 'dNSName':
      return base.kind === name.kind ? matchHostName(name.value, base.value, list) : 'unknown'
    case 'rfc822Name':
      return base.kind === name.kind ? matchMailbox(name.value, base.value, list) : 'unknown'
    case 'uniformResourceIdentifier':
      return base.kind === name.kind ? matchUri(name.value, base.value, list) : 'unknown'
    case 'iPAddress':
      return base.kind === name.kind ? matchAddress(name.octets, base.octets, list) : 'unknown'
    default:
      return 'unknown'
  }
}

function insideIf(is: boolean): SubtreeMatch {
  return is ? 'inside' : 'outside'
}

/** A name that is not what its form says lies in no permitted subtree, and may lie in an excluded one. */
function unreadable(list: SubtreeList): SubtreeMatch {
  return list === 'permitted' ? 'outside' : 'unknown'
}

function isPrefix(base: readonly string[], name: readonly string[]): boolean {
  return base.length <= name.length && base.every((rdn, index) => rdn === name[index])
}

const HOST = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/

function isHost(text: string): boolean {
  return text.length <= 253 && HOST.test(text)
}

/**
 * Labels may be added to the left. A constraint with a leading dot is in use, with two meanings, and not in the
 * standard: narrow where it permits, in doubt where it excludes. `*.sample.example` stands for each name that it may match,
 * and to readers older than RFC 6125 §6.4.3 for names with more labels, which is doubt too.
 */
function matchHostName(found: string, constraint: string, list: SubtreeList): SubtreeMatch {
  const base = constraint.toLowerCase()
  const bare = base.startsWith('.') ? base.slice(1) : base
  if (base !== '' && !isHost(bare)) return 'unknown'
  const name = found.toLowerCase()
  const isWildcard = name.startsWith('*.')
  const fixed = isWildcard ? name.slice(2) : name
  if (!isHost(fixed)) return unreadable(list)
  if (base === '' || name.endsWith(`.${bare}`)) return 'inside'
  if (name === bare && base === bare) return 'inside'
  if (list === 'permitted') return 'outside'
  if (name === bare) return 'unknown'
  if (!isWildcard || !bare.endsWith(`.${fixed}`)) return 'outside'
  return bare.slice(0, -fixed.length - 1).includes('.') ? 'unknown' : 'inside'
}

/** One mailbox, all mailboxes of one host, or of all hosts below a domain. */
function matchMailbox(found: string, constraint: string, list: SubtreeList): SubtreeMatch {
  const baseAt = constraint.lastIndexOf('@')
  const base = constraint.slice(baseAt + 1).toLowerCase()
  const isDomain = baseAt < 0 && base.startsWith('.')
  if (baseAt === 0 || !isHost(isDomain ? base.slice(1) : base)) return 'unknown'
  const at = found.lastIndexOf('@')
  const host = found.slice(at + 1).toLowerCase()
  if (at < 1 || !isHost(host)) return unreadable(list)
  if (isDomain) return insideIf(host.endsWith(base))
  if (baseAt < 0) return insideIf(host === base)
  const [local, kept] = [found.slice(0, at), constraint.slice(0, baseAt)]
  if (host !== base || local.toLowerCase() !== kept.toLowerCase()) return 'outside'
  // RFC 5280 §7.5: the local part is compared as it is written. Most hosts deliver without case, so that another case leaves open
  // whether it is the mailbox that is excluded.
  return local === kept ? 'inside' : list === 'permitted' ? 'outside' : 'unknown'
}

/** The host of a URI: one host, or all below a domain. A URI without a host name is to be refused. */
function matchUri(found: string, constraint: string, list: SubtreeList): SubtreeMatch {
  const base = constraint.toLowerCase()
  const isDomain = base.startsWith('.')
  if (!isHost(isDomain ? base.slice(1) : base)) return 'unknown'
  const host = hostOf(found)
  if (host === null) return unreadable(list)
  return insideIf(isDomain ? host.endsWith(base) : host === base)
}

/** Of RFC 3986 §2. Readers disagree where the host is in anything else: `\` is `/` to some. */
const URI_CHARACTERS = /^[a-z0-9._~:/?#[\]@!$&'()*+,;=%-]*$/i

/** RFC 3986 §3.2; null for none, for an address, for what is no host name, and for what is no URI. */
function hostOf(uri: string): string | null {
  if (!URI_CHARACTERS.test(uri)) return null
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1]
  if (authority === undefined) return null
  const host = authority
    .slice(authority.lastIndexOf('@') + 1)
    .replace(/:[0-9]*$/, '')
    .toLowerCase()
  const isAddress = /^[0-9.]*$/.test(host)
  return isAddress || !isHost(host) ? null : host
}

/** Address and mask (RFC 4632); the two versions of IP are one form. */
function matchAddress(found: Uint8Array, constraint: Uint8Array, list: SubtreeList): SubtreeMatch {
  const size = constraint.length / 2
  if (size !== 4 && size !== 16) return 'unknown'
  const mask = constraint.subarray(size)
  if (!isMask(mask)) return 'unknown'
  if (found.length !== 4 && found.length !== 16) return unreadable(list)
  if (found.length !== size) return 'outside'
  return insideIf(found.every((octet, i) => (((constraint[i] ?? 0) ^ octet) & (mask[i] ?? 0)) === 0))
}

/** Ones, then zeros. */
function isMask(mask: Uint8Array): boolean {
  let ended = false
  for (const octet of mask) {
    if (ended && octet !== 0) return false
    if (octet === 0xff) continue
    if ((((octet ^ 0xff) + 1) & (octet ^ 0xff)) !== 0) return false
    ended = true
  }
  return true
}

/** What one comparison costs: a long name is as many as it has pieces of 64 characters. */
export function matchCost(name: GeneralName, base: GeneralName): number {
  return 1 + (Math.min(lengthOf(name), lengthOf(base)) >> 6)
}

function lengthOf(name: GeneralName): number {
  switch (name.kind) {
    case 'directoryName':
      return name.name.key.length
    case 'dNSName':
    case 'rfc822Name':
    case 'uniformResourceIdentifier':
      return name.value.length
    default:
      return 0
  }
}

/** id-on-SmtpUTF8Mailbox, DER (RFC 9598 §3): rfc822Name constraints cover it, and it is not processed. */
const SMTP_UTF8_MAILBOX = Uint8Array.of(6, 8, 0x2b, 6, 1, 5, 5, 7, 8, 9)

export function isUtf8Mailbox(name: GeneralName): boolean {
  if (name.kind !== 'otherName') return false
  // type-id is the first of its content; X.690 §8.1.3: octets of the length.
  const first = name.der[1] ?? 0
  const start = 2 + (first < 0x80 ? 0 : first & 0x7f)
  return equalBytes(name.der.subarray(start, start + SMTP_UTF8_MAILBOX.length), SMTP_UTF8_MAILBOX)
}
