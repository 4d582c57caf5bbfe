import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type CertifyInput, makeCertificate } from '@probatum/certificate'
import { nodeSmallDigest } from '@probatum/platform/node'
import type { Language } from '@probatum/words'
import { CERTIFICATE_TEMPLATES, type Paper } from '@probatum/words/certificate'
import { availableLanguages } from '@probatum/words/languages'
import { ROOT } from '../setup.mjs'
import { type Judged, judgedBase } from '../testing/judged.ts'
import { TEST_BUILD, testTypesetter } from '../testing/typesetter.ts'

/** Where the digests stand that every certificate of the sample must have. */
export const GOLDEN: string = join(ROOT, 'test-vectors', 'certificates.json')

export interface CertificateCase {
  /** `us-902:inside/en/letter` */
  readonly name: string
  readonly template: CertifyInput['template']
  readonly language: Language
  readonly paper: Paper
}

/** Every template and variant in every language on every paper. */
export function certificateCases(): readonly CertificateCase[] {
  const forms = CERTIFICATE_TEMPLATES.flatMap(({ id, choices }) => {
    const variants: readonly (string | null)[] = choices.length === 0 ? [null] : choices.map((choice) => choice.id)
    return variants.map((choice) => ({ key: choice === null ? id : `${id}:${choice}`, template: { id, choice } }))
  })
  return forms.flatMap(({ key, template }) =>
    availableLanguages().flatMap((language) =>
      (['a4', 'letter'] as const).map((paper) => ({ name: `${key}/${language}/${paper}`, template, language, paper })),
    ),
  )
}

let judged: Promise<Judged> | undefined

/** The sample of which certificates are made: the demonstration's bundle among the test vectors. */
export function sampleJudged(): Promise<Judged> {
  judged ??= judgedBase(ROOT, 'demonstration', { trustSet: 'demonstration', confirmed: true })
  return judged
}

/** The certificate of the sample in one case. */
export async function sampleCertificate({ template, language, paper }: CertificateCase) {
  const input = { ...(await sampleJudged()), template, language, paper, list: 'auto' as const, labels: [], names: null }
  return makeCertificate(input, { typesetter: await testTypesetter(), smallDigest: nodeSmallDigest, build: TEST_BUILD })
}

export async function digestOfCase(one: CertificateCase): Promise<string> {
  const { pdf } = await sampleCertificate(one)
  return createHash('sha256').update(pdf).digest('hex')
}
