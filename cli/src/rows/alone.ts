import type { Option } from 'yargs'
import { BESIDE, JUDGEMENT, OUTPUT, PATH_INPUTS, VERIFY } from '../options.ts'
import type { CommandRow } from './command-row.ts'

export const TIMESTAMP_VERIFY: CommandRow = {
  name: 'timestamp verify',
  usage: 'verify <token..>',
  describe: 'is this RFC 3161 time-stamp over that file, whose is it, and is it believed',
  positionals: {
    token: { type: 'string', describe: 'the response or token, DER or PEM; several in one call; - for standard input' },
  },
  options: {
    data: {
      type: 'string',
      requiresArg: true,
      demandOption: true,
      describe: 'the file that it is said to be over; - for standard input',
    },
    ...JUDGEMENT,
    ...BESIDE,
    'save-facts': VERIFY['save-facts'] as Option,
    ...OUTPUT,
  },
  load: async (argv) => (await import('../commands/timestamp.ts')).verifyTimestamp(argv),
}

export const SIGNATURE_VERIFY: CommandRow = {
  name: 'signature verify',
  usage: 'verify <signature>',
  describe: 'is this CMS signature over that file, whose is it, and since when does it exist',
  positionals: { signature: { type: 'string', describe: 'the signature, DER, BER or PEM; - for standard input' } },
  options: {
    content: {
      type: 'string',
      requiresArg: true,
      demandOption: true,
      describe: 'the file that it is said to be over; - for standard input',
    },
    tokens: {
      type: 'string',
      array: true,
      requiresArg: true,
      describe: 'a time-stamp over the signature file; may be repeated',
    },
    ...JUDGEMENT,
    ...BESIDE,
    'save-facts': VERIFY['save-facts'] as Option,
    ...OUTPUT,
  },
  listsTakeSeveral: true,
  load: async (argv) => (await import('../commands/signature.ts')).verifySignature(argv),
}

export const EVIDENCE_RECORD_VERIFY: CommandRow = {
  name: 'evidence-record verify',
  usage: 'verify <record>',
  describe: 'is this RFC 4998 evidence record over those files, and do its time-stamps reach from then to now',
  positionals: { record: { type: 'string', describe: 'the evidence record, DER; - for standard input' } },
  options: {
    data: {
      type: 'string',
      array: true,
      requiresArg: true,
      demandOption: true,
      describe:
        'the file that it is said to be over; of a group of files several, or repeated: data[0] in the report is the first; - for standard input',
    },
    ...JUDGEMENT,
    ...BESIDE,
    'save-facts': VERIFY['save-facts'] as Option,
    ...OUTPUT,
  },
  listsTakeSeveral: true,
  load: async (argv) => (await import('../commands/evidence-record.ts')).verifyEvidenceRecord(argv),
}

export const PATH_VERIFY: CommandRow = {
  name: 'path verify',
  usage: 'verify <certificate>',
  describe: 'does this certificate lead to an anchor of your list, and did it count at that time',
  positionals: { certificate: { type: 'string', describe: 'the certificate, DER or PEM; - for standard input' } },
  options: {
    role: {
      type: 'string',
      requiresArg: true,
      choices: ['signer', 'time-stamp-authority'],
      describe: 'as what it is asked about; default: signer',
    },
    ...BESIDE,
    ...PATH_INPUTS,
    ...JUDGEMENT,
    'save-facts': VERIFY['save-facts'] as Option,
    ...OUTPUT,
  },
  listsTakeSeveral: true,
  load: async (argv) => (await import('../commands/path.ts')).verifyPath(argv),
}
