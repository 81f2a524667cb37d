import assert from 'node:assert/strict'
import { createScript } from '../redis/create-script.ts'
import type { RedisConnection } from '../redis/redis-connection.ts'

/*
 * KEYS: what all keys of the queue begin with. ARGV: deduplication ids. Returns which of them, counted from 1, have no turn
 * that is certain to start after this moment.
 *
 * Nothing of ours is marked and nothing is written, so nothing can be left over by whoever dies: it reads what BullMQ's own
 * scripts leave. `de:<id>` is the job of a bot, waiting or active, and gone with it. What has never been started waits
 * (`ats` counts the starts, in the script that takes a job from the list), and will start. Of one that was, nobody knows how much it still
 * sees, but `dn:<id>` is what becomes the next job in the script that ends it, however it ends. Whatever else is found is
 * left to BullMQ's add: a job without its hash, one that goes back to the list after a failure or a death.
 */
const findWithoutTurnToCome = createScript(`
  local without = {}
  for i = 1, #ARGV do
    local jobId = redis.call('GET', KEYS[1] .. 'de:' .. ARGV[i])
    local isCertain = false
    if jobId then
      local job = redis.call('HMGET', KEYS[1] .. jobId, 'name', 'ats')
      isCertain = job[1] and (not job[2] or redis.call('EXISTS', KEYS[1] .. 'dn:' .. ARGV[i]) == 1)
    end
    if not isCertain then without[#without + 1] = i end
  end
  return without
`)

/** Those of these that need a new job. About a microsecond of Redis each, where an add in vain costs twenty. */
export async function findBotsToAdd<Bot>(
  redis: RedisConnection,
  {
    keyPrefix,
    bots,
    deduplicationIdOf,
  }: { keyPrefix: string; bots: Bot[]; deduplicationIdOf: (bot: Bot) => string },
): Promise<Bot[]> {
  const without = await findWithoutTurnToCome(redis, [keyPrefix], bots.map(deduplicationIdOf))
  assert(Array.isArray(without), 'the script returns a list')
  return without.map((place: unknown) => {
    const bot = bots[Number(place) - 1]
    assert(bot !== undefined, 'the script names those it was asked about')
    return bot
  })
}
