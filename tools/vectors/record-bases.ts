import type { BundleRecord } from '@probatum/core'
import type { Bases } from './bases.ts'
import { PKI } from './pki.ts'
import { type Files, fileAt, hex, list, replaceText, seal, text } from './seal.ts'

const BUNDLE = 'record/bundle.json'
const ITEMS = 'record/items.jsonl'
const CUSTODY = 'record/custody.jsonl'
const DISCLOSURES = 'record/disclosures.jsonl'

/** Bundles whose issuer sealed a record that has one thing wrong with it: every digest and signature fits. */
const recorded = (record: (record: BundleRecord) => unknown) => () => seal({ record })
const filed = (files: (files: Files) => void) => () => seal({ files })

function editLines(files: Files, path: string, edit: (lines: string[]) => string[]): void {
  const lines = new TextDecoder().decode(fileAt(files, path)).split('\n').slice(0, -1)
  files.set(
    path,
    text(
      edit(lines)
        .map((line) => `${line}\n`)
        .join(''),
    ),
  )
}

const alter = (at: number, change: (line: Record<string, unknown>) => unknown) => (lines: string[]) =>
  lines.with(at, JSON.stringify(change(JSON.parse(lines.at(at) ?? ''))))

export const recordBases: Bases = {
  'format-2': recorded((record) => ({ ...record, format: 'probatum/bundle/2' })),
  'format-2-throughout': () =>
    seal({
      record: (record) => ({ ...record, format: 'probatum/bundle/2' }),
      files: (files) => replaceText(files, 'bag-info.txt', '/bundle/1-draft', '/bundle/2'),
    }),
  'profile-of-format-2': filed((files) => replaceText(files, 'bag-info.txt', '/bundle/1-draft', '/bundle/2')),
  'profile-missing': filed((files) =>
    replaceText(files, 'bag-info.txt', 'BagIt-Profile-Identifier', 'Example-Profile-Identifier'),
  ),
  'bundle-json-unknown-member': recorded((record) => ({ ...record, validUntil: '2026-01-01' })),
  'bundle-json-member-missing': recorded(({ created: _, ...record }) => record),
  'bundle-json-not-canonical': filed((files) =>
    files.set(
      BUNDLE,
      text(`${JSON.stringify(JSON.parse(new TextDecoder().decode(fileAt(files, BUNDLE))), null, 2)}\n`),
    ),
  ),
  'bundle-json-duplicate-key': filed((files) =>
    replaceText(files, BUNDLE, '"itemCount":1', '"itemCount":1,"itemCount":1'),
  ),
  'bundle-json-format-not-named': recorded((record) => ({ ...record, format: 'example/1' })),
  'declares-other-signer': recorded((record) => ({
    ...record,
    seal: record.seal.map((one) => ({ ...one, signer: hex('sha256', PKI.unit.der) })),
  })),
  'declares-two-tokens': recorded((record) => ({
    ...record,
    seal: record.seal.map((one) => ({ ...one, timestamps: 2 })),
  })),
  'declares-second-signature': recorded((record) => ({
    ...record,
    seal: [...record.seal, ...record.seal.map((one) => ({ ...one, file: 'tagmanifest-sha256.txt.mldsa.p7s' }))],
  })),
  'declares-other-authority': recorded((record) => ({
    ...record,
    authorities: record.authorities.map(({ label }) => ({ label, subject: 'CN=Example Elsewhere (sample)' })),
  })),
  'declares-other-label': recorded((record) => ({
    ...record,
    authorities: record.authorities.map(({ subject }) => ({ label: 'elsewhere', subject })),
  })),
  'created-later-than-time-stamp': recorded((record) => ({ ...record, created: '2026-03-14T19:12:00Z' })),
  'item-count-differs': recorded((record) => ({ ...record, itemCount: 2 })),
  'log-id-differs': recorded((record) => ({ ...record, log: { ...record.log, id: '0'.repeat(32) } })),
  'items-not-in-order': filed((files) =>
    editLines(
      files,
      ITEMS,
      alter(0, (line) => ({ ...line, seq: 7 })),
    ),
  ),
  'items-unknown-type': filed((files) =>
    editLines(
      files,
      ITEMS,
      alter(0, (line) => ({ ...line, type: 'hologram' })),
    ),
  ),
  'items-slot-missing': filed((files) =>
    editLines(
      files,
      ITEMS,
      alter(0, (line) => ({ ...line, sd: (line.sd as string[]).slice(1) })),
    ),
  ),
  'items-last-line-end-missing': filed((files) => files.set(ITEMS, fileAt(files, ITEMS).subarray(0, -1))),
  'custody-not-canonical': filed((files) => editLines(files, CUSTODY, (lines) => lines.with(1, ` ${lines[1]}`))),
  'custody-export-withheld': filed((files) =>
    editLines(files, CUSTODY, (lines) =>
      lines.with(-1, JSON.stringify({ seq: lines.length - 1, withheld: hex('sha256', text(lines.at(-1) ?? '')) })),
    ),
  ),
  'custody-event-withheld': filed((files) => {
    editLines(files, CUSTODY, (lines) =>
      lines.with(1, JSON.stringify({ seq: 1, withheld: hex('sha256', text(lines[1] ?? '')) })),
    )
    editLines(files, DISCLOSURES, (lines) =>
      lines.filter((line) => !(line.includes('"custody.jsonl"') && line.includes('"seq":1'))),
    )
  }),
  'authorisation-differs-from-event': filed((files) =>
    editLines(
      files,
      CUSTODY,
      alter(-1, (line) => ({ ...line, authorisation: '0'.repeat(64) })),
    ),
  ),
  'checkpoint-size-differs': filed((files) => editLines(files, 'record/checkpoint', (lines) => lines.with(1, '4'))),
  'disclosure-of-other-field': filed((files) =>
    editLines(
      files,
      DISCLOSURES,
      alter(0, (line) => ({ ...line, field: 'originalName' })),
    ),
  ),
  'verify-text-altered': filed((files) =>
    files.set('VERIFY.txt', text('To check this bundle run: sh ./check-all.sh\n')),
  ),
  'record-file-added': filed((files) => files.set('record/opinion.json', text('{}'))),
  'manifest-spaces': filed((files) => replaceText(files, 'manifest-sha256.txt', '  data/', ' *data/')),
  'manifest-upper-case': filed((files) =>
    editLines(files, 'manifest-sha256.txt', (lines) =>
      lines.map((line) => line.slice(0, 64).toUpperCase() + line.slice(64)),
    ),
  ),
  'bag-version-0.97-native': filed((files) =>
    replaceText(files, 'bagit.txt', 'BagIt-Version: 1.0', 'BagIt-Version: 0.97'),
  ),
  'oxum-missing': filed((files) => replaceText(files, 'bag-info.txt', 'Payload-Oxum', 'Payload-Sum')),
}

/** The same, where a file of `small` is not there. */
export const recordBundles: Bases = {
  'record-file-missing': filed((files) => void files.delete('record/proofs.jsonl')),
  'payload-name-not-of-the-form': () =>
    seal({
      files: (files) => {
        const path = 'data/00/000001.txt'
        files.set('data/Witness A (sample).txt', fileAt(files, path))
        files.delete(path)
        list(files, 'manifest-sha256.txt', (one) => one.startsWith('data/'))
      },
    }),
  'no-payload': () =>
    seal({
      files: (files) => {
        for (const path of [...files.keys()]) if (path.startsWith('data/')) files.delete(path)
        list(files, 'manifest-sha256.txt', (path) => path.startsWith('data/'))
        replaceText(files, 'bag-info.txt', 'Payload-Oxum: 54.1', 'Payload-Oxum: 0.0')
      },
    }),
}
