import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

// Telegram delivers messages, pressed buttons and blocks of one chat side by side, and repeats what was not taken: for some
// minutes acts may come in another order than they were done in. A pressed button has no time, only its update's number,
// and after a quiet week numbers go on from anywhere: they say something about acts of the same minutes alone.
const SIDE_BY_SIDE = sql.raw(`interval '10 minutes'`)

/**
 * Whether a tap on the switch of a purpose was done before something that has taken effect already: another word on that
 * purpose, or, if it grants, a START or STOP of its chat.
 */
export async function isTapOvertaken(
  db: Database,
  shopId: string,
  tap: {
    registrationId: string
    contactId: string
    purpose: string
    action: 'granted' | 'withdrawn'
    botId: string
    updateId: number
  },
): Promise<boolean> {
  const { rows } = await sql<{ isOvertaken: boolean }>`
    select ${tap.action}::text = 'granted' and exists (
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

/**
 * The purposes a contact has spoken about since the START that opened their chat. A STOP or a block from before that START ends
 * all others, however late it comes.
 */
export async function listPurposesSinceStart(
  db: Database,
  shopId: string,
  registrationId: string,
): Promise<string[]> {
  const { rows } = await sql<{ purpose: string }>`
    select last.purpose from registrations registration cross join lateral (
      select distinct on (purpose) purpose, evidence, recorded_at from consents
      where shop_id = registration.shop_id and contact_id = registration.contact_id order by purpose, id desc
    ) last
    where registration.shop_id = ${shopId} and registration.id = ${registrationId} and case
      when last.evidence ->> 'bot_id' = registration.bot_id::text and last.evidence ? 'update_id'
        and last.recorded_at > now() - ${SIDE_BY_SIDE} then (last.evidence ->> 'update_id')::bigint > registration.status_update_id
      -- Telegram counts whole seconds.
      else last.recorded_at > registration.status_update_at + interval '1 second' end`.execute(db)
  return rows.map(({ purpose }) => purpose)
}
