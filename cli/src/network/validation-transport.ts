import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import type { FetchLike } from '@probatum/seal'
import { authorityTransport } from './authority-transport.ts'
import { isPrivateAddress } from './private-address.ts'

/** What a certificate names lies in a private network: whoever made the certificate must not choose what is asked there. */
class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError'
  readonly code = 'PRIVATE_ADDRESS'
}

/** Looks a name up, and refuses it when any of its addresses is private: else the next look-up might give another one. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, [])
    const [first] = addresses
    if (first === undefined || addresses.some(({ address }) => isPrivateAddress(address)))
      return callback(new PrivateAddressError(hostname), [])
    if (options.all === true) callback(null, addresses)
    else callback(null, first.address, first.family)
  })
}

/**
 * A transport for addresses that stand in certificates. Private ones are refused where the connection is made, after the name
 * was looked up; but hosts that the operator named (`host` or `host:port`) are asked wherever they are.
 */
export function validationTransport(connectMilliseconds: number, allowed: ReadonlySet<string>): FetchLike {
  const anywhere = authorityTransport(connectMilliseconds)
  const inPublic = authorityTransport(connectMilliseconds, publicLookup)
  return async (url, init) => {
    const { host, hostname } = new URL(url)
    if (allowed.has(host) || allowed.has(hostname)) return anywhere(url, init)
    const literal = hostname.replace(/^\[|\]$/g, '')
    if (isIP(literal) !== 0 && isPrivateAddress(literal)) throw new PrivateAddressError(hostname)
    return inPublic(url, init)
  }
}
