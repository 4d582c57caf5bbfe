import { parseJson } from '../json/parse.ts'
import { exactly, integer, listOf, object, oneOf, readClosed, text, textWhere } from '../json/shape.ts'
import { fromBase64, toHex } from '../model/bytes.ts'
import { compareInstants, parseInstant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { SmallDigest } from '../model/ports.ts'
import {
  ANCHOR_ROLES,
  type TrustAnchor,
  type TrustAnchorEntry,
  type TrustSet,
  type TrustSetFile,
} from '../model/trust-set.ts'
import type { Certificate } from '../pki/certificate.ts'

/**
 * Reads a trust set: RFC 8785 JSON, so that one set has one digest; closed, so that nothing in it goes unread.
 * Throws ParseError: ERR_JSON_* and ERR_LIMIT for the form, ERR_TRUST_SET for what it says (an anchor without its
 * certificate or key, one twice in the same role, dates that do not exist or run backwards), and what
 * `parseCertificate` throws.
 *
 * Anchors of role `log` are keys without a certificate; they stand in `file` only.
 */
export function parseTrustSet(
  bytes: Uint8Array,
  parseCertificate: (der: Uint8Array) => Certificate,
  smallDigest: SmallDigest,
): TrustSet {
  const value = parseJson(bytes, 'trust set', { limit: LIMITS.trustSetBytes, canonical: true })
  const file = readClosed(TRUST_SET, value, 'trust set', 'ERR_TRUST_SET')
  if (file.reviewBy < file.date) refuse('reviewBy', `not before ${file.date}`, file.reviewBy)

  const anchors: TrustAnchor[] = []
  const seen = new Set<string>()
  for (const [index, entry] of file.anchors.entries()) {
    const where = `anchors[${index}]`
    const anchor = readAnchor(entry, where, parseCertificate)
    const identity = `${entry.role} ${anchor?.sha256 ?? entry.verifierKey}`
    if (seen.has(identity)) refuse(where, 'each anchor once in a role', identity)
    seen.add(identity)
    if (anchor !== null) anchors.push(anchor)
  }
  return { file, sha256: toHex(smallDigest('sha256', bytes)), anchors }
}

/** One line of a person's words; longer or with controls, it could disturb a terminal or a printed card. */
const WORDS = text({ pattern: /^[^\p{Cc}\p{Zl}\p{Zp}]{1,500}$/u, expected: '1 to 500 characters on one line' })
const DATE = textWhere('RFC 3339 date', (found) => found.length === 10 && parseInstant(found) !== undefined)
const TIME = textWhere('RFC 3339 date, or time in UTC', (found) => parseInstant(found) !== undefined)

const ANCHOR = object<TrustAnchorEntry>(
  {
    role: oneOf(ANCHOR_ROLES),
    label: WORDS,
    source: WORDS,
    certificate: text(),
    // C2SP signed-note, "Verifier keys": name, key hash, key.
    verifierKey: text({ pattern: /^[^\s+]{1,255}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{4,}={0,2}$/, expected: 'name+hash+key' }),
    from: TIME,
    until: TIME,
  },
  ['certificate', 'verifierKey', 'from', 'until'],
)

const TRUST_SET = object<TrustSetFile>(
  {
    trustSet: exactly('probatum/trust-set/1-draft'),
    issuer: WORDS,
    number: integer(1),
    date: DATE,
    reviewBy: DATE,
    sample: exactly(true),
    anchors: listOf(ANCHOR, { minimum: 1 }),
  },
  ['sample'],
)

function readAnchor(
  entry: TrustAnchorEntry,
  where: string,
  parseCertificate: (der: Uint8Array) => Certificate,
): TrustAnchor | null {
  const from = entry.from === undefined ? undefined : parseInstant(entry.from)
  const until = entry.until === undefined ? undefined : parseInstant(entry.until)
  if (from !== undefined && until !== undefined && compareInstants(from, until) >= 0) {
    refuse(`${where}.until`, `after ${entry.from}`, entry.until ?? '')
  }
  if (entry.role === 'log') {
    if (entry.certificate !== undefined) refuse(`${where}.certificate`, 'absent in role log', 'present')
    if (entry.verifierKey === undefined) refuse(`${where}.verifierKey`, 'member', 'absent')
    return null
  }
  if (entry.verifierKey !== undefined) refuse(`${where}.verifierKey`, `absent in role ${entry.role}`, 'present')
  if (entry.certificate === undefined) return refuse(`${where}.certificate`, 'member', 'absent')
  const der = fromBase64(entry.certificate)
  if (der === undefined) return refuse(`${where}.certificate`, 'base64 of DER', entry.certificate.slice(0, 40))
  return {
    anchor: true,
    role: entry.role,
    label: entry.label,
    sha256: parseCertificate(der).sha256,
    der,
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  }
}

function refuse(where: string, expected: string, found: string): never {
  throw new ParseError('ERR_TRUST_SET', { where: `trust set ${where}`, expected, found })
}
