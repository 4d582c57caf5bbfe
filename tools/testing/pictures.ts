import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** A picture in grey, 0 black to 255 white, row by row. */
export interface GreyPicture {
  readonly width: number
  readonly height: number
  readonly grey: Uint8Array
}

/** Netpbm's binary PGM, as pdftoppm writes it. */
function readPgm(bytes: Uint8Array): GreyPicture {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(Buffer.from(bytes.subarray(0, 64)).toString('latin1'))
  if (head === null) throw new Error('not a PGM of 256 greys')
  return { width: Number(head[1]), height: Number(head[2]), grey: bytes.slice(head[0].length) }
}

/** The pages of a PDF in order, drawn by poppler. */
export function renderPages(pdf: Uint8Array, dotsPerInch: number, options: readonly string[] = []): GreyPicture[] {
  const folder = mkdtempSync(join(tmpdir(), 'probatum-pages-'))
  try {
    const path = join(folder, 'document.pdf')
    writeFileSync(path, pdf)
    execFileSync('pdftoppm', ['-gray', '-r', String(dotsPerInch), ...options, path, join(folder, 'page')])
    return readdirSync(folder)
      .filter((name) => name.endsWith('.pgm'))
      .sort()
      .map((name) => readPgm(new Uint8Array(readFileSync(join(folder, name)))))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** A PNG of 8-bit grey. */
export function encodePng({ width, height, grey }: GreyPicture): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) rows.set(grey.subarray(y * width, (y + 1) * width), y * (width + 1) + 1)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Reads what `encodePng` writes, and nothing else. */
export function decodePng(bytes: Buffer): GreyPicture {
  if (!bytes.subarray(0, 8).equals(SIGNATURE)) throw new Error('not a PNG')
  const width = bytes.readUInt32BE(16)
  const height = bytes.readUInt32BE(20)
  if (bytes[24] !== 8 || bytes[25] !== 0 || bytes[28] !== 0) throw new Error('not a PNG of 8-bit grey')
  const parts: Buffer[] = []
  for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)))
  const rows = inflateSync(Buffer.concat(parts))
  const grey = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    if (rows[y * (width + 1)] !== 0) throw new Error('a PNG with filtered rows')
    grey.set(rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)), y * width)
  }
  return { width, height, grey }
}

const BLOCK = 12

/**
 * How far two pictures are apart: the largest difference of means over squares of 12 dots, so that a line that is gone
 * shows and another way to smooth an edge does not. 255 when their sizes differ.
 */
export function pictureDifference(a: GreyPicture, b: GreyPicture): number {
  if (a.width !== b.width || a.height !== b.height) return 255
  let worst = 0
  for (let top = 0; top < a.height; top += BLOCK)
    for (let left = 0; left < a.width; left += BLOCK) {
      let difference = 0
      let count = 0
      for (let y = top; y < Math.min(top + BLOCK, a.height); y += 1)
        for (let x = left; x < Math.min(left + BLOCK, a.width); x += 1) {
          difference += (a.grey[y * a.width + x] ?? 0) - (b.grey[y * a.width + x] ?? 0)
          count += 1
        }
      worst = Math.max(worst, Math.abs(difference) / count)
    }
  return worst
}
