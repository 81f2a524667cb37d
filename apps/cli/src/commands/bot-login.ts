import { listBotsOfShop, removeBotLogin, setBotLogin } from '@postino/database'
import { readEnvironment } from '@postino/runtime'
import type { Command } from 'commander'
import { chooseBot } from '../choose-bot.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import { getShop } from '../get-shop.ts'
import { readInput } from '../read-input.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings, loginSecretSettings, telegramSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase, withTelegram } from '../with-database.ts'

const MAX_SECRET_BYTES = 1_000

interface LoginOptions {
  shop: string
  clientId?: string
  off?: boolean
}

/** `bot login`: what @BotFather gives a bot for Log in with Telegram. */
export function addBotLoginCommand(group: Command, surroundings: Surroundings): void {
  const { say, read } = surroundings
  group
    .command('login')
    .argument('<bot>', 'its username')
    .description(
      'let the opt-in page offer Log in with Telegram; the client secret is taken from the environment or standard input',
    )
    .requiredOption('--shop <slug>', 'whose bot it is')
    .option('--client-id <id>', 'from @BotFather, under Web Login')
    .option('--off', 'offer it no more')
    .addHelpText('after', settingsHelp({ ...telegramSettings, ...loginSecretSettings }))
    .action(async (name: string, options: LoginOptions) => {
      if (options.off === true) {
        const username = await switchOff(read(databaseSettings).databaseUrl, name, options)
        return say(`The page of ${options.shop} offers no log-in with @${username}.`)
      }
      const { clientId } = options
      if (clientId === undefined || !/^\w{1,64}$/.test(clientId))
        throw new CommandFailure('name the client: --client-id, as @BotFather shows it under Web Login')
      const config = read(telegramSettings)
      const secret = await readSecret(surroundings)
      const username = await withTelegram(config, ({ keyring }) =>
        withDatabase(config.databaseUrl, async (database) => {
          const shop = await getShop(database, options.shop)
          const bot = chooseBot(await listBotsOfShop(database, shop.id), name)
          const { id: botId, telegramId } = bot
          await setBotLogin(database, shop.id, { botId, telegramId, clientId, secret, keyring })
          return bot.username
        }),
      )
      say(`The page of ${options.shop} offers to log in with Telegram, for @${username}.`)
      say(`Allow this address at @BotFather: <BOT_PUBLIC_URL>/o/${options.shop}/login/callback`)
    })
}

async function switchOff(databaseUrl: string, name: string, options: LoginOptions): Promise<string> {
  return await withDatabase(databaseUrl, async (database) => {
    const shop = await getShop(database, options.shop)
    const bot = chooseBot(await listBotsOfShop(database, shop.id), name)
    await removeBotLogin(database, shop.id, bot.id)
    return bot.username
  })
}

async function readSecret({ input, warn }: Surroundings): Promise<string> {
  const { loginSecret } = readEnvironment(loginSecretSettings)
  if (loginSecret !== undefined) return loginSecret
  if (input.isTTY) warn('Paste the client secret from @BotFather, then press Enter and Ctrl-D:')
  return (await readInput({ input }, { maxBytes: MAX_SECRET_BYTES })).toString('utf8').trim()
}
