import {
  invitePeople,
  listArchivedBotsWithMessages,
  listReplacementsUnderWay,
  rehomeMessages,
  type Database,
} from '@postino/database'
import type { Logger } from '@postino/runtime'
import { composeInvitation } from './compose-invitation.ts'

export interface ReplacementsDependencies {
  database: Database
  wake: (bots: { shopId: string; botId: string }[]) => Promise<void>
  logger: Logger
  /** So many bulk messages may wait for a bot whose people are invited away. */
  mostWaiting: number
}

const LINK_LASTS_SECONDS = 60 * 86_400
const MOVED_AT_ONCE = 1_000

/**
 * Invites people from bots to those that take their places, some at a time, and gives what waits for archived bots to other
 * chats of the same people. Run again and again, by any number of processes.
 */
export function createReplacements(dependencies: ReplacementsDependencies): () => Promise<void> {
  const { database, wake, logger, mostWaiting } = dependencies

  async function invite(): Promise<void> {
    for (const replacement of await listReplacementsUnderWay(database)) {
      const invited = await invitePeople(database, replacement, {
        mostWaiting,
        linkLastsSeconds: LINK_LASTS_SECONDS,
        compose: (person, token) => composeInvitation(replacement, person, token),
      })
      if (invited === undefined || invited === 0) continue
      const { shopId, oldBotId: botId, id } = replacement
      logger.info({ shop: shopId, bot: botId, replacement: id, invited }, 'bot.people_invited')
      await wake([{ shopId, botId }])
    }
  }

  async function rehome(): Promise<void> {
    for (const bot of await listArchivedBotsWithMessages(database)) {
      const { seen, bots } = await rehomeMessages(database, bot, { limit: MOVED_AT_ONCE })
      if (seen > 0) logger.info({ shop: bot.shopId, bot: bot.botId, messages: seen }, 'bot.messages_moved')
      if (bots.length > 0) await wake(bots)
    }
  }

  return async function step() {
    await invite()
    await rehome()
  }
}
