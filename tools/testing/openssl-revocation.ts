import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formatInstant, type Instant, parseCertificate } from '@probatum/core'
import type { Issued, opensslPki } from './openssl-pki.ts'

export interface Revoked {
  readonly certificate: Issued
  readonly date: Instant
  /** As OpenSSL's index writes it: `superseded`, or `keyTime,20260101000000Z` for keyCompromise with an invalidityDate. */
  readonly reason?: string
}

export interface CrlOptions {
  readonly issuer: Issued
  readonly revoked?: readonly Revoked[]
  readonly thisUpdate: Instant
  readonly nextUpdate: Instant
  readonly number?: number
  /** Lines of an extension section, and sections that they name. */
  readonly extensions?: readonly string[]
  readonly sections?: readonly string[]
  readonly digest?: string
}

export interface OcspOptions {
  readonly issuer: Issued
  readonly certificate: Issued
  /** Who answers; the issuer unless given. */
  readonly responder?: Issued
  readonly revoked?: readonly Revoked[]
  /** Certificates that the responder has issued and knows. */
  readonly known?: readonly Issued[]
  readonly options?: readonly string[]
  /** Digest of the CertID. */
  readonly certIdDigest?: string
}

/** CRLs and OCSP responses made by the stock `openssl` in the folder of a test's infrastructure, DER. */
export function opensslRevocation({ folder, openssl }: ReturnType<typeof opensslPki>) {
  let count = 0
  const file = (name: string) => join(folder, name)

  function index(name: string, revoked: readonly Revoked[], known: readonly Issued[]): string {
    const line = (state: 'R' | 'V', { der }: Issued, entry: string) => {
      const { serialNumber, notAfter } = parseCertificate(der)
      const serial = Buffer.from(serialNumber).toString('hex').toUpperCase()
      return `${[state, utcTime(notAfter), entry, serial, 'unknown', `/CN=${serial}`].join('\t')}\n`
    }
    const lines = [
      ...revoked.map(({ certificate, date, reason }) =>
        line('R', certificate, `${utcTime(date)}${reason === undefined ? '' : `,${reason}`}`),
      ),
      ...known.map((certificate) => line('V', certificate, '')),
    ]
    writeFileSync(file(name), lines.join(''))
    writeFileSync(file(`${name}.attr`), 'unique_subject = no\n')
    return file(name)
  }

  function crl(options: CrlOptions): Uint8Array {
    const n = count++
    const database = index(`crl-${n}.txt`, options.revoked ?? [], [])
    writeFileSync(file(`crl-${n}.number`), `${(options.number ?? 1).toString(16).padStart(8, '0')}\n`)
    writeFileSync(
      file(`crl-${n}.cnf`),
      `[ca]
default_ca = this
[this]
database = ${database}
crlnumber = ${file(`crl-${n}.number`)}
default_md = ${options.digest ?? 'sha256'}
crl_extensions = extensions
[extensions]
authorityKeyIdentifier = keyid
${(options.extensions ?? []).join('\n')}
${(options.sections ?? []).join('\n')}
`,
    )
    const { certificate, key } = options.issuer
    const times = ['-crl_lastupdate', compact(options.thisUpdate), '-crl_nextupdate', compact(options.nextUpdate)]
    openssl(
      'ca',
      '-gencrl',
      '-config',
      `crl-${n}.cnf`,
      '-cert',
      certificate,
      '-keyfile',
      key,
      ...times,
      '-out',
      `crl-${n}.pem`,
    )
    return new Uint8Array(openssl('crl', '-in', `crl-${n}.pem`, '-outform', 'DER'))
  }

  /** A response of now, good for a week. */
  function ocsp(options: OcspOptions): Uint8Array {
    const n = count++
    const database = index(`ocsp-${n}.txt`, options.revoked ?? [], options.known ?? [])
    const responder = options.responder ?? options.issuer
    const asked = ['-issuer', options.issuer.certificate, `-${options.certIdDigest ?? 'sha256'}`]
    const by = [
      '-index',
      database,
      '-CA',
      options.issuer.certificate,
      '-rsigner',
      responder.certificate,
      '-rkey',
      responder.key,
    ]
    const more = options.options ?? []
    openssl(
      'ocsp',
      ...by,
      ...asked,
      '-cert',
      options.certificate.certificate,
      '-ndays',
      '7',
      ...more,
      '-respout',
      `ocsp-${n}.der`,
    )
    return new Uint8Array(readFileSync(file(`ocsp-${n}.der`)))
  }

  return { crl, ocsp }
}

/** `20260314091200Z` */
export function compact(instant: Instant): string {
  return `${formatInstant(instant).replaceAll(/[-:T]/g, '').slice(0, 14)}Z`
}

/** `260314091200Z`, which OpenSSL's index wants. */
function utcTime(instant: Instant): string {
  return compact(instant).slice(2)
}
