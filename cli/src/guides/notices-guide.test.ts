// Needs: sh, openssl.
import { NOTICE_CODES } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { guide } from '../../../tools/testing/guide.ts'

const { blocks, read, run, text } = guide('notices.md')

describe('the guide to notices', () => {
  it('does what it says, from the first line to the last', () => {
    expect(blocks.length).toBeGreaterThan(5)
    // One shell, as whoever reads the guide has one.
    const { status, stdout, stderr } = run(blocks.join('\n'))
    expect(status, stderr).toBe(0)
    const said = stdout.replace(/\s+/g, ' ')
    expect(said).toContain('The files are unchanged. On 2030-05-06 the issuer withdrew permission to use item 1.')
    expect(said).toContain('Unchanged? Yes')
    const notice = read('item-1.notice.json')
    for (const withheld of ['Archivist', 'source 17', 'telephone']) expect(notice).not.toContain(withheld)
    expect(read('item-2.notice.json')).toContain('"kind":"recalled"')
    expect(read('log/custody-openings.jsonl')).toContain('"field":"receiver"')
  }, 120_000)

  it('names codes that there are', () => {
    const named = [...text.matchAll(/(?:--code |code `)([a-z-]+)/g)].map((match) => match[1] ?? '')
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter((code) => !NOTICE_CODES.some((one) => one === code))).toEqual([])
  })
})
