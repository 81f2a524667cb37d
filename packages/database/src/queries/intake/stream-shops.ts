import { sql } from 'kysely'
import type { Database } from '../../create-database.ts'

/** Another one whenever other shops have a stream: asked every second, by every reader, however many shops there are. */
export async function readStreamShopsMark(db: Database): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select concat_ws(' ', count(*), sum(id), sum(id * id)) as mark from shops where stream_intake`.execute(db)
  return rows[0]?.mark ?? ''
}

/** All shops whose events are taken from a stream. */
export async function listStreamShops(db: Database): Promise<{ shopId: string; slug: string }[]> {
  return await db
    .selectFrom('shops')
    .select(['id as shopId', 'slug'])
    .where('stream_intake', '=', true)
    .execute()
}

export async function switchStreamIntake(db: Database, shopId: string, isOn: boolean): Promise<void> {
  await db
    .updateTable('shops')
    .set({ stream_intake: isOn })
    .where('id', '=', shopId)
    .where('stream_intake', '!=', isOn)
    .execute()
}
