import { createHash } from 'node:crypto'
import type { RedisConnection } from './redis-connection.ts'

export type Script = (redis: RedisConnection, keys: string[], args: (string | number)[]) => Promise<unknown>

/** A Lua script, sent whole only when Redis does not know it (a new server, SCRIPT FLUSH). */
export function createScript(lua: string): Script {
  const sha = createHash('sha1').update(lua).digest('hex')
  return async function runScript(redis, keys, args) {
    try {
      return await redis.evalsha(sha, keys.length, ...keys, ...args)
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return redis.eval(lua, keys.length, ...keys, ...args)
    }
  }
}
