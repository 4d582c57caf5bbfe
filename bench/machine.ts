import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'

/** What the ratios depend on: with SHA extensions OpenSSL is three to four times faster than coreutils. */
export function machine(): string[] {
  const text = existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : ''
  const flags =
    /^flags\s*:(.*)$/m.exec(text)?.[1]?.split(' ') ?? /^Features\s*:(.*)$/m.exec(text)?.[1]?.split(' ') ?? []
  // The first four decide digests, `adx` and `bmi2` the arithmetic of large numbers.
  const telling = ['sha_ni', 'sha1', 'sha2', 'sha512', 'avx2', 'avx512f', 'pclmulqdq', 'aes', 'adx', 'bmi2']
  const named = telling.filter((flag) => flags.includes(flag))
  const version = (program: string, ...args: string[]) =>
    spawnSync(program, args, { encoding: 'utf8' }).stdout?.split('\n')[0] ?? 'not here'
  return [
    `- processor: ${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores, ${named.length > 0 ? named.join(', ') : 'features not known'}`,
    `- memory: ${Math.round(totalmem() / 2 ** 30)} GiB; every file in the cache`,
    `- Node ${process.versions.node} with OpenSSL ${process.versions.openssl}; ${version('openssl', 'version')}; ${version('sha256sum', '--version')}; ${version('python3', '--version')}`,
    // Node 20 reads it at each start, `node -e 0` included: 29 ms for the 144 roots of Debian.
    `- NODE_EXTRA_CA_CERTS is ${process.env.NODE_EXTRA_CA_CERTS ? 'set: each start of Node reads that file, on both sides' : 'not set'}`,
  ]
}

/** The same above a table of figures, with the load and how the rounds were put together. `figure`: `ratio` or `share`. */
export function underWhat(rounds: number, figure: 'ratio' | 'share' = 'ratio'): string {
  return [
    ...machine(),
    `- load at the end, mean of a minute: ${loadavg()[0]?.toFixed(1)} (an idle machine of our own: about 1)`,
    `- medians of ${rounds} interleaved rounds; a ${figure} is the median of the rounds' ${figure}s`,
    '',
  ].join('\n')
}
