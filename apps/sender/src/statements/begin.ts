import type { BegunTurn } from '@postino/database'
import type { Turn } from '@postino/queues'
import { createGather } from '@postino/runtime'

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
    { maxItems: 200, flushes: 1, companyMs: 5 },
  )
  return async (bot) => (await begin(bot)).begun
}

/** Gives up what earlier turns left under way; turns that begin together share a statement. */
export function createGiveUp(
  giveUpSending: (turns: BegunTurn[]) => Promise<void>,
): (begun: BegunTurn) => Promise<void> {
  const giveUp = createGather<BegunTurn, true>(
    async (turns) => {
      await giveUpSending(turns)
      return turns.map(() => true)
    },
    { maxItems: 200, flushes: 1, companyMs: 5 },
  )
  return async (begun) => void (await giveUp(begun))
}

/** Milliseconds until a bot's next message is due; turns that end together share a statement. */
export function createFindNextDue(
  findNextDueMs: (botIds: string[]) => Promise<(number | undefined)[]>,
): (botId: string) => Promise<number | undefined> {
  const find = createGather<string, { dueInMs: number | undefined }>(
    async (botIds) => (await findNextDueMs(botIds)).map((dueInMs) => ({ dueInMs })),
    { maxItems: 200, flushes: 1, companyMs: 5 },
  )
  return async (botId) => (await find(botId)).dueInMs
}
