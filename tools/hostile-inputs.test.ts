import { expect, test } from 'vitest'
import { HOSTILE_INPUTS } from './testing/hostile-inputs.ts'
import {
  judgedInChild,
  KILLED_AFTER_MILLISECONDS,
  MOST_MEGABYTES,
  MOST_MILLISECONDS,
} from './testing/hostile-judged.ts'
import { RECORD_INPUTS } from './testing/hostile-records.ts'

/** The rest of RECORD_INPUTS is for the sweep hostile-records. */
const RECORDS = ['authorisation.json of objects', 'an evidence record of 256 time-stamps with 64 signers each']
const inputs = new Map([...HOSTILE_INPUTS, ...[...RECORD_INPUTS].filter(([name]) => RECORDS.includes(name))])

test.each([...inputs.keys()])('%s is judged within 2 s and 256 MB', { timeout: 60_000 }, async (name) => {
  const found = await judgedInChild(name)
  if (found === 'killed') throw new Error(`${name}: not judged within ${KILLED_AFTER_MILLISECONDS} ms`)
  expect(found.answer).toBe(inputs.get(name)?.answer)
  expect(found.growth / 1_048_576).toBeLessThan(MOST_MEGABYTES)
  expect(found.milliseconds).toBeLessThan(MOST_MILLISECONDS)
})
