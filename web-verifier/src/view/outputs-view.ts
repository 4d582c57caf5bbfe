import { CERTIFICATE_TEMPLATES, type CertificateTemplate } from '@probatum/words/certificate'
import type { Output, OutputRequest, Verified } from '../engine/engine.ts'
import { inGroups } from '../rows/typed-digits.ts'
import { phrase, type ViewContext } from './context.ts'
import { button, el, fill } from './dom.ts'
import { copyButton, field, fileNameOf, hash, part, saveFile, select } from './parts.ts'
import type { Item } from './state.ts'

/** Only bundles and bags have certificates. */
const CERTIFIED: ReadonlySet<Verified['kind']> = new Set(['bundle', 'bag'])

interface Form {
  readonly template: CertificateTemplate
  /** The variant, of a template that has some: none of them is a default. */
  readonly choice: CertificateTemplate['choices'][number] | null
}

/** Every form that a certificate can have behind it, the general one, which has none, first. */
const FORMS = CERTIFICATE_TEMPLATES.flatMap((template): Form[] =>
  template.choices.length === 0
    ? [{ template, choice: null }]
    : template.choices.map((choice) => ({ template, choice })),
) as [Form, ...Form[]]

function nameOfForm({ messages }: ViewContext, { template: { title }, choice }: Form): string {
  const name = 'label' in title ? messages.certificate.labels[title.label] : title.text
  return choice === null ? name : `${name}: ${choice.describe}`
}

/** What a person keeps: certificate, report for people, report for machines, print. */
export function outputsPart(context: ViewContext, item: Item): HTMLElement {
  const { speaker, engine } = context
  const { result } = item
  if (result === null) throw new TypeError('an output needs a result')
  // Neither says that it was made from saved facts: whoever keeps one takes it for a check of files.
  const isOfFiles = CERTIFIED.has(result.kind) && item.subject.kind !== 'facts'
  const canCertify = engine.outputs.includes('certificate') && isOfFiles
  const canHtml = engine.outputs.includes('html') && isOfFiles
  const made = el('div', { role: 'status' })
  let paper: 'a4' | 'letter' = 'a4'
  let form = FORMS[0]
  return part(
    speaker.say('outputsHeading'),
    { class: 'no-print' },
    canCertify
      ? field(
          speaker.say('paper'),
          select(
            [
              { value: 'a4', label: 'A4' },
              { value: 'letter', label: 'Letter', lang: 'en' },
            ],
            paper,
            (value) => {
              paper = value === 'letter' ? 'letter' : 'a4'
            },
          ),
        )
      : null,
    canCertify
      ? field(
          speaker.say('annexForm'),
          select(
            FORMS.map((each, index) => ({
              value: String(index),
              label: nameOfForm(context, each),
              // A court's form has its name in the court's language.
              lang: 'lang' in each.template.title ? each.template.title.lang : undefined,
            })),
            '0',
            (value) => {
              form = FORMS[Number(value)] ?? FORMS[0]
            },
          ),
        )
      : null,
    el(
      'div',
      { class: 'buttons' },
      canCertify
        ? button(
            speaker.say('savePdf'),
            () =>
              make(context, item, result, made, {
                kind: 'certificate',
                language: speaker.language,
                paper,
                template: { id: form.template.id, choice: form.choice?.id ?? null },
              }),
            { class: 'first-choice', id: 'save-pdf' },
          )
        : null,
      canHtml
        ? button(
            speaker.say('saveHtml'),
            () =>
              make(context, item, result, made, {
                kind: 'html',
                language: speaker.language,
              }),
            {
              id: 'save-html',
            },
          )
        : null,
      button(
        speaker.say('saveJson'),
        () =>
          saveFile(
            context,
            nameFor(result, '.report.json'),
            new Blob([result.reportBytes], { type: 'application/json' }),
          ),
        { id: 'save-json' },
      ),
      button(speaker.say('print'), () => window.print(), {
        id: 'print',
        class: canCertify ? undefined : 'first-choice',
      }),
    ),
    made,
    canCertify ? null : el('p', { class: 'measure' }, speaker.say(isOfFiles ? 'printInstead' : 'printAlone')),
    el('p', { class: 'quiet measure' }, speaker.say('keepNote')),
  )
}

/** The name says that it is a sample, too: a file is looked at apart from this page. */
function nameFor({ report, sample }: Verified, ending: string): string {
  return fileNameOf(report.envelope.container.name, `${sample ? '.sample' : ''}${ending}`)
}

async function make(
  context: ViewContext,
  item: Item,
  result: Verified,
  place: HTMLElement,
  wanted: OutputRequest,
): Promise<void> {
  const { speaker, engine } = context
  // The place is a status, and so is read out too.
  const tell = (key: 'saving' | 'savingFailed') => fill(place, el('p', { class: 'note' }, speaker.say(key)))
  tell('saving')
  try {
    const output = await engine.output(result, wanted).done
    if (wanted.kind === 'html') {
      saveFile(context, nameFor(result, '.report.html'), new Blob([output.bytes], { type: 'text/html' }))
      fill(place)
      return
    }
    if (output.certificateId !== null) item.certificates.push(output.certificateId)
    const name = nameFor(result, '.certificate.pdf')
    saveFile(context, name, new Blob([output.bytes], { type: 'application/pdf' }))
    fill(place, certificateMade(context, name, output))
  } catch {
    tell('savingFailed')
  }
}

function certificateMade(context: ViewContext, name: string, { certificateId, sidecar }: Output): HTMLElement {
  const { speaker } = context
  return el(
    'div',
    { class: 'note' },
    certificateId === null
      ? null
      : el(
          'p',
          {},
          phrase(speaker, 'certificateMade', { number: hash(certificateId) }),
          ' ',
          copyButton(context, inGroups(certificateId), speaker.say('savePdf')),
        ),
    sidecar === null
      ? null
      : button(speaker.say('saveSidecar'), () =>
          saveFile(context, `${name}.json`, new Blob([sidecar], { type: 'application/json' })),
        ),
  )
}
