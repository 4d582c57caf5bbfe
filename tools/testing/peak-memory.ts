import { readFileSync } from 'node:fs'

/**
 * Bytes that this process held at most. Linux counts them for the program that runs (VmHWM); what `resourceUsage` says begins with
 * what the process held that forked this one.
 */
export function peakMemory(): number {
  try {
    const kibibytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    if (kibibytes !== undefined) return Number(kibibytes) * 1024
  } catch {
    // No such file on other systems.
  }
  return process.resourceUsage().maxRSS * 1024
}
