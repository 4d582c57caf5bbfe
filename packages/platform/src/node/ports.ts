import type { Ports } from '@probatum/core'
import { createNodeDigester, type NodeDigester, type NodeDigesterOptions } from './digester.ts'
import { nodeInflater } from './inflater.ts'
import { nodeSignatureVerifier } from './signature-verifier.ts'
import { nodeSmallDigest } from './small-digest.ts'

/** Of its digester: nothing else has a choice. */
export type NodePortsOptions = NodeDigesterOptions

/** Core's ports in Node, and how they end. */
export interface NodePorts extends Ports {
  readonly digester: NodeDigester
  /** Ends the digester's worker threads. */
  close(): Promise<void>
}

/** Everything that core asks of the world, by Node's own means. */
export function nodePorts(options: NodePortsOptions = {}): NodePorts {
  const digester = createNodeDigester(options)
  return {
    digester,
    signatures: nodeSignatureVerifier(),
    smallDigest: nodeSmallDigest,
    inflater: nodeInflater,
    close: () => digester.close(),
  }
}
