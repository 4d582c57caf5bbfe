import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseInstant, parsePem, unwrapByContent } from '@probatum/core'
import { conformancePolicy, judgePath } from '../judge-path.ts'
import type { CaseResult, Suite } from '../suite.ts'

interface OcspCase {
  readonly name: string
  readonly root: string
  readonly other_certs?: readonly string[]
  readonly cert: string
  readonly ocsps: readonly string[]
  /** ISO 8601 with +00:00. */
  readonly moment: string
  readonly error?: unknown
}

export const suites: readonly Suite[] = [{ name: 'ocsp', run: judgeAll }]

const policy = conformancePolicy('ocsp')

async function judgeAll(data: string): Promise<CaseResult[]> {
  const folder = join(data, 'ocsp')
  const cases: readonly OcspCase[] = JSON.parse(readFileSync(join(folder, 'openssl-ocsp.json'), 'utf8'))
  const results: CaseResult[] = []
  for (const one of cases) results.push(await judge(folder, one))
  return results
}

async function judge(folder: string, one: OcspCase): Promise<CaseResult> {
  const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)))
  const certificatesIn = (name: string) => parsePem(read(name)).map(({ der }) => der)
  const time = parseInstant(one.moment.replace('+00:00', 'Z'))
  const [target] = certificatesIn(one.cert)
  if (time === undefined || target === undefined) throw new TypeError(one.name)
  const { got, reasons, detail, sealed } = await judgePath({
    target,
    intermediates: (one.other_certs ?? []).flatMap(certificatesIn),
    anchors: certificatesIn(one.root),
    ocsp: one.ocsps.map((name) => unwrapByContent(read(name), name)),
    role: 'signer',
    purposes: null,
    time,
    policy,
  })
  const expected = one.error === undefined ? 'valid' : 'invalid'
  const meant = [...reasons].some((reason) => reason.startsWith('revocation'))
  return { id: one.name, expected, got, ...(expected === 'invalid' ? { meant } : {}), detail, sealed }
}
