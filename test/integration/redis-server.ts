import { ensureRedisServer, freePort } from '@postino/embedded'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Redis } from 'ioredis'

export type RedisServer = {
  port: number
  url: string
  /** Ends the server, so that it can be started again on the same port. */
  stop: () => Promise<void>
  /** Stops answering without closing any connection, until `thaw`. */
  freeze: () => void
  thaw: () => void
}

/**
 * A Redis in memory, without a password, for scenarios that stop it and start it again on the same port, freeze it, or
 * set it up in an unusual way. Resolves when it answers.
 */
export async function startRedisServer(
  options: { port?: number; settings?: string[] } = {},
): Promise<RedisServer> {
  const port = options.port ?? (await freePort())
  const address = ['--port', String(port), '--bind', '127.0.0.1']
  const server = spawn(
    await ensureRedisServer({ say: () => undefined }),
    [...address, '--save', '', '--appendonly', 'no', '--hz', '100', ...(options.settings ?? [])],
    { stdio: 'ignore' },
  )
  await answers(port)
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    stop: () => stop(server),
    freeze: () => void server.kill('SIGSTOP'),
    thaw: () => void server.kill('SIGCONT'),
  }
}

async function answers(port: number): Promise<void> {
  const redis = new Redis(port, '127.0.0.1', { retryStrategy: () => 20, maxRetriesPerRequest: 250 })
  redis.on('error', () => undefined)
  // A server that asks for a password answers too.
  await redis.ping().catch((error: Error) => {
    if (!error.message.startsWith('NOAUTH')) throw error
  })
  redis.disconnect()
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exited = once(server, 'exit')
  server.kill('SIGKILL')
  await exited
}
