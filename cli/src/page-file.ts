import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { decodeUtf8, encodeUtf8, fromBase64, toBase64 } from '@probatum/core'
import { InputError } from './errors.ts'
import { readWhole } from './files.ts'

/** Set by tools/build.mjs in the file that it makes; undefined where the sources are run as they are. */
declare const PROBATUM_CERTIFICATE_FOLDER: string | undefined

/** The page that belongs to this program lies beside it. */
const OWN_PAGE = fileURLToPath(
  new URL(
    typeof PROBATUM_CERTIFICATE_FOLDER === 'string' ? './probatum-verifier.html' : '../dist/probatum-verifier.html',
    import.meta.url,
  ),
)
/** A page has at most 7 MB, and an edition's lists. */
const LARGEST = 33_554_432

const POLICY = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/
const GENERATOR = /<meta name="generator" content="probatum ([0-9A-Za-z.+-]{1,40})">/
const EDITION =
  /(<script type="application\/octet-stream" id="edition" data-sha256=")([0-9a-f]*)(">)([A-Za-z0-9+/=]*)(<\/script>)/

/** What an institution's edition holds: docs/web-verifier/editions.md. */
export interface Edition {
  readonly name: string
  readonly policies: readonly Uint8Array[]
  readonly trustSets: readonly Uint8Array[]
  /** SHA-256 of the block's text: what the page shows. */
  readonly sha256: string
}

/** A web page of this program, as far as its text tells. */
export interface PageFile {
  readonly text: string
  readonly sha256: string
  /** As the page says of itself. */
  readonly version: string
  readonly policy: string
  /** CSP hash of the script that a browser would run. */
  readonly scriptHash: string
  /** Whether the policy lets exactly that script run. */
  readonly isScriptAllowed: boolean
  /** SHA-256 of everything but the edition's block. */
  readonly coreSha256: string
  readonly edition: Edition | null
  /** The edition's block is not what it states of itself. */
  readonly isEditionDamaged: boolean
}

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest()

/** @throws {InputError} when it is no page of this program; {SourceFault} */
export async function readPage(path: string): Promise<PageFile> {
  // A browser reads line ends and a byte order mark away before it takes a hash.
  const bytes = await readWhole(path, LARGEST)
  const text = decodeUtf8(bytes)
    ?.replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
  const policy = text === undefined ? undefined : POLICY.exec(text)?.[1]
  const version = text === undefined ? undefined : GENERATOR.exec(text)?.[1]
  const scripts = [...(text ?? '').matchAll(/<script>([\s\S]*?)<\/script>/g)]
  const [script, another] = scripts
  if (
    text === undefined ||
    policy === undefined ||
    version === undefined ||
    script === undefined ||
    another !== undefined
  )
    throw new InputError(
      'This is no web verifier of this program, or only a part of one.',
      'Get the page again from where you had it, and compare its SHA-256 with the release notes.',
    )
  const scriptHash = `sha256-${sha256(script[1] ?? '').toString('base64')}`
  const allowed = /(?:^|; )script-src ([^;]*)/.exec(policy)?.[1]
  return {
    text,
    sha256: sha256(bytes).toString('hex'),
    version,
    policy,
    scriptHash,
    isScriptAllowed: allowed === `'${scriptHash}' 'wasm-unsafe-eval'`,
    coreSha256: sha256(withoutEdition(text)).toString('hex'),
    ...readEdition(text),
  }
}

/** The page that belongs to this program. @throws {InputError} when it was not built or installed */
export async function readOwnPage(): Promise<PageFile> {
  try {
    return await readPage(OWN_PAGE)
  } catch (error) {
    throw new InputError(
      'The web page that belongs to this program does not lie beside it.',
      'Install the program again, or build it: npm run build.',
      { cause: error },
    )
  }
}

function withoutEdition(text: string): string {
  return text.replace(EDITION, '$1$3$5')
}

function readEdition(text: string): Pick<PageFile, 'edition' | 'isEditionDamaged'> {
  const [, , stated = '', , block = ''] = EDITION.exec(text) ?? []
  if (block === '' && stated === '') return { edition: null, isEditionDamaged: !EDITION.test(text) }
  const found = sha256(block).toString('hex')
  const json = decodeUtf8(fromBase64(block) ?? new Uint8Array())
  try {
    const file = JSON.parse(json ?? '') as { name: string; policies: string[]; trustSets: string[] }
    const files = (list: readonly string[]) => list.map((item) => fromBase64(item) ?? new Uint8Array())
    return {
      edition: {
        name: String(file.name),
        policies: files(file.policies),
        trustSets: files(file.trustSets),
        sha256: found,
      },
      isEditionDamaged: found !== stated,
    }
  } catch {
    return { edition: null, isEditionDamaged: true }
  }
}

/** A page with an institution's own lists: its script, and so the script's hash, stay the same. */
export function pageWithEdition({ text }: PageFile, edition: Omit<Edition, 'sha256'>): string {
  const file = {
    edition: 'probatum/page-edition/1-draft',
    name: edition.name,
    policies: edition.policies.map(toBase64),
    trustSets: edition.trustSets.map(toBase64),
  }
  const block = toBase64(encodeUtf8(JSON.stringify(file)))
  return text.replace(EDITION, `$1${sha256(block).toString('hex')}$3${block}$5`)
}
