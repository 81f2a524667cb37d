import { upsertBot, type Bot, type Database } from '@postino/database'
import { readEnvironment } from '@postino/runtime'
import { createBotApi, readBotToken } from '@postino/telegram'
import type { Command } from 'commander'
import { CommandFailure } from '../failures/command-failure.ts'
import { askTelegram } from '../failures/telegram-failure.ts'
import { readInput } from '../read-input.ts'
import { settingsHelp } from '../settings-help.ts'
import { botTokenSettings, telegramSettings, wakeSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { wakeBots } from '../wake-bots.ts'
import { withDatabase, withTelegram, type TelegramAccess } from '../with-database.ts'
import { addBotLoginCommand } from './bot-login.ts'
import { addBotReplaceCommands } from './bot-replace.ts'
import { addBotStatusCommands } from './bot-status.ts'
import { getShop } from '../get-shop.ts'

const TIMEOUT_SECONDS = 10
// @BotFather says more than the token, and all of it may be pasted.
const MAX_TOKEN_BYTES = 10_000

export function addBotCommands(program: Command, surroundings: Surroundings): void {
  const { say, warn, read } = surroundings
  const group = program.command('bot').description('add bots, list, pause and resume them')
  group
    .command('add')
    .description(
      'add a bot, or give one its new token, which is taken from the environment or standard input',
    )
    .requiredOption('--shop <slug>', 'whose bot it is')
    .option('--token <token>', 'everyone on this machine can read it here: better leave it out')
    .addHelpText('after', settingsHelp({ ...telegramSettings, ...wakeSettings, ...botTokenSettings }))
    .action(async (options: { shop: string; token?: string }) => {
      const config = read({ ...telegramSettings, ...wakeSettings })
      const token = options.token ?? (await readToken(surroundings))
      const bot = await withTelegram(config, (access) =>
        withDatabase(config.databaseUrl, async (database) => {
          const shop = await getShop(database, options.shop)
          return await addBot({ database, ...access }, shop.id, token)
        }),
      )
      // With its new token a bot takes up what has waited for it.
      await wakeBots(config, [{ shopId: bot.shopId, botId: bot.id }], warn)
      say(`@${bot.username} serves ${options.shop}: https://t.me/${bot.username}`)
    })
  addBotLoginCommand(group, surroundings)
  addBotStatusCommands(group, surroundings)
  addBotReplaceCommands(group, surroundings)
}

async function readToken({ input, warn }: Surroundings): Promise<string> {
  const { botToken } = readEnvironment(botTokenSettings)
  if (botToken !== undefined) return botToken
  if (input.isTTY) warn('Paste the token, or all of what @BotFather wrote, then press Enter and Ctrl-D:')
  return (await readInput({ input }, { maxBytes: MAX_TOKEN_BYTES })).toString('utf8')
}

/**
 * Adds a bot, by its token or by what @BotFather wrote, once Telegram has said whose it is; the same bot again gets its new
 * token and is active again.
 */
export async function addBot(
  access: TelegramAccess & { database: Database },
  shopId: string,
  text: string,
): Promise<Bot> {
  const token = readBotToken(text)
  if (token === undefined) {
    throw new CommandFailure(
      'there is no bot token in this, or more than one; it reads 123456789:AAE…: copy it again from @BotFather',
    )
  }
  const { database, keyring, transport, apiRoot } = access
  const api = createBotApi({ token, apiRoot, transport, timeoutSeconds: TIMEOUT_SECONDS })
  const me = await askTelegram(apiRoot, api.getMe())
  const bot = await upsertBot(database, shopId, {
    telegramId: me.id,
    username: me.username,
    name: me.first_name,
    token,
    keyring,
  })
  if (bot === undefined)
    throw new CommandFailure(`@${me.username} belongs to another shop: a bot serves one shop only`)
  return bot
}
