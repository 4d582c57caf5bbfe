import 'reflect-metadata'
import { X509Certificate } from '@peculiar/x509'
import { encodeUtf8, parseCertificate, parseCms, parseTimeStampFile, parseTstInfo } from '@probatum/core'
import { ContentInfo, SignedData, TimeStampResp } from 'pkijs'
import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../tools/testing/judgement.ts'
import { type DemonstrationAuthority, demonstrationAuthority } from './demonstration/demonstration.ts'
import { digestOf } from './digest.ts'
import { seededRandom } from './random.ts'
import { signDetached } from './signatures/sign-detached.ts'

// Readers that had no part in the writing must see the same structures, and write the same bytes again.
const now = instant('2026-03-14T09:12:00Z')
const plain = (bytes: Uint8Array) => new Uint8Array(bytes).buffer

describe.each(['ecdsa-p256', 'rsa-2048', 'rsa-2048-pss', 'ed25519'] as const)(
  'what is written with %s keys',
  (algorithm) => {
    let authority: DemonstrationAuthority
    const content = encodeUtf8('a manifest\n')
    beforeAll(async () => {
      authority = await demonstrationAuthority({ now, random: seededRandom('oracles'), algorithm })
    })

    it('gives certificates that @peculiar/x509 reads as they were meant', () => {
      const [signer = new Uint8Array(0)] = authority.signer.certificates
      const [tsa = new Uint8Array(0)] = authority.timeStampAuthority.certificates
      for (const der of [signer, tsa, authority.roots.signer, authority.roots.timeStampAuthority]) {
        const certificate = new X509Certificate(new Uint8Array(der))
        expect(certificate.subject).toContain('DEMONSTRATION ONLY')
        expect(certificate.notBefore.toISOString()).toBe('2026-03-13T09:12:00.000Z')
        expect(Buffer.from(certificate.rawData).equals(Buffer.from(der))).toBe(true)
      }
      const purposes = new X509Certificate(new Uint8Array(tsa)).extensions.filter(({ type }) => type === '2.5.29.37')
      expect(purposes.map(({ critical }) => critical)).toEqual([true])
    })

    it('gives certificates that the core reads, with nothing repeated or malformed', () => {
      for (const der of [authority.roots.signer, ...authority.timeStampAuthority.certificates]) {
        const certificate = parseCertificate(der)
        expect(certificate.signatureAlgorithmsAgree).toBe(true)
        expect([certificate.repeatedExtensions, certificate.malformedExtensions]).toEqual([[], []])
      }
    })

    it.each(['sha256', 'sha512'] as const)(
      'gives a %s signature that pkijs writes again as the same bytes',
      async (digest) => {
        const { key, certificates } = authority.signer
        const bytes = await signDetached({ content, certificates, privateKey: key, signingTime: now, digest })
        const info = ContentInfo.fromBER(plain(bytes))
        const signedData = new SignedData({ schema: info.content })
        const again = new ContentInfo({ contentType: info.contentType, content: signedData.toSchema(true) })
        expect(Buffer.from(again.toSchema().toBER()).equals(Buffer.from(bytes))).toBe(true)
        expect(parseCms(bytes)).toMatchObject({ encoding: 'DER', version: 1, expectedVersion: 1, eContent: null })
      },
    )

    it('gives a time-stamp that pkijs and the core read alike', async () => {
      const imprint = { algorithm: 'sha512', digest: digestOf('sha512', content) } as const
      const bytes = await authority.timeStampAuthority.stamp(imprint)
      const response = TimeStampResp.fromBER(plain(bytes))
      expect(response.status.status).toBe(0)
      const file = parseTimeStampFile(bytes)
      expect(file.token).toMatchObject({ encoding: 'DER', version: 3, expectedVersion: 3 })
      const info = parseTstInfo(file.token?.eContent ?? new Uint8Array(0))
      expect(info).toMatchObject({
        version: 1,
        genTime: now,
        accuracyMicroseconds: 1_000_000,
        ordering: false,
        nonce: null,
      })
      expect(info.messageImprint.hashedMessage).toEqual(imprint.digest)
    })
  },
)
