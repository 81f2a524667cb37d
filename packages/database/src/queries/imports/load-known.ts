import type { RegistrationToImport } from '@postino/domain'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { lockPeople } from '../registrations/lock-person.ts'
import { listErasedChats } from '../privacy/erased-chats.ts'

/** What the database says of the chats and contacts of a batch, which stay as they are until the transaction ends. */
export interface Known {
  /** Chats whose person had everything erased, and has not come back. */
  erased: ReadonlySet<string>
  /** By chat. */
  registrations: Map<string, { contactId: string; status: string }>
  /** By external id; who was merged is who they have become. */
  contacts: Map<string, { id: string; isErased: boolean }>
  /** Contacts of whom the ledger says nothing. */
  silent: Set<string>
}

/** Asks once for all of a batch, and locks in the order others do: the people first, then the contacts by their ids. */
export async function loadKnown(
  trx: Database,
  shopId: string,
  { botId, values }: { botId: string; values: readonly RegistrationToImport[] },
): Promise<Known> {
  const chatIds = [...new Set(values.map(({ chatId }) => chatId))]
  const names = [...new Set(values.flatMap(({ externalId }) => externalId ?? []))]
  await lockPeople(trx, shopId, chatIds)
  const erased = new Set(await listErasedChats(trx, shopId, chatIds))
  const registrations = await loadRegistrations(trx, shopId, { botId, chatIds })
  const contacts = await lockContacts(trx, shopId, names)
  // Who was merged while this waited for the lock is found by a newer look only.
  const missing = names.filter((name) => !contacts.has(name))
  if (missing.length > 0) {
    for (const [name, contact] of await lockContacts(trx, shopId, missing)) contacts.set(name, contact)
  }
  const ids = [...contacts.values()].map(({ id }) => id)
  return { erased, registrations, contacts, silent: await findSilent(trx, shopId, ids) }
}

async function loadRegistrations(
  trx: Database,
  shopId: string,
  { botId, chatIds }: { botId: string; chatIds: string[] },
): Promise<Known['registrations']> {
  const { rows } = await sql<{ chatId: string; contactId: string; status: string }>`
    select chat_id as "chatId", contact_id as "contactId", status from registrations
    where shop_id = ${shopId} and bot_id = ${botId} and chat_id = any (${chatIds}::bigint[])`.execute(trx)
  return new Map(rows.map(({ chatId, ...registration }) => [chatId, registration]))
}

// Asked name by name and id by id, each of which only its index can answer: right after a large import Postgres knows
// nothing of the sizes of these tables, and would read them whole.
async function lockContacts(trx: Database, shopId: string, names: string[]): Promise<Known['contacts']> {
  const { rows: named } = await sql<{ name: string; id: string }>`
    select given.name, contact.id from unnest(${names}::text[]) as given (name)
    cross join lateral (
      select coalesce(merged_into, id) as id from contacts
      where shop_id = ${shopId} and external_id = given.name limit 1
    ) contact`.execute(trx)
  const { rows: locked } = await sql<{ id: string; isErased: boolean }>`
    select contact.* from (select id from unnest(${named.map(({ id }) => id)}::bigint[]) id order by id) given
    cross join lateral (
      select id, erased_at is not null as "isErased" from contacts
      where shop_id = ${shopId} and id = given.id and merged_into is null limit 1 for update
    ) contact`.execute(trx)
  const byId = new Map(locked.map((contact) => [contact.id, contact]))
  const found = named.flatMap(({ name, id }) => {
    const contact = byId.get(id)
    return contact === undefined ? [] : [[name, contact] as const]
  })
  return new Map(found)
}

async function findSilent(trx: Database, shopId: string, contactIds: string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select given.id::text from unnest(${contactIds}::bigint[]) as given (id)
    where (select 1 from consents where shop_id = ${shopId} and contact_id = given.id limit 1) is null`.execute(
    trx,
  )
  return new Set(rows.map(({ id }) => id))
}
