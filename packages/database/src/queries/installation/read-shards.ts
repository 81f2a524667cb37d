import type { Database } from '../../create-database.ts'
import { requireMigrated } from '../../migrate.ts'

/** Into how many shards the queues of this installation are divided. @throws unless every migration has run */
export async function readShards(db: Database): Promise<number> {
  await requireMigrated(db)
  const installation = await db.selectFrom('installation').select('shards').executeTakeFirst()
  if (installation === undefined) throw new Error('the installation is not complete: postino migrate')
  return installation.shards
}
