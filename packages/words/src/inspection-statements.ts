import {
  type ArchiveTimeStamp,
  type AuthorisationRequest,
  digestName,
  type EvidenceRecord,
  formatInstant,
  type NoticeStatement,
  type ReceiptStatement,
  type TstInfo,
} from '@probatum/core'
import type { Description } from './inspection.ts'

const count = (number: number, one: string, several: string): string => `${number} ${number === 1 ? one : several}`

/** What a notice states. Whether it is believed, `verify --notices` says. */
export function describeNotice(notice: NoticeStatement): Description {
  const { kind, code, date, items, bundles, event, log, replacement, checkpoint } = notice
  return {
    title: 'Notice: what its sender states',
    rows: [
      ['kind', kind],
      ['code', code],
      ['date', date],
      ['items', items === null ? 'everything in these bundles' : items.join(', ')],
      ['log', `${log.id}, ${log.origin}`],
      [
        'log’s event',
        event === null ? 'none shown' : count(event.path.length, 'digest leads to it', 'digests lead to it'),
      ],
      ['replacement', replacement === null ? 'none' : `bundle id ${replacement}`],
      ['checkpoint', checkpoint.split('\n').slice(0, 2).join(', size ')],
      ...bundles.flatMap(({ bundle, seal, size }) => [
        ['bundle id', bundle] as const,
        ['seal id', `${seal}, log size ${size}`] as const,
      ]),
    ],
  }
}

/** What a receipt states. `receipt check` compares it with a bundle. */
export function describeReceipt({ bundle, seal, logId, exportNumber, ciphertext }: ReceiptStatement): Description {
  return {
    title: 'Receipt: what its recipient states',
    rows: [
      ['bundle id', bundle],
      ['seal id', seal],
      ['encrypted file', ciphertext === null ? 'none: the bundle came as it is' : `SHA-256 ${ciphertext}`],
      ['log', logId],
      ['export number', exportNumber],
    ],
  }
}

/** What a request to share states in the clear. `gate explain` says what is missing, and opens consents for who may see them. */
export function describeRequest(request: AuthorisationRequest): Description {
  const { recipient, purpose, assurances, conditions, consents, exceptions, grounds, head, itemCount } = request
  return {
    title: 'Request to share: what stands in the clear',
    rows: [
      ['recipient', recipient === null ? 'nobody in particular' : `${recipient.name} (${recipient.kind})`],
      ...(recipient?.key ? [['recipient’s key', recipient.key] as const] : []),
      ['purpose', purpose ?? 'not stated'],
      ...grounds.map((ground) => ['ground', ground] as const),
      ...assurances.map(({ assurance, by, date }) => ['assurance', `${assurance}, by ${by}, ${date}`] as const),
      ...conditions.map(
        ({ kind, text, until }) => ['condition', `${kind}: ${text}${until ? `, until ${until}` : ''}`] as const,
      ),
      ['consents', `for ${count(consents.length, 'item', 'items')}, under commitments`],
      ...exceptions.map(
        ({ condition, item, ground }) =>
          ['exception', `${condition}${item === null ? '' : `, item ${item}`}: ${ground}`] as const,
      ),
      ['items', `${itemCount}, root ${request.itemRoot}`],
      ['log', `${request.logId}, head ${head.size} ${head.root}`],
      ['openings', `SHA-256 ${request.disclosures}`],
      ['export number', request.exportNumber],
    ],
  }
}

/** Who approved, as the file says; the signature counts. */
export function describeApproval({
  approver,
  request,
}: {
  readonly approver: string
  readonly request: string
}): Description {
  return {
    title: 'Approval of a request to share',
    rows: [
      ['approver, as stated', approver],
      ['request', `SHA-256 ${request}`],
    ],
  }
}

/** @param infoOf TSTInfo of a time-stamp; null for one that does not read */
export function describeEvidenceRecord(
  { version, digestAlgorithms, cryptoInfos, encryptionInfo, chains }: EvidenceRecord,
  infoOf: (stamp: ArchiveTimeStamp) => TstInfo | null,
): Description[] {
  return [
    {
      title: 'EvidenceRecord (RFC 4998)',
      rows: [
        ['version', String(version)],
        ['digestAlgorithms', digestAlgorithms.map(digestName).join(', ')],
        ['cryptoInfos', cryptoInfos.join(', ') || 'absent'],
        ['encryptionInfo', encryptionInfo ?? 'absent'],
        ['chains', String(chains.length)],
        ['files', 'it names none: `probatum evidence-record verify RECORD --data FILE…` compares them'],
        ['of a bundle', '`probatum verify BUNDLE --evidence-record RECORD` finds those that it is over'],
      ],
    },
    ...chains.flatMap(({ timestamps }, chain) =>
      timestamps.map((stamp, position): Description => {
        const info = infoOf(stamp)
        const { digestAlgorithm, reducedHashtree, attributes } = stamp
        return {
          title: `archiveTimeStamp[${chain}][${position}]`,
          rows: [
            ['digestAlgorithm', digestAlgorithm === null ? 'that of the time-stamp' : digestName(digestAlgorithm)],
            [
              'reducedHashtree',
              reducedHashtree === null
                ? 'absent'
                : `lists of ${reducedHashtree.map(({ length }) => length).join(', ')}`,
            ],
            ['attributes', attributes.join(', ') || 'absent'],
            ['genTime', info === null ? 'it does not read' : formatInstant(info.genTime)],
          ],
        }
      }),
    ),
  ]
}
