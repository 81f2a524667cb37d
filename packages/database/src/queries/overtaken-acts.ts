import { sql } from 'kysely'
import type { Database } from '../create-database.ts'
import type { UpdateTime } from './registrations.ts'

// Telegram delivers messages, pressed buttons and blocks of one chat side by side, and repeats what was not taken: for some
// minutes acts may come in another order than they were done in. A pressed button has no time, only its update's number,
// and after a quiet week numbers go on from anywhere: they say something about acts of the same minutes alone.
const SIDE_BY_SIDE = sql.raw(`interval '10 minutes'`)

/**
 * Whether a tap on the switch of a purpose was done before something that has taken effect already: another tap on it, or a
 * START or STOP of its chat.
 */
export async function isTapOvertaken(
  db: Database,
  shopId: string,
  tap: { registrationId: string; contactId: string; purpose: string; botId: string; updateId: number },
): Promise<boolean> {
  const { rows } = await sql<{ isOvertaken: boolean }>`
    select exists (
      select from registrations where shop_id = ${shopId} and id = ${tap.registrationId}
        and status_update_id > ${tap.updateId} and status_changed_at > now() - ${SIDE_BY_SIDE}
    ) or coalesce((
      select case when evidence ->> 'bot_id' = ${tap.botId} and recorded_at > now() - ${SIDE_BY_SIDE}
        then (evidence ->> 'update_id')::bigint > ${tap.updateId} end
      from consents where shop_id = ${shopId} and contact_id = ${tap.contactId} and purpose = ${tap.purpose}
      order by id desc limit 1
    ), false) as "isOvertaken"`.execute(db)
  return rows[0]?.isOvertaken === true
}

/** The purposes a contact has spoken about since a Telegram update was done, whenever that update arrives. */
export async function listPurposesSince(
  db: Database,
  shopId: string,
  since: { contactId: string; botId: string; update: UpdateTime },
): Promise<string[]> {
  const { contactId, botId, update } = since
  const { rows } = await sql<{ purpose: string }>`
    select purpose from (
      select distinct on (purpose) purpose, evidence, recorded_at from consents
      where shop_id = ${shopId} and contact_id = ${contactId} order by purpose, id desc
    ) last
    where case
      when evidence ->> 'bot_id' = ${botId} and recorded_at > now() - ${SIDE_BY_SIDE}
        then (evidence ->> 'update_id')::bigint > ${update.id}
      -- Telegram counts whole seconds.
      else recorded_at > to_timestamp(${update.date}) + interval '1 second' end`.execute(db)
  return rows.map(({ purpose }) => purpose)
}
