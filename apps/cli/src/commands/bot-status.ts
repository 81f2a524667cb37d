import { listBotsOfShop, setBotStatus, type Bot } from '@postino/database'
import type { Command } from 'commander'
import { chooseBot } from '../choose-bot.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings, wakeSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { wakeBots } from '../wake-bots.ts'
import { withDatabase } from '../with-database.ts'
import { formatTable } from '../format-table.ts'
import { getShop } from '../get-shop.ts'

interface StatusOptions {
  shop: string
}

/** `bot list`, `bot pause` and `bot resume`. */
export function addBotStatusCommands(group: Command, { say, warn, read }: Surroundings): void {
  async function change(name: string, options: StatusOptions, status: 'active' | 'paused'): Promise<Bot> {
    return await withDatabase(read(databaseSettings).databaseUrl, async (database) => {
      const shop = await getShop(database, options.shop)
      const bot = chooseBot(await listBotsOfShop(database, shop.id), name)
      if (bot.status === 'broken') throw brokenFailure(bot, options)
      if (bot.status === 'archived') {
        const wayOut = `postino bot add --shop ${options.shop}`
        throw new CommandFailure(`@${bot.username} is archived: ${wayOut} brings it back, with its token`)
      }
      await setBotStatus(database, shop.id, { botId: bot.id, status })
      return bot
    })
  }

  group
    .command('list')
    .description('list the bots of a shop: username, active, paused, broken or archived, and why')
    .requiredOption('--shop <slug>', 'whose bots')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (options: StatusOptions) => {
      const bots = await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
        listBotsOfShop(database, (await getShop(database, options.shop)).id),
      )
      if (bots.length === 0) warn(`The shop has no bot yet: postino bot add --shop ${options.shop}`)
      formatTable(bots.map((bot) => [`@${bot.username}`, bot.status, bot.brokenReason ?? ''])).forEach(say)
    })

  group
    .command('pause')
    .argument('<bot>', 'its username')
    .description('let a bot be silent: what is for it waits, and it answers nobody')
    .requiredOption('--shop <slug>', 'whose bot it is')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (name: string, options: StatusOptions) => {
      const { username } = await change(name, options, 'paused')
      say(`@${username} is paused. Next: postino bot resume ${username} --shop ${options.shop}`)
    })

  group
    .command('resume')
    .argument('<bot>', 'its username')
    .description('end a pause: what has waited leaves, unless it is out of date')
    .requiredOption('--shop <slug>', 'whose bot it is')
    .addHelpText('after', settingsHelp({ ...databaseSettings, ...wakeSettings }))
    .action(async (name: string, options: StatusOptions) => {
      const config = read({ ...databaseSettings, ...wakeSettings })
      const { shopId, id: botId, username } = await change(name, options, 'active')
      await wakeBots(config, [{ shopId, botId }], warn)
      say(`@${username} is at work.`)
    })
}

function brokenFailure({ username, brokenReason }: Bot, { shop }: StatusOptions): CommandFailure {
  return new CommandFailure(
    `Telegram refuses @${username} (${brokenReason ?? 'no reason told'}): give it a token that works, postino bot add --shop ${shop}`,
  )
}
