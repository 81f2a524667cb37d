import {
  pingDatabase,
  requireMigrated,
  listServedBots,
  tokenContext,
  type ServedBot,
} from '@postino/database'
import { closeRedis, createRedis, pingRedis } from '@postino/queues'
import { readEnvironment } from '@postino/runtime'
import { classifyFailure, createBotApi } from '@postino/telegram'
import { withTelegramAt, type TelegramAccess } from '../open-database.ts'
import { doctorSettings } from '../settings.ts'
import type { Say } from './up.ts'

/** Looks at everything in turn; a line each, and below what is wrong the way to mend it. True when all is well. */
export async function doctor(say: Say): Promise<boolean> {
  const config = readEnvironment(doctorSettings)
  say('✓ settings')
  let isWell = true
  const check = async (name: string, look: () => Promise<string | void>, mend: string): Promise<boolean> => {
    try {
      const detail = await look()
      say(`✓ ${name}${detail === undefined ? '' : `: ${detail}`}`)
      return true
    } catch (error) {
      isWell = false
      say(`✗ ${name}: ${error instanceof Error ? error.message : String(error)}\n    ${mend}`)
      return false
    }
  }

  await check('Redis', () => lookAtRedis(config.redisUrl), 'Start it, or correct REDIS_URL.')
  const apiRoot = config.telegramApiRoot
  await withTelegramAt(
    { databaseUrl: config.databaseUrl, apiRoot, secretKeys: config.secretKeys },
    async (access) => {
      const { database } = access
      const isThere = await check(
        'Postgres',
        () => pingDatabase(database),
        'Start it, or correct DATABASE_URL.',
      )
      if (!isThere) return
      const isMigrated = await check('migrations', () => requireMigrated(database), 'Run: postino migrate')
      if (!isMigrated) return
      const bots = await listServedBots(database)
      if (bots.length === 0) say('· no bot yet: postino bot add')
      for (const bot of bots) {
        await check(`bot @${bot.username}`, () => lookAtBot(access, bot), mendBot(bot))
      }
    },
  )
  return isWell
}

async function lookAtRedis(url: string): Promise<void> {
  const redis = createRedis({ url, onError: () => undefined })
  try {
    await pingRedis(redis)
  } finally {
    await closeRedis(redis)
  }
}

/** Asks Telegram whether the token is good and whether updates reach us. */
async function lookAtBot(access: TelegramAccess, bot: ServedBot): Promise<string> {
  const token = access.keyring.open(bot.token, tokenContext(bot.shopId, bot.telegramId))
  const api = createBotApi({ token, apiRoot: access.apiRoot, transport: access.transport })
  const webhook = await api.getWebhookInfo().catch((error: unknown) => {
    const failure = classifyFailure(error)
    throw new Error('description' in failure ? failure.description : 'Telegram did not answer', {
      cause: error,
    })
  })
  if (webhook.last_error_message !== undefined) {
    const when = new Date((webhook.last_error_date ?? 0) * 1_000).toISOString()
    throw new Error(`its webhook failed at ${when}: ${webhook.last_error_message}`)
  }
  const way = webhook.url === undefined || webhook.url === '' ? 'polled' : 'by webhook'
  return `token good, updates ${way}, ${webhook.pending_update_count} waiting`
}

function mendBot(bot: ServedBot): string {
  return `Check TELEGRAM_API_ROOT and BOT_PUBLIC_URL; a revoked token is replaced by: postino bot add (@${bot.username})`
}
