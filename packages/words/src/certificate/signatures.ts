import {
  type Certificate,
  type Crl,
  describeKey,
  describeTrustSet,
  formatInstant,
  fromBase64,
  orNull,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  type SignatureAlgorithm,
  type SignerFacts,
  type TokenFacts,
  toHex,
  trustSetCode,
} from '@probatum/core'
import type { TableCell, TextRun } from '../document.ts'
import { escapeInLine } from '../escape-for-display.ts'
import { fillPlaces } from '../language.ts'
import { type Context, nameOfDigest } from './context.ts'
import { writeEvidenceRecords } from './evidence-records.ts'
import { code, LINE_END, name, type Value, type Writer } from './writer.ts'

/** Every signature and time-stamp with what identifies it, from the facts; what holds, the checks say. */
export function writeSignatures(writer: Writer, context: Context): void {
  const { facts, report } = context
  writer.heading(1, 'headingSignatures')
  if (facts.signatures.length === 0) {
    writer.say('noSignatures')
    writeEvidenceRecords(writer, context)
    return
  }
  const pool = new Map(facts.certificates.map(({ sha256, der }) => [sha256, der]))
  for (const [index, file] of facts.signatures.entries()) {
    const n = String(index + 1)
    const summary = report.body.signatures.find((one) => file.path === one.file || file.path.endsWith(`/${one.file}`))
    writer.heading(2, 'headingSignature', { n })
    writer.facts([
      ['signatureFile', name(file.path)],
      ['signatureDigest', code(file.sha256)],
      ['signatureOver', name(file.covers)],
      ['signatureForm', file.cms === null ? writer.label('unreadable') : `CMS SignedData, ${file.cms.encoding}`],
    ])
    for (const signer of file.cms?.signers ?? [])
      writer.facts([
        ...signerRows(writer, signer, pool),
        ['claimedTime', signer.signingTime === null ? writer.label('notStated') : escapeInLine(signer.signingTime)],
      ])
    const best = summary?.bestSignatureTime ?? null
    writer.facts([
      ['bestTime', best === null ? writer.runs('provedNothingHere') : writer.label('bestTimeText', { time: best })],
    ])
    if (file.tokens.length === 0) writer.say('noTokens')
    for (const [at, token] of file.tokens.entries()) {
      writer.heading(3, 'headingToken', { n: String(at + 1), signature: n })
      writeToken(writer, token, { covers: file.path, summary: summary?.timestamps[at], pool })
    }
  }
  writeEvidenceRecords(writer, context)
  writer.say('qualifiedNotAssessed')
}

type Row = readonly [
  'signatureAlgorithm' | 'signerName' | 'signerIssuer' | 'serialNumber' | 'fingerprint' | 'validity' | 'claimedTime',
  Value | null,
]

function signerRows(writer: Writer, signer: SignerFacts, pool: ReadonlyMap<string, string>): readonly Row[] {
  const candidate = signer.candidates.find(({ signature }) => signature === 'valid') ?? signer.candidates[0]
  const certificate = candidate === undefined ? null : certificateOf(pool, candidate.certificate)
  const method = [
    candidate?.signatureAlgorithm == null ? null : nameOfScheme(candidate.signatureAlgorithm),
    certificate === null ? null : nameOfKey(writer, certificate),
  ].filter((part) => part !== null)
  return [
    ['signatureAlgorithm', method.length === 0 ? code(signer.signatureAlgorithmOid) : method.join('; ')],
    ['signerName', certificate === null ? escapeInLine(signer.sid) : escapeInLine(certificate.subject.text)],
    ['signerIssuer', certificate === null ? null : escapeInLine(certificate.issuer.text)],
    ['serialNumber', certificate === null ? null : code(toHex(certificate.serialNumber))],
    ['fingerprint', candidate === undefined ? null : code(candidate.certificate)],
    ['validity', certificate === null ? null : validity(writer, certificate)],
  ]
}

function validity(writer: Writer, { notBefore, notAfter }: Certificate): string {
  return fillPlaces(writer.label('validityText'), { from: formatInstant(notBefore), until: formatInstant(notAfter) })
}

/**
 * Facts keep a certificate's bytes under their digest; bytes of another digest are somebody's forgery, and what this version
 * cannot read is left out, as the checks say.
 */
export function certificateOf(pool: ReadonlyMap<string, string>, sha256: string): Certificate | null {
  const bytes = fromBase64(pool.get(sha256) ?? '')
  const certificate = bytes === undefined ? null : orNull(() => parseCertificate(bytes))
  return certificate?.sha256 === sha256 ? certificate : null
}

/** The standards' own names, the same in every language. */
export function nameOfScheme(algorithm: SignatureAlgorithm): string {
  switch (algorithm.scheme) {
    case 'rsa-pkcs1':
      return `RSASSA-PKCS1-v1_5, ${nameOfDigest(algorithm.digest)}`
    case 'rsa-pss':
      return `RSASSA-PSS, ${nameOfDigest(algorithm.digest)}`
    case 'ecdsa':
      return `ECDSA, ${nameOfDigest(algorithm.digest)}`
    case 'ed25519':
      return 'Ed25519'
    case 'ed448':
      return 'Ed448'
    case 'ml-dsa':
      return `ML-DSA-${algorithm.set}`
    case 'slh-dsa':
      return `SLH-DSA-${algorithm.set}`
  }
}

function nameOfKey(writer: Writer, { spki }: Certificate): string | null {
  const key = describeKey(spki)
  switch (key.kind) {
    case 'rsa':
      return writer.label('keyText', { kind: 'RSA', bits: String(key.bits) })
    case 'ec':
      return key.curve
    case 'other':
      return escapeInLine(key.met)
    default:
      return null
  }
}

interface TokenContext {
  readonly covers: string
  readonly summary: Context['report']['body']['signatures'][number]['timestamps'][number] | undefined
  readonly pool: ReadonlyMap<string, string>
}

function writeToken(writer: Writer, token: TokenFacts, { covers, summary, pool }: TokenContext): void {
  const { tstInfo } = token
  writer.facts([
    ['signatureFile', name(token.path)],
    ['tokenDigest', code(token.sha256)],
    [
      'tokenAuthority',
      summary?.authority == null
        ? tstInfo?.tsa == null
          ? null
          : escapeInLine(tstInfo.tsa)
        : escapeInLine(summary.authority),
    ],
    ['tokenTime', tstInfo === null ? writer.label('unreadable') : escapeInLine(tstInfo.genTime)],
    [
      'tokenAccuracy',
      tstInfo === null
        ? null
        : tstInfo.accuracyMicroseconds === null
          ? writer.label('notStated')
          : secondsOf(tstInfo.accuracyMicroseconds),
    ],
    ['serialNumber', tstInfo === null ? null : code(tstInfo.serialNumber)],
    ['tokenPolicy', tstInfo === null ? null : code(tstInfo.policy)],
    [
      'tokenImprint',
      tstInfo === null ? null : code(tstInfo.hashedMessage),
      { algorithm: tstInfo === null ? '' : escapeInLine(nameOfDigest(tstInfo.imprintAlgorithm)) },
    ],
    ['tokenCovers', name(covers)],
  ])
  for (const signer of token.cms?.signers ?? []) writer.facts(signerRows(writer, signer, pool))
}

/** Microseconds as seconds, without a fraction that is zero. */
function secondsOf(microseconds: number): string {
  return `${microseconds / 1_000_000} s`
}

/** Whose keys were believed, and who chose them. */
export function writeTrust(writer: Writer, { report, trustSet, policy, facts }: Context): void {
  const { trustSet: chosen, inputs } = report.body
  writer.heading(1, 'headingTrust')
  if (chosen === null) writer.say('anchorsNone')
  else {
    writer.say('anchorsChosen')
    writer.say(inputs.setCode === 'confirmed' ? 'anchorsConfirmed' : 'anchorsNotConfirmed')
    writer.facts([
      ['setIssuer', escapeInLine(chosen.issuer)],
      [
        'setNumber',
        writer.label('setNumberText', {
          number: String(chosen.number),
          date: escapeInLine(chosen.date),
          review: escapeInLine(chosen.reviewBy),
        }),
      ],
      ['setDigest', code(chosen.sha256)],
      ['setCode', code(trustSetCode(chosen.sha256))],
      ['chosenBy', writer.label('chosenByOperator')],
    ])
  }
  if (trustSet !== null)
    writer.table(
      'captionAnchors',
      [
        ['columnRole', 2],
        ['columnName', 3],
        ['columnDigest', 'fit'],
        ['columnSource', 2],
      ],
      describeTrustSet(trustSet).map(({ entry, certificate }): readonly TableCell[] => [
        [{ text: writer.messages.roles[entry.role].title }],
        [{ text: escapeInLine(entry.label) }],
        [certificate === null ? name(entry.verifierKey ?? '') : code(certificate.sha256)],
        [{ text: escapeInLine(entry.source) }],
      ]),
    )
  writer.heading(2, 'headingRevocation')
  const { revocation } = policy
  const rule =
    revocation === 'required' ? 'ruleRequired' : revocation === 'if-present' ? 'ruleIfPresent' : 'ruleNotChecked'
  writer.say('revocationRule', { rule: writer.runs(rule) })
  const rows = revocationRows(writer, facts)
  if (rows.length === 0) writer.say('revocationNone')
  writer.table(
    'captionRevocation',
    [
      ['columnKind', 'fit'],
      ['columnName', 2],
      ['columnFrom', 'fit'],
      ['columnUntil', 'fit'],
      ['columnSource', 3],
    ],
    rows,
  )
}

function revocationRows(writer: Writer, { revocation }: Context['facts']): readonly (readonly TableCell[])[] {
  const row = (
    kind: string,
    issuer: string,
    times: readonly [string, string | null],
    digest: string,
    source: string,
  ) => [
    [{ text: kind }],
    [{ text: escapeInLine(issuer) }],
    [{ text: times[0] }],
    [{ text: times[1] ?? writer.label('notStated') }],
    [name(source), LINE_END, code(digest)] as readonly TextRun[],
  ]
  return [
    ...revocation.crls.flatMap(({ sha256, der, source }) => {
      const crl = crlOf(der)
      if (crl?.sha256 !== sha256) return []
      const next = crl.nextUpdate === null ? null : formatInstant(crl.nextUpdate)
      return [row('CRL', crl.issuer.text, [formatInstant(crl.thisUpdate), next], sha256, source)]
    }),
    ...revocation.ocsp.flatMap(({ sha256, der, source }) => {
      const response = orNull(() => parseOcspResponse(fromBase64(der) ?? new Uint8Array()))
      const basic = response?.sha256 === sha256 ? response.basic : null
      if (basic === null) return []
      const who = basic.responderId.kind === 'byName' ? basic.responderId.name.text : toHex(basic.responderId.keyHash)
      const first = basic.responses[0]
      const next = first?.nextUpdate == null ? null : formatInstant(first.nextUpdate)
      return [row('OCSP', who, [formatInstant(first?.thisUpdate ?? basic.producedAt), next], sha256, source)]
    }),
  ]
}

/** Null for what does not read. */
export function crlOf(der: string): Crl | null {
  return orNull(() => parseCrl(fromBase64(der) ?? new Uint8Array()))
}
