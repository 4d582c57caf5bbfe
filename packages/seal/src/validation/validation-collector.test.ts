// Needs: openssl.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Instant,
  parseCertificate,
  parseOcspResponse,
  readValidationFile,
  type ValidationObject,
} from '@probatum/core'
import { nodeSignatureVerifier, nodeSmallDigest } from '@probatum/platform/node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shippedPolicy } from '../../../../tools/testing/judgement.ts'
import { AUTHORITY, type Issued, opensslPki, SIGNER } from '../../../../tools/testing/openssl-pki.ts'
import { compact, opensslRevocation } from '../../../../tools/testing/openssl-revocation.ts'
import { ValidationCollector, validationName } from './validation-collector.ts'
import { ValidationFetcher } from './validation-fetch.ts'

const ports = { signatures: nodeSignatureVerifier(), smallDigest: nodeSmallDigest }
const policy = shippedPolicy('sealed')
let pki: ReturnType<typeof opensslPki>
let make: ReturnType<typeof opensslRevocation>
let root: Issued
let signer: Issued
let bare: Issued

beforeAll(() => {
  pki = opensslPki()
  make = opensslRevocation(pki)
  root = pki.issue({ subject: '/CN=Example Root (sample)', extensions: AUTHORITY })
  const access = 'authorityInfoAccess=OCSP;URI:http://ocsp.example/,caIssuers;URI:http://ca.example/root.cer'
  signer = pki.issue({ subject: '/CN=Example Signer (sample)', issuer: root, extensions: [...SIGNER, access] })
  bare = pki.issue({ subject: '/CN=Example Bare (sample)', issuer: root, extensions: SIGNER })
  const { serialNumber, notAfter } = parseCertificate(signer.der)
  const serial = Buffer.from(serialNumber).toString('hex').toUpperCase()
  const line = `V\t${compact(notAfter).slice(2)}\t\t${serial}\tunknown\t/CN=${serial}\n`
  writeFileSync(join(pki.folder, 'known.txt'), line)
}, 60_000)
afterAll(() => pki.remove())

const inSeconds = (seconds: number): Instant => ({
  epochSeconds: Math.floor(Date.now() / 1000) + seconds,
  fraction: '',
})
const given = (bytes: Uint8Array, from: string) =>
  readValidationFile(bytes, from, nodeSmallDigest).map((object) => ({ ...object, from }))
const crlOf = (issuer: Issued) => make.crl({ issuer, thisUpdate: inSeconds(-3600), nextUpdate: inSeconds(86_400) })

/** A responder without an end to its period, made of OpenSSL, and whoever has the root’s certificate. */
function network() {
  const asked: string[] = []
  const online = new ValidationFetcher({
    async fetch(url) {
      asked.push(new URL(url).hostname)
      if (url.startsWith('http://ca.example/')) return new Response(new Uint8Array(root.der))
      const query = new Uint8Array(Buffer.from(decodeURIComponent(new URL(url).pathname.slice(1)), 'base64'))
      writeFileSync(join(pki.folder, 'query'), query)
      const by = ['-CA', root.certificate, '-rsigner', root.certificate, '-rkey', root.key]
      pki.openssl('ocsp', '-index', 'known.txt', ...by, '-reqin', 'query', '-respout', 'answer')
      return new Response(new Uint8Array(readFileSync(join(pki.folder, 'answer'))))
    },
  })
  return { online, asked }
}

describe('collecting validation data', () => {
  it('waits for an answer that is no older than the last target, and asks once more', async () => {
    const { online, asked } = network()
    const collector = new ValidationCollector({ given: [], online, policy, ports, now: () => inSeconds(0) })
    // So far off that a busy computer asks before it, and near enough to be waited for.
    const time = inSeconds(7)
    const targets = [{ certificate: signer.der, role: 'signer' as const, time }]
    const before = await collector.collect({ targets, certificates: [], here: [], isLast: false })
    expect(before.files).toEqual([])
    expect(asked).toEqual(['ca.example', 'ocsp.example'])
    const after = await collector.collect({ targets, certificates: [], here: before.objects, isLast: true })
    expect(after.counts).toEqual({ certificate: 0, crl: 0, ocsp: 1 })
    expect(asked.filter((host) => host === 'ocsp.example')).toHaveLength(3)
    const [answer] = after.objects
    const { basic } = parseOcspResponse(answer?.der ?? new Uint8Array())
    expect(basic?.responses[0]?.nextUpdate).toBeNull()
    expect(basic?.producedAt.epochSeconds).toBeGreaterThanOrEqual(time.epochSeconds)
    expect(after.files.map(({ name }) => name)).toEqual([`ocsp-${answer?.sha256.slice(0, 16)}.ocsp`])
    // The root was fetched to check with, and what came too early was no fault of anybody.
    expect(collector.problems).toEqual([])
    expect(after.statuses.map(({ status }) => status)).toEqual(['good'])
  }, 60_000)

  it('gives out nothing that is there, and remembers why the rest was not kept', async () => {
    const list = crlOf(root)
    const elsewhere = pki.issue({ subject: '/CN=Example Elsewhere (sample)', extensions: AUTHORITY })
    const collector = new ValidationCollector({
      given: [...given(list, 'a.crl'), ...given(root.der, 'root.cer'), ...given(crlOf(elsewhere), 'b.crl')],
      online: null,
      policy,
      ports,
      now: () => inSeconds(0),
    })
    const targets = [{ certificate: bare.der, role: 'signer' as const, time: inSeconds(0) }]
    const request = { targets, certificates: [bare.der], isLast: true }
    const first = await collector.collect({ ...request, here: [] })
    expect(first.files).toEqual([{ name: validationName(first.objects[0] as ValidationObject), bytes: list }])
    const again = await collector.collect({ ...request, here: first.objects })
    expect(again.files).toEqual([])
    expect(again.statuses.map(({ status }) => status)).toEqual(['good'])
    expect(collector.leftOver().map(({ given: { from }, why }) => [from, why])).toEqual([
      ['root.cer', 'self-signed'],
      ['b.crl', 'unrelated'],
    ])
  })
})
