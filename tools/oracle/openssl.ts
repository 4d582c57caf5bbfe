import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseInstant } from '@probatum/core'
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

export async function openSslVersion(): Promise<string> {
  const { code, output } = await run(['version'], tmpdir())
  if (code !== 0) throw new Error('openssl does not run')
  // Without the part on the library, which says the same again.
  return output.trim().replace(/ \(Library: .*$/, '')
}

/** The reason in the last line of its error queue, or what it printed last. */
function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim())
  const queue = lines.filter((line) => /^[0-9A-F]+:error:/.test(line))
  const last = queue.at(-1)
  if (last !== undefined) {
    const [, , , library = '', , reason = '', , , ...data] = last.split(':')
    return [library, reason, data.join(':')].filter((part) => part !== '').join(': ')
  }
  return lines.filter((line) => line !== '' && !/^Using configuration/.test(line)).at(-1) ?? ''
}

function pem(bytes: Uint8Array): string {
  const body = Buffer.from(bytes)
    .toString('base64')
    .replaceAll(/(.{64})/g, '$1\n')
  return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`
}

const isBareToken = (der: Uint8Array): boolean => {
  const second = der[1] ?? 0
  return der[second <= 0x80 ? 2 : 2 + (second & 0x7f)] === 0x06
}

function epoch(time: string): string {
  const instant = parseInstant(time)
  if (instant === undefined) throw new TypeError(time)
  return `${instant.epochSeconds}`
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
    const { certificate = '', certificates = [] } = inputs
    const untrusted = file('untrusted.pem', certificates.map((name) => pem(fileOf(family, name))).join(''))
    const target = file('target.pem', pem(fileOf(family, certificate)))
    const between = certificates.length === 0 ? [] : ['-untrusted', untrusted]
    args = ['verify', ...trust, ...between, ...time, ...more, target]
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
