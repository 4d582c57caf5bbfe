import { createHash } from 'node:crypto'
import {
  algorithm,
  attribute,
  CONTENT_TYPE,
  digest,
  MESSAGE_DIGEST,
  SIGNING_CERTIFICATE_V2,
  signedData,
  signingCertificateV2,
  TST_INFO,
} from '../../test-vectors/make/cms.ts'
import { nothing, octets, oid } from '../../test-vectors/make/der.ts'
import type { Bases } from './bases.ts'
import { essCertificate, signature, signerInfo } from './cms.ts'
import { issue, PKI } from './pki.ts'
import { type Files, seal, text } from './seal.ts'

type Recipe = Omit<Parameters<typeof signature>[0], 'signer' | 'content'>

/** Bundles whose seal has one thing wrong in its CMS, under a signature that fits it. */
function signed(recipe: (covered: Uint8Array) => Recipe | Promise<Recipe>): Promise<Files> {
  const { signer } = PKI
  return seal({
    signature: async (content) => signature({ signer, content, ...(await recipe(content)) }),
  })
}

/** Another bundle's tag manifest. */
const OTHER = text(`${'0'.repeat(64)}  bagit.txt\n`)
const SHA1 = algorithm('1.3.14.3.2.26', nothing())
const colleague = await issue({ name: 'Example Colleague', issuer: PKI.root, serial: 0x1002 })

export const signatureBases: Bases = {
  'cms-attached': () => signed((content) => ({ eContent: content })),
  'cms-attached-other-content': () =>
    seal({
      signature: async () => signature({ signer: PKI.signer, content: OTHER, eContent: OTHER }),
    }),
  'cms-over-other-manifest': () =>
    seal({
      signature: async () => signature({ signer: PKI.signer, content: OTHER }),
    }),
  'cms-over-other-kind': () => seal({ tagManifest: text('{"statement":"probatum/handover/1"}\n') }),
  'cms-two-signers': () =>
    signed(async (content) => ({
      certificates: [PKI.signer.der, colleague.der],
      others: [await signerInfo({ signer: colleague, content })],
    })),
  'cms-two-signers-one-bad': () =>
    signed(async (content) => ({
      certificates: [PKI.signer.der, colleague.der],
      others: [await signerInfo({ signer: colleague, content, alter: flipLast })],
    })),
  'cms-no-signer-info': () =>
    seal({
      // Certificates and nobody who signs: RFC 5652 §5.1 allows it.
      signature: async () => signedData({ certificates: [PKI.signer.der], signerInfos: [] }),
    }),
  'cms-no-signing-certificate': () => signed(() => ({ attributes: (usual) => usual.toSpliced(2, 1) })),
  'cms-signing-certificate-of-another': () =>
    signed(() => ({
      attributes: (usual) => usual.with(2, signingCertificateV2(essCertificate(colleague))),
    })),
  'cms-issuer-serial-of-another': () =>
    signed(() => ({
      attributes: (usual) => usual.with(2, signingCertificateV2(essCertificate(PKI.signer, colleague))),
    })),
  'cms-signing-certificate-malformed': () =>
    signed(() => ({
      attributes: (usual) => usual.with(2, attribute(SIGNING_CERTIFICATE_V2, octets(text('no sequence')))),
    })),
  'cms-no-signed-attributes': () => signed(() => ({ attributes: null })),
  'cms-attributes-not-in-order': () =>
    signed(() => ({
      attributes: (usual) => [...usual].sort(Buffer.compare).reverse(),
      asGiven: true,
    })),
  'cms-attribute-twice': () =>
    signed((content) => ({
      attributes: (usual) => [...usual, attribute(MESSAGE_DIGEST, octets(digest('sha256', content.subarray(1))))],
    })),
  'cms-no-content-type': () => signed(() => ({ attributes: (usual) => usual.slice(1) })),
  'cms-content-type-differs': () =>
    signed(() => ({
      attributes: (usual) => usual.with(0, attribute(CONTENT_TYPE, oid(TST_INFO))),
    })),
  'cms-unexpected-type': () => signed(() => ({ eContentType: '2.999.2' })),
  'cms-no-message-digest': () => signed(() => ({ attributes: (usual) => usual.toSpliced(1, 1) })),
  'cms-message-digest-differs': () =>
    signed(() => ({
      attributes: (usual) => usual.with(1, attribute(MESSAGE_DIGEST, octets(digest('sha256', text('something else'))))),
    })),
  'cms-message-digest-sha1': () =>
    signed((content) => ({
      digestAlgorithm: SHA1,
      attributes: (usual) =>
        usual.with(1, attribute(MESSAGE_DIGEST, octets(new Uint8Array(createHash('sha1').update(content).digest())))),
    })),
  'cms-unknown-digest': () => signed(() => ({ digestAlgorithm: algorithm('2.999.3') })),
  'cms-no-certificate': () => signed(() => ({ certificates: [] })),
  'cms-signature-altered': () => signed(() => ({ alter: flipLast })),
  'cms-signer-info-version': () => signed(() => ({ version: 5 })),
}

function flipLast(signature: Uint8Array): Uint8Array {
  return signature.with(-1, (signature.at(-1) ?? 0) ^ 1)
}
