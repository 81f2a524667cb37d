import { findMessageTrail, listEventTrails, listRejectedEvents, type Database } from '@postino/database'
import type { Command } from 'commander'
import { describeRejection } from '../explain/describe-rejection.ts'
import { describeEvent, describeMessage } from '../explain/describe-trail.ts'
import { CommandFailure } from '../failures/command-failure.ts'
import { settingsHelp } from '../settings-help.ts'
import { databaseSettings } from '../settings.ts'
import type { Surroundings } from '../surroundings.ts'
import { withDatabase } from '../with-database.ts'
import { getShop } from '../get-shop.ts'

/** A message's number, as Postgres can hold it. */
const NUMBER = /^\d{1,18}$/
/** An event may be sent, and rejected, again and again. */
const REJECTIONS_TOLD = 5

export function addExplainCommand(program: Command, { say, read }: Surroundings): void {
  program
    .command('explain')
    .argument('<id>', 'of an event, as the shop calls it, or the number of a message')
    .description('tell the whole way of an event, or of one message, with the reasons')
    .requiredOption('--shop <slug>', 'who reported it')
    .addHelpText('after', settingsHelp(databaseSettings))
    .action(async (id: string, options: { shop: string }) => {
      const lines = await withDatabase(read(databaseSettings).databaseUrl, async (database) =>
        explain(database, (await getShop(database, options.shop)).id, id),
      )
      if (lines.length === 0) {
        throw new CommandFailure(`${options.shop} has reported no event ${id}, and has no message ${id}`)
      }
      lines.forEach(say)
    })
}

/** An event's own id goes first: shops choose it, and may choose a number. */
async function explain(database: Database, shopId: string, id: string): Promise<string[]> {
  const events = await listEventTrails(database, shopId, { eventId: id })
  const rejections = await listRejectedEvents(database, shopId, { eventId: id, limit: REJECTIONS_TOLD })
  if (events.length > 0 || rejections.length > 0)
    return [...events.flatMap(describeEvent), ...rejections.flatMap(describeRejection)]
  const message = NUMBER.test(id) ? await findMessageTrail(database, shopId, id) : undefined
  return message === undefined ? [] : describeMessage(message)
}
