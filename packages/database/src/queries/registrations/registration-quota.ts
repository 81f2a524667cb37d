import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { inTransaction } from '../../in-transaction.ts'

/** The chats of an archived bot stay, and take no place. */
const IS_SERVED = sql`not exists (select from bots where bots.shop_id = registrations.shop_id
  and bots.id = registrations.bot_id and bots.status = 'archived')`

/**
 * Whether an open registration has room in its shop's quota; one that has none is kept, and waits. `wasOpen`: it had its
 * place before, and keeps it however the quota was lowered since. Belongs into the transaction that opened it.
 */
export async function admitRegistration(
  db: Database,
  shopId: string,
  registration: { registrationId: string; wasOpen?: boolean },
): Promise<{ isOverQuota: boolean }> {
  const { registrationId, wasOpen = false } = registration
  if (wasOpen) return { isOverQuota: await isWaiting(db, shopId, registrationId) }
  const limit = await lockQuota(db, shopId)
  const isOverQuota =
    limit !== null && (await countPlaces(db, shopId, { limit, but: registrationId })) >= limit
  await db
    .updateTable('registrations')
    .set({ is_over_quota: isOverQuota })
    .where('shop_id', '=', shopId)
    .where('id', '=', registrationId)
    .where('is_over_quota', '<>', isOverQuota)
    .execute()
  return { isOverQuota }
}

/** Gives the places that have become free to those who have waited longest; tells how many got one. */
export async function admitWaitingRegistrations(db: Database, shopId: string): Promise<number> {
  return await inTransaction(db, async (trx) => {
    const limit = await lockQuota(trx, shopId)
    const free = limit === null ? null : limit - (await countPlaces(trx, shopId, { limit }))
    if (free !== null && free <= 0) return 0
    const { numAffectedRows } = await sql`
      update registrations set is_over_quota = false where shop_id = ${shopId} and id in (
        select id from registrations where shop_id = ${shopId} and is_over_quota and status = 'active' and ${IS_SERVED}
        order by status_changed_at, id limit ${free})`.execute(trx)
    return Number(numAffectedRows ?? 0n)
  })
}

export interface RegistrationUsage {
  /** Open registrations that have a place. */
  open: number
  /** Open ones that wait for a place; nothing is sent to them. */
  waiting: number
  /** Undefined: any number. */
  limit?: number
  /** From four fifths on the shop should know. */
  warning?: 'near' | 'reached'
}

const NEAR = 0.8

export async function findRegistrationUsage(db: Database, shopId: string): Promise<RegistrationUsage> {
  const { rows } = await sql<{ open: number; waiting: number; limit: number | null }>`
    select max_registrations as limit,
      (select count(*)::int from registrations where shop_id = shops.id and status = 'active' and not is_over_quota and ${IS_SERVED}) as open,
      (select count(*)::int from registrations where shop_id = shops.id and status = 'active' and is_over_quota and ${IS_SERVED}) as waiting
    from shops where id = ${shopId}`.execute(db)
  const { open, waiting, limit } = rows[0] ?? { open: 0, waiting: 0, limit: null }
  if (limit === null) return { open, waiting }
  if (open >= limit) return { open, waiting, limit, warning: 'reached' }
  return open >= NEAR * limit ? { open, waiting, limit, warning: 'near' } : { open, waiting, limit }
}

/** Shops whose number of registrations is limited, or whose registrations still wait though it is no more. */
export async function listShopsWithQuota(db: Database): Promise<{ shopId: string; slug: string }[]> {
  const { rows } = await sql<{ shopId: string; slug: string }>`
    select id as "shopId", slug from shops where max_registrations is not null
      or exists (select from registrations where shop_id = shops.id and is_over_quota and status = 'active' and ${IS_SERVED})
    order by id`.execute(db)
  return rows
}

/** The shop's quota, or null; with one, nobody else counts its places until the transaction ends. */
async function lockQuota(db: Database, shopId: string): Promise<number | null> {
  const readLimit = async () => {
    const { rows } = await sql<{ limit: number | null }>`
      select max_registrations as limit from shops where id = ${shopId}`.execute(db)
    return rows[0]?.limit ?? null
  }
  if ((await readLimit()) === null) return null
  await sql`select pg_advisory_xact_lock(hashtextextended(${`quota ${shopId}`}, 0))`.execute(db)
  // Read again: it may have been changed while we waited.
  return await readLimit()
}

/** Counts no further than needed: a shop with a small quota may have many that wait. */
async function countPlaces(
  db: Database,
  shopId: string,
  { limit, but = '0' }: { limit: number; but?: string },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select 1 from registrations where shop_id = ${shopId} and status = 'active' and not is_over_quota and ${IS_SERVED}
        and id <> ${but}
      limit ${limit}) place`.execute(db)
  return rows[0]?.count ?? 0
}

async function isWaiting(db: Database, shopId: string, registrationId: string): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select is_over_quota as waits from registrations where shop_id = ${shopId} and id = ${registrationId}`.execute(
    db,
  )
  return rows[0]?.waits === true
}
