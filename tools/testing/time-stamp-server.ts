import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { parseInstant } from '@probatum/core'
import {
  makeTimeStampToken,
  pkcs8SigningKey,
  privateKeyFromPem,
  readTimeStampRequest,
  type TimeStampInput,
  type TimeStampRequest,
  timeStampResponse,
} from '@probatum/seal'
import { derContext, derElement, derInteger, derSequence, derUtf8String } from '../../packages/seal/src/der/der.ts'
import { derInside } from '../../packages/seal/src/der/der-read.ts'
import { makeCertificate } from '../../packages/seal/src/signatures/certificate.ts'
import { AUTHORITY, type Issued, opensslPki, SIGNER, TIME_STAMP_UNIT } from './openssl-pki.ts'

/** Invented, under the arc for examples. */
export const SERVER_POLICY = '1.3.6.1.4.1.32473.1'
export const SERVER_LOGIN = 'example:a secret (invented)'
const DAY = 86_400
const TYPE = 'application/timestamp-reply'

type Answer = (
  request: TimeStampRequest,
  response: ServerResponse,
  query: Uint8Array,
  message: IncomingMessage,
) => void | Promise<void>

/**
 * Time-stamp authorities on this computer, each under a path of its own: some made of `openssl ts -reply`, others that
 * misbehave, each in one way.
 */
export async function startTimeStampServer() {
  const pki = opensslPki()
  const root = pki.issue({ subject: '/O=Example (sample)/CN=Example time-stamp root (sample)', extensions: AUTHORITY })
  /** Authorities under one root count as one: the second one has its own. */
  const secondRoot = pki.issue({
    subject: '/O=Example (sample)/CN=Second example root (sample)',
    extensions: AUTHORITY,
  })
  const unitOf = (name: string, extensions: readonly string[] = TIME_STAMP_UNIT, issuer = root) =>
    pki.issue({ subject: `/O=Example (sample)/CN=${name} (sample)`, issuer, extensions })
  const good = unitOf('Example authority')
  const second = unitOf('Second example authority', TIME_STAMP_UNIT, secondRoot)
  const sibling = unitOf('Example authority of the first root')
  const ca = unitOf('Example CA as leaf', [
    'basicConstraints=critical,CA:TRUE',
    'keyUsage=critical,digitalSignature,keyCertSign',
    'extendedKeyUsage=critical,timeStamping',
  ])
  const codeSigner = unitOf('Example code signer', [...SIGNER, 'extendedKeyUsage=critical,codeSigning'])
  const twoPurposes = unitOf('Example with two purposes', [
    ...SIGNER,
    'extendedKeyUsage=critical,timeStamping,codeSigning',
  ])
  const signerRoot = pki.issue({ subject: '/O=Example (sample)/CN=Example root (sample)', extensions: AUTHORITY })
  const signer = pki.issue({
    subject: '/O=Example (sample)/CN=Example signer (sample)',
    issuer: signerRoot,
    extensions: SIGNER,
  })
  const keyOf = ({ key }: Issued) => pkcs8SigningKey(privateKeyFromPem(new Uint8Array(readFileSync(key))))
  /** A certificate over the key of `good`, from and until so many seconds from now. */
  const dated = async (from: number, until: number) =>
    makeCertificate({
      subject: { organization: 'Example (sample)', commonName: 'Dated example authority (sample)' },
      issuer: { organization: 'Example (sample)', commonName: 'Example time-stamp root (sample)' },
      serialNumber: Uint8Array.of(77),
      notBefore: instantIn(from),
      notAfter: instantIn(until),
      spki: (await keyOf(good)).spki,
      issuerKey: await keyOf(root),
      role: 'time-stamp-authority',
    })
  const expired = await dated(-30 * DAY, -DAY)
  const long = await dated(-30 * DAY, 30 * DAY)

  const token = async (request: TimeStampRequest, change: Partial<TimeStampInput> = {}, unit = good) =>
    makeTimeStampToken({
      imprint: request.imprint,
      policy: request.policy ?? SERVER_POLICY,
      serialNumber: Uint8Array.of(7),
      genTime: instantIn(0),
      accuracy: { seconds: 1, millis: 0, micros: 0 },
      nonce: request.nonce,
      tsaName: false,
      key: await keyOf(unit),
      certificates: [unit.der],
      digest: 'sha256',
      ...change,
    })
  const granted = async (request: TimeStampRequest, change: Partial<TimeStampInput> = {}, unit = good) =>
    timeStampResponse(await token(request, change, unit))

  let serial = 0
  /** OpenSSL's own answer, of a configuration and serial number of its own: requests come side by side. */
  const opensslReply = (query: Uint8Array, unit: Issued): Uint8Array => {
    const name = `reply-${++serial}`
    const at = (extension: string) => join(pki.folder, `${name}.${extension}`)
    writeFileSync(at('tsq'), query)
    writeFileSync(at('serial'), `${String(serial).padStart(4, '0')}\n`)
    writeFileSync(
      at('cnf'),
      `[tsa]
serial = ${at('serial')}
signer_cert = ${unit.certificate}
signer_key = ${unit.key}
default_policy = ${SERVER_POLICY}
other_policies = ${SERVER_POLICY}.1
digests = sha256, sha384, sha512
signer_digest = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`,
    )
    pki.openssl('ts', '-reply', '-config', at('cnf'), '-section', 'tsa', '-queryfile', at('tsq'), '-out', at('tsr'))
    return new Uint8Array(readFileSync(at('tsr')))
  }

  const send = (response: ServerResponse, bytes: Uint8Array | string, type = TYPE) =>
    response.writeHead(200, { 'Content-Type': type }).end(bytes)
  const crafted =
    (make: (request: TimeStampRequest) => Promise<Uint8Array>): Answer =>
    async (request, response) => {
      send(response, await make(request))
    }
  let busyTimes = 0
  const answers: Readonly<Record<string, Answer>> = {
    good: (_request, response, query) => void send(response, opensslReply(query, good)),
    second: (_request, response, query) => void send(response, opensslReply(query, second)),
    sibling: (_request, response, query) => void send(response, opensslReply(query, sibling)),
    // Busy at the first request of all, then well.
    busy: (_request, response, query) => {
      busyTimes += 1
      if (busyTimes === 1) response.writeHead(503, { 'Retry-After': '1' }).end()
      else send(response, opensslReply(query, good))
    },
    login: (_request, response, query, { headers }) => {
      if (headers.authorization === `Basic ${Buffer.from(SERVER_LOGIN).toString('base64')}`)
        send(response, opensslReply(query, good))
      else response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="invented"' }).end()
    },
    crafted: crafted((request) => granted(request)),
    'wrong-nonce': crafted((request) => granted(request, { nonce: Uint8Array.of(5) })),
    'no-nonce': crafted((request) => granted(request, { nonce: null })),
    'wrong-imprint': crafted((request) =>
      granted(request, { imprint: { ...request.imprint, digest: new Uint8Array(request.imprint.digest.length) } }),
    ),
    'error-status': crafted(async () =>
      derSequence(
        derSequence(derInteger(2), derSequence(derUtf8String('not today')), derElement(0x03, Uint8Array.of(2, 0x24))),
      ),
    ),
    'error-status-with-token': crafted(async (request) =>
      derSequence(derSequence(derInteger(2)), await token(request)),
    ),
    'no-token': crafted(async () => derSequence(derSequence(derInteger(0)))),
    'http-error': (_request, response) => void response.writeHead(500).end(),
    html: (_request, response) => void send(response, '<html>login first</html>', 'text/html; charset=utf-8'),
    'html-as-reply': (_request, response) => void send(response, '<html>login first</html>'),
    truncated: crafted(async (request) => (await granted(request)).subarray(0, -40)),
    'cut-off': async (request, response) => {
      const bytes = await granted(request)
      response.writeHead(200, { 'Content-Type': TYPE, 'Content-Length': bytes.length })
      response.write(bytes.subarray(0, 100), () => response.destroy())
    },
    slow: (_request, response) => void response.writeHead(200, { 'Content-Type': TYPE }).write(Uint8Array.of(0x30)),
    silent: () => {},
    huge: (_request, response) => {
      response.writeHead(200, { 'Content-Type': TYPE })
      const piece = new Uint8Array(65_536).fill(0x30)
      const more = () => {
        while (!response.destroyed && response.write(piece));
      }
      response.on('drain', more)
      more()
    },
    'huge-announced': (_request, response) =>
      void response
        .writeHead(200, { 'Content-Type': TYPE, 'Content-Length': 3_000_000_000 })
        .write(Uint8Array.of(0x30)),
    redirect: (_request, response) => void response.writeHead(307, { Location: '/good' }).end(),
    'redirect-elsewhere': (_request, response) =>
      void response.writeHead(302, { Location: 'https://elsewhere.example/?token=secret' }).end(),
    expired: crafted((request) => granted(request, { certificates: [expired] })),
    'wrong-eku': crafted((request) => granted(request, {}, codeSigner)),
    'two-purposes': crafted((request) => granted(request, {}, twoPurposes)),
    'ca-as-leaf': crafted((request) => granted(request, {}, ca)),
    'two-signers': crafted(async (request) =>
      timeStampResponse(withBothSigners(await token(request), await token(request, {}, second))),
    ),
    'no-certificate': crafted(async (request) => timeStampResponse(withoutCertificates(await token(request)))),
    future: crafted((request) => granted(request, { genTime: instantIn(DAY) })),
    past: crafted((request) => granted(request, { genTime: instantIn(-DAY), certificates: [long] })),
    'other-policy': crafted((request) => granted(request, { policy: '1.3.6.1.4.1.32473.9' })),
    'bad-signature': crafted(async (request) => {
      const bytes = new Uint8Array(await granted(request))
      // The last octet of the signature value, which stands last.
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
      return bytes
    }),
    'granted-with-mods': crafted(async (request) => derSequence(derSequence(derInteger(1)), await token(request))),
    'bare-token': crafted((request) => token(request)),
    closed: (_request, response) => void response.destroy(),
  }

  const asked: string[] = []
  const server = createServer((message, response) => {
    const name = (message.url ?? '').split(/[/?]/)[1] ?? ''
    asked.push(name)
    const pieces: Uint8Array[] = []
    message.on('data', (piece: Uint8Array) => pieces.push(piece))
    message.on('end', () => {
      const query = new Uint8Array(Buffer.concat(pieces))
      const fail = (error: unknown) => {
        response.writeHead(599).end(String(error))
      }
      const answer = answers[name]
      if (answer === undefined) return void response.writeHead(404).end()
      Promise.resolve()
        .then(() => answer(readTimeStampRequest(query), response, query, message))
        .catch(fail)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    pki,
    root,
    secondRoot,
    good,
    second,
    signer,
    signerRoot,
    asked,
    token,
    opensslReply,
    url: (name: string) => `http://127.0.0.1:${port}/${name}`,
    /** A port of this computer that nobody listens at any more. */
    async deadUrl() {
      const other = createServer()
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
      const address = other.address() as AddressInfo
      await new Promise<void>((resolve) => other.close(() => resolve()))
      return `http://127.0.0.1:${address.port}/`
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      pki.remove()
    },
  }
}

function instantIn(seconds: number) {
  const instant = parseInstant(`${new Date(Date.now() + seconds * 1000).toISOString().slice(0, 19)}Z`)
  if (instant === undefined) throw new RangeError('no such time')
  return instant
}

/** The parts of the SignedData in a token: version, digestAlgorithms, encapContentInfo, [0] certificates, signerInfos. */
function partsOf(token: Uint8Array) {
  const [type, content] = derInside(token, 0x30, 'ContentInfo')
  if (type === undefined || content === undefined) throw new TypeError('no ContentInfo')
  const [data] = derInside(content.whole, 0xa0, 'content')
  if (data === undefined) throw new TypeError('no SignedData')
  return { type, parts: derInside(data.whole, 0x30, 'SignedData') }
}

const assembled = (type: Uint8Array, parts: readonly Uint8Array[]) =>
  derSequence(type, derContext(0, derSequence(...parts)))

function withBothSigners(a: Uint8Array, b: Uint8Array): Uint8Array {
  const [one, other] = [partsOf(a), partsOf(b)]
  const merged = one.parts.map(({ tag, whole, content }, index) =>
    tag === 0xa0 || (tag === 0x31 && index === one.parts.length - 1)
      ? derElement(tag, content, other.parts[index]?.content ?? new Uint8Array())
      : whole,
  )
  return assembled(one.type.whole, merged)
}

function withoutCertificates(token: Uint8Array): Uint8Array {
  const { type, parts } = partsOf(token)
  return assembled(
    type.whole,
    parts.filter(({ tag }) => tag !== 0xa0).map(({ whole }) => whole),
  )
}
