import type { SignatureAlgorithm, SignatureOutcome } from '@probatum/core'
import { webSignatureVerifier } from '@probatum/platform/browser'

/** What the page answers; bytes are base64 on the way, because the way is JSON. */
export interface ChromiumPage {
  /** By the adapter that the web verifier uses, in this browser's WebCrypto. */
  readonly verify: (checks: readonly WireCheck[]) => Promise<SignatureOutcome[]>
  /** By WebCrypto alone, with a new key: SubjectPublicKeyInfo and one signature for each message. */
  readonly sign: (name: string, messages: readonly string[]) => Promise<{ publicKey: string; signatures: string[] }>
  /** By WebCrypto alone. */
  readonly verifyNatively: (name: string, checks: readonly WireCheck[]) => Promise<boolean[]>
}

export interface WireCheck {
  readonly algorithm: SignatureAlgorithm
  readonly publicKey: string
  readonly message: string
  readonly signature: string
}

declare global {
  var probatumPage: ChromiumPage | undefined
}

const adapter = webSignatureVerifier()

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

function base64Of(bytes: ArrayBuffer): string {
  return btoa(Array.from(new Uint8Array(bytes), (octet) => String.fromCharCode(octet)).join(''))
}

globalThis.probatumPage = {
  async verify(checks) {
    const outcomes: SignatureOutcome[] = []
    for (const { algorithm, publicKey, message, signature } of checks) {
      const bytes = { publicKey: bytesOf(publicKey), message: bytesOf(message), signature: bytesOf(signature) }
      outcomes.push(await adapter.verify({ algorithm, ...bytes }))
    }
    return outcomes
  },
  async sign(name, messages) {
    const key = await crypto.subtle.generateKey({ name }, true, ['sign', 'verify'])
    if (!('privateKey' in key)) throw new TypeError(`${name} is no signature algorithm`)
    const signatures: string[] = []
    for (const message of messages)
      signatures.push(base64Of(await crypto.subtle.sign({ name }, key.privateKey, bytesOf(message))))
    return { publicKey: base64Of(await crypto.subtle.exportKey('spki', key.publicKey)), signatures }
  },
  async verifyNatively(name, checks) {
    const answers: boolean[] = []
    for (const { publicKey, message, signature } of checks) {
      const key = await crypto.subtle.importKey('spki', bytesOf(publicKey), { name }, false, ['verify'])
      answers.push(await crypto.subtle.verify({ name }, key, bytesOf(signature), bytesOf(message)))
    }
    return answers
  },
}
