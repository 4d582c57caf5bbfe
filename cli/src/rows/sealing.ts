import type { Option, Parsed } from 'yargs'
import { UsageError } from '../errors.ts'

/** What is sealed, and how a run goes. */
export const SEAL_RUN: Readonly<Record<string, Option>> = {
  items: {
    type: 'string',
    requiresArg: true,
    describe: 'a table of what each file is: CSV or JSON, see docs/spec/items-table-1.md; default: the files’ names',
  },
  as: {
    type: 'string',
    requiresArg: true,
    choices: ['folder', 'bag'],
    describe: 'take it as a folder of files or as a BagIt bag; default: as a bag where it has bagit.txt',
  },
  'dry-run': { type: 'boolean', describe: 'write nothing; show what would be sealed, and what a recipient would see' },
  policy: {
    type: 'string',
    array: true,
    requiresArg: true,
    describe: 'with --dry-run and --log: a disclosure policy of one recipient, to be shown too; may be repeated',
  },
  resume: { type: 'boolean', describe: 'go on with a run that was interrupted; what was copied is not copied again' },
  link: {
    type: 'boolean',
    describe: 'copy nothing: hard links to the files, read once; whoever changes a file then changes the bundle’s',
  },
}

/** @throws {UsageError} */
export function requireOut(argv: Parsed): void {
  if (argv.out === undefined && argv['dry-run'] !== true)
    throw new UsageError('--out is missing.', 'Name the new folder, or the file with --zip: -o NAME.')
}
