import type { Policy } from '../model/policy.ts'
import { ENDED_DIGESTS, ENDED_RSA, RSA_MINIMUM_BITS } from './algorithm-dates.ts'

/**
 * The policies that come with the program. A policy that was published is never changed: a correction is a new number,
 * and the old one stays. The test beside this file pins each digest.
 */

const ALGORITHMS: Policy['algorithms'] = {
  digests: {
    ...Object.fromEntries(ENDED_DIGESTS.map(({ digest, until }) => [digest, { until }])),
    sha224: {},
    sha256: {},
    sha384: {},
    sha512: {},
    'sha3-224': {},
    'sha3-256': {},
    'sha3-384': {},
    'sha3-512': {},
    // Only in signed attributes, with Ed448, ML-DSA and SLH-DSA (RFC 8419, RFC 9882, RFC 9814).
    shake128: {},
    shake256: {},
  },
  rsaMinimumBits: RSA_MINIMUM_BITS,
  rsaUntil: ENDED_RSA.map(({ bits, until }) => ({ bits, until })),
  curves: ['P-256', 'P-384', 'P-521', 'brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1'],
  schemes: ['rsa-pkcs1', 'rsa-pss', 'ecdsa', 'ed25519', 'ed448', 'ml-dsa', 'slh-dsa'],
}

/** 64 signature checks and depth 8 hold every honest public-key infrastructure that was measured, with room. */
const PATHS: Policy['paths'] = { maxDepth: 8, maxSignatureChecks: 64 }

/**
 * `bytes` and `completeness` of any bag. What RFC 8493 leaves to the maker may be absent: tag manifests, Payload-Oxum, a
 * group; and a digest that the caller left out is no loss while another one covers every file (payload.coverage).
 */
const fixity: Policy = {
  policy: 'probatum/policy/1-draft',
  id: 'fixity',
  number: 1,
  requiredAxes: ['bytes', 'completeness'],
  // RFC 8493 leaves tag manifests and Payload-Oxum to the maker of a bag. A native bundle without them is never "not checked".
  mayBeNotChecked: ['payload.digest', 'tag.digest', 'tag.present', 'payload.oxum', 'bag.part'],
  mayBeWithheld: [],
  revocation: 'not-checked',
  timestamps: { atLeast: 0 },
  payload: { digests: [] },
  strict: { systemLeftovers: 'set-aside', unlistedTagFiles: 'allowed', oldBagVersions: 'allowed' },
  paths: PATHS,
  algorithms: ALGORITHMS,
}

/**
 * A fresh seal has no later levels, and one that is judged as of an earlier day had them later; where no time is proved, other
 * findings say so.
 */
const UNRENEWED = ['renewal.levels', 'renewal.token', 'renewal.due'] as const satisfies Policy['mayBeNotChecked']

/** The default: also who sealed it, and since when. Revocation is judged when there is data for it, and its absence is printed. */
const sealed: Policy = {
  ...fixity,
  id: 'sealed',
  requiredAxes: ['bytes', 'completeness', 'signer', 'time'],
  mayBeNotChecked: [
    'payload.digest',
    'bag.part',
    'signer.revocation',
    'timestamp.revocation',
    ...UNRENEWED,
    'renewal.coverage',
  ],
  revocation: 'if-present',
  timestamps: { atLeast: 1 },
  payload: { digests: ['sha256'] },
  strict: { systemLeftovers: 'set-aside', unlistedTagFiles: 'refused', oldBagVersions: 'refused' },
}

/**
 * What a history need not have: openings of these fields, hand-overs, changes of key, earlier checkpoints, witnesses, grounds,
 * redacted copies, notices, a recipient to compare with.
 */
const MAY_BE_ABSENT = [
  'custody.objects',
  'custody.digests',
  'custody.time',
  'custody.handover',
  'log.key-change',
  'log.consistency',
  'log.witnesses',
  'disclosure.grounds',
  'disclosure.copies',
  'authorisation.notices',
  'authorisation.recipient',
] as const satisfies Policy['mayBeNotChecked']

/**
 * Everything that a contested hearing may ask for. What is withheld from this recipient, under commitments that hold, costs
 * nothing by itself: the label counts it.
 */
const court: Policy = {
  ...sealed,
  id: 'court',
  requiredAxes: ['bytes', 'completeness', 'signer', 'time', 'custody', 'log', 'disclosure', 'authorisation'],
  mayBeNotChecked: ['payload.digest', 'bag.part', ...UNRENEWED, 'renewal.coverage', ...MAY_BE_ABSENT],
  // A closed consent is the issuer's statement, under a commitment that can be opened to a judge.
  mayBeWithheld: ['custody.shown', 'disclosure.items', 'disclosure.fields', 'authorisation.consents'],
  revocation: 'required',
  timestamps: { atLeast: 2 },
}

/**
 * For decades: two digests, each compared for every file; nothing left by a system. Later seal levels are judged when there
 * are any, and then whole: what a level lists was compared. A fresh seal has none yet.
 */
const longTerm: Policy = {
  ...court,
  id: 'long-term',
  mayBeNotChecked: ['bag.part', ...UNRENEWED, ...MAY_BE_ABSENT],
  payload: { digests: ['sha256', 'sha512'] },
  strict: { ...court.strict, systemLeftovers: 'refused' },
}

/** In the order in which `policy list` prints them; `sealed` is the default. */
export const SHIPPED_POLICIES: readonly Policy[] = [fixity, sealed, court, longTerm]

/** The policy of a call that names none. */
export const DEFAULT_POLICY_ID = 'sealed'
