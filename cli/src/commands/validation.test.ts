// Needs: openssl.
import { X509Certificate } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { ASSURANCES, parseInstant } from '@probatum/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AUTHORITY, type Issued, SIGNER } from '../../../tools/testing/openssl-pki.ts'
import { placeHere } from '../../../tools/testing/place-here.ts'
import { startValidationServer } from '../../../tools/testing/validation-server.ts'

const { place, at, probatum: here } = placeHere('validation')
let server: Awaited<ReturnType<typeof startValidationServer>>

const probatum = (args: readonly string[]) => here(...args)

const chainOf = (signer: Issued) => {
  const path = `${signer.certificate}.chain`
  writeFileSync(path, readFileSync(signer.certificate, 'utf8') + readFileSync(server.authority.certificate, 'utf8'))
  return path
}
const seal = (out: string, signer: Issued, args: readonly string[], chain = chainOf(signer)) =>
  here(
    ...['seal', 'photos', '-o', out, '--key', signer.key, '--chain', chain, '--issuer', 'Example Mechanism (sample)'],
    ...['--tsa', `a=${server.url('tsa')}`, ...args],
  )
const online = () => ['--online', '--online-host', server.host]
const hints = (bundle: string, folder: string) => {
  try {
    return readdirSync(at(bundle, folder, 'validation')).sort()
  } catch {
    return []
  }
}
const kinds = (bundle: string, folder: string) =>
  hints(bundle, folder).map((name) => name.replace(/-[0-9a-f]{16}\./, ' '))
const stored = (bundle: string, folder: string) =>
  hints(bundle, folder).map((name) => readFileSync(at(bundle, folder, 'validation', name)))

beforeAll(async () => {
  server = await startValidationServer()
  mkdirSync(at('photos'))
  writeFileSync(at('photos/a.txt'), 'invented\n')
  const set = (certificate: string, role: string, more: readonly string[]) =>
    probatum(['trust', 'add', certificate, '--role', role, '--source', 'invented', '--sample', ...more])
  await set(server.root.certificate, 'signer', ['--issuer', 'Example (sample)', '--to', 'first.json'])
  await set(server.stamps.root.certificate, 'time-stamp-authority', ['--after', 'first.json', '--to', 'trust.json'])
}, 180_000)
afterAll(async () => {
  await server.close()
})

async function revocationOf(bundle: string): Promise<Record<string, string>> {
  const { out } = await probatum(['verify', bundle, '--trust-set', 'trust.json', '--json'])
  const { findings } = JSON.parse(out).body as { findings: { id: string; value: string; reason?: string }[] }
  const asked = findings.filter(({ id }) => id.endsWith('.revocation'))
  return Object.fromEntries(
    asked.map(({ id, value, reason }) => [id, reason === undefined ? value : `${value}:${reason}`]),
  )
}

describe('probatum seal --online', () => {
  it('fetches lists and certificates as the certificates say, and seals what a recipient needs', async () => {
    // The chain has the signer alone: the authority’s certificate is fetched too.
    const { signer } = server.signers
    const { code, err } = await seal('fetched', signer, online(), signer.certificate)
    expect(err).toBe('Stored in record/validation: 1 certificate, 2 CRLs\nStored in seal/1/validation: 1 CRL\n')
    expect(code).toBe(0)
    expect(kinds('fetched', 'record')).toEqual(['certificate cer', 'crl crl', 'crl crl'])
    expect(stored('fetched', 'seal/1')).toEqual([Buffer.from(server.lists.stamps)])
    expect(stored('fetched', 'record')).toContainEqual(Buffer.from(server.authority.der))
    expect(await revocationOf('fetched')).toEqual({ 'signer.revocation': 'PASSED', 'timestamp.revocation': 'PASSED' })
    // A root stands in no bundle.
    for (const folder of ['record', 'seal/1'])
      expect(stored('fetched', folder)).not.toContainEqual(Buffer.from(server.root.der))
  })

  it('asks a responder, and again when its answer is older than the time-stamps', async () => {
    const { code, err } = await seal('asked', server.signers.answered, online())
    expect(code).toBe(0)
    expect(err).not.toContain('Not fetched')
    // It states no end of its period: what was answered before signing would say nothing of the time of the seal.
    expect(kinds('asked', 'seal/1')).toEqual(['crl crl', 'ocsp ocsp'])
    expect(server.asked.filter((asked) => asked === 'GET ocsp').length).toBeGreaterThan(1)
    expect(await revocationOf('asked')).toEqual({ 'signer.revocation': 'PASSED', 'timestamp.revocation': 'PASSED' })
  })

  it('stores nothing of addresses that misbehave, names each, and goes on to the next', async () => {
    const { code, err } = await seal('unlucky', server.signers.unlucky, [...online(), '--online-timeout', '1'])
    expect(code).toBe(0)
    const said = (name: string) => err.split('\n').find((line) => line.includes(`/${name}:`)) ?? ''
    expect(said('nothing-here')).toContain('(http-status: 404)')
    expect(said('html.crl')).toContain('what came is no certificate, CRL or OCSP response')
    expect(said('expired.crl')).toContain('it is too old')
    expect(said('namesake.crl')).toContain('no key of the authority that it names made its signature')
    expect(said('broken.crl')).toContain('no key of the authority that it names made its signature')
    expect(said('slow')).toContain('(timeout: ')
    expect(said('to-ftp')).toContain('(redirect: 302 to ftp:)')
    expect(said('authority.crl')).toBe('')
    expect(kinds('unlucky', 'record')).toEqual(['crl crl', 'crl crl'])
    expect(await revocationOf('unlucky')).toMatchObject({ 'signer.revocation': 'PASSED' })
  })

  it('follows a redirect within http, and takes nothing of lists that break off, or have no end', async () => {
    const { code, err } = await seal('unluckier', server.signers.unluckier, online())
    expect(code).toBe(0)
    const said = (name: string) => err.split('\n').find((line) => line.includes(`/${name}:`)) ?? ''
    expect(said('loop')).toContain('(redirect: 301, one too many)')
    expect(said('closed')).toContain('(network: ')
    expect(said('cut-off')).toContain('(network: ')
    expect(said('huge-announced')).toContain('(too-large: more than 67108864 octets)')
    expect(said('future.crl')).toContain('it is dated after now')
    expect(said('moved')).toBe('')
    expect(server.asked.filter((asked) => asked === 'GET loop')).toHaveLength(4)
    expect(stored('unluckier', 'record')).toContainEqual(Buffer.from(server.lists.authority))
  })

  it('bounds what it takes of a responder, and posts where one wants it', async () => {
    const { code, err } = await seal('posted', server.signers.posted, online())
    expect(code).toBe(0)
    const said = (name: string) => err.split('\n').find((line) => line.includes(`/${name}:`)) ?? ''
    expect(said('huge')).toContain('(too-large: more than 1048576 octets)')
    expect(said('post-only')).toBe('')
    // The answer was enough: no list was asked for.
    expect(said('html.crl')).toBe('')
    expect(kinds('posted', 'record')).toEqual(['crl crl', 'ocsp ocsp'])
    expect(server.asked.filter((asked) => asked.endsWith(' post-only'))).toEqual(['GET post-only', 'POST post-only'])
    expect(await revocationOf('posted')).toMatchObject({ 'signer.revocation': 'PASSED' })
  })

  it('asks nobody at a private address that was not named', async () => {
    const before = server.asked.filter((asked) => asked !== 'POST tsa')
    const { code, err } = await seal('private', server.signers.signer, ['--online'])
    expect(code).toBe(0)
    expect(err).toMatch(/authority\.crl: it lies in a private network.*--online-host/)
    expect(err).toContain('There is no CRL and no OCSP response about CN=Example signer (sample)')
    expect(server.asked.filter((asked) => asked !== 'POST tsa')).toEqual(before)
    expect(kinds('private', 'record')).toEqual([])
  })

  it('does not sign under a certificate that was revoked', async () => {
    const { code, out, err } = await seal('revoked', server.signers.revoked, online())
    expect({ code, out }).toEqual({ code: 4, out: '' })
    expect(err).toMatch(/CN=Example revoked signer \(sample\).*was revoked on .*keyCompromise.*Nothing was sealed\./)
    expect(readdirSync(place).filter((name) => name.includes('revoked'))).toEqual([])
  })
})

describe('probatum seal --log and redact', () => {
  it('seal with validation data, each bundle with its own', async () => {
    const { signer } = server.signers
    const key = ['--log', 'log', '--log-key', 'log-key.pem']
    const origin = ['--new-key', '--origin', 'sample.example/validation']
    expect((await probatum(['custody', 'init', 'log', '--log-key', 'log-key.pem', ...origin])).code).toBe(0)
    const master = await seal('master', signer, [...key, ...online()])
    expect(master.code).toBe(0)
    expect(master.err).toContain('Stored in record/validation: 2 CRLs\nStored in seal/1/validation: 1 CRL\n')
    const policy = { disclosurePolicy: 'probatum/disclosure-policy/1-draft', recipient: null }
    const items = [{ all: true, payload: true, fields: ['*'] }]
    for (const name of ['one', 'two'])
      writeFileSync(at(`${name}.json`), JSON.stringify({ ...policy, identifier: name, items }))
    const made = await probatum([
      ...[
        'redact',
        'master',
        ...key,
        '--key',
        signer.key,
        '--chain',
        chainOf(signer),
        '--tsa',
        `a=${server.url('tsa')}`,
      ],
      ...['--policy', 'one.json', '--policy', 'two.json', '-o', 'redacted', '--issuer', 'Example Mechanism (sample)'],
      ...online(),
    ])
    expect(made.code).toBe(0)
    expect(made.err).toContain('Stored in seal/1/validation of 2 bundles together: 2 CRLs\n')
    for (const name of ['one', 'two']) {
      expect(kinds(`redacted/${name}`, 'record')).toEqual(['crl crl', 'crl crl'])
      expect(stored(`redacted/${name}`, 'seal/1')).toEqual([Buffer.from(server.lists.stamps)])
    }
    expect(await revocationOf('redacted/two')).toEqual({
      'signer.revocation': 'PASSED',
      'timestamp.revocation': 'PASSED',
    })
  })

  it('write nothing to the log where the signer was revoked', async () => {
    const before = readFileSync(at('log/custody.jsonl'))
    const refused = await seal('no-master', server.signers.revoked, [
      '--log',
      'log',
      '--log-key',
      'log-key.pem',
      ...online(),
    ])
    expect(refused.code).toBe(4)
    expect(refused.err).toContain('was revoked on')
    expect(readFileSync(at('log/custody.jsonl'))).toEqual(before)
  })
})

describe('probatum seal --for', () => {
  const day = 86_400
  const inSeconds = (seconds: number) => ({ epochSeconds: Math.floor(Date.now() / 1000) + seconds, fraction: '' })
  const log = ['--log', 'shared-log', '--log-key', 'shared-key.pem']
  const people: Record<string, Issued> = {}
  const approved = (by: string) => ['--approval', `${by}.json`]
  const share = (out: string, by: readonly string[], validation: readonly string[]) =>
    seal(out, server.signers.signer, [...log, '--for', 'request.json', ...by.flatMap(approved), ...validation])
  const approvals = async (bundle: string) => {
    const asked = ['--trust-set', 'with-approvers.json', '--policy', 'court', '--json']
    const { body } = JSON.parse((await probatum(['verify', bundle, ...asked])).out)
    return body.findings.find(({ id }: { id: string }) => id === 'authorisation.approvals')
  }

  beforeAll(async () => {
    const issue = (name: string, issuer: Issued | undefined, extensions: readonly string[]) =>
      server.pki.issue({ subject: `/CN=Example ${name} (sample)`, ...(issuer && { issuer }), extensions })
    const root = issue('approvers root', undefined, AUTHORITY)
    for (const name of ['ada', 'ben', 'cyd']) people[name] = issue(name, root, SIGNER)
    const { cyd } = people
    const period = { issuer: root, thisUpdate: inSeconds(-3600), nextUpdate: inSeconds(30 * day) }
    const revoked = [{ certificate: cyd as Issued, date: inSeconds(-7200), reason: 'keyCompromise' }]
    mkdirSync(at('all-lists'))
    const lists = { ...server.lists, approvers: server.make.crl({ ...period, revoked }) }
    for (const name of ['root', 'authority', 'stamps', 'approvers'] as const)
      writeFileSync(at(`all-lists/${name}.crl`), lists[name])
    for (const [name, { certificate }] of Object.entries({ root: server.root, stamps: server.stamps.root, own: root }))
      writeFileSync(at(`all-lists/${name}.pem`), readFileSync(certificate))
    const more = ['--source', 'invented', '--sample', '--after', 'trust.json', '--to', 'with-approvers.json']
    await probatum(['trust', 'add', root.certificate, '--role', 'approver', ...more])

    await probatum(['custody', 'init', ...log.slice(1), '--new-key', '--origin', 'sample.example/shared'])
    await probatum(['custody', 'append', 'shared-log', '--item', 'photos/a.txt', '--field', 'agent=Example (sample)'])
    const by = { by: 'Example Ministry (sample)', date: '2026-01-02', reference: 'Letter 1' }
    const recipient = {
      ...{ recipientFile: 'probatum/recipient/1-draft', name: 'Example Court (sample)', kind: 'court' },
      assurances: ASSURANCES.map((assurance) => ({ assurance, ...by })),
      conditions: [{ kind: 'use', text: 'Only for the trial (sample)' }],
    }
    writeFileSync(at('recipient.json'), JSON.stringify(recipient))
    const head = 'items,giver,purposes,recipients,from,until,withdrawn'
    writeFileSync(at('consents.csv'), `${head}\r\n0,Source (sample),trial,court,2026-01-01,,\r\n`)
    const asked = ['--recipient', 'recipient.json', '--consents', 'consents.csv', '--purpose', 'trial']
    const ground = ['--ground', 'Example statute', '--identifier', 'Example case (sample)', '-o', 'request.json']
    const made = await probatum(['gate', 'request', '--log', 'shared-log', ...asked, ...ground])
    expect(made.code, made.err).toBe(0)
    for (const [name, { key, certificate }] of Object.entries(people)) {
      const args = ['--key', key, '--chain', certificate, '--yes', '-o', `${name}.json`]
      expect((await probatum(['gate', 'approve', 'request.json', ...args])).code).toBe(0)
    }
  }, 120_000)

  it('keeps what proves the certificates of those who approved, which a court asks for too', async () => {
    const refused = await share('revoked-approver', ['ada', 'cyd'], ['--validation', 'all-lists'])
    expect(refused.code).toBe(4)
    expect(refused.err).toMatch(/of an approver, CN=Example cyd \(sample\), was revoked on .*Nothing was sealed/)
    expect(refused.err).toContain('approved by somebody else')
    expect(readdirSync(place)).not.toContain('revoked-approver')

    const { code, err } = await share('shared', ['ada', 'ben'], ['--validation', 'all-lists'])
    expect(code, err).toBe(0)
    expect(err).toContain('Stored in record/validation: 3 CRLs\nStored in seal/1/validation: 1 CRL\n')
    expect(stored('shared', 'record')).toContainEqual(readFileSync(at('all-lists/approvers.crl')))
    expect(await approvals('shared')).toMatchObject({ value: 'PASSED' })
  })
})

describe('probatum seal prepare and embed', () => {
  it('keep what is known before signing under the seal, and fetch the rest when it is signed', async () => {
    const { signer } = server.signers
    const asked = [
      '--chain',
      chainOf(signer),
      '--issuer',
      'Example Mechanism (sample)',
      '--tsa',
      `a=${server.url('tsa')}`,
    ]
    const prepared = await probatum(['seal', 'prepare', 'photos', '-o', 'prepared', ...asked, ...online()])
    expect(prepared.code).toBe(0)
    const [message = ''] = readdirSync(at('prepared/to-sign')).filter((name) => name.endsWith('.attributes.der'))
    server.pki.openssl('dgst', '-sha256', '-sign', signer.key, '-out', at('raw.sig'), at('prepared/to-sign', message))
    const embedded = await probatum([
      'seal',
      'embed',
      'prepared',
      '--signature',
      'raw.sig',
      '-o',
      'embedded',
      ...online(),
    ])
    expect(embedded.err).toBe('Stored in seal/1/validation: 1 CRL\n')
    expect(embedded.code).toBe(0)
    expect(kinds('embedded', 'record')).toEqual(['crl crl', 'crl crl'])
    expect(await revocationOf('embedded')).toEqual({ 'signer.revocation': 'PASSED', 'timestamp.revocation': 'PASSED' })
  })
})

describe('probatum seal --validation', () => {
  it('stores what belongs to the seal, and names the rest', async () => {
    mkdirSync(at('collected/below'), { recursive: true })
    const { lists, root, pki } = server
    writeFileSync(at('collected/README.txt'), 'lists of March (invented)\n')
    writeFileSync(at('collected/authority.crl'), lists.authority)
    writeFileSync(at('collected/below/namesake.crl'), lists.namesake)
    writeFileSync(at('collected/expired.crl'), lists.expired)
    const file = server.file('stamps.der', lists.stamps)
    pki.openssl('crl', '-inform', 'DER', '-in', file, '-out', at('stamps.pem'))
    const { code, err } = await seal('given', server.signers.signer, [
      ...[
        '--validation',
        'collected',
        '--validation',
        root.certificate,
        '--validation',
        server.file('root.crl', lists.root),
      ],
      ...[
        '--validation',
        'stamps.pem',
        '--validation',
        server.stamps.root.certificate,
        '--validation',
        server.stamps.signer.certificate,
      ],
    ])
    expect(code).toBe(0)
    expect(err).toContain('Stored in record/validation: 2 CRLs\nStored in seal/1/validation: 1 CRL\n')
    expect(err).toContain('Not stored: collected/README.txt holds no certificate, CRL or OCSP response')
    expect(err).toMatch(/Not stored: the CRL [0-9a-f]{16} in collected\/below\/namesake\.crl: no key of the authority/)
    expect(err).toMatch(/Not stored: the CRL [0-9a-f]{16} in collected\/expired\.crl: .*too old/)
    expect(err.match(/a root is used to check, and never stored/g)).toHaveLength(2)
    expect(err).toMatch(/Not stored: the certificate [0-9a-f]{16} in \S+: it says nothing about/)
    // What was PEM is DER in the bundle.
    expect(stored('given', 'seal/1')).toEqual([Buffer.from(lists.stamps)])
    expect(await revocationOf('given')).toEqual({ 'signer.revocation': 'PASSED', 'timestamp.revocation': 'PASSED' })
  })

  it('keeps no list whose authority is not here, and says whose certificate it needs', async () => {
    const { code, err } = await seal('rootless', server.signers.signer, [
      '--validation',
      'collected/authority.crl',
      '--validation',
      server.file('root.crl', server.lists.root),
    ])
    expect(code).toBe(0)
    expect(err).toContain('Stored in record/validation: 1 CRL\n')
    expect(err).toMatch(
      /Not stored: the CRL \S+ in \S+root\.crl: the certificate of the authority that made it is not here/,
    )
    expect(err).toContain('The certificate of CN=Example signers root (sample),O=Example (sample) is not here')
  })

  it('refuses a revoked signer from a file as well, and options that do not fit', async () => {
    const refused = await seal('never', server.signers.revoked, ['--validation', 'collected/authority.crl'])
    expect(refused.code).toBe(4)
    expect(refused.err).toContain('was revoked on')
    for (const more of [
      ['--online-host', 'ca.example'],
      ['--online', '--online-host', 'http://ca.example/'],
      ['--online', '--online-timeout', '0'],
    ])
      expect(await seal('never', server.signers.signer, more)).toMatchObject({ code: 2, out: '' })
    expect((await seal('never', server.signers.signer, ['--validation', 'no-such-file'])).code).toBe(4)
    expect(readdirSync(place)).not.toContain('never')
  })
})

describe('probatum timestamp attach --validation', () => {
  const signature = 'tagmanifest-sha256.txt.p7s'
  /** A bundle that waits for its time-stamp, with the signer's lists, and the answer that it waits for. */
  const waiting = async (name: string) => {
    const { signer } = server.signers
    const { unit } = server
    const subject = new X509Certificate(readFileSync(unit.certificate)).subject.split('\n').reverse().join(',')
    const sealed = await probatum([
      ...['seal', 'photos', '-o', name, '--key', signer.key, '--chain', chainOf(signer)],
      ...['--tsa-later', `a=${subject}`, '--validation', 'lists'],
    ])
    expect(sealed.code, sealed.err).toBe(0)
    await probatum(['timestamp', 'request', name, '-o', `${name}.tsq`])
    writeFileSync(at(`${name}.tsr`), server.stamps.opensslReply(new Uint8Array(readFileSync(at(`${name}.tsq`))), unit))
    return ['timestamp', 'attach', name, `${name}.tsr`]
  }
  beforeAll(() => {
    mkdirSync(at('lists'))
    writeFileSync(at('lists/root.pem'), readFileSync(server.root.certificate))
    writeFileSync(at('stamps-root.pem'), readFileSync(server.stamps.root.certificate))
    for (const of of ['root', 'authority'] as const) writeFileSync(at(`lists/${of}.crl`), server.lists[of])
  })

  it('stores what proves the certificate of the authority beside its answer, and nothing twice', async () => {
    const attach = await waiting('attached')
    const list = server.file('stamps.crl', server.lists.stamps)
    const { code, err } = await here(
      ...attach,
      ...['lists', list, 'stamps-root.pem'].flatMap((path) => ['--validation', path]),
    )
    expect(err).toContain('Stored in seal/1/validation: 1 CRL\n')
    expect(code).toBe(0)
    expect(stored('attached', 'seal/1')).toEqual([Buffer.from(server.lists.stamps)])
    expect(hints('attached', 'record').length).toBeGreaterThan(0)
    expect(await revocationOf('attached')).toEqual({ 'signer.revocation': 'PASSED', 'timestamp.revocation': 'PASSED' })
  })

  it('takes no answer of an authority that is withdrawn, and writes nothing then', async () => {
    const attach = await waiting('withdrawn')
    const { make, stamps, unit } = server
    const before = (days: number) =>
      parseInstant(new Date(Date.now() - days * 86_400_000).toISOString()) ?? expect.fail('no such time')
    const revoked = [{ certificate: unit, date: before(2), reason: 'keyCompromise' as const }]
    const list = make.crl({ issuer: stamps.root, revoked, thisUpdate: before(1), nextUpdate: before(-30) })
    const refused = await probatum([
      ...attach,
      ...['stamps-root.pem', server.file('withdrawn.crl', list)].flatMap((path) => ['--validation', path]),
    ])
    expect(refused.err).toContain('of a time-stamp authority')
    expect(refused.code).toBe(4)
    expect(readdirSync(at('withdrawn/seal/1'))).toEqual([signature])
    expect((await probatum([...attach, '--online-host', 'ca.example'])).code).toBe(2)
  })
})
