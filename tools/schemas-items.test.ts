import { readFileSync } from 'node:fs'
import { encodeUtf8 } from '@probatum/core'
import { ITEMS_TABLE, ITEMS_TABLE_COLUMNS, readItemsTable } from '@probatum/seal'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'

const read = (name: string) => readFileSync(new URL(`../docs/spec/${name}`, import.meta.url), 'utf8')
const schema = JSON.parse(read('items-table-1.schema.json'))
const validate = new Ajv2020({ strict: true, strictRequired: false, allErrors: true }).compile(schema)

const FULL = {
  path: 'photo.jpg',
  originalName: 'IMG_0007.JPG',
  sourceReference: 'S-7 (sample)',
  mediaType: 'image/jpeg',
  description: 'Two lines\nof text',
  modified: '2026-01-02T03:04:05Z',
  acquiredBy: 'Example Investigator (sample)',
  acquiredAt: '2026-01-02T03:04:05.5Z',
  acquiredFrom: 'Example Town (sample)',
  acquiredWith: 'Example camera (sample)',
  acquiredUnder: 'Order 1 (sample)',
  acquisitionNote: 'by hand',
  copyOf: 'original.jpg',
  copyMethod: 'faces blurred',
  copyGround: 'witness-protection',
  copyAgent: 'Example Editor (sample)',
}

/** What the program finds wrong with a table of one row, and whether the schema takes it. */
function judged(row: Readonly<Record<string, unknown>>) {
  const table = { items: [row], itemsTable: ITEMS_TABLE }
  return { program: readItemsTable(encodeUtf8(JSON.stringify(table))).problems.length === 0, schema: validate(table) }
}

describe('items-table-1.schema.json', () => {
  it('has the columns of the program, and so has the page beside it', () => {
    expect(Object.keys(schema.$defs.item.properties)).toEqual([...ITEMS_TABLE_COLUMNS])
    const page = read('items-table-1.md')
    const rows = [...page.slice(page.indexOf('## Columns'), page.indexOf('## Refused')).matchAll(/^\| `(\w+)` \|/gm)]
    expect(rows.map(([, column]) => column)).toEqual([...ITEMS_TABLE_COLUMNS])
  })

  it('takes what the program takes', () => {
    expect(Object.keys(FULL)).toEqual([...ITEMS_TABLE_COLUMNS])
    expect(judged(FULL)).toEqual({ program: true, schema: true })
    expect(judged({ path: 'a' })).toEqual({ program: true, schema: true })
  })

  it.each<Record<string, unknown>>([
    { path: '' },
    {},
    { ...FULL, colour: 'red' },
    { path: 'a', copyOf: 'b' },
    { path: 'a', copyGround: 'b' },
    ...ITEMS_TABLE_COLUMNS.map((column) => ({ ...FULL, [column]: 7 })),
    ...['mediaType', 'modified', 'acquiredAt', 'copyGround'].map((column) => ({ ...FULL, [column]: 'Not so' })),
    ...['sourceReference', 'acquiredBy', 'copyMethod'].map((column) => ({ ...FULL, [column]: 'two\nlines' })),
    { ...FULL, acquiredAt: '2026-01-02' },
    { ...FULL, acquiredAt: '2026-01-02T03:04:05+01:00' },
  ])('refuses what the program refuses: %j', (row) => {
    expect(judged(row)).toEqual({ program: false, schema: false })
  })
})

describe('the example of items-table-1.md', () => {
  it('is a table without a problem', () => {
    const [, csv = ''] = /```csv\n(.*?)```/s.exec(read('items-table-1.md')) ?? []
    const { rows, problems, oddities } = readItemsTable(encodeUtf8(csv))
    expect({ rows: rows.length, problems, oddities }).toEqual({ rows: 2, problems: [], oddities: [] })
  })
})
