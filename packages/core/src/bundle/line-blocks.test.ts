import fc from 'fast-check'
import { expect, it } from 'vitest'
import { concatBytes } from '../model/bytes.ts'
import { encodeUtf8 } from '../model/utf8.ts'
import { lineBlocks } from './line-blocks.ts'

it('parts a stream only where lines end, loses nothing, and keeps no memory of a source', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.stringMatching(/^[a\n]{0,9}$/), { maxLength: 12 }), async (texts) => {
      const shared = new Uint8Array(16)
      async function* pieces() {
        for (const text of texts) {
          const bytes = encodeUtf8(text)
          shared.set(bytes)
          yield shared.subarray(0, bytes.length)
        }
      }
      const blocks: Uint8Array[] = []
      let at = 0
      for await (const { bytes, offset } of lineBlocks(pieces(), 'file')) {
        expect(offset).toBe(at)
        at += bytes.length
        blocks.push(bytes.slice())
      }
      expect(concatBytes(...blocks)).toEqual(encodeUtf8(texts.join('')))
      for (const block of blocks.slice(0, -1)) expect(block.at(-1)).toBe(0x0a)
      for (const block of blocks) expect(block.length).toBeGreaterThan(0)
    }),
  )
})

it('does not hold a line that is longer than a whole file may be', async () => {
  const read = async (texts: readonly string[]) => {
    async function* pieces() {
      for (const text of texts) yield encodeUtf8(text)
    }
    for await (const _ of lineBlocks(pieces(), 'file', 4));
  }
  await read(['ab', 'cd', '\nab', 'cd'])
  await read(['abcdefg\n', 'ab\nabcd', '\n'])
  const refused = { code: 'ERR_LIMIT', detail: { where: 'file', offset: 3 } }
  await expect(read(['ab\n', 'ab', 'cd', 'e', '\n'])).rejects.toMatchObject(refused)
})
