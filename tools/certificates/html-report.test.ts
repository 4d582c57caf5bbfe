// Needs: chromium.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { serializeReport } from '@probatum/core'
import { messagesIn } from '@probatum/words'
import { inventoryLines, renderHtml, reportDocument } from '@probatum/words/certificate'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../testing/browser.ts'
import { testPlace } from '../testing/place.ts'
import { sampleJudged } from './cases.ts'

const { place: scratch } = testPlace('html')
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

let browser: Browser
let address: string
beforeAll(async () => {
  const judged = await sampleJudged()
  const inventory = { [Symbol.iterator]: () => inventoryLines(judged.inventory) }
  const names = [{ path: 'data/00/000001.txt', name: '<img src=x onerror=alert(1)>\u202Egpj.exe' }]
  const document = reportDocument({ ...judged, inventory, names }, messagesIn())
  const json = Buffer.from(serializeReport(judged.report)).toString('utf8')
  const path = join(scratch, 'report.html')
  writeFileSync(path, renderHtml(document, { generator: 'probatum', json }))
  address = pathToFileURL(path).href
  browser = await launchBrowser()
}, 60_000)
afterAll(async () => {
  await browser.close()
})

describe('a saved HTML report in a browser', () => {
  it('can be read without scripts, asks for nothing, and breaks none of its own rules', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false })
    const page = await context.newPage()
    const asked: string[] = []
    const said: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    page.on('console', (message) => said.push(message.text()))
    await page.goto(address)
    expect(await page.getByText('Everything matches.').isVisible()).toBe(true)
    expect(asked).toEqual([address])
    expect(said).toEqual([])
    // The style is admitted by the page's own policy, and so is in force.
    expect(
      await page
        .locator('.answer')
        .first()
        .evaluate((element) => getComputedStyle(element).borderTopWidth),
    ).toBe('2px')
    await context.close()
  })

  it('has no fault that axe finds', async () => {
    const context = await browser.newContext({ bypassCSP: true })
    const page = await context.newPage()
    await page.goto(address)
    await page.evaluate(readFileSync(AXE, 'utf8'))
    const found = await page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: { run(): Promise<{ violations: { id: string; nodes: unknown[] }[]; passes: unknown[] }> }
      }
      const { violations, passes } = await axe.run()
      return { violations: violations.map(({ id, nodes }) => `${id} ${nodes.length}`), passes: passes.length }
    })
    expect(found.violations).toEqual([])
    expect(found.passes).toBeGreaterThan(15)
    await context.close()
  })

  it.each([360, 800, 1400])('does not have to be moved sideways on a screen %d wide', async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 800 } })
    const page = await context.newPage()
    await page.goto(address)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wide).toBeLessThanOrEqual(0)
    await context.close()
  })

  it.each(['A4', 'Letter'] as const)('prints on %s without losing text at the side', async (format) => {
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(address)
    await page.emulateMedia({ media: 'print' })
    // The width between the margins of 15 mm, in CSS pixels.
    const width = Math.floor(((format === 'A4' ? 210 : 215.9) - 30) * (96 / 25.4))
    await page.setViewportSize({ width, height: 1000 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    const pdf = await page.pdf({ format })
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    await context.close()
  })
})
