import { equalBytes } from '../model/bytes.ts'
import type { Ports, SignedDigestAlgorithm } from '../model/ports.ts'
import { digestOfBytes } from './evidence-digest.ts'
import type { EvidenceDigest } from './facts.ts'
import { type LineEnds, type OtherLineEnds, otherLineEnds } from './line-ends.ts'

/** The content with other line ends, for what does not fit it as it is. */
export class OtherContents {
  readonly #content: Uint8Array | null
  readonly #ports: Pick<Ports, 'smallDigest'>
  #others: readonly (OtherLineEnds & { readonly digest: EvidenceDigest })[] | undefined

  constructor(content: Uint8Array | null, ports: Pick<Ports, 'smallDigest'>) {
    this.#content = content
    this.#ports = ports
  }

  /** Made once, and each digest of it computed once, however many signers there are. */
  #all() {
    this.#others ??= (this.#content === null ? [] : otherLineEnds(this.#content)).map((other) => ({
      ...other,
      digest: digestOfBytes(other.bytes, this.#ports),
    }))
    return this.#others
  }

  equalTo(signed: Uint8Array): LineEnds | null {
    return this.#all().find(({ bytes }) => equalBytes(bytes, signed))?.ends ?? null
  }

  async withDigest(algorithm: SignedDigestAlgorithm, digest: string): Promise<LineEnds | null> {
    for (const other of this.#all()) if ((await other.digest(algorithm)) === digest) return other.ends
    return null
  }
}
