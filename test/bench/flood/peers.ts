import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What people use today, each with the configuration its documentation recommends. */
export const PEERS = ['auto-retry', 'transformer-throttler', 'throttler + auto-retry'] as const
export type Peer = (typeof PEERS)[number]

export interface PeerLoad {
  apiRoot: string
  tokens: string[]
  /** Each bot writes to the people 1 to `chats`. */
  chats: number
  perChat: number
}

// A peer may ask for a wait of any length; what it has not delivered by then counts as lost.
const PATIENCE_MS = 240_000

/** Sends everything by way of one peer, in a process of its own, until it is done. */
export async function runPeer(peer: Peer, load: PeerLoad): Promise<void> {
  const child = fork(fileURLToPath(new URL('peer-process.ts', import.meta.url)), [peer, JSON.stringify(load)])
  const ended = once(child, 'exit')
  const limit = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
  await ended
  clearTimeout(limit)
}
