// Needs: chromium, pdftotext, pdfinfo.
import { execFileSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { messagesIn, questionOf, tellingOf } from '@probatum/words'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testPlace } from '../../tools/testing/place.ts'
import { type MadeResults, makeResults } from './results.ts'
import { openViewPage, type ViewPage } from './view-page.ts'

let view: ViewPage
let results: MadeResults
const { place: folder } = testPlace('print')

beforeAll(async () => {
  results = await makeResults()
  view = await openViewPage(results)
}, 60_000)
afterAll(async () => {
  await view?.close()
})

async function printed(
  id: string,
  paper: 'A4' | 'Letter',
  language: string,
): Promise<{ text: string; pages: number; size: string }> {
  const { page, context } = await view.open({ locale: language })
  await page.selectOption('.head select', language)
  await page.click(`#sample-${id}`)
  await page.waitForSelector('.result[data-state=complete] table')
  await page.waitForSelector('.conditions')
  const file = join(folder, `${id}-${paper}-${language}.pdf`)
  await page.pdf({ path: file, format: paper })
  await context.close()
  const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' })
  return {
    text: execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' }),
    pages: Number(/^Pages:\s+(\d+)/m.exec(info)?.[1]),
    size: /^Page size:\s+(.*)/m.exec(info)?.[1] ?? '',
  }
}

const squeezed = (text: string) => text.replace(/[\s\u200b]+/g, '')

describe('a printed result', () => {
  it.each(['A4', 'Letter'] as const)('has every check, whole digests, and page numbers on %s', async (paper) => {
    const { report } = results.results.changed!
    const { text, pages, size } = await printed('changed', paper, 'en')
    const all = squeezed(text)
    for (const finding of report.body.findings.filter(({ role }) => role === undefined))
      expect(all).toContain(squeezed(questionOf(finding, messagesIn(), tellingOf(report, finding))))
    const { bundleId } = report.body.subject
    for (const digest of [
      bundleId,
      report.envelope.digests.whole,
      report.body.content.sha256,
      report.body.policy.sha256,
    ])
      expect(text).toContain(digest)
    expect(size).toMatch(paper === 'A4' ? /A4/ : /letter/i)
    for (let page = 1; page <= pages; page++) expect(text).toMatch(new RegExp(`\\b${page} / ${pages}\\b`))
    // The foot of every page names the report, and that it is a sample.
    expect(text.match(new RegExp(`Sample · report SHA-256 ${report.envelope.digests.whole}`, 'g'))).toHaveLength(pages)
  })

  it('has verdict, three answers, policy and list before the details, and no control of the screen', async () => {
    const { text } = await printed('changed', 'A4', 'en')
    const first = squeezed(text.split('\f')[0] ?? '')
    for (const part of [
      'Something does not match.',
      'Unchanged?',
      'Who sealed it?',
      'Since when does it exist?',
      'Sample',
    ])
      expect(first).toContain(squeezed(part))
    const { policy, trustSet } = results.results.changed!.report.body
    for (const digest of [policy.sha256, trustSet?.sha256 ?? 'no list', '5a'.repeat(32)])
      expect(first).toContain(digest)
    for (const control of ['Save report', 'Check something else', 'Show all details', 'Choose a file'])
      expect(text).not.toContain(control)
  })

  it('has no opened value, even when it stands on the screen', async () => {
    const { page, context } = await view.open()
    await page.click('#sample-sealed')
    await page.waitForSelector('.result[data-state=complete] table')
    await page.click('#show-protected')
    await page.waitForSelector('.protected')
    const file = join(folder, 'opened.pdf')
    await page.pdf({ path: file })
    expect(execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' })).not.toContain('gnp.exe')
    await context.close()
    expect((await readFile(file)).length).toBeGreaterThan(1000)
  })

  it('keeps digests whole where the page is read from the right', async () => {
    const { text } = await printed('changed', 'A4', 'ar')
    expect(text).toContain(results.results.changed!.report.body.subject.bundleId)
  })
})
