import { fileOf, sampleCase } from '@probatum/seal'
import { bags } from './bags.ts'
import { sharedBase } from './gate-bases.ts'
import { logBase } from './log-bases.ts'
import { mustNotPassBases } from './must-not-pass-bases.ts'
import { authority, ed25519KeyOf, issue, PKI, rsaKey, rsaPssKey, TIME_STAMP_UNIT } from './pki.ts'
import { postQuantumBases } from './post-quantum-bases.ts'
import { recordBases, recordBundles } from './record-bases.ts'
import { renewalBases } from './renewal-bases.ts'
import { demonstration, type Files, seal } from './seal.ts'
import { signatureBases } from './signature-bases.ts'
import { signerBases } from './signer-bases.ts'
import { tokenBases } from './token-bases.ts'

export type Bases = Readonly<Record<string, () => Promise<Files>>>

const wholeCase = sampleCase().map(({ bytes, ...file }) => ({ ...fileOf(bytes), ...file }))
const twoUnits = { 'example-tsa': PKI.unit, 'second-tsa': PKI.secondUnit }

const bundles: Bases = {
  sealed: () => seal({ name: 'sealed', payload: wholeCase }),
  small: () => seal({}),
  'long-term': () => seal({ name: 'long-term', longTerm: true, units: twoUnits }),
  'two-authorities': () => seal({ name: 'two-authorities', units: twoUnits }),
  'no-time-stamp': () => seal({ units: {} }),
  demonstration: async () => new Map((await demonstration()).files),
}

async function department(issuer = authority('Example Intermediate Authority', { issuer: PKI.root })) {
  const middle = await issuer
  return { middle, signer: await issue({ name: 'Example Department', issuer: middle }) }
}

/** Sealed like `small`, by other keys or under another path. */
const otherSeals: Bases = {
  'rsa-2048': async () => sealedWith(await rsaKey('rsa-2048')),
  'rsa-1024': async () => sealedWith(await rsaKey('rsa-1024')),
  'rsa-pss': async () => sealedWith(await rsaPssKey()),
  ed25519: async () => sealedWith(await ed25519KeyOf('Example Edwards Signer')),
  'intermediate-authority': async () => {
    const { middle, signer } = await department()
    return seal({ signer, chain: [middle] })
  },
  'authority-in-validation': async () => {
    const { middle, signer } = await department()
    return seal({ signer, files: (files) => files.set('record/validation/intermediate.cer', middle.der) })
  },
  'authority-missing': async () => seal({ signer: (await department()).signer }),
  'unit-expires-soon': async () => {
    const name = 'Example Old Unit'
    const unit = await issue({ name, issuer: PKI.timeRoot, extensions: TIME_STAMP_UNIT, to: '260401000000Z' })
    return seal({ units: { 'example-tsa': unit } })
  },
  'signer-expires-soon': async () =>
    seal({ signer: await issue({ name: 'Example Old Signer', issuer: PKI.root, to: '260401000000Z' }) }),
}

async function sealedWith(key: Awaited<ReturnType<typeof rsaKey>>): Promise<Files> {
  return seal({ signer: await issue({ name: 'Example Other Key', issuer: PKI.root, key }) })
}

/** Whole bundles and bags, by name. */
export const BASES: Bases = {
  ...bundles,
  custody: logBase,
  shared: sharedBase,
  ...renewalBases,
  ...recordBundles,
  ...bags,
}

/**
 * Bundles that differ from `small` in what their name says, where that cannot be an operation on bytes because a
 * signature had to be made anew. They have every file that `small` has.
 */
export const OVERS: Bases = {
  ...otherSeals,
  ...signerBases,
  ...signatureBases,
  ...tokenBases,
  ...recordBases,
  ...postQuantumBases,
  ...mustNotPassBases,
}
