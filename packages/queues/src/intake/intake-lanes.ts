import assert from 'node:assert/strict'
import type { RedisConnection } from '../redis/redis-connection.ts'
import { createScript } from '../redis/create-script.ts'
import { LANES_KEY } from './intake-keys.ts'

/**
 * Streams are divided into so many lanes, by their shop, and a lane is read by one process at a time: two that read the
 * same stream would commit its events in any order. No more processes than lanes can share the work.
 */
export const INTAKE_LANES = 16

export interface HeldLanes {
  lanes: number[]
  /** What each of the readers should hold. Whoever has more gives some up, as soon as nothing of them is under way. */
  share: number
}

export interface IntakeLanes {
  /** Says that this reader lives, for `ttlMs` from now; gives `released` up, and takes free lanes up to its share. */
  hold(released: readonly number[]): Promise<HeldLanes>
  /** Gives all up. */
  leave(): Promise<void>
}

/*
 * KEYS: a hash with `lane:<number>` → reader and `reader:<name>` → until when it lives, by Redis's clock.
 * ARGV: reader, ms to live, number of lanes, then lanes to give up. Returns the share, then the lanes.
 */
const holdLanes = createScript(`
  local time = redis.call('TIME')
  local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
  local me, lanes = ARGV[1], tonumber(ARGV[3])
  redis.call('HSET', KEYS[1], 'reader:' .. me, string.format('%.0f', nowMs + ARGV[2]))
  local owners, alive, readers = {}, {}, 0
  local all = redis.call('HGETALL', KEYS[1])
  for i = 1, #all, 2 do
    local lane, reader = string.match(all[i], '^lane:(.+)$'), string.match(all[i], '^reader:(.+)$')
    if lane then owners[lane] = all[i + 1] end
    if reader and tonumber(all[i + 1]) > nowMs then
      alive[reader] = true
      readers = readers + 1
    elseif reader then
      redis.call('HDEL', KEYS[1], all[i])
    end
  end
  for i = 4, #ARGV do
    if owners[ARGV[i]] == me then
      redis.call('HDEL', KEYS[1], 'lane:' .. ARGV[i])
      owners[ARGV[i]] = nil
    end
  end
  local share = math.ceil(lanes / readers)
  local reply = {share}
  for lane = 0, lanes - 1 do
    if owners[tostring(lane)] == me then table.insert(reply, lane) end
  end
  for lane = 0, lanes - 1 do
    local owner = owners[tostring(lane)]
    if #reply <= share and not (owner and alive[owner]) then
      redis.call('HSET', KEYS[1], 'lane:' .. lane, me)
      table.insert(reply, lane)
    end
  end
  return reply
`)

/* KEYS: the same hash. ARGV: reader. */
const leaveLanes = createScript(`
  local all = redis.call('HGETALL', KEYS[1])
  for i = 1, #all, 2 do
    if all[i + 1] == ARGV[1] then redis.call('HDEL', KEYS[1], all[i]) end
  end
  redis.call('HDEL', KEYS[1], 'reader:' .. ARGV[1])
`)

/** `reader` names this process, and no other one that ever was. */
export function createIntakeLanes(options: {
  redis: RedisConnection
  reader: string
  ttlMs: number
}): IntakeLanes {
  const { redis, reader, ttlMs } = options
  return {
    async hold(released) {
      const reply = await holdLanes(redis, [LANES_KEY], [reader, ttlMs, INTAKE_LANES, ...released])
      assert(Array.isArray(reply), 'the script returns a list')
      const [share, ...lanes]: unknown[] = reply
      return { share: Number(share), lanes: lanes.map(Number) }
    },
    async leave() {
      await leaveLanes(redis, [LANES_KEY], [reader])
    },
  }
}
