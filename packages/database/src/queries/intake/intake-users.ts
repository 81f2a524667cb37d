import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'
import { switchStreamIntake } from './stream-shops.ts'

export interface StoredIntakeUser {
  slug: string
  /** SHA-256 in hex. */
  passwordHashes: string[]
}

/**
 * Gives a shop's Redis user a password and takes its events from its stream from now on. The ones it had open for so long
 * yet. In a transaction.
 */
export async function insertIntakePassword(
  db: Database,
  shopId: string,
  { passwordHash, overlapSeconds }: { passwordHash: string; overlapSeconds: number },
): Promise<void> {
  await sql`
    update intake_users set expires_at = least(expires_at, now() + make_interval(secs => ${overlapSeconds}))
    where shop_id = ${shopId}`.execute(db)
  await db.insertInto('intake_users').values({ shop_id: shopId, password_hash: passwordHash }).execute()
  await switchStreamIntake(db, shopId, true)
}

/** Ends all passwords of a shop's Redis user; says how many there were. */
export async function deleteIntakePasswords(db: Database, shopId: string): Promise<number> {
  const { rows } = await sql`
    with gone as (delete from intake_users where shop_id = ${shopId} returning expires_at)
    select from gone where expires_at is null or expires_at > now()`.execute(db)
  return rows.length
}

/** The passwords that open now. */
export async function listIntakePasswords(db: Database, shopId: string): Promise<string[]> {
  const { rows } = await sql<{ hash: string }>`
    select password_hash as hash from intake_users
    where shop_id = ${shopId} and (expires_at is null or expires_at > now())`.execute(db)
  return rows.map(({ hash }) => hash)
}

/** Another one whenever other passwords open, also when one has just expired. */
export async function readIntakeUsersMark(db: Database): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select concat_ws(' ', count(*), max(created_at), sum(hashtext(password_hash))) as mark from intake_users
    where expires_at is null or expires_at > now()`.execute(db)
  return rows[0]?.mark ?? ''
}

/** All shops that have a user, with the passwords that open now. */
export async function listStoredIntakeUsers(db: Database): Promise<StoredIntakeUser[]> {
  const { rows } = await sql<StoredIntakeUser>`
    select slug, array_agg(password_hash order by password_hash) as "passwordHashes"
    from intake_users join shops on shops.id = shop_id
    where expires_at is null or expires_at > now() group by slug`.execute(db)
  return rows
}
