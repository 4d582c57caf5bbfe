import type { Ports } from '@probatum/core'
import { nobleSmallDigest } from '../digests/noble-digest.ts'
import { createWebDigester, type WebDigester, type WebDigesterOptions } from './digester.ts'
import { webInflater } from './inflater.ts'
import { webSignatureVerifier } from './signature-verifier.ts'

/** Of its digester: nothing else has a choice. */
export type WebPortsOptions = WebDigesterOptions

/** Core's ports in a browser, and how they end. */
export interface WebPorts extends Ports {
  readonly digester: WebDigester
  /** Kills the digester's workers. */
  close(): void
}

/** Everything that core asks of the world, by a browser's own means. */
export function webPorts(options: WebPortsOptions = {}): WebPorts {
  const digester = createWebDigester(options)
  return {
    digester,
    signatures: webSignatureVerifier(),
    smallDigest: nobleSmallDigest,
    inflater: webInflater,
    close: () => digester.close(),
  }
}
