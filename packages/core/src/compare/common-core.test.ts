// Needs: sh, openssl, base32, tr.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import type { SmallDigest } from '../model/ports.ts'
import { commonCore } from './common-core.ts'

const digest: SmallDigest = (algorithm, bytes) => new Uint8Array(createHash(algorithm).update(bytes).digest())
const input = {
  origin: 'example.org/größe (sample)',
  logId: '0123456789abcdef0123456789abcdef',
  size: 40,
  root: 'ab'.repeat(32),
  itemCount: 6,
  itemRoot: 'cd'.repeat(32),
}

it('is what stock tools make of its text', () => {
  const { code, text } = commonCore(input, digest)
  expect(text).toBe(
    `22:probatum/common-core/1,28:${input.origin},32:${input.logId},2:40,64:${input.root},1:6,64:${input.itemRoot},`,
  )
  const line = 'printf %s "$1" | openssl dgst -sha256 -binary | base32 -w0 | cut -c1-28 | tr A-Z2-7 0-9A-HJKMNP-TV-Z'
  const symbols = execFileSync('sh', ['-c', line, 'sh', text], { encoding: 'utf8' }).trim()
  const groups = code.split('-')
  expect(groups.map((group) => group.slice(0, 7)).join('')).toBe(symbols)
})

it('tells fields apart that are the same text when they are joined', () => {
  const code = (change: Partial<typeof input>) => commonCore({ ...input, ...change }, digest).code
  expect(code({ origin: 'example.org/a', logId: 'b' })).not.toBe(code({ origin: 'example.org/', logId: 'ab' }))
  expect(code({ size: 4, root: `0${input.root}` })).not.toBe(code({ size: 40, root: input.root }))
  expect(code({ origin: 'a,1:b', logId: 'c' })).not.toBe(code({ origin: 'a', logId: 'b,1:c' }))
})
