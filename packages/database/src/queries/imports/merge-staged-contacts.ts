import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'
import type { ContactImportCounts } from './contact-import-counts.ts'

/** Carries out what was planned, and tells what came of it: others may have added or changed contacts meanwhile. */
export async function mergeStagedContacts(
  trx: Database,
  shopId: string,
  planned: ContactImportCounts,
): Promise<ContactImportCounts> {
  // The long one first: who is in the book already is locked for the short one alone.
  const added = await addContacts(trx, shopId)
  const changed = await changeContacts(trx, shopId)
  const total = planned.created + planned.changed + planned.unchanged
  const counts = { created: added.created, changed: changed + added.changed }
  return { ...planned, ...counts, unchanged: total - counts.created - counts.changed }
}

/** What was proven of another phone or mailbox proves nothing of this one. */
const changesBy = (given: RawBuilder<unknown>) => sql`
  first_name = coalesce(${given}.first_name, contact.first_name),
  last_name = coalesce(${given}.last_name, contact.last_name),
  locale = coalesce(${given}.locale, contact.locale),
  time_zone = coalesce(${given}.time_zone, contact.time_zone),
  phone = coalesce(${given}.phone, contact.phone),
  phone_verified_at = case when coalesce(${given}.phone, contact.phone) = contact.phone then contact.phone_verified_at end,
  email = coalesce(${given}.email, contact.email),
  email_verified_at = case when lower(coalesce(${given}.email, contact.email)) = lower(contact.email)
    then contact.email_verified_at end,
  birthday = coalesce(${given}.birthday, contact.birthday),
  attributes = contact.attributes || coalesce(${given}.attributes, '{}'),
  removed_at = null,
  updated_at = now()`

/** Locked by their ids, as merging two contacts does it. */
async function changeContacts(trx: Database, shopId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    with locked as materialized (
      select contact.id from import_plan plan
      join contacts contact on contact.shop_id = ${shopId} and contact.id = plan.contact_id
      where plan.step = 'change' and contact.merged_into is null and contact.erased_at is null
      order by contact.id for no key update of contact
    )
    update contacts contact set ${changesBy(sql`given`)}
    from locked join import_plan given on given.contact_id = locked.id and given.step = 'change'
    where contact.shop_id = ${shopId} and contact.id = locked.id`.execute(trx)
  return Number(numAffectedRows ?? 0n)
}

async function addContacts(trx: Database, shopId: string): Promise<{ created: number; changed: number }> {
  const { rows } = await sql<{ created: number; changed: number }>`
    with added as (
      insert into contacts as contact (shop_id, external_id, first_name, last_name, locale, time_zone, phone, email,
        birthday, attributes, origin)
      select ${shopId}::bigint, external_id, first_name, last_name, locale, time_zone, phone, email, birthday,
        coalesce(attributes, '{}'), 'import'
      from import_plan where step = 'create' order by line
      on conflict (shop_id, external_id) do update set ${changesBy(sql`excluded`)}
        where contact.merged_into is null and contact.erased_at is null
      returning old.id is null as is_new
    )
    select count(*) filter (where is_new)::int as created, count(*) filter (where not is_new)::int as changed
    from added`.execute(trx)
  return rows[0] ?? { created: 0, changed: 0 }
}
