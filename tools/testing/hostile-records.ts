import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  digestOfBytes,
  establishBundleFacts,
  establishEvidenceRecordFacts,
  establishReceipt,
  type FactsRequest,
  type Finding,
  type FindingId,
  judge,
  LIMITS,
  ParseError,
  parseCertificate,
  parseFacts,
  parsePolicy,
  parseReport,
  parseTrustSet,
} from '@probatum/core'
import { nodePorts, openDirectory } from '@probatum/platform/node'
import { certificate, signedData, signerInfo, TST_INFO, tstInfo } from '../../test-vectors/make/cms.ts'
import { ascii, integer, nothing, octets, oid, sequence, set, tlv } from '../../test-vectors/make/der.ts'
import { ROOT } from '../setup.mjs'
import { asToken, type HostileInput, judgement } from './hostile-inputs.ts'

/**
 * Files that stand in a bundle or beside one, each as large as its own limit lets it be, and made of what is dearest to
 * read: the sweep hostile-records judges each in a child of its own.
 */
const MEGABYTE = 1_048_576
const DATA = ascii('an invented statement (sample)')

/** What a finding says, and the error in it. */
function told(findings: readonly Finding[], id: FindingId): string {
  const finding = findings.find((one) => one.id === id)
  if (finding === undefined) throw new TypeError(`nothing was said of ${id}`)
  const { value, reason } = finding
  return reason === undefined ? value : `${value}:${reason}`
}

/** A sealed bundle with other bytes in some of its files, or with more given beside it. */
function asBundle(
  id: FindingId,
  base: string,
  files: Readonly<Record<string, Uint8Array>>,
  given: Partial<FactsRequest> = {},
): () => Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'probatum-hostile-'))
  cpSync(join(ROOT, 'test-vectors/bundles/base', base), folder, { recursive: true })
  for (const [path, bytes] of Object.entries(files)) writeFileSync(join(folder, path), bytes)
  return async () => {
    const ports = nodePorts()
    try {
      const request = { digests: 'all', name: 'sample', bytes: null, ...given } as const
      const { factsFile } = await establishBundleFacts(await openDirectory(folder), ports, request)
      return told((await judge(factsFile, judgement(), ports)).body.findings, id)
    } finally {
      await ports.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** What a reader that needs nothing else says. */
const asFile = (read: (bytes: Uint8Array) => unknown, bytes: Uint8Array) => async () => {
  try {
    await read(bytes)
    return 'read'
  } catch (error) {
    if (error instanceof ParseError) return error.code
    throw error
  }
}

/** `before`, then as much of `one` as fits, separated by commas, then `after`. */
function repeated(size: number, before: string, one: string, after: string): Uint8Array {
  const count = Math.floor((size - before.length - after.length + 1) / (one.length + 1))
  const end = before.length + count * (one.length + 1) - 1
  const whole = Buffer.alloc(end + after.length, `${one},`, 'latin1')
  whole.fill(`${one},`, before.length, end, 'latin1')
  whole.write(before, 0, 'latin1')
  whole.write(after, end, 'latin1')
  return new Uint8Array(whole)
}

const filled = (count: number, one: string | Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.alloc(count * one.length, one))

const asReceipt = (bytes: Uint8Array) => {
  const ports = nodePorts()
  return asFile((file) => establishReceipt(file, {}, ports).finally(() => ports.close()), bytes)
}

const asRecord =
  (bytes: Uint8Array, files = 1) =>
  async () => {
    const ports = nodePorts()
    try {
      const data = Array.from({ length: files }, () => digestOfBytes(DATA, ports))
      const facts = await establishEvidenceRecordFacts({ name: 'sample', bytes }, data, ports)
      const { body } = await judge(facts, judgement(), ports)
      return `${body.assessment.indication} ${told(body.findings, 'evidence.structure')}`
    } finally {
      await ports.close()
    }
  }

/** A time-stamp with as many signers, and `more` among its certificates or its signer's unsigned attributes. */
function timeStamp(signers: number, more: { readonly certificates?: Uint8Array; readonly attributes?: Uint8Array }) {
  const signer = certificate()
  const content = tstInfo({ data: DATA })
  const { certificates, attributes } = more
  const info = signerInfo({
    signer,
    content,
    eContentType: TST_INFO,
    ...(attributes === undefined ? {} : { unsignedAttributes: [attributes] }),
  })
  return signedData({
    eContentType: TST_INFO,
    eContent: content,
    certificates: [signer.der, ...(certificates === undefined ? [] : [certificates])],
    signerInfos: Array.from({ length: signers }, () => info),
  })
}

const SHA256 = sequence(oid('2.16.840.1.101.3.4.2.1'))
const archives = (chains: number, stamps: number, archive: Uint8Array) =>
  sequence(
    integer(1),
    sequence(SHA256),
    sequence(...Array.from({ length: chains }, () => sequence(...Array.from({ length: stamps }, () => archive)))),
  )

interface RecordInput {
  readonly make: HostileInput
  readonly answer: string
}
const INPUTS = new Map<string, RecordInput>()
const add = (name: string, answer: string, make: () => () => Promise<string>) =>
  INPUTS.set(name, { make: async () => make(), answer })

/** What is cheap to write and dear to keep. */
const DEAR = {
  arrays: '[]',
  objects: '{}',
  texts: '"a"',
  'long texts': `"${'a'.repeat(13)}"`,
  members: '{"a":0}',
  numbers: '0',
} as const
for (const [what, one] of Object.entries(DEAR)) {
  // Where there are not so many that a limit would end it, the form does.
  const isFew = what === 'long texts'
  const isFewInSmall = isFew || what === 'texts' || what === 'numbers'
  const { authorisationBytes, recordBytes, reportBytes, statementBytes, trustSetBytes } = LIMITS
  add(`authorisation.json of ${what}`, isFew ? 'INDETERMINATE:malformed' : 'INDETERMINATE:limit', () =>
    asBundle('authorisation.request', 'shared', {
      'record/authorisation.json': repeated(
        authorisationBytes,
        '{"approvals":[',
        one,
        '],"authorisation":"probatum/authorisation/1-draft","request":null}',
      ),
    }),
  )
  add(`bundle.json of ${what}`, isFew ? 'INDETERMINATE:malformed' : 'INDETERMINATE:limit', () =>
    asBundle('bundle.record', 'shared', {
      'record/bundle.json': repeated(recordBytes, '{"authorities":[', one, ']}'),
    }),
  )
  add(`a notice of ${what}`, isFewInSmall ? 'INDETERMINATE:malformed' : 'INDETERMINATE:limit', () =>
    asBundle(
      'authorisation.notices',
      'shared',
      {},
      {
        notices: [repeated(statementBytes, '{"notice":{"items":[', one, ']},"signature":""}')],
      },
    ),
  )
  add(`a receipt of ${what}`, isFewInSmall ? 'ERR_JSON_SHAPE' : 'ERR_LIMIT', () =>
    asReceipt(repeated(statementBytes, '{"receipt":[', one, '],"signature":""}')),
  )
  add(`a trust set of ${what}`, isFewInSmall ? 'ERR_TRUST_SET' : 'ERR_LIMIT', () =>
    asFile(
      (bytes) => parseTrustSet(bytes, parseCertificate, nodePorts().smallDigest),
      repeated(trustSetBytes, '{"anchors":[', one, ']}'),
    ),
  )
  add(`a policy of ${what}`, isFew ? 'ERR_POLICY' : 'ERR_LIMIT', () =>
    asFile(parsePolicy, repeated(recordBytes, '{"algorithms":[', one, ']}')),
  )
  add(`a saved report of ${what}`, isFew ? 'ERR_REPORT' : 'ERR_LIMIT', () =>
    asFile((bytes) => parseReport(bytes, nodePorts().smallDigest), repeated(reportBytes, '{"body":[', one, ']}')),
  )
  add(`saved facts of ${what}`, isFew ? 'ERR_FACTS' : 'ERR_LIMIT', () =>
    asFile(parseFacts, repeated(32 * MEGABYTE, '{"container":[', one, ']}')),
  )
  for (const [file, finding] of [
    ['items.jsonl', 'disclosure.items'],
    ['custody.jsonl', 'custody.chain'],
  ] as const) {
    add(`${file} of one line of ${what}`, 'INDETERMINATE:line-unread', () =>
      asBundle(finding, 'shared', { [`record/${file}`]: repeated(64 * MEGABYTE, '[', one, ']\n') }),
    )
    add(`${file} of lines of a megabyte of ${what}`, 'INDETERMINATE:line-unread', () =>
      asBundle(finding, 'shared', {
        [`record/${file}`]: filled(48, repeated(MEGABYTE - 1, '{"type":"export","x":[', one, ']}\n')),
      }),
    )
  }
}

for (const [what, line] of [
  ['nothing', '{}\n'],
  ['openings of nothing', `{"field":"path","file":"items.jsonl","opening":"${'A'.repeat(60)}","seq":0}\n`],
  ['lines that open', '{"file":"items.jsonl","line":"{}","seq":1}\n'],
] as const) {
  const whole = (size: number) => filled(Math.floor(size / line.length), line)
  for (const [file, finding] of [
    ['disclosures.jsonl', 'disclosure.openings'],
    ['items.jsonl', 'disclosure.items'],
    ['custody.jsonl', 'custody.chain'],
  ] as const) {
    add(`${file} of lines of ${what}`, 'INDETERMINATE:limit', () =>
      asBundle(finding, 'shared', { [`record/${file}`]: whole(64 * MEGABYTE) }),
    )
  }
  add(`later openings of lines of ${what}`, line.includes('line') ? 'PASSED' : 'INDETERMINATE:limit', () =>
    asBundle('disclosure.later-form', 'shared', {}, { disclosures: [whole(8 * MEGABYTE)] }),
  )
}

add('a checkpoint of 600 signature lines', 'FAILED:origin-differs', () =>
  asBundle('log.checkpoint', 'shared', {
    'record/checkpoint': new Uint8Array(
      Buffer.from(`o\n1\n${'A'.repeat(43)}=\n\n${`— o ${'A'.repeat(92)}\n`.repeat(600)}`),
    ),
  }),
)
add('a list of a later level that names 500,000 files', 'INDETERMINATE:mismatch', () => {
  const line = (at: number) => `${'0'.repeat(128)}  data/00/${String(at).padStart(9, '0')}.x\n`
  const lines = Array.from({ length: 500_000 }, (_, at) => line(at))
  return asBundle('renewal.sums', 'renewed', { 'seal/2/sums-sha512.txt': new Uint8Array(Buffer.from(lines.join(''))) })
})

add('an evidence record of 256 time-stamps with 64 signers each', 'TOTAL-FAILED PASSED', () =>
  asRecord(archives(1, 256, sequence(timeStamp(64, {})))),
)
for (const files of [1, 1000]) {
  add(`an evidence record of 16 chains, 15 MB, and ${files} files`, 'TOTAL-FAILED PASSED', () =>
    asRecord(archives(16, 16, sequence(timeStamp(1, { certificates: octets(new Uint8Array(55_000)) }))), files),
  )
}
add('an evidence record of 16 chains of small elements', 'TOTAL-FAILED PASSED', () =>
  asRecord(archives(16, 16, sequence(timeStamp(1, { certificates: filled(16_000, sequence()) })))),
)
add('an evidence record of 65,536 digests for 10,000 files', 'TOTAL-FAILED PASSED', () => {
  const list = sequence(filled(65_536, octets(new Uint8Array(32).fill(7))))
  return asRecord(archives(1, 1, sequence(tlv(0xa2, list), timeStamp(1, {}))), 10_000)
})

add('a time-stamp of 60,000 certificates', 'INDETERMINATE:limit ERR_LIMIT', () =>
  asToken(timeStamp(1, { certificates: filled(60_000, certificate().der) })),
)
add('a time-stamp of 15,000,000 empty certificates', 'INDETERMINATE:limit ERR_LIMIT', () =>
  asToken(timeStamp(1, { certificates: filled(15_000_000, sequence()) })),
)
add('a time-stamp whose signer has 600,000 attributes', 'INDETERMINATE:limit ERR_LIMIT', () =>
  asToken(timeStamp(1, { attributes: filled(600_000, sequence(oid('2.999.1'), set(nothing()))) })),
)

/** Every input by name, with what is answered. Made when asked for. */
export const RECORD_INPUTS: ReadonlyMap<string, RecordInput> = INPUTS
