import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { canonicalise } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import { reportOf } from './pki-run.ts'
import type { FamilyFile } from './pki-vector.ts'

/** Prints, for each spelling of genTime, the digest of the report's body: to be run in several time zones. */
const PATH = fileURLToPath(new URL('../../test-vectors/tokens/vectors.json', import.meta.url))

const family = JSON.parse(readFileSync(PATH, 'utf8')) as FamilyFile
const said: Record<string, string> = {}
for (const vector of family.cases) {
  // The spelling stands in the mutation; the others are about genTime's place among other times.
  if (!/^genTime [0-9]/.test(vector.mutation)) continue
  const { body } = await reportOf(family, vector)
  const digest = nodeSmallDigest('sha256', canonicalise(JSON.parse(JSON.stringify(body))))
  said[vector.name] = `${body.assessment.indication} ${Buffer.from(digest).toString('hex')}`
}
// What a Date would make of a time without a zone here: proof that the zone is in force.
said.zone = new Date('2024-06-01T12:00:00').toISOString()
console.log(JSON.stringify(said))
