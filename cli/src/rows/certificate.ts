import type { Option, Parsed } from 'yargs'
import { UsageError } from '../errors.ts'
import { BESIDE, IDENTITY, JUDGEMENT, LANGUAGES, LOOKS, OUTPUT, REVOCATION, VERIFY } from '../options.ts'
import type { CommandRow } from './command-row.ts'
import { KEYS } from './signing.ts'

/** As @probatum/words has them; written out, so that the help needs nothing of it. A test compares. */
export const TEMPLATES = ['general', 'international-transmittal', 'us-902', 'in-bsa63'] as const

const OPTIONS: Readonly<Record<string, Option>> = {
  out: {
    type: 'string',
    alias: 'o',
    requiresArg: true,
    demandOption: true,
    describe: 'the new PDF; FILE.json is written beside it',
  },
  template: {
    type: 'string',
    requiresArg: true,
    choices: TEMPLATES,
    describe: 'which form stands at the end; default: general',
  },
  choice: {
    type: 'string',
    requiresArg: true,
    describe: 'which variant of the form; us-902: inside or outside the United States',
  },
  language: { type: 'string', requiresArg: true, choices: LANGUAGES, describe: 'default: en' },
  paper: { type: 'string', requiresArg: true, choices: ['a4', 'letter'], describe: 'default: a4' },
  'utc-offset': {
    type: 'string',
    requiresArg: true,
    describe: 'print the times of the first page also as clocks show them at this offset from UTC, e.g. +06:30',
  },
  labels: { type: 'string', requiresArg: true, describe: 'exhibit numbers: a file with lines “SHA-256  number”' },
  names: { type: 'boolean', describe: 'print original file names where they were opened; every page then says so' },
  list: {
    type: 'string',
    requiresArg: true,
    choices: ['auto', 'full', 'exceptions', 'none'],
    describe: 'files on the pages: auto 500, full 10,000 at most, exceptions, or none; the attached list has all',
  },
  inventory: {
    type: 'string',
    requiresArg: true,
    describe: 'of saved facts, given in place of a bundle: the inventory that was saved with them',
  },
  force: { type: 'boolean', describe: 'write over a file of that name' },
  part: VERIFY.part as Option,
  disclosures: VERIFY.disclosures as Option,
  notices: VERIFY.notices as Option,
  'evidence-record': VERIFY['evidence-record'] as Option,
  recipient: VERIFY.recipient as Option,
  'show-opened': { type: 'boolean', hidden: true, describe: 'refused: a certificate holds no opened values' },
  ...JUDGEMENT,
  ...IDENTITY,
  ...REVOCATION,
  quiet: OUTPUT.quiet as Option,
  ...LOOKS,
}

export const CERTIFICATE: readonly CommandRow[] = [
  {
    name: 'certify',
    usage: 'certify <bundle>',
    describe: 'verify a bundle and make a PDF certificate of the result',
    positionals: { bundle: { type: 'string', describe: 'a folder, a ZIP or a tar; with --inventory, saved facts' } },
    options: OPTIONS,
    check: (argv) => {
      if (argv['show-opened'] === true)
        throw new UsageError(
          '--show-opened does not go with a certificate, which holds no opened values.',
          'Leave it out; `probatum verify --show-opened` prints them on the terminal. --names prints original file names.',
        )
    },
    load: async (argv) => (await import('../commands/certify.ts')).certify(argv),
  },
]

const text = (describe: string, rest: Partial<Option> = {}): Option => ({
  type: 'string',
  requiresArg: true,
  describe,
  ...rest,
})
const PDF = { pdf: { type: 'string', describe: 'the certificate' } } as const
const OUT = text('the new file', { alias: 'o', demandOption: true })
const FORCE: Option = { type: 'boolean', describe: 'write over a file of that name' }
const CHAIN = text('certificates, PEM: the signer’s first, no root', { alias: 'cert', demandOption: true })
const TSA = text('address of a time-stamp authority. This uses the network')
const ONE_AUTHORITY: Readonly<Record<string, Option>> = {
  tsa: TSA,
  'tsa-policy': text('the policy that the authority is to use, an OID'),
  'tsa-login': text('a file with the line user:password for it; or the variable PROBATUM_TSA_LOGIN_TSA'),
  'tsa-timeout': { type: 'number', requiresArg: true, describe: 'seconds for one attempt; default: 30' },
}
const SIGNING_TIME = text('the time that the signer states; default: now')
const DIGEST = text('default: sha256; Ed25519 has its own', { choices: ['sha256', 'sha384', 'sha512'] })
const RSA_PSS: Option = { type: 'boolean', describe: 'the RSA key signs with PSS' }
/** What proves years later that certificates were good when they were used. */
const LATER: Readonly<Record<string, Option>> = {
  certificates: text('certificates to be stored in the file, PEM or DER; several files, or repeated', { array: true }),
  ...REVOCATION,
}

/** @throws {UsageError} for what an authority is to do where none is asked */
function requireAuthority(argv: Parsed): void {
  const given = ['tsa-policy', 'tsa-login', 'tsa-timeout'].find((name) => argv[name] !== undefined)
  if (given !== undefined && argv.tsa === undefined)
    throw new UsageError(`--${given} goes with --tsa.`, 'Name the authority: --tsa https://tsa.example/.')
}

/** Of `certificate check`: how its bundle is read and judged, as `verify` takes it. */
const OF_BUNDLE: Readonly<Record<string, Option>> = {
  part: VERIFY.part as Option,
  disclosures: VERIFY.disclosures as Option,
  notices: VERIFY.notices as Option,
  'evidence-record': VERIFY['evidence-record'] as Option,
  recipient: VERIFY.recipient as Option,
  ...IDENTITY,
}

/** `probatum certificate …`: signing and checking. */
export const CERTIFICATE_FILE: readonly CommandRow[] = [
  {
    name: 'certificate check',
    usage: 'check <pdf>',
    describe: 'is this certificate as it was made, who signed it, do its pages say what its data say',
    positionals: PDF,
    options: {
      bundle: text('the bundle that it is about: verified again, under its policy and trust set and under yours'),
      sidecar: text('what lies beside it, NAME.pdf.json: compared where the data were lost'),
      printed: text('a digest that you read on its pages; may be repeated', { array: true }),
      ...JUDGEMENT,
      ...BESIDE,
      ...OF_BUNDLE,
      'save-facts': VERIFY['save-facts'] as Option,
      ...OUTPUT,
    },
    check: (argv) => {
      const given = Object.keys(OF_BUNDLE).find((name) => argv[name] !== undefined && argv[name] !== false)
      if (given !== undefined && argv.bundle === undefined)
        throw new UsageError(
          `--${given} is about the bundle, and none was given.`,
          'Add --bundle BUNDLE: the bundle that the certificate is about.',
        )
    },
    listsTakeSeveral: true,
    load: async (argv) => (await import('../commands/certificate-check.ts')).checkCertificate(argv),
  },
  {
    name: 'certificate sign',
    usage: 'sign <pdf>',
    describe: 'sign a certificate (PAdES) with a key that is here',
    positionals: PDF,
    options: {
      out: OUT,
      ...KEYS,
      chain: text('certificates, PEM: the signer’s first, no root', { alias: 'cert' }),
      'rsa-pss': RSA_PSS,
      ...ONE_AUTHORITY,
      'signing-time': SIGNING_TIME,
      ...LATER,
      force: FORCE,
      ...LOOKS,
    },
    check: (argv) => {
      const own = ['key', 'chain'].filter((name) => argv[name] !== undefined)
      if (argv.p12 === undefined && own.length < 2)
        throw new UsageError('A signature needs a key and its certificates.', 'Give --key and --chain, or --p12.')
      if (argv.p12 !== undefined && own.length > 0)
        throw new UsageError('--p12 has the key and its certificates.', 'Leave --key and --chain out.')
      if (argv.p12 !== undefined && argv['password-file'] === undefined)
        throw new UsageError(
          '--p12 and --password-file go together.',
          'Write the password to a file that only you can read.',
        )
      requireAuthority(argv)
    },
    listsTakeSeveral: true,
    load: async (argv) => (await import('../commands/certificate-sign.ts')).signCertificate(argv),
  },
  {
    name: 'certificate prepare',
    usage: 'prepare <pdf>',
    describe: 'make room for a signature, and write the bytes that a card or device signs',
    positionals: PDF,
    options: {
      out: OUT,
      chain: CHAIN,
      attributes: text('the new file with the bytes to be signed; default: OUT.attributes.der'),
      digest: DIGEST,
      'rsa-pss': RSA_PSS,
      'signing-time': SIGNING_TIME,
      force: FORCE,
      ...LOOKS,
    },
    load: async (argv) => (await import('../commands/certificate-sign.ts')).prepareCertificate(argv),
  },
  {
    name: 'certificate embed',
    usage: 'embed <pdf>',
    describe: 'put a signature that a card or device made into a prepared certificate',
    positionals: PDF,
    options: {
      signature: text('the signature as the device gave it', { demandOption: true }),
      chain: CHAIN,
      digest: DIGEST,
      'rsa-pss': RSA_PSS,
      out: OUT,
      ...LATER,
      force: FORCE,
      ...LOOKS,
    },
    listsTakeSeveral: true,
    load: async (argv) => (await import('../commands/certificate-sign.ts')).embedSignature(argv),
  },
  {
    name: 'certificate prepare-timestamp',
    usage: 'prepare-timestamp <pdf>',
    describe: 'write the request for a time-stamp over the signature',
    positionals: PDF,
    options: { out: OUT, force: FORCE, ...LOOKS },
    load: async (argv) => (await import('../commands/certificate-sign.ts')).prepareTimestamp(argv),
  },
  {
    name: 'certificate embed-timestamp',
    usage: 'embed-timestamp <pdf>',
    describe: 'put the authority’s answer into the signature',
    positionals: PDF,
    options: {
      response: text('the answer (.tsr) or the token', { demandOption: true }),
      request: text('the request that it answers, to compare its nonce'),
      out: OUT,
      ...LATER,
      force: FORCE,
      ...LOOKS,
    },
    listsTakeSeveral: true,
    load: async (argv) => (await import('../commands/certificate-sign.ts')).embedTimestamp(argv),
  },
  {
    name: 'certificate extend',
    usage: 'extend <pdf>',
    describe: 'store certificates, CRLs and OCSP responses in a signed certificate; with --tsa stamp all of it',
    positionals: PDF,
    options: { out: OUT, ...LATER, ...ONE_AUTHORITY, force: FORCE, ...LOOKS },
    check: requireAuthority,
    listsTakeSeveral: true,
    load: async (argv) => (await import('../commands/certificate-sign.ts')).extendCertificate(argv),
  },
]
