// Needs: python3.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sampleCase } from './sample-case.ts'

const folder = join(import.meta.dirname, '../../../../test-vectors/sample/case')

it('is the files of test-vectors/sample/case, byte for byte', () => {
  const files = sampleCase()
  expect(files.map(({ name }) => name).sort()).toEqual(readdirSync(folder).sort())
  for (const { name, bytes } of files) expect(new Uint8Array(readFileSync(join(folder, name))), name).toEqual(bytes)
})

it('says in every text file that it is invented', () => {
  for (const { mediaType, bytes, name } of sampleCase())
    if (mediaType !== 'image/png') expect(Buffer.from(bytes).toString(), name).toContain('INVENTED SAMPLE')
})

it('has a picture that another reader of PNG decodes', () => {
  // Python's zlib and struct judge every chunk's checksum, the stream and the number of rows.
  const script = `
import sys, struct, zlib
data = open(sys.argv[1], 'rb').read()
assert data[:8] == b'\\x89PNG\\r\\n\\x1a\\n'
at, seen, idat = 8, [], b''
while at < len(data):
    length, kind = struct.unpack('>I4s', data[at:at + 8])
    body = data[at + 8:at + 8 + length]
    assert struct.unpack('>I', data[at + 8 + length:at + 12 + length])[0] == zlib.crc32(kind + body)
    if kind == b'IHDR': width, height, depth, colour = struct.unpack('>IIBB', body[:10])
    if kind == b'IDAT': idat += body
    seen.append(kind.decode()); at += 12 + length
rows = zlib.decompress(idat)
assert len(rows) == height * (1 + width * depth // 8)
print(seen, width, height, depth, colour)`
  const answer = spawnSync('python3', ['-c', script, join(folder, 'picture (sample).png')], { encoding: 'utf8' })
  expect(answer.stdout).toBe("['IHDR', 'tEXt', 'IDAT', 'IEND'] 48 32 1 0\n")
})
