import { sql } from 'kysely'
import type { Database } from '../../../create-database.ts'
import { endRendered } from './end-rendered.ts'
import { moveRendered, type MovedMessage } from './move-rendered.ts'
import { queueAlone, type QueuedMessage } from './queue-alone.ts'
import type { EndOutcome, QueuedOutcome, RenderOutcome } from './render-outcome.ts'

export interface FinishedRendering {
  /** Those that have something to send now: what was queued here, and what had to wait for a message that is out of its way. */
  bots: { shopId: string; botId: string }[]
  /** What ended because newer or later news of the same thing is told, of these messages and of those that waited. */
  superseded: { id: string; reason: string }[]
  /** Why the rest is as it was, where some were moved and a later statement failed. */
  failure?: unknown
}

/**
 * Moves messages from `accepted` to `queued` or to their end, or defers them. What is no longer `accepted` stays as it is: a
 * job that runs twice changes nothing. So does one whose event was changed since it was loaded: the sweeper has it rendered
 * anew. Where a message that is queued or deferred replaces older ones, those that wait about the same thing for the
 * same recipient end with it; one that comes after a later state was told ends itself.
 *
 * Statement by statement: what one of them moved stays moved, and is told, when a later one fails. Rejects when nothing was moved.
 */
export async function finishRendering(db: Database, outcomes: RenderOutcome[]): Promise<FinishedRendering> {
  const queued: QueuedMessage[] = []
  const moved: MovedMessage[] = []
  const behind: FinishedRendering['bots'] = []
  let failure: unknown
  try {
    const coming = outcomes.filter(({ status }) => status === 'queued' || status === 'deferred')
    const together = coming.map(({ id }) => id)
    for (const hasNumber of [false, true]) {
      const alike = outcomes.filter(isQueued).filter((outcome) => (outcome.hasNumber ?? false) === hasNumber)
      queued.push(...(await queueAlone(db, alike, { together, hasNumber })))
    }
    const done = new Set(queued.map(({ id }) => id))
    const left = coming.filter(({ id }) => !done.has(id))
    moved.push(...(await moveRendered(db, left)))
    moved.push(...(await endRendered(db, outcomes.filter(isEnd))))
    const away = moved.filter(({ botId }) => botId === null)
    if (away.length > 0) behind.push(...(await listBotsBehind(db, away)))
  } catch (error) {
    if (queued.length + moved.length === 0) throw error
    failure = error
  }
  // One that leaves the queue before its turn lets the next one of its chat go.
  const bots = [...queued, ...moved].flatMap(({ shopId, botId }) =>
    botId === null ? [] : [{ shopId, botId }],
  )
  return {
    bots: [...new Map([...bots, ...behind].map((bot) => [bot.botId, bot])).values()],
    superseded: moved.flatMap(({ id, status, reason }) =>
      status === 'superseded' && reason !== null ? [{ id, reason }] : [],
    ),
    ...(failure !== undefined && { failure }),
  }
}

function isQueued(outcome: RenderOutcome): outcome is Extract<RenderOutcome, QueuedOutcome> {
  return outcome.status === 'queued'
}

function isEnd(outcome: RenderOutcome): outcome is Extract<RenderOutcome, EndOutcome> {
  return outcome.status !== 'queued' && outcome.status !== 'deferred'
}

// A later message of the same contact and lane may have been queued first and had its turn in vain; nobody else would
// wake its bot. Asked after the end is committed: whoever queues such a message from now on sees that nothing holds it.
async function listBotsBehind(
  db: Database,
  away: MovedMessage[],
): Promise<{ shopId: string; botId: string }[]> {
  const { rows } = await sql<{ shopId: string; botId: string }>`
    select distinct registration.shop_id as "shopId", registration.bot_id as "botId"
    from jsonb_to_recordset(${JSON.stringify(away)}::jsonb) as away (
      "shopId" bigint, id bigint, recipient text, lane smallint)
    cross join lateral (
      select shop_id, coalesce(merged_into, id) as id from contacts
      where shop_id = away."shopId" and external_id = away.recipient limit 1
    ) contact
    cross join lateral (
      select shop_id, bot_id, chat_id from registrations
      where shop_id = contact.shop_id and contact_id = contact.id order by id limit 100
    ) registration
    where (select id from messages where bot_id = registration.bot_id and chat_id = registration.chat_id
      and status = 'queued' and lane = away.lane and id > away.id limit 1) is not null`.execute(db)
  return rows
}
