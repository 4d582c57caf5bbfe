import { generateKeyPairSync } from 'node:crypto'
import { canonicalText, formatInstant, isJsonObject, toHex } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { makeKeyChange, present, textAsJson } from '@probatum/seal'
import { type ExitCode, escapeForDisplay } from '@probatum/words'
import type { Parsed } from 'yargs'
import { pooledRandom, readKeyOf, readLogKey, tellRecovery } from '../custody/custody-input.ts'
import { CustodyLogFolder } from '../custody/custody-log-folder.ts'
import { InputError, UsageError } from '../errors.ts'
import { requireNew, writeNew } from '../files.ts'
import { chooseTime } from '../input/judgement-input.ts'
import { terminalOf, textOf } from './report-output.ts'

/** Gives a log another key: an event that the old key signs, or, where that is lost or stolen, an anchor's. */
export async function changeLogKey(argv: Parsed): Promise<ExitCode> {
  const terminal = terminalOf(argv)
  const to = String(argv.to)
  const anchor = textOf(argv, 'anchor-key')
  if ((anchor === undefined) === (argv['log-key'] === undefined))
    throw new UsageError(
      'Who signs the new key?',
      'Give the present key with --log-key; or, when it is lost or stolen, --anchor-key with another key that recipients have as an anchor of role log, under the name of this log.',
    )
  const log = await CustodyLogFolder.open(String(argv.log), 'write')
  try {
    tellRecovery(log, terminal)
    const signer = anchor === undefined ? await readKeyOf(log, argv['log-key']) : await readLogKey(anchor, log.origin)
    const isNew = argv['new-key'] === true
    if (isNew) {
      await requireNew(to, '--to', [])
      const { privateKey } = generateKeyPairSync('ed25519')
      await writeNew(to, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600)
    }
    const next = await readLogKey(to, log.origin)
    // An old key that comes back is one that somebody else may have by now.
    if ((await keysOf(log)).has(next.verifierKey))
      throw new InputError(
        'The new key is one that this log has or had. Nothing was changed.',
        'Make a new one: --new-key, with a file in --to that does not exist yet.',
      )
    if (anchor !== undefined && signer.verifierKey === next.verifierKey)
      throw new UsageError('--anchor-key and --to are the same key.', 'A new key cannot vouch for itself.')
    const fields = present({
      time: formatInstant({ epochSeconds: chooseTime(undefined).epochSeconds, fraction: '' }),
      agent: textOf(argv, 'agent'),
      note: textOf(argv, 'note'),
    })
    const signedBy = anchor === undefined ? 'old-key' : 'anchor'
    const change = { next, signedBy, signer: signer.key, fields } as const
    const line = await makeKeyChange(log, change, { random: pooledRandom(), digest: nodeSmallDigest })
    await log.append([line])
    await terminal.result(
      [
        canonicalText({ file: line.file, line: toHex(line.digest), seq: line.seq }),
        `The log ${escapeForDisplay(log.folder)} has another key from line ${line.seq} on.`,
        `verifier key  ${escapeForDisplay(next.verifierKey)}`,
        'Recipients need it in their trust set (role log), by another way than the bundles; the old one stays there for the bundles before.',
        ...(anchor === undefined
          ? []
          : [
              'They believe the change only if the key that signed it is an anchor of role log in their trust set, under the name of this log:',
              `  ${escapeForDisplay(signer.verifierKey)}`,
            ]),
        'Keep the old key away from where the log is written: nothing is signed with it any more.',
        '',
      ].join('\n'),
    )
    return 0
  } finally {
    await log.close()
  }
}

async function keysOf(log: CustodyLogFolder): Promise<ReadonlySet<string>> {
  const keys = new Set([log.identity.verifierKey, log.verifierKey])
  for await (const { text } of log.lines('custody.jsonl')) {
    if (!text.includes('"type":"log-key-change"')) continue
    const value = textAsJson(text)
    const key = isJsonObject(value) ? value.verifierKey : undefined
    if (typeof key === 'string') keys.add(key)
  }
  return keys
}
