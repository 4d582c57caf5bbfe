import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { LIMITS, ParseError, readValidationFile } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'
import type { GivenValidation } from '@probatum/seal'
import { escapeForDisplay } from '@probatum/words'
import { InputError } from '../errors.ts'
import { isDirectory, readWhole } from '../files.ts'

/** Files of all folders together: as many objects as a verification looks at, and some readmes. */
const MOST_FILES = 4096

export interface ValidationInput {
  /** Each object once, in the order of the files. */
  readonly given: readonly GivenValidation[]
  /** Files without any, and why. */
  readonly useless: readonly { readonly path: string; readonly why: string }[]
}

/**
 * Reads certificates, CRLs and OCSP responses from files, and from folders with all that lies below them; told apart by
 * content. A file that is something else is named, not refused: folders of certificates have readmes in them.
 * @throws {InputError | SourceFault}
 */
export async function readValidationFiles(paths: readonly string[]): Promise<ValidationInput> {
  const given = new Map<string, GivenValidation>()
  const useless: { path: string; why: string }[] = []
  for (const path of await filesAt(paths)) {
    const bytes = await readWhole(path, 2 * LIMITS.crlBytes)
    try {
      const objects = readValidationFile(bytes, 'file', nodeSmallDigest)
      for (const object of objects) if (!given.has(object.sha256)) given.set(object.sha256, { ...object, from: path })
      if (objects.length === 0) useless.push({ path, why: 'a CMS without certificates and CRLs' })
    } catch (error) {
      if (!(error instanceof ParseError)) throw error
      useless.push({ path, why: error.message })
    }
  }
  if (given.size > LIMITS.revocationObjects)
    throw new InputError(
      `--validation: ${given.size} certificates, CRLs and OCSP responses, and a verification reads ${LIMITS.revocationObjects} at most.`,
      'Name those that belong to the signer and to the time-stamp authorities.',
    )
  return { given: [...given.values()], useless }
}

async function filesAt(paths: readonly string[]): Promise<string[]> {
  const files: string[] = []
  for (const path of paths) {
    if (!(await isDirectory(path))) {
      files.push(path)
      continue
    }
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    const below = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    files.push(...below.sort())
  }
  if (files.length > MOST_FILES)
    throw new InputError(
      `--validation: ${files.length} files, and ${MOST_FILES} are looked at, at most.`,
      `Name a folder with certificates, CRLs and OCSP responses alone: ${paths.map(escapeForDisplay).join(', ')}.`,
    )
  return files
}
