import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'
import { insertConsents } from '../ledger/consents.ts'
import { eraseEvents } from './erase-events.ts'
import { eraseMessages } from './erase-messages.ts'
import { findEventsAbout, type FoundEvents } from './events-about.ts'
import { insertErasedChats } from './erased-chats.ts'
import type { ErasedMember } from './erased-member.ts'
import { listFamily, lockFamily, type FamilyMember } from './family.ts'
import { maskInMessages } from './mask-in-messages.ts'

/** How many rows of each were erased or changed. */
export type Erasure =
  | { status: 'erased'; contacts: number; registrations: number; messages: number; events: number }
  | { status: 'already_erased' | 'unknown_contact' }

/**
 * Erases a person, under all contacts they were merged from: chats, what they were told, what events say of them, groups,
 * links, personal proof, their profile. Left are rows that tie the ledger together under a random name, without a word of
 * the person; and the ids of their chats as hashes, so that no import writes to them again.
 *
 * In one transaction, the caller's if there is one; again it changes nothing. Looks through all events of the shop that still
 * have their data: some seconds for hundreds of thousands.
 */
export async function eraseContact(
  db: Database,
  shopId: string,
  contactId: string,
  { actor }: { actor: string },
): Promise<Erasure> {
  // It takes rows of many kinds, and may meet somebody who holds one and waits for another.
  return await inTransaction(db, (trx) => eraseFamily(trx, { shopId, contactId, actor }))
}

interface Order {
  shopId: string
  contactId: string
  actor: string
}

async function eraseFamily(trx: Database, order: Order): Promise<Erasure> {
  const { shopId, contactId } = order
  const known = await listFamily(trx, shopId, contactId)
  if (known.length === 0) return { status: 'unknown_contact' }
  if (known.every(({ erasedAt }) => erasedAt !== null)) return { status: 'already_erased' }
  // The long part goes first, while nothing is locked that others wait for.
  const externalIds = known.map(({ externalId }) => externalId)
  const found = await findEventsAbout(trx, shopId, { externalIds })
  const family = await lockFamily(trx, shopId, contactId)
  const members = family.filter(({ erasedAt }) => erasedAt === null).map(nameStub)
  if (members.length === 0) return { status: 'already_erased' }
  const ids = await completeFound(trx, shopId, { found, externalIds, members })
  return await eraseMembers(trx, order, { members, ids })
}

/** With what was reported meanwhile, and of contacts that were merged meanwhile. */
async function completeFound(
  trx: Database,
  shopId: string,
  { found, externalIds, members }: { found: FoundEvents; externalIds: string[]; members: ErasedMember[] },
): Promise<string[]> {
  const now = members.map(({ externalId }) => externalId)
  const isNew = now.some((externalId) => !externalIds.includes(externalId))
  const more = await findEventsAbout(trx, shopId, {
    externalIds: now,
    ...(!isNew && { beyondId: found.upToId }),
  })
  return [...new Set([...found.ids, ...more.ids])]
}

async function eraseMembers(
  trx: Database,
  { shopId, actor }: Order,
  { members, ids }: { members: ErasedMember[]; ids: string[] },
): Promise<Erasure> {
  const events = await eraseEvents(trx, shopId, { ids, members })
  for (const { id } of members) await withdrawEverything(trx, { shopId, contactId: id, actor })
  const chats = await deleteRegistrations(trx, shopId, members)
  const telegramIds = new Set(chats.flatMap(({ chatId, userId }) => [chatId, userId]))
  await insertErasedChats(trx, shopId, [...telegramIds])
  await deleteBelongings(trx, shopId, members)
  // Senders wait for these rows: they are taken last, and for a moment.
  const chatIds = chats.map(({ chatId }) => chatId)
  const messages = await eraseMessages(trx, shopId, { members, chatIds })
  await maskInMessages(trx, shopId, events.shared)
  await makeStubs(trx, shopId, members)
  return {
    status: 'erased',
    contacts: members.length,
    registrations: chats.length,
    messages,
    events: events.count,
  }
}

const STUB_BYTES = 16

function nameStub({ id, externalId }: FamilyMember): ErasedMember {
  return { id, externalId, stub: `erased-${randomBytes(STUB_BYTES).toString('base64url')}` }
}

/** So that the ledger says what is true from now on, and who asked for it. */
async function withdrawEverything(trx: Database, { shopId, contactId, actor }: Order): Promise<void> {
  const { granted } = await trx
    .selectFrom('contacts')
    .select('granted_purposes as granted')
    .where('shop_id', '=', shopId)
    .where('id', '=', contactId)
    .executeTakeFirstOrThrow()
  await insertConsents(
    trx,
    shopId,
    contactId,
    granted.map((purpose) => ({ purpose, action: 'withdrawn', source: 'erasure', actor, evidence: {} })),
  )
}

async function deleteRegistrations(
  trx: Database,
  shopId: string,
  members: ErasedMember[],
): Promise<{ chatId: string; userId: string }[]> {
  const { rows } = await sql<{ chatId: string; userId: string }>`
    delete from registrations where shop_id = ${shopId} and contact_id = any (${idsOf(members)}::bigint[])
    returning chat_id as "chatId", telegram_user_id as "userId"`.execute(trx)
  return rows
}

async function deleteBelongings(trx: Database, shopId: string, members: ErasedMember[]): Promise<void> {
  const ids = idsOf(members)
  await sql`delete from group_members where shop_id = ${shopId} and contact_id = any (${ids}::bigint[])`.execute(
    trx,
  )
  await sql`
    delete from optin_links where shop_id = ${shopId} and (contact_id = any (${ids}::bigint[])
      or lower(email) in (select lower(email) from contacts where shop_id = ${shopId} and id = any (${ids}::bigint[])))`.execute(
    trx,
  )
  await sql`
    delete from consent_details where shop_id = ${shopId} and consent_id in (
      select id from consents where shop_id = ${shopId} and contact_id = any (${ids}::bigint[]))`.execute(trx)
}

async function makeStubs(trx: Database, shopId: string, members: ErasedMember[]): Promise<void> {
  await sql`
    update contacts contact set external_id = member.stub, first_name = null, last_name = null, locale = null,
      time_zone = null, phone = null, phone_verified_at = null, email = null, email_verified_at = null,
      birthday = null, attributes = '{}', erased_at = now(), updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(members)}::jsonb) as member (id bigint, stub text)
    where contact.shop_id = ${shopId} and contact.id = member.id`.execute(trx)
}

function idsOf(members: ErasedMember[]): string[] {
  return members.map(({ id }) => id)
}
