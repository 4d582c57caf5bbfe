/**
 * The ports: everything the core asks of the world. Each has one conformance test that every adapter passes.
 */

/** Random access to bytes that do not change while they are read. */
export interface RandomAccess {
  /** Size in bytes. */
  readonly size: number
  /**
   * Reads `length` bytes from `offset`. Returns exactly `length` bytes, or rejects with a SourceFault:
   * a short read is a source that changed, never a short answer.
   */
  read(offset: number, length: number): Promise<Uint8Array>
  /**
   * Many short reads at once: `length` bytes from each offset, one behind the other, else as `read`. Absent where it would be
   * no faster than reading larger pieces.
   */
  readEach?(offsets: readonly number[], length: number): Promise<Uint8Array>
  /**
   * What the platform's digester may use to reach the same bytes without going through `read`
   * (a file path in Node, a Blob in a browser). Opaque to the core.
   */
  readonly handle: unknown
}

/** Raw DEFLATE (RFC 1951). */
export interface Inflater {
  /**
   * Inflates the raw stream. Yields at most `maxOutput` bytes in total and then throws `ParseError('ERR_LIMIT')`;
   * throws `ParseError('ERR_ZIP_CONTENT')` when the stream is damaged, ends early,
   * or when compressed bytes are left over behind its end.
   */
  inflate(compressed: AsyncIterable<Uint8Array>, maxOutput: number, where: string): AsyncIterable<Uint8Array>
  /** CRC-32 as ZIP uses it (APPNOTE 4.4.7) of `bytes` behind those whose CRC is `before`; where it is faster than core's own. */
  readonly crc32?: (bytes: Uint8Array, before: number) => number
}

/** Why the system did not hand over bytes that it listed. Not evidence of anything. */
export type SourceFaultReason =
  | 'permission'
  | 'busy'
  | 'placeholder'
  | 'bad-sector'
  | 'not-a-file'
  | 'changed'
  | 'too-large'
  | 'vanished'
  | 'other'

/** The source could not be read. `reason: 'vanished'` for the whole source ends the run "not finished". */
export class SourceFault extends Error {
  override readonly name = 'SourceFault'
  readonly reason: SourceFaultReason
  /** The system's own code, e.g. `EACCES`; shown to experts, never part of a report body. */
  readonly systemCode: string
  readonly path: string
  constructor(reason: SourceFaultReason, path: string, systemCode: string, options?: { cause?: unknown }) {
    super(`${reason}: ${path} (${systemCode})`, options)
    this.reason = reason
    this.path = path
    this.systemCode = systemCode
  }
}

/** Digest algorithms by which files are digested. */
export type DigestAlgorithm =
  | 'md5'
  | 'sha1'
  | 'sha224'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha3-224'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512'

/** Where an entry's bytes lie. `container.handle` lets a platform read them its own way. */
export interface Extent {
  readonly container: RandomAccess
  readonly offset: number
  /** Bytes in the container. */
  readonly length: number
  readonly method: 'stored' | 'deflate'
  /** Bytes after decompression, as the container states them. */
  readonly size: number
  /** CRC-32 that the container states; the digester checks it in the same pass. */
  readonly crc32?: number
  /** What is expected to stand right before the bytes, and which of it. Who reads both at once can say whether it does. */
  readonly echo?: Echo | undefined
  readonly place?: number
}

/** What a container's directory lets expect before the bytes of each of its entries. */
export interface Echo {
  readonly bytes: Uint8Array
  /** Where that of each entry ends in `bytes`; it begins where the one before ends. */
  readonly ends: Uint32Array
}

/** What is to be digested: bytes of a container, by which algorithms. */
export interface DigestJob {
  readonly path: string
  readonly extent: Extent
  readonly algorithms: readonly DigestAlgorithm[]
}

/** The digests of a job, lower-case hex; or why there are none. */
export interface DigestOutcome {
  readonly path: string
  /** Bytes that were really read (after decompression). */
  readonly size: number
  /** Lower-case hex, keyed by algorithm. Empty when `fault` is set. */
  readonly digests: Readonly<Partial<Record<DigestAlgorithm, string>>>
  readonly fault?: { readonly reason: SourceFaultReason; readonly systemCode: string }
  /** The container contradicts itself about this entry: CRC, size, or the deflate stream. */
  readonly contradiction?: {
    readonly code: 'crc' | 'size' | 'deflate' | 'limit'
    readonly expected: string
    readonly found: string
  }
  /** Right before the extent stood what its echo says. Absent for everything else: nobody looked, or it is something else. */
  readonly echoed?: true
}

/** What has been digested so far. */
export interface DigestProgress {
  readonly bytes: number
  readonly files: number
}

/**
 * Streaming digests, several algorithms in one read, as parallel as the platform likes; outcomes in any order, one for each job,
 * as many at once as there are: waiting for each alone would take longer than digesting a small file.
 * The iterable rejects with an error named `AbortError` when the signal is aborted: it never just ends early.
 */
export interface Digester {
  digest(
    jobs: readonly DigestJob[],
    options: { readonly signal?: AbortSignalLike; readonly onProgress?: (done: DigestProgress) => void },
  ): AsyncIterable<readonly DigestOutcome[]>
}

/** The part of AbortSignal that the core reads; declared here because the core has no DOM types. */
export interface AbortSignalLike {
  readonly aborted: boolean
}

/**
 * Digests that only the signed attributes of a CMS may name: extendable output at the length of RFC 8702 §3.1, 32 octets of
 * SHAKE128 and 64 of SHAKE256. No manifest names them, so that a digester need not have them.
 */
export type SignedDigestAlgorithm = DigestAlgorithm | 'shake128' | 'shake256'

/** Synchronous digest of a small input: lines, tree nodes, records. */
export type SmallDigest = (algorithm: SignedDigestAlgorithm, bytes: Uint8Array) => Uint8Array

/** One signature check. `algorithm` is a row of the algorithm table, already judged supported and allowed. */
export interface SignatureCheck {
  readonly algorithm: SignatureAlgorithm
  /** SubjectPublicKeyInfo, DER, as it stands in the certificate. */
  readonly publicKey: Uint8Array
  /** The bytes that were signed. */
  readonly message: Uint8Array
  /** As it stands in the structure; ECDSA is strict DER, checked by the core before it comes here. */
  readonly signature: Uint8Array
}

/** A row of the algorithm table: what verifies a signature, with all parameters. */
export type SignatureAlgorithm =
  | { readonly scheme: 'rsa-pkcs1'; readonly digest: DigestAlgorithm }
  | {
      readonly scheme: 'rsa-pss'
      readonly digest: DigestAlgorithm
      readonly mgfDigest: DigestAlgorithm
      readonly saltLength: number
    }
  | { readonly scheme: 'ecdsa'; readonly digest: DigestAlgorithm; readonly curve: EcCurve }
  | { readonly scheme: 'ed25519' }
  | { readonly scheme: 'ed448' }
  /** Pure, with an empty context, like SLH-DSA: neither X.509 nor CMS has a place for another. */
  | { readonly scheme: 'ml-dsa'; readonly set: 44 | 65 | 87 }
  | { readonly scheme: 'slh-dsa'; readonly set: SlhDsaSet }

/** Parameter sets of FIPS 205. */
export type SlhDsaSet = `${'sha2' | 'shake'}-${128 | 192 | 256}${'s' | 'f'}`

/** Curves whose signatures are verified. */
export type EcCurve = 'P-256' | 'P-384' | 'P-521' | 'brainpoolP256r1' | 'brainpoolP384r1' | 'brainpoolP512r1'

/** `unsupported` is said by a platform that lacks the algorithm; it is never "invalid". */
export type SignatureOutcome = 'valid' | 'invalid' | 'unsupported'

/** Verifies one signature under one row of the algorithm table. */
export interface SignatureVerifier {
  verify(check: SignatureCheck): Promise<SignatureOutcome>
}

/** Everything that core asks of its surroundings. */
export interface Ports {
  readonly digester: Digester
  readonly signatures: SignatureVerifier
  readonly smallDigest: SmallDigest
  readonly inflater: Inflater
}
