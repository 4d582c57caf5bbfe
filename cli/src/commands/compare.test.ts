import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { type Comparison, CUSTODY, canonicalise, type TrustSetFile, toHex } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import {
  type DemonstrationAuthority,
  demonstrationAuthority,
  demonstrationTrustSet,
  type LogKey,
  logKey,
  sampleEd25519Key,
  seededRandom,
} from '@probatum/seal'
import { beforeAll, describe, expect, it } from 'vitest'
import { instant } from '../../../tools/testing/judgement.ts'
import { type LogPlan, sealedLogSample } from '../../../tools/testing/log-bundles.ts'
import { placeHere } from '../../../tools/testing/place-here.ts'

const { place, probatum } = placeHere('compare')
const NOW = instant('2026-03-14T09:12:00Z')
let authority: DemonstrationAuthority
let other: LogKey
let impostor: LogKey

const compare = (...args: string[]) => probatum('compare', ...args, '--trust-set', 'trust.json', '--at', '2026-03-15')

async function compared(...args: string[]): Promise<{ readonly code: number | null; readonly comparison: Comparison }> {
  const { code, out, err } = await compare(...args, '--json')
  if (out === '') throw new Error(err)
  return { code, comparison: JSON.parse(out) }
}

async function makeBundle(name: string, plan: Omit<LogPlan, 'authority' | 'now'>): Promise<void> {
  const files = await sealedLogSample({ ...plan, authority, now: NOW })
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(place, name, path)), { recursive: true })
    writeFileSync(join(place, name, path), bytes)
  }
}

beforeAll(async () => {
  const random = seededRandom('compare test')
  authority = await demonstrationAuthority({ now: NOW, random })
  other = logKey('other.example/log/1', await sampleEd25519Key(random(32)))
  // The same name, and a key of its own.
  impostor = logKey(authority.log.origin, await sampleEd25519Key(random(32)))
  const set: TrustSetFile = JSON.parse(Buffer.from(demonstrationTrustSet(authority, NOW)).toString('utf8'))
  const anchor = (log: LogKey, label: string) => ({
    role: 'log' as const,
    label,
    source: 'this test',
    verifierKey: log.verifierKey,
  })
  const write = (name: string, file: TrustSetFile) => writeFileSync(join(place, name), canonicalise(file))
  write('trust.json', { ...set, anchors: [...set.anchors, anchor(other, 'other log')] })
  write('both-keys.json', { ...set, anchors: [...set.anchors, anchor(impostor, 'second key of that name')] })
  const { log } = authority
  await makeBundle('early', { seed: 'a', log, events: 6, items: 2 })
  await makeBundle('late', { seed: 'a', log, events: 12, items: 4 })
  await makeBundle('late-redacted', { seed: 'a', log, events: 12, items: 4, withheld: [1], withholdCase: true })
  await makeBundle('rewritten', { seed: 'a', log, events: 12, items: 4, rewrittenFrom: 4 })
  await makeBundle('impostor', { seed: 'x', log: impostor, events: 12, items: 4 })
  await makeBundle('second', { seed: 'b', log: other, events: 6, items: 2 })
  await makeBundle('elsewhere', { seed: 'c', log: other, events: 3, items: 0, caseId: 'Example case 8 (sample)' })
  await makeBundle('elsewhere-closed', { seed: 'c', log: other, events: 3, items: 0, withholdCase: true })
}, 120_000)

describe('compare', () => {
  it('says ONE EXTENDS THE OTHER of two bundles of one log at different sizes, and gives both the same code', async () => {
    const { code, comparison } = await compared('early', 'late')
    expect(comparison.bundles.map(({ indication }) => indication)).toEqual(['TOTAL-PASSED', 'TOTAL-PASSED'])
    expect(comparison.pairs[0]).toMatchObject({ relation: 'ONE EXTENDS THE OTHER', longer: 'b', differs: null })
    expect(code).toBe(0)
    const core = comparison.pairs[0]?.commonCore
    expect(core).toMatchObject({ size: 6, itemCount: 2 })
    // Each side for itself, without the other's bundle.
    expect((await compared('early')).comparison.bundles[0]?.commonCore?.code).toBe(core?.code)
    expect((await compared('late', '--core', '6,2')).comparison.bundles[0]?.commonCore?.code).toBe(core?.code)
    expect((await compared('late')).comparison.bundles[0]?.commonCore?.code).not.toBe(core?.code)
    expect((await compare('late', '--core', '13,2')).code).toBe(2)
  })

  it('says SAME HISTORY of two exports that show different things', async () => {
    const { code, comparison } = await compared('late', 'late-redacted')
    expect(comparison.pairs[0]).toMatchObject({ relation: 'SAME HISTORY', longer: null })
    expect(comparison.items).toMatchObject({ rows: 4, inAll: 4, same: 4, different: 0 })
    expect(code).toBe(0)
  })

  it('says FORK of a rewritten history, with the first differing line and both signed heads', async () => {
    const { code, comparison } = await compared('early', 'rewritten')
    expect(code).toBe(1)
    const [pair] = comparison.pairs
    expect(pair).toMatchObject({ relation: 'FORK', reason: 'events-differ', differs: { file: CUSTODY, position: 4 } })
    expect(pair?.heads.a?.signatures).toHaveLength(1)
    expect(pair?.heads.b?.signatures).toHaveLength(1)
    expect((await compared('late', 'rewritten')).comparison.pairs[0]).toMatchObject({
      relation: 'FORK',
      differs: { position: 4 },
    })
    const told = await compare('early', 'rewritten')
    expect(told.out).toContain('FORK')
    expect(told.out).toContain('First difference: line 5 of record/custody.jsonl (seq 4)')
  })

  it('cannot tell without a believed key on both, and prints the contradiction', async () => {
    const run = await probatum('compare', 'early', 'rewritten', '--json', '--at', '2026-03-15')
    expect(run.code).toBe(3)
    const { pairs }: Comparison = JSON.parse(run.out)
    expect(pairs[0]).toMatchObject({ relation: 'CANNOT TELL', reason: 'key-not-trusted', linesAgree: false })
    expect(pairs[0]?.differs?.position).toBe(4)
  })

  it('cannot tell a copied origin under another key, whether that key is believed or not', async () => {
    const { code, comparison } = await compared('early', 'impostor')
    expect(comparison.pairs[0]).toMatchObject({ relation: 'CANNOT TELL', linesAgree: false })
    expect(code).toBe(3)
    const run = await probatum(
      'compare',
      'early',
      'impostor',
      '--json',
      '--at',
      '2026-03-15',
      '--trust-set',
      'both-keys.json',
    )
    const { pairs }: Comparison = JSON.parse(run.out)
    expect(pairs[0]).toMatchObject({ relation: 'CANNOT TELL', reason: 'other-key', differs: { position: 0 } })
  })

  it('says SEPARATE LOGS WITH COMMON CONTENT of two origins for one case', async () => {
    const { code, comparison } = await compared('early', 'second')
    expect(comparison.pairs[0]).toMatchObject({
      relation: 'SEPARATE LOGS WITH COMMON CONTENT',
      shared: { caseId: true, payload: 2, items: 0, events: 0 },
    })
    expect(code).toBe(3)
    expect(comparison.items).toMatchObject({ elsewhere: 4 })
  })

  it('says UNRELATED only where no case id is withheld', async () => {
    expect(await compared('early', 'elsewhere')).toMatchObject({
      code: 3,
      comparison: { pairs: [{ relation: 'UNRELATED', shared: { caseId: false } }] },
    })
    expect((await compared('early', 'elsewhere-closed')).comparison.pairs[0]).toMatchObject({
      relation: 'CANNOT TELL',
      reason: 'case-id-withheld',
    })
  })

  it('compares three bundles, each with each, and saves the table of items', async () => {
    const run = await compare('early', 'late-redacted', 'second', '--csv', 'items.csv', '--save', 'comparison.json')
    expect(run.code).toBe(3)
    for (const pair of ['A and B', 'A and C', 'B and C']) expect(run.out).toContain(pair)
    const rows = readFileSync(join(place, 'items.csv'), 'utf8').split('\r\n')
    expect(rows).toHaveLength(1 + 4 + 2 + 1)
    expect(rows[0]).toContain('"B late-redacted"')
    expect(rows[2]).toContain('"in-some","same"')
    expect(rows[2]).toContain('"C item 1 (sha256)"')
    expect(rows[2]).toContain('"withheld"')
    expect((await compare('early', 'late', '--csv', 'items.csv')).code).toBe(2)
  })

  it('takes saved facts for the smaller bundle, and says what is missing for the larger', async () => {
    await probatum('verify', 'early', '--save-facts', 'early.facts.json')
    await probatum('verify', 'late', '--save-facts', 'late.facts.json')
    expect((await compared('early.facts.json', 'late')).comparison.pairs[0]?.relation).toBe('ONE EXTENDS THE OTHER')
    expect(await compared('early', 'late.facts.json')).toMatchObject({
      code: 3,
      comparison: { pairs: [{ relation: 'CANNOT TELL', reason: 'lines-missing' }] },
    })
  })

  it('never calls altered lines a fork, and ends with 1 for a bundle that does not hold', async () => {
    const path = join(place, 'late', ...CUSTODY.split('/'))
    const bytes = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      bytes.replace(/"salt":"./, (salt) => `"salt":"${salt.endsWith('0') ? '1' : '0'}`),
    )
    try {
      const { code, comparison } = await compared('early', 'late')
      expect(comparison.pairs[0]).toMatchObject({ relation: 'CANNOT TELL', reason: 'contradicts-itself' })
      expect(code).toBe(1)
    } finally {
      writeFileSync(path, bytes)
    }
  })

  it('says what it could not see of bundles without their evidence files', async () => {
    cpSync(join(place, 'early'), join(place, 'bare'), { recursive: true })
    rmSync(join(place, 'bare', 'data'), { recursive: true })
    const whole = await compared('early', 'late')
    const bare = await compared('bare', 'late', '--part')
    expect(bare.comparison.bundles[0]?.payload).toEqual({ here: 0, absent: whole.comparison.bundles[0]?.payload.here })
    expect(whole.comparison.bundles[0]?.payload.absent).toBe(0)
    expect(bare.comparison.pairs[0]?.relation).toBe('ONE EXTENDS THE OTHER')
    expect(bare.comparison.items?.same).toBe(whole.comparison.items?.same)
    const { out } = await compare('bare', 'late', '--part')
    expect(out.replace(/\s+/g, ' ')).toContain('0 evidence files here, 2 listed and not here')
    expect((await compare('early', 'late')).out).not.toContain('not here')
    // Without the word that it is a part, it is an incomplete bundle.
    expect((await compare('bare', 'late')).code).toBe(1)
  })

  it('gives one bundle the code that verify prints, and judge from its facts', async () => {
    const code = (await compared('late')).comparison.bundles[0]?.commonCore?.code ?? expect.fail()
    const { out } = await probatum(
      'verify',
      'late',
      '--trust-set',
      'trust.json',
      '--at',
      '2026-03-15',
      '--save-facts',
      'core.json',
    )
    expect(out).toContain(`core       ${code}  common core of 12 events, 4 items`)
    expect((await probatum('judge', 'core.json', '--details')).out).toContain(code)
    expect((await probatum('verify', 'late', '--json')).out).not.toContain(code)
  })

  it('prints no opened value', async () => {
    for (const option of ['--json', '--ascii']) {
      const { out } = await compare('early', 'second', option)
      expect(out).not.toContain('Example case 7')
      expect(out).not.toContain('file 0 (sample)')
    }
  })
})

describe('compare of two reports', () => {
  const save = (name: string, ...args: string[]) => probatum('verify', ...args, '--save', name)

  it('names the input that differs, facts first', async () => {
    await save('a.json', 'early', '--at', '2026-03-15', '--trust-set', 'trust.json')
    await save('b.json', 'early', '--at', '2026-03-15', '--trust-set', 'trust.json')
    await save('c.json', 'early', '--at', '2026-03-15', '--policy', 'fixity')
    await save('d.json', 'late', '--at', '2026-03-15', '--trust-set', 'trust.json')
    expect(await probatum('compare', 'a.json', 'b.json')).toMatchObject({ code: 0 })
    const other = await probatum('compare', 'a.json', 'c.json', '--json')
    expect(other.code).toBe(3)
    const found = JSON.parse(other.out)
    expect(found.outcome).toBe('same-facts')
    expect(found.inputs.map(({ input }: { input: string }) => input)).toEqual(['policy', 'trust-set'])
    expect(found.findings.length).toBeGreaterThan(0)
    const third = JSON.parse((await probatum('compare', 'a.json', 'd.json', '--json')).out)
    expect(third.outcome).toBe('other-facts')
    expect(third.inputs.map(({ input }: { input: string }) => input)).toEqual(['content'])
    expect((await probatum('compare', 'a.json', 'c.json')).out).toContain('SAME FACTS')
  })

  it('finds a report that was altered with its digest', async () => {
    const report = JSON.parse(readFileSync(join(place, 'a.json'), 'utf8'))
    const [finding] = report.body.findings
    finding.value = finding.value === 'PASSED' ? 'FAILED' : 'PASSED'
    report.envelope.digests.whole = toHex(nodeSmallDigest('sha256', canonicalise(report.body)))
    writeFileSync(join(place, 'altered.json'), canonicalise(report))
    const { code, out } = await probatum('compare', 'a.json', 'altered.json')
    expect(code).toBe(1)
    expect(out).toContain('NOT EXPLAINED')
    expect(out).toContain('was altered')
    expect((await probatum('explain', 'altered.json')).code).toBe(4)
  })

  it('refuses reports beside bundles', async () => {
    expect((await probatum('compare', 'a.json', 'early')).code).toBe(2)
    expect((await probatum('compare', 'a.json')).code).toBe(2)
    expect((await probatum('compare', 'early', 'not-there')).code).toBe(4)
  })
})
