import { createHash } from 'node:crypto'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  algorithm,
  attribute,
  CONTENT_TYPE,
  certificate,
  digest,
  essV2,
  extension,
  ID_DATA,
  issuerSerial,
  MESSAGE_DIGEST,
  SIGNING_CERTIFICATE,
  SIGNING_TIME,
  type SignerRecipe,
  signedData,
  signerInfo,
  signingCertificateV2,
  usualAttributes,
} from '../../../../test-vectors/make/cms.ts'
import {
  ascii,
  commonNames,
  indefinite,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  setOf,
  tlv,
  utcTime,
} from '../../../../test-vectors/make/der.ts'
import { LIMITS } from '../model/limits.ts'
import type { Certificate } from './certificate.ts'
import { parseCertificate } from './certificate-parse.ts'
import { establishCms } from './establish-cms.ts'
import { digestOfBytes } from './establish-signature-file.ts'
import type { CmsFacts, SignerFacts } from './facts.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const content = ascii('0'.repeat(64).concat('  data/00/000001.jpg\n'))
const signer = certificate()
const usual = usualAttributes({ signer, content })
const [contentType, messageDigest, ess] = usual as [Uint8Array, Uint8Array, Uint8Array]

async function factsOf(bytes: Uint8Array, evidence = content, pool: readonly Certificate[] = []): Promise<CmsFacts> {
  const { failure, cms } = await establishCms(bytes, digestOfBytes(evidence, ports), pool, ports, evidence)
  expect(failure).toBeNull()
  if (cms === null) throw new TypeError('no facts')
  return cms
}

/** The one signer of a detached CMS whose recipe is changed in one place. */
async function signerOf(
  change: Partial<SignerRecipe>,
  bag: readonly Uint8Array[] = [signer.der],
): Promise<SignerFacts> {
  const infos = [signerInfo({ signer, content, ...change })]
  const { signers } = await factsOf(signedData({ certificates: bag, signerInfos: infos }))
  const [only] = signers
  if (only === undefined) throw new TypeError('no signer')
  return only
}

const verdictOf = ({ candidates }: SignerFacts) => candidates.map(({ bound, signature }) => `${bound} ${signature}`)

describe('a good signature', () => {
  it('has every fact', async () => {
    const facts = await factsOf(
      signedData({ certificates: [signer.der], signerInfos: [signerInfo({ signer, content })] }),
    )
    const sha256 = digest('sha256', signer.der)
    const contentDigest = createHash('sha256').update(content).digest('hex')
    expect(facts).toEqual({
      encoding: 'DER',
      version: 1,
      expectedVersion: 1,
      eContentType: ID_DATA,
      eContent: 'absent',
      contentIsAttributes: false,
      digestAlgorithms: ['sha256'],
      certificates: [Buffer.from(sha256).toString('hex')],
      unreadableCertificates: 0,
      certificatesOmitted: 0,
      crls: 0,
      signers: [
        {
          at: 'signerInfos[0]',
          version: 1,
          sid: 'CN=Example Mechanism (sample) serial 1234',
          sidKind: 'issuerAndSerialNumber',
          digestAlgorithm: 'sha256',
          signatureAlgorithmOid: '1.2.840.10045.4.3.2',
          signatureDigest: 'sha256',
          signedAttrs: 'der',
          irregularAttributes: [],
          contentType: ID_DATA,
          messageDigest: contentDigest,
          contentDigest,
          signingTime: null,
          ess: [
            {
              version: 2,
              algorithm: 'sha256',
              certHash: Buffer.from(sha256).toString('hex'),
              issuerSerial: false,
              position: 0,
            },
          ],
          essFailure: null,
          candidates: [
            {
              certificate: Buffer.from(sha256).toString('hex'),
              bound: 'match',
              essPosition: 0,
              signatureAlgorithm: { scheme: 'ecdsa', digest: 'sha256', curve: 'P-256' },
              unsupported: null,
              rsaBits: null,
              signature: 'valid',
            },
          ],
          candidatesOmitted: 0,
          unsignedAttributes: [],
        },
      ],
    })
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts)
  })

  it('reads the same in a BER envelope', async () => {
    const info = signerInfo({ signer, content })
    const der = await factsOf(signedData({ certificates: [signer.der], signerInfos: [info], eContent: content }))
    const segments = [octets(content.subarray(0, 10)), octets(content.subarray(10))]
    const ber = indefinite(
      0x30,
      oid('1.2.840.113549.1.7.2'),
      indefinite(
        0xa0,
        indefinite(
          0x30,
          integer(1),
          setOf(algorithm('2.16.840.1.101.3.4.2.1')),
          indefinite(0x30, oid(ID_DATA), indefinite(0xa0, indefinite(0x24, ...segments))),
          indefinite(0xa0, signer.der),
          setOf(info),
        ),
      ),
    )
    expect(await factsOf(ber)).toEqual({ ...der, encoding: 'BER' })
  })

  it('takes the certificate from the pool when the bag has none', async () => {
    const bytes = signedData({ signerInfos: [signerInfo({ signer, content })] })
    const [withPool] = (await factsOf(bytes, content, [parseCertificate(signer.der)])).signers
    expect(withPool && verdictOf(withPool)).toEqual(['match valid'])
    const [without] = (await factsOf(bytes)).signers
    expect(without?.candidates).toEqual([])
  })

  it('says the same whatever the order of the bag', async () => {
    const others = [1, 2, 3].map((serial) => certificate({ serial: integer(serial) }).der)
    const same = certificate().der
    const bag = fc.shuffledSubarray([signer.der, same, ...others], { minLength: 5 })
    const info = signerInfo({ signer, content })
    const expected = await factsOf(signedData({ certificates: [signer.der, same, ...others], signerInfos: [info] }))
    await fc.assert(
      fc.asyncProperty(bag, async (certificates) => {
        expect(await factsOf(signedData({ certificates, signerInfos: [info] }))).toEqual(expected)
      }),
      { numRuns: 20 },
    )
  })
})

describe('the signer', () => {
  it('is found behind a forged certificate with the same issuer and serial number', async () => {
    const forged = certificate()
    expect(verdictOf(await signerOf({}, [forged.der, signer.der]))).toEqual(['match valid', 'hash-differs invalid'])
  })

  it('is named by the subject key identifier extension, not by a digest of the key', async () => {
    const named = certificate({ extensions: [extension('2.5.29.14', octets(ascii('not a digest')))] })
    const sid = tlv(0x80, ascii('not a digest'))
    const facts = await signerOf({ signer: named, sid, version: 3 }, [named.der, signer.der])
    expect([facts.sidKind, facts.sid, ...verdictOf(facts)]).toEqual([
      'subjectKeyIdentifier',
      Buffer.from('not a digest').toString('hex'),
      'match valid',
    ])
  })

  it('is named by a name in another string type and case', async () => {
    const sid = sequence(
      sequence(tlv(0x31, sequence(oid('2.5.4.3'), tlv(0x13, ascii('  example  MECHANISM (Sample)'))))),
      signer.serial,
    )
    expect(verdictOf(await signerOf({ sid }))).toEqual(['match valid'])
  })

  it('is every one of them', async () => {
    const second = certificate({ serial: integer(2) })
    const good = signerInfo({ signer, content })
    const bad = signerInfo({ signer: second, content, alter: (signature) => flipped(signature, signature.length - 1) })
    const { signers } = await factsOf(signedData({ certificates: [signer.der, second.der], signerInfos: [good, bad] }))
    expect(signers.flatMap(verdictOf).sort()).toEqual(['match invalid', 'match valid'])
    expect((await factsOf(signedData({ signerInfos: [] }))).signers).toEqual([])
  })

  it('of a statement costs no more signatures than it may, the bound certificate first', async () => {
    const forged = [certificate(), certificate(), certificate()].map(({ der }) => der)
    const one = signerInfo({ signer, content })
    const bytes = signedData({ certificates: [...forged, signer.der], signerInfos: [one, one] })
    const { cms } = await establishCms(bytes, digestOfBytes(content, ports), [], ports, content, 2)
    const tried = ['match valid', 'hash-differs invalid', 'hash-differs not-tried', 'hash-differs not-tried']
    const untried = ['match not-tried', ...Array(3).fill('hash-differs not-tried')]
    expect(cms?.signers.map(verdictOf)).toEqual([tried, untried])
  })
})

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}

describe('the signing-certificate attribute', () => {
  const other = certificate({ serial: integer(9), subject: commonNames('Other (sample)') })
  const withEss = (...attributes: readonly Uint8Array[]) =>
    signerOf({ attributes: [contentType, messageDigest, ...attributes] })

  it.each([
    ['is absent', [], ['attribute-absent valid']],
    ['names another certificate', [signingCertificateV2(essV2(other.der))], ['hash-differs valid']],
    ['has no entry', [signingCertificateV2()], ['hash-differs valid']],
    [
      'names another serial number',
      [signingCertificateV2(essV2(signer.der, issuerSerial(signer.issuer, integer(1))))],
      ['issuer-serial-differs valid'],
    ],
    [
      'names another issuer',
      [signingCertificateV2(essV2(signer.der, issuerSerial(other.issuer, signer.serial)))],
      ['issuer-serial-differs valid'],
    ],
    [
      'has the right issuer and serial number',
      [signingCertificateV2(essV2(signer.der, issuerSerial(signer.issuer, signer.serial)))],
      ['match valid'],
    ],
    [
      'uses an unknown digest',
      [signingCertificateV2(sequence(algorithm('2.16.840.1.101.3.4.2.99'), octets(digest('sha256', signer.der))))],
      ['digest-unsupported valid'],
    ],
    [
      'is of the first version',
      [attribute(SIGNING_CERTIFICATE, sequence(sequence(sequence(octets(digest('sha1', signer.der))))))],
      ['match valid'],
    ],
    [
      'is there in both versions and one names another certificate',
      [ess, attribute(SIGNING_CERTIFICATE, sequence(sequence(sequence(octets(digest('sha1', other.der))))))],
      ['hash-differs valid'],
    ],
    ['does not read', [attribute('1.2.840.113549.1.9.16.2.47', nothing())], ['attribute-unreadable valid']],
    ['is there twice', [ess, signingCertificateV2(essV2(other.der))], ['attribute-unreadable valid']],
  ])('%s', async (_, attributes, expected) => {
    expect(verdictOf(await withEss(...attributes))).toEqual(expected)
  })

  it('may name the signer in another place than the first', async () => {
    const facts = await withEss(signingCertificateV2(essV2(other.der), essV2(signer.der)))
    expect(facts.candidates.map(({ bound, essPosition }) => [bound, essPosition])).toEqual([['match', 1]])
  })
})

describe('signed attributes', () => {
  it.each<[string, readonly Uint8Array[], readonly string[], string | null, boolean]>([
    [
      'two message digests',
      [...usual, attribute(MESSAGE_DIGEST, octets(ascii('x')))],
      [MESSAGE_DIGEST],
      ID_DATA,
      false,
    ],
    ['two content types', [...usual, attribute(CONTENT_TYPE, oid('1.2.3'))], [CONTENT_TYPE], null, true],
    [
      'a message digest of two values',
      [contentType, ess, attribute(MESSAGE_DIGEST, octets(ascii('a')), octets(digest('sha256', content)))],
      [MESSAGE_DIGEST],
      ID_DATA,
      false,
    ],
    ['a message digest without value', [contentType, ess, attribute(MESSAGE_DIGEST)], [MESSAGE_DIGEST], ID_DATA, false],
    ['no content type', [messageDigest, ess], [], null, true],
    ['another content type', [messageDigest, ess, attribute(CONTENT_TYPE, oid('1.2.3'))], [], '1.2.3', true],
    [
      'a message digest of another type',
      [contentType, ess, attribute(MESSAGE_DIGEST, nothing())],
      [MESSAGE_DIGEST],
      ID_DATA,
      false,
    ],
    [
      'an unknown one twice',
      [...usual, attribute('1.2.3', nothing()), attribute('1.2.3', integer(1))],
      ['1.2.3'],
      ID_DATA,
      true,
    ],
    [
      'an impossible signing time',
      [...usual, attribute(SIGNING_TIME, utcTime('260230000000Z'))],
      [SIGNING_TIME],
      ID_DATA,
      true,
    ],
  ])('with %s', async (_, attributes, irregular, type, hasDigest) => {
    const facts = await signerOf({ attributes })
    expect(facts.irregularAttributes).toEqual(irregular)
    expect([facts.contentType, facts.messageDigest !== null]).toEqual([type, hasDigest])
    expect(facts.candidates.map(({ signature }) => signature)).toEqual(['valid'])
  })

  it('state a signing time', async () => {
    const facts = await signerOf({ attributes: [...usual, attribute(SIGNING_TIME, utcTime('260314091200Z'))] })
    expect(facts.signingTime).toBe('2026-03-14T09:12:00Z')
  })

  it.each(['wire', 'der'] as const)(
    'are not tried when they are out of order and signed over the %s form',
    async (unsorted) => {
      const attributes = [...usual].sort((a, b) => Buffer.compare(b, a))
      const facts = await signerOf({ attributes, unsorted })
      expect([facts.signedAttrs, ...verdictOf(facts)]).toEqual(['not-der', 'match not-tried'])
    },
  )

  it('are not tried when something below them is BER', async () => {
    const facts = await signerOf({ attributes: [...usual, attribute('1.2.3', indefinite(0x30, nothing()))] })
    expect([facts.signedAttrs, ...verdictOf(facts)]).toEqual(['not-der', 'match not-tried'])
  })

  it('are absent: the signature is over the content', async () => {
    const facts = await signerOf({ attributes: null })
    expect([facts.signedAttrs, facts.messageDigest, ...verdictOf(facts)]).toEqual([
      'absent',
      null,
      'attribute-absent valid',
    ])
  })

  it('stripped and passed off as the content verify, and are recognised', async () => {
    const attributes = setOf(...usual)
    const replayed = signerInfo({ signer, content: attributes, attributes: null })
    const facts = await factsOf(signedData({ certificates: [signer.der], signerInfos: [replayed] }), attributes)
    expect(facts.signers.flatMap(verdictOf)).toEqual(['attribute-absent valid'])
    expect(facts.contentIsAttributes).toBe(true)
  })

  it('unsigned ones are listed', async () => {
    const facts = await signerOf({ unsignedAttributes: [attribute('1.2.3', indefinite(0x30)), attribute('1.2.3')] })
    expect(facts.unsignedAttributes).toEqual(['1.2.3', '1.2.3'])
  })
})

describe('content that is attached', () => {
  const attached = (eContent: Uint8Array) =>
    signedData({ certificates: [signer.der], signerInfos: [signerInfo({ signer, content: eContent })], eContent })

  it.each([
    ['equal', content, 'equal'],
    ['of another file', ascii('something else'), 'differs'],
    ['empty', new Uint8Array(), 'differs'],
  ])('%s', async (_, eContent, expected) => {
    const facts = await factsOf(attached(eContent))
    expect(facts.eContent).toBe(expected)
    expect(facts.signers.map(({ contentDigest, messageDigest }) => contentDigest === messageDigest)).toEqual([true])
    const byDigest = await establishCms(attached(eContent), digestOfBytes(content, ports), [], ports)
    expect(byDigest.cms?.eContent).toBe(expected)
  })

  it('is not compared when the evidence is not at hand', async () => {
    const { cms } = await establishCms(attached(content), digestOfBytes(null, ports), [], ports)
    expect([cms?.eContent, cms?.signers[0]?.candidates[0]?.signature]).toEqual(['present', 'valid'])
  })
})

describe('algorithms and signature values', () => {
  it('of another kind than the key never hold', async () => {
    const facts = await signerOf({ signatureAlgorithm: algorithm('1.2.840.113549.1.1.11', nothing()) })
    const [candidate] = facts.candidates
    expect([candidate?.signatureAlgorithm, candidate?.unsupported, candidate?.signature]).toEqual([
      null,
      'ec key under 1.2.840.113549.1.1.11',
      'invalid',
    ])
  })

  it('that are unknown are unsupported, never invalid', async () => {
    const facts = await signerOf({ signatureAlgorithm: algorithm('1.2.840.10040.4.3') })
    expect(facts.candidates.map(({ unsupported, signature }) => [unsupported, signature])).toEqual([
      ['signatureAlgorithm 1.2.840.10040.4.3', 'unsupported'],
    ])
    const digestless = await signerOf({ digestAlgorithm: algorithm('2.16.840.1.101.3.4.2.17') })
    expect([digestless.digestAlgorithm, digestless.contentDigest]).toEqual(['2.16.840.1.101.3.4.2.17', null])
  })

  it('name the digest of the signature beside that of the content', async () => {
    const facts = await signerOf({ signatureAlgorithm: algorithm('1.2.840.10045.4.3.4') })
    expect([facts.digestAlgorithm, facts.signatureDigest]).toEqual(['sha256', 'sha512'])
  })

  it.each<[string, (signature: Uint8Array) => Uint8Array]>([
    ['a flipped bit', (signature) => flipped(signature, signature.length - 1)],
    ['a padded length', (signature) => Uint8Array.of(0x30, 0x81, ...signature.subarray(1))],
    ['bytes behind it', (signature) => Uint8Array.of(...signature, 0)],
    ['zeros for numbers', () => sequence(integer(0), integer(0))],
    ['no content', () => new Uint8Array()],
  ])('with %s are invalid', async (_, alter) => {
    expect(verdictOf(await signerOf({ alter }))).toEqual(['match invalid'])
  })
})

it('turns every damage of a good file into facts or a failure, and throws nothing', async () => {
  const bytes = signedData({ certificates: [signer.der], signerInfos: [signerInfo({ signer, content })] })
  const digests = digestOfBytes(content, ports)
  for (let at = 0; at < bytes.length; at++) {
    for (const damaged of [flipped(bytes, at), bytes.subarray(0, at)]) {
      const { failure, cms } = await establishCms(damaged, digests, [], ports)
      expect((failure === null) !== (cms === null)).toBe(true)
      if (at < bytes.length && damaged.length < bytes.length) expect(failure).not.toBeNull()
    }
  }
  const trailing = await establishCms(Uint8Array.of(...bytes, 0), digests, [], ports)
  expect(trailing.failure).toEqual({
    code: 'ERR_DER_TRAILING_DATA',
    where: 'ContentInfo',
    offset: bytes.length,
    spec: 'X.690 §8.1',
  })
})

it('holds as many certificates as a CMS may have, and one more is a limit', async () => {
  const signer = certificate()
  const content = ascii('an invented statement (sample)')
  const ofSize = async (count: number) => {
    const empty = new Uint8Array(Buffer.alloc(2 * (count - 1), sequence()))
    const certificates = [signer.der, empty]
    const bytes = signedData({ certificates, signerInfos: [signerInfo({ signer, content })] })
    return (await establishCms(bytes, digestOfBytes(content, ports), [], ports)).failure?.code ?? null
  }
  expect(await ofSize(LIMITS.cmsElements)).toBeNull()
  expect(await ofSize(LIMITS.cmsElements + 1)).toBe('ERR_LIMIT')
})
