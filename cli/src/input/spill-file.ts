import { closeSync, openSync, writeSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Spill } from '@probatum/seal'

const PREFIX = 'spill-'

export const isSpill = (name: string): boolean => name.startsWith(PREFIX)

/** Lines that wait in a file until they are wanted, once; then the file is removed. */
export function openSpill(folder: string, number: number): Spill {
  const path = join(folder, `${PREFIX}${number}`)
  const file = openSync(path, 'wx+')
  let held: string[] = []
  let size = 0
  const put = () => {
    const text = Buffer.from(held.join(''))
    held = []
    for (let at = 0; at < text.length; ) at += writeSync(file, text, at, text.length - at)
  }
  return {
    append(line) {
      held.push(line, '\n')
      size += line.length
      if (size < 1 << 20) return
      size = 0
      put()
    },
    async *bytes() {
      put()
      closeSync(file)
      const reading = await open(path, 'r')
      try {
        for (;;) {
          const piece = new Uint8Array(1 << 20)
          const { bytesRead } = await reading.read(piece, 0, piece.length, null)
          if (bytesRead === 0) return
          yield piece.subarray(0, bytesRead)
        }
      } finally {
        await reading.close()
        await rm(path, { force: true })
      }
    },
  }
}
