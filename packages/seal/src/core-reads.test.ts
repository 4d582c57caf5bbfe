import { establishSignatureFile, parseCertificate, parseTrustSet } from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../tools/testing/judgement.ts'
import { type SealedSample, sealSample } from './demonstration/seal-sample.ts'
import { seededRandom } from './random.ts'

const now = instant('2026-03-14T09:12:00Z')

// OpenSSL 3.0 reads no Ed25519 in CMS and no RSASSA-PSS in time-stamps; the core reads all.
describe.each(['ecdsa-p256', 'rsa-2048', 'rsa-2048-pss', 'ed25519'] as const)(
  'the core, of a seal with %s keys',
  (algorithm) => {
    let sample: SealedSample
    beforeAll(async () => {
      sample = await sealSample({ now, random: seededRandom('core reads'), algorithm, longTerm: true })
    })
    const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }

    it.each(['sha256', 'sha512'] as const)(
      'establishes that every signature over the %s tag manifest is valid',
      async (digest) => {
        const covers = `tagmanifest-${digest}.txt`
        const path = `seal/1/${covers}.p7s`
        const bytes = (at: string) => sample.files.get(at) ?? expect.fail(`no ${at}`)
        const token = {
          path: `${path}.demonstration.tsr`,
          label: 'demonstration',
          bytes: bytes(`${path}.demonstration.tsr`),
        }
        const file = {
          path,
          bytes: bytes(path),
          covers,
          coversState: 'tag-manifest',
          coversBytes: bytes(covers),
          tokens: [token],
        } as const
        const facts = await establishSignatureFile(file, [], ports)
        for (const { failure, cms } of [facts, ...facts.tokens]) {
          expect(failure).toBeNull()
          expect(
            cms?.signers.map(({ signedAttrs, candidates }) => [
              signedAttrs,
              candidates.map(({ bound, signature }) => [bound, signature]),
            ]),
          ).toEqual([['der', [['match', 'valid']]]])
        }
        expect(facts.tokens[0]?.tstInfo).toMatchObject({ genTime: '2026-03-14T09:12:00Z' })
        expect(facts.tokens[0]?.tstInfo?.hashedMessage).toBe(facts.tokens[0]?.tstInfo?.dataDigest)
      },
    )

    it('reads the trust set, with an anchor of each role', () => {
      const set = parseTrustSet(sample.trustSet, parseCertificate, nodeSmallDigest)
      expect(set.file.sample).toBe(true)
      expect(set.anchors.map(({ role }) => role)).toEqual(['signer', 'time-stamp-authority'])
    })
  },
)
