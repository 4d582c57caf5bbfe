// Needs: find, sh, sha256sum, tr.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DigestAlgorithm } from '@probatum/core'
import { renderSteps } from '@probatum/words'
import { describe, expect, it } from 'vitest'
import { testPlace } from '../../../tools/testing/place.ts'

const { place } = testPlace('steps-names')
const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex')

const NOTE = 'INVENTED SAMPLE\n'
let count = 0

/** A bag of one file, listed and sealed by a tag manifest, with `planted` beside it. */
function bag(algorithm: 'sha256' | 'sha3-256' = 'sha256') {
  const folder = join(place, `bag ${count++}`)
  mkdirSync(join(folder, 'data'), { recursive: true })
  const manifest = `manifest-${algorithm === 'sha256' ? 'sha256' : 'sha3256'}.txt`
  const list = `${digest(algorithm, NOTE)}  data/note.txt\n`
  writeFileSync(join(folder, 'data/note.txt'), NOTE)
  writeFileSync(join(folder, manifest), list)
  writeFileSync(join(folder, 'tagmanifest-sha256.txt'), `${digest('sha256', list)}  ${manifest}\n`)
  const manifests = [
    { path: manifest, kind: 'payload', algorithm: algorithm as DigestAlgorithm },
    { path: 'tagmanifest-sha256.txt', kind: 'tag', algorithm: 'sha256' },
  ] as const
  const input = {
    path: folder,
    kind: 'directory',
    topFolder: null,
    manifests,
    signatures: [],
    roots: null,
    log: null,
  } as const
  return { folder: Buffer.from(`${folder}/`), input }
}

function run({ input }: ReturnType<typeof bag>) {
  const env = { ...process.env, LC_ALL: 'C.UTF-8' }
  const { status, stdout } = spawnSync('sh', [], { input: renderSteps(input), cwd: place, env })
  return { code: status, out: stdout.toString('latin1') }
}

describe('the steps', () => {
  it('find nothing in a bag that is whole', () => {
    expect(run(bag())).toEqual({ code: 0, out: 'Nothing wrong was found.\n' })
  })

  it.each<[string, Buffer]>([
    ['has an unlisted name', Buffer.from('data/other.txt')],
    ['is two equal lines', Buffer.from('x\nx')],
    ['is twice the line of a listed one', Buffer.from('data/note.txt\ndata/note.txt')],
    ['has octets that are no text', Buffer.from([0xff])],
    ['begins as a tag manifest does', Buffer.from('tagmanifest-sha256.txt/x').subarray(0, 17)],
    ['lies in a folder that is called so', Buffer.from('tagmanifest-x/evil.txt')],
  ])('see a file that %s', (_, name) => {
    const one = bag()
    const slash = name.lastIndexOf(0x2f)
    if (slash > 0) mkdirSync(Buffer.concat([one.folder, name.subarray(0, slash)]), { recursive: true })
    writeFileSync(Buffer.concat([one.folder, name]), 'planted')
    const { code, out } = run(one)
    expect(code).toBe(1)
    expect(out).toContain('Something is wrong')
  })

  it('say which list they do not check', () => {
    const { code, out } = run(bag('sha3-256'))
    expect(out).toContain('not checked: manifest-sha3256.txt')
    expect(code).toBe(0)
  })

  it('name the tag manifests one by one in PowerShell, in their own letters', () => {
    const text = renderSteps(bag().input, 'powershell')
    expect(text).toContain("@('tagmanifest-sha256.txt') -cnotcontains $p")
    expect(text).not.toContain('-notlike')
  })
})
