import { statSync } from 'node:fs'
import { SourceFault, type SourceFaultReason } from '@probatum/core'

const REASONS: ReadonlyMap<string, SourceFaultReason> = new Map<string, SourceFaultReason>([
  ['EACCES', 'permission'],
  ['EPERM', 'permission'],
  ['EBUSY', 'busy'],
  ['ETXTBSY', 'busy'],
  ['EIO', 'bad-sector'],
  ['EUCLEAN', 'bad-sector'],
  ['EISDIR', 'not-a-file'],
  // A pipe has no positions.
  ['ESPIPE', 'not-a-file'],
  // Opened with O_NOFOLLOW: what was listed as a file is a link now.
  ['ELOOP', 'not-a-file'],
  ['EFBIG', 'too-large'],
  ['EOVERFLOW', 'too-large'],
  ['ENOENT', 'vanished'],
  ['ENOTDIR', 'vanished'],
  ['ENODEV', 'vanished'],
  ['ENXIO', 'vanished'],
  ['ESTALE', 'vanished'],
  ['ENOTCONN', 'vanished'],
  ['EHOSTDOWN', 'vanished'],
])

/** The system's code of an error that a file operation threw; `undefined` for an error of our own. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('errno' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/** What a system's code means for evidence. `platform` is `process.platform`. */
export function faultReason(code: string, platform: string): SourceFaultReason {
  // Windows reports files that a cloud service has not brought here with codes that libuv does not know
  // (ERROR_CLOUD_FILE_…, 358 to 404); macOS answers EDEADLK for a file without data.
  if (code === 'UNKNOWN' && platform === 'win32') return 'placeholder'
  if (code === 'EDEADLK' && platform === 'darwin') return 'placeholder'
  return REASONS.get(code) ?? 'other'
}

/**
 * Turns an error of a file operation into a SourceFault; an error of our own is thrown as it is. When `root`, the folder or file
 * that was opened at the start, is still there, one file that is gone has only changed.
 */
export function sourceFault(error: unknown, path: string, root: string): SourceFault {
  if (error instanceof SourceFault) return error
  const code = systemCode(error)
  if (code === undefined) throw error
  const reason = faultReason(code, process.platform)
  const isThere = isReachable(root)
  // A disk that was pulled out answers EIO too.
  if (!isThere && (reason === 'bad-sector' || reason === 'vanished'))
    return new SourceFault('vanished', path, code, { cause: error })
  return new SourceFault(reason === 'vanished' ? 'changed' : reason, path, code, { cause: error })
}

function isReachable(path: string): boolean {
  try {
    statSync(path)
    return true
  } catch (error) {
    // Not allowed to look is not gone.
    return faultReason(systemCode(error) ?? '', process.platform) === 'permission'
  }
}
