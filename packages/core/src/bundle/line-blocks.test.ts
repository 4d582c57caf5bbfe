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
      for await (const { bytes, offset } of lineBlocks(pieces())) {
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
