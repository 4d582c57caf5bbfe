import { createHash } from 'node:crypto'
import { type Certificate, encodeUtf8 } from '@probatum/core'
import { parseName } from '../../packages/core/src/pki/name.ts'
import { instant } from './judgement.ts'

/** DER of a Name with common names alone, each an RDN of its own. */
export function commonNames(...values: readonly string[]): Uint8Array {
  const rdns = values.map((value) => {
    const text = encodeUtf8(value)
    return tlv(0x31, tlv(0x30, Uint8Array.of(6, 3, 0x55, 4, 3), tlv(0x0c, text)))
  })
  return tlv(0x30, ...rdns)
}

export function tlv(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Uint8Array.from(parts.flatMap((part) => [...part]))
  const length = content.length < 0x80 ? [content.length] : [0x82, content.length >> 8, content.length & 0xff]
  return Uint8Array.from([tag, ...length, ...content])
}

/**
 * A certificate that no bytes stand for, to try the rules that come after parsing. Its digest is made from `id`;
 * names are common names; whatever is not given is as harmless as it can be.
 */
export function madeCertificate(
  id: string,
  issuer: string,
  subject: string,
  more: Partial<Certificate> = {},
): Certificate {
  const algorithm = { oid: '1.2.840.10045.4.3.2', parameters: null, der: new Uint8Array(0) }
  return {
    der: new Uint8Array(0),
    sha256: createHash('sha256').update(id).digest('hex'),
    tbs: new Uint8Array(0),
    version: 3,
    serialNumber: Uint8Array.of(1),
    signatureAlgorithm: algorithm,
    signatureAlgorithmsAgree: true,
    signature: new Uint8Array(0),
    issuer: parseName(commonNames(issuer), 'issuer'),
    subject: parseName(commonNames(subject), 'subject'),
    notBefore: instant('2020-01-01T00:00:00Z'),
    notAfter: instant('2040-01-01T00:00:00Z'),
    isGeneralizedTimeEarly: false,
    hasUniqueIdentifier: false,
    spki: encodeUtf8(id),
    extensions: [],
    repeatedExtensions: [],
    basicConstraints: { ca: true, pathLen: null },
    keyUsage: null,
    extendedKeyUsage: null,
    subjectKeyIdentifier: null,
    authorityKeyIdentifier: null,
    subjectAltName: null,
    nameConstraints: null,
    certificatePolicies: null,
    policyMappings: null,
    policyConstraints: null,
    inhibitAnyPolicy: null,
    malformedExtensions: [],
    ...more,
  }
}
