// Needs: chromium.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../setup.mjs'
import { certificateCases, digestOfCase, GOLDEN } from './cases.ts'
import { remadeInChromium } from './in-chromium.ts'

describe('a certificate made elsewhere', () => {
  it('in Chromium, in another time zone and language, has the same bytes', async () => {
    // A tenth of all; the long sweep `certificates` makes each of them there.
    const chosen = certificateCases().filter((_, index) => index % 10 === 1)
    const wanted: string[] = []
    for (const one of chosen) wanted.push(await digestOfCase(one))
    expect(wanted.length).toBeGreaterThan(0)
    expect(await remadeInChromium(chosen)).toEqual(wanted)
  })

  it('in another time zone and language has the same bytes', () => {
    const name = 'general/en/a4'
    const tool = [join(ROOT, 'tools/run.mjs'), join(ROOT, 'tools/certificates/golden.ts'), name]
    const { stdout, stderr } = spawnSync(process.execPath, tool, {
      encoding: 'utf8',
      env: { ...process.env, TZ: 'Asia/Kolkata', LANG: 'ar_EG.UTF-8', LC_ALL: 'ar_EG.UTF-8' },
    })
    expect(stderr).toBe('')
    const golden: Readonly<Record<string, string>> = JSON.parse(readFileSync(GOLDEN, 'utf8'))
    expect(stdout).toBe(`${name}: ${golden[name]}\n`)
  })
})
