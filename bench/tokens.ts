import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import {
  canonicalise,
  digestOfBytes,
  establishTimestampFacts,
  type Judgement,
  judge,
  PLAIN_INPUTS,
  parseCertificate,
  parseInstant,
  parseTrustSet,
  serializePolicy,
  timestampVerifier,
  toBase64,
  toHex,
} from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { build } from 'esbuild'
import { endWithError, ROOT } from '../tools/setup.mjs'
import { instant, shippedPolicy } from '../tools/testing/judgement.ts'
import { underWhat } from './machine.ts'
import { median } from './measure.ts'
import { makeLargeCrl, makeTokens, type TokenCorpus, VALIDATION_TIME } from './token-corpus.ts'
import { pkijsVerifier } from './token-pkijs.ts'

const USAGE = `usage: npm run bench:tokens -- [--rounds N] [--only NAME]
Writes the section on time-stamps of docs/performance.md to standard output. Keys and lists are kept in .cache/bench.`

/** Tokens of one corpus; the slow tools are given the first of them. */
const TOKENS = 1000
/** Over them in one round of many: a process that verifies many is past its first thousands. */
const PASSES = 5
/** With nothing remembered: each has a verifier, an import of every key and a reading of every list of its own. */
const FOR_ALONE = 400
/** Tokens in work at once, as `timestamp verify` has them: signatures on P-384, which threads compute, then overlap. */
const AT_ONCE = 4
const FOR_PKIJS = 40
const FOR_OPENSSL = 40
/**
 * Rounds and tokens of ours that are not counted: in its first thousands of tokens a process is still compiling itself, on the
 * same cores.
 */
const WARMING = { rounds: 3, tokens: 5000 }
const CRL_ENTRIES = 200_000

interface Case {
  readonly name: string
  readonly unit: Parameters<typeof makeTokens>[2]
  readonly authorities: Parameters<typeof makeTokens>[3]
  /** Smallest ratios of rates that are promised: many tokens and single ones to `openssl ts`, many to pkijs. */
  readonly targets: { readonly many: number; readonly alone: number; readonly pkijs: number }
}

const CASES: readonly Case[] = [
  {
    name: 'RSA-2048, authorities RSA-4096',
    unit: 'rsa-2048',
    authorities: 'rsa-4096',
    targets: { many: 50, alone: 6, pkijs: 10 },
  },
  {
    name: 'P-256, authorities P-384',
    unit: 'p-256',
    authorities: 'p-384',
    targets: { many: 30, alone: 4, pkijs: 10 },
  },
  {
    name: 'P-384, authorities P-384',
    unit: 'p-384',
    authorities: 'p-384',
    targets: { many: 30, alone: 4, pkijs: 10 },
  },
]

const newPorts = () => ({ signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest })

/** The shipped policy `sealed`, with revocation required: an answer without the lists is none. */
function judgementOf(root: Uint8Array): Judgement {
  const sealed = shippedPolicy('sealed')
  const validationTime = instant(VALIDATION_TIME)
  const policy = { ...sealed, revocation: 'required' as const }
  const set = canonicalise({
    trustSet: 'probatum/trust-set/1-draft',
    issuer: 'Example Court (sample)',
    number: 1,
    date: '2026-01-10',
    reviewBy: '2036-01-10',
    sample: true,
    anchors: [
      { role: 'time-stamp-authority', label: 'root', source: 'invented for measuring', certificate: toBase64(root) },
    ],
  })
  return {
    policy,
    policySha256: toHex(nodeSmallDigest('sha256', serializePolicy(policy))),
    trustSet: parseTrustSet(set, (der) => parseCertificate(der), nodeSmallDigest),
    validationTime,
    inputs: PLAIN_INPUTS,
  }
}

function mustPass(indication: string): void {
  if (indication !== 'TOTAL-PASSED') throw new Error(`a good token is ${indication}`)
}

interface Done {
  readonly tokens: number
  /** Processor seconds of other processes; this one's are counted by whoever asks. */
  readonly elsewhere?: number
}

/** Each way verifies some tokens with every check. */
type Way = () => Done | Promise<Done>

/** All of them, some at once. */
async function atOnce<Of>(all: readonly Of[], work: (one: Of) => Promise<void>): Promise<void> {
  const waiting = all.values()
  const worker = async () => {
    for (const one of waiting) await work(one)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

function waysOf(corpus: TokenCorpus, cache: string) {
  const judgement = judgementOf(corpus.root)
  const revocation = corpus.crls.map((bytes) => ({ name: 'list', bytes }))
  const byPkijs = pkijsVerifier(corpus.root, corpus.crls)
  const script = opensslScript(corpus, cache)
  const portsOfReports = newPorts()
  async function many(): Promise<Done> {
    const ports = newPorts()
    const verify = timestampVerifier(judgement, ports, { revocation })
    const all = Array.from({ length: PASSES }, () => corpus.stamps).flat()
    await atOnce(all, async ({ token, data }) => {
      mustPass((await verify(token, digestOfBytes(data, ports))).assessment.indication)
    })
    return { tokens: all.length }
  }

  async function alone(): Promise<Done> {
    await atOnce(corpus.stamps.slice(0, FOR_ALONE), async ({ token, data }) => {
      const ports = newPorts()
      const verify = timestampVerifier(judgement, ports, { revocation })
      mustPass((await verify(token, digestOfBytes(data, ports))).assessment.indication)
    })
    return { tokens: FOR_ALONE }
  }

  async function report(): Promise<Done> {
    await atOnce(corpus.stamps, async ({ token, data }) => {
      const evidence = digestOfBytes(data, portsOfReports)
      const lone = { name: 'token.tst', bytes: token }
      const facts = await establishTimestampFacts(lone, evidence, portsOfReports, { revocation })
      mustPass((await judge(facts, judgement, portsOfReports)).body.assessment.indication)
    })
    return { tokens: corpus.stamps.length }
  }

  async function pkijs(): Promise<Done> {
    for (const { token, data } of corpus.stamps.slice(0, FOR_PKIJS)) {
      if (!(await byPkijs(token, data))) throw new Error('pkijs refuses a good token')
    }
    return { tokens: FOR_PKIJS }
  }

  function openssl(): Done {
    const { status, stdout, stderr } = spawnSync('sh', [script], { encoding: 'utf8' })
    const good = stdout.split('\n').filter((line) => line === 'Verification: OK').length
    if (status !== 0 || good !== FOR_OPENSSL) throw new Error(`openssl ts: ${stderr.slice(-500)}`)
    return { tokens: FOR_OPENSSL, elsewhere: childSeconds(stdout) }
  }

  return { many, alone, report, pkijs, openssl }
}

/** One process for each token, started by a small shell, which costs less than starting it from here. */
function opensslScript({ stamps, root, crls }: TokenCorpus, cache: string): string {
  const file = (name: string, bytes: Uint8Array | string) => {
    writeFileSync(join(cache, name), bytes)
    return join(cache, name)
  }
  // OpenSSL reads certificates and lists from the same file.
  const trusted = file('trusted.pem', pem(root, 'CERTIFICATE') + crls.map((der) => pem(der, 'X509 CRL')).join(''))
  const at = parseInstant(VALIDATION_TIME)?.epochSeconds
  const lines = stamps.slice(0, FOR_OPENSSL).map(({ token, data }, index) => {
    const [tokenFile, dataFile] = [file(`${index}.tst`, token), file(`${index}.bin`, data)]
    return `openssl ts -verify -data ${dataFile} -in ${tokenFile} -token_in -CAfile ${trusted} -crl_check_all -attime ${at}`
  })
  return file('verify.sh', `set -e\nexport OPENSSL_CONF=/dev/null\n${lines.join('\n')}\ntimes\n`)
}

/** What `times` says of the children of a shell (POSIX XCU 2.15): user and system, on its second line. */
function childSeconds(stdout: string): number {
  const times = [...(stdout.trimEnd().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)]
  if (times.length !== 2) throw new Error('the shell tells no times')
  return times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0)
}

function pem(der: Uint8Array, label: string): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

interface Rate {
  /** Tokens in a second of the clock. */
  readonly clock: number
  /** Tokens in a second of all processors: it varies less on a busy machine. */
  readonly processor: number
}

async function rateOf(way: Way): Promise<Rate> {
  const before = process.cpuUsage()
  const start = process.hrtime.bigint()
  const { tokens, elsewhere } = await way()
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  const { user, system } = process.cpuUsage(before)
  return { clock: tokens / seconds, processor: tokens / (elsewhere ?? (user + system) / 1e6) }
}

interface Row {
  readonly text: string
  readonly kept: boolean
}

interface Question {
  readonly label: string
  readonly ours: Way
  readonly theirs: Way
  readonly theirName: string
  /** Smallest ratio of rates that is promised. */
  readonly target: number | null
}

/** In turns, so that what disturbs the machine disturbs both; each pair by itself, so that neither cleans up after a third. */
async function compareRates(name: string, question: Question, rounds: number): Promise<Row> {
  const { label, ours, theirs, theirName, target } = question
  // Caches and compilers are warm afterwards.
  for (let rounds = 0, tokens = 0; rounds < WARMING.rounds || tokens < WARMING.tokens; rounds++)
    tokens += (await ours()).tokens
  await theirs()
  const pairs: { ours: Rate; theirs: Rate }[] = []
  for (let round = 0; round < rounds; round++) {
    // Neither always goes first.
    const first = await rateOf(round % 2 === 0 ? ours : theirs)
    const second = await rateOf(round % 2 === 0 ? theirs : ours)
    pairs.push(round % 2 === 0 ? { ours: first, theirs: second } : { ours: second, theirs: first })
  }
  const ratios = pairs.map((pair) => pair.ours.clock / pair.theirs.clock)
  const perSecond = (rates: readonly Rate[]) =>
    `${Math.round(median(rates.map(({ clock }) => clock))).toLocaleString('en')}/s`
  const kept = target === null || median(ratios) >= target
  const cells = [
    name,
    label,
    perSecond(pairs.map((pair) => pair.ours)),
    `${theirName}: ${perSecond(pairs.map((pair) => pair.theirs))}`,
    `**${median(ratios).toFixed(1)}**`,
    `${Math.min(...ratios).toFixed(1)}–${Math.max(...ratios).toFixed(1)}`,
    median(pairs.map((pair) => pair.ours.processor / pair.theirs.processor)).toFixed(1),
    target === null ? '' : `≥ ${target}`,
    target === null ? '' : kept ? 'kept' : '**missed**',
  ]
  return { text: `| ${cells.join(' | ')} |`, kept }
}

function questionsOf({ targets }: Case, ways: ReturnType<typeof waysOf>): Question[] {
  const { many, alone, report, openssl, pkijs } = ways
  const beside = {
    openssl: { theirs: openssl, theirName: '`openssl ts`' },
    pkijs: { theirs: pkijs, theirName: 'pkijs' },
  }
  return [
    { label: 'many of one authority', ours: many, ...beside.openssl, target: targets.many },
    { label: 'nothing remembered', ours: alone, ...beside.openssl, target: targets.alone },
    { label: 'a report for each', ours: report, ...beside.openssl, target: null },
    { label: 'many of one authority', ours: many, ...beside.pkijs, target: targets.pkijs },
    { label: 'nothing remembered', ours: alone, ...beside.pkijs, target: null },
  ]
}

/** The list is read in a process of its own, so that its memory can be told apart. */
async function measureCrl(cache: string, rounds: number): Promise<Row> {
  const list = join(cache, 'large.crl')
  if (!existsSync(list)) writeFileSync(list, makeLargeCrl(cache, CRL_ENTRIES))
  const program = join(cache, 'crl-alone.mjs')
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['bench/crl-alone.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['probatum-source'],
    outfile: program,
    logLevel: 'silent',
  })
  const runs = Array.from({ length: rounds }, () => {
    const said = execFileSync(process.execPath, [program, list], { encoding: 'utf8' })
    return JSON.parse(said) as { entries: number; milliseconds: number; growth: number }
  })
  if (runs.some(({ entries }) => entries !== CRL_ENTRIES)) throw new Error('the list was not read')
  const milliseconds = median(runs.map((run) => run.milliseconds))
  const memory = Math.max(...runs.map(({ growth }) => growth))
  const kept = milliseconds <= 50 && memory <= 100e6
  const cells = [
    `${CRL_ENTRIES.toLocaleString('en')} entries`,
    `**${milliseconds.toFixed(0)} ms**`,
    '≤ 50 ms',
    `**${Math.round(memory / 1e6)} MB**`,
    '≤ 100 MB',
    kept ? 'kept' : '**missed**',
  ]
  return { text: `| ${cells.join(' | ')} |`, kept }
}

function parsedArguments() {
  try {
    const { values } = parseArgs({
      options: { rounds: { type: 'string', default: '7' }, only: { type: 'string' } },
    })
    const rounds = Number(values.rounds)
    if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError(`--rounds ${values.rounds}: no number of rounds`)
    return { rounds, only: values.only }
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`)
    process.exit(2)
  }
}

async function run(): Promise<void> {
  const { rounds, only } = parsedArguments()
  const cache = join(ROOT, '.cache', 'bench', 'tokens')
  mkdirSync(cache, { recursive: true })
  const rows: Row[] = []
  for (const one of CASES) {
    if (only !== undefined && !one.name.includes(only)) continue
    console.error(one.name)
    const corpus = makeTokens(cache, one.name, one.unit, one.authorities, TOKENS)
    for (const question of questionsOf(one, waysOf(corpus, cache))) {
      rows.push(await compareRates(one.name, question, rounds))
    }
  }
  const list = only === undefined || only === 'crl' ? await measureCrl(cache, rounds) : null
  console.log(underWhat(rounds))
  console.log('| tokens | how | Probatum | beside | ratio | lowest–highest | by processor time | target | |')
  console.log('|---|---|--:|--:|--:|--:|--:|--:|---|')
  console.log(rows.map(({ text }) => text).join('\n'))
  if (list !== null) {
    console.log('\n| CRL read whole | time | target | memory | target | |\n|---|--:|--:|--:|--:|---|')
    console.log(list.text)
  }
  process.exitCode = [...rows, ...(list === null ? [] : [list])].some(({ kept }) => !kept) ? 1 : 0
}

await run().catch(endWithError)
