import { sql } from 'kysely'
import type { Shops } from '../stage/seed-shops.ts'
import type { Stage } from '../stage/stage.ts'

/**
 * Every event came to its chat, once and in order; nothing was refused; every message has ended as sent; nothing had lost its job.
 * What did not hold, in words; else empty.
 */
export async function findBrokenPromises(
  stage: Stage,
  told: { shops: Shops['shops']; chats: number; messages: number; metricsUrl: string },
): Promise<string> {
  const { shops, metricsUrl } = told
  const { messages, chats, unnumbered, missing, late, examples } = await stage.telegram.ask('order')
  const { refusals } = await stage.telegram.ask('report')
  const found = {
    chatsWithout: told.chats - chats,
    notCome: told.messages - messages,
    unnumbered,
    missing,
    late,
    refusals,
    notSent: await countNotSent(stage, shops),
    swept: await readSwept(metricsUrl),
  }
  const words: [string, number | string][] = Object.entries(found).filter(([, count]) => count !== 0)
  if (examples.length > 0) words.push(['examples', JSON.stringify(examples)])
  return words.map(([name, count]) => `${name} ${count}`).join(', ')
}

async function countNotSent({ database }: Stage, shops: Shops['shops']): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from messages
    where shop_id = any (${shops.map(({ id }) => id)}::bigint[]) and status <> 'sent'`.execute(database)
  return rows[0]?.count ?? Number.NaN
}

/** What the scheduler found standing still; NaN when its metrics do not say. */
async function readSwept(metricsUrl: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text()
  const counts = [...text.matchAll(/^postino_swept_total\{[^}]*\} (\d+)/gm)].map(([, count]) => Number(count))
  return counts.length === 0 ? Number.NaN : counts.reduce((sum, count) => sum + count, 0)
}
