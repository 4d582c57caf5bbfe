import { CATALOGUE, type FindingId } from '../checks/catalogue.ts'
import { canonicalise } from '../json/canonicalise.ts'
import { parseJson } from '../json/parse.ts'
import { exactly, flag, integer, listOf, mapOf, object, oneOf, readClosed, text, textWhere } from '../json/shape.ts'
import { equalBytes } from '../model/bytes.ts'
import { AXES } from '../model/finding.ts'
import { parseInstant } from '../model/instant.ts'
import { LIMITS } from '../model/limits.ts'
import { ParseError } from '../model/parse-error.ts'
import type { Policy } from '../model/policy.ts'
import type { DigestAlgorithm, EcCurve, SignedDigestAlgorithm } from '../model/ports.ts'
import { SHIPPED_POLICIES } from './shipped.ts'

const DIGESTS = [
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha3-224',
  'sha3-256',
  'sha3-384',
  'sha3-512',
] as const satisfies readonly DigestAlgorithm[]

const SIGNED_DIGESTS = [...DIGESTS, 'shake128', 'shake256'] as const satisfies readonly SignedDigestAlgorithm[]

const CURVES = [
  'P-256',
  'P-384',
  'P-521',
  'brainpoolP256r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
] as const satisfies readonly EcCurve[]

const FINDING_IDS: readonly FindingId[] = CATALOGUE.map(({ id }) => id)
const CHECKS = listOf(oneOf(FINDING_IDS), { unique: true })
const DATE = textWhere('RFC 3339 date', (found) => found.length === 10 && parseInstant(found) !== undefined)

const POLICY = object<Policy>({
  policy: exactly('probatum/policy/1-draft'),
  id: text({ pattern: /^[a-z0-9][a-z0-9-]{0,63}$/ }),
  number: integer(1),
  requiredAxes: listOf(oneOf(AXES), { unique: true }),
  mayBeNotChecked: CHECKS,
  mayBeWithheld: CHECKS,
  revocation: oneOf(['required', 'if-present', 'not-checked']),
  timestamps: object<Policy['timestamps']>({ atLeast: integer(0, 32) }),
  payload: object<Policy['payload']>({ digests: listOf(oneOf(DIGESTS), { unique: true }) }),
  strict: object<Policy['strict']>({
    systemLeftovers: oneOf(['set-aside', 'refused']),
    unlistedTagFiles: oneOf(['allowed', 'refused']),
    oldBagVersions: oneOf(['allowed', 'refused']),
  }),
  // A policy may be stricter or looser than the shipped ones, and never so loose that a hostile bundle costs hours.
  paths: object<Policy['paths']>(
    {
      maxDepth: integer(1, 32),
      maxSignatureChecks: integer(1, 4096),
      userInitialPolicySet: listOf(text({ pattern: /^[0-2](?:\.(?:0|[1-9][0-9]{0,38})){1,32}$/ }), { unique: true }),
      initialPolicyMappingInhibit: flag,
      initialExplicitPolicy: flag,
      initialAnyPolicyInhibit: flag,
      certificateProfile: exactly('required'),
    },
    [
      'userInitialPolicySet',
      'initialPolicyMappingInhibit',
      'initialExplicitPolicy',
      'initialAnyPolicyInhibit',
      'certificateProfile',
    ],
  ),
  algorithms: object<Policy['algorithms']>(
    {
      digests: mapOf(SIGNED_DIGESTS, object<{ readonly until?: string }>({ until: DATE }, ['until'])),
      rsaMinimumBits: integer(0, 16_384),
      rsaUntil: listOf(
        object<{ readonly bits: number; readonly until: string }>({ bits: integer(0, 16_384), until: DATE }),
      ),
      curves: listOf(oneOf(CURVES), { unique: true }),
      schemes: listOf(oneOf(['rsa-pkcs1', 'rsa-pss', 'ecdsa', 'ed25519', 'ed448', 'ml-dsa', 'slh-dsa']), {
        unique: true,
      }),
    },
    ['rsaUntil'],
  ),
})

/**
 * Reads a policy: RFC 8785 JSON, so that one policy has one digest; closed, so that nothing in it goes unread.
 * @throws ParseError ERR_LIMIT, ERR_TEXT_ENCODING, ERR_JSON_* for the form, ERR_POLICY for what it says
 */
export function parsePolicy(bytes: Uint8Array): Policy {
  const value = parseJson(bytes, 'policy', { limit: LIMITS.recordBytes, canonical: true })
  const policy = readClosed(POLICY, value, 'policy', 'ERR_POLICY')
  // It cannot be asked for and cost nothing at once.
  const contradicting = policy.mayBeNotChecked.find(
    (id) => policy.revocation === 'required' && id.endsWith('.revocation'),
  )
  if (contradicting !== undefined) {
    throw new ParseError('ERR_POLICY', {
      where: 'policy mayBeNotChecked',
      expected: `not ${contradicting}, since revocation is required`,
      found: contradicting,
    })
  }
  requireOwnName(policy, bytes)
  return policy
}

/** Reports name a policy by its id: another one under a name that people know would be taken for it. */
function requireOwnName({ id }: Policy, bytes: Uint8Array): void {
  const ours = SHIPPED_POLICIES.filter((shipped) => shipped.id === id)
  if (ours.length === 0 || ours.some((shipped) => equalBytes(serializePolicy(shipped), bytes))) return
  const expected = `a name of its own, or the policy ${id} of this program byte for byte`
  throw new ParseError('ERR_POLICY', { where: 'policy id', expected, found: id })
}

/** The bytes of a policy file: what its SHA-256 in reports is of. */
export function serializePolicy(policy: Policy): Uint8Array {
  return canonicalise(policy)
}
