import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Instant, parseCertificate } from '@probatum/core'
import { AUTHORITY, type Issued, SIGNER, TIME_STAMP_UNIT } from './openssl-pki.ts'
import { compact, opensslRevocation } from './openssl-revocation.ts'
import { startTimeStampServer } from './time-stamp-server.ts'

const inSeconds = (seconds: number): Instant => ({
  epochSeconds: Math.floor(Date.now() / 1000) + seconds,
  fraction: '',
})
const DAY = 86_400

/**
 * Certificate authorities on this computer that answer for what they issued: CRLs, OCSP, their own certificates; the signers and
 * time-stamp units that they issue name these addresses. Some addresses misbehave, each in one way.
 */
export async function startValidationServer() {
  const stamps = await startTimeStampServer()
  const { pki } = stamps
  const make = opensslRevocation(pki)
  /** `GET /root.crl`, in order. */
  const asked: string[] = []
  const server = createServer((message, response) => {
    const pieces: Uint8Array[] = []
    message.on('data', (piece: Uint8Array) => pieces.push(piece))
    message.on('end', () => {
      const [path = ''] = (message.url ?? '').split('?')
      const [, name = '', ...rest] = path.split('/')
      asked.push(`${message.method} ${name}`)
      const body = new Uint8Array(Buffer.concat(pieces))
      const query =
        message.method === 'GET' ? new Uint8Array(Buffer.from(decodeURIComponent(rest.join('/')), 'base64')) : body
      try {
        const answer = answers[name]
        if (answer === undefined) response.writeHead(404).end('not here')
        else answer(response, query, message.method ?? '')
      } catch (error) {
        response.writeHead(599).end(String(error))
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const host = `127.0.0.1:${port}`
  const url = (name: string) => `http://${host}/${name}`

  const issue = (name: string, issuer: Issued | undefined, extensions: readonly string[]) =>
    pki.issue({
      subject: `/O=Example (sample)/CN=${name} (sample)`,
      ...(issuer === undefined ? {} : { issuer }),
      extensions,
    })
  const access = (ocsp: readonly string[], caIssuers: readonly string[]) => {
    const all = [...ocsp.map((at) => `OCSP;URI:${url(at)}`), ...caIssuers.map((at) => `caIssuers;URI:${url(at)}`)]
    return all.length === 0 ? [] : [`authorityInfoAccess=${all.join(',')}`]
  }
  const points = (lists: readonly string[]) =>
    lists.length === 0 ? [] : [`crlDistributionPoints=${lists.map((at) => `URI:${url(at)}`).join(',')}`]

  const root = issue('Example signers root', undefined, AUTHORITY)
  const authority = issue('Example signers authority', root, [
    ...AUTHORITY,
    ...access([], ['root.cer']),
    ...points(['root.crl']),
  ])
  const namesake = issue('Example signers authority', root, AUTHORITY)
  const unit = issue('Example unit', stamps.root, [
    ...TIME_STAMP_UNIT,
    ...access([], ['stamps.p7c']),
    ...points(['stamps.crl']),
  ])
  /** Of an authority of its own. */
  const otherUnit = issue('Example other unit', stamps.secondRoot, [...TIME_STAMP_UNIT, ...points(['other.crl'])])
  const responder = issue('Example responder', authority, [
    ...SIGNER,
    'extendedKeyUsage=OCSPSigning',
    'noCheck=ignored',
  ])
  const signerWith = (name: string, at: { ocsp?: string[]; lists?: string[]; ca?: string[] }) =>
    issue(name, authority, [...SIGNER, ...access(at.ocsp ?? [], at.ca ?? ['authority.cer']), ...points(at.lists ?? [])])
  const signer = signerWith('Example signer', { lists: ['authority.crl'] })
  const answered = signerWith('Example answered signer', { ocsp: ['ocsp'] })
  const revoked = signerWith('Example revoked signer', { lists: ['authority.crl'] })
  const badLists = [
    'nothing-here',
    'html.crl',
    'expired.crl',
    'namesake.crl',
    'broken.crl',
    'slow',
    'to-ftp',
    'authority.crl',
  ]
  const unlucky = signerWith('Example unlucky signer', { lists: badLists })
  const moreBad = ['loop', 'closed', 'cut-off', 'huge-announced', 'future.crl', 'moved']
  const unluckier = signerWith('Example unluckier signer', { lists: moreBad })
  const posted = signerWith('Example posted signer', { ocsp: ['huge', 'post-only'], lists: ['html.crl'] })

  const period = { thisUpdate: inSeconds(-3600), nextUpdate: inSeconds(30 * DAY) }
  const withdrawn = [{ certificate: revoked, date: inSeconds(-7200), reason: 'keyCompromise' }]
  const lists = {
    root: make.crl({ issuer: root, ...period }),
    authority: make.crl({ issuer: authority, revoked: withdrawn, ...period }),
    stamps: make.crl({ issuer: stamps.root, ...period }),
    other: make.crl({ issuer: stamps.secondRoot, ...period }),
    namesake: make.crl({ issuer: namesake, ...period }),
    expired: make.crl({ issuer: authority, thisUpdate: inSeconds(-2 * DAY), nextUpdate: inSeconds(-DAY) }),
    future: make.crl({ issuer: authority, thisUpdate: inSeconds(DAY), nextUpdate: inSeconds(2 * DAY) }),
  }
  const broken = new Uint8Array(lists.authority)
  broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1
  writeFileSync(join(pki.folder, 'stamps-root.pem'), readFileSync(stamps.root.certificate))
  pki.openssl('crl2pkcs7', '-nocrl', '-certfile', 'stamps-root.pem', '-outform', 'DER', '-out', 'stamps.p7c')
  const known = [signer, answered, posted]
  const index = known.map(({ der }) => {
    const { serialNumber, notAfter } = parseCertificate(der)
    const serial = Buffer.from(serialNumber).toString('hex').toUpperCase()
    return `V\t${compact(notAfter).slice(2)}\t\t${serial}\tunknown\t/CN=${serial}\n`
  })
  writeFileSync(join(pki.folder, 'known.txt'), index.join(''))
  let count = 0
  /** OpenSSL's own answer to a request. Without `period` it counts from the moment at which it is made. */
  const opensslAnswer = (query: Uint8Array, ...options: string[]): Uint8Array => {
    const name = `asked-${count++}`
    writeFileSync(join(pki.folder, `${name}.req`), query)
    pki.openssl(
      ...['ocsp', '-index', 'known.txt', '-CA', authority.certificate, '-rsigner', responder.certificate],
      ...['-rkey', responder.key, '-reqin', `${name}.req`, '-respout', `${name}.der`, ...options],
    )
    return new Uint8Array(readFileSync(join(pki.folder, `${name}.der`)))
  }

  const send = (response: ServerResponse, bytes: Uint8Array | string, type = 'application/octet-stream') =>
    void response.writeHead(200, { 'Content-Type': type }).end(bytes)
  const answers: Readonly<Record<string, (response: ServerResponse, query: Uint8Array, method: string) => void>> = {
    'root.crl': (response) => send(response, lists.root),
    'authority.crl': (response) => send(response, lists.authority),
    'stamps.crl': (response) => send(response, lists.stamps),
    'other.crl': (response) => send(response, lists.other),
    'namesake.crl': (response) => send(response, lists.namesake),
    'expired.crl': (response) => send(response, lists.expired),
    'future.crl': (response) => send(response, lists.future),
    'broken.crl': (response) => send(response, broken),
    'html.crl': (response) => send(response, '<html>login first</html>', 'application/pkix-crl'),
    'root.cer': (response) => send(response, root.der),
    'authority.cer': (response) => send(response, authority.der),
    'stamps.p7c': (response) => send(response, readFileSync(join(pki.folder, 'stamps.p7c'))),
    ocsp: (response, query) => send(response, opensslAnswer(query), 'application/ocsp-response'),
    'post-only': (response, query, method) =>
      method === 'POST' ? send(response, opensslAnswer(query, '-ndays', '7')) : void response.writeHead(405).end(),
    tsa: (response, query) => send(response, stamps.opensslReply(query, unit), 'application/timestamp-reply'),
    'other-tsa': (response, query) =>
      send(response, stamps.opensslReply(query, otherUnit), 'application/timestamp-reply'),
    slow: (response) => void response.writeHead(200).write(lists.authority.subarray(0, 10)),
    'to-ftp': (response) => void response.writeHead(302, { Location: 'ftp://ca.example/authority.crl' }).end(),
    loop: (response) => void response.writeHead(301, { Location: '/loop' }).end(),
    moved: (response) => void response.writeHead(301, { Location: url('authority.crl') }).end(),
    closed: (response) => void response.destroy(),
    'cut-off': (response) => {
      response.writeHead(200, { 'Content-Length': lists.authority.length })
      response.write(lists.authority.subarray(0, 100), () => response.destroy())
    },
    'huge-announced': (response) => void response.writeHead(200, { 'Content-Length': 3_000_000_000 }).write('x'),
    huge: (response) => {
      response.writeHead(200)
      const piece = new Uint8Array(65_536).fill(0x30)
      const more = () => {
        while (!response.destroyed && response.write(piece));
      }
      response.on('drain', more)
      more()
    },
  }
  const file = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(pki.folder, name), bytes)
    return join(pki.folder, name)
  }
  return {
    ...{ pki, make, stamps, asked, host, url, lists, root, authority, namesake, unit, opensslAnswer, file },
    signers: { signer, answered, revoked, unlucky, unluckier, posted },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await stamps.close()
    },
  }
}
