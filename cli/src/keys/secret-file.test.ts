import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { testPlace } from '../../../tools/testing/place.ts'
import { firstLine, withSecretFile } from './secret-file.ts'

const { place } = testPlace('passwords')

function passwordOf(content: Uint8Array | string): Promise<string> {
  const path = join(place, 'password')
  writeFileSync(path, content)
  return withSecretFile(path, async (secret) => Buffer.from(firstLine(secret)).toString('utf8'), false)
}

describe('the password of a file', () => {
  it.each(['päss word\n', 'päss word\r\nsecond line', 'päss word'])('is its first line (%j)', async (content) => {
    expect(await passwordOf(content)).toBe('päss word')
  })

  it.each([
    ['UTF-16', Buffer.from('\ufeffright\r\n', 'utf16le')],
    ['UTF-16', Buffer.from('\ufeffright\r\n', 'utf16le').swap16()],
    ['byte order mark', Buffer.from('\ufeffright\n', 'utf8')],
  ])('is not guessed at where an editor put it in %s', async (what, content) => {
    await expect(passwordOf(content)).rejects.toThrow(what)
    await expect(passwordOf(content)).rejects.not.toThrow('right')
  })
})
