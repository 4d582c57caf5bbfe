// Needs: openssl, sh, unzip.
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE } from '../../../tools/build.mjs'
import { probatumPlace } from '../../../tools/testing/place.ts'
import { type Ended, runProbatum } from '../../../tools/testing/started.ts'

const { place, newFolder } = probatumPlace('cli')
const sample = 'probatum-sample/bundle'
const changed = 'probatum-sample/changed-copy'
const trust = ['--trust-set', 'probatum-sample/trust-set.json']
let demo: Ended

function probatum(
  args: readonly string[],
  { env, input }: { input?: string | Uint8Array; env?: Record<string, string> } = {},
): Ended {
  return runProbatum(args, { cwd: place, env: { PATH: process.env.PATH ?? '', ...env }, input })
}

function write(path: string, text: string): string {
  const target = join(place, path)
  mkdirSync(join(target, '..'), { recursive: true })
  writeFileSync(target, text)
  return path
}

function bag(name: string, files: Readonly<Record<string, string>>, manifest: string): string {
  write(`${name}/bagit.txt`, 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
  write(`${name}/manifest-sha256.txt`, manifest)
  mkdirSync(join(place, name, 'data'), { recursive: true })
  for (const [path, text] of Object.entries(files)) write(`${name}/${path}`, text)
  return name
}

const HELLO = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'

beforeAll(async () => {
  demo = probatum(['demo'])
  bag('plain', { 'data/hello.txt': 'hello' }, `${HELLO}  data/hello.txt\n`)
  bag('empty', {}, '')
  symlinkSync(join(place, 'nowhere'), join(place, 'dangling'), 'junction')
}, 120_000)

describe('the demonstration', () => {
  it('seals, verifies, refuses a changed copy, and says what to try next', () => {
    expect(demo.err).toBe('')
    expect(demo.code).toBe(0)
    expect(demo.out).toMatch(/Everything matches\.[\s\S]*Something does not match\./)
    expect(demo.out).toMatch(/FAILED:mismatch · payload\.digest/)
    expect(demo.out).toContain('SAMPLE: invented data')
    expect(demo.out).toContain('openssl ts -verify')
  })

  it('goes into a new folder each time', () => {
    expect(probatum(['demo']).code).toBe(0)
    expect(existsSync(join(place, 'probatum-sample-2/bundle/bagit.txt'))).toBe(true)
    rmSync(join(place, 'probatum-sample-2'), { recursive: true })
  })
})

describe('0, TOTAL-PASSED', () => {
  it('is a sealed bundle under the default policy with the right list of keys', () => {
    const run = probatum(['verify', sample, ...trust])
    expect(run.err).toBe('')
    expect(run.out).toMatch(
      /^✓ Everything matches\.\n {2}TOTAL-PASSED \(bytes, completeness, signer, time only; custody/,
    )
    expect(run.code).toBe(0)
  })

  it('is a bag under fixity, with what was not asked in the label', () => {
    const run = probatum(['verify', 'plain', '--policy', 'fixity'])
    expect(run.out).toContain('TOTAL-PASSED (bytes, completeness only; signer, time not asked)')
    expect(run.code).toBe(0)
  })

  it('ends with a command that gives the same report', () => {
    const first = probatum(['verify', sample, ...trust, '--at', '2040-01-01'])
    const command = first.out.trimEnd().split('\n').at(-1)?.trim().split(' ').slice(1) ?? []
    expect(command).toContain('2040-01-01T23:59:59Z')
    expect(probatum(command).out).toBe(first.out)
  })
})

describe('1, TOTAL-FAILED', () => {
  it('is one bit changed', () => {
    const run = probatum(['verify', changed, ...trust])
    expect(run.out).toMatch(/data\/00\/\d+\.txt is different from what was sealed/)
    expect(run.code).toBe(1)
  })

  it('is a missing file, said as missing', () => {
    bag('gap', {}, `${HELLO}  data/hello.txt\n`)
    write('gap/data/other.txt', 'x')
    const run = probatum(['verify', 'gap', '--policy', 'fixity'])
    expect(run.out).toContain('data/hello.txt is missing from this copy')
    expect(run.out).toContain('data/other.txt was not part of what is listed')
    expect(run.code).toBe(1)
  })
})

describe('2, usage error, before anything is checked', () => {
  it.each([
    ['no command', []],
    ['an unknown command', ['vrify', 'plain']],
    ['no bundle', ['verify']],
    ['an empty name', ['verify', '']],
    ['an unknown option', ['verify', 'plain', '--polcy', 'fixity']],
    ['an unknown policy', ['verify', 'plain', '--policy', 'seald']],
    ['a time that does not exist', ['verify', 'plain', '--at', '2026-02-30']],
    ['a digest that does not exist', ['verify', 'plain', '--digests', 'sha265']],
    ['an option without its value', ['verify', 'plain', '--policy']],
    ['an option twice', ['verify', 'plain', '--policy', 'fixity', '--policy', 'sealed']],
    ['json and quiet together', ['verify', 'plain', '--json', '--quiet']],
    ['a code without a trust set', ['verify', 'plain', '--trust-code', 'ABCDEFG']],
    ['a colour that does not exist', ['verify', 'plain', '--color', 'pink']],
    ['half a thread', ['verify', 'plain', '--jobs', '0.5']],
    ['one file for the reports of two bundles', ['verify', 'plain', 'empty', '--save', 'two.json']],
    ['a file that exists already', ['verify', 'plain', '--save', 'plain/bagit.txt']],
    ['a file inside the bundle', ['verify', 'plain', '--save', 'plain/report.json']],
    ['a folder that is a link to nowhere', ['extract', 'plain', '-o', 'dangling']],
    ['a time-stamp without its data', ['timestamp', 'verify', 'token.tsr']],
    ['a seal without a key', ['seal', 'plain', '-o', 'out']],
    ['a help topic that does not exist', ['help', 'nothing']],
  ])('is %s', (_, args) => {
    const run = probatum(args)
    expect(run.out).toBe('')
    expect(run.err).toMatch(/^probatum: .+\n {2}What to do: /)
    expect(run.code).toBe(2)
  })

  it('suggests the policy that may be meant', () => {
    expect(probatum(['verify', 'plain', '--policy', 'seald']).err).toContain('Did you mean sealed?')
  })

  it('is a code that belongs to another trust set, told apart from a slip of the hand', () => {
    expect(probatum(['verify', sample, ...trust, '--trust-code', 'ABC']).err).toContain('a code has 32 signs')
  })
})

describe('3, INDETERMINATE', () => {
  it('is an unsigned bag under the default policy', () => {
    const run = probatum(['verify', 'plain'])
    expect(run.out).toContain('We cannot tell whether everything matches.')
    expect(run.code).toBe(3)
  })

  it('is a sealed bundle without a list of keys', () => {
    const run = probatum(['verify', sample])
    expect(run.out).toMatch(/The seal is intact\.[\s\S]*You chose\s+no\s+list\s+of\s+keys/)
    expect(run.code).toBe(3)
  })

  it('is a bag without one file', () => {
    expect(probatum(['verify', 'empty', '--policy', 'fixity']).code).toBe(3)
  })

  it('is a choice of digests that no list has', () => {
    expect(probatum(['verify', 'plain', '--policy', 'fixity', '--digests', 'sha512']).code).toBe(3)
    expect(probatum(['verify', sample, ...trust, '--digests', 'md5']).code).toBe(3)
  })

  it('is a part of a bundle that was said to be one', () => {
    bag('part', { 'data/hello.txt': 'hello' }, `${HELLO}  data/absent.txt\n${HELLO}  data/hello.txt\n`)
    expect(probatum(['verify', 'part', '--policy', 'fixity']).code).toBe(1)
    expect(probatum(['verify', 'part', '--policy', 'fixity', '--part']).code).toBe(3)
  })

  it('is a trust set that lies in the bundle', () => {
    cpSync(join(place, sample), join(place, 'inside'), { recursive: true })
    cpSync(join(place, 'probatum-sample/trust-set.json'), join(place, 'inside/data/trust-set.json'))
    const run = probatum(['verify', 'inside', '--trust-set', 'inside/data/trust-set.json', '--json'])
    expect(run.out).toContain('"reason":"inside-bundle"')
    expect(run.code).not.toBe(0)
  })

  it('is a file in no list', () => {
    write('stranger.txt', 'nobody knows this')
    const run = probatum(['which', 'stranger.txt', '--in', sample])
    expect(run.out).toContain('stranger.txt is in no list')
    expect(run.code).toBe(3)
  })
})

describe('4, not read', () => {
  it.each([
    ['a name that is not there', ['verify', 'nowhere.zip']],
    ['a folder without bagit.txt', ['verify', 'probatum-sample/bundle/record']],
    ['a text file', ['verify', 'plain/bagit.txt']],
    ['a bundle from standard input', ['verify', '-']],
    ['a trust set that is none', ['verify', sample, '--trust-set', 'plain/bagit.txt']],
    ['a trust set that is not there', ['verify', sample, '--trust-set', 'nowhere.json']],
    ['a policy file that is none', ['verify', sample, '--policy', './plain/bagit.txt']],
    ['facts that are none', ['judge', 'plain/bagit.txt']],
    ['a report that is none', ['explain', 'plain/bagit.txt']],
    ['something that nobody can describe', ['inspect', 'plain/bagit.txt']],
    ['data that is not there', ['timestamp', 'verify', 'plain/bagit.txt', '--data', 'nowhere']],
    ['an empty folder to be sealed', ['seal', 'empty/data', '-o', 'out', '--demo-authority']],
  ])('is %s', (_, args) => {
    const run = probatum(args)
    expect(run.out).toBe('')
    expect(run.err).toMatch(/^probatum: /)
    expect(run.code).toBe(4)
  })

  it('is a cut-off ZIP, with the end named as missing', () => {
    expect(probatum(['seal', 'plain/data', '-o', 'whole.zip', '--zip', '--demo-authority']).code).toBe(0)
    const whole = readFileSync(join(place, 'whole.zip'))
    writeFileSync(join(place, 'cut.zip'), whole.subarray(0, whole.length - 2000))
    expect(probatum(['verify', 'whole.zip', '--trust-set', 'whole.zip.trust-set.json']).code).toBe(0)
    const run = probatum(['verify', 'cut.zip'])
    expect(run.err).toContain('The end of the ZIP is missing.')
    expect(run.code).toBe(4)
  })
})

describe('several bundles', () => {
  it('end with the worst of them, and all are checked', () => {
    expect(probatum(['verify', 'plain', 'nowhere', 'plain', '--policy', 'fixity', '--quiet']).code).toBe(4)
    const run = probatum(['verify', 'nowhere', changed, 'plain', '--policy', 'fixity', '--json'])
    expect(run.code).toBe(1)
    const reports = run.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(reports.map((report) => report.body.assessment.indication)).toEqual(['TOTAL-FAILED', 'TOTAL-PASSED'])
  })
})

describe('70, internal error or a result that was not delivered', () => {
  it('is a full disk', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${BUNDLE}" verify plain --policy fixity > /dev/full`],
      {
        cwd: place,
        encoding: 'utf8',
      },
    )
    expect(stderr).toContain('could not be written to its end')
    expect(status).toBe(70)
  })

  it('is a reader that has gone away', async () => {
    const child = spawn(process.execPath, [BUNDLE, 'verify', 'plain', '--policy', 'fixity'], { cwd: place })
    child.stdout.destroy()
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect(code).toBe(70)
  })
})

describe('130, cancelled', () => {
  it('ends at once, says that nothing is finished, and reports nothing', async () => {
    const child = spawn(process.execPath, [BUNDLE, 'explain', '-'], { cwd: place })
    let out = ''
    let err = ''
    child.stdout.on('data', (data) => {
      out += data
    })
    child.stderr.on('data', (data) => {
      err += data
    })
    // More than a pipe holds: once it is all taken, the program is reading.
    await new Promise((resolve) => child.stdin.write(new Uint8Array(1 << 20), resolve))
    child.kill('SIGINT')
    const code = await new Promise((resolve) => child.on('close', resolve))
    expect(code).toBe(130)
    expect(err).toContain('not finished')
    expect(out).toBe('')
  })
})

describe('what is printed', () => {
  it('is JSON in one line that explain and judge understand', () => {
    const run = probatum([
      'verify',
      sample,
      ...trust,
      '--json',
      '--save-facts',
      'facts.json',
      '--inventory',
      'inventory.jsonl',
    ])
    expect(run.out.split('\n')).toHaveLength(2)
    const retold = probatum(['explain', '-'], { input: run.out })
    expect(retold.out).toContain('Nothing was checked again.')
    expect(retold.code).toBe(0)
    const { at, whole } = {
      at: JSON.parse(run.out).body.validationTime,
      whole: JSON.parse(run.out).envelope.digests.whole,
    }
    const again = probatum(['judge', 'facts.json', ...trust, '--at', at, '--json'])
    expect(JSON.parse(again.out).envelope).toMatchObject({ digests: { whole }, savedFacts: true })
    expect(JSON.parse(run.out).envelope).not.toHaveProperty('savedFacts')
    expect(probatum(['explain', '-'], { input: again.out }).out).toContain('no file was read for this')
    expect(probatum(['judge', 'facts.json', ...trust, '--policy', 'court']).code).toBe(3)
    // Whoever has only the text must not take it for a check of the bundle.
    expect(probatum(['judge', 'facts.json', ...trust, '--at', at]).out).toContain('no file was read for this')
    expect(probatum(['verify', sample, ...trust, '--at', at]).out).not.toContain('no file was read')
  })

  it('is nothing at all when quiet', () => {
    expect(probatum(['verify', sample, ...trust, '--quiet'])).toEqual({ code: 0, out: '', err: '' })
  })

  it('has no colour where no person looks, and the same words with it', () => {
    const plain = probatum(['verify', sample, ...trust, '--at', '2040-01-01'])
    const coloured = probatum(['verify', sample, ...trust, '--at', '2040-01-01', '--color', 'always'], {
      env: { NO_COLOR: '1' },
    })
    expect(plain.out).not.toContain('\u001b')
    expect(coloured.out).toContain('\u001b[32m')
    expect(coloured.out.replace(/\u001b\[\d+m/g, '')).toBe(plain.out)
  })

  it('is ASCII alone when asked', () => {
    expect(probatum(['verify', sample, ...trust, '--ascii']).out).not.toMatch(/[^\x00-\x7e]/)
  })

  it('is the same under other languages, zones and terminals', () => {
    const args = ['verify', sample, ...trust, '--at', '2040-01-01']
    const env = {
      LANG: 'ar_EG.UTF-8',
      LC_ALL: 'tr_TR.UTF-8',
      TZ: 'Asia/Yangon',
      TERM: 'dumb',
      PROBATUM_POLICY: 'fixity',
    }
    expect(probatum(args, { env }).out).toBe(probatum(args).out)
  })

  it('shows hostile names escaped', () => {
    const name = 'hello\u202e\u001b[2J.txt'
    bag('hostile', { [`data/${name}`]: 'hello' }, '')
    const run = probatum(['verify', 'hostile', '--policy', 'fixity'])
    expect(run.out).not.toContain('\u202e')
    expect(run.out).not.toContain('\u001b')
    expect(run.out).toContain('hello\\u{202e}\\u{1b}[2J.txt')
  })

  it('has its version and help on standard output', () => {
    expect(probatum(['--version'])).toMatchObject({ code: 0, err: '' })
    const help = probatum(['verify', '--help'])
    expect(help).toMatchObject({ code: 0, err: '' })
    expect(help.out.indexOf('Examples')).toBeLessThan(help.out.indexOf('Options'))
    expect(probatum(['help', 'exit-codes']).out).toMatch(/130 {2}cancelled/)
  })
})

describe('describing', () => {
  it('never says whether anything holds', () => {
    for (const path of [
      changed,
      sample,
      `${sample}/seal/1/tagmanifest-sha256.txt.p7s`,
      'probatum-sample/signer-roots.pem',
    ]) {
      const run = probatum(['inspect', path])
      expect(run.code, path).toBe(0)
      expect(run.out, path).not.toMatch(/PASSED|FAILED|INDETERMINATE|match/)
    }
  })

  it('finds a file by its digest in a bundle without its payload', () => {
    cpSync(join(place, sample), join(place, 'lists-only'), { recursive: true })
    rmSync(join(place, 'lists-only/data'), { recursive: true })
    const run = probatum(['which', `${sample}/data/00/000001.txt`, '--in', 'lists-only'])
    expect(run.out).toMatch(
      /is listed as item \d+, data\/00\/000001\.txt in lists-only \(its seal was not checked here\)/,
    )
    expect(run.code).toBe(0)
  })

  it('lists, shows and compares policies, with digests that are of the very bytes shown', () => {
    expect(probatum(['policy', 'list']).out).toMatch(/fixity[\s\S]*sealed[\s\S]*court[\s\S]*long-term/)
    const shown = probatum(['policy', 'show', 'sealed']).out
    const altered = shown.replace('"timestamps":{"atLeast":1}', '"timestamps":{"atLeast":2}')
    // Another policy under a name that people know would be taken for it.
    write('sealed.json', altered)
    expect(probatum(['verify', sample, ...trust, '--policy', './sealed.json']).code).toBe(4)
    write('ours.json', altered.replace('"id":"sealed"', '"id":"ours"'))
    expect(probatum(['policy', 'diff', 'sealed', './ours.json']).out).toContain('timestamps.atLeast')
    expect(probatum(['policy', 'diff', 'sealed', 'sealed']).out).toBe('They ask for the same.\n')
    expect(probatum(['verify', sample, ...trust, '--policy', './ours.json']).code).toBe(3)
  })
})

describe('the steps', () => {
  const run = (bundle: string, shell: string): number | null => {
    const folder = newFolder('steps')
    const steps = probatum(['steps', join(place, bundle), ...trust])
    expect(steps.code).toBe(0)
    writeFileSync(join(folder, 'steps.sh'), steps.out)
    return spawnSync(shell, ['steps.sh'], { cwd: folder, encoding: 'utf8' }).status
  }

  it('hold for the sealed sample and refuse the changed copy, in sh and in bash', () => {
    expect(run(sample, 'sh')).toBe(0)
    expect(run(sample, 'bash')).toBe(0)
    expect(run(changed, 'sh')).toBe(1)
  })

  it('hold for the ZIP', () => {
    const folder = newFolder('steps')
    const steps = probatum(['steps', join(place, 'whole.zip'), '--trust-set', 'whole.zip.trust-set.json'])
    writeFileSync(join(folder, 'steps.sh'), steps.out)
    expect(spawnSync('sh', ['steps.sh'], { cwd: folder, encoding: 'utf8' }).status).toBe(0)
  })

  it.each([
    ['an added file', (folder: string) => write(`${folder}/record/extra.txt`, 'x')],
    ['a flipped byte of the manifest', (folder: string) => flip(`${folder}/manifest-sha256.txt`)],
    ['a flipped byte of the seal', (folder: string) => flip(`${folder}/seal/1/tagmanifest-sha256.txt.p7s`)],
    [
      'a flipped byte of the time-stamp',
      (folder: string) => flip(`${folder}/seal/1/tagmanifest-sha256.txt.p7s.demonstration.tsr`),
    ],
  ])('refuse %s', (label, damage) => {
    const folder = `twin-${label.replaceAll(' ', '-')}`
    cpSync(join(place, sample), join(place, folder), { recursive: true })
    damage(folder)
    expect(run(folder, 'sh')).toBe(1)
    expect(probatum(['verify', folder, ...trust]).code).not.toBe(0)
  })

  it('come with words that do not blame the files for an altered list, or call files unchanged under a broken seal', () => {
    const list = probatum(['verify', 'twin-a-flipped-byte-of-the-manifest', ...trust]).out
    expect(list).toContain('manifest-sha256.txt is different from what was sealed')
    expect(list).not.toMatch(/data\/\S+ is different from what was sealed/)
    const broken = probatum(['verify', 'twin-a-flipped-byte-of-the-seal', ...trust]).out
    expect(broken).toMatch(/Unchanged\?\n {2}They match their list\./)
  })

  it('exist for PowerShell', () => {
    const { out, code } = probatum(['steps', sample, '--shell', 'powershell'])
    expect(code).toBe(0)
    expect(out).toContain('Get-FileHash -Algorithm SHA256')
  })
})

function flip(path: string): void {
  const bytes = readFileSync(join(place, path))
  const at = bytes.length - 20
  bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
  writeFileSync(join(place, path), bytes)
}

it('repeats what was typed without its terminal controls', () => {
  for (const args of [
    ['verify', 'a', '--od\u001b[31md'],
    ['explain', 'a', 'b\u001b]0;title\u0007'],
    ['help', '\u001b[2J'],
  ]) {
    const { code, err } = probatum(args)
    expect(code).toBe(2)
    expect(err).toContain('\\u{1b}')
    expect(err).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/)
  }
})
