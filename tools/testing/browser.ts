import { existsSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { SetupError } from '../setup.mjs'

/** What a system's own Chromium may be called; the first that is installed is taken. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']

/** Where it lies on systems that put no browser into PATH. */
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * What Playwright 1.65 switches off, because Chromium heeds only the last switch of this name, and the two lists under the address
 * bar: each window would draw them in a process of their own, which takes longer than most of the pages that are tested.
 */
const FEATURES_OFF = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
]

/**
 * No sandbox, because continuous integration runs as root in a container, and the pages are this repository's own. The rest keeps
 * the browser from asking anybody on the network for anything.
 */
const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${FEATURES_OFF.join()}`,
]

/** What the search depends on; the tests give their own. */
export interface BrowserPlaces {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly exists: (path: string) => boolean
  /** Where Playwright keeps the browser that `npx playwright install chromium` fetches. */
  readonly ownCache: () => string
}

const here: BrowserPlaces = { env: process.env, exists: existsSync, ownCache: () => chromium.executablePath() }

/**
 * The browser that tests run in: what PROBATUM_CHROMIUM names, else one that is installed, else Playwright's own.
 * `undefined` where there is none and nobody promised one: the caller says aloud what was not run, and counts nothing as run.
 * @throws {SetupError} when PROBATUM_CHROMIUM names a file that is not there, and in continuous integration (CI=true) when there is none
 */
export function findChromium({ env, exists, ownCache }: BrowserPlaces = here): string | undefined {
  const named = env.PROBATUM_CHROMIUM
  if (named !== undefined && named !== '') {
    if (exists(named)) return named
    throw new SetupError(`PROBATUM_CHROMIUM names ${named}, and there is no such file.`)
  }
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => isAbsolute(folder))
  const installed = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  const found = [...installed, ...PLACES, ownCache()].find((path) => path !== '' && exists(path))
  if (found === undefined && env.CI === 'true')
    throw new SetupError('No Chromium is installed, and here what needs a browser is never left out.')
  return found
}

/** Why a test in a browser was not run, for a person who wants it run. */
export const NO_BROWSER =
  'No Chromium is installed. Install one, or name one by PROBATUM_CHROMIUM, or run npx playwright install chromium.'

/**
 * Starts a browser without a window. The caller closes it.
 * @throws {SetupError} when there is none
 */
export async function launchBrowser(executablePath: string | undefined = findChromium()): Promise<Browser> {
  if (executablePath === undefined) throw new SetupError(NO_BROWSER)
  return chromium.launch({ executablePath, args: SWITCHES })
}
