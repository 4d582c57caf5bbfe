import { equalBytes } from '@probatum/core'
import { BASES, OVERS } from './bases.ts'
import { GATE_OVERS } from './gate-bases.ts'
import { laterConsents, laterOpenings } from './later-openings.ts'
import { LOG_OVERS } from './log-bases.ts'
import { MUST_NOT_PASS_LOG_OVERS, mustNotPassTwoAuthorities } from './must-not-pass-bases.ts'
import { notices } from './notices.ts'
import { policies } from './policies.ts'
import { RENEWAL_OVERS } from './renewal-bases.ts'
import { trustSets } from './trust-sets.ts'

/** Every file below test-vectors/ that is made, by its path there; the same bytes each time. */
export async function vectorFiles(): Promise<Map<string, Uint8Array>> {
  const made = new Map<string, Uint8Array>()
  const small = (await BASES.small?.()) ?? new Map<string, Uint8Array>()
  for (const [name, make] of Object.entries(BASES))
    for (const [path, bytes] of await make()) made.set(`bundles/base/${name}/${path}`, bytes)
  const custody = (await BASES.custody?.()) ?? new Map<string, Uint8Array>()
  const twoAuthorities = (await BASES['two-authorities']?.()) ?? new Map<string, Uint8Array>()
  const shared = (await BASES.shared?.()) ?? new Map<string, Uint8Array>()
  const renewed = (await BASES.renewed?.()) ?? new Map<string, Uint8Array>()
  for (const [base, overs] of [
    [small, OVERS],
    [custody, { ...LOG_OVERS, ...MUST_NOT_PASS_LOG_OVERS }],
    [twoAuthorities, mustNotPassTwoAuthorities],
    [shared, GATE_OVERS],
    [renewed, RENEWAL_OVERS],
  ] as const) {
    for (const [name, make] of Object.entries(overs)) {
      const files = await make()
      for (const path of base.keys()) if (!files.has(path)) throw new Error(`${name} lacks ${path}: make it a base`)
      for (const [path, bytes] of files) {
        const before = base.get(path)
        if (before === undefined || !equalBytes(bytes, before)) made.set(`bundles/over/${name}/${path}`, bytes)
      }
    }
  }
  const other = (await BASES.sealed?.()) ?? new Map<string, Uint8Array>()
  for (const [name, bytes] of laterOpenings(small, other)) made.set(`disclosures/${name}.jsonl`, bytes)
  const otherPurpose = (await GATE_OVERS['consent-other-purpose']?.()) ?? new Map<string, Uint8Array>()
  made.set('disclosures/consents.jsonl', laterConsents(shared))
  made.set('disclosures/consents-other-purpose.jsonl', laterConsents(otherPurpose))
  for (const [name, bytes] of await notices(custody)) made.set(`notices/${name}.json`, bytes)
  for (const [name, bytes] of policies()) made.set(`policies/${name}.json`, bytes)
  for (const [name, bytes] of await trustSets()) made.set(`trust-sets/${name}.json`, bytes)
  return made
}
