import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js'
import { slh_dsa_sha2_128f, slh_dsa_shake_192f } from '@noble/post-quantum/slh-dsa.js'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { describe, expect, test } from 'vitest'
import {
  algorithm,
  attribute,
  CONTENT_TYPE,
  certificate,
  essV2,
  ID_DATA,
  MESSAGE_DIGEST,
  signingCertificateV2,
} from '../../../../test-vectors/make/cms.ts'
import {
  ascii,
  bits,
  type Der,
  explicit,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  setOf,
  tlv,
} from '../../../../test-vectors/make/der.ts'
import { contentOf, DerCursor, encodingOf } from '../asn1/cursor.ts'
import { establishCms } from './establish-cms.ts'
import { digestOfBytes } from './evidence-digest.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const CONTENT = ascii('an invented statement (sample)')
const ARC = '2.16.840.1.101.3.4.3'
const HASHES = '2.16.840.1.101.3.4.2'
const SHA512 = algorithm(`${HASHES}.3`)

const shake = (name: 'shake128' | 'shake256', outputLength: number) =>
  new Uint8Array(createHash(name, { outputLength }).update(CONTENT).digest())
const sha = (name: string) => new Uint8Array(createHash(name).update(CONTENT).digest())

interface Kind {
  readonly name: string
  readonly signatureAlgorithm: Der
  readonly spki: Der
  readonly sign: (message: Uint8Array) => Uint8Array
  readonly digestAlgorithm: Der
  readonly digest: Uint8Array
}

function latticeOrHash(
  name: string,
  arc: number,
  scheme: typeof ml_dsa65 | typeof slh_dsa_sha2_128f,
  digestAlgorithm: Der,
  digest: Uint8Array,
): Kind {
  const { publicKey, secretKey } = scheme.keygen(new Uint8Array(scheme.lengths.seed ?? 32).fill(arc))
  return {
    name,
    signatureAlgorithm: algorithm(`${ARC}.${arc}`),
    spki: sequence(algorithm(`${ARC}.${arc}`), bits(publicKey)),
    sign: (message) => scheme.sign(message, secretKey, { extraEntropy: false }),
    digestAlgorithm,
    digest,
  }
}

const ed448 = generateKeyPairSync('ed448')
const KINDS: readonly Kind[] = [
  latticeOrHash('ML-DSA-65 with SHA-512 (RFC 9882)', 18, ml_dsa65, SHA512, sha('sha512')),
  latticeOrHash('ML-DSA-87 with SHAKE256', 19, ml_dsa87, algorithm(`${HASHES}.12`), shake('shake256', 64)),
  latticeOrHash(
    'SLH-DSA-SHA2-128f with SHA-256 (RFC 9814)',
    21,
    slh_dsa_sha2_128f,
    algorithm(`${HASHES}.1`),
    sha('sha256'),
  ),
  latticeOrHash(
    'SLH-DSA-SHAKE-192f with SHAKE256',
    29,
    slh_dsa_shake_192f,
    algorithm(`${HASHES}.12`),
    shake('shake256', 64),
  ),
  {
    name: 'Ed448 with SHAKE256 of 512 bits (RFC 8419)',
    signatureAlgorithm: algorithm('1.3.101.113'),
    spki: new Uint8Array(ed448.publicKey.export({ format: 'der', type: 'spki' })),
    sign: (message) => new Uint8Array(sign(null, message, ed448.privateKey)),
    digestAlgorithm: algorithm(`${HASHES}.18`, integer(512)),
    digest: shake('shake256', 64),
  },
]

/** A certificate with this key; nothing here asks who signed it. */
function certificateFor(spki: Der): { readonly der: Der; readonly issuer: Der; readonly serial: Der } {
  const { der, issuer, serial } = certificate()
  const outer = DerCursor.over(der, '').enter(0x30, '')
  const tbs = outer.any('')
  const parts: Uint8Array[] = []
  const inner = DerCursor.over(encodingOf(tbs), '').enter(0x30, '')
  while (!inner.done) parts.push(encodingOf(inner.any('')))
  parts[6] = spki
  const rest: Uint8Array[] = []
  while (!outer.done) rest.push(encodingOf(outer.any('')))
  return { der: sequence(sequence(...parts), ...rest), issuer, serial }
}

function signed(kind: Kind, change: { readonly signatureAlgorithm?: Der; readonly attributes?: 'absent' } = {}): Der {
  const { der, issuer, serial } = certificateFor(kind.spki)
  const attributes = [
    attribute(CONTENT_TYPE, oid(ID_DATA)),
    attribute(MESSAGE_DIGEST, octets(kind.digest)),
    signingCertificateV2(essV2(der)),
  ]
  const set = setOf(...attributes)
  const message = change.attributes === 'absent' ? CONTENT : set
  const info = sequence(
    integer(1),
    sequence(issuer, serial),
    kind.digestAlgorithm,
    ...(change.attributes === 'absent' ? [] : [tlv(0xa0, contentOf(DerCursor.over(set, '').any('')))]),
    change.signatureAlgorithm ?? kind.signatureAlgorithm,
    octets(kind.sign(message)),
  )
  const data = sequence(integer(1), setOf(kind.digestAlgorithm), sequence(oid(ID_DATA)), tlv(0xa0, der), setOf(info))
  return sequence(oid('1.2.840.113549.1.7.2'), explicit(0, data))
}

async function signerOf(bytes: Uint8Array, content = CONTENT) {
  const { cms } = await establishCms(bytes, digestOfBytes(content, ports), [], ports, content)
  const signer = cms?.signers[0]
  const candidate = signer?.candidates[0]
  if (signer === undefined || candidate === undefined) throw new TypeError('no signer')
  return { signer, candidate }
}

describe.each(KINDS)('$name', (kind) => {
  test('verifies over its signed attributes, and its digest is compared', async () => {
    const { signer, candidate } = await signerOf(signed(kind))
    expect(candidate).toMatchObject({ bound: 'match', signature: 'valid', unsupported: null })
    expect(signer.messageDigest).toBe(signer.contentDigest)
    const other = await signerOf(signed(kind), ascii('another statement'))
    expect(other.signer.messageDigest).not.toBe(other.signer.contentDigest)
  })

  test('verifies over the content itself where there are no signed attributes', async () => {
    const { candidate } = await signerOf(signed(kind, { attributes: 'absent' }))
    expect(candidate.signature).toBe('valid')
    const other = await signerOf(signed(kind, { attributes: 'absent' }), ascii('another statement'))
    expect(other.candidate.signature).toBe('invalid')
  })

  test('with parameters, where there are none, is not supported and not wrong', async () => {
    const arc = DerCursor.over(kind.signatureAlgorithm, '').enter(0x30, '').oid('')
    const { candidate } = await signerOf(signed(kind, { signatureAlgorithm: algorithm(arc, nothing()) }))
    expect(candidate).toMatchObject({ signature: 'unsupported', unsupported: `parameters of ${arc}` })
  })
})
