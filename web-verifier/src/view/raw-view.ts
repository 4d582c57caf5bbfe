import { type ContainerKind, fromBase64, manifestName } from '@probatum/core'
import { renderSteps, type Shell, signatureSteps } from '@probatum/words'
import type { Verified } from '../engine/engine.ts'
import { phrase, type ViewContext } from './context.ts'
import { button, el } from './dom.ts'
import { fileNameOf, given, namedFold, part, saveFile } from './parts.ts'

/** What the result was made from, as files: facts, seal, time-stamps, records, and the commands that repeat it. */
export function rawPart(context: ViewContext, result: Verified): HTMLElement {
  const { speaker } = context
  const name = result.report.envelope.container.name
  const members = membersOf(result)
  const withdrawals = withdrawalsOf(result)
  return part(
    speaker.say('rawHeading'),
    { class: 'no-print' },
    el('p', {}, speaker.say('rawLead')),
    el(
      'div',
      { class: 'buttons' },
      button(
        speaker.say('saveFacts'),
        () =>
          saveFile(
            context,
            fileNameOf(name, '.facts.json'),
            new Blob([result.factsBytes], { type: 'application/json' }),
          ),
        { id: 'save-facts' },
      ),
      result.kind === 'bundle' || result.kind === 'bag'
        ? (['sh', 'powershell'] as const).map((shell) =>
            button(phrase(speaker, 'rawSteps', { shell: shell === 'sh' ? 'sh' : 'PowerShell' }), () =>
              saveSteps(context, result, shell),
            ),
          )
        : null,
    ),
    members.length + withdrawals.length === 0
      ? null
      : namedFold(
          'raw',
          speaker.say('rawHeading'),
          el(
            'ul',
            { class: 'cards' },
            members.map((path) =>
              el(
                'li',
                {},
                button(phrase(speaker, 'rawMember', { name: given(path) }), () => saveMember(context, result, path)),
              ),
            ),
            withdrawals.map(({ name: file, der }) =>
              el(
                'li',
                {},
                button(phrase(speaker, 'rawMember', { name: given(file) }), () =>
                  saveFile(context, file, new Blob([der], { type: 'application/octet-stream' })),
                ),
              ),
            ),
          ),
        ),
  )
}

/** Withdrawal lists and answers that were looked at, from the bundle or given beside it. */
function withdrawalsOf({
  facts,
}: Verified): readonly { readonly name: string; readonly der: Uint8Array<ArrayBuffer> }[] {
  const { crls, ocsp } = facts.facts.revocation
  const named = (pooled: typeof crls, ending: string) =>
    pooled.flatMap(({ sha256, der }) => {
      const bytes = fromBase64(der)
      return bytes === undefined ? [] : [{ name: `${sha256.slice(0, 16)}${ending}`, der: Uint8Array.from(bytes) }]
    })
  return [...named(crls, '.crl'), ...named(ocsp, '.ocsp')]
}

/** Files outside data/ that the facts name. */
function membersOf({ facts, kind }: Verified): readonly string[] {
  if (kind !== 'bundle') return []
  const { records, signatures, bag } = facts.facts
  return [
    ...new Set([
      ...signatures.flatMap(({ path, tokens }) => [
        path,
        ...tokens.filter(({ at }) => at === null).map((token) => token.path),
      ]),
      ...(records?.files ?? []).filter(({ state }) => state !== 'absent').map(({ path }) => path),
      ...(bag?.manifests ?? []).map(({ path }) => path),
    ]),
  ]
}

function saveMember(context: ViewContext, result: Verified, path: string): void {
  const { speaker, show } = context
  context.engine.member(result, path).done.then(
    (bytes) =>
      saveFile(
        context,
        fileNameOf(path.replace(/^.*\//, ''), ''),
        new Blob([bytes], { type: 'application/octet-stream' }),
      ),
    () => show(speaker.say('savingFailed'), true),
  )
}

const CONTAINERS: ReadonlySet<ContainerKind> = new Set(['directory', 'zip', 'tar'])

function saveSteps(context: ViewContext, result: Verified, shell: Shell): void {
  const { container } = result.report.envelope
  const manifests = (result.facts.facts.bag?.manifests ?? []).flatMap(({ path }) => {
    const name = manifestName(path)
    return name === undefined ? [] : [{ path, kind: name.kind, algorithm: name.algorithm }]
  })
  const text = renderSteps(
    {
      path: container.name,
      kind: CONTAINERS.has(container.kind) ? container.kind : 'directory',
      topFolder: topFolderOf(result),
      manifests,
      signatures: signatureSteps(result.report),
      roots: null,
      log: null,
    },
    shell,
  )
  saveFile(
    context,
    fileNameOf(container.name, shell === 'sh' ? '.check.sh' : '.check.ps1'),
    new Blob([text], { type: 'text/plain;charset=utf-8' }),
  )
}

/** The folder inside the archive that holds bagit.txt, from what the container says of itself. */
function topFolderOf({ report }: Verified): string | null {
  const { oddities } = report.envelope.container
  return oddities.some(({ id }) => id.endsWith('top-folder-missing')) ? null : stemOf(report.envelope.container.name)
}

function stemOf(name: string): string {
  return name.replace(/\.(zip|tar)$/i, '')
}
