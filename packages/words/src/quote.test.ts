import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quoteForPowerShell, quoteForShell } from './quote.ts'

describe('quoteForShell', () => {
  it('leaves plain names as they are', () => {
    expect(quoteForShell('seal/1/tagmanifest-sha256.txt.p7s')).toBe('seal/1/tagmanifest-sha256.txt.p7s')
  })

  it.each([
    ["it's", "'it'\\''s'"],
    ['$(rm -rf .)', "'$(rm -rf .)'"],
    ['-rf', "'./-rf'"],
    ['', "''"],
    ['a\nb', "$'a\\012b'"],
  ])('writes %j as %s', (text, quoted) => {
    expect(quoteForShell(text)).toBe(quoted)
  })

  it('is read back by bash as the very same string', () => {
    const strings = fc.sample(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), 200)
    const nasty = [
      '`id`',
      '$HOME',
      '"',
      "'",
      '\\',
      '!!',
      '~',
      '*',
      'a b',
      '\t',
      '\u202e',
      '#x',
      'a;b',
      '&',
      '|',
      '>x',
      "\\'\n",
    ]
    const all = [...strings, ...nasty].filter((text) => !text.startsWith('-') && !text.includes('\0'))
    const script = all.map((text) => `printf '%s\\0' ${quoteForShell(text)}`).join('\n')
    const output = execFileSync('bash', ['--noprofile', '--norc', '-c', script], {
      env: { LC_ALL: 'C.UTF-8', PATH: process.env.PATH ?? '' },
    })
    expect(output.toString('utf8').split('\0').slice(0, -1)).toEqual(all)
  })
})

describe('quoteForPowerShell', () => {
  it.each([
    ['plain', "'plain'"],
    ["it's", "'it''s'"],
    ['curly \u2019', "'curly \u2019\u2019'"],
    ['$(1)', "'$(1)'"],
    ['a\nb$x', '"a$([char]10)b`$x"'],
  ])('writes %j as %s', (text, quoted) => {
    expect(quoteForPowerShell(text)).toBe(quoted)
  })
})
