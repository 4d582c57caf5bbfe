import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { SourceFault } from '@probatum/core'
import { describe, expect, it } from 'vitest'
import { testPlace } from '../../tools/testing/place.ts'
import { OutputError } from './errors.ts'
import { sayFailure } from './failures.ts'
import { writeNew, writeOver } from './files.ts'

const { place } = testPlace('failures')

/** What the system says when one device on which nothing can be kept is written to. */
async function fullDisk(): Promise<unknown> {
  const file = await open('/dev/full', 'w')
  try {
    await file.writeFile('x')
  } catch (error) {
    return error
  } finally {
    await file.close()
  }
  throw new Error('/dev/full took what was written')
}

describe('what cannot be written', () => {
  it('is said in words, with the exit code of a result that could not be written, and without a trace of the program', async () => {
    const { text, code } = sayFailure(await fullDisk())
    expect(code).toBe(70)
    expect(text).toContain('The result could not be written to its end.')
    expect(text).toContain('ENOSPC')
    expect(text).toContain('The disk is full')
    expect(text).not.toMatch(/defect| {2}at /)
  })

  it.each(['EACCES', 'EPERM', 'EROFS', 'EDQUOT', 'EFBIG', 'ENAMETOOLONG'])('tells what to do (%s)', (code) => {
    const error = Object.assign(new Error(`${code}: no, open 'r.json'`), { code, syscall: 'open' })
    expect(sayFailure(error)).toMatchObject({ code: 70, text: expect.not.stringContaining('defect') })
  })

  it('is told apart from a defect: what the program misses of its own is one', () => {
    const error = Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT', syscall: 'open' })
    expect(sayFailure(error).text).toContain('a defect of the program')
    expect(sayFailure(new TypeError('x is not a function')).text).toContain('a defect of the program')
  })

  it.each([
    ['new', writeNew],
    ['one that may be there', (path: string) => writeOver(path, new Uint8Array(1))],
  ] as const)(
    'of a file (%s) is named by the place that was asked for, and leaves nothing behind',
    async (_, write) => {
      // Its own name is taken by a name that is too long for any file system in use.
      const path = join(place, 'a'.repeat(250))
      const error = await write(path, 'text').catch((failure: unknown) => failure)
      expect(error).toBeInstanceOf(OutputError)
      expect((error as Error).message).toContain(path)
      expect((error as Error).message).not.toContain('unfinished')
      expect(sayFailure(error).text).toContain('choose a shorter one')
      expect(readdirSync(place)).toEqual([])
    },
  )

  it('of a file that cannot be read is told by which option the file was given, and what a name without text may be', () => {
    const gone = (path: string, ...args: string[]) =>
      sayFailure(new SourceFault('vanished', path, 'ENOENT'), undefined, ['verify', ...args]).text
    expect(gone('t.json', 'b', '--trust-set', 't.json')).toContain('probatum: t.json (--trust-set): It is not there')
    expect(gone('t.json', 'b', '--trust-set=t.json')).toContain('t.json (--trust-set): ')
    expect(gone('b', 'b', '--trust-set', 't.json')).toContain('probatum: b: It is not there')
    // Which of the two it is, is not known.
    expect(gone('x', 'x', '--trust-set', 'x')).toContain('probatum: x: It is not there')
    expect(gone('a\ufffd', 'a\ufffd')).toContain('octets that are no text (UTF-8)')
    expect(gone('a\u001b[2J', '--crl', 'a\u001b[2J')).not.toContain('\u001b')
  })

  it('is written whole where it can be', async () => {
    await writeNew(join(place, 'r.json'), 'whole')
    expect(readFileSync(join(place, 'r.json'), 'utf8')).toBe('whole')
    rmSync(join(place, 'r.json'))
  })
})
