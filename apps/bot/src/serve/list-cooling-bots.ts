import type { Database } from '@postino/database'

/** Bots that Telegram wants silent, with the end of that in epoch milliseconds, whichever process was told so. */
export async function listCoolingBots(database: Database): Promise<{ botId: string; untilMs: number }[]> {
  const rows = await database
    .selectFrom('bots')
    .select(['id', 'cooling_until'])
    .where('status', '=', 'active')
    .where('cooling_until', '>', new Date())
    .execute()
  return rows.map((row) => ({ botId: row.id, untilMs: row.cooling_until?.getTime() ?? 0 }))
}
