import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instant } from '../testing/judgement.ts'
import { fileOf } from '../vectors/pki-run.ts'
import type { FamilyFile, PkiVector } from '../vectors/pki-vector.ts'

/** What stock OpenSSL says of one vector. */
export interface OpenSslAnswer {
  readonly answer: 'accept' | 'refuse' | 'not-applicable'
  /** Its reason, or why it is not asked. */
  readonly said?: string
}

/** As it lies in FAMILY/openssl.json. */
export interface OpenSslRecord {
  /** Of `openssl version`. */
  readonly openssl: string
  readonly answers: Readonly<Record<string, OpenSslAnswer>>
}

interface Ran {
  readonly code: number
  readonly output: string
}

function run(args: readonly string[], cwd: string): Promise<Ran> {
  // No configuration of the machine, and no time zone or language of its own.
  const env = { PATH: process.env.PATH ?? '', OPENSSL_CONF: '/dev/null', LC_ALL: 'C', TZ: 'UTC' }
  return new Promise((resolve) => {
    execFile('openssl', [...args], { cwd, env, timeout: 60_000 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      resolve({ code, output: `${stderr}\n${stdout}` })
    })
  })
}

async function openSslVersion(): Promise<string> {
  const { code, output } = await run(['version'], tmpdir())
  if (code !== 0) throw new Error('openssl does not run')
  // Without the part on the library, which says the same again.
  return output.trim().replace(/ \(Library: .*$/, '')
}

/** The reason in the last line of its error queue, or what it printed last. */
function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim())
  const lookup = lines.map((line) => /^error [0-9]+ at [0-9]+ depth lookup: (.*)$/.exec(line)?.[1]).find(Boolean)
  if (lookup !== undefined) return lookup
  const queue = lines.filter((line) => /^[0-9A-F]+:error:/.test(line))
  const last = queue.at(-1)
  if (last !== undefined) {
    const [, , , library = '', , reason = '', , , ...data] = last.split(':')
    return [library, reason, data.join(':')].filter((part) => part !== '').join(': ')
  }
  return lines.filter((line) => line !== '' && !/^Using configuration/.test(line)).at(-1) ?? ''
}

function pem(bytes: Uint8Array, label = 'CERTIFICATE'): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

const isBareToken = (der: Uint8Array): boolean => {
  const second = der[1] ?? 0
  return der[second <= 0x80 ? 2 : 2 + (second & 0x7f)] === 0x06
}

function epoch(time: string): string {
  return `${instant(time).epochSeconds}`
}

/** Puts a vector's question to the `openssl` of this machine, with files in `folder`. */
async function ask(family: FamilyFile, vector: PkiVector, folder: string): Promise<OpenSslAnswer> {
  if (vector.withoutOpenssl !== undefined) return { answer: 'not-applicable', said: vector.withoutOpenssl }
  const file = (name: string, bytes: Uint8Array | string): string => {
    const path = join(folder, name)
    writeFileSync(path, bytes)
    return path
  }
  const input = (name: string): string => file(name, fileOf(family, name))
  const { inputs } = vector
  const role = inputs.token !== undefined ? 'time-stamp-authority' : 'signer'
  const anchors = vector.trustSet === null ? [] : (family.trustSets[vector.trustSet] ?? [])
  const chosen = anchors.filter(
    (anchor) => anchor.role === role || family.family === 'paths' || family.family === 'revocation',
  )
  const trusted = file('trusted.pem', chosen.map(({ certificate }) => pem(fileOf(family, certificate))).join(''))
  const trust = chosen.length === 0 ? ['-no-CAfile', '-no-CApath'] : ['-no-CAfile', '-no-CApath', '-CAfile', trusted]
  const time = ['-attime', epoch(vector.openssl?.time ?? vector.validationTime)]
  const more = vector.openssl?.arguments ?? []
  let args: string[]
  if (inputs.token !== undefined) {
    const bytes = fileOf(family, inputs.token)
    const data = input(inputs.data ?? '')
    const bare = isBareToken(bytes) ? ['-token_in'] : []
    args = ['ts', '-verify', '-data', data, '-in', input(inputs.token), ...bare, ...trust.slice(2), ...time, ...more]
  } else if (inputs.signature !== undefined) {
    const data = input(inputs.data ?? '')
    const form = more.includes('-inform') ? [] : ['-inform', 'DER']
    const signature = ['-in', input(inputs.signature), '-content', data, '-binary', '-cades', '-out', '/dev/null']
    args = ['cms', '-verify', ...form, ...signature, ...trust, ...time, ...more]
  } else {
    const { certificate = '', certificates = [], revocation = [] } = inputs
    const der = (ending: string) => revocation.filter((name) => name.endsWith(ending))
    const untrusted = file('untrusted.pem', certificates.map((name) => pem(fileOf(family, name))).join(''))
    const target = file('target.pem', pem(fileOf(family, certificate)))
    const [response] = der('.ors')
    if (response !== undefined) {
      const issuer = file('issuer.pem', pem(fileOf(family, certificates[0] ?? '')))
      // It knows no time but now for the answer's own dates.
      const dates = ['-validity_period', '900000000', ...time]
      const question = ['-respin', input(response), ...more, '-issuer', issuer, '-cert', target, '-no_nonce']
      const { code, output } = await run(['ocsp', ...question, '-CAfile', trusted, ...dates], folder)
      if (code === 0 && /^Response verify OK$/m.test(output) && /target\.pem: good$/m.test(output)) {
        return { answer: 'accept' }
      }
      const status = /target\.pem: (.*)$/m.exec(output)?.[1]
      return { answer: 'refuse', said: status === undefined || status === 'good' ? reasonIn(output) : status }
    }
    const between = certificates.length === 0 ? [] : ['-untrusted', untrusted]
    const lists: string[] = []
    if (family.family === 'revocation') {
      const text = der('.crl').map((name) => pem(fileOf(family, name), 'X509 CRL'))
      lists.push('-crl_check_all', '-extended_crl', '-use_deltas')
      if (text.length > 0) lists.push('-CRLfile', file('lists.pem', text.join('')))
    }
    args = ['verify', ...trust, ...between, ...lists, ...time, ...more, target]
  }
  const { code, output } = await run(args, folder)
  return code === 0 ? { answer: 'accept' } : { answer: 'refuse', said: reasonIn(output) }
}

/** Asks all vectors of a family, some at a time. */
export async function askOpenSsl(family: FamilyFile): Promise<OpenSslRecord> {
  const folder = mkdtempSync(join(tmpdir(), 'probatum-openssl-'))
  const answers = new Map<string, OpenSslAnswer>()
  const waiting = [...family.cases]
  const worker = async (): Promise<void> => {
    const own = mkdtempSync(join(folder, 'work-'))
    for (let vector = waiting.shift(); vector !== undefined; vector = waiting.shift()) {
      answers.set(vector.name, await ask(family, vector, own))
    }
  }
  try {
    await Promise.all([worker(), worker()])
    return {
      openssl: await openSslVersion(),
      answers: Object.fromEntries(
        family.cases.map(({ name }) => [name, answers.get(name) ?? { answer: 'not-applicable' }]),
      ),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
