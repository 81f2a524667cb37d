import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { messagesSince } from '../messages/messages-since.ts'
import { eventIdOf, OWN_SOURCE } from './bot-replacements.ts'

/** How far people have come from one bot to another. */
export interface ReplacementProgress {
  id: string
  oldBotId: string
  newBotId: string
  startedAt: Date
  /** When everybody had been looked at for the first time; whoever came since is looked at, too. */
  invitedAt: Date | null
  endedAt: Date | null
  /** People whose chat with the old bot is open, be the new one's, too. */
  total: number
  /** Of them, those whose chat with the new bot is open. */
  moved: number
  /** Of them, the others. */
  left: number
  /** Groups the old bot is in: the new one is added to them by hand. */
  groups: number
  /** Contacts the old bot has told of the new one. */
  invited: number
  /** Those it is about to tell. */
  waiting: number
  /** Those it may not write to, or could not reach, by reason. */
  notInvited: Record<string, number>
}

/** The youngest replacement of a bot; undefined when there was none. */
export async function findReplacementProgress(
  db: Database,
  shopId: string,
  oldBotId: string,
): Promise<ReplacementProgress | undefined> {
  const replacement = await db
    .selectFrom('bot_replacements')
    .select([
      'id',
      'old_bot_id as oldBotId',
      'new_bot_id as newBotId',
      'started_at as startedAt',
      'invited_at as invitedAt',
      'ended_at as endedAt',
    ])
    .where('shop_id', '=', shopId)
    .where('old_bot_id', '=', oldBotId)
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (replacement === undefined) return undefined
  const people = await countPeople(db, shopId, replacement)
  const messages = await countMessages(db, shopId, replacement)
  return { ...replacement, ...people, left: people.total - people.moved, ...messages }
}

async function countPeople(
  db: Database,
  shopId: string,
  { oldBotId, newBotId }: { oldBotId: string; newBotId: string },
): Promise<Pick<ReplacementProgress, 'total' | 'moved' | 'groups'>> {
  const { rows } = await sql<Pick<ReplacementProgress, 'total' | 'moved' | 'groups'>>`
    select count(*) filter (where chat_id > 0)::int as total, count(*) filter (where chat_id < 0)::int as groups,
      count(*) filter (where chat_id > 0 and exists (select from registrations other
        where other.shop_id = registration.shop_id and other.telegram_user_id = registration.telegram_user_id
          and other.bot_id = ${newBotId} and other.status = 'active'))::int as moved
    from registrations registration
    where shop_id = ${shopId} and bot_id = ${oldBotId} and status = 'active'`.execute(db)
  return rows[0] ?? { total: 0, moved: 0, groups: 0 }
}

async function countMessages(
  db: Database,
  shopId: string,
  { id: replacementId, startedAt }: { id: string; startedAt: Date },
): Promise<Pick<ReplacementProgress, 'invited' | 'waiting' | 'notInvited'>> {
  const { rows } = await sql<{ status: string; reason: string | null; count: number }>`
    select message.status, message.reason, count(*)::int as count from event_keys event
    join ${messagesSince(sql`${startedAt}::timestamptz`)} message on message.shop_id = event.shop_id and message.event_id = event.id and message.kind = 'bot.replaced'
    where event.shop_id = ${shopId} and event.event_id = ${eventIdOf(replacementId)} and event.source = ${OWN_SOURCE}
    group by message.status, message.reason order by message.reason`.execute(db)
  const sum = (statuses: string[]) =>
    rows.reduce((total, { status, count }) => total + (statuses.includes(status) ? count : 0), 0)
  const notInvited = rows.flatMap(({ status, reason, count }) =>
    reason === null || status === 'unknown' ? [] : [[reason, count] as const],
  )
  return {
    invited: sum(['sent', 'unknown']),
    waiting: sum(['queued', 'sending']),
    notInvited: Object.fromEntries(notInvited),
  }
}
