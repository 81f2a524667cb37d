import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Peer {
  url: string
  stop(): Promise<void>
}

/** `tokens`: of each bot, by the path of its webhook. */
export async function startPeer(load: {
  apiRoot: string
  tokens: Record<string, string>
  secret: string
}): Promise<Peer> {
  const child = fork(fileURLToPath(new URL('peer-process.ts', import.meta.url)), [JSON.stringify(load)])
  const [port] = (await once(child, 'message')) as [number]
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      const ended = once(child, 'exit')
      child.disconnect()
      await ended
    },
  }
}
