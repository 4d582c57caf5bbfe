import type { RecordFacts } from '../bundle/record-facts.ts'
import type { Evidence, Exception, Finding } from '../model/finding.ts'
import { makeFinding } from './finding.ts'

/**
 * Whether everything is here that bundle.json says the seal consists of: each signature file, and for each as many
 * time-stamps as it needs, counted by their names. Whether they hold is asked elsewhere. Something missing leaves the
 * question open: it can be supplied.
 */
export function checkSealDeclared(facts: RecordFacts): Finding {
  const subject = { kind: 'bundle', name: 'seal/1/' } as const
  const id = 'seal.declared'
  if (facts.record === null) {
    const evidence: Evidence = { name: 'seal', missing: 'bundle-record' }
    return makeFinding(id, 'INDETERMINATE', { reason: 'declaration-unreadable', subject, evidence: [evidence] })
  }
  const exceptions: Exception[] = []
  const evidence: Evidence[] = []
  for (const { file, present, timestamps, tokens } of facts.seal) {
    const path = `seal/1/${file}`
    if (!present) {
      evidence.push({ name: 'signature', missing: path })
      exceptions.push({ path, value: 'INDETERMINATE', reason: 'signature-missing' })
    }
    if (tokens.length < timestamps) {
      const compared = { expected: `${timestamps}`, found: `${tokens.length}` }
      evidence.push({ name: 'timestamps', ...compared, missing: 'time-stamp' })
      exceptions.push({ path, value: 'INDETERMINATE', reason: 'timestamps-missing', ...compared })
    }
  }
  const missing = exceptions.length
  for (const path of facts.unsealedTagManifests) {
    evidence.push({ name: 'seal', missing: `${path}.p7s` })
    exceptions.push({ path, value: 'INDETERMINATE', reason: 'not-declared' })
  }
  const counts = {
    declared: facts.seal.length,
    present: facts.seal.filter(({ present }) => present).length,
    timestamps: facts.seal.reduce((sum, { tokens }) => sum + tokens.length, 0),
  }
  if (exceptions.length === 0) return makeFinding(id, 'PASSED', { subject, counts })
  const reason = missing > 0 ? 'missing' : 'not-declared'
  return makeFinding(id, 'INDETERMINATE', { reason, subject, evidence, counts, exceptions })
}
