import type { Database } from '@postino/database'

/** Bots that Telegram wants silent, and for how long yet by Postgres's clock, whichever process was told so. */
export async function listCoolingBots(database: Database): Promise<{ botId: string; leftMs: number }[]> {
  const rows = await database
    .selectFrom('bots')
    .select((bot) => ['id', 'cooling_until as until', bot.fn<Date>('clock_timestamp').as('now')])
    .where('status', '=', 'active')
    .where((bot) => bot('cooling_until', '>', bot.fn<Date>('clock_timestamp')))
    .execute()
  return rows.map(({ id, until, now }) => ({ botId: id, leftMs: Number(until) - Number(now) }))
}
