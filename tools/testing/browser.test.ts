// Needs: chromium.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findChromium, launchBrowser } from './browser.ts'

const own = '/cache/ms-playwright/chrome'
const search = (env: Record<string, string>, files: readonly string[]) =>
  findChromium({ env, exists: (path) => files.includes(path), ownCache: () => own })

describe('findChromium', () => {
  it('takes what PROBATUM_CHROMIUM names before everything else', () => {
    const files = ['/opt/chrome', join('/usr/bin', 'chromium')]
    expect(search({ PROBATUM_CHROMIUM: '/opt/chrome', PATH: '/usr/bin' }, files)).toBe('/opt/chrome')
  })

  it('does not take another one when the one that is named is not there', () => {
    const files = [join('/usr/bin', 'chromium')]
    expect(() => search({ PROBATUM_CHROMIUM: '/opt/chrome', PATH: '/usr/bin' }, files)).toThrow('/opt/chrome')
  })

  it("takes an installed one before Playwright's own", () => {
    const chrome = join('/usr/bin', 'google-chrome')
    expect(search({ PATH: ['/bin', '/usr/bin'].join(process.platform === 'win32' ? ';' : ':') }, [own, chrome])).toBe(
      chrome,
    )
    expect(search({ PATH: '/usr/bin' }, [own])).toBe(own)
  })

  it('says that there is none, and fails in continuous integration', () => {
    expect(search({ PATH: '/usr/bin' }, [])).toBeUndefined()
    expect(() => search({ PATH: '/usr/bin', CI: 'true' }, [])).toThrow('No Chromium is installed')
  })
})

describe('launchBrowser', () => {
  it('starts a browser whose pages of a secure origin have WebCrypto', async () => {
    const browser = await launchBrowser()
    try {
      const page = await browser.newPage()
      await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
      await page.goto('https://probatum.example/')
      expect(await page.evaluate('typeof crypto.subtle.verify')).toBe('function')
    } finally {
      await browser.close()
    }
  })
})
