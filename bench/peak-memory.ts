import { readFileSync } from 'node:fs'

/**
 * The most memory that this process held at once, in megabytes. Linux counts into `resourceUsage().maxRSS` the memory of the process that started this
 * one: a bench that has loaded a country before would tell of itself.
 */
export function peakMegabytes(): number {
  try {
    const told = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
    if (told !== undefined) return Math.round(Number(told) / 1024)
  } catch {
    // Elsewhere than on Linux.
  }
  return Math.round(process.resourceUsage().maxRSS / 1024)
}
