import type { Option } from 'yargs'

/** Spelled out: help must not load the catalogues. A test compares them with the languages there are. */
export const LANGUAGES = ['en', 'fr', 'es', 'ar', 'my'] as const

/** A value that is typed once, as text: yargs would read 2025 as a number and drop a zero. */
const text = (describe: string, rest: Partial<Option> = {}): Option => ({
  type: 'string',
  requiresArg: true,
  describe,
  ...rest,
})
const flag = (describe: string, rest: Partial<Option> = {}): Option => ({ type: 'boolean', describe, ...rest })

export const LOOKS: Readonly<Record<string, Option>> = {
  color: text('colours: auto means on a terminal only, and not under NO_COLOR', {
    choices: ['auto', 'always', 'never'],
  }),
  ascii: flag('write nothing but ASCII'),
}

export const JUDGEMENT: Readonly<Record<string, Option>> = {
  policy: text('what must hold: fixity, sealed (default), court, long-term, or a file written with its path'),
  'trust-set': text('the file that says whose keys you believe; it must come by another way than the bundle'),
  'trust-code': text('the code of that file, from the letter that came with it'),
  at: text(
    'judge as of this time, 2026-03-14T09:12:00Z, or 2026-03-14 for the last second of that day in UTC; default: now',
  ),
}

/** As core has them; written out, so that the help needs nothing of it. */
export const ROLES = ['signer', 'time-stamp-authority', 'log', 'handover', 'approver', 'notice', 'trust-set'] as const

export const REVOCATION: Readonly<Record<string, Option>> = {
  crl: text('withdrawal lists (CRLs) of authorities, DER or PEM; may be repeated', {
    array: true,
    alias: 'crls',
  }),
  ocsp: text('OCSP responses, DER; may be repeated', { array: true }),
}

/** What helps to judge a signature or time-stamp without its bundle. */
export const BESIDE: Readonly<Record<string, Option>> = {
  ...REVOCATION,
  intermediates: text(
    'certificates that a path may go through, PEM or DER; several files, or repeated. Never trusted by being here',
    { array: true },
  ),
}

/** The inputs of RFC 5280 §6.1.1 (c), (e), (f) and (g), in its own words. */
export const PATH_INPUTS: Readonly<Record<string, Option>> = {
  'user-initial-policy-set': text(
    'OIDs of the certificate policies that you accept where one is required (RFC 5280 §6.1.1); several, or repeated',
    { array: true },
  ),
  'initial-explicit-policy': flag('the path must be valid for a certificate policy'),
  'initial-policy-mapping-inhibit': flag('no certificate policy is mapped to another one'),
  'initial-any-policy-inhibit': flag('anyPolicy stands for no certificate policy'),
}

export const OUTPUT: Readonly<Record<string, Option>> = {
  json: flag('print the report as JSON, one line for each bundle'),
  details: flag('print every axis, what was not checked, and all digests'),
  quiet: flag('print nothing; the exit code tells'),
  save: text('save the report as JSON to this new file'),
  ...LOOKS,
}

/** Keys that open encrypted bundles. */
export const IDENTITY: Readonly<Record<string, Option>> = {
  identity: text(
    'your key, for a bundle that was encrypted to it: an identity file of age, a private key in PEM, or PKCS #12; may be repeated',
    { array: true },
  ),
  'identity-password-file': text('the file whose first line is the password of --identity'),
}

export const VERIFY: Readonly<Record<string, Option>> = {
  ...JUDGEMENT,
  ...IDENTITY,
  ...REVOCATION,
  digests: text('hash the evidence files under these only, e.g. sha256 or sha256,sha512; default: all'),
  part: flag('this copy is a part: listed files that are absent do not contradict'),
  names: flag('show original file names where they were opened'),
  disclosures: text(
    'a file of later openings, as `probatum disclose` writes it; may be repeated. It is checked against this bundle',
    {
      array: true,
    },
  ),
  notices: text(
    'a notice of the issuer, as `probatum notice make` writes it: what was withdrawn, superseded or recalled; may be repeated',
    { array: true },
  ),
  'evidence-record': text(
    'an evidence record (RFC 4998) over files of the bundle; may be repeated: since when they existed, as it proves',
    { array: true },
  ),
  recipient: text(
    'whom the bundle should be for: age1…, a file with a certificate, the SHA-256 of a key, or name:NAME; says when it was made for somebody else',
  ),
  'show-opened': flag('print opened values under a banner, and keep them in --save-facts; never in a report'),
  html: text('save the report as one page for a browser, to be kept or printed, to this new file'),
  language: text('of --html; default: en', { choices: LANGUAGES }),
  inventory: text('save what was found of each file (JSON lines) to this new file'),
  'save-facts': text('save what was computed, for `probatum judge`, to this new file'),
  jobs: { type: 'number', requiresArg: true, describe: 'threads that hash; default: as many as this computer has' },
  ...OUTPUT,
}
