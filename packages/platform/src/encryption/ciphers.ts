/** What opening an encrypted file needs of a platform. Keys and plaintext stay in memory, and nowhere else. */
export interface Ciphers {
  /** ChaCha20-Poly1305 (RFC 8439 §2.8), tag last; undefined when the tag does not hold. */
  openChunk(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array | undefined
  /**
   * Begins to check one tag of AES-GCM (NIST SP 800-38D) over a ciphertext of any size, with a nonce of 12 bytes. What was
   * deciphered on the way is thrown away: before the tag holds, nobody may see it.
   */
  checkGcm(key: Uint8Array, nonce: Uint8Array, additional: Uint8Array, tag: Uint8Array): Promise<GcmCheck>
  /** AES in counter mode, from this counter block on; the last 32 bits count, as in GCM. */
  counterMode(key: Uint8Array): Promise<(counter: Uint8Array, bytes: Uint8Array) => Promise<Uint8Array>>
  sha256(bytes: Uint8Array): Promise<Uint8Array> | Uint8Array
}

export interface GcmCheck {
  /** The next bytes of the ciphertext: of a multiple of 16 each time but the last. */
  update(bytes: Uint8Array): void
  /** Called once, at the end. */
  holds(): boolean
}
