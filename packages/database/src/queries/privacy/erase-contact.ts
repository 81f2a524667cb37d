import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { classifyDatabaseFailure } from '../../database-failure.ts'
import { insertConsents } from '../consents.ts'
import { eraseEvents } from './erase-events.ts'
import { eraseMessages } from './erase-messages.ts'
import { insertErasedChats } from './erased-chats.ts'
import { lockFamily, type FamilyMember } from './family.ts'

/** How many rows of each were erased or changed. */
export type Erasure =
  | { status: 'erased'; contacts: number; registrations: number; messages: number; events: number }
  | { status: 'already_erased' | 'unknown_contact' }

/** One contact on its way out, and what stands for it from now on. */
export interface ErasedMember {
  id: string
  externalId: string
  stub: string
}

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
  const erase = (trx: Database) => eraseFamily(trx, { shopId, contactId, actor })
  if (db.isTransaction) return await erase(db)
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(erase)
    } catch (error) {
      // It takes rows of many kinds, and may meet somebody who holds one and waits for another.
      if (attempt === MOST_ATTEMPTS || classifyDatabaseFailure(error) !== 'retry') throw error
    }
  }
}

const MOST_ATTEMPTS = 5

async function eraseFamily(
  trx: Database,
  { shopId, contactId, actor }: { shopId: string; contactId: string; actor: string },
): Promise<Erasure> {
  const family = await lockFamily(trx, shopId, contactId)
  if (family.length === 0) return { status: 'unknown_contact' }
  const members = family.filter(({ erasedAt }) => erasedAt === null).map(nameStub)
  if (members.length === 0) return { status: 'already_erased' }

  for (const { id } of members) await withdrawEverything(trx, { shopId, contactId: id, actor })
  const chats = await deleteRegistrations(trx, shopId, members)
  await insertErasedChats(trx, shopId, [...new Set(chats.flatMap(({ chatId, userId }) => [chatId, userId]))])
  const chatIds = chats.map(({ chatId }) => chatId)
  const messages = await eraseMessages(trx, shopId, { members, chatIds })
  const events = await eraseEvents(trx, shopId, members)
  await deleteBelongings(trx, shopId, members)
  await makeStubs(trx, shopId, members)
  return { status: 'erased', contacts: members.length, registrations: chats.length, messages, events }
}

const STUB_BYTES = 16

function nameStub({ id, externalId }: FamilyMember): ErasedMember {
  return { id, externalId, stub: `erased-${randomBytes(STUB_BYTES).toString('base64url')}` }
}

/** So that the ledger says what is true from now on, and who asked for it. */
async function withdrawEverything(
  trx: Database,
  { shopId, contactId, actor }: { shopId: string; contactId: string; actor: string },
): Promise<void> {
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
