import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { ErasedMember } from './erased-member.ts'
import { listEndedMessages, listOpenMessages } from './find-messages-of.ts'

const BATCH = 5_000
// What is rendered and sent meanwhile changes its place: looked for again, until there is nothing new.
const MOST_LOOKS = 10

/**
 * Takes everything personal from a person's messages and ends what waits; the facts stay. What is under way goes on without
 * its text, and its result is still taken. Answers how many there were.
 */
export async function eraseMessages(
  trx: Database,
  shopId: string,
  { members, chatIds }: { members: ErasedMember[]; chatIds: string[] },
): Promise<number> {
  const externalIds = members.map(({ externalId }) => externalId)
  let erased = 0
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const open = await listOpenMessages(trx, shopId, { externalIds, chatIds })
    const ended = await eraseEnded(trx, shopId, members)
    erased += ended
    for (let from = 0; from < open.length; from += BATCH)
      erased += await eraseBatch(trx, shopId, { ids: open.slice(from, from + BATCH), members, isOpen: true })
    if (open.length === 0 && ended === 0) break
  }
  return erased
}

async function eraseEnded(trx: Database, shopId: string, members: ErasedMember[]): Promise<number> {
  const externalIds = members.map(({ externalId }) => externalId)
  let erased = 0
  let afterId = '0'
  for (;;) {
    const ids = await listEndedMessages(trx, shopId, { externalIds, afterId, limit: BATCH })
    const lastId = ids.at(-1)
    if (lastId === undefined) return erased
    erased += await eraseBatch(trx, shopId, { ids, members, isOpen: false })
    afterId = lastId
  }
}

// Whatever its status has become while this waited for the row; what has come to its end meanwhile is found by the next look.
async function eraseBatch(
  trx: Database,
  shopId: string,
  { ids, members, isOpen }: { ids: string[]; members: ErasedMember[]; isOpen: boolean },
): Promise<number> {
  const isThere = isOpen ? sql`ended_at is null` : sql`ended_at is not null`
  await sql`
    select from messages where ${isThere} and shop_id = ${shopId} and id = any (${ids}::bigint[]) order by id for update`.execute(
    trx,
  )
  await sql`
    update attempts set description = null
    where shop_id = ${shopId} and message_id = any (${ids}::bigint[]) and description is not null`.execute(
    trx,
  )
  const { rows } = await sql`
    update messages message set
      recipient = member.stub, content = null, detail = null, chat_id = null, registration_id = null,
      collapse_key = null, sequence = null, due_at = null,
      status = case when status in ('accepted', 'queued') then 'suppressed' else status end,
      reason = case when status in ('accepted', 'queued') then 'erased' else reason end,
      ended_at = case when status <> 'sending' then coalesce(ended_at, clock_timestamp()) end
    from jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as member ("externalId" text, stub text)
    where message.${isThere} and message.shop_id = ${shopId} and message.id = any (${ids}::bigint[])
      and message.recipient = member."externalId"
    returning message.id`.execute(trx)
  return rows.length
}
