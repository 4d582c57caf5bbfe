import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fileSystemSync, nodeInflater, openDirectory, TargetFault } from '@probatum/platform/node'
import {
  type BundleSink,
  demonstrationAuthority,
  PayloadDiffers,
  platformRandom,
  type SealOutcome,
  sealBundle,
} from '@probatum/seal'
import { beforeEach, describe, expect, it } from 'vitest'
import { instant } from '../../../tools/testing/judgement.ts'
import { testPlace } from '../../../tools/testing/place.ts'
import { checkOwnBundle } from '../commands/seal-check.ts'
import { InputError, OutputError } from '../errors.ts'
import { openBundle } from '../input/bundle-input.ts'
import { FolderSink } from './folder-sink.ts'
import { PayloadFolder, type PayloadFolderOptions } from './payload-folder.ts'
import { PayloadLinks } from './payload-links.ts'
import { payloadFailed } from './seal-failures.ts'
import { SealingFolder } from './sealing-folder.ts'

const now = instant('2026-03-14T09:12:00Z')
const { place: root } = testPlace('sealing')

const FILES = 12
let place = ''
let number = 0
const at = (...names: string[]) => join(place, ...names)
beforeEach(() => {
  place = join(root, String(number++))
  mkdirSync(at('files'), { recursive: true })
  for (let i = 0; i < FILES; i++)
    writeFileSync(at('files', `${i} (sample).txt`), `INVENTED SAMPLE ${i}\n`.repeat(i + 1))
})

class Stopped extends Error {}

interface Run {
  readonly isResumed?: boolean
  /** Stop before the so many-th record, as if the power had gone. */
  readonly stopBefore?: number
  readonly isLinked?: boolean
  /** Done while the records are written. */
  readonly meanwhile?: () => void
}

/** One run of sealing, as the command does it; what it leaves is left. */
async function run({ isResumed = false, stopBefore = Number.MAX_VALUE, isLinked = false, meanwhile }: Run = {}) {
  const folder = await SealingFolder.open(at('out'), isResumed)
  try {
    await folder.begin()
    const source = await openDirectory(at('files'))
    const sink = new FolderSink(folder.bundle, true)
    const written = (path: string, size: number) => sink.written.set(path, size)
    const store = isLinked ? new PayloadLinks(folder, written) : new PayloadFolder(folder, written)
    let records = 0
    const stopping: BundleSink = {
      async write(path, content) {
        if (records++ >= stopBefore) throw new Stopped()
        if (records === 1) meanwhile?.()
        await sink.write(path, content)
      },
    }
    const authority = await demonstrationAuthority({ now, random: platformRandom })
    const entries = [...source.entries].sort((a, b) => (a.path < b.path ? -1 : 1))
    const outcome: SealOutcome = await sealBundle({
      files: entries.map((entry) => ({ entry, name: entry.path, size: entry.size, open: () => source.open(entry) })),
      payloadStore: store,
      newSpill: folder.newSpill,
      sink: stopping,
      now,
      random: platformRandom,
      issuer: 'Example Mechanism (sample)',
      recipient: null,
      externalIdentifier: 'Example case 1 (sample)',
      longTerm: false,
      sample: true,
      signer: authority.signer,
      timeStampAuthorities: [authority.timeStampAuthority],
      log: authority.log,
      softwareAgent: 'probatum',
    })
    return { folder, store, outcome, sink }
  } finally {
    // What a process that is gone leaves: its lock is known to be stale. In one process it has to be let go.
    await folder.release()
  }
}

const broken = async (path: string) => (await checkOwnBundle(path, [{ stamp: true }])).broken
const stopped = (options: Run) => expect(run(options)).rejects.toBeInstanceOf(Stopped)

/** Copies of all files, as sealing asks for them. */
async function copiesOfAll() {
  const source = await openDirectory(at('files'))
  const entries = [...source.entries].sort((a, b) => (a.path < b.path ? -1 : 1))
  return entries.map((entry, seq) => ({
    path: `data/00/${String(seq + 1).padStart(6, '0')}.txt`,
    file: { entry, size: entry.size, open: () => source.open(entry) },
    algorithms: ['sha256'] as const,
  }))
}

const journalled = () => (readFileSync(at('.out.unfinished/journal.jsonl'), 'utf8').match(/^\{"path"/gm) ?? []).length

describe('many small copies, put on the disk together', () => {
  async function copying(syncOf: NonNullable<PayloadFolderOptions['syncOf']>) {
    const folder = await SealingFolder.open(at('out'), false)
    await folder.begin()
    const store = new PayloadFolder(folder, () => {}, { many: FILES, syncOf })
    const copies = await copiesOfAll()
    for await (const { size } of store.write(copies, () => {})) expect(size).toBeGreaterThan(0)
    return { folder, copies, again: store.readBack(copies, () => {}) }
  }

  it('are named by the journal once they are there, and the reading again does not end before', async () => {
    let settle = () => {}
    let points = 0
    const { folder, copies, again } = await copying(async () => () => {
      points += 1
      return new Promise((resolve) => {
        settle = resolve
      })
    })
    for (const _ of copies) expect((await again.next()).done).toBe(false)
    let isOver = false
    const end = again.next().then(() => {
      isOver = true
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect([isOver, journalled(), points]).toEqual([false, 0, 1])
    settle()
    await end
    expect(journalled()).toBe(FILES)
    await folder.release()
  })

  it('are put there one by one where the system fails at all together, and a file that cannot be ends the run', async () => {
    const failing = async () => () => Promise.reject(new Error('INVENTED: the disk says no'))
    const { folder, again } = await copying(failing)
    for await (const _ of again);
    expect(journalled()).toBe(FILES)
    await folder.remove()
    const other = await copying(async () => async () => {
      rmSync(at('.out.unfinished/bundle/data/00/000003.txt'))
      throw new Error('INVENTED: the disk says no')
    })
    await expect(
      (async () => {
        for await (const _ of other.again);
      })(),
    ).rejects.toThrow()
    expect(journalled()).toBe(0)
    await other.folder.remove()
  })

  it('is not done in a folder of which the system does not say where it lies', async () => {
    expect(await fileSystemSync(at('no such folder'))).toBeUndefined()
    // Where it is done at all, it is done here.
    await (await fileSystemSync(at('files')))?.()
  })
})

describe('sealing by links', () => {
  const inBundle = at.bind(null, '.out.unfinished/bundle/data/00')
  /** The one run's store, when it is one of links. */
  const linked = async (options: Run = {}) => {
    const { store } = await run({ ...options, isLinked: true })
    return store instanceof PayloadLinks ? store : expect.fail('no links')
  }

  it('gives each file a second name, verifies as a whole, and says nowhere that files were read again', async () => {
    const store = await linked()
    store.requireUnchanged()
    expect(statSync(inBundle('000001.txt')).ino).toBe(statSync(at('files/0 (sample).txt')).ino)
    expect(await broken(at('.out.unfinished/bundle'))).toEqual([])
    const log = readFileSync(at('.out.unfinished/bundle/record/custody.jsonl'), 'utf8')
    expect(log).toContain('ingestion')
    expect(log).not.toContain('fixity-check')
    // The originals are left when the bundle goes.
    rmSync(at('.out.unfinished'), { recursive: true })
    expect(readFileSync(at('files/0 (sample).txt'), 'utf8')).toBe('INVENTED SAMPLE 0\n')
  })

  it('notices a file that was written to after it was read, whatever its size and time say', async () => {
    const file = at('files/3 (sample).txt')
    const { atime, mtime } = statSync(file)
    const store = await linked({
      meanwhile: () => {
        writeFileSync(file, readFileSync(file, 'utf8').replace('I', 'J'))
        utimesSync(file, atime, mtime)
      },
    })
    expect(() => store.requireUnchanged()).toThrow(
      expect.objectContaining({ reason: 'changed', path: '3 (sample).txt' }),
    )
    expect(await broken(at('.out.unfinished/bundle'))).not.toEqual([])
  })

  it('takes nothing over from an interrupted run, of copies or of links, and copies take over no link', async () => {
    await stopped({ stopBefore: 0 })
    await expect(run({ stopBefore: 0, isResumed: true, isLinked: true })).rejects.toBeInstanceOf(Stopped)
    const { store } = await run({ isResumed: true })
    expect(store.takenOver).toBe(0)
    expect(statSync(inBundle('000001.txt')).ino).not.toBe(statSync(at('files/0 (sample).txt')).ino)
    const again = await linked({ isResumed: true })
    again.requireUnchanged()
    expect(await broken(at('.out.unfinished/bundle'))).toEqual([])
  })

  it('reads a file that is wanted at two places, and refuses what has no name of its own', async () => {
    const folder = await SealingFolder.open(at('out'), false)
    await folder.begin()
    const copies = await copiesOfAll()
    const [first = expect.fail('no file'), second = expect.fail('no file')] = copies
    const twice = [first, { ...second, file: first.file }]
    let read = 0
    for await (const { size } of new PayloadLinks(folder, () => {}).write(twice, () => {})) read += size
    expect(read).toBe(2 * first.file.size)
    const { entry: _, ...archived } = first.file
    const refused = new PayloadLinks(folder, () => {}).write([{ ...first, file: archived }], () => {})
    await expect(refused[Symbol.asyncIterator]().next()).rejects.toThrow('lie in an archive')
    await folder.remove()
  })
})

describe('sealing that is interrupted', () => {
  it('is recognised at every step, and goes on without copying a file again', async () => {
    const steps: number[] = []
    for (let step = 0; ; step++) {
      const isOver = await run({ stopBefore: step, isResumed: step > 0 }).then(
        ({ store }) => {
          steps.push(store.takenOver)
          return true
        },
        (error: unknown) => {
          expect(error).toBeInstanceOf(Stopped)
          return false
        },
      )
      for (const named of ['.out.unfinished', '.out.unfinished/bundle'])
        await expect(openBundle(at(named), { inflater: nodeInflater })).rejects.toThrow('was not finished')
      if (isOver) break
    }
    expect(steps).toEqual([FILES])
    expect(await broken(at('.out.unfinished/bundle'))).toEqual([])
  })

  it('is not begun anew over what was left, and there is nothing to resume where nothing was left', async () => {
    await expect(run({ isResumed: true })).rejects.toThrow('nothing to resume')
    await stopped({ stopBefore: 0 })
    const before = readdirSync(at('.out.unfinished'))
    await expect(run()).rejects.toThrow(`${FILES} files`)
    await expect(SealingFolder.find(at('out'), false)).rejects.toBeInstanceOf(InputError)
    expect(readdirSync(at('.out.unfinished'))).toEqual(before)
  })

  it('copies again what was changed in between: source or copy, by content, length or time', async () => {
    await stopped({ stopBefore: 0 })
    const bundle = (name: string) => at('.out.unfinished/bundle/data/00', name)
    const [first = '', second = '', third = ''] = readdirSync(at('.out.unfinished/bundle/data/00'))
    writeFileSync(at('files', '0 (sample).txt'), 'INVENTED SAMPLE, other\n')
    expect(first).toBe('000001.txt')
    appendFileSync(bundle(second), 'more')
    rmSync(bundle(third))
    writeFileSync(bundle('000099.txt'), 'nobody knows it')
    const { store } = await run({ isResumed: true })
    expect(store.takenOver).toBe(FILES - 3)
    expect(readFileSync(bundle(first), 'utf8')).toBe('INVENTED SAMPLE, other\n')
    expect(existsSync(bundle('000099.txt'))).toBe(false)
    expect(await broken(at('.out.unfinished/bundle'))).toEqual([])
  })

  it('renames copies whose positions have shifted, because a file was added or taken out', async () => {
    await stopped({ stopBefore: 0 })
    writeFileSync(at('files', '- first (sample).txt'), 'INVENTED SAMPLE, added\n')
    rmSync(at('files', '5 (sample).txt'))
    await stopped({ stopBefore: 3, isResumed: true })
    rmSync(at('files', '- first (sample).txt'))
    writeFileSync(at('files', '9 (sample).txt'), 'INVENTED SAMPLE, other\n')
    const { store } = await run({ isResumed: true })
    expect(store.takenOver).toBe(FILES - 2)
    const names = readdirSync(at('files')).sort()
    const copies = readdirSync(at('.out.unfinished/bundle/data/00')).sort()
    expect(copies).toHaveLength(names.length)
    for (const [seq, name] of names.entries())
      expect(readFileSync(at('.out.unfinished/bundle/data/00', copies[seq] ?? ''))).toEqual(
        readFileSync(at('files', name)),
      )
    expect(readdirSync(at('.out.unfinished/bundle')).filter((name) => name.startsWith('moved'))).toEqual([])
    expect(await broken(at('.out.unfinished/bundle'))).toEqual([])
  })

  it('keeps no copy of a file that is not sealed any more', async () => {
    await stopped({ stopBefore: 0 })
    for (const name of ['8 (sample).txt', '9 (sample).txt']) rmSync(at('files', name))
    expect((await run({ isResumed: true })).store.takenOver).toBe(FILES - 2)
    expect(readdirSync(at('.out.unfinished/bundle/data/00'))).toHaveLength(FILES - 2)
    expect(await broken(at('.out.unfinished/bundle'))).toEqual([])
  })

  it('believes no digest because the journal has it: a copy that changed unseen is found when it is read again', async () => {
    await stopped({ stopBefore: 0 })
    const copy = at('.out.unfinished/bundle/data/00/000001.txt')
    const { atime, mtime } = statSync(copy)
    const bytes = readFileSync(copy)
    bytes[0] = (bytes[0] ?? 0) ^ 1
    writeFileSync(copy, bytes)
    utimesSync(copy, atime, mtime)
    // Whether the changed time survives to the nanosecond is the system's affair: the journal is made to have what is there.
    const journal = at('.out.unfinished/journal.jsonl')
    const lines = readFileSync(journal, 'utf8').split('\n')
    const changed = lines.map((line) => {
      const entry = line === '' ? undefined : JSON.parse(line)
      if (entry?.path !== 'data/00/000001.txt') return line
      entry.target.mtime = String(statSync(copy, { bigint: true }).mtimeNs)
      return JSON.stringify(entry)
    })
    writeFileSync(journal, changed.join('\n'))
    const error = await run({ isResumed: true }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(PayloadDiffers)
    expect((error as PayloadDiffers).differences).toMatchObject([{ path: 'data/00/000001.txt', what: 'sha256' }])
    // The command forgets it; then it is copied anew.
    const folder = await SealingFolder.open(at('out'), true)
    await folder.begin()
    folder.forget(['data/00/000001.txt'])
    await folder.release()
    expect((await run({ isResumed: true })).store.takenOver).toBe(FILES - 1)
    expect(await broken(at('.out.unfinished/bundle'))).toEqual([])
  })

  it('takes what stands before a torn end of the journal, and nothing behind it', async () => {
    await stopped({ stopBefore: 0 })
    const journal = at('.out.unfinished/journal.jsonl')
    const lines = readFileSync(journal, 'utf8').split('\n')
    writeFileSync(journal, `${lines.slice(0, 3).join('\n')}\n${'\0'.repeat(64)}\n${lines.slice(4).join('\n')}`)
    expect((await run({ isResumed: true })).store.takenOver).toBe(3)
    expect(await broken(at('.out.unfinished/bundle'))).toEqual([])
  })

  it('puts nothing into an archive that is not what was read again', async () => {
    const { store, sink } = await run()
    const copied = async () => {
      let bytes = 0
      for (const file of store.compared(sink.files()).values())
        for await (const piece of file.open()) bytes += piece.length
      return bytes
    }
    expect(await copied()).toBeGreaterThan(FILES * 10)
    writeFileSync(at('.out.unfinished/bundle/data/00/000004.txt'), 'INVENTED SAMPLE, other\n')
    await expect(copied()).rejects.toMatchObject({ differences: [{ path: 'data/00/000004.txt', what: 'sha256' }] })
  })

  it.each(['ENOSPC', 'EROFS'])('says that the disk does not take it (%s), whichever part was written', (code) => {
    for (const error of [new TargetFault('/x/data/00/000001', code), Object.assign(new Error('write'), { code })]) {
      const said = payloadFailed(error)
      expect(said).toBeInstanceOf(OutputError)
      expect((said as OutputError).message).toContain(code)
    }
    const other = new Error('a defect')
    expect(payloadFailed(other)).toBe(other)
  })

  it('that was killed while it removed what was left is in its place, and only that is removed', async () => {
    const { folder } = await run()
    writeFileSync(at('.out.unfinished/openings.jsonl'), 'ours\n')
    const moves = [
      ['bundle', at('out')],
      ['openings.jsonl', at('out.openings.jsonl')],
    ] as const
    const kept = at('kept')
    cpSync(at('.out.unfinished'), kept, { recursive: true })
    await folder.finish({ moves, summary: 'Sealed.\n' })
    expect(readdirSync(place).sort()).toEqual(['files', 'kept', 'out', 'out.openings.jsonl'])
    // Whatever of the folder a run that was killed had not removed yet.
    for (const left of [[], ['journal.jsonl'], ['SEALING-NOT-FINISHED.txt', 'journal.jsonl']]) {
      mkdirSync(at('.out.unfinished'))
      for (const name of left) cpSync(join(kept, name), at('.out.unfinished', name))
      writeFileSync(at('.out.unfinished/finished.json'), JSON.stringify({ moves, summary: 'Sealed.\n' }))
      const found = (await SealingFolder.find(at('out'), true)) ?? expect.fail('nothing was found')
      await found.move(found.finished ?? expect.fail('not finished'))
      expect(readdirSync(place).sort()).toEqual(['files', 'kept', 'out', 'out.openings.jsonl'])
    }
    mkdirSync(at('.out.finished'))
    writeFileSync(at('.out.finished/finished.json'), '{}')
    expect(await SealingFolder.find(at('out'), false)).toBeUndefined()
    expect(existsSync(at('.out.finished'))).toBe(false)
    // A folder of that name that somebody made for something else is nobody's to remove.
    mkdirSync(at('.out.finished'))
    writeFileSync(at('.out.finished/letter.txt'), 'INVENTED SAMPLE')
    expect(await SealingFolder.find(at('out'), false)).toBeUndefined()
    expect(readdirSync(at('.out.finished'))).toEqual(['letter.txt'])
  })

  it('that finds neither what is to be moved nor its place says so', async () => {
    const { folder } = await run()
    rmSync(at('.out.unfinished/bundle'), { recursive: true })
    await expect(folder.finish({ moves: [['bundle', at('out')]], summary: '' })).rejects.toThrow('is gone')
    expect(existsSync(at('.out.unfinished/finished.json'))).toBe(true)
  })

  it('names in its journal no copy that another one is going to lie over', async () => {
    await stopped({ stopBefore: 0 })
    // The first two go: the copy of the third comes to lie where that of the first was.
    for (const name of ['0 (sample).txt', '1 (sample).txt']) rmSync(at('files', name))
    const folder = await SealingFolder.open(at('out'), true)
    await folder.begin()
    const forgotten: string[] = []
    const journal = () => readFileSync(at('.out.unfinished/journal.jsonl'), 'utf8').split('\n')
    const watched = {
      bundle: folder.bundle,
      earlier: folder.earlier,
      remember: () => {
        throw new Stopped()
      },
      forget(paths: Iterable<string>) {
        folder.forget(paths)
        forgotten.push(...journal().flatMap((line) => (line.startsWith('{"forget"') ? [JSON.parse(line).forget] : [])))
      },
      keep: () => folder.keep(),
    }
    const copies = await copiesOfAll()
    const written = new PayloadFolder(watched, () => {}).write(copies, () => {})
    await expect(written[Symbol.asyncIterator]().next()).rejects.toBeInstanceOf(Stopped)
    await folder.release()
    expect(forgotten.sort()).toEqual([...folder.earlier.keys()].sort())
    // As a run that is killed here leaves it: the next one copies what was lost, and seals what the files are.
    expect((await run({ isResumed: true })).store.takenOver).toBeLessThan(FILES - 2)
    expect(await broken(at('.out.unfinished/bundle'))).toEqual([])
  })

  it('touches nothing that a journal names elsewhere, and goes through no link', async () => {
    await stopped({ stopBefore: 0 })
    mkdirSync(at('mine/00'), { recursive: true })
    writeFileSync(at('mine/00/letter.txt'), 'INVENTED SAMPLE, a letter')
    const journal = at('.out.unfinished/journal.jsonl')
    const [first = ''] = readFileSync(journal, 'utf8').split('\n')
    for (const path of ['../../mine/00/letter.txt', 'data/00/../../../../mine/00/letter.txt', 7]) {
      writeFileSync(journal, `${JSON.stringify({ ...JSON.parse(first), path })}\n`)
      await stopped({ stopBefore: 0, isResumed: true })
      expect(readFileSync(at('mine/00/letter.txt'), 'utf8')).toBe('INVENTED SAMPLE, a letter')
    }
    for (const odd of ['null', '7', '[]', '{}', '{"path":"data/00/000001.txt"}']) {
      writeFileSync(journal, `${odd}\n`)
      expect((await run({ isResumed: true })).store.takenOver).toBe(0)
    }
    for (const link of ['bundle', 'bundle/data', 'bundle/data/00']) {
      rmSync(at('.out.unfinished', link), { recursive: true })
      symlinkSync(at('mine'), at('.out.unfinished', link))
      await run({ isResumed: true })
      expect(readdirSync(at('mine/00'))).toEqual(['letter.txt'])
    }
    expect(await broken(at('.out.unfinished/bundle'))).toEqual([])
  })

  it('is told by name and note together: a note beside a bundle does not make it an unfinished one', async () => {
    const { folder } = await run()
    await folder.finish({ moves: [['bundle', at('out')]], summary: '' })
    for (const name of ['out/SEALING-NOT-FINISHED.txt', 'SEALING-NOT-FINISHED.txt']) writeFileSync(at(name), 'not so')
    const bundle = await openBundle(at('out'), { inflater: nodeInflater })
    await bundle.close()
    // Inside it is an extra file, as any other.
    expect((await broken(at('out'))).join()).toContain('tag.listed')
  })

  it('is one program’s at a time', async () => {
    const folder = await SealingFolder.open(at('out'), false)
    await expect(SealingFolder.open(at('out'), true)).rejects.toThrow('already')
    await folder.release()
    const next = await SealingFolder.open(at('out'), true)
    await next.remove()
    expect(existsSync(at('.out.unfinished'))).toBe(false)
  })

  it('is removed when little was copied, and kept with a sentence when it was much', async () => {
    const little = await SealingFolder.open(at('out'), false)
    await little.begin()
    expect(little.abandon('the command')).toBeUndefined()
    expect(existsSync(at('.out.unfinished'))).toBe(false)
    const much = await SealingFolder.open(at('out'), false)
    await much.begin()
    const stamp = { size: 70 << 20, mtime: '0', ctime: '0', ino: '0' }
    much.remember({ path: 'data/00/000001', name: 'a', digests: {}, source: stamp, target: stamp })
    expect(much.abandon('the command')).toContain('Run the command again with --resume')
    expect(readFileSync(at('.out.unfinished/journal.jsonl'), 'utf8')).toContain('data/00/000001')
  })

  it('that was all but over is only put into its place, and overwrites nothing', async () => {
    const { folder } = await run()
    writeFileSync(at('out.openings.jsonl'), 'of somebody else\n')
    writeFileSync(at('.out.unfinished/openings.jsonl'), 'ours\n')
    const moves = [
      ['bundle', at('out')],
      ['openings.jsonl', at('out.openings.jsonl')],
    ] as const
    await expect(folder.finish({ moves, summary: 'Sealed.\n' })).rejects.toThrow('nothing is ever overwritten')
    expect(readFileSync(at('out.openings.jsonl'), 'utf8')).toBe('of somebody else\n')
    rmSync(at('out.openings.jsonl'))
    await expect(SealingFolder.find(at('out'), false)).rejects.toMatchObject({
      todo: expect.stringContaining('Do not remove the folder'),
    })
    const found = await SealingFolder.find(at('out'), true)
    expect(found?.finished?.summary).toBe('Sealed.\n')
    await found?.move(found.finished ?? expect.fail('not finished'))
    expect(readFileSync(at('out.openings.jsonl'), 'utf8')).toBe('ours\n')
    expect(existsSync(at('.out.unfinished'))).toBe(false)
    expect(await broken(at('out'))).toEqual([])
  })
})
