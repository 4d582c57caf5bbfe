import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { madeCertificate } from '../../../../tools/testing/made-certificate.ts'
import { decodeUtf8 } from '../model/utf8.ts'
import type { Certificate } from './certificate.ts'
import { type PathAnchor, type PathLink, type PathSearch, pathAnchorOf } from './path.ts'
import { type ComputeLink, searchPaths } from './path-search.ts'

const BUDGET = { maxDepth: 8, maxSignatureChecks: 64 }
const WIDE = { maxDepth: 8, maxSignatureChecks: 4096 }

/** A name is held by two keys at most: `A1` and `A2` are two keys of `A`. */
interface Edge {
  readonly issuer: string
  readonly subject: string
}

const nameOf = (holder: string) => holder.slice(0, 1)

/** The key that signed stands in the serial number: a link holds under that key alone. */
function certify({ issuer, subject }: Edge, copy = 0): Certificate {
  const serialNumber = new TextEncoder().encode(issuer)
  const spki = new TextEncoder().encode(subject)
  const id = `${issuer} ${subject} ${copy}`
  return madeCertificate(id, nameOf(issuer), nameOf(subject), { serialNumber, spki })
}

const link: ComputeLink = async (certificate, { spki }): Promise<PathLink> => ({
  outcome: decodeUtf8(certificate.serialNumber) === decodeUtf8(spki) ? 'valid' : 'invalid',
  algorithm: null,
  unsupported: null,
  rsaBits: null,
})

function anchorOf(holder: string): PathAnchor {
  const certificate = certify({ issuer: holder, subject: holder })
  const { sha256, der } = certificate
  return pathAnchorOf({ anchor: true, role: 'signer', label: holder, sha256, der }, certificate)
}

function search(target: Edge, anchors: readonly string[], pool: readonly Certificate[], budget = BUDGET) {
  return searchPaths(certify(target), 'signer', anchors.map(anchorOf), pool, budget, link)
}

/** Paths whose signatures hold, as the keys on them. */
function pathsOf({ candidates }: PathSearch): string[] {
  return candidates
    .filter(({ links }) => links.every(({ outcome }) => outcome === 'valid'))
    .map(({ certificates, anchor }) => [...certificates.map(({ spki }) => decodeUtf8(spki)), anchor.label].join(' < '))
}

/** All simple paths by exhaustion, without names: only keys. */
function allPaths(target: Edge, anchors: readonly string[], edges: readonly Edge[]): string[] {
  const found = new Set<string>()
  const walk = (path: readonly string[], at: string): void => {
    if (anchors.includes(at)) {
      found.add([...path, at].join(' < '))
      return
    }
    if (path.includes(at) || path.length > 7) return
    for (const { issuer, subject } of edges) if (subject === at) walk([...path, at], issuer)
  }
  walk([target.subject], target.issuer)
  return [...found]
}

const HOLDERS = ['A1', 'A2', 'B1', 'B2', 'C1', 'D1']
const holder = fc.constantFrom(...HOLDERS)
const graph = fc.uniqueArray(fc.record({ issuer: holder, subject: holder }), {
  maxLength: 14,
  selector: ({ issuer, subject }) => `${issuer} ${subject}`,
})

describe('over graphs of authorities that certify each other, the search', () => {
  test('finds every path that there is and no other', () =>
    fc.assert(
      fc.asyncProperty(graph, holder, fc.uniqueArray(holder, { maxLength: 2 }), async (edges, issuer, anchors) => {
        const target = { issuer, subject: 'X1' }
        const result = await search(
          target,
          anchors,
          edges.map((edge) => certify(edge)),
          WIDE,
        )
        fc.pre(result.limit === null)
        expect(pathsOf(result).sort()).toEqual(allPaths(target, anchors, edges).sort())
      }),
      { numRuns: 300 },
    ))

  test('gives the same for every order of the pool and of the anchors', () =>
    fc.assert(
      fc.asyncProperty(
        graph.chain((edges) => fc.tuple(fc.constant(edges), fc.shuffledSubarray(edges, { minLength: edges.length }))),
        holder,
        async ([edges, shuffled], issuer) => {
          const target = { issuer, subject: 'X1' }
          const one = await search(
            target,
            ['D1', 'C1'],
            edges.map((edge) => certify(edge)),
          )
          const other = await search(
            target,
            ['C1', 'D1'],
            shuffled.map((edge) => certify(edge)),
          )
          expect(other).toEqual(one)
        },
      ),
    ))

  test('gives the same with certificates that no path can lead to', () =>
    fc.assert(
      fc.asyncProperty(graph, holder, fc.nat({ max: 200 }), async (edges, issuer, count) => {
        const pool = edges.map((edge) => certify(edge))
        const strangers = Array.from({ length: count }, (_, i) => certify({ issuer: 'Y1', subject: 'Z1' }, i))
        const target = { issuer, subject: 'X1' }
        expect(await search(target, ['D1'], [...strangers, ...pool])).toEqual(await search(target, ['D1'], pool))
      }),
    ))

  test('ends within its budget for any budget, and says so when it is the reason', () =>
    fc.assert(
      fc.asyncProperty(graph, holder, fc.integer({ min: 1, max: 12 }), async (edges, issuer, maxSignatureChecks) => {
        let checks = 0
        const pool = edges.map((edge) => certify(edge))
        const budget = { maxDepth: 8, maxSignatureChecks }
        const counting: ComputeLink = (certificate, key) => {
          checks++
          return link(certificate, key)
        }
        const target = { issuer, subject: 'X1' }
        const result = await searchPaths(certify(target), 'signer', [anchorOf('D1')], pool, budget, counting)
        expect(checks).toBeLessThanOrEqual(maxSignatureChecks)
        const whole = await search(target, ['D1'], pool, WIDE)
        if (result.limit === null) expect(pathsOf(result)).toEqual(pathsOf(whole))
        else expect(pathsOf(whole)).toEqual(expect.arrayContaining(pathsOf(result)))
      }),
    ))
})

describe('the search', () => {
  test('ends at authorities of one name that all certify each other, and says that it did not see all', async () => {
    const holders = Array.from({ length: 12 }, (_, i) => `A${i}`)
    const pool = holders.flatMap((issuer) => holders.map((subject) => certify({ issuer, subject })))
    const closed = await search({ issuer: 'A0', subject: 'X1' }, ['B1'], pool)
    expect(pathsOf(closed)).toEqual([])
    expect(closed.limit).toBe('signature-checks')
  })

  // CVE-2024-0567: a chain whose authorities are cross-signed in a ring, with the way out at the far end.
  test('finds the way out of a ring of cross-signed authorities', async () => {
    const ring: readonly Edge[] = [
      { issuer: 'B1', subject: 'A1' },
      { issuer: 'C1', subject: 'B1' },
      { issuer: 'A1', subject: 'C1' },
      { issuer: 'B1', subject: 'C1' },
      { issuer: 'D1', subject: 'C1' },
    ]
    const pool = ring.map((edge) => certify(edge))
    const found = await search({ issuer: 'A1', subject: 'X1' }, ['D1'], pool)
    expect(pathsOf(found)).toEqual(['X1 < A1 < B1 < C1 < D1'])
    expect(found.limit).toBeNull()
    const closed = await search({ issuer: 'A1', subject: 'X1' }, ['D1'], pool.slice(0, 4))
    expect(pathsOf(closed)).toEqual([])
    expect(closed.limit).toBeNull()
  })

  describe('in a crowd of authorities of one name', () => {
    const real = certify({ issuer: 'B1', subject: 'A1' })
    const crowd = Array.from({ length: 500 }, (_, i) => certify({ issuer: 'B1', subject: 'A2' }, i))
    const target = certify({ issuer: 'A1', subject: 'X1' })
    const among = (one: Certificate, others: readonly Certificate[], of = target, carried: readonly string[] = []) =>
      searchPaths(of, 'signer', [anchorOf('B1')], [...others, one], BUDGET, link, new Set(carried))

    test('does not see all, and says so', async () => {
      const result = await among(real, crowd)
      expect(result.limit).toBe('signature-checks')
    })

    test('finds the one whose key identifier is given', async () => {
      const authorityKeyIdentifier = { keyIdentifier: Uint8Array.of(7), issuer: null, serialNumber: null }
      const subjectKeyIdentifier = Uint8Array.of(7)
      const result = await among({ ...real, subjectKeyIdentifier }, crowd, { ...target, authorityKeyIdentifier })
      expect(pathsOf(result)).toEqual(['X1 < A1 < B1'])
    })

    test('finds the only one that may certify', async () => {
      const impostors = crowd.map((one) => ({ ...one, basicConstraints: null }))
      expect(pathsOf(await among(real, impostors))).toEqual(['X1 < A1 < B1'])
    })

    test('finds the only one that was valid when the certificate began', async () => {
      const later = crowd.map((one) => ({ ...one, notBefore: one.notAfter }))
      expect(pathsOf(await among(real, later))).toEqual(['X1 < A1 < B1'])
    })

    test('finds the one that came with the signature, whatever the others claim', async () => {
      const authorityKeyIdentifier = { keyIdentifier: Uint8Array.of(7), issuer: null, serialNumber: null }
      const impostors = crowd.map((one) => ({ ...one, subjectKeyIdentifier: Uint8Array.of(7) }))
      const result = await among(real, impostors, { ...target, authorityKeyIdentifier }, [real.sha256])
      expect(pathsOf(result)).toEqual(['X1 < A1 < B1'])
    })
  })
})
