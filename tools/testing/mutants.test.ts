import { describe, expect, test } from 'vitest'
import { mutantsOf, withCountedLoops } from './mutants.ts'

const NONE = { words: [], names: [] }
const changed = (source: string, options: Partial<Parameters<typeof mutantsOf>[1]> = {}) =>
  mutantsOf(source, { ...NONE, ...options }).map(({ was, is }) => `${was} → ${is}`)

describe('the mutants of a module', () => {
  test.each([
    ['a === b', 'x = a === b', 'a === b → a !== b'],
    ['a < b', 'x = a < b', 'a < b → a <= b'],
    ['a condition', 'if (a) b()', 'a → !(a)'],
    ['a condition', 'if (a) b()', 'a → false'],
    ['both sides', 'x = a && b', 'a && b → ((a) || (b))'],
    ['one side', 'x = a && b', 'a && b → (a)'],
    ['what stands in for nothing', 'x = a ?? b', 'a ?? b → (b)'],
    ['a negation', 'x = !a', '!a → a'],
    ['a statement', 'a(); b()', 'a(); → ;'],
    ['a return', 'function f() { return a }', 'return a → ;'],
    ['a step', 'i++', 'i++ → i--'],
    ['a number', 'x = 1', '1 → 2'],
    ['a truth', 'x = true', 'true → false'],
    ['any string', "x = 'a'", "'a' → 'a~'"],
    ['a list', 'x = [a]', '[a] → []'],
    ['an empty list', 'x = []', '[] → [0]'],
    ['an item', 'x = [a, b]', 'a, → '],
    ['the order of a list', 'x = [a, b]', 'a, b → b, a'],
    ['a property', 'x = { a: b, ...c }', 'a: b, → '],
    ['what is spread', 'x = { a: b, ...c }', '...c → '],
    ['a method', 'x = a.some(f)', 'some → every'],
    ['an answer', 'x = a.has(b)', 'a.has(b) → (!a.has(b))'],
    ['a filter', 'x = a.filter(f)', 'a.filter(f) → a'],
    ['what something is made of', 'x = new Set(a)', 'new Set(a) → new Set()'],
    ['a case', 'switch (a) { case b: c() }', 'case b: c() → '],
    ['a chance of nothing', 'x = a?.b', 'a?.b → a.b'],
  ])('change %s', (_, source, change) => {
    expect(changed(source)).toContain(change)
  })

  test('take one word of a list for each other, and one name for another', () => {
    const source = "x = a === 'GOOD' ? left.GOOD : right"
    const found = changed(source, { words: ['GOOD', 'BAD'], names: [['left', 'right']] })
    expect(found).toEqual(expect.arrayContaining(["'GOOD' → 'BAD'", 'GOOD → BAD', 'left → right', 'right → left']))
  })

  test('leave types, imports and the names of declarations alone', () => {
    expect(
      changed("import a from 'a'\ntype B = 'GOOD' | true\nfunction left(right: 1): 2 {}", {
        words: ['GOOD', 'BAD'],
        names: [['left', 'right']],
      }),
    ).toEqual([])
  })

  test('are those of the declarations that were asked for', () => {
    const source = 'export const a = 1\nfunction b() { return 5 }\nconst c = 8'
    expect(changed(source, { only: ['a', 'b'] })).toEqual(['1 → 2', 'return 5 → ;', '5 → 6', '5 → 0'])
  })

  test('say where they differ, and differ there alone', () => {
    const [mutant, ...others] = mutantsOf('const a = b\n  const c = 1\n', NONE)
    expect(mutant).toEqual({ at: '2:13', line: 'const c = 1', was: '1', is: '2', text: 'const a = b\n  const c = 2\n' })
    expect(others).toEqual([])
  })

  test('are each another text than the source and than each other', () => {
    const source = 'if (!a) b(); else if (a || !a) c.filter(d)'
    const texts = mutantsOf(source, NONE).map(({ text }) => text)
    expect(new Set([source, ...texts]).size).toBe(texts.length + 1)
  })
})

describe('counted loops', () => {
  const steps = (source: string) => {
    let count = 0
    new Function('step', withCountedLoops(source, 'step()'))(() => count++)
    return count
  }

  test('say each of their turns', () => {
    expect(steps('for (let i = 0; i < 3; i++) for (const a of [1, 2]) if (a) { let j = 4; while (j) j-- }')).toBe(
      3 + 6 + 24,
    )
    expect(steps('let i = 0; do { i++ } while (i < 5)')).toBe(5)
  })
})
