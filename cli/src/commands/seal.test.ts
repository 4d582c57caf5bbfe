import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileOf, writeZip } from '@probatum/seal'
import { beforeAll, describe, expect, it } from 'vitest'
import { killSealers } from '../../../tools/long/seal-kills.ts'
import { placeHere } from '../../../tools/testing/place-here.ts'

const { at, probatum } = placeHere('seal')
const put = (name: string, text: string | Uint8Array) => {
  mkdirSync(dirname(at(name)), { recursive: true })
  writeFileSync(at(name), text)
}
const digest = (algorithm: string, bytes: string | Uint8Array) => createHash(algorithm).update(bytes).digest('hex')

const seal = (...args: readonly string[]) => probatum('seal', ...args, '--demo-authority')
const names = (folder = '.') => readdirSync(at(folder)).sort()

interface Opened {
  readonly file: string
  readonly seq: number
  readonly field: string
  readonly value: unknown
}

/** Every field that a bundle opens, read by hand. */
function opened(bundle: string): Opened[] {
  return readFileSync(at(bundle, 'record/disclosures.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const { file, seq, opening } = JSON.parse(line)
      const [, field, value] = JSON.parse(Buffer.from(opening, 'base64url').toString('utf8'))
      return { file, seq, field, value }
    })
}
const openedIn = (bundle: string, file: string, seq: number, field: string) =>
  opened(bundle).find((each) => each.file === file && each.seq === seq && each.field === field)?.value
const events = (bundle: string): string[] =>
  readFileSync(at(bundle, 'record/custody.jsonl'), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line).type)

const TABLE = `path,originalName,sourceReference,mediaType,description,acquiredBy,acquiredAt,acquiredFrom,copyOf,copyMethod,copyGround,copyAgent\r
blurred.jpg,,,image/jpeg,,,,,photo.jpg,faces blurred,witness-protection,Example Editor (sample)\r
photo.jpg,"Brücke, Süd (sample).jpg",S-7 (sample),image/jpeg,"A bridge, invented",Example Investigator (sample),2026-01-02T03:04:05Z,Example Town (sample),,,,\r
below/note.txt,,S-7 (sample),text/plain,,Example Investigator (sample),2026-01-01T00:00:00Z,,,,,\r
`

beforeAll(async () => {
  put('files/photo.jpg', 'INVENTED SAMPLE photo\n')
  put('files/blurred.jpg', 'INVENTED SAMPLE photo, blurred\n')
  put('files/below/note.txt', 'INVENTED SAMPLE note\n')
  put('items.csv', `\ufeff${TABLE}`)
}, 120_000)

describe('seal with a table of items', () => {
  it('seals each file with what the table says of it, originals before their copies', async () => {
    const { code, err, out } = await seal('files', '-o', 'tabled', '--items', 'items.csv', '--long-term')
    expect({ code, err }).toMatchObject({ code: 0 })
    expect(err).toContain('byte order mark')
    expect(err).toContain('CR LF')
    expect(out).toContain('Sealed 3 files')
    expect(openedIn('tabled', 'items.jsonl', 0, 'originalName')).toBe('Brücke, Süd (sample).jpg')
    expect(openedIn('tabled', 'items.jsonl', 0, 'description')).toBe('A bridge, invented')
    expect(openedIn('tabled', 'items.jsonl', 1, 'copyOf')).toMatchObject({ seq: 0 })
    expect(openedIn('tabled', 'items.jsonl', 1, 'copyGround')).toBe('witness-protection')
    expect(events('tabled')).toEqual(['log-start', 'acquisition', 'acquisition', 'ingestion', 'fixity-check', 'export'])
    // By time, not by the lines of the table.
    expect(openedIn('tabled', 'custody.jsonl', 1, 'objects')).toEqual([[2, 2]])
    expect(openedIn('tabled', 'custody.jsonl', 2, 'note')).toBe('source reference: S-7 (sample)')
    expect(readFileSync(at('tabled/manifest-sha512.txt'), 'utf8')).toContain(
      `${digest('sha512', 'INVENTED SAMPLE photo\n')}  data/00/000001.jpg\n`,
    )
    const report = await probatum(
      'verify',
      'tabled',
      '--trust-set',
      'tabled.trust-set.json',
      '--policy',
      'court',
      '--json',
    )
    const { findings } = JSON.parse(report.out).body
    const of = (id: string) => findings.find((finding: { id: string }) => finding.id === id)?.value
    expect(findings.filter(({ value }: { value: string }) => value === 'FAILED')).toEqual([])
    for (const id of ['custody.time', 'custody.objects', 'custody.chain', 'disclosure.copies', 'manifest.payload'])
      if (of(id) !== undefined) expect([id, of(id)]).toEqual([id, 'PASSED'])
    expect(of('disclosure.copies')).toBe('PASSED')
  })

  it('refuses everything that is wrong at once, with lines and what to do, and writes nothing', async () => {
    put('wrong.csv', 'path,colour\nphoto.jpg,red\nphoto.jpg,blue\nPhoto2.jpg,\nbelow\\note.txt,\n')
    const before = names()
    const { code, err } = await seal('files', '-o', 'never', '--items', 'wrong.csv')
    expect(code).toBe(4)
    expect(err).toContain('6 problems')
    for (const said of [
      'line 1: there is no column “colour”',
      'line 3: “photo.jpg” stands in line 2 already',
      'line 4: there is no file “Photo2.jpg”',
      'line 5: there is no file “below\\note.txt”. Is “below/note.txt” meant?',
      'the file “blurred.jpg” has no line',
    ])
      expect(err.replaceAll('\\\\', '\\')).toContain(said)
    expect(names()).toEqual(before)
  })
})

describe('seal --dry-run', () => {
  it('needs no key, writes nothing, and shows items, events and what is withheld', async () => {
    const before = names()
    const { code, out } = await probatum(
      'seal',
      'files',
      '--items',
      'items.csv',
      '--dry-run',
      '--issuer',
      'Example Mechanism (sample)',
    )
    expect(code).toBe(0)
    expect(names()).toEqual(before)
    for (const said of [
      'DRY RUN: nothing is written. 3 files',
      'item 0  data/00/000001.jpg',
      'Brücke, Süd (sample).jpg',
      'item 0: a redacted copy',
      'source reference: S-7 (sample)',
      'acquisition',
      'Example Mechanism (sample)  (WITHHELD)',
      'Withheld: time, agent of the export event',
    ])
      expect(out).toContain(said)
  })

  it('shows the items and events that the seal then has', async () => {
    const { out } = await probatum('seal', 'files', '--items', 'items.csv', '--dry-run')
    const shown = [...out.matchAll(/^ {2}event \d+ {2}(\S+)$/gm)].map(([, type]) => type)
    expect(shown).toEqual(events('tabled'))
    const paths = [...out.matchAll(/^ {2}item \d+ {2}(\S+)/gm)].map(([, path]) => path)
    const sealed = opened('tabled').filter(({ file, field }) => file === 'items.jsonl' && field === 'path')
    expect(paths).toEqual(sealed.map(({ value }) => value))
  })

  it('checks the table as the seal does', async () => {
    expect((await probatum('seal', 'files', '--items', 'wrong.csv', '--dry-run')).code).toBe(4)
  })
})

/** A bag as another program might have made it: MD5 and SHA-1, and a tag file of its own. */
function makeBag(name: string, change: (path: string, text: string) => string = (_, text) => text) {
  const payload = { 'data/a (sample).txt': 'INVENTED SAMPLE a\n', 'data/below/b.txt': 'INVENTED SAMPLE b\n' }
  const manifest = (algorithm: string) =>
    Object.entries(payload)
      .map(([path, text]) => `${digest(algorithm, text)}  ${path}\n`)
      .join('')
  const files = {
    'bagit.txt': 'BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n',
    'bag-info.txt':
      'Source-Organization: Example Archive (sample)\nExternal-Identifier: Example accession 7 (sample)\n',
    'manifest-md5.txt': manifest('md5'),
    'manifest-sha1.txt': manifest('sha1'),
    'metadata/notes.xml': '<sample/>\n',
    ...payload,
  }
  for (const [path, text] of Object.entries(files)) put(`${name}/${path}`, change(path, text))
  return files
}

describe('seal of a BagIt bag', () => {
  it('seals its payload, keeps what it states as a statement, and names what it leaves out', async () => {
    makeBag('bag')
    const { code, err } = await seal('bag', '-o', 'from-bag')
    expect({ code, err }).toMatchObject({ code: 0 })
    expect(err).toContain('metadata/notes.xml')
    expect(err).toContain('weak today')
    expect(openedIn('from-bag', 'items.jsonl', 1, 'originalName')).toBe('below/b.txt')
    expect(events('from-bag')).toEqual(['log-start', 'fixity-check', 'ingestion', 'fixity-check', 'export'])
    expect(openedIn('from-bag', 'custody.jsonl', 1, 'note')).toContain('manifest-md5.txt, manifest-sha1.txt')
    expect(openedIn('from-bag', 'custody.jsonl', 2, 'note')).toContain('Source-Organization: Example Archive (sample)')
    expect(readFileSync(at('from-bag/bag-info.txt'), 'utf8')).toContain(
      'External-Identifier: Example accession 7 (sample)\n',
    )
    expect((await probatum('verify', 'from-bag', '--trust-set', 'from-bag.trust-set.json')).code).toBe(0)
  })

  it('takes one in an archive too, and a table by the names below data/', async () => {
    const files = new Map(Object.entries(makeBag('bag-2')).map(([path, text]) => [path, fileOf(Buffer.from(text))]))
    const pieces: Uint8Array[] = []
    for await (const piece of writeZip({ topFolder: 'bag', files })) pieces.push(piece)
    put('bag.zip', Buffer.concat(pieces))
    put('bag.csv', 'path,description\nbelow/b.txt,the second\na (sample).txt,the first\n')
    expect(await seal('bag.zip', '-o', 'from-zip', '--items', 'bag.csv')).toMatchObject({ code: 0 })
    expect(openedIn('from-zip', 'items.jsonl', 0, 'description')).toBe('the second')
    expect(readFileSync(at('from-zip/data/00/000001.txt'), 'utf8')).toBe('INVENTED SAMPLE b\n')
  })

  it.each([
    ['a changed file', (path: string, text: string) => (path.endsWith('b.txt') ? text.replace('b', 'c') : text)],
    [
      'a manifest of two that lists another digest',
      (path: string, text: string) =>
        path === 'manifest-sha1.txt' ? text.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) : text,
    ],
  ])('refuses %s, and says which', async (what, change) => {
    makeBag(`wrong: ${what}`, change)
    const { code, err } = await seal(`wrong: ${what}`, '-o', 'never')
    expect(code).toBe(4)
    expect(err).toContain('does not verify')
    expect(existsSync(at('never'))).toBe(false)
    // As files it can be sealed: then nobody says that the bag holds.
    expect((await seal(`wrong: ${what}`, '-o', `as files: ${what}`, '--as', 'folder')).code).toBe(0)
    expect(opened(`as files: ${what}`).some(({ value }) => value === 'manifest-sha1.txt')).toBe(true)
  })

  it('refuses a bundle that is sealed already', async () => {
    const { code, err } = await seal('tabled', '-o', 'never')
    expect(code).toBe(4)
    expect(err).toContain('sealed bundle already')
  })

  it('names all links and the like in a folder', async () => {
    cpSync(at('files'), at('linked'), { recursive: true })
    for (const name of ['one', 'two']) symlinkSync('photo.jpg', at('linked', name))
    const { code, err } = await seal('linked', '-o', 'never')
    expect(code).toBe(4)
    expect(err).toMatch(/one \(symbolic-link\), two \(symbolic-link\)/)
  })
})

describe('seal over a log that is kept', () => {
  const log = ['--log', 'log', '--log-key', 'log-key.pem']

  it('adds items by the table, copies by the line of their original, and events of how they came', async () => {
    expect(
      (
        await probatum(
          'custody',
          'init',
          'log',
          '--log-key',
          'log-key.pem',
          '--new-key',
          '--origin',
          'sample.example/seal',
        )
      ).code,
    ).toBe(0)
    const dry = await probatum('seal', 'files', '--log', 'log', '--items', 'items.csv', '--dry-run')
    expect(dry.code).toBe(0)
    expect(dry.out).toContain('3 items would be new')
    expect(dry.out).toContain('item 0: a redacted copy')
    expect(readFileSync(at('log/items.jsonl'), 'utf8')).toBe('')
    const { code, err } = await seal('files', '-o', 'logged', ...log, '--items', 'items.csv')
    expect(code).toBe(0)
    // The log began before: two acquisitions are written down late, and nobody has to explain that.
    expect(err).not.toContain('earlier')
    const { findings } = JSON.parse((await probatum('verify', 'logged', '--policy', 'court', '--json')).out).body
    const times = findings.find(({ id }: { id: string }) => id === 'custody.time')
    expect(times).toMatchObject({ value: 'PASSED' })
    expect(times.counts.compared).toBeGreaterThan(3)
    expect(events('logged')).toEqual(dryEvents(dry.out))
    expect(openedIn('logged', 'items.jsonl', 0, 'description')).toBe('A bridge, invented')
    const line = digest('sha256', readFileSync(at('logged/record/items.jsonl'), 'utf8').split('\n')[0] ?? '')
    expect(openedIn('logged', 'items.jsonl', 1, 'copyOf')).toEqual({ line, seq: 0 })
  })

  it('knows what it has already, and shows what each recipient would see, without a value', async () => {
    put(
      'policy.json',
      '{"disclosurePolicy":"probatum/disclosure-policy/1-draft","recipient":null,"identifier":"x","items":[{"seq":[0],"payload":true,"fields":["mediaType"]}]}',
    )
    const { code, out } = await probatum('seal', 'files', '--log', 'log', '--dry-run', '--policy', 'policy.json')
    expect(code).toBe(0)
    expect(out).toContain('0 items would be new')
    const [, mine = '', theirs = ''] = /this bundle: (.*?)policy\.json: (.*)/s.exec(out) ?? []
    expect(mine).toContain('3 files')
    expect(theirs).toContain('1 files')
    expect(theirs).toMatch(/item: description +0 opened, 1 withheld/)
    expect(theirs).toMatch(/item: mediaType +1 opened, 2 withheld/)
    expect(theirs).not.toContain('bridge')
    expect((await probatum('seal', 'files', '--dry-run', '--policy', 'policy.json')).code).toBe(2)
  })

  it('names exports of a run that was interrupted, as far as the log has them, and adds no item twice', async () => {
    const lines = (name: string) => readFileSync(at('log', name), 'utf8').split('\n').slice(0, -1)
    const [events, items] = [lines('custody.jsonl'), lines('items.jsonl')]
    const last = events.length - 1
    const noted = [
      { seq: last, line: digest('sha256', events[last] ?? '') },
      { seq: last - 1, line: 'ab'.repeat(32) },
      { seq: last + 1, line: 'cd'.repeat(32) },
    ]
    put('.again.unfinished/SEALING-NOT-FINISHED.txt', 'as a run leaves it\n')
    put('.again.unfinished/exports.json', JSON.stringify(noted))
    expect((await seal('files', '-o', 'again', ...log)).code).toBe(4)
    expect(lines('custody.jsonl')).toEqual(events)
    const { code, err, out } = await seal('files', '-o', 'again', ...log, '--resume')
    expect(code, err).toBe(0)
    expect(err).toContain(`Event ${last} (export) was written to the log; no bundle exists for it.`)
    expect(out).toContain('(0 new items)')
    expect(lines('items.jsonl')).toEqual(items)
    expect(names().filter((name) => name.startsWith('.again'))).toEqual([])
    put('.other.unfinished/exports.json', '{"not":"in form"}')
    expect((await seal('files', '-o', 'other', ...log, '--resume')).err).not.toContain('was interrupted')
  })

  it('takes a bag, and adds nothing of one that does not verify', async () => {
    makeBag('log-bag')
    makeBag('log-bag-wrong', (path, text) => (path.endsWith('b.txt') ? text.replace('b', 'c') : text))
    const before = readFileSync(at('log/items.jsonl'), 'utf8')
    expect((await seal('log-bag-wrong', '-o', 'never', ...log)).code).toBe(4)
    expect(readFileSync(at('log/items.jsonl'), 'utf8')).toBe(before)
    expect((await seal('log-bag', '-o', 'logged-bag', ...log)).code).toBe(0)
    expect(events('logged-bag').slice(-3)).toEqual(['ingestion', 'fixity-check', 'export'])
  })
})

const dryEvents = (out: string): string[] => [
  'log-start',
  ...[...out.matchAll(/^ {2}event \d+ {2}(\S+)/gm)].map(([, type]) => type ?? ''),
]

describe('seal, killed', () => {
  it('goes on with --resume, and what it left is never taken for a bundle', async () => {
    const { cases, failures } = await killSealers(2, { isLogged: true }, () => {})
    expect(cases).toBe(2)
    expect(failures).toEqual([])
  })

  it('needs --out, and does not resume a dry run', async () => {
    expect((await seal('files')).code).toBe(2)
    expect((await probatum('seal', 'files', '--dry-run', '--resume')).code).toBe(2)
    expect((await seal('files', '-o', 'nothing-there', '--resume')).err).toContain('nothing to resume')
  })
})

describe('seal --link', () => {
  const inode = (name: string) => statSync(at(name)).ino

  it('gives the files second names, and says what that means; a later change of an original is found', async () => {
    put('shared/one.txt', 'INVENTED SAMPLE one\n')
    put('shared/two.txt', 'INVENTED SAMPLE two\n')
    const { code, err, out } = await seal('shared', '-o', 'second-names', '--link')
    expect(code, err).toBe(0)
    expect(out).toContain('read and verified')
    expect(out + err).toContain('Whoever changes one there changes it here, and verification then says so.')
    expect(inode('second-names/data/00/000001.txt')).toBe(inode('shared/one.txt'))
    expect(events('second-names')).not.toContain('fixity-check')
    const verify = () => probatum('verify', 'second-names', '--trust-set', 'second-names.trust-set.json')
    expect((await verify()).code).toBe(0)
    put('shared/two.txt', 'INVENTED SAMPLE tow\n')
    const changed = await verify()
    expect(changed.code).toBe(1)
    expect(changed.out).toContain('000002.txt')
  })

  it('ends with copies where the bundle is packed', async () => {
    put('packed/one.txt', 'INVENTED SAMPLE one\n')
    const { code, err, out } = await seal('packed', '-o', 'packed.zip', '--zip', '--link')
    expect(code, err).toBe(0)
    expect(out + err).not.toContain('second names')
    put('packed/one.txt', 'INVENTED SAMPLE other\n')
    expect((await probatum('verify', 'packed.zip', '--trust-set', 'packed.zip.trust-set.json')).code).toBe(0)
  })

  it('does not link what lies in an archive', async () => {
    const files = new Map(Object.entries(makeBag('bag-3')).map(([path, text]) => [path, fileOf(Buffer.from(text))]))
    const pieces: Uint8Array[] = []
    for await (const piece of writeZip({ topFolder: 'bag', files })) pieces.push(piece)
    put('bag-3.zip', Buffer.concat(pieces))
    const { code, err } = await seal('bag-3.zip', '-o', 'of-archive', '--link')
    expect(code).not.toBe(0)
    expect(err).toContain('lie in an archive')
    expect(existsSync(at('of-archive'))).toBe(false)
  })
})
