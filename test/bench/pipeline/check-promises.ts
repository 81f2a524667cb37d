import { sql } from 'kysely'
import type { Shops } from '../stage/seed-shops.ts'
import type { Stage } from '../stage/stage.ts'

/**
 * Every event came to its chat, once and in order; nothing was refused; every message has ended as sent; nothing had lost its job.
 *
 * @throws naming what did not hold
 */
export async function checkPromises(
  stage: Stage,
  told: { fleet: Shops; rounds: number; metricsUrl: string },
): Promise<void> {
  const { fleet, rounds, metricsUrl } = told
  const events = fleet.shops.length * fleet.chats * rounds
  const { messages, chats, unnumbered, missing, late, examples } = await stage.telegram.ask('order')
  const { refusals } = await stage.telegram.ask('report')
  const found = {
    chatsWithout: fleet.shops.length * fleet.chats - chats,
    notCome: events - messages,
    unnumbered,
    missing,
    late,
    refusals,
    notSent: await countNotSent(stage, fleet),
    swept: await readSwept(metricsUrl),
  }
  const broken = Object.entries(found).filter(([, count]) => count !== 0)
  if (broken.length > 0)
    throw new Error(
      `promises do not hold: ${broken.map(([name, count]) => `${name} ${count}`).join(', ')} of ${events}: ${JSON.stringify(examples)}`,
    )
}

async function countNotSent({ database }: Stage, fleet: Shops): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from messages
    where shop_id = any (${fleet.shops.map(({ id }) => id)}::bigint[]) and status <> 'sent'`.execute(database)
  return rows[0]?.count ?? Number.NaN
}

/** What the scheduler found standing still; NaN when its metrics do not say. */
async function readSwept(metricsUrl: string): Promise<number> {
  const text = await (await fetch(metricsUrl)).text()
  const counts = [...text.matchAll(/^postino_swept_total\{[^}]*\} (\d+)/gm)].map(([, count]) => Number(count))
  return counts.length === 0 ? Number.NaN : counts.reduce((sum, count) => sum + count, 0)
}
