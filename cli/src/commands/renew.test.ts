// Needs: openssl, sha512sum, unzip, zip.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { placeHere } from '../../../tools/testing/place-here.ts'
import { filesBelow, startProbatum, startProgram } from '../../../tools/testing/started.ts'
import { startValidationServer } from '../../../tools/testing/validation-server.ts'

const { place, at, probatum: here } = placeHere('renew')
let server: Awaited<ReturnType<typeof startValidationServer>>

const run = (program: string, args: readonly string[], cwd = place) => startProgram(program, args, { cwd }).done
const probatum = (args: readonly string[]) => here(...args)
const renew = (bundle: string, ...args: string[]) => probatum(['renew', bundle, '--trust-set', 'trust.json', ...args])
const tsa = () => ['--tsa', `a=${server.url('tsa')}`]
const online = () => ['--online', '--online-host', server.host]

const filesOf = (bundle: string) => filesBelow(at(bundle))
const verdictOf = async (bundle: string) => {
  const { out } = await probatum(['verify', bundle, '--trust-set', 'trust.json', '--json'])
  return JSON.parse(out).body as {
    assessment: { indication: string }
    findings: { id: string; value: string; reason?: string; subject: { name?: string } }[]
  }
}
/** What lies beside the bundles and is not finished. */
const unfinished = () => readdirSync(place).filter((name) => name.includes('unfinished'))
/** A copy of the sealed bundle, to be renewed or spoilt. */
function copy(name: string, change: (bundle: string) => void = () => {}) {
  cpSync(at('sealed'), at(name), { recursive: true })
  change(at(name))
  return name
}

beforeAll(async () => {
  server = await startValidationServer()
  mkdirSync(at('photos'))
  writeFileSync(at('photos/a.txt'), 'invented\n')
  writeFileSync(at('photos/b.bin'), new Uint8Array(300_000).fill(7))
  const { signer } = server.signers
  const chain = server.file(
    'chain.pem',
    Buffer.concat([readFileSync(signer.certificate), readFileSync(server.authority.certificate)]),
  )
  const add = (certificate: string, role: string, more: readonly string[]) =>
    probatum(['trust', 'add', certificate, '--role', role, '--source', 'invented', '--sample', ...more])
  await add(server.root.certificate, 'signer', ['--issuer', 'Example (sample)', '--to', 'first.json'])
  await add(server.stamps.root.certificate, 'time-stamp-authority', ['--after', 'first.json', '--to', 'second.json'])
  const more = ['--after', 'second.json', '--to', 'trust.json']
  await add(server.stamps.secondRoot.certificate, 'time-stamp-authority', more)
  const sealed = await probatum([
    ...['seal', 'photos', '-o', 'sealed', '--key', signer.key, '--chain', chain, ...tsa()],
    ...['--issuer', 'Example Mechanism (sample)', '--long-term'],
  ])
  expect(sealed.code).toBe(0)
}, 180_000)
afterAll(async () => {
  await server.close()
})

describe('probatum renew', () => {
  it('adds a level that stock tools accept, twice, and alters no file', async () => {
    const before = filesOf(copy('twice'))
    const first = await renew('twice', ...tsa(), ...online())
    expect(first.code).toBe(0)
    expect(first.err).toContain('Stored in seal/1/validation: 3 CRLs\n')
    const between = filesOf('twice')
    const other = ['--tsa', `b=${server.url('other-tsa')}`, '--validation', server.stamps.secondRoot.certificate]
    const second = await renew('twice', ...other, ...online())
    expect(second.code).toBe(0)
    expect(second.err).toContain('Stored in seal/2/validation: nothing\nStored in seal/3/validation: 1 CRL\n')
    const after = filesOf('twice')
    for (const [path, bytes] of before) expect([path, between.get(path) === bytes]).toEqual([path, true])
    for (const [path, bytes] of between) expect([path, after.get(path) === bytes]).toEqual([path, true])
    const added = [...after.keys()].filter((path) => !before.has(path))
    expect(added.map((path) => path.replace(/[0-9a-f]{16}/, 'X'))).toEqual([
      'seal/1/validation/crl-X.crl',
      'seal/1/validation/crl-X.crl',
      'seal/1/validation/crl-X.crl',
      'seal/2/a.tsr',
      'seal/2/sums-sha512.txt',
      'seal/3/b.tsr',
      'seal/3/sums-sha512.txt',
      'seal/3/validation/crl-X.crl',
    ])
    const levels = [
      [2, 'a', server.stamps.root],
      [3, 'b', server.stamps.secondRoot],
    ] as const
    for (const [level, label, root] of levels) {
      const sums = `seal/${level}/sums-sha512.txt`
      const listed = readFileSync(at('twice', sums), 'utf8')
      const paths = listed
        .split('\n')
        .slice(0, -1)
        .map((line) => line.slice(130))
      // Everything that was there, once, in byte order.
      const all = [...after.keys()].filter(
        (path) => !/^seal\/[23]\//.test(path) || (level === 3 && /^seal\/2\//.test(path)),
      )
      expect(paths).toEqual(all.sort((a, b) => (a < b ? -1 : 1)))
      expect((await run('sha512sum', ['--strict', '--quiet', '-c', sums], at('twice'))).code).toBe(0)
      const token = ['-in', `seal/${level}/${label}.tsr`, '-data', sums, '-CAfile', root.certificate]
      expect((await run('openssl', ['ts', '-verify', ...token], at('twice'))).code).toBe(0)
    }
    const { assessment, findings } = await verdictOf('twice')
    expect(assessment.indication).toBe('TOTAL-PASSED')
    const renewed = findings.filter(({ id }) => id.startsWith('renewal.'))
    expect(renewed.map(({ id, value }) => `${id} ${value}`)).not.toContain('renewal.token INDETERMINATE')
    expect(renewed.filter(({ id, value }) => id === 'renewal.sums' && value === 'PASSED')).toHaveLength(2)
    expect(unfinished()).toEqual([])
  })

  it('writes a ZIP anew, stored, and leaves the one that it was given', async () => {
    await run('zip', ['-q', '-r', '../sealed.zip', '.'], at('sealed'))
    const before = readFileSync(at('sealed.zip'))
    expect((await renew('sealed.zip', ...tsa())).code).toBe(2)
    const { code } = await renew('sealed.zip', ...tsa(), '-o', 'renewed.zip')
    expect(code).toBe(0)
    expect(readFileSync(at('sealed.zip'))).toEqual(before)
    const { out } = await run('unzip', ['-v', 'renewed.zip'])
    expect(out).toContain('renewed/seal/2/sums-sha512.txt')
    expect(out).not.toContain('Defl')
    expect((await verdictOf('renewed.zip')).assessment.indication).toBe('TOTAL-PASSED')
    const made = readFileSync(at('renewed.zip'))
    expect((await renew('sealed.zip', ...tsa(), '-o', 'renewed.zip')).code).toBe(2)
    expect(readFileSync(at('renewed.zip'))).toEqual(made)
  })

  it('leaves a folder as it is where another place is named; takes what a threshold allows, and names the others', async () => {
    const before = filesOf('sealed')
    const other = ['--tsa', `b=${server.stamps.url('wrong-eku')}`, '--tsa-threshold', '1']
    const { code, err } = await renew('sealed', ...tsa(), ...other, '-o', 'elsewhere')
    expect(code).toBe(0)
    expect(err).toContain('No time-stamp of b:')
    expect(filesOf('sealed')).toEqual(before)
    expect(readdirSync(at('elsewhere/seal/2')).sort()).toEqual(['a.tsr', 'sums-sha512.txt'])
    expect((await verdictOf('elsewhere')).assessment.indication).toBe('TOTAL-PASSED')
  })

  it('takes answers that were fetched elsewhere, to a request of its own', async () => {
    copy('offline')
    const before = filesOf('offline')
    const given = [
      '--validation',
      server.file('stamps.crl', server.lists.stamps),
      '--validation',
      server.root.certificate,
    ]
    const asked = await renew(
      'offline',
      '--request',
      'offline.tsq',
      ...given,
      '--validation',
      server.stamps.root.certificate,
    )
    expect(asked.code).toBe(0)
    expect(filesOf('offline')).toEqual(before)
    const query = await run('openssl', ['ts', '-query', '-in', 'offline.tsq', '-text'])
    expect(query.out).toMatch(/Hash Algorithm: sha512[\s\S]*Certificate required: yes/)
    const reply = server.stamps.opensslReply(new Uint8Array(readFileSync(at('offline.tsq'))), server.unit)
    writeFileSync(at('offline.tsr'), reply)
    const answer = ['--answer', 'acme=offline.tsr', ...given]
    // Without the list that the request was over.
    const other = await renew('offline', '--answer', 'acme=offline.tsr')
    expect(other).toMatchObject({ code: 4, out: '' })
    expect(other.err).toContain('is no answer about this bundle as it is now')
    expect(filesOf('offline')).toEqual(before)
    expect((await renew('offline', ...answer, '--validation', server.stamps.root.certificate)).code).toBe(0)
    expect(readFileSync(at('offline/seal/2/acme.tsr'))).toEqual(Buffer.from(reply))
    expect((await verdictOf('offline')).assessment.indication).toBe('TOTAL-PASSED')
    for (const wrong of [
      ['--answer', 'offline.tsr'],
      ['--answer', 'a=offline.tsr', '--answer', 'a=offline.tsr'],
      ['--answer', 'a=offline.tsr', ...tsa()],
      ['--request', 'offline.tsq'],
    ])
      expect((await renew('sealed', ...wrong)).code).toBe(2)
  })

  it('says by when, and ends accordingly', async () => {
    const there = await renew('sealed', '--check')
    expect(there.code).toBe(0)
    expect(there.out).toMatch(/^Renew before 20\d\d-/)
    const unknown = await probatum(['renew', 'sealed', '--check'])
    expect(unknown.code).toBe(3)
    const spoilt = copy('check-spoilt', (bundle) => writeFileSync(join(bundle, 'data/00/000001.txt'), 'changed\n'))
    expect((await renew(spoilt, '--check')).code).toBe(1)
    expect((await renew('sealed', '--check', ...tsa())).code).toBe(2)
    expect(existsSync(at('sealed/seal/2'))).toBe(false)
  })
})

describe('probatum renew refuses', () => {
  const refused = async (name: string, code: number, said: RegExp | string, ...args: string[]) => {
    const before = filesOf(name)
    const asked = server.asked.length
    const result = await renew(name, ...(args.length === 0 ? tsa() : args))
    expect(result.err).toMatch(said)
    expect(result).toMatchObject({ code, out: '' })
    expect(filesOf(name)).toEqual(before)
    expect(unfinished()).toEqual([])
    return server.asked.slice(asked)
  }

  it('what does not hold, what is not whole, and what does not belong there, before it asks anybody', async () => {
    const changed = copy('changed', (bundle) => writeFileSync(join(bundle, 'data/00/000001.txt'), 'changed\n'))
    expect(await refused(changed, 1, /does not hold\. Nothing was renewed\.\n.*payload\.digest/)).toEqual([])
    const stray = copy('stray', (bundle) => writeFileSync(join(bundle, 'seal/1/notes.txt'), 'invented\n'))
    expect(await refused(stray, 4, /seal\.undeclared[\s\S]*would keep it so for ever/)).toEqual([])
    const bare = copy('bare', (bundle) => rmSync(join(bundle, 'seal/1/tagmanifest-sha512.txt.p7s.a.tsr')))
    expect(await refused(bare, 4, /seal\.declared/)).toEqual([])
    const level = copy('level', (bundle) => {
      mkdirSync(join(bundle, 'seal/2'))
      writeFileSync(join(bundle, 'seal/2/sums-sha512.txt'), 'invented\n')
    })
    expect(await refused(level, 4, /renewal\.levels/)).toEqual([])
    mkdirSync(at('bag/data'), { recursive: true })
    writeFileSync(at('bag/bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
    writeFileSync(at('bag/data/a'), '')
    writeFileSync(
      at('bag/manifest-sha256.txt'),
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  data/a\n',
    )
    expect(await refused('bag', 4, /Only sealed bundles are renewed/)).toEqual([])
  })

  it('an answer that does not hold, and leaves nothing behind', async () => {
    copy('bad-answers')
    for (const path of ['wrong-imprint', 'expired'])
      await refused(
        'bad-answers',
        4,
        /Nothing was renewed\./,
        '--tsa',
        `x=${server.stamps.url(path)}`,
        '--tsa-timeout',
        '2',
      )
    await refused('bad-answers', 2, /needs --tsa/, '--online')
  })
})

describe('a renewal that is killed', () => {
  it.each(['SIGKILL', 'SIGINT'] as const)(
    'leaves the bundle as it was (%s), and can be begun again',
    async (signal) => {
      const name = copy(`killed-${signal}`)
      const before = filesOf(name)
      const silent = ['renew', name, '--trust-set', 'trust.json', '--tsa', `x=${server.stamps.url('silent')}`]
      const asked = server.stamps.asked.length
      const { child, done } = startProbatum([...silent, ...online()], { cwd: place })
      // Everything is listed and written beside by then, and no answer comes.
      while (server.stamps.asked.length === asked) await new Promise((resolve) => setTimeout(resolve, 20))
      child.kill(signal)
      expect((await done).code).toBe(signal === 'SIGINT' ? 130 : null)
      expect(filesOf(name)).toEqual(before)
      expect(unfinished().length).toBe(signal === 'SIGINT' ? 0 : 1)
      expect((await renew(name, ...tsa())).code).toBe(0)
      expect((await verdictOf(name)).assessment.indication).toBe('TOTAL-PASSED')
      for (const left of unfinished()) rmSync(at(left), { recursive: true })
    },
  )

  it('between its two renamings leaves hints more, that the next one takes up', async () => {
    const name = copy('between')
    expect((await renew(name, ...tsa(), ...online())).code).toBe(0)
    // As it is when the power fails before the level itself is put in its place.
    renameSync(at(name, 'seal/2'), at('never-placed'))
    expect((await verdictOf(name)).assessment.indication).toBe('TOTAL-PASSED')
    const { code, err } = await renew(name, ...tsa(), ...online())
    expect(code).toBe(0)
    expect(err).toContain('Stored in seal/1/validation: nothing\n')
    expect(readFileSync(at(name, 'seal/2/sums-sha512.txt'))).toEqual(readFileSync(at('never-placed/sums-sha512.txt')))
  })
})
