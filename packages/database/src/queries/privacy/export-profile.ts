import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { listLedger } from '../ledger/list-ledger.ts'
import { rfc3339 } from '../rfc3339.ts'
import type {
  ContactExport,
  ExportedConsent,
  ExportedContact,
  ExportedLink,
  ExportedMembership,
  ExportedMerge,
  ExportedRegistration,
} from './contact-export.ts'

type Profile = Pick<ContactExport, 'registrations' | 'groups' | 'consents' | 'merges' | 'optin_links'> & {
  contacts: ExportedContact[]
}

/** What a shop has about these contacts but for what they were told. */
export async function exportProfile(trx: Database, shopId: string, contactIds: string[]): Promise<Profile> {
  const people = { shopId, contactIds }
  return {
    contacts: await listContacts(trx, people),
    registrations: await listRegistrations(trx, people),
    groups: await listMemberships(trx, people),
    consents: await listAllConsents(trx, people),
    merges: await listMerges(trx, people),
    optin_links: await listLinks(trx, people),
  }
}

interface People {
  shopId: string
  contactIds: string[]
}

async function listContacts(trx: Database, { shopId, contactIds }: People): Promise<ExportedContact[]> {
  const { rows } = await sql<ExportedContact>`
    select id, external_id, origin, first_name, last_name, locale, time_zone, phone,
      ${rfc3339('phone_verified_at')} as phone_verified_at, email, ${rfc3339('email_verified_at')} as email_verified_at,
      birthday, attributes, granted_purposes, withdrawn_purposes, ${rfc3339('created_at')} as created_at,
      ${rfc3339('updated_at')} as updated_at, ${rfc3339('removed_at')} as removed_at, ${rfc3339('erased_at')} as erased_at
    from contacts where shop_id = ${shopId} and id = any (${contactIds}::bigint[]) order by contacts.id`.execute(
    trx,
  )
  return rows
}

async function listRegistrations(
  trx: Database,
  { shopId, contactIds }: People,
): Promise<ExportedRegistration[]> {
  const { rows } = await sql<ExportedRegistration>`
    select registration.id, jsonb_build_object('username', bot.username, 'name', bot.name) as bot,
      registration.chat_id, registration.telegram_user_id, registration.telegram_username, registration.telegram_name,
      registration.language_code, registration.status, registration.source, registration.offered_purposes,
      registration.is_tester, ${rfc3339('registration.created_at')} as created_at,
      ${rfc3339('registration.status_changed_at')} as status_changed_at
    from registrations registration
    join bots bot on bot.shop_id = registration.shop_id and bot.id = registration.bot_id
    where registration.shop_id = ${shopId} and registration.contact_id = any (${contactIds}::bigint[])
    order by registration.id`.execute(trx)
  return rows
}

async function listMemberships(trx: Database, { shopId, contactIds }: People): Promise<ExportedMembership[]> {
  const { rows } = await sql<ExportedMembership>`
    select "group".keyword, "group".name, member.source, ${rfc3339('member.joined_at')} as joined_at,
      ${rfc3339('member.left_at')} as left_at, member.left_by
    from group_members member join groups "group" on "group".shop_id = member.shop_id and "group".id = member.group_id
    where member.shop_id = ${shopId} and member.contact_id = any (${contactIds}::bigint[])
    order by member.group_id, member.contact_id`.execute(trx)
  return rows
}

async function listAllConsents(trx: Database, { shopId, contactIds }: People): Promise<ExportedConsent[]> {
  const consents: ExportedConsent[] = []
  for await (const page of listLedger(trx, shopId, { contactIds })) consents.push(...page)
  return consents
}

async function listMerges(trx: Database, { shopId, contactIds }: People): Promise<ExportedMerge[]> {
  const { rows } = await sql<ExportedMerge>`
    select from_contact_id, into_contact_id, matched_by, actor, ${rfc3339('merged_at')} as merged_at
    from contact_merges where shop_id = ${shopId} and into_contact_id = any (${contactIds}::bigint[])
    order by id`.execute(trx)
  return rows
}

async function listLinks(trx: Database, { shopId, contactIds }: People): Promise<ExportedLink[]> {
  const { rows } = await sql<ExportedLink>`
    select link.id, bot.username as bot, link.purposes, link.source, link.email,
      ${rfc3339('link.created_at')} as created_at, ${rfc3339('link.expires_at')} as expires_at,
      ${rfc3339('link.used_at')} as used_at, ${rfc3339('link.revoked_at')} as revoked_at
    from optin_links link join bots bot on bot.shop_id = link.shop_id and bot.id = link.bot_id
    where link.shop_id = ${shopId} and link.contact_id = any (${contactIds}::bigint[]) order by link.id`.execute(
    trx,
  )
  return rows
}
