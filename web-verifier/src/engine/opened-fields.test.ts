import type { OpenedField } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { originalNamesOf, packOpened } from './opened-fields.ts'

const fieldsOf = (items: number): OpenedField[] =>
  Array.from({ length: items }, (_, seq) => [
    { file: 'items.jsonl' as const, seq, field: 'path', value: `data/${seq}` },
    { file: 'items.jsonl' as const, seq, field: 'originalName', value: `invented ${seq}\n"\u202e` },
  ]).flat()

describe('opened fields of a large case', () => {
  it('come as a few to be shown and all to be looked up, whatever stands in them', async () => {
    const fields = fieldsOf(5000)
    const opened = packOpened(fields)
    expect([opened?.count, opened?.first]).toEqual([10_000, fields.slice(0, 500)])
    const names = await originalNamesOf(opened?.all ?? null)
    expect(names).toHaveLength(5000)
    expect(names?.at(-1)).toEqual({ path: 'data/4999', name: 'invented 4999\n"\u202e' })
  })

  it('are none where nobody asked, and no names where there are none', async () => {
    expect(packOpened(null)).toBeNull()
    expect(await originalNamesOf(null)).toBeNull()
    expect(await originalNamesOf(packOpened([])?.all ?? null)).toEqual([])
  })
})
