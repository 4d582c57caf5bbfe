import { extension } from '../../test-vectors/make/cms.ts'
import { commonNames, explicit, octets, sequence, tlv } from '../../test-vectors/make/der.ts'
import type { Bases } from './bases.ts'
import {
  AUTHORITY,
  authority,
  basicConstraints,
  CA_USAGE,
  type CertificateRecipe,
  extendedKeyUsage,
  issue,
  keyOf,
  keyUsage,
  PKI,
  SIGN_ALONE,
  SIGNER,
  UNKNOWN_CRITICAL,
} from './pki.ts'
import { type Files, seal } from './seal.ts'

/** Bundles sealed by somebody whose certificate has one thing wrong with it. */
async function by(recipe: Partial<CertificateRecipe>): Promise<Files> {
  return seal({ signer: await issue({ name: 'Example Mechanism', issuer: PKI.root, ...recipe }) })
}

/** The signer's certificate is in order; the authority between it and the root has one thing wrong with it. */
async function under(recipe: Partial<CertificateRecipe>): Promise<Files> {
  const middle = await authority('Example Intermediate Authority', { issuer: PKI.root, ...recipe })
  return seal({ signer: await issue({ name: 'Example Department', issuer: middle }), chain: [middle] })
}

export const signerBases: Bases = {
  'signer-expired-before': () => by({ to: '260301000000Z' }),
  'signer-valid-later': () => by({ from: '260401000000Z' }),
  'signer-is-authority': () => by({ extensions: [basicConstraints(true), keyUsage(0x86, 1)] }),
  'signer-key-usage-encipherment': () => by({ extensions: [basicConstraints(false), keyUsage(0x20, 5)] }),
  'signer-no-key-usage': () => by({ extensions: [basicConstraints(false)] }),
  'signer-extended-key-usage-server': () =>
    by({ extensions: [...SIGNER, extendedKeyUsage(false, '1.3.6.1.5.5.7.3.1')] }),
  'signer-unknown-critical-extension': () => by({ extensions: [...SIGNER, UNKNOWN_CRITICAL] }),
  'signer-repeated-extension': () => by({ extensions: [basicConstraints(false), SIGN_ALONE, SIGN_ALONE] }),
  'signer-malformed-extension': () =>
    by({
      extensions: [basicConstraints(false), extension('2.5.29.15', octets(Uint8Array.of(0x80)), true)],
    }),
  'signer-certificate-forged': async () => by({ signedBy: await keyOf('a forger who has not the root’s key') }),
  'signer-of-other-root': () => by({ issuer: PKI.otherRoot }),
  'signer-self-signed': async () => seal({ signer: await issue({ name: 'Example Mechanism', serial: 0x2001 }) }),
  'issuer-not-an-authority': () => under({ extensions: [basicConstraints(false), CA_USAGE] }),
  'issuer-key-usage': () => under({ extensions: [basicConstraints(true), SIGN_ALONE] }),
  'issuer-expired-before': () => under({ to: '260301000000Z' }),
  'issuer-unknown-critical-extension': () => under({ extensions: [...AUTHORITY, UNKNOWN_CRITICAL] }),
  'issuer-name-constraints': () =>
    under({
      // permittedSubtrees with a directoryName (RFC 5280 §4.2.1.10)
      extensions: [
        ...AUTHORITY,
        extension(
          '2.5.29.30',
          sequence(tlv(0xa0, sequence(explicit(4, commonNames('Example Elsewhere (sample)'))))),
          true,
        ),
      ],
    }),
  'issuer-policy-constraints': () =>
    under({
      extensions: [...AUTHORITY, extension('2.5.29.36', sequence(tlv(0x80, Uint8Array.of(0))), true)],
    }),
  'issuer-path-length': async () => {
    const upper = await authority('Example Upper Authority', {
      issuer: PKI.root,
      extensions: [basicConstraints(true, 0), CA_USAGE],
    })
    const lower = await authority('Example Lower Authority', { issuer: upper })
    const signer = await issue({ name: 'Example Department', issuer: lower })
    return seal({ signer, chain: [lower, upper] })
  },
  'signer-serial-negative': () => by({ serial: -5 }),
}
