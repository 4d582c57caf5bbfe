import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { describe, expect, it } from 'vitest'
import { makeFamilies } from '../../../../tools/vectors/pki-families.ts'
import { fileOf, judgementOf } from '../../../../tools/vectors/pki-run.ts'
import type { FamilyFile, PkiVector } from '../../../../tools/vectors/pki-vector.ts'
import { establishTimestampFacts } from '../establish-alone.ts'
import { addMicroseconds, compareInstants, formatInstant, type Instant } from '../model/instant.ts'
import { digestOfBytes } from '../pki/evidence-digest.ts'
import type { TokenFacts } from '../pki/facts.ts'
import type { PathSearch } from '../pki/path.ts'
import { establishTrust, type TrustFacts } from '../pki/trust-facts.ts'
import { judgeLoneToken } from './lone.ts'
import { endsOfAlgorithms } from './timestamp.believed.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }

/** Every instant in a structure of objects, arrays and maps. */
function instantsIn(value: unknown, found: Instant[] = [], seen = new Set<unknown>()): Instant[] {
  if (typeof value !== 'object' || value === null || seen.has(value) || ArrayBuffer.isView(value)) return found
  seen.add(value)
  if ('epochSeconds' in value) found.push(value as Instant)
  const inside = value instanceof Map || value instanceof Set ? [...value.values()] : Object.values(value)
  for (const one of inside) instantsIn(one, found, seen)
  return found
}

/** The same without anything that is remembered with its paths and its revocation data. */
function forgetful(trust: TrustFacts): TrustFacts {
  const searchesOf = (searches: ReadonlyMap<string, PathSearch>) =>
    new Map(
      [...searches].map(([key, search]) => [
        key,
        { ...search, candidates: search.candidates.map((path) => ({ ...path })) },
      ]),
    )
  const { evidence } = trust.revocation
  return {
    ...trust,
    searches: searchesOf(trust.searches),
    revocation: { ...trust.revocation, evidence: { ...evidence, searches: searchesOf(evidence.searches) } },
  }
}

async function factsOf(family: FamilyFile, { inputs }: PkiVector) {
  const { token = '', data, certificates = [], revocation = [] } = inputs
  const evidence = digestOfBytes(data === undefined ? null : fileOf(family, data), ports)
  const hints = {
    certificates: certificates.map((name) => fileOf(family, name)),
    revocation: revocation.map((name) => ({ name, bytes: fileOf(family, name) })),
  }
  const { facts } = await establishTimestampFacts({ name: token, bytes: fileOf(family, token) }, evidence, ports, hints)
  if (facts.token === null) throw new TypeError(facts.kind)
  return { ...facts, token: facts.token }
}

const at = (token: TokenFacts, time: Instant): TokenFacts =>
  token.tstInfo === null ? token : { ...token, tstInfo: { ...token.tstInfo, genTime: formatInstant(time) } }

describe('what is remembered of paths and revocation', () => {
  it('is the answer of no time but those that it was found for', async () => {
    const all = makeFamilies().flatMap((family) => family.cases.map((vector) => ({ family, vector })))
    const tokens = all.filter(({ vector }) => vector.inputs.token !== undefined && vector.expect.error === undefined)
    const isGiven = ({ vector }: (typeof all)[number]) => (vector.inputs.revocation ?? []).length > 0
    const cases = tokens.filter((one, index) => isGiven(one) || index % 10 === 0)
    expect(cases.filter(isGiven).length).toBeGreaterThan(20)
    let outcomes = 0
    for (const { family, vector } of cases) {
      const judgement = judgementOf(family, vector)
      const { token, certificates, revocation } = await factsOf(family, vector)
      const { trustSet, policy } = judgement
      const given = {
        signatures: [],
        tokens: [token],
        certificates,
        ...(revocation === undefined ? {} : { revocation }),
      }
      const trust = await establishTrust(given, trustSet, policy.paths, ports)
      const bounds = [...instantsIn(trust), judgement.validationTime, ...endsOfAlgorithms(policy).map((end) => end.at)]
      const around = bounds.flatMap((bound) => [-1, 0, 1].map((step) => addMicroseconds(bound, step * 1_000_000)))
      const inOrder = [...new Map(around.map((time) => [formatInstant(time), time])).values()].toSorted(compareInstants)
      // Neighbours after one another and far jumps, with one memory.
      const times = [...inOrder, ...inOrder.map((_, index) => inOrder[(index * 7) % inOrder.length] ?? inOrder[0])]
      const seen = new Set<string>()
      for (const time of times) {
        if (time === undefined) continue
        const asked = at(token, time)
        const remembered = judgeLoneToken(asked, trust, judgement, new Set())
        expect(remembered, `${vector.name} at ${formatInstant(time)}`).toEqual(
          judgeLoneToken(asked, forgetful(trust), judgement, new Set()),
        )
        for (const { id, value, reason } of remembered.findings) seen.add(`${id} ${value} ${reason}`)
      }
      outcomes += seen.size
    }
    expect(outcomes / cases.length).toBeGreaterThan(25)
  })
})
