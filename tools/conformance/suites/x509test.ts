import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parsePem } from '@probatum/core'
import { instant } from '../../testing/judgement.ts'
import { conformancePolicy, judgePath } from '../judge-path.ts'
import type { CaseResult, Suite } from '../suite.ts'

/** `x509test`, and apart from it the refusals that are only about the host that a browser would ask for. */
export const suites: readonly Suite[] = [
  { name: 'x509test', run: (data) => judgeAll(data, (verdict) => !HOST_ONLY.includes(verdict)) },
  { name: 'x509test-host', run: (data) => judgeAll(data, (verdict) => HOST_ONLY.includes(verdict)) },
]

/** `www.tls.test` is what would be asked for; the encoding errors are wildcards that no browser reads. */
const HOST_ONLY = ['Certificate does not match provided name', 'Certificate extension encoding error']

/** What each refusal is about, as reasons of this program. */
const MEANT: Readonly<Record<string, readonly string[]>> = {
  'Certificate does not allow the requested usage': ['key-usage', 'extended-key-usage'],
  'CA certificate not allowed to issue certs': ['not-a-ca', 'key-usage', 'version'],
  'Certificate chain too long': ['path-length'],
  'Loop in certificate chain': ['no-path'],
  'Cannot establish trust': ['no-path', 'signature'],
  'Certificate does not pass name constraint': ['name-not-permitted', 'name-excluded', 'name-constraints'],
  'Certificate has expired': ['expired'],
}

const policy = conformancePolicy('x509test')
const SERVER = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0']

async function judgeAll(data: string, isAsked: (verdict: string) => boolean): Promise<CaseResult[]> {
  const folder = join(data, 'x509test')
  const certificatesIn = (file: string) =>
    parsePem(new Uint8Array(readFileSync(join(folder, file)))).map(({ der }) => der)
  const anchors = certificatesIn('root.pem')
  const results: CaseResult[] = []
  for (const line of readFileSync(join(folder, 'expected.txt'), 'utf8').split('\n')) {
    const [file = '', verdict = ''] = line.split(':')
    if (file === '' || !isAsked(verdict)) continue
    const [target, ...intermediates] = certificatesIn(file)
    if (target === undefined) throw new TypeError(`${file} has no certificate`)
    const question = { target, intermediates, anchors, role: 'signer', time: TIME, policy, purposes: SERVER } as const
    const { got, reasons, detail, sealed } = await judgePath({
      ...question,
      usages: ['digitalSignature', 'keyEncipherment'],
    })
    const expected = verdict === 'Verified' ? 'valid' : 'invalid'
    const meant = MEANT[verdict]?.some((reason) => reasons.has(reason)) ?? false
    results.push({ id: file, expected, got, ...(expected === 'invalid' ? { meant } : {}), detail, sealed })
  }
  return results
}

const TIME = instant('2016-10-21T12:00:00Z')
