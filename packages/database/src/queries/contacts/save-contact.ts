import type { ContactFieldsInput } from '@postino/domain'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'

/** `gone`: of this contact nothing can be changed any more, as it was merged into another one or erased. */
export type SavedContact =
  | { status: 'created' | 'changed'; id: string }
  | { status: 'gone'; id: string; mergedInto: string | null }

/** Adds a contact, or completes the one with this external id, also one that was taken out of the book: it is back then. */
export async function saveContact(
  db: Database,
  shopId: string,
  contact: ContactFieldsInput & { external_id: string },
): Promise<SavedContact> {
  const { external_id: externalId, ...fields } = contact
  const columns = columnsOf(fields)
  const names = [...columns.keys()].map((name) => sql`, ${sql.ref(name)}`)
  const values = [...columns.values()].map((value) => sql`, ${value}`)
  const { rows } = await sql<{ id: string; isNew: boolean }>`
    insert into contacts (shop_id, external_id${sql.join(names, sql``)})
    values (${shopId}, ${externalId}${sql.join(values, sql``)})
    on conflict (shop_id, external_id) do update set ${assignments(columns, sql`contacts.removed_at is not null`)},
      removed_at = null
      where contacts.merged_into is null and contacts.erased_at is null
    returning id, old.id is null as "isNew"`.execute(db)
  const [row] = rows
  if (row !== undefined) return { status: row.isNew ? 'created' : 'changed', id: row.id }
  const gone = await db
    .selectFrom('contacts')
    .select(['id', 'merged_into as mergedInto'])
    .where('shop_id', '=', shopId)
    .where('external_id', '=', externalId)
    .executeTakeFirstOrThrow()
  return { status: 'gone', ...gone }
}

/** Changes what is given; undefined when the shop has no such contact. */
export async function changeContact(
  db: Database,
  shopId: string,
  contactId: string,
  fields: ContactFieldsInput,
): Promise<SavedContact | undefined> {
  const { rows } = await sql<{ id: string }>`
    update contacts set ${assignments(columnsOf(fields), sql`false`)}
    where shop_id = ${shopId} and id = ${contactId} and merged_into is null and erased_at is null
    returning id`.execute(db)
  return rows.length > 0 ? { status: 'changed', id: contactId } : await findGone(db, shopId, contactId)
}

/** Takes a contact out of the book; its chats and what it agreed to stay. Once more changes nothing. */
export async function removeContact(
  db: Database,
  shopId: string,
  contactId: string,
): Promise<SavedContact | undefined> {
  const { rows } = await sql<{ id: string }>`
    update contacts set removed_at = coalesce(removed_at, now()),
      updated_at = case when removed_at is null then now() else updated_at end
    where shop_id = ${shopId} and id = ${contactId} and merged_into is null and erased_at is null
    returning id`.execute(db)
  return rows.length > 0 ? { status: 'changed', id: contactId } : await findGone(db, shopId, contactId)
}

async function findGone(db: Database, shopId: string, contactId: string): Promise<SavedContact | undefined> {
  const gone = await db
    .selectFrom('contacts')
    .select(['id', 'merged_into as mergedInto'])
    .where('shop_id', '=', shopId)
    .where('id', '=', contactId)
    .executeTakeFirst()
  return gone && { status: 'gone', ...gone }
}

type Columns = ReadonlyMap<string, RawBuilder<unknown>>

/** The columns of the fields that are given; null takes away what stands there. */
function columnsOf(fields: ContactFieldsInput): Columns {
  const { name, attributes } = fields
  const texts = {
    first_name: name?.first,
    last_name: name?.last,
    locale: fields.locale,
    time_zone: fields.time_zone,
    phone: fields.phone,
    email: fields.email,
    birthday: fields.birthday,
  }
  const columns = new Map<string, RawBuilder<unknown>>()
  for (const [column, text] of Object.entries(texts)) {
    if (text !== undefined) columns.set(column, sql`${text}::text`)
  }
  if (attributes !== undefined) columns.set('attributes', sql`${JSON.stringify(attributes ?? {})}::jsonb`)
  return columns
}

/** The time of change moves only when something changes. What was proven of another phone or mailbox proves nothing of this. */
function assignments(columns: Columns, hasChangedElse: RawBuilder<unknown>): RawBuilder<unknown> {
  const changes = [...columns].map(
    ([column, value]) => sql`contacts.${sql.ref(column)} is distinct from ${value}`,
  )
  const sets = [...columns].map(([column, value]) => sql`${sql.ref(column)} = ${value}`)
  const phone = columns.get('phone')
  if (phone !== undefined) {
    sets.push(
      sql`phone_verified_at = case when contacts.phone = ${phone} then contacts.phone_verified_at end`,
    )
  }
  const email = columns.get('email')
  if (email !== undefined) {
    sets.push(
      sql`email_verified_at = case when lower(contacts.email) = lower(${email}) then contacts.email_verified_at end`,
    )
  }
  const hasChanged = sql.join([hasChangedElse, ...changes], sql` or `)
  return sql.join([
    ...sets,
    sql`updated_at = case when ${hasChanged} then now() else contacts.updated_at end`,
  ])
}
