import { createHash } from 'node:crypto'
import { encodeUtf8, parseCertificate } from '@probatum/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { NOW } from '../../../../tools/testing/gate-sample.ts'
import { demonstrationAuthority } from '../demonstration/demonstration.ts'
import { certificatePem } from '../keys/pem.ts'
import { seededRandom } from '../random.ts'
import { parseRecipientFile, recipientKey } from './recipient-file.ts'

const AGE = `age1${'q'.repeat(58)}`
const FILE = {
  recipientFile: 'probatum/recipient/1-draft',
  name: 'Example Prosecution (sample)',
  kind: 'national prosecutor',
  assurances: [{ assurance: 'no-death-penalty', by: 'Ministry (sample)', date: '2026-01-02', reference: 'Letter 1' }],
  conditions: [{ kind: 'return-or-destroy', text: 'Return it (sample)', until: '2028-01-01' }],
}
const parse = (value: object) => parseRecipientFile(encodeUtf8(JSON.stringify(value)), 'recipient')
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')

describe('a recipient file', () => {
  let certificate: Uint8Array
  beforeAll(async () => {
    const { signer } = await demonstrationAuthority({ now: NOW, random: seededRandom('recipient') })
    certificate = signer.certificates[0] ?? expect.fail('none')
  })

  it('says who it is, what was assured, and how it handles what it gets', () => {
    const { recipientFile: _, name, kind, ...rest } = FILE
    expect(parse(FILE)).toEqual({ recipient: { name, kind, key: null }, ...rest })
  })

  it('gives the fingerprint of its key, whichever kind of key it is', () => {
    const { spki } = parseCertificate(certificate)
    expect(parse({ ...FILE, certificate: certificatePem(certificate) }).recipient.key).toBe(sha256(spki))
    expect(recipientKey({ certificate })).toBe(sha256(spki))
    expect(parse({ ...FILE, age: AGE }).recipient.key).toBe(sha256(AGE))
    expect(parse({ ...FILE, key: '0'.repeat(64) }).recipient.key).toBe('0'.repeat(64))
  })

  it.each([
    ['an unknown member', { ...FILE, unless: 'x' }, 'unless'],
    ['two keys', { ...FILE, age: AGE, key: '0'.repeat(64) }, 'one of'],
    ['an age recipient in capitals', { ...FILE, age: AGE.toUpperCase() }, 'age'],
    ['a secret of age', { ...FILE, age: 'AGE-SECRET-KEY-1QQQ' }, 'age'],
    ['a certificate that is none', { ...FILE, certificate: 'x' }, 'certificate'],
    ['one assurance twice', { ...FILE, assurances: [...FILE.assurances, ...FILE.assurances] }, 'once'],
    [
      'an assurance that there is not',
      { ...FILE, assurances: [{ ...FILE.assurances[0], assurance: 'all' }] },
      'assurance',
    ],
    ['an assurance without a date', { ...FILE, assurances: [{ ...FILE.assurances[0], date: 'soon' }] }, 'date'],
    ['handling of an unknown kind', { ...FILE, conditions: [{ kind: 'trust', text: 'x' }] }, 'kind'],
    ['no kind', { ...FILE, kind: '' }, 'kind'],
  ])('is refused for %s, and says where', (_, value, place) => {
    expect(() => parse(value)).toThrow(TypeError)
    expect(() => parse(value)).toThrow(place)
  })
})
