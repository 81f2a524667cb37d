import type { Command } from 'commander'
import { getShop } from '../get-shop.ts'
import { parseDuration } from '../option-values.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'
import { qrTerminal } from '@postino/invitation'
import { createOptinLink } from './optin-link.ts'

const DAY_SECONDS = 86_400

/** `shop tester`. */
export function addShopTesterCommand(group: Command, { say, read }: Surroundings): void {
  group
    .command('tester')
    .argument('<slug>', 'which shop')
    .description('make a link for one of the shop’s own people, who are written to in the sandbox, too')
    .option('--bot <username>', 'which one, when the shop has several')
    .option('--expires <duration>', 'such as 30m, 12h, 7d', parseDuration, DAY_SECONDS)
    .option('--qr', 'show it as a QR code, too')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(
      async (
        slug: string,
        { bot, expires: expiresInSeconds, qr }: { bot?: string; expires: number; qr?: true },
      ) => {
        const url = await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
          createOptinLink(database, (await getShop(database, slug)).id, {
            tester: true,
            source: 'api',
            expiresInSeconds,
            ...(bot !== undefined && { bot }),
          }),
        )
        say(url)
        if (qr === true) say(await qrTerminal(url))
      },
    )
}
