import { readFileSync } from 'node:fs'
import { checkPdf, RULES } from './check.ts'

// node tools/run.mjs tools/pdf-checker/main.ts FILE.pdf …

let failed = 0
for (const path of process.argv.slice(2)) {
  const violations = checkPdf(new Uint8Array(readFileSync(path)))
  for (const { rule, clause, problem } of violations) console.log(`${path}: ${rule} (${clause}): ${problem}`)
  console.log(`${path}: ${RULES.length} rules, ${violations.length} violations`)
  failed += violations.length
}
process.exitCode = failed > 0 ? 1 : 0
