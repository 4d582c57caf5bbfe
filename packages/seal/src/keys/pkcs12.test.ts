// Needs: openssl.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { testPlace } from '../../../../tools/testing/place.ts'
import { certificatesFromPem } from './pem.ts'
import { signerFromPkcs12 } from './pkcs12.ts'

const { place } = testPlace('p12')
const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: place, stdio: 'pipe' })
const read = (name: string) => new Uint8Array(readFileSync(join(place, name)))
const bytesOf = (text: string) => new Uint8Array(Buffer.from(text))
const KEYS = { rsa: ['-newkey', 'rsa:2048'], ec: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] } as const

function store(name: string, ...options: string[]): void {
  openssl(
    'pkcs12',
    '-export',
    '-inkey',
    'ec.key',
    '-in',
    'ec.pem',
    '-passout',
    'pass:sample ä',
    '-out',
    name,
    ...options,
  )
}

beforeAll(() => {
  openssl(
    'req',
    '-x509',
    ...KEYS.rsa,
    '-nodes',
    '-keyout',
    'root.key',
    '-out',
    'root.pem',
    '-subj',
    '/CN=Example root (sample)',
  )
  openssl('req', ...KEYS.ec, '-nodes', '-keyout', 'ec.key', '-out', 'ec.csr', '-subj', '/CN=Example signer (sample)')
  openssl('x509', '-req', '-in', 'ec.csr', '-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-out', 'ec.pem')
  store('plain.p12')
  store('chain.p12', '-certfile', 'root.pem')
  store('aes128.p12', '-keypbe', 'AES-128-CBC', '-certpbe', 'AES-128-CBC')
  store('open.p12', '-keypbe', 'NONE', '-certpbe', 'NONE')
})

describe('a PKCS #12 file', () => {
  for (const name of ['plain.p12', 'chain.p12', 'aes128.p12', 'open.p12'])
    it(`gives the key and the signer’s certificate, and no root: ${name}`, async () => {
      const { key, certificates } = await signerFromPkcs12(read(name), bytesOf('sample ä'))
      expect(certificates).toEqual(certificatesFromPem(read('ec.pem')))
      writeFileSync(join(place, 'message'), 'sample')
      writeFileSync(join(place, 'signature'), await key.sign(bytesOf('sample'), 'sha256'))
      openssl('x509', '-in', 'ec.pem', '-pubkey', '-noout', '-out', 'ec.pub')
      expect(
        openssl('dgst', '-sha256', '-verify', 'ec.pub', '-signature', 'signature', 'message').toString(),
      ).toContain('OK')
    })

  it('is refused under another password, and never says anything of the key', async () => {
    await expect(signerFromPkcs12(read('plain.p12'), bytesOf('another'))).rejects.toThrow(TypeError)
  })

  it('is read or refused, whatever its bytes', async () => {
    const whole = read('open.p12')
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, mask) => {
          const changed = Uint8Array.from(whole)
          changed[at] = (changed[at] ?? 0) ^ mask
          await signerFromPkcs12(changed, bytesOf('sample ä')).catch((error: unknown) =>
            expect(error).toBeInstanceOf(TypeError),
          )
        },
      ),
      { numRuns: 200 },
    )
  })
})
