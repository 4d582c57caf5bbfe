import { BlockList, isIP } from 'node:net'

/**
 * Addresses that are not those of the public network (IANA special-purpose registries, RFC 6890): this computer, one's own
 * network, the link, shared carrier space, documentation, multicast, reserved.
 */
const SPECIAL = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  SPECIAL.addSubnet(network, prefix, 'ipv4')

/** An IPv6 address as its eight groups; undefined for none. */
function groupsOf(address: string): number[] | undefined {
  // The platform writes it in one form: hex, the dotted ending too.
  const url = `http://[${address.split('%')[0]}]/`
  if (!URL.canParse(url)) return undefined
  const [head = '', tail] = new URL(url).hostname.slice(1, -1).split('::')
  const read = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)))
  const [first, last] = [read(head), read(tail ?? '')]
  if (tail === undefined) return first.length === 8 ? first : undefined
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last]
}

const dotted = (high = 0, low = 0): string => [high >> 8, high & 255, low >> 8, low & 255].join('.')

/**
 * Whether an IP address is not one of the public network. What is no address is none of it either. Addresses that hold one of
 * IPv4 (mapped, NAT64, 6to4) are what they hold.
 */
export function isPrivateAddress(address: string): boolean {
  if (isIP(address) === 4) return SPECIAL.check(address, 'ipv4')
  const groups = isIP(address) === 6 ? groupsOf(address) : undefined
  if (groups === undefined) return true
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = groups
  if (a === 0 && b === 0 && c === 0 && d === 0 && e === 0 && f === 0xffff) return isPrivateAddress(dotted(g, h))
  if (a === 0x64 && b === 0xff9b && c === 0 && d === 0 && e === 0 && f === 0) return isPrivateAddress(dotted(g, h))
  if (a === 0x2002) return isPrivateAddress(dotted(b, c))
  // Global unicast is 2000::/3 alone (RFC 4291 §2.4); of it 2001:db8::/32 is for documents.
  return (a & 0xe000) !== 0x2000 || (a === 0x2001 && b === 0xdb8)
}
