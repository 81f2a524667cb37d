import type { BegunTurn } from '@postino/database'
import type { Turn } from '@postino/queues'
import { createGather } from './gather.ts'

/** Takes a bot over for a turn; undefined when it is not active. Turns that begin together share a statement. */
export function createBegin(
  beginTurns: (bots: Turn[]) => Promise<(BegunTurn | undefined)[]>,
): (bot: Turn) => Promise<BegunTurn | undefined> {
  const begin = createGather<Turn, { begun: BegunTurn | undefined }>(
    async (bots) => {
      // One bot twice in a statement would be one turn for two: each its own, one after the other.
      const isFirst = bots.map(({ botId }, index) => bots.findIndex((bot) => bot.botId === botId) === index)
      const firsts = await beginTurns(bots.filter((_, index) => isFirst[index]))
      return await Promise.all(
        bots.map(async (bot, index) =>
          isFirst[index] === true ? { begun: firsts.shift() } : { begun: (await beginTurns([bot]))[0] },
        ),
      )
    },
    { maxItems: 100, flushes: 2 },
  )
  return async (bot) => (await begin(bot)).begun
}
