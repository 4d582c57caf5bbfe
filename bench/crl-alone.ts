import { readFileSync } from 'node:fs'
import { parseCrl } from '@probatum/core'
import { nodeSmallDigest } from '@probatum/platform/node'

/** Reads one CRL in a process of its own. usage: crl-alone FILE */
function main(file = ''): void {
  const der = new Uint8Array(readFileSync(file))
  const before = process.memoryUsage().rss
  const start = process.hrtime.bigint()
  const busy = process.cpuUsage()
  const crl = parseCrl(der, (bytes) => nodeSmallDigest('sha256', bytes))
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6
  const { user, system } = process.cpuUsage(busy)
  const growth = process.resourceUsage().maxRSS * 1024 - before + der.length
  console.log(JSON.stringify({ entries: crl.entries.count, milliseconds, processor: (user + system) / 1000, growth }))
}

main(process.argv[2])
