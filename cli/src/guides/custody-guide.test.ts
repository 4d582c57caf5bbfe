// Needs: sh, openssl.
import { describe, expect, it } from 'vitest'
import { guide } from '../../../tools/testing/guide.ts'

const { blocks, read, runBlocks, sayingOf, text } = guide('custody.md')

describe('the guide to custody logs', () => {
  runBlocks()

  it('names every step that it promises', () => {
    expect(blocks.length).toBeGreaterThan(9)
    for (const command of ['init', 'append', 'show', 'change-key', 'cosign', 'verify'])
      expect(text).toContain(`probatum custody ${command}`)
  })

  it('leads to bundles that show what it says, and nothing else', () => {
    expect(sayingOf('custody show log')).toContain('transfer')
    expect(sayingOf('custody show log')).not.toContain('Example Laboratory')
    expect(sayingOf('cat shared/INTERNAL')).toContain('redacted copy: item 2')
    const defence = read('shared/defence/record/disclosures.jsonl')
    expect(defence).toContain('"ground":"witness-protection"')
    expect(read('opening.jsonl')).toContain('"field":"agent"')
    expect(sayingOf('probatum compare')).toContain('ONE EXTENDS THE OTHER')
    expect(read('log/custody-openings.jsonl')).toContain('"field":"receipt"')
    expect(read('witnessed/record/checkpoint')).toContain('— witness.example/office ')
    expect(sayingOf('custody verify log')).toContain('holds')
  })
})
