import {
  type Certificate,
  type Cms,
  formatInstant,
  generalNameText,
  type PkiStatusInfo,
  type TimeStampFile,
  type TstInfo,
  toHex,
} from '@probatum/core'
import { escapeInLine } from './escape-for-display.ts'
import { Page, type TextStyle } from './layout.ts'

/** A description in rows. It never says whether anything holds. */
export interface Description {
  readonly title: string
  readonly rows: readonly (readonly [label: string, value: string])[]
}

const hex = (bytes: Uint8Array | null): string =>
  bytes === null ? 'none' : bytes.length === 0 ? '(empty)' : toHex(bytes)

export function describeCertificate(certificate: Certificate, title = 'Certificate'): Description {
  const { basicConstraints, keyUsage, extendedKeyUsage } = certificate
  return {
    title,
    rows: [
      ['subject', certificate.subject.text],
      ['issuer', certificate.issuer.text],
      ['serialNumber', hex(certificate.serialNumber)],
      ['notBefore', formatInstant(certificate.notBefore)],
      ['notAfter', formatInstant(certificate.notAfter)],
      ['signatureAlgorithm', certificate.signatureAlgorithm.oid],
      [
        'basicConstraints',
        basicConstraints === null
          ? 'absent'
          : basicConstraints.ca
            ? `CA, pathLen ${basicConstraints.pathLen ?? 'not limited'}`
            : 'no CA',
      ],
      ['keyUsage', keyUsage === null ? 'absent' : [...keyUsage].join(', ')],
      [
        'extendedKeyUsage',
        extendedKeyUsage === null
          ? 'absent'
          : `${extendedKeyUsage.purposes.join(', ')}${extendedKeyUsage.critical ? ' (critical)' : ''}`,
      ],
      [
        'extensions',
        certificate.extensions.map(({ oid, critical }) => oid + (critical ? ' (critical)' : '')).join(', ') || 'none',
      ],
      ['SHA-256', certificate.sha256],
    ],
  }
}

export function describeCms(cms: Cms, title = 'CMS SignedData'): Description[] {
  return [
    {
      title,
      rows: [
        ['encoding', cms.encoding],
        ['version', String(cms.version)],
        ['digestAlgorithms', cms.digestAlgorithms.map(({ oid }) => oid).join(', ') || 'none'],
        ['eContentType', cms.eContentType],
        ['eContent', cms.eContent === null ? 'detached' : `${cms.eContent.length} bytes inside`],
        ['certificates', String(cms.certificates.length)],
        ['crls', String(cms.crls.length)],
      ],
    },
    ...cms.signerInfos.map(
      (signer, index): Description => ({
        title: `signerInfos[${index}]`,
        rows: [
          [
            'sid',
            signer.sid.kind === 'subjectKeyIdentifier'
              ? `subjectKeyIdentifier ${hex(signer.sid.keyIdentifier)}`
              : `serialNumber ${hex(signer.sid.serialNumber)}`,
          ],
          ['digestAlgorithm', signer.digestAlgorithm.oid],
          ['signatureAlgorithm', signer.signatureAlgorithm.oid],
          [
            'signedAttrs',
            signer.signedAttrs === null ? 'absent' : signer.signedAttrs.attributes.map(({ oid }) => oid).join(', '),
          ],
          ['unsignedAttrs', signer.unsignedAttrs.map(({ oid }) => oid).join(', ') || 'absent'],
          ['signature', `${signer.signature.length} bytes`],
        ],
      }),
    ),
  ]
}

function describeStatus({ status, statusString, failInfo }: PkiStatusInfo): Description {
  return {
    title: 'TimeStampResp',
    rows: [
      ['status', String(status)],
      ['statusString', statusString.join(' ') || 'absent'],
      ['failInfo', failInfo.join(', ') || 'absent'],
    ],
  }
}

export function describeTimestamp(file: TimeStampFile, tstInfo: TstInfo | null): Description[] {
  const descriptions: Description[] = file.statusInfo === null ? [] : [describeStatus(file.statusInfo)]
  if (tstInfo !== null)
    descriptions.push({
      title: 'TSTInfo: what the authority states',
      rows: [
        ['genTime', formatInstant(tstInfo.genTime)],
        [
          'accuracy',
          tstInfo.accuracyMicroseconds === null ? 'not stated' : `${tstInfo.accuracyMicroseconds} microseconds`,
        ],
        ['messageImprint', `${tstInfo.messageImprint.hashAlgorithm.oid} ${hex(tstInfo.messageImprint.hashedMessage)}`],
        ['serialNumber', hex(tstInfo.serialNumber)],
        ['policy', tstInfo.policy],
        ['tsa', tstInfo.tsa === null ? 'not stated' : generalNameText(tstInfo.tsa)],
        ['nonce', hex(tstInfo.nonce)],
        ['ordering', String(tstInfo.ordering)],
        ['extensions', tstInfo.extensions.map(({ oid }) => oid).join(', ') || 'none'],
      ],
    })
  if (file.token !== null) descriptions.push(...describeCms(file.token, 'The token around it'))
  return descriptions
}

/** Says at the start and at the end what it is not. */
export function renderInspection(descriptions: readonly Description[], style: TextStyle): string {
  const page = new Page(style)
  page.wrapped('This describes what stands in the file. It says nothing about whether it holds.')
  for (const { title, rows } of descriptions) {
    page.heading(escapeInLine(title))
    for (const [label, value] of rows) page.given(escapeInLine(value), 2, `${label.padEnd(19)} `)
  }
  page.blank()
  page.wrapped('Nothing was checked. `probatum verify` and `probatum timestamp verify` do that.')
  return page.text()
}
