import type { Option } from 'yargs'

const text = (describe: string, rest: Partial<Option> = {}): Option => ({
  type: 'string',
  requiresArg: true,
  describe,
  ...rest,
})

/** What a bundle gets beside its signatures, so that they can be checked in thirty years. */
export const VALIDATION: Readonly<Record<string, Option>> = {
  validation: text(
    'certificates, CRLs and OCSP responses of the signer and the authorities, DER or PEM: a file, or a folder with all below it; may be repeated. Each is checked before it is stored; a root is used to check, and never stored',
    { array: true },
  ),
  online: {
    type: 'boolean',
    describe: 'fetch them too, where certificates say so; this uses the network',
  },
  'online-host': text(
    'a host in your own network that may be asked: HOST or HOST:PORT; may be repeated. Others at private addresses never are',
    { array: true },
  ),
  'online-timeout': { type: 'number', requiresArg: true, describe: 'seconds for one of these requests; default: 30' },
}
