// Needs: chromium, python3, tar, zip.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { BUNDLE, ensureBuilt } from '../../tools/build.mjs'
import { ensurePageBuilt, PAGE } from '../../tools/build-page.mjs'
import { ROOT } from '../../tools/setup.mjs'
import { CHOICE, type EnginePage, openEnginePage, type PageOutcome, watch } from '../../tools/testing/engine-page.ts'
import { testPlace } from '../../tools/testing/place.ts'

const SEALED = join(ROOT, 'test-vectors/bundles/base/sealed')
const SET = join(ROOT, 'test-vectors/trust-sets/sample.json')
const AT = '2026-06-01T00:00:00Z'

const { place: folder, at } = testPlace('intake')
let engine: EnginePage
beforeAll(async () => {
  await ensureBuilt()
  engine = await openEnginePage()
}, 120_000)
afterAll(async () => {
  await engine.close()
}, 60_000)
afterEach(() => {
  expect(engine.problems).toEqual([])
})

function bundleAt(...names: string[]): string {
  mkdirSync(at(...names.slice(0, -1)), { recursive: true })
  cpSync(SEALED, at(...names), { recursive: true })
  return at(...names)
}
function zipOf(source: string, target: string, ...options: string[]): string {
  execFileSync('zip', ['-q', '-r', '-X', ...options, target, '.'], { cwd: source })
  return target
}
function zipWith(name: string, ...paths: string[]): string {
  for (const path of paths) {
    mkdirSync(at(`of-${name}`, path, '..'), { recursive: true })
    writeFileSync(at(`of-${name}`, path), 'sample')
  }
  execFileSync('zip', ['-q', '-r', '-X', at(`${name}.zip`), '.'], { cwd: at(`of-${name}`) })
  renameSync(at(`${name}.zip`), at(name))
  return at(name)
}
/** The report as the command line saves it. */
function reportOfCommand(...args: string[]): string {
  const save = at(`report-${readdirSync(folder).length}.json`)
  const { stderr } = spawnSync(process.execPath, [BUNDLE, ...args, '--save', save, '--quiet', '--at', AT], {
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return readFileSync(save, 'utf8')
}
const reportOf = (outcome: PageOutcome) => ('report' in outcome ? outcome.report : JSON.stringify(outcome.failure))

async function trustSetId(): Promise<string> {
  const intake = await engine.give([SET], { keep: true })
  return intake.beside.find(({ kind }) => kind === 'trust-set')?.file ?? ''
}

describe('what was given is told by its content', () => {
  test('archives, folders and several bundles at once', async () => {
    const bundle = bundleAt('a', 'bundle')
    const stored = zipOf(bundle, at('stored.zip'), '-0')
    const deflated = zipOf(bundle, at('deflated.jpg'))
    execFileSync('tar', ['-cf', at('bundle.tar'), '-C', bundle, '.'])
    const intake = await engine.give([stored, deflated, at('bundle.tar')])
    expect(
      intake.subjects.map((subject) => ('container' in subject ? [subject.name, subject.container] : subject.kind)),
    ).toEqual([
      ['stored.zip', 'zip'],
      ['deflated.jpg', 'zip'],
      ['bundle.tar', 'tar'],
    ])
    bundleAt('two', 'one')
    bundleAt('two', 'other')
    writeFileSync(at('two', 'set.json'), readFileSync(SET))
    const both = await engine.give([at('two')], { folder: true })
    expect(both.subjects.map(({ kind, name }) => [kind, name])).toEqual([
      ['bundle', 'one'],
      ['bundle', 'other'],
    ])
    expect(both.beside.map(({ kind, name }) => [kind, name])).toEqual([['trust-set', 'two/set.json']])
  })

  test('a bundle stored inside a ZIP, one level deep; a folder of bundles; a bundle with its list beside it', async () => {
    const bundle = bundleAt('b', 'bundle')
    mkdirSync(at('inner'))
    zipOf(bundle, at('inner', 'evidence.zip'), '-0')
    const outer = zipOf(at('inner'), at('outer.zip'), '-0')
    const inZip = await engine.give([outer])
    expect(inZip.subjects).toMatchObject([
      { kind: 'bundle', name: 'evidence.zip', inside: 'outer.zip', container: 'zip' },
    ])
    expect(JSON.parse(reportOf(await engine.verify({ ...CHOICE, at: AT }))).body.subject.kind).toBe('bundle')
    const inFolder = await engine.give([at('inner')], { folder: true })
    expect(inFolder.subjects.map(({ kind, name }) => [kind, name])).toEqual([['bundle', 'evidence.zip']])
  })

  test('everything that may lie beside a bundle, whatever it is called', async () => {
    const saved = (name: string, bytes: string | Uint8Array) => {
      writeFileSync(at(name), bytes)
      return at(name)
    }
    const facts = at('facts-file')
    spawnSync(process.execPath, [BUNDLE, 'verify', SEALED, '--quiet', '--at', AT, '--save-facts', facts])
    const report = saved('report-file', reportOfCommand('verify', SEALED))
    const policy = spawnSync(process.execPath, [BUNDLE, 'policy', 'show', 'court']).stdout
    const certificate = execFileSync('python3', [
      '-c',
      'import json,sys,base64;s=json.load(open(sys.argv[1]));sys.stdout.buffer.write(base64.b64decode([a for a in s["anchors"] if "certificate" in a][0]["certificate"]))',
      SET,
    ])
    const opening = readFileSync(join(SEALED, 'record/disclosures.jsonl'))
    const given = [
      saved('list', readFileSync(SET)),
      saved('rules', policy),
      saved('opened', opening),
      report,
      facts,
      saved('root', certificate),
      saved(
        'root.pem',
        `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64').replaceAll(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
      ),
      saved('picture', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)),
      saved('rar', 'Rar!\x1a\x07\x01\x00'),
      saved('seven', Uint8Array.of(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4)),
      saved('pdf', '%PDF-1.7\n%%EOF\n'),
      saved('certificate.of.ours', '%PDF-1.7\n(certificate.json)\n%%EOF\n'),
      saved('empty', ''),
      saved('text', 'an invented note (sample)'),
      saved('key.pem', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n'),
      zipWith('letter', '[Content_Types].xml', 'word/document.xml'),
      zipWith('sheet', 'META-INF/manifest.xml', 'content.xml'),
      zipWith('photographs', 'word/1.jpg', 'content.xml'),
    ]
    const { subjects, beside, others, notRead } = await engine.give(given)
    expect(beside.map(({ kind, name }) => [name, kind]).sort()).toEqual([
      ['list', 'trust-set'],
      ['opened', 'disclosures'],
      ['rules', 'policy'],
    ])
    expect(subjects.map(({ kind, name }) => [name, kind]).sort()).toEqual([
      ['certificate.of.ours', 'document'],
      ['facts-file', 'facts'],
      ['report-file', 'report'],
      ['root', 'certificate'],
      ['root.pem', 'certificate'],
    ])
    expect(others.map(({ name, looksLike }) => [name, looksLike]).sort()).toEqual([
      ['empty', 'empty-file'],
      ['key.pem', 'key'],
      ['letter', 'office'],
      ['pdf', 'pdf'],
      ['photographs', 'zip'],
      ['picture', 'jpeg'],
      ['rar', 'rar'],
      ['seven', '7z'],
      ['sheet', 'office'],
      ['text', 'text'],
    ])
    expect(notRead).toEqual([])
  })
})

describe('the same report as the command line, byte for byte', () => {
  test('a bundle as a folder and as a ZIP, with a list whose code is confirmed', async () => {
    const bundle = bundleAt('c', 'evidence')
    const zip = zipOf(bundle, at('evidence.zip'))
    for (const [path, isFolder] of [
      [bundle, true],
      [zip, false],
    ] as const) {
      const { subjects } = await engine.give([path], { folder: isFolder })
      const trustSet = await trustSetId()
      const code = await engine.page.evaluate(() => {
        const { engine } = globalThis as unknown as {
          engine: { intake: { beside: { trustSet?: { code: string } }[] } }
        }
        return engine.intake.beside.find((each) => each.trustSet !== undefined)?.trustSet?.code ?? ''
      })
      const outcome = await engine.verify({ ...CHOICE, trustSet, typedCode: code, at: AT }, subjects[0]?.id)
      expect(reportOf(outcome) === reportOfCommand('verify', path, '--trust-set', SET, '--trust-code', code)).toBe(true)
      const wrong = await engine.verify(
        { ...CHOICE, trustSet, typedCode: code.replaceAll('Z', '7'), at: AT },
        subjects[0]?.id,
      )
      expect(wrong).toMatchObject({ failure: { kind: 'trust-code', match: { state: 'mistyped' } } })
    }
  })

  test('a signature with its file and its time-stamp, which find each other; and each alone', async () => {
    const signature = join(SEALED, 'seal/1/tagmanifest-sha256.txt.p7s')
    const content = join(SEALED, 'tagmanifest-sha256.txt')
    const token = join(
      SEALED,
      'seal/1',
      readdirSync(join(SEALED, 'seal/1')).find((name) => name.endsWith('.tsr')) ?? '',
    )
    const { subjects } = await engine.give([token, content, signature])
    expect(subjects).toMatchObject([
      { kind: 'timestamp', data: expect.any(String) },
      { kind: 'signature', content: expect.any(String), tokens: [expect.any(String)] },
    ])
    const trustSet = await trustSetId()
    const choice = { ...CHOICE, trustSet, at: AT }
    const [stamp, sign] = subjects
    expect(
      reportOf(await engine.verify(choice, sign?.id)) ===
        reportOfCommand('signature', 'verify', signature, '--content', content, '--tokens', token, '--trust-set', SET),
    ).toBe(true)
    expect(
      reportOf(await engine.verify(choice, stamp?.id)) ===
        reportOfCommand('timestamp', 'verify', token, '--data', signature, '--trust-set', SET),
    ).toBe(true)
    const alone = await engine.give([token])
    expect(alone.subjects).toMatchObject([{ kind: 'timestamp', data: null, candidates: [] }])
    expect(await engine.verify({ ...CHOICE, at: AT })).toEqual({ failure: { kind: 'choice', what: 'over' } })
  })
})

describe('a certificate as PDF', () => {
  const certified = (bundle: string, name: string) => {
    const pdf = at(name)
    spawnSync(process.execPath, [BUNDLE, 'certify', bundle, '-o', pdf, '--trust-set', SET, '--at', AT, '--quiet'])
    return pdf
  }

  test('alone, with what lies beside it, and compared with its bundle: as the command line judges it', async () => {
    const pdf = certified(SEALED, 'certificate.pdf')
    const alone = await engine.give([pdf])
    expect(alone.subjects).toMatchObject([{ kind: 'document', bundle: null, candidates: [] }])
    expect(reportOf(await engine.verify({ ...CHOICE, at: AT })) === reportOfCommand('certificate', 'check', pdf)).toBe(
      true,
    )

    const zip = zipOf(bundleAt('d', 'evidence'), at('its-bundle.zip'))
    const { subjects, beside } = await engine.give([pdf, `${pdf}.json`, zip])
    const [document, bundle] = ['document', 'bundle'].map((kind) => subjects.find((each) => each.kind === kind))
    expect(document).toMatchObject({ bundle: bundle?.id })
    expect(beside).toMatchObject([{ kind: 'sidecar' }])
    const choice = { ...CHOICE, at: AT, beside: beside.map(({ file }) => file) }
    const outcome = reportOf(await engine.verify(choice, document?.id))
    const sidecar = ['--sidecar', `${pdf}.json`]
    expect(outcome === reportOfCommand('certificate', 'check', pdf, '--bundle', zip, ...sidecar)).toBe(true)
    for (const id of ['document.base', 'document.report', 'document.sidecar', 'document.bundle'])
      expect(JSON.parse(outcome).body.findings).toContainEqual(expect.objectContaining({ id, value: 'PASSED' }))
    // Nothing but the certificate, because the person chose so.
    expect(
      reportOf(await engine.verify({ ...choice, over: '' }, document?.id)) ===
        reportOfCommand('certificate', 'check', pdf, ...sidecar),
    ).toBe(true)
  })

  test('a single file beside it, and numbers from its pages, by what the certificate states', async () => {
    const pdf = certified(SEALED, 'with-a-list.pdf')
    await engine.give([pdf])
    await engine.give([join(SEALED, 'data/00/000001.txt'), join(ROOT, 'LICENSE')], { keep: true })
    const { certificateId, bundleId } = JSON.parse(readFileSync(`${pdf}.json`, 'utf8')) as Record<string, string>
    const answers = await engine.page.evaluate(
      async ([choice, numbers]) => {
        const { engine } = globalThis as unknown as { engine: import('../src/engine/engine.ts').Engine }
        const { subjects, others } = engine.intake
        const verified = await engine.verify(subjects[0]?.id ?? '', choice).done
        const found = []
        for (const { file } of others)
          found.push((await engine.findFile(file, verified).done).rows.map(({ path }) => path))
        const typed = await Promise.all(numbers.map((number) => engine.compareTyped(number, verified)))
        return { found, typed, rows: verified.inventory.size }
      },
      [{ ...CHOICE, at: AT }, [certificateId ?? '', bundleId ?? '']] as const,
    )
    expect(answers).toMatchObject({
      found: [['data/00/000001.txt'], []],
      typed: [{ is: [{ what: 'certificate' }] }, { is: [{ what: 'certified-bundle' }] }],
      // What a certificate lists is no list of files that were compared.
      rows: 0,
    })
  })

  test('beside a bundle that it does not speak of, and one whose bytes were changed since', async () => {
    const pdf = certified(SEALED, 'of-another.pdf')
    const changed = bundleAt('e', 'changed')
    writeFileSync(join(changed, 'data/00/000001.txt'), 'changed (sample)')
    const { subjects } = await engine.give([pdf, zipOf(changed, at('changed.zip'))])
    const document = subjects.find(({ kind }) => kind === 'document')
    const outcome = reportOf(await engine.verify({ ...CHOICE, at: AT }, document?.id))
    expect(JSON.parse(outcome).body.findings).toContainEqual(
      expect.objectContaining({ id: 'document.bundle', value: 'FAILED', reason: 'differs' }),
    )
    expect(outcome === reportOfCommand('certificate', 'check', pdf, '--bundle', at('changed.zip'))).toBe(true)
  })
})

describe('answers about a result', () => {
  test('its file list, a typed digest, a file that is part of it, a member, another judgement', async () => {
    await engine.give([SEALED], { folder: true })
    await engine.give([join(SEALED, 'data/00/000001.txt'), join(ROOT, 'LICENSE'), SET], { keep: true })
    const answers = await engine.page.evaluate(
      async ([choice]) => {
        const { engine } = globalThis as unknown as { engine: import('../src/engine/engine.ts').Engine }
        const { intake } = engine
        const verified = await engine.verify(intake.subjects[0]?.id ?? '', choice).done
        const table = engine.files(verified)
        const bundleId = verified.report.body.subject.bundleId ?? ''
        const [part, other] = intake.others.map(({ file }) => file)
        const [one] = (await table.page({ standing: null, search: '000001', offset: 0, limit: 9 })).rows
        const wrong = `${bundleId.slice(0, 12)}0000${bundleId.slice(16)}`
        const trustSet = intake.beside.find((each) => each.kind === 'trust-set')?.file ?? null
        const judged = await engine.judge(verified, { ...choice, trustSet }).done
        return {
          counts: await table.counts(),
          total: (await table.page({ standing: null, search: '', offset: 3, limit: 4 })).rows.length,
          path: one?.line.path,
          typed: await engine.compareTyped(bundleId.toUpperCase().replaceAll(/.{4}/g, '$& '), verified),
          typedFile: await engine.compareTyped((one?.line.digests.sha256 ?? '').slice(0, 20), verified),
          typedWrong: await engine.compareTyped(wrong, verified),
          typedShort: await engine.compareTyped('12ab', verified),
          typedOther: await engine.compareTyped('12xb', verified),
          part: (await engine.findFile(part ?? '', verified).done).rows.map(({ path }) => path),
          other: (await engine.findFile(other ?? '', verified).done).rows.length,
          digests: (await engine.digest(other ?? '', ['sha512', 'md5']).done).digests,
          member: new TextDecoder().decode(await engine.member(verified, 'bagit.txt').done),
          noMember: await engine.member(verified, 'nothing').done.catch((error) => error.failure),
          signers: [verified, judged].map(({ report }) => report.body.assessment.indication),
          sameFacts: verified.report.envelope.digests.facts === judged.report.envelope.digests.facts,
          html: new TextDecoder()
            .decode((await engine.output(judged, { kind: 'html', language: 'en' }).done).bytes)
            .slice(0, 15),
          pdf: new TextDecoder().decode(
            (
              await engine.output(judged, {
                kind: 'certificate',
                language: 'en',
                paper: 'a4',
                template: { id: 'general', choice: null },
              }).done
            ).bytes.slice(0, 5),
          ),
        }
      },
      [{ ...CHOICE, at: AT }] as const,
    )
    const hash = (algorithm: string) =>
      execFileSync(
        'python3',
        [
          '-c',
          `import hashlib,sys;print(hashlib.${algorithm}(open(sys.argv[1],"rb").read()).hexdigest())`,
          join(ROOT, 'LICENSE'),
        ],
        { encoding: 'utf8' },
      ).trim()
    expect(answers).toEqual({
      counts: { mismatch: 0, missing: 0, unlisted: 0, unreadable: 0, 'not-compared': 0, match: 16, sealing: 3 },
      total: 4,
      path: 'data/00/000001.txt',
      typed: { state: 'equal', digits: 64, whole: true, is: expect.arrayContaining([{ what: 'bundle-id' }]) },
      typedFile: {
        state: 'equal',
        digits: 20,
        whole: false,
        is: [{ what: 'file', path: 'data/00/000001.txt', algorithm: 'sha256' }],
      },
      typedWrong: {
        state: 'different',
        digits: 64,
        nearest: { what: 'bundle-id' },
        wrongGroup: 4,
        typed: '0000',
        expected: expect.stringMatching(/^[0-9a-f]{4}$/),
      },
      typedShort: { state: 'too-short', digits: 4, least: 16 },
      typedOther: { state: 'not-hex', character: 'x', at: 2 },
      part: ['data/00/000001.txt'],
      other: 0,
      digests: { sha512: hash('sha512'), md5: hash('md5') },
      member: readFileSync(join(SEALED, 'bagit.txt'), 'utf8'),
      noMember: { kind: 'choice', what: 'subject' },
      signers: ['INDETERMINATE', 'TOTAL-PASSED'],
      sameFacts: true,
      html: '<!doctype html>',
      pdf: '%PDF-',
    })
  })

  test('a run that is cancelled ends, says how far it was, and the next one works', async () => {
    // Half a gigabyte of zeros that the disk need not have.
    const big = bundleAt('d', 'big')
    truncateSync(join(big, 'data/00/000001.txt'), 512 * 2 ** 20)
    await engine.give([big], { folder: true })
    const found = await engine.page.evaluate(
      async ([choice]) => {
        const { engine } = globalThis as unknown as { engine: import('../src/engine/engine.ts').Engine }
        const id = engine.intake.subjects[0]?.id ?? ''
        const phases: string[] = []
        let hear = () => {}
        const heard = new Promise<void>((resolve) => {
          hear = resolve
        })
        const run = engine.verify(id, choice, ({ phase, bytes }) => {
          phases.push(phase)
          if (phase === 'comparing' && bytes > 0) hear()
        })
        await heard
        run.cancel()
        const failure = await run.done.then(
          () => null,
          (error) => error.failure,
        )
        const queued = engine.verify(id, choice)
        queued.cancel()
        const never = await queued.done.catch((error) => error.failure.kind)
        const again = await engine.verify(id, choice).done
        return {
          failure,
          never,
          indication: again.report.body.assessment.indication,
          phases: [...new Set(phases)],
        }
      },
      [{ ...CHOICE, at: AT }] as const,
    )
    expect(found).toEqual({
      failure: {
        kind: 'cancelled',
        progress: expect.objectContaining({ phase: 'comparing', totalBytes: expect.any(Number) }),
      },
      never: 'cancelled',
      indication: 'TOTAL-FAILED',
      phases: ['reading', 'comparing'],
    })
  }, 120_000)
})

describe('a folder of many files', () => {
  const MANY = 3000

  function manyAt(name: string): string {
    mkdirSync(at(name, 'data'), { recursive: true })
    const digest = createHash('sha256').update('x').digest('hex')
    const paths = Array.from({ length: MANY }, (_, number) => `data/${number} (sample).txt`)
    for (const path of paths) writeFileSync(at(name, path), 'x')
    writeFileSync(at(name, 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
    writeFileSync(at(name, 'manifest-sha256.txt'), paths.map((path) => `${digest}  ${path}\n`).join(''))
    return at(name)
  }

  test('is reported as the command line does, and what a result has stays when the worker that made it is ended', async () => {
    const folder = manyAt('many')
    await engine.give([folder], { folder: true })
    const outcome = await engine.verify({ ...CHOICE, at: AT })
    expect(reportOf(outcome)).toBe(reportOfCommand('verify', folder))
    const lines = await engine.page.evaluate(
      async ([choice]) => {
        const { engine } = globalThis as unknown as { engine: import('../src/engine/engine.ts').Engine }
        const id = engine.intake.subjects[0]?.id ?? ''
        const { inventory } = await engine.verify(id, choice).done
        const later = engine.verify(id, choice, () => later.cancel())
        const end = await later.done.catch((error) => error.failure.kind)
        return [end, (await inventory.text()).split('\n').length - 1]
      },
      [{ ...CHOICE, at: AT }] as const,
    )
    // The listed files, and the two tag files that no list names.
    expect(lines).toEqual(['cancelled', MANY + 2])
  }, 60_000)

  test('goes to the worker in many messages, none of more than 256 files, with the page at work between them', async () => {
    const folder = manyAt('many-messages')
    await engine.page.setInputFiles('#folder', folder)
    const sent = await engine.page.evaluate(async () => {
      const { engine } = globalThis as unknown as { engine: import('../src/engine/engine.ts').Engine }
      engine.forget()
      const counts: number[] = []
      let turns = 0
      let isOver = false
      const turn = () => {
        turns++
        if (!isOver) setTimeout(turn, 0)
      }
      turn()
      const files = document.querySelector<HTMLInputElement>('#folder')?.files ?? []
      const run = engine.open({ from: 'picked', files }, ({ phase, files, totalFiles }) => {
        if (phase === 'listing' && totalFiles !== null) counts.push(files)
      })
      const { subjects } = await run.done
      isOver = true
      const [subject] = subjects
      return { counts, turns, files: subject?.kind === 'bundle' ? subject.files : 0 }
    })
    const sizes = sent.counts.map((count, i) => count - (sent.counts[i - 1] ?? 0))
    expect(sizes[0]).toBe(16)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(256)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(MANY + 2)
    expect(sent.files).toBe(MANY + 2)
    expect(sent.turns).toBeGreaterThan(1)
  }, 60_000)

  test('that is walked by its handle has the same order each time it is walked', async () => {
    const folder = at('loose')
    mkdirSync(join(folder, 'z/a'), { recursive: true })
    mkdirSync(join(folder, 'm'))
    // Written in another order than that of their names.
    for (const name of ['z/2', 'm/9', 'b', 'z/a/1', 'a', 'm/1', 'z/1']) writeFileSync(join(folder, `${name}.txt`), name)
    await ensurePageBuilt()
    const page = await engine.browser.newPage()
    try {
      await page.goto(pathToFileURL(PAGE).href)
      await page.locator('#damaged').waitFor({ state: 'detached' })
      const box = await page.locator('#drop').boundingBox()
      const session = await page.context().newCDPSession(page)
      const data = { items: [], files: [folder], dragOperationsMask: 1 }
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await session.send('Input.dispatchDragEvent', { type, x: (box?.x ?? 0) + 9, y: (box?.y ?? 0) + 5, data })
      await page.locator('article h3').nth(6).or(page.locator('#check')).first().waitFor()
      expect(await page.locator('article h3').allTextContents()).toEqual(
        ['a', 'b', 'm/1', 'm/9', 'z/1', 'z/2', 'z/a/1'].map((name) => expect.stringContaining(`loose/${name}.txt`)),
      )
    } finally {
      await page.close()
    }
  }, 120_000)
})

describe('dropped from the disk, with the mouse events of the browser', () => {
  let page: Page
  let problems: string[]
  beforeAll(async () => {
    await ensurePageBuilt()
    page = await engine.browser.newPage()
    problems = watch(page, pathToFileURL(PAGE).href)
    await page.goto(pathToFileURL(PAGE).href)
    await page.locator('#damaged').waitFor({ state: 'detached' })
  }, 120_000)
  afterAll(() => page.close())

  test.each([
    ['a folder', 'dropped-folder', true],
    ['a file', 'dropped-file.zip', false],
  ])('%s is looked at', async (_, name, isFolder) => {
    const bundle = bundleAt('e', name)
    const path = isFolder ? bundle : zipOf(bundle, at(name))
    await page.reload()
    const box = await page.getByText('Drop a bundle here').boundingBox()
    const place = { x: (box?.x ?? 0) + 10, y: (box?.y ?? 0) + 5 }
    const session = await page.context().newCDPSession(page)
    const data = { items: [], files: [path], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, ...place, data })
    await page.getByText(`Bundle: ${name}`).first().waitFor({ timeout: 20_000 })
    expect(problems).toEqual([])
  })
})
