import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FAMILIES, type FamilyFile } from '../vectors/pki-vector.ts'
import { askOpenSsl } from './openssl.ts'

/** Records what the `openssl` of this machine says of every vector: `node tools/run.mjs tools/oracle/main.ts`. */
const VECTORS = fileURLToPath(new URL('../../test-vectors/', import.meta.url))

for (const name of FAMILIES) {
  const family = JSON.parse(readFileSync(join(VECTORS, name, 'vectors.json'), 'utf8')) as FamilyFile
  const record = await askOpenSsl(family)
  writeFileSync(join(VECTORS, name, 'openssl.json'), `${JSON.stringify(record, null, 1)}\n`)
  const count = (answer: string) => Object.values(record.answers).filter((one) => one.answer === answer).length
  console.log(
    `${name}: ${record.openssl}: accept ${count('accept')}, refuse ${count('refuse')}, not asked ${count('not-applicable')}`,
  )
  for (const { name: vector, expect } of family.cases) {
    const { answer, said } = record.answers[vector] ?? {}
    if (answer === 'not-applicable' || (answer === 'accept') === (expect.indication === 'TOTAL-PASSED')) continue
    console.log(
      `  ${vector}: ${expect.indication ?? expect.error} here, ${answer} there${said === undefined ? '' : ` (${said})`}`,
    )
  }
}
