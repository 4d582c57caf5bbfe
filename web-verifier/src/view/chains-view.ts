import { type Certificate, formatInstant, orNull, parseCertificate, toBase64, toHex } from '@probatum/core'
import { commonNameOf } from '@probatum/words'
import type { TrustSetChoice, Verified } from '../engine/engine.ts'
import { type ChainLink, type ChainOf, chainsOf, pemOf } from '../rows/chains.ts'
import type { TextKey } from '../texts/texts.ts'
import { phrase, type ViewContext } from './context.ts'
import { button, el } from './dom.ts'
import { copyButton, day, fileNameOf, fold, given, hash, pairs, part, saveFile, wordSign } from './parts.ts'

const HEADS = {
  seal: 'chainSeal',
  signature: 'chainSignature',
  'time-stamp': 'chainStamp',
  certificate: 'chainAsked',
} as const satisfies Readonly<Record<ChainOf['what'], TextKey>>

/** What core calls the only one, where no file of a bundle has a name. */
const LONE: ReadonlySet<string> = new Set(['signature', 'timestamp'])

const KEYS = {
  seal: 'roleSealKey',
  signature: 'roleSignatureKey',
  'time-stamp': 'roleStampKey',
  certificate: 'roleAsked',
} as const satisfies Readonly<Record<ChainOf['what'], TextKey>>

/** Certificates as a list from the key that signed to the entry on the list: names and roles first. */
export function chainsPart(context: ViewContext, result: Verified): HTMLElement {
  const { speaker } = context
  const chains = chainsOf(result.report, result.facts)
  return part(
    speaker.say('chainHeading'),
    {},
    el(
      'p',
      { class: 'measure' },
      speaker.say(chains.some(({ what }) => what === 'certificate') ? 'chainLeadAsked' : 'chainLead'),
    ),
    chains.length === 0 ? el('p', {}, speaker.say('chainNone')) : chains.map((chain) => chainItem(context, chain)),
  )
}

function chainItem(context: ViewContext, chain: ChainOf): HTMLElement {
  const { speaker } = context
  const holds = chain.finding?.value === 'PASSED'
  const last = chain.links.at(-1)
  let inner: HTMLElement | null = null
  for (const [index, link] of [...chain.links.entries()].reverse()) {
    const item: HTMLElement = el('li', {}, linkItem(context, chain, link, index), inner)
    inner = el('ol', { class: 'chain' }, item)
  }
  return el(
    'div',
    {},
    el(
      'h3',
      {},
      LONE.has(chain.file)
        ? speaker.say(chain.what === 'time-stamp' ? 'kindTimestamp' : 'kindSignature')
        : phrase(speaker, HEADS[chain.what], { file: given(chain.file) }),
    ),
    el(
      'p',
      {},
      wordSign(
        holds ? 'match' : 'undecided',
        speaker.say(holds && last?.isAnchor === true ? 'chainHolds' : 'chainOpen'),
      ),
    ),
    inner ?? el('p', {}, speaker.say('chainNotFound')),
  )
}

function read(der: Uint8Array | null): Certificate | null {
  return der === null ? null : orNull(() => parseCertificate(der))
}

function anchorOf({ engine }: ViewContext, sha256: string): TrustSetChoice['anchors'][number] | undefined {
  const sets = [
    ...engine.trustSets,
    ...engine.intake.beside.flatMap((each) => (each.kind === 'trust-set' ? [each.trustSet] : [])),
  ]
  return sets.flatMap(({ anchors }) => anchors).find((anchor) => anchor.sha256 === sha256)
}

/** One attribute of a name in RFC 4514 form. */
function attribute(name: string, type: string): string | null {
  const match = new RegExp(`(?:^|[,+])${type}=((?:\\\\.|[^\\\\,+])*)`).exec(name)
  return match?.[1] === undefined || match[1] === '' ? null : match[1].replace(/\\([ "#+,;<=>\\])/g, '$1')
}

function linkItem(context: ViewContext, chain: ChainOf, link: ChainLink, index: number): HTMLElement {
  const { speaker } = context
  const certificate = read(link.der)
  const anchor = link.isAnchor ? anchorOf(context, link.sha256) : undefined
  const subject = certificate?.subject.text ?? anchor?.subject ?? null
  const role = link.isAnchor
    ? phrase(speaker, 'roleAnchor', { label: given(chain.anchorLabel ?? anchor?.label ?? '', 'text') })
    : index === 0
      ? speaker.say(KEYS[chain.what])
      : speaker.say('roleVouched')
  const organisation = subject === null ? null : attribute(subject, 'O')
  const country = subject === null ? null : attribute(subject, 'C')
  return el(
    'div',
    {},
    el('p', { class: 'small quiet' }, role),
    el('p', {}, el('strong', {}, subject === null ? hash(link.sha256) : given(commonNameOf(subject), 'text'))),
    pairs([
      organisation === null ? null : [speaker.say('organisation'), given(organisation, 'text')],
      country === null ? null : [speaker.say('country'), given(country, 'text')],
      certificate === null
        ? null
        : [
            speaker.say('validity'),
            phrase(speaker, 'validFromTo', {
              from: day(context, formatInstant(certificate.notBefore)),
              to: day(context, formatInstant(certificate.notAfter)),
            }),
          ],
      [
        speaker.say('onYourList'),
        speaker.say(link.isAnchor ? 'onList' : chain.finding?.value === 'PASSED' ? 'onListBelow' : 'notOnList'),
      ],
    ]),
    fold(
      [
        speaker.say('certDetails'),
        el('span', { class: 'aside' }, ' ', given(subject === null ? link.sha256 : commonNameOf(subject), 'text')),
      ],
      false,
      pairs([
        subject === null ? null : [speaker.say('wholeName'), given(subject, 'text')],
        [speaker.say('certFingerprint'), [hash(link.sha256), ' ', copyButton(context, link.sha256)]],
        certificate === null ? null : [speaker.say('serial'), el('code', {}, toHex(certificate.serialNumber))],
        certificate?.keyUsage === null || certificate === null
          ? null
          : [speaker.say('keyUsage'), el('code', {}, [...certificate.keyUsage].join(' '))],
      ]),
      link.der === null ? null : button(speaker.say('savePem'), () => savePem(context, link), { class: 'no-print' }),
    ),
  )
}

function savePem(context: ViewContext, { der, sha256 }: ChainLink): void {
  if (der === null) return
  saveFile(
    context,
    fileNameOf(`certificate-${sha256.slice(0, 16)}`, '.pem'),
    new Blob([pemOf(der, toBase64)], { type: 'application/x-pem-file' }),
  )
}
