import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A plain bag of invented bytes. Made once and kept: making it takes longer than measuring. */
export interface Bag {
  readonly folder: string
  readonly files: number
  readonly bytesEach: number
}

export function makeBag(cache: string, name: string, files: number, bytesEach: number): Bag {
  const folder = join(cache, name)
  if (existsSync(folder)) return { folder, files, bytesEach }
  const unfinished = `${folder}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  const lines: string[] = []
  for (let i = 0; i < files; i++) {
    const place = `data/${String(Math.floor(i / 10_000)).padStart(2, '0')}`
    if (i % 10_000 === 0) mkdirSync(join(unfinished, place), { recursive: true })
    const bytes = randomBytes(bytesEach)
    const path = `${place}/${String(i + 1).padStart(6, '0')}.bin`
    writeFileSync(join(unfinished, path), bytes)
    lines.push(`${createHash('sha256').update(bytes).digest('hex')}  ${path}\n`)
  }
  writeFileSync(join(unfinished, 'manifest-sha256.txt'), lines.join(''))
  writeFileSync(join(unfinished, 'bagit.txt'), 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n')
  writeFileSync(join(unfinished, 'bag-info.txt'), `Payload-Oxum: ${files * bytesEach}.${files}\n`)
  renameSync(unfinished, folder)
  return { folder, files, bytesEach }
}

/** The same bag as a stored ZIP, written by Python. */
export function makeZip({ folder }: Bag): string {
  const file = `${folder}.zip`
  if (existsSync(file)) return file
  const script = `
import os, sys, zipfile
top = os.path.basename(sys.argv[1])
with zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_STORED) as archive:
    for place, folders, files in os.walk(sys.argv[1]):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(place, name)
            archive.write(path, os.path.join(top, os.path.relpath(path, sys.argv[1])))
`
  const { status, stderr } = spawnSync('python3', ['-c', script, folder, `${file}.unfinished`], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`python3 could not write the ZIP: ${stderr}`)
  renameSync(`${file}.unfinished`, file)
  return file
}

/** What Python's own modules need for the same work: every entry read, its CRC and its digest compared with the manifest. */
export const VERIFY_ZIP_IN_PYTHON = `
import hashlib, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    names = archive.namelist()
    manifest = next(name for name in names if name.endswith('/manifest-sha256.txt'))
    top = manifest[:-len('manifest-sha256.txt')]
    for line in archive.read(manifest).decode().splitlines():
        digest, path = line.split('  ', 1)
        hasher = hashlib.sha256()
        with archive.open(top + path) as entry:
            while piece := entry.read(1 << 20):
                hasher.update(piece)
        if hasher.hexdigest() != digest:
            sys.exit(path)
print('same')
`
