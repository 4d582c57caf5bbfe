// Needs: openssl, sh.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { BUNDLE, ensureBuilt } from '../../../tools/build.mjs'
import { testPlace } from '../../../tools/testing/place.ts'

const VECTORS = fileURLToPath(new URL('../../../test-vectors/evidence-records/', import.meta.url))
const { place, newFolder } = testPlace('steps-record')
const { anchors, vectors } = JSON.parse(readFileSync(join(VECTORS, 'vectors.json'), 'utf8')) as {
  anchors: string[]
  vectors: { name: string; data: string[] }[]
}

function probatum(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, ...args], { cwd: place, encoding: 'utf8' })
  return { status, out: stdout + stderr }
}

/** A plain bag with these files, and a name that shells could misread. */
function makeBag(name: string, texts: readonly string[]): void {
  mkdirSync(join(place, name, 'data'), { recursive: true })
  const lines = texts.map((text, at) => {
    const path = `data/${at} it’s & $(x)|y.txt`
    writeFileSync(join(place, name, path), text)
    return `${createHash('sha256').update(text).digest('hex')}  ${path}\n`
  })
  writeFileSync(join(place, name, 'manifest-sha256.txt'), lines.join(''))
  writeFileSync(join(place, name, 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
}

/** What the steps for a bag say with records; `said` has the lines of each record. */
function run(bag: string, names: readonly string[]) {
  const files = names.map((name) => (name.includes('.') ? name : `${name}.ers`))
  const given = files.flatMap((file) => ['--evidence-record', join(place, 'records', file)])
  const { status: made, out: steps } = probatum('steps', join(place, bag), '--trust-set', 'set.json', ...given)
  expect(made, steps).toBe(0)
  const folder = newFolder('run')
  writeFileSync(join(folder, 'steps.sh'), steps)
  const { status, stdout, stderr } = spawnSync('sh', ['steps.sh'], { cwd: folder, encoding: 'utf8' })
  const about = (file: string) => {
    const before = join(place, 'records', file)
    return stdout.split('\n').flatMap((line) => (line.startsWith(before) ? [line.slice(before.length)] : []))
  }
  return { status, steps, out: stdout + stderr, said: files.map(about) }
}

const LETTER = vectors.find(({ name }) => name === 'tree')?.data[0] ?? ''
const GROUP = vectors.find(({ name }) => name === 'group')?.data ?? []

beforeAll(async () => {
  await ensureBuilt()
  mkdirSync(join(place, 'records'))
  for (const { name } of vectors)
    writeFileSync(join(place, 'records', `${name}.ers`), readFileSync(join(VECTORS, `${name}.ers`)))
  const base64 = readFileSync(join(VECTORS, 'tree.ers')).toString('base64').replace(/.{64}/g, '$&\r\n')
  writeFileSync(join(place, 'records/tree.b64'), base64)
  const pem = `Kept since 2026 (sample)\n-----BEGIN EVIDENCE RECORD-----\n${base64}\n-----END EVIDENCE RECORD-----\n`
  writeFileSync(join(place, 'records/tree.pem'), pem)
  const roots = anchors.map((der, index) => {
    writeFileSync(join(place, `root-${index}.der`), Buffer.from(der, 'base64'))
    return `root-${index}.der`
  })
  const said = ['--source', 'a test', '--issuer', 'Example (sample)', '--review-by', '2050-01-01']
  const added = probatum('trust', 'add', ...roots, '--role', 'time-stamp-authority', ...said, '--to', 'set.json')
  expect(added.status, added.out).toBe(0)
  makeBag('bag', [LETTER, ...GROUP, 'new (sample)'])
  makeBag('altered', [LETTER.replace('A', 'a'), ...GROUP])
}, 60_000)

describe('the steps for a bundle with evidence records', () => {
  it('find with stock tools which files each is over, and each time-stamp over what it should be', () => {
    const renewed = ['time-stamp-renewal', 'hash-tree-renewal', 'three-chains', 'group-hashed-anew']
    const single = ['one-file', 'single-digest', 'single-digest-hashed', 'digest-of-the-time-stamp', 'reordered']
    const names = [...renewed, ...single, 'tree', 'tree.b64', 'tree.pem', 'part-of-a-group', 'crypto-infos']
    const { status, out, said, steps } = run('bag', names)
    expect(status, out).toBe(0)
    expect(out.trimEnd().endsWith('Nothing wrong was found.')).toBe(true)
    const letter = [' is over ./data/0 it’s & $(x)|y.txt']
    const first = ' archiveTimeStamp[0][0]: Apr  1 12:00:00 2026 GMT'
    const second = ' archiveTimeStamp[0][1]: Jun  1 12:00:00 2031 GMT'
    const third = ' archiveTimeStamp[1][0]: Jun  1 12:00:00 2036 GMT'
    expect(said[names.indexOf('hash-tree-renewal')]).toEqual([...letter, first, second, third])
    for (const name of ['one-file', 'tree', 'tree.b64', 'tree.pem', 'single-digest-hashed'])
      expect(said[names.indexOf(name)], name).toEqual([...letter, first])
    expect(said[names.indexOf('group-hashed-anew')]?.filter((line) => line.startsWith(' is over')).sort()).toEqual([
      ' is over ./data/1 it’s & $(x)|y.txt',
      ' is over ./data/2 it’s & $(x)|y.txt',
    ])
    // What they cannot tell they say.
    expect(steps).toContain('no command below checks; probatum verify does')
  })

  // What is over what, by arithmetic. Renewals that came too late are for whoever reads the times.
  it('find every record that does not hold together, and say which', () => {
    const said = {
      'tree-node-flipped': /archiveTimeStamp\[0\]\[0\] does not hold/,
      'token-of-another-tree': /archiveTimeStamp\[0\]\[0\] does not hold/,
      'list-extended': /archiveTimeStamp\[0\]\[0\] does not hold/,
      'order-swapped': /is over none of these files/,
      'first-chain-dropped': /is over none of these files/,
      'renewal-missing': /archiveTimeStamp\[0\]\[1\] is not over the time-stamp before it/,
      'renewal-of-another-record': /archiveTimeStamp\[0\]\[1\] is not over the time-stamp before it/,
      'renewal-tree-flipped': /archiveTimeStamp\[0\]\[1\] does not hold/,
      'chain-dropped': /archiveTimeStamp\[1\]\[0\] is not over .*0 it’s .* with the chains before it/,
      'older-chains-not-covered': /archiveTimeStamp\[1\]\[0\] is not over .* with the chains before it/,
      'imprint-of-another-digest': /archiveTimeStamp\[0\]\[0\] is under another digest than its lists/,
      'digest-cut': /cannot be computed by these commands/,
      'digest-unknown': /cannot be computed by these commands/,
      truncated: /does not read as an evidence record/,
      trailing: /does not read as an evidence record/,
      'response-inside': /archiveTimeStamp\[0\]\[0\] does not hold|cannot be computed by these commands/,
    }
    const names = Object.keys(said)
    const { status, out, said: found } = run('bag', names)
    expect(status, out).toBe(1)
    for (const [at, [name, wanted]] of Object.entries(said).entries())
      expect(found[at]?.filter((line) => line.startsWith(':')).join('\n'), `${name}: ${out}`).toMatch(wanted)
  })

  it('find a file that was altered since, and say that a record over nothing here is', () => {
    const { status, said } = run('altered', ['tree', 'group'])
    expect(status).toBe(1)
    expect(said[0]?.[0]).toBe(': is over none of these files')
    expect(said[1]?.some((line) => line.startsWith(':'))).toBe(false)
  })

  it('say in PowerShell that they leave records out', () => {
    const given = ['--evidence-record', join(place, 'records/tree.ers'), '--shell', 'powershell']
    const { out } = probatum('steps', 'bag', ...given)
    expect(out).toMatch(/'not checked: ' \+ '.*tree\.ers'/)
  })
})
