import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { makeFamilies } from '../../../tools/vectors/pki-families.ts'
import { fileOf, judgementOf, reportOf } from '../../../tools/vectors/pki-run.ts'
import type { FamilyFile, PkiVector } from '../../../tools/vectors/pki-vector.ts'
import type { Judgement } from './model/judgement.ts'
import { ParseError } from './model/parse-error.ts'
import type { SignatureCheck } from './model/ports.ts'
import { digestOfBytes } from './pki/evidence-digest.ts'
import { type TimestampVerifier, timestampVerifier } from './verify-timestamps.ts'

const families = makeFamilies()
const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }

interface Case {
  readonly family: FamilyFile
  readonly vector: PkiVector
}

const cases = families.flatMap((family) =>
  family.cases.filter(({ inputs }) => inputs.token !== undefined).map((vector): Case => ({ family, vector })),
)

/** What a verifier is made from; vectors that agree in it share one. */
function verifierKey({ family, vector }: Case): string {
  const { trustSet, policy, validationTime, paths, inputs } = vector
  const { certificates, revocation } = inputs
  return JSON.stringify([family.family, trustSet, policy, validationTime, paths, certificates, revocation])
}

function verifierOf({ family, vector }: Case): TimestampVerifier {
  const { certificates = [], revocation = [] } = vector.inputs
  return timestampVerifier(judgementOf(family, vector), ports, {
    certificates: certificates.map((name) => fileOf(family, name)),
    revocation: revocation.map((name) => ({ name, bytes: fileOf(family, name) })),
  })
}

const outcomeOf = async (said: () => Promise<unknown>) => {
  try {
    return await said()
  } catch (error) {
    if (error instanceof ParseError) return { code: error.code, detail: error.detail }
    throw error
  }
}

const byReport = ({ family, vector }: Case) =>
  outcomeOf(async () => {
    const { findings, assessment, signatures } = (await reportOf(family, vector)).body
    return { findings, assessment, signatures }
  })

const byVerifier = ({ family, vector }: Case, verify: TimestampVerifier) =>
  outcomeOf(async () => {
    const { token = '', data } = vector.inputs
    const evidence = digestOfBytes(data === undefined ? null : fileOf(family, data), ports)
    const { findings, assessment, summary } = await verify(fileOf(family, token), evidence)
    return { findings, assessment, signatures: [summary] }
  })

describe('a verifier that remembers', () => {
  it('says of every token vector what a report of it alone says, whatever it saw before', async () => {
    expect(cases.length).toBeGreaterThan(100)
    const expected = new Map<Case, unknown>()
    for (const one of cases) expected.set(one, await byReport(one))
    const verifiers = new Map<string, TimestampVerifier>()
    // Forwards, and backwards with the same memory.
    for (const one of [...cases, ...cases.toReversed()]) {
      const key = verifierKey(one)
      const verify = verifiers.get(key) ?? verifierOf(one)
      verifiers.set(key, verify)
      expect(await byVerifier(one, verify), one.vector.name).toEqual(expected.get(one))
    }
    expect(verifiers.size).toBeLessThan(cases.length / 2)
  })

  it('accepts no token in which a byte was changed that it would not accept without memory', async () => {
    const good = goodCase()
    const bytes = fileOf(good.family, good.vector.inputs.token ?? '')
    const evidence = digestOfBytes(fileOf(good.family, good.vector.inputs.data ?? ''), ports)
    const remembering = verifierOf(good)
    await remembering(bytes, evidence)
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const altered = bytes.map((byte, index) => (index === at ? byte ^ change : byte))
        const [fresh, remembered] = [verifierOf(good), remembering].map((verify) =>
          outcomeOf(async () => {
            const { findings, assessment } = await verify(altered, evidence)
            return { findings, assessment }
          }),
        )
        expect(await remembered).toEqual(await fresh)
      }),
      { numRuns: 400 },
    )
  })

  it('computes a certificate’s signature again when any byte of the certificate is another', async () => {
    const good = goodCase()
    const bytes = fileOf(good.family, good.vector.inputs.token ?? '')
    const data = fileOf(good.family, good.vector.inputs.data ?? '')
    const seen: SignatureCheck[] = []
    const signatures = {
      verify: vi.fn((check: SignatureCheck) => {
        seen.push(check)
        return ports.signatures.verify(check)
      }),
    }
    const judgement: Judgement = judgementOf(good.family, good.vector)
    const verify = timestampVerifier(judgement, { ...ports, signatures })
    const first = await verify(bytes, digestOfBytes(data, ports))
    expect(first.assessment.indication).toBe('TOTAL-PASSED')
    const afterFirst = seen.length
    await verify(bytes, digestOfBytes(data, ports))
    // Only the token's own signature.
    expect(seen.length).toBe(afterFirst + 1)

    // The last octet of the signature on a certificate of the bag.
    const link = seen.find(({ message }) => message !== seen[0]?.message && message.length > 300)
    const at = placeOf(bytes, link?.signature ?? new Uint8Array())
    expect(at).toBeGreaterThan(0)
    const altered = bytes.slice()
    altered[at] = (altered[at] ?? 0) ^ 1
    const before = seen.length
    const again = await verify(altered, digestOfBytes(data, ports))
    expect(seen.length).toBeGreaterThan(before + 1)
    expect(again.assessment.indication).not.toBe('TOTAL-PASSED')
  })

  it('remembers nothing that the caller changes in his own bytes later', async () => {
    const good = goodCase()
    const bytes = fileOf(good.family, good.vector.inputs.token ?? '').slice()
    const evidence = digestOfBytes(fileOf(good.family, good.vector.inputs.data ?? ''), ports)
    const verify = verifierOf(good)
    const { findings } = await verify(bytes, evidence)
    const same = bytes.slice()
    bytes.fill(0)
    expect((await verify(same, evidence)).findings).toEqual(findings)
  })
})

function goodCase(): Case {
  const good = cases.find(({ family, vector }) => family.family === 'tokens' && vector.name === 'good')
  if (good === undefined) throw new TypeError('no good token')
  return good
}

/** Last octet of `part` in `whole`. */
function placeOf(whole: Uint8Array, part: Uint8Array): number {
  return Buffer.from(whole).indexOf(Buffer.from(part)) + part.length - 1
}
