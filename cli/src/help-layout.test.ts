import { describe, expect, it } from 'vitest'
import { EXAMPLES } from './examples.ts'
import { helpWidth, layOutExamples, layOutText, withSpaces } from './help-layout.ts'

describe('examples in the help', () => {
  it('go on behind a backslash between options, and are the same commands', () => {
    const long = '  probatum verify evidence.zip --trust-set trust.json --at 2030-01-01 --save "my report.json"'
    expect(layOutExamples(long, 60)).toBe(
      '  probatum verify evidence.zip --trust-set trust.json \\\n      --at 2030-01-01 --save "my report.json"',
    )
    expect(layOutExamples(long, 200)).toBe(long)
  })

  it('have a remark below where it does not fit beside, as one that a shell passes over', () => {
    const line = '  probatum steps evidence.zip --trust-set trust.json    with the roots of that list'
    expect(layOutExamples(line, 60)).toBe(
      '  probatum steps evidence.zip --trust-set trust.json\n      # with the roots of that list',
    )
  })

  it.each([40, 80, 100])('fit into %i columns, but for words that are longer, and lose no word', (width) => {
    for (const block of Object.values(EXAMPLES)) {
      const laid = layOutExamples(block, width)
      for (const line of laid.split('\n'))
        expect(line.length <= width || (line.trim().match(/"[^"]*"|'[^']*'|\S+/g) ?? []).length <= 2, line).toBe(true)
      const words = (text: string) => text.split(/\s+/).filter((word) => word !== '\\' && word !== '#')
      expect(words(laid)).toEqual(words(block))
    }
  })
})

it('fills lines and the last column of rows by themselves', () => {
  expect(layOutText('one two three four\n\n   70  a b  one two three four\n', 22)).toBe(
    'one two three four\n\n   70  a b  one two\n            three four\n',
  )
})

it('is as wide as the terminal, within reason, and 80 columns elsewhere', () => {
  expect(
    [{}, { isTTY: true, columns: 60 }, { isTTY: true, columns: 20 }, { isTTY: true, columns: 300 }].map(helpWidth),
  ).toEqual([80, 60, 40, 100])
})

it('sets what kind of value an option takes apart from what it says, and shows no empty list as default', () => {
  expect(withSpaces('in --save-facts; never in a report[boolean]')).toBe('in --save-facts; never in a report [boolean]')
  expect(withSpaces('   [array] [required] [default: []]')).toBe('   [array] [required]')
})
