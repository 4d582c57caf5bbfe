import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'

/** Writes a bag as a stored ZIP; Python is the independent writer. Zeros are holes that the disk need not have. */
const WRITER = `
import hashlib, io, os, sys, zipfile

class Holes(io.RawIOBase):
    """Turns blocks of zeros into holes."""
    def __init__(self, path):
        self.file = open(path, 'wb')
    def seekable(self): return True
    def writable(self): return True
    def tell(self): return self.file.tell()
    def seek(self, at, how=0): return self.file.seek(at, how)
    def flush(self): self.file.flush()
    def write(self, data):
        data = bytes(data)
        if len(data) >= 65536 and data.count(0) == len(data): self.file.seek(len(data), 1)
        else: self.file.write(data)
        return len(data)
    def close(self):
        self.file.close()

target, members, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
out = Holes(target)
with zipfile.ZipFile(out, 'w', zipfile.ZIP_STORED, allowZip64=True) as archive:
    manifest = []
    def put(name, pieces, big):
        digest = hashlib.sha256()
        info = zipfile.ZipInfo('bag/' + name, (2026, 1, 1, 0, 0, 0))
        with archive.open(info, 'w', force_zip64=big) as member:
            for piece in pieces:
                digest.update(piece)
                member.write(piece)
        return digest.hexdigest()
    def tag(name, text):
        put(name, [text.encode()], False)
    block = bytes(1 << 24)
    for number in range(members):
        if size > 1 << 24:
            pieces = [block] * (size >> 24)
        else:
            pieces = [(b'%d of an invented log (sample)\\n' % number * (size // 20 + 1))[:size]]
        name = 'data/%06d.bin' % number
        manifest.append(put(name, pieces, size > 1 << 31) + '  ' + name + '\\n')
    tag('bagit.txt', 'BagIt-Version: 1.0\\nTag-File-Character-Encoding: UTF-8\\n')
    tag('bag-info.txt', 'Payload-Oxum: %d.%d\\n' % (members * size, members))
    tag('manifest-sha256.txt', ''.join(manifest))
out.close()
`

/**
 * @param path the new archive
 * @param members evidence files
 * @param size bytes of each; above 16 MiB whole multiples of it, and zeros
 */
export function writeLargeBag(path: string, members: number, size: number): void {
  execFileSync('python3', ['-c', WRITER, path, String(members), String(size)])
}

/**
 * The same as a folder, which is `path/bag`.
 * @param path a folder that is not there yet
 */
export function writeLargeFolder(path: string, members: number, size: number): void {
  const archive = `${path} packed.zip`
  writeLargeBag(archive, members, size)
  execFileSync('python3', ['-m', 'zipfile', '-e', archive, path])
  rmSync(archive)
}
