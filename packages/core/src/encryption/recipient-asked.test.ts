import { describe, expect, it } from 'vitest'
import type { Facts } from '../model/facts.ts'
import { describeEncryption, encryptionOf } from './encryption-facts.ts'
import { recipientAsked } from './recipient-asked.ts'

const facts = (recipient: { readonly name: string } | null) =>
  ({ records: { record: { recipient } } }) as unknown as Pick<Facts, 'records'>

describe('who opened a bundle', () => {
  it('asks whether it is theirs where the bundle names somebody, and nothing else', () => {
    expect(recipientAsked(facts({ name: 'Example Court (sample)' }), 'ab')).toBe('key:ab')
    expect(recipientAsked(facts({ name: 'Example Court (sample)' }), null)).toBe(null)
    expect(recipientAsked(facts(null), 'ab')).toBe(null)
    expect(recipientAsked({ records: null }, 'ab')).toBe(null)
  })
})

describe('an encrypted file', () => {
  it('is told by its first bytes', () => {
    const cms = '\x30\x82\x01\x00\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17'
    expect(encryptionOf('age-encryption.org/v1\n-> X')).toBe('age')
    expect(encryptionOf('\r\n-----BEGIN AGE ENCRYPTED FILE-----\n')).toBe('age-armor')
    expect(encryptionOf(cms)).toBe('cms')
    expect(
      encryptionOf(
        cms.replace(
          '\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17',
          '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03',
        ),
      ),
    ).toBe('cms-without-tag')
    for (const other of [
      '',
      'PK\x03\x04',
      '\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02',
      ' age-encryption.org/v1',
    ])
      expect(encryptionOf(other)).toBe(undefined)
  })

  it('stands in the envelope by form, number and kinds of recipients', () => {
    expect(describeEncryption({ format: 'age', isArmored: true, recipients: ['X25519', 'ssh-rsa', 'X25519'] })).toEqual(
      [
        { id: 'encryption.age', value: 'X25519, ssh-rsa' },
        { id: 'encryption.recipients', value: '3' },
        { id: 'encryption.armored' },
      ],
    )
  })
})
