import { mayRestOnContract, type Purpose } from '@postino/domain'
import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'

/** How many people of a shop or a group can be told something now. Each is counted by the chat a message would go to. */
export interface Reach {
  total: number
  /** With an open registration. */
  reachable: number
  /** Reachable, and with a right to be told about the purpose. */
  consenting: number
  /** Consenting, and held back by neither quota nor sandbox: who would get a message now. */
  deliverable: number
  /** Without an open registration: those that have never had one, and what became of the last one of the others. */
  notRegistered: number
  blocked: number
  stopped: number
  revoked: number
  /** Reachable, but one more than the shop's quota has room for. */
  overQuota: number
  /** Reachable, but the shop is in the sandbox, and they are none of its testers. */
  outsideSandbox: number
}

/** Asks the same as rendering and claiming do, of everybody at once. Without a group: of the shop's whole book. */
export async function estimateReach(
  db: Database,
  shopId: string,
  question: { purpose: Purpose; groupId?: string | undefined },
): Promise<Reach> {
  const count = async (trx: Database) => {
    // While Postgres does not know yet how large a new book is, it would take the whole of it once for each person.
    await sql`set local enable_nestloop = off`.execute(trx)
    const [reach] = (await countPeople(shopId, question).execute(trx)).rows
    if (reach === undefined) throw new Error('a count has no row')
    return reach
  }
  return await inTransaction(db, count)
}

function countPeople(
  shopId: string,
  { purpose, groupId }: { purpose: Purpose; groupId?: string | undefined },
): RawBuilder<Reach> {
  const isMeant = (contactId: string) =>
    groupId === undefined
      ? sql`true`
      : sql`${sql.ref(contactId)} in (select contact_id from group_members
          where shop_id = ${shopId} and group_id = ${groupId} and left_at is null)`
  return sql<Reach>`
    with chat as (
      -- The one that rendering chooses.
      select distinct on (registration.contact_id) registration.contact_id, registration.status, registration.is_over_quota,
        shop.mode = 'sandbox' and not registration.is_tester as is_outside
      from registrations registration
      join shops shop on shop.id = registration.shop_id
      where registration.shop_id = ${shopId} and ${isMeant('registration.contact_id')}
      order by registration.contact_id, registration.status = 'active' desc,
        (shop.mode = 'sandbox' and registration.is_tester) desc, registration.is_over_quota,
        registration.status_changed_at desc, registration.id desc
    ), person as (
      select chat.status, chat.is_over_quota, chat.is_outside,
        not ${purpose} = any (contact.withdrawn_purposes) and (${purpose} = any (contact.granted_purposes)
          or ${mayRestOnContract(purpose)} and ${purpose} = any (shop.contract_purposes)) as is_allowed
      from contacts contact
      join shops shop on shop.id = contact.shop_id
      left join chat on chat.contact_id = contact.id
      where contact.shop_id = ${shopId} and ${isMeant('contact.id')}
        and contact.merged_into is null and contact.erased_at is null and contact.removed_at is null
    )
    select count(*)::int as total,
      count(*) filter (where status = 'active')::int as reachable,
      count(*) filter (where status = 'active' and is_allowed)::int as consenting,
      count(*) filter (where status = 'active' and is_allowed and not is_over_quota and not is_outside)::int as deliverable,
      count(*) filter (where status is null)::int as "notRegistered",
      count(*) filter (where status = 'blocked')::int as blocked,
      count(*) filter (where status = 'stopped')::int as stopped,
      count(*) filter (where status = 'revoked')::int as revoked,
      count(*) filter (where status = 'active' and is_over_quota)::int as "overQuota",
      count(*) filter (where status = 'active' and is_outside)::int as "outsideSandbox"
    from person`
}
