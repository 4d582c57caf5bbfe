import { comparePaths } from '@probatum/core'

type Files = ReadonlyMap<string, Uint8Array>

/** One way of changing a sealed bundle. */
export interface SampleChange {
  /** Names the change so that it can be made again: `flip seal/1/x.p7s 17 0x80`. */
  readonly name: string
  apply(files: Files): Map<string, Uint8Array>
}

/** Files that nobody sealed, one for each kind of place. What operating systems leave behind is not among them. */
const EXTRA_PATHS: readonly string[] = [
  'added.txt',
  'fetch.txt',
  'manifest-sha512.txt',
  'manifest-md5.txt',
  'tagmanifest-sha512.txt',
  'data/added.txt',
  'data/00/000099.txt',
  'data/01/010001.txt',
  'record/added.json',
  'record/validation/added.cer',
  'seal/added',
  'seal/1/added',
  'seal/1/tagmanifest-sha512.txt.p7s',
  'seal/1/tagmanifest-sha256.txt.p7s.added.tsr',
  'seal/2/sums-sha512.txt',
]

/**
 * Every change of a small sealed bundle that must be noticed, always in the same order: each byte XOR 1, and each of
 * its other bits too under seal/; each file removed, emptied, cut by its last byte, lengthened by one, and doubled
 * beside itself; each extra file.
 */
export function* sampleChanges(files: Files): Generator<SampleChange> {
  const paths = [...files.keys()].sort(comparePaths)
  for (const path of paths) {
    const bytes = files.get(path) ?? new Uint8Array(0)
    const bits = path.startsWith('seal/') ? [0, 1, 2, 3, 4, 5, 6, 7] : [0]
    for (let at = 0; at < bytes.length; at++) for (const bit of bits) yield flip(path, at, 1 << bit)
  }
  for (const path of paths) {
    const bytes = files.get(path) ?? new Uint8Array(0)
    yield { name: `remove ${path}`, apply: (all) => new Map([...all].filter(([other]) => other !== path)) }
    if (bytes.length > 0) {
      yield replace('empty', path, () => new Uint8Array(0))
      yield replace('cut', path, (whole) => whole.subarray(0, -1))
    }
    yield replace('lengthen', path, (whole) => Uint8Array.of(...whole, 0x0a))
    yield add('double', `${path}.copy`, bytes)
  }
  for (const path of EXTRA_PATHS) if (!files.has(path)) yield add('add', path, Uint8Array.of(0x78, 0x0a))
}

function flip(path: string, at: number, mask: number): SampleChange {
  const name = `${path} ${at} 0x${mask.toString(16).padStart(2, '0')}`
  return replace('flip', name, (whole) => whole.with(at, (whole[at] ?? 0) ^ mask), path)
}

function replace(
  what: string,
  name: string,
  change: (whole: Uint8Array) => Uint8Array,
  path: string = name,
): SampleChange {
  return {
    name: `${what} ${name}`,
    apply: (all) => new Map(all).set(path, change(all.get(path) ?? new Uint8Array(0))),
  }
}

function add(what: string, path: string, bytes: Uint8Array): SampleChange {
  return { name: `${what} ${path}`, apply: (all) => new Map(all).set(path, bytes) }
}
