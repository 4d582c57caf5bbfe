import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyDocument } from '../../../tools/certificates/any-document.ts'
import { checkPdf } from '../../../tools/pdf-checker/check.ts'
import { testTypesetter } from '../../../tools/testing/typesetter.ts'
import { makePdf } from './make-pdf.ts'
import { sampleOptions } from './testing/sample-options.ts'

test('whatever a document holds, its PDF breaks no rule', async () => {
  const typesetter = await testTypesetter()
  fc.assert(
    fc.property(anyDocument, fc.constantFrom('a4' as const, 'letter' as const), (document, paper) => {
      expect(checkPdf(makePdf(document, sampleOptions(typesetter, paper)))).toEqual([])
    }),
    // The same documents each time; tools/long/any-document.ts tries others.
    { numRuns: 40, seed: 20_261_125 },
  )
})

test('a line does not begin with a mark that belongs to the space before it', async () => {
  const typesetter = await testTypesetter()
  for (const direction of ['ltr', 'rtl'] as const) {
    const title = `Sample \u0301${'\u20dd\ufe0f'.repeat(10)}`
    const empty = { language: 'en', header: [], footer: '', footerRuns: [], blocks: [] } as const
    expect(checkPdf(makePdf({ ...empty, title, direction }, sampleOptions(typesetter, 'a4')))).toEqual([])
  }
})
