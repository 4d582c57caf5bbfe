import type { Instant } from '@probatum/core'
import type { SigningKey } from '../keys/signing-key.ts'
import type { RandomBytes } from '../random.ts'
import { type MessageImprint, makeTimeStampToken, timeStampResponse } from './time-stamp-token.ts'

/** Somebody who says when a digest existed. */
export interface TimeStampAuthority {
  /** `[a-z0-9-]{1,32}`: stands in the token's file name. */
  readonly label: string
  /** Subject of its certificate (RFC 4514), as bundle.json names the authorities that the issuer accepts. */
  readonly subject: string
  /** RFC 4514: the highest issuer that its tokens name, where it was asked. A hint, proved by nothing. */
  readonly topIssuer?: string
  /** TimeStampResp with a granted token, DER (RFC 3161 §2.4.2). */
  stamp(imprint: MessageImprint): Promise<Uint8Array>
}

/** An authority that is declared now and asked later: its token is added to the finished bundle. */
export interface LaterAuthority {
  readonly label: string
  readonly subject: string
  readonly stamp: null
}

/** An authority whose key is here: for demonstrations and tests. */
export interface LocalAuthorityInput {
  readonly label: string
  readonly subject: string
  readonly key: SigningKey
  /** DER, without the root. */
  readonly certificates: readonly Uint8Array[]
  /** Dotted policy identifier. */
  readonly policy: string
  /** Asked at each stamp. */
  readonly now: () => Instant
  readonly random: RandomBytes
}

/** An authority in memory, for demonstrations and test vectors; accuracy 1 s. */
export function localTimeStampAuthority(input: LocalAuthorityInput): TimeStampAuthority {
  return {
    label: input.label,
    subject: input.subject,
    async stamp(imprint) {
      const token = await makeTimeStampToken({
        imprint,
        policy: input.policy,
        serialNumber: positiveSerial(input.random(8)),
        // RFC 3161 allows a fraction; whole seconds are what every reader takes.
        genTime: { epochSeconds: input.now().epochSeconds, fraction: '' },
        accuracy: { seconds: 1, millis: 0, micros: 0 },
        nonce: null,
        tsaName: true,
        key: input.key,
        certificates: input.certificates,
        digest: 'sha256',
      })
      return timeStampResponse(token)
    },
  }
}

/** Octets that read as a positive INTEGER of the same length everywhere. */
export function positiveSerial(octets: Uint8Array): Uint8Array {
  const serial = new Uint8Array(octets)
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
  return serial
}
