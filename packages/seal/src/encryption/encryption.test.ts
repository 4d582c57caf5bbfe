// Needs: age, openssl, sh, sha256sum.
import { execFileSync } from 'node:child_process'
import { createCipheriv } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { encodeUtf8, parseJson, toHex } from '@probatum/core'
import { nodeCiphers, nodeSmallDigest, openEncrypted, parseIdentities } from '@probatum/platform/node'
import { generateHybridIdentity, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../../tools/testing/judgement.ts'
import { testPlace } from '../../../../tools/testing/place.ts'
import { writeZip, zipBytes } from '../archives/zip.ts'
import { recipientKey } from '../gate/recipient-file.ts'
import { certificatesFromPem } from '../keys/pem.ts'
import { platformRandom, seededRandom } from '../random.ts'
import { fileOf, wholeOf } from '../sealing/bundle-sink.ts'
import { courierReceiptJson, courierReceiptText, randomOuterName } from './courier-receipt.ts'
import { encryptAge } from './encrypt-age.ts'
import { CMS_ENCRYPTION_BYTES, encryptCms, type StartGcm } from './encrypt-cms.ts'
import { ageRecipient, ageRecipients, recipientCertificate, recipientFingerprint } from './encryption-recipient.ts'

const { place: folder, at } = testPlace('encrypt')
const run = (program: string, ...args: string[]) =>
  execFileSync(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 })

const PLAIN = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 17 + (i >> 9)) % 253)
async function* pieces(bytes: Uint8Array = PLAIN, length = 70_000) {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length)
}
const startGcm: StartGcm = (key, nonce) => {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return {
    update: (bytes) => cipher.update(bytes),
    finish() {
      cipher.final()
      return cipher.getAuthTag()
    },
  }
}
const memory = (bytes: Uint8Array) => ({
  size: bytes.length,
  handle: null,
  read: async (offset: number, length: number) => bytes.slice(offset, offset + length),
})
const certificate = (name: string) =>
  recipientCertificate(certificatesFromPem(readFileSync(at(`${name}.pem`)))[0] as Uint8Array)
const makeKey = (name: string, ...how: string[]) => {
  const request = ['req', '-x509', '-nodes', '-subj', '/CN=Example Court (sample)', '-days', '30']
  run('openssl', ...request, ...how, '-keyout', `${name}.key`, '-out', `${name}.pem`)
}

beforeAll(() => {
  makeKey('rsa', '-newkey', 'rsa:2048')
  for (const curve of ['P-256', 'P-384', 'P-521'])
    makeKey(curve, '-newkey', 'ec', '-pkeyopt', `ec_paramgen_curve:${curve}`)
})

describe('encryption to recipients of age', () => {
  it('is opened by age and by us, with each of the keys', async () => {
    const secrets = [await generateX25519Identity(), await generateX25519Identity()]
    const recipients = (await Promise.all(secrets.map((secret) => identityToRecipient(secret)))).map(ageRecipient)
    const file = await wholeOf(encryptAge(recipients, pieces()))
    writeFileSync(at('our.age'), file)
    for (const [i, secret] of secrets.entries()) {
      writeFileSync(at('key.txt'), `${secret}\n`)
      expect(Buffer.compare(run('age', '-d', '-i', 'key.txt', 'our.age'), PLAIN)).toBe(0)
      const opened = await openEncrypted(memory(file), await parseIdentities(encodeUtf8(secret)), nodeCiphers, {
        name: '',
      })
      expect(Buffer.compare(await opened.plaintext.read(0, PLAIN.length), PLAIN)).toBe(0)
      expect(opened.recipient).toBe(recipientFingerprint(recipients[i] as never))
    }
  })

  it('to a hybrid recipient is opened by us', async () => {
    const secret = await generateHybridIdentity()
    const file = await wholeOf(encryptAge([ageRecipient(await identityToRecipient(secret))], pieces()))
    const opened = await openEncrypted(memory(file), await parseIdentities(encodeUtf8(secret)), nodeCiphers, {
      name: '',
    })
    expect(Buffer.compare(await opened.plaintext.read(0, PLAIN.length), PLAIN)).toBe(0)
  })

  it('fails with what its input fails with, and stops it when nobody reads on', async () => {
    const recipients = [ageRecipient(await identityToRecipient(await generateX25519Identity()))]
    let stopped = false
    async function* broken() {
      try {
        yield new Uint8Array(200_000)
        throw new RangeError('the file changed')
      } finally {
        stopped = true
      }
    }
    await expect(wholeOf(encryptAge(recipients, broken()))).rejects.toThrow('the file changed')
    expect(stopped).toBe(true)
    stopped = false
    async function* endless() {
      try {
        for (;;) yield new Uint8Array(70_000)
      } finally {
        stopped = true
      }
    }
    for await (const _ of encryptAge(recipients, endless())) break
    expect(stopped).toBe(true)
  })

  it('refuses what is no recipient', async () => {
    const good = await identityToRecipient(await generateX25519Identity())
    for (const bad of [
      '',
      'age1',
      good.toUpperCase(),
      `${good}q`,
      good.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q')),
      'ssh-ed25519 AAAA',
    ])
      expect(() => ageRecipient(bad), bad).toThrow(TypeError)
    expect(() => ageRecipients('# nobody\n')).toThrow('no recipient')
    expect(ageRecipients(`# court\r\n${good}\r\n\n`)).toEqual([{ format: 'age', text: good }])
  })
})

describe('encryption to certificates', () => {
  const encrypt = (names: readonly string[], plain = PLAIN) =>
    wholeOf(
      encryptCms(
        { recipients: names.map(certificate), size: plain.length, random: platformRandom, startGcm },
        pieces(plain),
      ),
    )

  it('is opened by openssl and by us, with each of the keys', async () => {
    const names = ['rsa', 'P-256', 'P-384', 'P-521']
    const file = await encrypt(names)
    writeFileSync(at('our.p7m'), file)
    for (const name of names) {
      for (const who of [
        ['-recip', `${name}.pem`, '-inkey', `${name}.key`],
        ['-inkey', `${name}.key`],
      ])
        expect(
          Buffer.compare(
            run('openssl', 'cms', '-decrypt', '-binary', '-inform', 'DER', '-in', 'our.p7m', ...who),
            PLAIN,
          ),
          who.join(' '),
        ).toBe(0)
      const keys = await parseIdentities(readFileSync(at(`${name}.key`)))
      const opened = await openEncrypted(memory(file), keys, nodeCiphers, { name: '' })
      expect(opened.encryption.recipients).toEqual(['RSA-OAEP', 'ECDH', 'ECDH', 'ECDH'])
      expect(Buffer.compare(await opened.plaintext.read(0, PLAIN.length), PLAIN)).toBe(0)
      expect(opened.recipient).toBe(recipientFingerprint(certificate(name)))
    }
  })

  it.each([0, 1, 100, 65_536])('of %d bytes is DER, whatever the lengths', async (size) => {
    const plain = PLAIN.subarray(0, size)
    writeFileSync(at('sized.p7m'), await encrypt(['P-256'], plain))
    const out = run(
      'openssl',
      'cms',
      '-decrypt',
      '-binary',
      '-inform',
      'DER',
      '-in',
      'sized.p7m',
      '-inkey',
      'P-256.key',
    )
    expect(Buffer.compare(out, plain)).toBe(0)
  })

  it('gives no other file key, nonce or ephemeral key twice', async () => {
    const [one, two] = [
      await encrypt(['P-256'], PLAIN.subarray(0, 50)),
      await encrypt(['P-256'], PLAIN.subarray(0, 50)),
    ]
    expect(toHex(one.subarray(-80))).not.toBe(toHex(two.subarray(-80)))
  })

  it('refuses a plaintext of another length than was said, and one that is too long', async () => {
    const given = { recipients: [certificate('rsa')], random: platformRandom, startGcm }
    for (const size of [PLAIN.length - 1, PLAIN.length + 1])
      await expect(wholeOf(encryptCms({ ...given, size }, pieces()))).rejects.toThrow(RangeError)
    await expect(wholeOf(encryptCms({ ...given, size: CMS_ENCRYPTION_BYTES + 1 }, pieces()))).rejects.toThrow(
      RangeError,
    )
  })

  it('refuses certificates that are not for it, and says why', () => {
    const refused = (name: string, ...how: string[]) => {
      makeKey(name, ...how)
      return () => certificate(name)
    }
    const P256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']
    expect(refused('ed', '-newkey', 'ed25519')).toThrow('neither RSA nor EC')
    expect(refused('old', '-newkey', 'rsa:1024')).toThrow('1024 bits')
    expect(refused('signs', '-newkey', 'rsa:2048', '-addext', 'keyUsage=digitalSignature')).toThrow('keyEncipherment')
    expect(refused('ec-signs', ...P256, '-addext', 'keyUsage=digitalSignature')).toThrow('keyAgreement')
    expect(refused('nameless', ...P256, '-addext', 'subjectKeyIdentifier=none')).toThrow('subject key identifier')
    expect(refused('agrees', ...P256, '-addext', 'keyUsage=keyAgreement')).not.toThrow()
    expect(refused('brainpool', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1')).toThrow('P-521')
  })
})

describe('the fingerprint of a recipient', () => {
  it('is the one that a request to share names', async () => {
    const age = await identityToRecipient(await generateX25519Identity())
    expect(recipientFingerprint(ageRecipient(age))).toBe(recipientKey({ age }))
    const rsa = certificate('rsa')
    expect(recipientFingerprint(rsa)).toBe(recipientKey({ certificate: rsa.der }))
  })
})

describe('what lies beside an encrypted file', () => {
  const made = instant('2026-11-25T12:00:00Z')
  const file = randomOuterName(seededRandom('name'), 'age')
  const receipt = {
    file,
    bytes: PLAIN.length,
    sha256: toHex(nodeSmallDigest('sha256', PLAIN)),
    format: 'age',
    made,
  } as const

  it('is named by chance', () => {
    expect(file).toMatch(/^[0-9a-f]{32}\.age$/)
    expect(randomOuterName(platformRandom, 'cms')).toMatch(/^[0-9a-f]{32}\.p7m$/)
    expect(randomOuterName(platformRandom, 'age')).not.toBe(randomOuterName(platformRandom, 'age'))
  })

  it('says what can be checked, with a command that checks it', () => {
    writeFileSync(at(file), PLAIN)
    const text = courierReceiptText(receipt)
    const command = text.split('\n').find((line) => line.includes('sha256sum'))
    expect(String(execFileSync('sh', ['-c', String(command)], { cwd: folder }))).toBe(`${file}: OK\n`)
    expect(
      parseJson(encodeUtf8(courierReceiptJson(receipt).trim()), 'receipt', { limit: 4096, canonical: true }),
    ).toEqual({
      bytes: PLAIN.length,
      courierReceipt: 'probatum/courier-receipt/1-draft',
      file,
      format: 'age-encryption.org/v1',
      made: '2026-11-25T12:00:00Z',
      sha256: receipt.sha256,
    })
  })
})

describe('the size of a ZIP', () => {
  it.each(['when-needed', 'always'] as const)('is known before it is written (ZIP64 %s)', async (zip64) => {
    const files = new Map([
      ['bagit.txt', fileOf(encodeUtf8('BagIt'))],
      ['data/00/000001.jpg', fileOf(PLAIN)],
      ['data/é', fileOf(new Uint8Array(0))],
    ])
    const input = { topFolder: 'top', files, zip64 }
    expect(zipBytes(input)).toBe((await wholeOf(writeZip(input))).length)
  })
})
