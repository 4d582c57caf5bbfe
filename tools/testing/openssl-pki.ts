import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A key and a certificate of an invented public-key infrastructure, made by OpenSSL for one test run. */
export interface Issued {
  readonly key: string
  /** PEM file. */
  readonly certificate: string
  readonly der: Uint8Array
}

export interface IssueOptions {
  /** In OpenSSL's form: `/O=Example (sample)/CN=Example Root (sample)` */
  readonly subject: string
  /** Absent: self-signed. */
  readonly issuer?: Issued
  /** Lines of an extension section: `basicConstraints=critical,CA:TRUE`. Empty makes version 1 where OpenSSL does. */
  readonly extensions?: readonly string[]
  /** Takes another certificate's key. */
  readonly key?: string
  /** As `openssl req -newkey` and its `-pkeyopt` want it; P-256 unless given. */
  readonly newKey?: readonly string[]
  readonly digest?: string
  readonly days?: number
}

export const AUTHORITY = ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign,cRLSign'] as const
export const SIGNER = ['basicConstraints=critical,CA:FALSE', 'keyUsage=critical,digitalSignature'] as const
export const TIME_STAMP_UNIT = [...SIGNER, 'extendedKeyUsage=critical,timeStamping'] as const
const P256 = ['ec', 'ec_paramgen_curve:P-256']

/** Makes keys, certificates, signatures and time-stamps with the stock `openssl` in a folder of its own. */
export function opensslPki() {
  const folder = mkdtempSync(join(tmpdir(), 'probatum-pki-'))
  let serial = 100
  const file = (name: string) => join(folder, name)
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 26 })

  function issue(options: IssueOptions): Issued {
    const n = serial++
    const key = options.key ?? file(`${n}.key`)
    const [kind = '', ...keyOptions] = options.newKey ?? P256
    if (options.key === undefined) {
      const pkeyopt = keyOptions.flatMap((option) => ['-pkeyopt', option])
      openssl('genpkey', '-algorithm', kind, ...pkeyopt, '-out', key)
    }
    openssl('req', '-new', '-key', key, '-subj', options.subject, '-utf8', '-out', file(`${n}.csr`))
    writeFileSync(file(`${n}.ext`), `${(options.extensions ?? []).join('\n')}\n`)
    const certificate = file(`${n}.pem`)
    const by =
      options.issuer === undefined
        ? ['-signkey', key]
        : ['-CA', options.issuer.certificate, '-CAkey', options.issuer.key, '-set_serial', `${n}`]
    const digest = `-${options.digest ?? 'sha256'}`
    const validity = ['-days', `${options.days ?? 3650}`]
    openssl(
      'x509',
      '-req',
      '-in',
      file(`${n}.csr`),
      ...by,
      digest,
      ...validity,
      '-extfile',
      file(`${n}.ext`),
      '-out',
      certificate,
    )
    const pem = readFileSync(certificate, 'latin1').replaceAll(/-----[^-]*-----/g, '')
    return { key, certificate, der: new Uint8Array(Buffer.from(pem, 'base64')) }
  }

  /** Detached CMS with signing-certificate-v2, DER. */
  function sign(
    content: Uint8Array,
    signers: readonly Issued[],
    chain: readonly Issued[],
    ...options: string[]
  ): Uint8Array {
    writeFileSync(file('content'), content)
    writeFileSync(file('chain.pem'), chain.map(({ certificate }) => readFileSync(certificate, 'utf8')).join(''))
    const by = signers.flatMap(({ certificate, key }) => ['-signer', certificate, '-inkey', key])
    const more = chain.length > 0 ? ['-certfile', 'chain.pem'] : []
    return new Uint8Array(
      openssl(
        'cms',
        '-sign',
        '-cades',
        '-binary',
        '-md',
        'sha256',
        '-in',
        'content',
        ...by,
        ...more,
        '-outform',
        'DER',
        ...options,
      ),
    )
  }

  /** RFC 3161 response over data, at the clock's time. */
  function stamp(data: Uint8Array, unit: Issued, chain: readonly Issued[], ...options: string[]): Uint8Array {
    writeFileSync(file('data'), data)
    writeFileSync(file('tsa-chain.pem'), chain.map(({ certificate }) => readFileSync(certificate, 'utf8')).join(''))
    writeFileSync(file('tsa-serial'), '01\n')
    writeFileSync(
      file('tsa.cnf'),
      `[tsa]
serial = ${file('tsa-serial')}
signer_cert = ${unit.certificate}
signer_key = ${unit.key}
certs = ${file('tsa-chain.pem')}
default_policy = 1.3.6.1.4.1.32473.1
digests = sha1, sha256, sha384, sha512
signer_digest = sha256
accuracy = secs:1
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`,
    )
    openssl('ts', '-query', '-data', 'data', '-cert', '-sha256', '-out', 'query', ...options)
    openssl('ts', '-reply', '-config', 'tsa.cnf', '-section', 'tsa', '-queryfile', 'query', '-out', 'reply')
    return new Uint8Array(readFileSync(file('reply')))
  }

  return { folder, openssl, issue, sign, stamp, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
