import { createHash } from 'node:crypto'
import {
  algorithm,
  attribute,
  CONTENT_TYPE,
  digest,
  ID_DATA,
  MESSAGE_DIGEST,
  response,
  signedData,
  signingCertificateV2,
  TST_INFO,
  tstInfo,
} from '../../test-vectors/make/cms.ts'
import { type Der, explicit, nothing, octets, oid, sequence } from '../../test-vectors/make/der.ts'
import type { Bases } from './bases.ts'
import { accuracy, essCertificate, granted, named, type TokenRecipe, token, tsaName } from './cms.ts'
import {
  authority,
  basicConstraints,
  type CertificateRecipe,
  extendedKeyUsage,
  issue,
  keyOf,
  keyUsage,
  PKI,
  rsaKey,
  SIGN_ALONE,
  TIME_STAMP_UNIT,
  TIME_STAMPING,
  UNKNOWN_CRITICAL,
} from './pki.ts'
import { type Files, seal, text } from './seal.ts'

/** Bundles stamped by an authority whose certificate has one thing wrong with it. */
async function by(recipe: Partial<CertificateRecipe>): Promise<Files> {
  const unit = await issue({
    name: 'Example Time-Stamp Unit',
    issuer: PKI.timeRoot,
    extensions: TIME_STAMP_UNIT,
    serial: 0x1003,
    ...recipe,
  })
  return seal({ units: { 'example-tsa': unit } })
}

/** Bundles whose token has one thing wrong with it, under a signature that fits it. */
function stamped(recipe: Omit<Partial<TokenRecipe>, 'unit'>): Promise<Files> {
  return seal({ response: async (data, unit) => granted(await token({ data, unit, ...recipe })) })
}

function answered(answer: (one: Der) => Der): Promise<Files> {
  return seal({ response: async (data, unit) => answer(await token({ data, unit })) })
}

const colleague = await issue({
  name: 'Example Other Unit',
  issuer: PKI.timeRoot,
  extensions: TIME_STAMP_UNIT,
  serial: 0x1004,
})
const unitWith = (...usage: readonly Der[]) => ({ extensions: [basicConstraints(false), ...usage] })
const CODE_SIGNING = '1.3.6.1.5.5.7.3.3'

export const tokenBases: Bases = {
  'tsa-no-extended-key-usage': () => by(unitWith(SIGN_ALONE)),
  'tsa-extended-key-usage-not-critical': () => by(unitWith(SIGN_ALONE, extendedKeyUsage(false, TIME_STAMPING))),
  'tsa-additional-purpose': () => by(unitWith(SIGN_ALONE, extendedKeyUsage(true, TIME_STAMPING, CODE_SIGNING))),
  'tsa-other-purpose': () => by(unitWith(SIGN_ALONE, extendedKeyUsage(true, CODE_SIGNING))),
  'tsa-key-usage-encipherment': () => by(unitWith(keyUsage(0x20, 5), extendedKeyUsage(true, TIME_STAMPING))),
  'tsa-key-usage-additional': () => by(unitWith(keyUsage(0xa0, 5), extendedKeyUsage(true, TIME_STAMPING))),
  'tsa-is-authority': () =>
    by({
      extensions: [basicConstraints(true), keyUsage(0x86, 1), extendedKeyUsage(true, TIME_STAMPING)],
    }),
  'tsa-expired-before': () => by({ to: '260301000000Z' }),
  'tsa-valid-later': () => by({ from: '260401000000Z' }),
  'tsa-of-other-root': () => by({ issuer: PKI.otherRoot }),
  'tsa-certificate-forged': async () => by({ signedBy: await keyOf('a forger of time') }),
  'tsa-unknown-critical-extension': () => by({ extensions: [...TIME_STAMP_UNIT, UNKNOWN_CRITICAL] }),
  'tsa-rsa-1024': async () => by({ key: await rsaKey('rsa-1024') }),
  'tsa-with-key-of-signer': () => by({ key: PKI.signer.key }),
  'tsa-under-key-of-signer': async () => {
    const issuer = await authority('Example Time Authority', {
      issuer: PKI.timeRoot,
      key: PKI.signer.key,
      serial: 0x1005,
    })
    const files = await by({ issuer })
    return files.set('seal/1/validation/time-authority.cer', issuer.der)
  },
  'tsa-root-of-signers': () => by({ issuer: PKI.root }),
  'tsa-other-than-declared': () =>
    seal({
      response: async (data) => granted(await token({ data, unit: PKI.secondUnit })),
    }),
  'token-over-other-bytes': () => stamped({ data: text('another signature') }),
  'token-imprint-sha1': () =>
    seal({
      response: async (data, unit) => {
        const sha1 = new Uint8Array(createHash('sha1').update(data).digest())
        const imprint = sequence(algorithm('1.3.14.3.2.26', nothing()), octets(sha1))
        return granted(await token({ data, unit, imprint }))
      },
    }),
  'token-imprint-unknown-digest': () =>
    stamped({ imprint: sequence(algorithm('2.999.3'), octets(new Uint8Array(32))) }),
  'token-later-than-validation': () => stamped({ genTime: '20260801091200Z' }),
  'token-before-certificate': () => stamped({ genTime: '20240101000000Z' }),
  'token-two-signers': () => stamped({ otherSigners: [colleague] }),
  'token-no-signer-info': () =>
    seal({
      response: async (data, unit) =>
        granted(
          signedData({
            eContentType: TST_INFO,
            eContent: tstInfo({ data }),
            certificates: [unit.der],
            signerInfos: [],
          }),
        ),
    }),
  'token-no-signed-attributes': () => stamped({ attributes: null }),
  'token-attributes-not-in-order': () =>
    stamped({
      attributes: (usual) => [...usual].sort(Buffer.compare).reverse(),
      asGiven: true,
    }),
  'token-no-signing-certificate': () => stamped({ attributes: (usual) => usual.toSpliced(2, 1) }),
  'token-signing-certificate-of-another': () =>
    stamped({
      attributes: (usual) => usual.with(2, signingCertificateV2(essCertificate(colleague))),
    }),
  'token-content-type-differs': () =>
    stamped({
      attributes: (usual) => usual.with(0, attribute(CONTENT_TYPE, oid(ID_DATA))),
    }),
  'token-message-digest-differs': () =>
    stamped({
      attributes: (usual) => usual.with(1, attribute(MESSAGE_DIGEST, octets(digest('sha256', text('another time'))))),
    }),
  'token-signature-altered': () => stamped({ alter: (bytes) => bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1) }),
  'token-names-another-authority': () => stamped({ rest: [accuracy, tsaName(named('Example Other Unit'))] }),
  'token-unknown-critical-extension': () =>
    stamped({
      // RFC 3161 §2.4.2: extensions [1] IMPLICIT.
      rest: [accuracy, explicit(1, UNKNOWN_CRITICAL)],
    }),
  'token-without-certificate': () => stamped({ certificates: [] }),
  'token-version-2': () => stamped({ infoVersion: 2 }),
  'token-without-accuracy': () => stamped({ rest: [] }),
  'response-refused': () => seal({ response: async () => response(2) }),
  'response-refused-with-token': () => answered((one) => response(2, one)),
  'response-granted-with-mods': () => answered((one) => response(1, one)),
  'response-bare-token': () => answered((one) => one),
  'response-no-der': () => seal({ response: async () => text('<html>busy</html>\n') }),
}
