import type { RedisConnection } from '../redis/redis-connection.ts'
import { createScript } from '../redis/create-script.ts'
import { INTAKE_GROUP, intakeKey } from './intake-keys.ts'

/** How a stream stands that is not empty. */
export interface StreamState {
  slug: string
  /** In the stream, whether somebody has read them or not: what is done is deleted. */
  entries: number
  /** Read by somebody, and not done. */
  pending: number
  /** Which of the readers hold some of those. */
  holders: string[]
  /** When the oldest was put in, by Redis's clock; a producer that chooses its ids chooses this, too. */
  oldestAtMs: number
}

/*
 * KEYS: streams. ARGV: the group, then for each stream how many ids follow, and those. What is done leaves the group and
 * the stream in one step: left in the stream alone, it would stay for ever.
 */
const acknowledge = createScript(`
  local at = 2
  for i = 1, #KEYS do
    local last = at + ARGV[at]
    for from = at + 1, last, 1000 do
      local ids = {unpack(ARGV, from, math.min(last, from + 999))}
      redis.call('XACK', KEYS[i], ARGV[1], unpack(ids))
      redis.call('XDEL', KEYS[i], unpack(ids))
    end
    at = last + 1
  end
`)

/* KEYS: streams. ARGV: the group. Returns, of each that is not empty: its number, entries, pending, first id, holders. */
const look = createScript(`
  local reply = {}
  for i = 1, #KEYS do
    local entries = redis.call('XLEN', KEYS[i])
    if entries > 0 then
      local first = redis.call('XRANGE', KEYS[i], '-', '+', 'COUNT', 1)
      local pending = redis.pcall('XPENDING', KEYS[i], ARGV[1])
      local holders = {}
      if not pending.err and pending[4] then
        for _, holder in ipairs(pending[4]) do table.insert(holders, holder[1]) end
      end
      table.insert(reply, {i, entries, not pending.err and pending[1] or 0, first[1][1], holders})
    end
  end
  return reply
`)

/* KEYS: streams. ARGV: the group, and the consumer that stays. */
const remove = createScript(`
  for i = 1, #KEYS do
    local consumers = redis.pcall('XINFO', 'CONSUMERS', KEYS[i], ARGV[1])
    for _, consumer in ipairs(consumers.err and {} or consumers) do
      local name, pending = consumer[2], consumer[4]
      if name ~= ARGV[2] and pending == 0 then
        redis.call('XGROUP', 'DELCONSUMER', KEYS[i], ARGV[1], name)
      end
    end
  end
`)

export async function acknowledgeEntries(
  redis: RedisConnection,
  streams: { slug: string; ids: readonly string[] }[],
): Promise<void> {
  const args = streams.flatMap(({ ids }) => [ids.length, ...ids])
  await acknowledge(
    redis,
    streams.map(({ slug }) => intakeKey(slug)),
    [INTAKE_GROUP, ...args],
  )
}

export async function lookAtStreams(redis: RedisConnection, slugs: string[]): Promise<StreamState[]> {
  const reply = await look(redis, slugs.map(intakeKey), [INTAKE_GROUP])
  return (Array.isArray(reply) ? reply : []).flatMap((stream: unknown): StreamState[] => {
    const [number, entries, pending, firstId, holders]: unknown[] = Array.isArray(stream) ? stream : []
    const slug = slugs[Number(number) - 1]
    if (slug === undefined) return []
    return [
      {
        slug,
        entries: Number(entries),
        pending: Number(pending),
        holders: (Array.isArray(holders) ? holders : []).map(String),
        oldestAtMs: Number.parseInt(String(firstId), 10),
      },
    ]
  })
}

export async function removeConsumers(
  redis: RedisConnection,
  slugs: string[],
  exceptReader: string,
): Promise<void> {
  await remove(redis, slugs.map(intakeKey), [INTAKE_GROUP, exceptReader])
}
