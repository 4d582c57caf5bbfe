import fc from 'fast-check'
import { expect, test } from 'vitest'
import { IrregularPlaces } from './irregular-places.ts'

const path = fc.array(fc.constantFrom('a', 'a!', 'a0', 'b'), { maxLength: 4 }).map((segments) => segments.join('/'))

test('what stands at a path or nearest above it is found as by looking at each of its folders', () => {
  fc.assert(
    fc.property(fc.uniqueArray(path), fc.array(path), (irregular, paths) => {
      const places = new IrregularPlaces(irregular.map((one) => ({ path: one, what: `at ${one}` })))
      for (const one of paths) {
        const folders = one.split('/').map((_, at, segments) => segments.slice(0, segments.length - at).join('/'))
        const nearest = [...folders, ''].find((folder) => irregular.includes(folder))
        expect(places.at(one)).toBe(nearest === undefined ? undefined : `at ${nearest}`)
      }
    }),
  )
})
