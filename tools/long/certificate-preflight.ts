import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makePdf } from '@probatum/certificate'
import { exhibitTable, sampleDocument } from '../../packages/certificate/src/testing/sample-document.ts'
import { sampleOptions } from '../../packages/certificate/src/testing/sample-options.ts'
import { checkPdf } from '../pdf-checker/check.ts'
import type { PieceOptions, PieceResult } from '../sweep.ts'
import { openTestTypesetter } from '../testing/typesetter.ts'

/**
 * Apache PDFBox Preflight (Debian's libpdfbox2-java, with libjaxb-api-java and a Java runtime) judges the samples. It
 * knows PDF/A-1b: what PDF/A-1 forbids and PDF/A-3 allows is expected, each by its very words; anything else is a failure.
 */
export const name = 'certificate-preflight'

const FOLDER = '/usr/share/java'
const JARS = ['preflight', 'pdfbox2', 'xmpbox', 'fontbox2', 'commons-logging', 'jaxb-api', 'javax.activation']

/** Differences between PDF/A-1 and PDF/A-3: each must be found, since a checker that is not asked finds nothing. */
const EXPECTED: readonly RegExp[] = [
  /^1\.4\.7 : Trailer Syntax error, EmbeddedFile entry is present in the Names dictionary$/,
  /^1\.2\.9 : Body Syntax error, EmbeddedFile entry is present in a FileSpecification dictionary$/,
  /^1\.4 : Trailer Syntax error, \/XRef cross reference streams are not allowed$/,
  /^3\.1\.11 : Invalid Font definition, .*: The CIDSet entry is missing for the Composite Subset$/,
  /^7\.11\.2 : Error on MetaData, part must be 1$/,
]

const SAMPLES = [
  ...(['en', 'ar', 'my'] as const).flatMap((language) =>
    (['a4', 'letter'] as const).map((paper) => ({ language, paper, rows: 60 })),
  ),
  { language: 'en', paper: 'a4', rows: 10_000 } as const,
]

export const pieces = (): number => SAMPLES.length

export async function runPiece(piece: number, { root, progress }: PieceOptions): Promise<PieceResult> {
  const sample = SAMPLES[piece]
  if (sample === undefined) throw new RangeError(`no piece ${piece}`)
  const missing = JARS.filter((jar) => !existsSync(join(FOLDER, `${jar}.jar`)))
  if (missing.length > 0)
    return { cases: 0, failures: [`not installed (libpdfbox2-java, libjaxb-api-java): ${missing.join(', ')}`] }
  const { language, paper, rows } = sample
  const what = `${language} on ${paper}, ${rows} rows`
  const options = sampleOptions(await openTestTypesetter(root), paper)
  const document = sampleDocument({ language, rows: Math.min(rows, 60) })
  const pdf = makePdf(rows > 60 ? { ...document, blocks: [exhibitTable(rows)] } : document, options)
  progress(`${what}: ${pdf.length} bytes`)
  const folder = mkdtempSync(join(tmpdir(), 'probatum-preflight-'))
  try {
    const path = join(folder, 'sample.pdf')
    writeFileSync(path, pdf)
    const classPath = JARS.map((jar) => join(FOLDER, `${jar}.jar`)).join(':')
    const said = run('java', ['-cp', classPath, 'org.apache.pdfbox.preflight.Validator_A1b', path])
    const findings = said.split('\n').filter((line) => /^\d+(\.\d+)* : /.test(line))
    const failures = [
      ...findings.filter((line) => !EXPECTED.some((pattern) => pattern.test(line))),
      ...EXPECTED.filter((pattern) => !findings.some((line) => pattern.test(line))).map(
        (pattern) => `did not find ${pattern.source}`,
      ),
      ...checkPdf(pdf).map(({ rule, problem }) => `${rule}: ${problem}`),
    ]
    return { cases: findings.length, failures: failures.map((line) => `${what}: ${line}`) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Preflight ends with an exit code when it finds anything; it always does here. */
function run(program: string, options: readonly string[]): string {
  try {
    return execFileSync(program, options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    return `${stdout ?? ''}\n${stderr ?? ''}`
  }
}
