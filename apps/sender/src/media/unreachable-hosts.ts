/** Hosts from which Telegram fetches nothing: inside a network, or closed to robots. */
export interface UnreachableHosts {
  /** Of one call: however many of its files come from a host, it counts once. */
  refused: (urls: string[]) => void
  fetched: (urls: string[]) => void
  has: (url: string) => boolean
}

// One file may be gone; of so many in a row the host is the reason.
const REFUSALS = 3
// After that it gets one more chance, for a host that mends itself.
const BELIEVED_MS = 3_600_000
const MAX_HOSTS = 2_000

/**
 * A shop whose every invoice has an address of its own would cost a refused call each: after some in a row the files of the
 * host are uploaded at once. Of this process alone; nothing depends on it but a call.
 */
export function createUnreachableHosts(): UnreachableHosts {
  const hosts = new Map<string, { refusals: number; atMs: number }>()
  return {
    refused(urls) {
      for (const host of new Set(urls.map(hostOf))) {
        const refusals = Math.min(REFUSALS, (hosts.get(host)?.refusals ?? 0) + 1)
        // To the end of the line.
        hosts.delete(host)
        hosts.set(host, { refusals, atMs: Date.now() })
        const [oldest] = hosts.size > MAX_HOSTS ? hosts.keys() : []
        if (oldest !== undefined) hosts.delete(oldest)
      }
    },
    fetched(urls) {
      for (const url of urls) hosts.delete(hostOf(url))
    },
    has(url) {
      const known = hosts.get(hostOf(url))
      return known !== undefined && known.refusals >= REFUSALS && Date.now() - known.atMs < BELIEVED_MS
    },
  }
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? ''
}
