import { mkdirSync, writeFileSync } from 'node:fs'
import { ParseError } from '@probatum/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { testPlace } from '../../../tools/testing/place.ts'
import { readCommandLine } from '../command-line.ts'
import { InputError } from '../errors.ts'
import { sayFailure } from '../failures.ts'
import { choosePolicy } from './judgement-input.ts'
import { bundleNear } from './near-bundle.ts'
import { readRevocation } from './revocation-files.ts'
import { readTrustSet } from './trust-files.ts'

const { at } = testPlace('wrong-files')
beforeAll(() => {
  mkdirSync(at('b/data/00'), { recursive: true })
  mkdirSync(at('sent'))
  mkdirSync(at('empty'))
  writeFileSync(at('b/bagit.txt'), 'BagIt-Version: 1.0\n')
  writeFileSync(at('b/data/00/000001.txt'), 'x')
  writeFileSync(at('sent/evidence.zip'), 'x')
  writeFileSync(at('sent/read me.txt'), 'x')
})

async function saidOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run()
  } catch (error) {
    expect(error instanceof ParseError || error instanceof InputError).toBe(true)
    const { text, code } = sayFailure(error)
    expect(code).toBe(4)
    return text.replace(/\s+/g, ' ')
  }
  throw new Error('it was read')
}

describe('a file of another kind than was asked for', () => {
  it.each([
    ['a certificate', '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n', 'It is a certificate, in PEM.'],
    [
      'a key',
      '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----\n',
      'Keep it to yourself',
    ],
    ['what PowerShell wrote', Buffer.from('\ufeff{"trustSet":1}', 'utf16le'), 'UTF-16'],
    ['what an editor saved again', '\ufeff{}', 'an editor has saved it again'],
    ['a report', '{"body":{"report":"probatum/report/1-draft"}}', '`probatum explain FILE` retells it'],
    ['nothing', '', 'It is empty.'],
    ['a ZIP', Buffer.from([0x50, 0x4b, 3, 4, 0]), 'It is a ZIP.'],
    ['a PDF', '%PDF-1.7\n', '`probatum certificate check`'],
    ['DER', Buffer.from([0x30, 0x03, 2, 1, 1]), '`probatum inspect FILE`'],
  ])('is named, with what it looks like: %s', async (_, content, said) => {
    writeFileSync(at('given.json'), content)
    const text = await saidOf(() => readTrustSet(at('given.json')))
    expect(text).toContain(`probatum: ${at('given.json')}: `)
    expect(text).toContain(said)
    expect(await saidOf(() => choosePolicy(at('given.json')))).toContain(said)
  })

  it('is a folder, and is said to be one', async () => {
    expect(await saidOf(() => readTrustSet(at('b')))).toContain('is a folder, and a file is meant here.')
  })
})

describe('a name that is no bundle', () => {
  it('is in one: the folder above is the bundle', () => {
    expect(bundleNear(at('b/data'))).toContain(`It lies in the bundle ${at('b')}: give that folder.`)
    expect(bundleNear(at('b/data/00'))).toContain(at('b'))
    expect(bundleNear(at('b/data/00/000001.txt'))).toContain(
      `probatum which ${at('b/data/00/000001.txt')} --in ${at('b')}`,
    )
  })

  it('is a folder with an archive, which is named', () => {
    expect(bundleNear(at('sent'))).toContain('evidence.zip: give that file.')
  })

  it('is nothing of the kind, and nothing is guessed', () => {
    expect(bundleNear(at('empty'))).toBeUndefined()
    expect(bundleNear(at('sent/read me.txt'))).toBeUndefined()
    expect(bundleNear(at('not there'))).toBeUndefined()
  })
})

describe('a file given as a withdrawal list', () => {
  const argv = (name: string) => ({ _: [], $0: 'probatum', crl: [at(name)] })

  it.each([
    ['a trust set', '{"a":"probatum/trust-set/1-draft"}', 'It is a trust set'],
    ['a list of files', `${'a'.repeat(64)}  data/00/000001.txt\n`, 'is no withdrawal list'],
    ['nothing', '', 'It is empty.'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n', 'is no withdrawal list'],
  ])('is refused when it is another kind of file: %s', async (_, content, said) => {
    writeFileSync(at('given.crl'), content)
    const text = await saidOf(() => readRevocation(argv('given.crl')))
    expect(text).toContain(`${at('given.crl')} is no withdrawal list (CRL) and no OCSP response.`)
    expect(text).toContain(said)
  })

  it('is left to the report when it may be one and does not read', async () => {
    writeFileSync(at('broken.crl'), Buffer.from([0x30, 0x82, 1, 0, 0x30]))
    const { revocation } = await readRevocation(argv('broken.crl'))
    expect(revocation).toHaveLength(1)
  })
})

describe('files that are given in each other’s place', () => {
  it.each([
    ['timestamp verify', '--data', 'The time-stamp is named first, and the file that it is over with --data.'],
    ['signature verify', '--content', 'The signature is named first, and the file that it is over with --content.'],
    ['evidence-record verify', '--data', 'The record is named first, and the files that it is over with --data.'],
    ['path verify', '', 'Give one certificate, in PEM or DER.'],
  ])('are told so: %s', async (command, option, said) => {
    writeFileSync(at('letter.txt'), 'Dear court,\n')
    const others = option === '' ? [] : [option, at('letter.txt')]
    const text = await saidOf(() => readCommandLine([...command.split(' '), at('letter.txt'), ...others]))
    expect(text).toContain(`probatum: ${at('letter.txt')}: `)
    expect(text).toContain(said)
  })

  it.each([
    ['certificate check', 'letter.txt', 'letter.txt: It does not read as a PDF.'],
    ['certificate prepare-timestamp -o new.tsq', 'letter.txt', 'letter.txt: It does not read as a PDF.'],
    [
      'trust add --role signer --source x --issuer y --to new.json',
      'letter.txt',
      'letter.txt: It does not read as PEM',
    ],
    ['timestamp request -o new.tsq', 'none', 'none: We could not read this as an evidence bundle.'],
    [
      'judge',
      'report.json',
      'report.json: It does not read as saved facts. It is a saved report: `probatum explain FILE`',
    ],
    ['explain', 'facts.json', 'facts.json: It does not read as a saved report. These are saved facts: `probatum judge'],
    ['custody show', 'gone', 'There is no folder '],
    ['custody show', 'letter.txt', 'letter.txt is a file, and not the folder of a custody log.'],
    ['custody show', 'none', 'none is no custody log: it has no log.json that says so.'],
    ['timestamp attach', 'gone', 'There is no folder '],
    ['seal embed --signature x -o new', 'gone', 'There is no folder '],
  ])('or are of another kind, and it is said which file it is: %s %s', async (command, name, said) => {
    mkdirSync(at('none'), { recursive: true })
    writeFileSync(at('letter.txt'), 'Dear court,\n')
    writeFileSync(at('report.json'), '{"body":{"assessment":{}},"envelope":{}}')
    writeFileSync(at('facts.json'), '{"container":{"kind":"zip"},"facts":{}}')
    const words = command.split(' ').map((word) => (/^(?:new|letter)/.test(word) ? at(word) : word))
    const more = command === 'timestamp attach' ? ['x.tsr'] : []
    expect(await saidOf(() => readCommandLine([...words, at(name), ...more]))).toContain(said)
  })

  it('or are folders', async () => {
    for (const command of ['timestamp verify', 'signature verify'])
      expect(
        await saidOf(() =>
          readCommandLine(
            [...command.split(' '), at('b/bagit.txt'), '--data', at('b')].map((word) =>
              word === '--data' && command.startsWith('signature') ? '--content' : word,
            ),
          ),
        ),
      ).toContain('is a folder, and a file is meant here.')
  })

  it('or one file, where a folder is sealed', async () => {
    const text = await saidOf(() => readCommandLine(['seal', at('letter.txt'), '-o', at('sealed'), '--demo-authority']))
    expect(text).toContain('is one file, and no BagIt bag. Nothing was sealed.')
  })

  it('or a bundle under a name that is no bundle’s, whatever the command', async () => {
    for (const command of ['extract', 'certify', 'steps', 'inspect']) {
      const out = command === 'extract' || command === 'certify' ? ['-o', at('out')] : []
      expect(await saidOf(() => readCommandLine([command, at('b/data'), ...out])), command).toContain(
        `It lies in the bundle ${at('b')}: give that folder.`,
      )
    }
  })
})

it('a folder is not sealed into a name that says ZIP', async () => {
  const sealing = readCommandLine(['seal', at('b/data'), '-o', at('sealed.zip'), '--demo-authority'])
  await expect(sealing).rejects.toThrow('would be a folder, and its name says ZIP')
})
