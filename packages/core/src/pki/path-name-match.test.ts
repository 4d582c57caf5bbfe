import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { GeneralName, GeneralSubtree } from './certificate.ts'
import { matchSubtree } from './path-name-match.ts'

const dns = (value: string): GeneralName => ({ kind: 'dNSName', value })
const whole = (base: GeneralName): GeneralSubtree => ({ base, isWhole: true })

describe('a subtree', () => {
  const host = fc
    .array(fc.stringMatching(/^[a-z0-9]{1,5}$/), { minLength: 1, maxLength: 4 })
    .map((labels) => labels.join('.'))

  test('of hosts holds a host and what lies below it, whatever the case, and nothing else', () => {
    fc.assert(
      fc.property(host, host, (name, base) => {
        const isBelow = `.${name}`.endsWith(`.${base}`)
        for (const list of ['permitted', 'excluded'] as const) {
          expect(matchSubtree(dns(name.toUpperCase()), whole(dns(base)), list)).toBe(isBelow ? 'inside' : 'outside')
          expect(matchSubtree(dns(`x.${base}`), whole(dns(base)), list)).toBe('inside')
          expect(matchSubtree(dns(`x${base}`), whole(dns(base)), list)).toBe('outside')
        }
      }),
    )
  })

  const address = fc.uint8Array({ minLength: 4, maxLength: 4 })
  test('of addresses holds those whose first bits are equal', () => {
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 32 }), (base, found, bits) => {
        const mask = Uint8Array.from([0, 8, 16, 24], (at) => (0xff00 >> Math.min(8, Math.max(0, bits - at))) & 0xff)
        const text = (octets: Uint8Array) => [...octets].map((octet) => octet.toString(2).padStart(8, '0')).join('')
        const isInside = text(base).slice(0, bits) === text(found).slice(0, bits)
        const subtree = whole({ kind: 'iPAddress', octets: Uint8Array.from([...base, ...mask]) })
        const name: GeneralName = { kind: 'iPAddress', octets: found }
        expect(matchSubtree(name, subtree, 'permitted')).toBe(isInside ? 'inside' : 'outside')
      }),
    )
  })

  const UNKNOWN: readonly (readonly [GeneralName, GeneralName])[] = [
    [dns('a.example'), dns('*.example')],
    [dns('a.example'), dns('a..example')],
    [
      { kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0, 1) },
      { kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0, 0, 255, 0, 255, 0) },
    ],
    [
      { kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0, 1) },
      { kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0, 0) },
    ],
    [
      { kind: 'uniformResourceIdentifier', value: 'https://a.example/' },
      { kind: 'uniformResourceIdentifier', value: 'https://a.example/' },
    ],
    [
      { kind: 'rfc822Name', value: 'a@a.example' },
      { kind: 'rfc822Name', value: '@a.example' },
    ],
  ]
  test.each(UNKNOWN)('that is none permits nothing and leaves nothing free: %o under %o', (name, base) => {
    expect(matchSubtree(name, whole(base), 'permitted')).toBe('unknown')
    expect(matchSubtree(name, whole(base), 'excluded')).toBe('unknown')
  })

  const UNREADABLE: readonly (readonly [GeneralName, GeneralName])[] = [
    [dns('.a.example'), dns('a.example')],
    [dns('a.*.a.example'), dns('a.example')],
    [
      { kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0, 1, 255, 255, 255, 255) },
      { kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0) },
    ],
    [
      { kind: 'uniformResourceIdentifier', value: 'urn:a.example' },
      { kind: 'uniformResourceIdentifier', value: 'a.example' },
    ],
    [
      { kind: 'uniformResourceIdentifier', value: 'https://b.example\\@a.example/' },
      { kind: 'uniformResourceIdentifier', value: 'a.example' },
    ],
    [
      { kind: 'uniformResourceIdentifier', value: 'https://10.0.0.1/' },
      { kind: 'uniformResourceIdentifier', value: 'a.example' },
    ],
    [
      { kind: 'rfc822Name', value: 'a.example' },
      { kind: 'rfc822Name', value: 'a.example' },
    ],
  ]
  test.each(UNREADABLE)('does not hold a name that is none, nor leaves it free: %o under %o', (name, base) => {
    expect(matchSubtree(name, whole(base), 'permitted')).toBe('outside')
    expect(matchSubtree(name, whole(base), 'excluded')).toBe('unknown')
  })

  test('that excludes is not got around by wildcards or by case', () => {
    const match = (name: GeneralName, base: GeneralName) => matchSubtree(name, whole(base), 'excluded')
    expect(match(dns('*.example'), dns('secret.example'))).toBe('inside')
    expect(match(dns('*.example'), dns('other.test'))).toBe('outside')
    expect(match(dns('*.example'), dns('more.secret.example'))).toBe('unknown')
    expect(match(dns('sample.example'), dns('.sample.example'))).toBe('unknown')
    expect(match(dns('www.sample.example'), dns('.sample.example'))).toBe('inside')
    expect(matchSubtree(dns('sample.example'), whole(dns('.sample.example')), 'permitted')).toBe('outside')
    const mail = (value: string): GeneralName => ({ kind: 'rfc822Name', value })
    expect(match(mail('root@sample.example'), mail('root@Sample.example'))).toBe('inside')
    expect(match(mail('Root@sample.example'), mail('root@sample.example'))).toBe('unknown')
    expect(match(mail('boot@sample.example'), mail('root@sample.example'))).toBe('outside')
    expect(matchSubtree(mail('Root@sample.example'), whole(mail('root@sample.example')), 'permitted')).toBe('outside')
  })
})
