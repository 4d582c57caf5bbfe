/** `file`: one file by itself, such as a time-stamp. */
export type ContainerKind = 'directory' | 'zip' | 'tar' | 'file'

/** Something unusual about a container that is no contradiction: an envelope fact, never a finding of the body. */
export interface Oddity {
  /** e.g. `zip.data-descriptor`, `zip.top-folder-missing`, `zip.creator` */
  readonly id: string
  readonly path?: string
  readonly value?: string
}
