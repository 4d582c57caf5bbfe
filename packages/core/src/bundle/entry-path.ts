import { LIMITS } from '../model/limits.ts'
import { decodeUtf8, encodeUtf8, hasLoneSurrogate } from '../model/utf8.ts'

/**
 * Problems for which an archive is refused: readers disagree about the name, or it can lead out of the folder that
 * it is unpacked into.
 */
export const REFUSED_PATH_PROBLEMS = [
  'empty',
  'too-long',
  'nul',
  'control',
  'lone-surrogate',
  'backslash',
  'absolute',
  'drive',
  'parent',
  'current',
  'empty-segment',
  'dots-and-spaces',
] as const

/** Problems that make a name hard to store or to read on some system; never a reason to refuse an archive. */
export const NOTED_PATH_PROBLEMS = [
  'windows-reserved',
  'windows-character',
  'colon',
  'trailing-dot-or-space',
  'home',
  'bidi-control',
] as const

/** A problem for which a source is refused. */
export type RefusedPathProblem = (typeof REFUSED_PATH_PROBLEMS)[number]

/** A problem that is noted as a fact. */
export type NotedPathProblem = (typeof NOTED_PATH_PROBLEMS)[number]

/** A problem of a path inside a container. */
export type EntryPathProblem = RefusedPathProblem | NotedPathProblem

const REFUSED: ReadonlySet<EntryPathProblem> = new Set(REFUSED_PATH_PROBLEMS)

/** Plain names need no closer look: letters, digits, `_`, `-` and inner dots. */
const PLAIN = /^(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*\/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*$/
// Windows: "Naming Files, Paths, and Namespaces"; the names are reserved with any extension, and with superscript digits.
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9\u00b9\u00b2\u00b3])[ ]*(?:\.|$)/i
// Unicode UAX #9: explicit directional formatting and isolates, and the marks.
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/

/** Everything about a relative path, `/` between segments, that is unsafe somewhere. In the order of the lists above. */
export function pathProblems(path: string): readonly EntryPathProblem[] {
  const segments = path.split('/')
  const found: EntryPathProblem[] = []
  const note = (problem: EntryPathProblem, present: boolean): void => {
    if (present) found.push(problem)
  }
  note('empty', path === '')
  note('too-long', isTooLong(path))
  note('nul', path.includes('\0'))
  note('control', /[\u0001-\u001f\u007f]/.test(path))
  note('lone-surrogate', hasLoneSurrogate(path))
  note('backslash', path.includes('\\'))
  note('absolute', path.startsWith('/'))
  note('drive', /^[A-Za-z]:/.test(path))
  note('parent', segments.includes('..'))
  note('current', segments.includes('.'))
  note('empty-segment', path !== '' && segments.includes(''))
  // Windows drops trailing dots and spaces, so that `.. ` may become `..`.
  note(
    'dots-and-spaces',
    segments.some((segment) => segment !== '.' && segment !== '..' && /^[. ]+$/.test(segment)),
  )
  note(
    'windows-reserved',
    segments.some((segment) => RESERVED.test(segment)),
  )
  note('windows-character', /[<>"|?*]/.test(path))
  note('colon', path.includes(':'))
  note(
    'trailing-dot-or-space',
    segments.some((segment) => /[^. ][. ]+$/.test(segment)),
  )
  note('home', path.startsWith('~'))
  note('bidi-control', BIDI.test(path))
  return found
}

/** The first problem for which an archive with this path is refused; `undefined` when it stays inside any root. */
export function refusedPathProblem(path: string): RefusedPathProblem | undefined {
  // A UTF-16 unit takes at most three bytes of UTF-8.
  if (path.length * 3 <= LIMITS.pathBytes && PLAIN.test(path)) return undefined
  return pathProblems(path).find((problem): problem is RefusedPathProblem => REFUSED.has(problem))
}

/** Whether the path names a place below any folder that it is resolved against, on POSIX and on Windows. */
export function isContainedPath(path: string): boolean {
  return refusedPathProblem(path) === undefined
}

/**
 * A name that is not UTF-8, made visible: characters where they are, `\xff` for each byte that is no part of one.
 * For the eye: it names no file. Every source uses it, so that one content has one description.
 */
export function visibleName(raw: Uint8Array): string {
  let visible = ''
  for (let at = 0; at < raw.length; ) {
    let taken = 0
    // A character of UTF-8 has at most four octets (RFC 3629 §3).
    for (let length = 1; length <= 4 && at + length <= raw.length && taken === 0; length++) {
      const text = decodeUtf8(raw.subarray(at, at + length))
      if (text === undefined) continue
      visible += text
      taken = length
    }
    if (taken === 0) {
      visible += `\\x${(raw[at] ?? 0).toString(16).padStart(2, '0')}`
      taken = 1
    }
    at += taken
  }
  return visible
}

function isTooLong(path: string): boolean {
  if (path.length * 3 <= LIMITS.pathBytes) return false
  return path.length > LIMITS.pathBytes || encodeUtf8(path).length > LIMITS.pathBytes
}
