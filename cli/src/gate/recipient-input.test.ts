// Needs: openssl.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { testPlace } from '../../../tools/testing/place.ts'
import { UsageError } from '../errors.ts'
import { readRecipient } from './recipient-input.ts'

const { place: folder } = testPlace('recipient')
const file = (name: string) => join(folder, name)
const AGE = 'age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq'
const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex')
const ask = (recipient: string) => readRecipient({ recipient } as never)

describe('--recipient', () => {
  it('is nobody when it is not given', async () => {
    expect(await readRecipient({} as never)).toBeNull()
  })

  it('takes a recipient of age by the digest of its characters, alone or in a file of such', async () => {
    writeFileSync(file('recipients.txt'), `# example office (sample)\n${AGE}\n`)
    expect(await ask(AGE)).toBe(`key:${sha256(AGE)}`)
    expect(await ask(file('recipients.txt'))).toBe(`key:${sha256(AGE)}`)
  })

  it('takes a certificate by the digest of its key, in PEM and DER, as openssl computes it', async () => {
    const openssl = (...args: readonly string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
    openssl(
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-keyout',
      'key.pem',
      '-out',
      'office.pem',
      '-subj',
      '/CN=Example Office (sample)',
      '-days',
      '9',
    )
    openssl('x509', '-in', 'office.pem', '-outform', 'DER', '-out', 'office.cer')
    openssl('x509', '-in', 'office.pem', '-noout', '-pubkey', '-out', 'public.pem')
    openssl('pkey', '-pubin', '-in', 'public.pem', '-outform', 'DER', '-out', 'public.der')
    const expected = `key:${openssl('dgst', '-sha256', '-r', 'public.der').toString().slice(0, 64)}`
    expect(await ask(file('office.pem'))).toBe(expected)
    expect(await ask(file('office.cer'))).toBe(expected)
  })

  it('takes a fingerprint, and what a report’s own inputs say', async () => {
    expect(await ask('AB'.repeat(32))).toBe(`key:${'ab'.repeat(32)}`)
    expect(await ask(`key:${'ab'.repeat(32)}`)).toBe(`key:${'ab'.repeat(32)}`)
    expect(await ask('name:Example Prosecution Service (sample)')).toBe('name:Example Prosecution Service (sample)')
  })

  it('refuses a bare name, because it may be a slip in a path, and what holds no key', async () => {
    writeFileSync(file('note.txt'), 'no key (sample)')
    for (const given of ['Example Prosecution Service (sample)', 'age1xyz', file('note.txt'), 'name:', 'key:ab'])
      await expect(ask(given), given).rejects.toThrow(UsageError)
  })
})
