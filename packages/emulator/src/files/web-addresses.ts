import { isIP } from 'node:net'

/** What Telegram finds when it fetches an address. */
interface WebContent {
  readonly url: string
  readonly status: number
  readonly contentType: string | undefined
  readonly sizeBytes: number
  readonly width: number
  readonly height: number
  /** Only of an address that was really fetched. */
  readonly bytes: Buffer | undefined
}

export interface WebAddresses {
  /** Says what an address holds, without fetching it. */
  set(content: Pick<WebContent, 'url'> & Partial<WebContent>): void
  /** `undefined`: not reachable, or longer than `maxBytes`. */
  read(url: URL, maxBytes: number): Promise<WebContent | undefined>
  clear(): void
}

const FETCH_TIMEOUT_MS = 10_000
/** What an address nobody described is taken for: a middling picture or file. */
const ASSUMED = {
  status: 200,
  contentType: undefined,
  sizeBytes: 48_213,
  width: 800,
  height: 600,
  bytes: undefined,
}

/**
 * The part of the web the emulator knows. Addresses of this machine are really fetched; every other one is taken to
 * be reachable, as it was described or in ordinary size, for the emulator never leaves the machine.
 */
export function createWebAddresses(): WebAddresses {
  const described = new Map<string, WebContent>()

  return {
    set: (content) => void described.set(content.url, { ...ASSUMED, ...content }),
    async read(url, maxBytes) {
      const content = described.get(url.href) ?? { ...ASSUMED, url: url.href }
      if (!described.has(url.href) && isLoopback(url.hostname)) return fetchContent(url, maxBytes)
      return content.status === 200 && content.sizeBytes <= maxBytes ? content : undefined
    },
    clear: () => described.clear(),
  }
}

function isLoopback(hostname: string): boolean {
  if (hostname === 'localhost' || hostname === '[::1]') return true
  return isIP(hostname) === 4 && hostname.startsWith('127.')
}

async function fetchContent(url: URL, maxBytes: number): Promise<WebContent | undefined> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) })
    const bytes = response.ok ? await readUpTo(response, maxBytes) : undefined
    if (bytes === undefined) return undefined
    const contentType = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
    return { url: url.href, status: 200, contentType, sizeBytes: bytes.length, width: 0, height: 0, bytes }
  } catch {
    // Whatever went wrong on the way, the bot is told that the address gave nothing.
    return undefined
  }
}

async function readUpTo(response: Response, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
