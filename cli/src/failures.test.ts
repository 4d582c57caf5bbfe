import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
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

  it('is written whole where it can be', async () => {
    await writeNew(join(place, 'r.json'), 'whole')
    expect(readFileSync(join(place, 'r.json'), 'utf8')).toBe('whole')
    rmSync(join(place, 'r.json'))
  })
})
