/** A vector as it stands in bundles/*.json; README.md explains every member. */
export interface Vector {
  readonly vector: 'probatum/vector/1-draft'
  readonly name: string
  readonly base: string
  readonly why: string
  /** What accepting it would allow; of a good vector, what refusing it would cost. */
  readonly effect: string
  readonly mutations: readonly Mutation[]
  readonly container: {
    readonly kind: 'directory' | 'zip' | 'tar'
    readonly options?: ContainerOptions
    /** On the archive's own bytes; paths are not used. */
    readonly mutations?: readonly ByteMutation[]
  }
  readonly policy: string
  readonly trustSet: string | null
  readonly validationTime: string
  readonly inputs: { readonly part?: boolean; readonly digests?: readonly string[] }
  readonly expect: {
    readonly indication?: 'TOTAL-PASSED' | 'TOTAL-FAILED' | 'INDETERMINATE'
    readonly exit: number
    readonly findings?: readonly string[]
    readonly error?: string
  }
}

export interface ContainerOptions {
  /** Folder around the bundle; '' for none, `a/b` for two. */
  readonly topFolder?: string
  readonly deflate?: boolean
  /** Further entries beside the bundle's, outside its top folder or in it. */
  readonly extra?: readonly { readonly path: string; readonly text?: string; readonly base64?: string }[]
}

export type ByteMutation =
  | { readonly op: 'xor'; readonly offset: number; readonly mask: number }
  | { readonly op: 'truncate'; readonly length: number }
  | { readonly op: 'append' | 'prepend'; readonly text?: string; readonly base64?: string }

export type Mutation =
  | { readonly op: 'xor'; readonly path: string; readonly offset: number; readonly mask: number }
  | {
      readonly op: 'write' | 'append' | 'prepend'
      readonly path: string
      readonly text?: string
      readonly base64?: string
    }
  | { readonly op: 'delete'; readonly path: string }
  | { readonly op: 'rename' | 'copy' | 'link'; readonly path: string; readonly to: string }
  | { readonly op: 'truncate'; readonly path: string; readonly length: number }
  | { readonly op: 'replace'; readonly path: string; readonly from: string; readonly to: string }

export interface VectorFiles {
  readonly files: Map<string, Uint8Array>
  /** path → target */
  readonly links: Map<string, string>
}

function content(given: { readonly text?: string; readonly base64?: string }): Uint8Array {
  return given.base64 === undefined ? new TextEncoder().encode(given.text ?? '') : Buffer.from(given.base64, 'base64')
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

/** Applies the operations in order. A path that is not there, or an edit that changes nothing, is a mistake in the vector. */
export function applyMutations(base: ReadonlyMap<string, Uint8Array>, mutations: readonly Mutation[]): VectorFiles {
  const files = new Map(base)
  const links = new Map<string, string>()
  const fileAt = (path: string): Uint8Array => {
    const bytes = files.get(path)
    if (bytes === undefined) throw new Error(`no file ${path}`)
    return bytes
  }
  for (const mutation of mutations) {
    const { path } = mutation
    switch (mutation.op) {
      case 'xor': {
        const bytes = Uint8Array.from(fileAt(path))
        const at = mutation.offset < 0 ? bytes.length + mutation.offset : mutation.offset
        const before = bytes[at]
        if (before === undefined || (mutation.mask & 255) === 0) throw new Error(`nothing to flip in ${path}`)
        bytes[at] = before ^ mutation.mask
        files.set(path, bytes)
        break
      }
      case 'write':
        files.set(path, content(mutation))
        break
      case 'append':
        files.set(path, joined(fileAt(path), content(mutation)))
        break
      case 'prepend':
        files.set(path, joined(content(mutation), fileAt(path)))
        break
      case 'delete':
        fileAt(path)
        files.delete(path)
        break
      case 'rename':
        files.set(mutation.to, fileAt(path))
        files.delete(path)
        break
      case 'copy':
        files.set(mutation.to, fileAt(path))
        break
      case 'link':
        links.set(path, mutation.to)
        break
      case 'truncate':
        if (mutation.length >= fileAt(path).length) throw new Error(`${path} is not longer than ${mutation.length}`)
        files.set(path, fileAt(path).subarray(0, mutation.length))
        break
      case 'replace': {
        const text = Buffer.from(fileAt(path)).toString('latin1')
        const from = Buffer.from(mutation.from, 'utf8').toString('latin1')
        const at = text.indexOf(from)
        if (at < 0 || text.indexOf(from, at + 1) >= 0) throw new Error(`not exactly one "${mutation.from}" in ${path}`)
        const to = Buffer.from(mutation.to, 'utf8').toString('latin1')
        files.set(
          path,
          new Uint8Array(
            Buffer.from(
              text.replace(from, () => to),
              'latin1',
            ),
          ),
        )
        break
      }
    }
  }
  return { files, links }
}

export function applyByteMutations(bytes: Uint8Array, mutations: readonly ByteMutation[]): Uint8Array {
  let result = Uint8Array.from(bytes)
  for (const mutation of mutations) {
    if (mutation.op === 'truncate') {
      const length = mutation.length < 0 ? result.length + mutation.length : mutation.length
      result = result.slice(0, length)
    } else if (mutation.op === 'xor') {
      const at = mutation.offset < 0 ? result.length + mutation.offset : mutation.offset
      const before = result[at]
      if (before === undefined) throw new Error('nothing to flip')
      result[at] = before ^ mutation.mask
    } else {
      const more = content(mutation)
      result = Uint8Array.from(mutation.op === 'append' ? joined(result, more) : joined(more, result))
    }
  }
  return result
}
