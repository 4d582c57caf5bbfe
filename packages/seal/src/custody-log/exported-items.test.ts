import { canonicalText, type JsonObject, parseJson } from '@probatum/core'
import { beforeAll, expect, test } from 'vitest'
import { GateSample } from '../../../../tools/testing/gate-sample.ts'
import type { MemoryCustodyLog } from './custody-log.ts'
import { checkCustodyLog } from './custody-log-check.ts'
import { prepareExport } from './custody-log-export.ts'

let sample: GateSample
let custody: MemoryCustodyLog

beforeAll(async () => {
  sample = await GateSample.make()
  custody = await sample.log('exported items')
  const prepared = await prepareExport(sample.exportInput(custody))
  await prepared.finish()
})

/** The log whose item 1 was written anew after an export: events, chain and openings fit. */
function rewritten(): MemoryCustodyLog {
  return new Proxy(custody, {
    get(log, name) {
      if (name !== 'lines') {
        const value: unknown = Reflect.get(log, name, log)
        return typeof value === 'function' ? value.bind(log) : value
      }
      return async function* lines(file: 'custody.jsonl' | 'items.jsonl') {
        for await (const line of log.lines(file)) {
          if (file === 'custody.jsonl' || line.seq !== 1) yield line
          else {
            const item = parseJson(new TextEncoder().encode(line.text), 'line', { limit: 4096, canonical: true })
            yield { ...line, text: canonicalText({ ...(item as JsonObject), salt: '0'.repeat(32) }) }
          }
        }
      }
    },
  })
}

test('a log that goes on behind its export is as it was', async () => {
  expect((await checkCustodyLog(custody)).problems).toEqual([])
  await expect(prepareExport(sample.exportInput(custody))).resolves.toBeDefined()
})

test('a log whose item was written anew after an export does not hold, and nothing is sealed over it', async () => {
  const { problems } = await checkCustodyLog(rewritten())
  expect(problems).toEqual([{ file: 'custody.jsonl', seq: custody.events - 1, code: 'exported-items', field: '' }])
  const sealing = prepareExport(sample.exportInput(rewritten()))
  await expect(sealing).rejects.toThrow(`event ${custody.events - 1} of the log is an export over other items`)
})
