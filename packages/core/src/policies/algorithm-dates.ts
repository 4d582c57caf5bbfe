import type { DigestAlgorithm } from '../model/ports.ts'

/**
 * When algorithms stopped counting: the one list that the shipped policies are made from. `until` is the day from which a
 * new use no longer counts as proof (RFC 3339 date); what is proved to have existed before that day still counts. Of two
 * days that can be argued for, the later is taken, because a wrong "does not count" costs as well. What is not here has no
 * end yet.
 */
export interface EndOfDigest {
  readonly digest: DigestAlgorithm
  readonly until: string
  readonly source: string
}

/** Of RSA keys by the bits of their modulus: at least `bits`, and fewer than the next row or the policy's minimum. */
export interface EndOfKeySize {
  readonly bits: number
  readonly until: string
  readonly source: string
}

/** Digests that are not believed after a day, with the source of that day. */
export const ENDED_DIGESTS: readonly EndOfDigest[] = [
  {
    digest: 'md5',
    until: '2008-12-30',
    source: 'A certificate authority forged by a collision: Sotirov and others, 25C3, 2008-12-30; CERT VU#836068.',
  },
  {
    digest: 'sha1',
    until: '2017-02-23',
    source:
      'First published collision: Stevens and others, “SHAttered”, 2017-02-23. NIST SP 800-131A disallowed it for new signatures from 2014-01-01 already.',
  },
]

/** Sizes of RSA keys that are not believed after a day, with the source of that day. */
export const ENDED_RSA: readonly EndOfKeySize[] = [
  {
    bits: 1024,
    until: '2014-01-01',
    source:
      'NIST SP 800-131A (January 2011), table 2: generating signatures with 1024 bits is deprecated until 2013-12-31, then disallowed. A modulus of 768 bits was factored in December 2009 (Kleinjung and others, IACR ePrint 2010/006), so that nothing below 1024 counts at any time.',
  },
]

/** Bits that have no end yet: NIST SP 800-131A Rev. 2 §3, 112 bits of strength. */
export const RSA_MINIMUM_BITS = 2048
