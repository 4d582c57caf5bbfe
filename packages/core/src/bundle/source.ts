import type { ContainerKind, Oddity } from '../model/container.ts'
import type { Extent } from '../model/ports.ts'

/** One file of a bundle, whatever holds it. Directories are not entries. */
export interface SourceEntry {
  /**
   * Path below the bundle's top folder, `/` between segments, NFC untouched: exactly the characters that the container stores.
   */
  readonly path: string
  /** The same path as raw bytes, when it is not valid UTF-8; then `path` holds the visible escape and names no file. */
  readonly rawPath?: Uint8Array
  readonly size: number
  readonly extent: Extent
}

/** A tree of names and bytes. The container's own facts stay apart: they never reach the report body. */
export interface BundleSource {
  readonly kind: ContainerKind
  /** Every regular file, in no particular order, system leftovers included. */
  readonly entries: readonly SourceEntry[]
  /** Links, devices, unreadable folders: listed, never followed. */
  readonly irregular: readonly {
    readonly path: string
    readonly what: 'symbolic-link' | 'hard-link' | 'device' | 'fifo' | 'socket' | 'unreadable-folder' | 'other'
  }[]
  /** What an expert may want to know about the container; goes to the envelope. */
  readonly oddities: readonly Oddity[]
  /** Streams the entry's bytes (decompressed); rejects with SourceFault or ParseError. */
  open(entry: SourceEntry): AsyncIterable<Uint8Array>
  /** Present where the source was opened before all that the container says was compared. */
  readonly postponed?: PostponedChecks
  /** Frees what the source holds (a file descriptor). */
  close(): Promise<void>
}

/**
 * What a container says of its entries a second time, right before their data: looked at when the data are read, it takes no reads of
 * its own. Nothing may be said about such a source before `settle`.
 */
export interface PostponedChecks {
  /** Before this extent stands what its echo says (`DigestOutcome.echoed`). */
  agreed(extent: Extent): void
  /**
   * Compares what did not agree, and what nobody looked at. May be called again.
   * @throws {ParseError} what opening the source would have thrown
   * @throws {SourceFault} when the container cannot be read, or is not what it was
   */
  settle(): Promise<void>
}
