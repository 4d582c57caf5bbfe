// Needs: sh, openssl.
import { describe, expect, it } from 'vitest'
import { guide } from '../../../tools/testing/guide.ts'

const { read, runBlocks, sayingOf } = guide('sharing.md')

describe('the guide to deciding about a sharing', () => {
  runBlocks()

  it('says what the page says that it says', () => {
    expect(sayingOf('--out first.json')).toContain('item 2: the consent does not cover recipients of the kind')
    expect(sayingOf('--out request.json')).not.toContain('[consent-')
    expect(sayingOf('probatum gate check request.json')).toContain('Everything is met: it can be sealed.')
    const seen = sayingOf('probatum verify shared/request')
    expect(seen).toMatch(/Authorisation +PASSED/)
    expect(seen).toContain('(authorisation.consents)')
    expect(seen).not.toContain('Source 17')
    const changed = sayingOf('--out third.json')
    expect(changed).toContain('[head-stale]')
    expect(changed).toContain('item 0: the consent was withdrawn  [consent-withdrawn]')
    expect(sayingOf('gate except')).toContain('excepted   consent-withdrawn, item 0, by')
  })

  it('leads to a bundle that holds the request, two approvals, and no name of a source', () => {
    const record = JSON.parse(read('shared/request/record/authorisation.json'))
    expect(record.approvals).toHaveLength(2)
    expect(record.request).toEqual(JSON.parse(read('request.json')))
    for (const name of ['authorisation.json', 'disclosures.jsonl', 'custody.jsonl', 'bundle.json'])
      expect(read(`shared/request/record/${name}`)).not.toContain('Source 17')
  })
})
