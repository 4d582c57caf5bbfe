import { describe, expect, it } from 'vitest'
import { isPrivateAddress } from './private-address.ts'

describe('private addresses', () => {
  it('are those of this computer, one’s own network, the link, and what nobody may use', () => {
    for (const address of [
      '127.0.0.1',
      '0.0.0.0',
      '10.1.2.3',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '198.19.0.1',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      'fe80::1',
      'fe80::1%eth0',
      'fc00::1',
      'fdff::1',
      'ff02::1',
      '2001:db8::1',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      '64:ff9b::10.0.0.1',
      '2002:a00:1::1',
      '2002:c0a8:101::',
      'localhost',
      '',
      '1.2.3',
    ])
      expect([address, isPrivateAddress(address)]).toEqual([address, true])
  })

  it('are none of the public network', () => {
    for (const address of [
      '1.1.1.1',
      '172.15.0.1',
      '172.32.0.1',
      '192.167.255.255',
      '100.63.0.1',
      '223.255.255.255',
      '2606:4700::1111',
      '2001:4860:4860::8888',
      '::ffff:1.1.1.1',
      '64:ff9b::1.1.1.1',
      '2002:101:101::1',
    ])
      expect([address, isPrivateAddress(address)]).toEqual([address, false])
  })
})
