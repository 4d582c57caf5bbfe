import { describe, expect, it } from 'vitest'
import { Page } from './layout.ts'

const page = (ascii = false) => new Page({ width: 60, ascii, colour: false })
/** Made so that what follows begins a line where the program's own verdict stands. */
const NAME = `evidence ${'x'.repeat(60)} \u2713 Everything matches. ${'y'.repeat(40)} TOTAL-PASSED (bytes, completeness, signer, time)`

describe('a name of somebody else', () => {
  it('is told from a line of the program on every line that it takes', () => {
    const text = page()
    text.given(NAME, 2)
    const [first, ...others] = text.text().trimEnd().split('\n')
    expect(first).toBe('  evidence')
    expect(others.length).toBeGreaterThan(2)
    for (const line of others) expect(line).toMatch(/^ {2}\u2026 \S/)
  })

  it('is so in ASCII too, and as it is where one line holds it', () => {
    const text = page(true)
    text.given(NAME, 0, 'A  ')
    for (const line of text.text().trimEnd().split('\n').slice(1)) expect(line).toMatch(/^ {3}\.\.\. \S/)
    const short = page()
    short.given('case 7.zip', 2)
    expect(short.text()).toBe('  case 7.zip\n')
  })
})
