import type { Verified } from '../engine/engine.ts'
import { makeHtmlReport, makePdfCertificate } from '../outputs/outputs.ts'
import type { ViewContext } from './context.ts'
import { button, el } from './dom.ts'
import { fileNameOf, part, saveFile } from './parts.ts'

/** What a person keeps: certificate, report for people, report for machines, print. */
export function outputsPart(context: ViewContext, result: Verified): HTMLElement {
  const { speaker, announce } = context
  const stem = result.report.envelope.container.name
  const sample = result.sample ? '.sample' : ''
  const keep = (ending: string, type: string, bytes: BlobPart) =>
    saveFile(context, fileNameOf(stem, `${sample}${ending}`), new Blob([bytes], { type }))
  const make = async (ending: string, type: string, made: () => Promise<BlobPart>) => {
    announce(speaker.say('saving'))
    try {
      keep(ending, type, await made())
    } catch {
      announce(speaker.say('savingFailed'), true)
    }
  }
  const pdf = makePdfCertificate
  const html = makeHtmlReport
  return part(
    speaker.say('outputsHeading'),
    { class: 'no-print' },
    el(
      'div',
      { class: 'buttons' },
      pdf === null
        ? null
        : button(
            speaker.say('savePdf'),
            () => make('.certificate.pdf', 'application/pdf', () => pdf(context, result)),
            {
              class: 'first-choice',
              id: 'save-pdf',
            },
          ),
      html === null
        ? null
        : button(speaker.say('saveHtml'), () => make('.report.html', 'text/html', () => html(context, result)), {
            id: 'save-html',
          }),
      button(speaker.say('saveJson'), () => keep('.report.json', 'application/json', result.reportBytes), {
        id: 'save-json',
      }),
      button(speaker.say('print'), () => window.print(), {
        id: 'print',
        class: pdf === null ? 'first-choice' : undefined,
      }),
    ),
    pdf === null ? el('p', { class: 'measure' }, speaker.say('printInstead')) : null,
    el('p', { class: 'quiet measure' }, speaker.say('keepNote')),
  )
}
