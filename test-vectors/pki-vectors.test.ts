import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { makeFamilies } from '../tools/vectors/pki-families.ts'
import { runVector } from '../tools/vectors/pki-run.ts'
import { FAMILIES, type FamilyFile, familyText } from '../tools/vectors/pki-vector.ts'

const FOLDER = import.meta.dirname
const ROOT = join(FOLDER, '..')
const textOf = (family: string) => readFileSync(join(FOLDER, family, 'vectors.json'), 'utf8')
const families = FAMILIES.map((family) => JSON.parse(textOf(family)) as FamilyFile)

describe('tokens, signatures, paths and revocation with one part wrong', () => {
  it('are made anew with the same bytes', () => {
    const made = makeFamilies()
    expect(made.map(({ family }) => family)).toEqual([...FAMILIES])
    for (const family of made) expect(familyText(family) === textOf(family.family), family.family).toBe(true)
  })

  it('are many, and say what each is for', () => {
    const all = families.flatMap(({ cases }) => cases)
    expect(all.length).toBeGreaterThanOrEqual(250)
    for (const { name, mutation, why, effect } of all)
      for (const text of [mutation, why, effect]) expect(text, name).toMatch(/\S/)
  })

  it('name files and trust sets that are there, and leave none unused', () => {
    for (const { cases, files, trustSets } of families) {
      const sets = new Set(cases.flatMap(({ trustSet }) => (trustSet === null ? [] : [trustSet])))
      expect(new Set(Object.keys(trustSets))).toEqual(sets)
      const used = new Set([
        ...cases.flatMap(({ inputs }) => Object.values(inputs).flat()),
        ...Object.values(trustSets).flatMap((anchors) => anchors.map(({ certificate }) => certificate)),
      ])
      expect([...used].filter((name) => files[name] === undefined)).toEqual([])
      expect(Object.keys(files).filter((name) => !used.has(name))).toEqual([])
    }
  })

  it.each(families.map((family) => [family.family, family] as const))(
    'are judged as expected: %s',
    async (_, family) => {
      for (const vector of family.cases) {
        const { indication, findings, quiet } = await runVector(family, vector)
        expect({ indication, findings }, vector.name).toEqual({
          indication: vector.expect.indication,
          findings: vector.expect.findings,
        })
        for (const line of vector.expect.also ?? []) expect(quiet, vector.name).toContain(line)
      }
    },
  )

  it('judges sixteen spellings of genTime to the same bytes in four time zones', async () => {
    const run = promisify(execFile)
    const zones = ['UTC', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati']
    const said = await Promise.all(
      zones.map(async (TZ) => {
        const args = [join(ROOT, 'tools', 'run.mjs'), join(ROOT, 'tools', 'vectors', 'pki-spellings.ts')]
        const { stdout } = await run(process.execPath, args, { cwd: ROOT, env: { ...process.env, TZ } })
        const { zone, ...reports } = JSON.parse(stdout) as Record<string, string>
        return { zone, reports }
      }),
    )
    expect(new Set(said.map(({ zone }) => zone)).size).toBe(zones.length)
    for (const { reports } of said) expect(reports).toEqual(said[0]?.reports)
    const indications = Object.values(said[0]?.reports ?? {}).map((line) => line.split(' ')[0])
    expect(indications.filter((one) => one === 'TOTAL-PASSED')).toHaveLength(4)
    expect(indications.filter((one) => one === 'TOTAL-FAILED')).toHaveLength(12)
    expect(indications).toHaveLength(16)
  })
})
