import { execFileSync, spawn } from 'node:child_process'
import { createCipheriv, generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ParseError, type RandomAccess } from '@probatum/core'
import { webCiphers } from '@probatum/platform/browser'
import { type Identity, nodeCiphers, openEncrypted, parseIdentities } from '@probatum/platform/node'
import {
  ageRecipient,
  certificatesFromPem,
  encryptAge,
  encryptCms,
  platformRandom,
  recipientCertificate,
  type StartGcm,
} from '@probatum/seal'
import { generateX25519Identity, identityToRecipient } from 'age-encryption'
import { BUNDLE, ensureBuilt } from '../build.mjs'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { writeLargeBag } from '../testing/large-bags.ts'

/**
 * Encrypted files: each single bit of small ones changed, each cut, bytes added and taken out at each place, and nothing is ever
 * read that was not encrypted; and a file of a gigabyte, whose memory stays flat.
 */
export const name = 'encrypted-files'

const CIPHERS = [nodeCiphers, webCiphers] as const
const KINDS = ['age', 'ECDH', 'RSA-OAEP'] as const
const LARGE = [
  // 4 GiB were tried by hand: docs/limits.md has the figure. A piece of them would take as long as all other sweeps of a run.
  { size: 2 ** 30 + 2 ** 24, to: 'age' },
  { size: 2 ** 30 - 2 ** 24, to: 'certificate' },
] as const
export const pieces = (): number => KINDS.length * CIPHERS.length + LARGE.length

/** Parts of two chunks of age would be 64 KiB each; here every byte is tried. */
const PLAIN = Uint8Array.from({ length: 120 }, (_, i) => (i * 7) % 251)
/** Resident memory of a run over 1 GiB: a run over nothing takes some 80 MB. */
const MOST_MEMORY = 400_000_000

export async function runPiece(piece: number, options: PieceOptions): Promise<PieceResult> {
  const kind = KINDS[Math.floor(piece / CIPHERS.length)]
  const ciphers = CIPHERS[piece % CIPHERS.length]
  const large = LARGE[piece - KINDS.length * CIPHERS.length]
  if (large !== undefined) return largeFile(large, options)
  if (kind === undefined || ciphers === undefined) throw new RangeError(`no piece ${piece}`)
  return everyChange(kind, ciphers, options)
}

interface Sample {
  readonly file: Uint8Array
  readonly identities: readonly Identity[]
}

async function everyChange(
  kind: (typeof KINDS)[number],
  ciphers: typeof nodeCiphers,
  { progress }: PieceOptions,
): Promise<PieceResult> {
  const { file, identities } = kind === 'age' ? await ageSample() : await cmsSample(kind)
  const failures: string[] = []
  const seen = new Map<string, number>()
  let cases = 0
  const ask = async (what: string, bytes: Uint8Array, wanted: 'opened' | 'refused' | 'either') => {
    cases++
    const outcome = await openEncrypted(access(bytes), identities, ciphers, { name: what }).then(
      async ({ plaintext }) => {
        const read = await plaintext.read(0, plaintext.size)
        return Buffer.compare(read, PLAIN) === 0 ? 'opened' : 'OTHER BYTES'
      },
      (error: unknown) => (error instanceof ParseError ? error.code : `no typed error: ${error}`),
    )
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1)
    const isRefused = /^ERR_(?:ENCRYPT|LIMIT)/.test(outcome)
    const holds =
      wanted === 'opened' ? outcome === 'opened' : isRefused || (wanted === 'either' && outcome === 'opened')
    if (!holds) failures.push(`${kind}, ${what}: ${outcome}`)
  }
  await ask('unchanged', file, 'opened')
  // In CMS nothing protects who a recipient's entry is for, so that a change there changes nothing that is read.
  const wanted = kind === 'age' ? 'refused' : 'either'
  for (let at = 0; at < file.length; at++) {
    for (let bit = 0; bit < 8; bit++)
      await ask(`bit ${bit} of byte ${at}`, file.with(at, (file[at] ?? 0) ^ (1 << bit)), wanted)
    await ask(`cut at ${at}`, file.subarray(0, at), 'refused')
    await ask(`without byte ${at}`, Uint8Array.of(...file.subarray(0, at), ...file.subarray(at + 1)), wanted)
    await ask(`a byte more at ${at}`, Uint8Array.of(...file.subarray(0, at), 0x41, ...file.subarray(at)), wanted)
    if (at % 100 === 0) progress(`${kind}: byte ${at} of ${file.length}`)
  }
  await ask('a byte more at the end', Uint8Array.of(...file, 0), 'refused')
  await ask('twice', Uint8Array.of(...file, ...file), 'refused')
  progress([...seen].map(([outcome, count]) => `${outcome} ${count}`).join(', '))
  return { cases, failures }
}

function access(bytes: Uint8Array): RandomAccess {
  return {
    size: bytes.length,
    handle: null,
    async read(offset, length) {
      if (offset < 0 || length < 0 || offset + length > bytes.length) throw new RangeError(`${offset}, ${length}`)
      return bytes.slice(offset, offset + length)
    },
  }
}

async function* once() {
  yield PLAIN
}

async function wholeOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece.slice())
  return new Uint8Array(Buffer.concat(parts))
}

async function ageSample(): Promise<Sample> {
  const secret = await generateX25519Identity()
  const file = await wholeOf(encryptAge([ageRecipient(await identityToRecipient(secret))], once()))
  return { file, identities: await parseIdentities(new TextEncoder().encode(secret)) }
}

async function cmsSample(kind: 'ECDH' | 'RSA-OAEP'): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'probatum-recipient-'))
  try {
    const { privateKey } =
      kind === 'ECDH'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 })
    const key = join(folder, 'key.pem')
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
    writeFileSync(key, pem)
    const request = ['req', '-x509', '-new', '-key', key, '-subj', '/CN=Example Court (sample)', '-days', '30']
    const certificate = execFileSync('openssl', request, { stdio: ['ignore', 'pipe', 'ignore'] })
    const [der] = certificatesFromPem(new Uint8Array(certificate))
    if (der === undefined) throw new TypeError('no certificate')
    const recipients = [recipientCertificate(der)]
    const given = { recipients, size: PLAIN.length, random: platformRandom, startGcm }
    return {
      file: await wholeOf(encryptCms(given, once())),
      identities: await parseIdentities(new TextEncoder().encode(String(pem))),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const startGcm: StartGcm = (key, nonce) => {
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return {
    update: (bytes) => cipher.update(bytes),
    finish() {
      cipher.final()
      return cipher.getAuthTag()
    },
  }
}

/** There and back, on the command line. */
async function largeFile({ size, to }: (typeof LARGE)[number], { progress }: PieceOptions): Promise<PieceResult> {
  await ensureBuilt()
  const folder = mkdtempSync(join(tmpdir(), 'probatum-encrypted-large-'))
  const at = (file: string) => join(folder, file)
  const failures: string[] = []
  const run = async (what: string, code: number, ...args: string[]) => {
    const { exit, memory, seconds } = await watched(folder, args)
    progress(`${what}: ${Math.round(memory / 1e6)} MB, ${Math.round(seconds)} s`)
    if (exit !== code) failures.push(`${what}: exit ${exit}`)
    if (memory > MOST_MEMORY) failures.push(`${what}: ${memory} bytes of memory`)
  }
  try {
    const isAge = to === 'age'
    const secret = await generateX25519Identity()
    writeFileSync(at('key.txt'), `${secret}\n`)
    const request = [
      'req',
      '-x509',
      '-nodes',
      '-newkey',
      'rsa:2048',
      '-subj',
      '/CN=Example Court (sample)',
      '-days',
      '30',
    ]
    execFileSync('openssl', [...request, '-keyout', at('court.key'), '-out', at('court.pem')], { stdio: 'ignore' })
    const encrypt = [
      'encrypt',
      'large.zip',
      '-o',
      'out',
      '--encrypt-to',
      isAge ? await identityToRecipient(secret) : 'court.pem',
    ]
    writeLargeBag(at('large.zip'), 1, size)
    await run(`encrypting ${size} bytes`, 0, ...encrypt)
    rmSync(at('large.zip'))
    const file = readdirSync(at('out')).find((one) => /\.(?:age|p7m)$/.test(one)) ?? ''
    const verify = [
      'verify',
      `out/${file}`,
      '--identity',
      isAge ? 'key.txt' : 'court.key',
      '--policy',
      'fixity',
      '--quiet',
    ]
    await run(`verifying ${size} bytes`, 0, ...verify)
    if (isAge) return { cases: 2, failures }
    rmSync(at('out'), { recursive: true })
    writeLargeBag(at('large.zip'), 1, 2 ** 30)
    await run('a bundle that is too large for a certificate', 4, ...encrypt)
    return { cases: 3, failures }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A run of the program, and the most memory that it had at once (Linux). */
function watched(
  cwd: string,
  args: readonly string[],
): Promise<{ exit: number | null; memory: number; seconds: number }> {
  const begun = performance.now()
  const child = spawn(process.execPath, [BUNDLE, ...args], { cwd, stdio: 'ignore' })
  let memory = 0
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      memory = Math.max(memory, Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024)
    } catch {
      // It has ended.
    }
  }, 50)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (exit) => {
      clearInterval(timer)
      resolve({ exit, memory, seconds: (performance.now() - begun) / 1000 })
    })
  })
}
