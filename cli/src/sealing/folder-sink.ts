import { mkdirSync } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BundleSink, SealableFile } from '@probatum/seal'

/** Writes a bundle's files below a folder that was made for it. Nothing is replaced. */
export class FolderSink implements BundleSink {
  readonly root: string
  /** Path to size, of what has been written. */
  readonly written = new Map<string, number>()

  /** @param isThere the folder was made before */
  constructor(root: string, isThere = false) {
    if (!isThere) mkdirSync(root)
    this.root = root
  }

  async write(path: string, content: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
    const target = join(this.root, ...path.split('/'))
    await mkdir(dirname(target), { recursive: true })
    const file = await open(target, 'wx')
    let size = 0
    try {
      for await (const piece of content instanceof Uint8Array ? [content] : content) {
        size += piece.length
        await file.writeFile(piece)
      }
      await file.sync()
    } finally {
      await file.close()
    }
    this.written.set(path, size)
  }

  /** What was written, to be read again. */
  files(): ReadonlyMap<string, SealableFile> {
    const { root } = this
    return new Map(
      [...this.written].map(([path, size]) => [
        path,
        {
          size,
          async *open() {
            const file = await open(join(root, ...path.split('/')), 'r')
            try {
              for (;;) {
                const piece = new Uint8Array(1 << 20)
                const { bytesRead } = await file.read(piece, 0, piece.length)
                if (bytesRead === 0) return
                yield piece.subarray(0, bytesRead)
              }
            } finally {
              await file.close()
            }
          },
        },
      ]),
    )
  }
}
